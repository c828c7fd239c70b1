// SHA-256 of input files for summary.json and the report.
#include <openssl/evp.h>
