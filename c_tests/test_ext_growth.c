/* test_growth without any allowance: a life, an interpreter, a thread state leave not one block. Ours only. The few bytes
 * are those by which what malloc itself keeps aside differs. */
#define BYTES_EACH 1024
#define BLOCKS_EACH 0
#include "test_growth.c"
