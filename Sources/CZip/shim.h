// The package that a workbook is.
#include <zip.h>
