/* Callers' bugs that crash CPython, or pass there and crash later: here they end the process and say what was wrong. */
#include "check.h"

TEST(release_of_another_state) {
    PyThreadState *other = PyThreadState_New(PyInterpreterState_Get());
    CHECK_FATAL(PyEval_ReleaseThread(other), "Fatal Python error: PyEval_ReleaseThread: wrong thread state");
    CHECK_FATAL(PyEval_ReleaseThread(NULL), "Fatal Python error: PyEval_ReleaseThread: wrong thread state");
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
}
TEST(save_without_a_state) {
    CHECK_FATAL((PyEval_SaveThread(), PyEval_SaveThread()), "Fatal Python error: PyEval_SaveThread: ");
}
TEST(end_of_the_main_interpreter) {
    CHECK_FATAL(Py_EndInterpreter(PyThreadState_Get()), "Fatal Python error: Py_EndInterpreter: the main interpreter is ended by Py_FinalizeEx()");
}
CHECK_MAIN()
