// The XML inside a workbook.
#include <expat.h>
