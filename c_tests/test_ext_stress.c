/* The short form of the stress program; ours only, as a sub-interpreter with its own GIL may crash CPython. */
#include "stress.c"
