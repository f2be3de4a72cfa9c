/* list: construction, item access, growth, slices, and what its methods say. */
#include "check.h"
TEST(smoke) {
    CHECK_REPR(Py_BuildValue("[iis]", 1, 2, "a\"\\\n"), "[1, 2, 'a\"\\\\\\n']");
    CHECK_INT(PyList_Append(Py_None, Py_None), LEARN);
}
CHECK_MAIN()
