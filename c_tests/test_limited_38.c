/* test_limited.c for an older version of the limited API. */
#define Py_LIMITED_API 0x03080000
#include "test_limited.c"
