// The peer of the sparse core: SuiteSparse's CHOLMOD.
#include <suitesparse/cholmod.h>
