/* test_growth without any allowance: a life, an interpreter, a thread state leave not a byte. Ours only. */
#define BYTES_EACH 0
#include "test_growth.c"
