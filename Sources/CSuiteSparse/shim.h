// Approximate minimum degree ordering (AMD, BSD licence) from SuiteSparse.
#include <suitesparse/amd.h>
