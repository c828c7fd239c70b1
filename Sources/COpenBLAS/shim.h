// One include for what SparseAlgebra calls: LAPACK's C interface and CBLAS, plus OpenBLAS's thread control.
#include <lapacke.h>
#include <cblas.h>
