/* Callers' bugs that crash CPython, or pass there and crash later: here they end the process and say what was wrong. */
#include "crossinterp.h"

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
TEST(no_state) {
    CHECK_FATAL(PyThreadState_Clear(NULL), "Fatal Python error: PyThreadState_Clear: tstate is NULL");
    CHECK_FATAL(PyThreadState_GetID(NULL), "Fatal Python error: PyThreadState_GetID: tstate is NULL");
    CHECK_FATAL(PyThreadState_GetInterpreter(NULL), "Fatal Python error: PyThreadState_GetInterpreter: tstate is NULL");
    CHECK_FATAL(PyThreadState_GetFrame(NULL), "Fatal Python error: PyThreadState_GetFrame: tstate is NULL");
    CHECK_FATAL(PyThreadState_Next(NULL), "Fatal Python error: PyThreadState_Next: tstate is NULL");
    CHECK_FATAL(PyThreadState_EnterTracing(NULL), "Fatal Python error: PyThreadState_EnterTracing: tstate is NULL");
    CHECK_FATAL(PyThreadState_LeaveTracing(NULL), "Fatal Python error: PyThreadState_LeaveTracing: tstate is NULL");
    CHECK_FATAL((PyEval_SaveThread(), PyErr_CheckSignals()), "Fatal Python error: PyErr_CheckSignals: the function must be called with the GIL held");
    CHECK_FATAL((PyEval_SaveThread(), Py_MakePendingCalls()), "Fatal Python error: Py_MakePendingCalls: the function must be called with the GIL held");
    CHECK_FATAL((PyEval_SaveThread(), PyThreadState_SetAsyncExc(1, NULL)), "Fatal Python error: PyThreadState_SetAsyncExc: the function must be called with the GIL held");
}
/* what is described and CPython 3.14 lacks */
extern void _PyThreadState_Attach(PyThreadState *), _PyThreadState_Detach(PyThreadState *), _PyThreadState_DeleteExcept(PyThreadState *);
TEST(described) {
    PyThreadState *mine = PyThreadState_Get(), *other = PyThreadState_New(mine->interp);
    CHECK_FATAL((_PyThreadState_Detach(mine), _PyThreadState_Attach(NULL)), "Fatal Python error: _PyThreadState_Attach: tstate is NULL");
    CHECK_FATAL(_PyThreadState_Attach(mine), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    CHECK_FATAL(_PyThreadState_Detach(other), "Fatal Python error: _PyThreadState_Detach: wrong thread state");
    CHECK_FATAL((_PyThreadState_Detach(mine), _PyThreadState_Detach(mine)), "Fatal Python error: _PyThreadState_Detach: wrong thread state");
    CHECK_FATAL(_PyThreadState_DeleteExcept(NULL), "Fatal Python error: _PyThreadState_DeleteExcept: wrong thread state");
    CHECK_FATAL(_PyThreadState_DeleteExcept(other), "Fatal Python error: _PyThreadState_DeleteExcept: wrong thread state");
    _PyThreadState_DeleteExcept(mine);
    CHECK(PyInterpreterState_ThreadHead(mine->interp) == mine && !PyThreadState_Next(mine));
}

TEST(no_interpreter) {
    CHECK_FATAL(PyThreadState_New(NULL), "Fatal Python error: PyThreadState_New: interp is NULL");
    CHECK_FATAL(PyInterpreterState_Clear(NULL), "Fatal Python error: PyInterpreterState_Clear: interp is NULL");
    CHECK_FATAL(PyInterpreterState_Delete(NULL), "Fatal Python error: PyInterpreterState_Delete: interp is NULL");
    CHECK_FATAL(PyInterpreterState_GetDict(NULL), "Fatal Python error: PyInterpreterState_GetDict: interp is NULL");
    CHECK_FATAL(PyInterpreterState_Next(NULL), "Fatal Python error: PyInterpreterState_Next: interp is NULL");
    CHECK_FATAL(PyInterpreterState_ThreadHead(NULL), "Fatal Python error: PyInterpreterState_ThreadHead: interp is NULL");
    PyThreadState *made;
    CHECK_FATAL(Py_NewInterpreterFromConfig(&made, NULL), "Fatal Python error: Py_NewInterpreterFromConfig: an argument is NULL");
}
/* Sessions, and the last reference to the id of the interpreter that one is in. */
static void last_reference(void) {
    extern void _PyInterpreterState_IDIncref(PyInterpreterState *), _PyInterpreterState_IDDecref(PyInterpreterState *), _PyInterpreterState_RequireIDRef(PyInterpreterState *, int);
    new_interpreter();
    _PyInterpreterState_RequireIDRef(here(), 1);
    _PyInterpreterState_IDIncref(here());
    _PyInterpreterState_IDDecref(here());
}
static void leave_from_elsewhere(void) {
    PyThreadState *mine = me();
    Session *session = _PyXI_NewSession();
    new_interpreter();
    PyInterpreterState *other = here();
    PyThreadState_Swap(mine);
    _PyXI_Enter(session, other, NULL, NULL);
    PyThreadState_Swap(mine);
    _PyXI_Exit(session, NULL, NULL);
}
TEST(sessions) {
    Session *session = _PyXI_NewSession();
    CHECK_FATAL(_PyXI_Exit(session, NULL, NULL), "Fatal Python error: _PyXI_Exit: session not active");
    CHECK_FATAL(leave_from_elsewhere(), "Fatal Python error: _PyXI_Exit: the session's thread state is not attached");
    CHECK_FATAL(_PyXI_Enter(NULL, here(), NULL, NULL), "Fatal Python error: _PyXI_Enter: the argument is NULL");
    CHECK_FATAL(_PyXI_FreeFailure(NULL), "Fatal Python error: _PyXI_FreeFailure: the argument is NULL");
    CHECK_FATAL(_PyXI_ExcInfoAsObject(NULL), "Fatal Python error: _PyXI_ExcInfoAsObject: the argument is NULL");
    CHECK_FATAL(last_reference(), "Fatal Python error: _PyInterpreterState_IDDecref: the last reference to the attached interpreter's id");
    _PyXI_FreeSession(session);
}
CHECK_MAIN()
