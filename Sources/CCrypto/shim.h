// SHA-256 of input files for summary.json and the report.
#include <openssl/evp.h>

#ifdef __linux__
// Exchanges two names in one step, so that a result folder is never missing while it is replaced. The C library shows it
// only to sources that define _GNU_SOURCE before the first header, which a module cannot do; Linux 3.15, glibc 2.28.
int renameat2(int oldDirectory, const char *oldPath, int newDirectory, const char *newPath, unsigned int flags);
#endif
