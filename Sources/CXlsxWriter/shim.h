// Workbooks out.
#include <xlsxwriter.h>
