/* test_limited.c for an older version of the limited API. */
#define Py_LIMITED_API 0x030c0000
#include "test_limited.c"
