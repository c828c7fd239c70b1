// The SQLite library, for results that people query.
#include <sqlite3.h>
