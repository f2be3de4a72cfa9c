/* Interpreters: ids and references to them, states made and deleted by hand, pending calls and PyGILState in them. */
#include "check.h"
#include <pthread.h>

extern PyInterpreterState *_PyInterpreterState_LookUpID(int64_t), *_PyInterpreterState_LookUpIDObject(PyObject *);
extern void _PyInterpreterState_IDIncref(PyInterpreterState *), _PyInterpreterState_IDDecref(PyInterpreterState *);
extern int _PyEval_AddPendingCall(PyInterpreterState *, int (*)(void *), void *, int);
static const PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};

static int count_interpreters(void) {
    int count = 0;
    for (PyInterpreterState *at = PyInterpreterState_Head(); at; at = PyInterpreterState_Next(at)) count++;
    return count;
}

TEST(look_up) {
    CHECK(_PyInterpreterState_LookUpID(0) == PyInterpreterState_Main());
    CHECK_INT((intptr_t)_PyInterpreterState_LookUpID(77), "0 !!concurrent.interpreters.InterpreterNotFoundError: unrecognized interpreter ID 77");
    CHECK_INT((intptr_t)_PyInterpreterState_LookUpIDObject(Py_None), "0 !!TypeError: interpreter ID must be an int, got NoneType");
    CHECK_INT((intptr_t)_PyInterpreterState_LookUpIDObject(value("i", -3)), "0 !!ValueError: interpreter ID must be a non-negative int, got -3");
    CHECK(_PyInterpreterState_LookUpIDObject(value("i", 0)) == PyInterpreterState_Main());
}

extern long _PyInterpreterState_GetWhence(PyInterpreterState *);
extern int _PyInterpreterState_IsReady(PyInterpreterState *);
extern int64_t _PyInterpreterState_ObjectToID(PyObject *);
/* By what an interpreter was made. */
TEST(whence) {
    PyThreadState *mine = PyThreadState_Get(), *other = NULL;
    CHECK_INT(_PyInterpreterState_GetWhence(mine->interp), "1");
    CHECK_INT(_PyInterpreterState_IsReady(mine->interp), "1");
    other = Py_NewInterpreter();
    CHECK_INT(_PyInterpreterState_GetWhence(other->interp), "2");
    CHECK_INT(_PyInterpreterState_IsReady(other->interp), "1");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK(!PyStatus_Exception(Py_NewInterpreterFromConfig(&other, &own)));
    CHECK_INT(_PyInterpreterState_GetWhence(other->interp), "3");
    CHECK_INT(_PyInterpreterState_IsReady(other->interp), "1");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    PyInterpreterState *bare = PyInterpreterState_New();
    CHECK_INT(_PyInterpreterState_GetWhence(bare), "0");
    CHECK_INT(_PyInterpreterState_IsReady(bare), "0");
    PyInterpreterState_Delete(bare);
}

TEST(id_of_object) {
    CHECK_INT(_PyInterpreterState_ObjectToID(value("i", 0)), "0");
    CHECK_INT(_PyInterpreterState_ObjectToID(Py_True), "1");
    CHECK_INT(_PyInterpreterState_ObjectToID(value("L", 0x7fffffffffffffffLL)), "9223372036854775807");
    CHECK_INT(_PyInterpreterState_ObjectToID(value("i", -1)), "-1 !!ValueError: interpreter ID must be a non-negative int, got -1");
    CHECK_INT(_PyInterpreterState_ObjectToID(value("K", 0x8000000000000000ULL)), "-1 !!OverflowError: int too big to convert");
    CHECK_INT(_PyInterpreterState_ObjectToID(keep(PyNumber_Negative(value("K", 0xffffffffffffffffULL)))), "-1 !!OverflowError: int too big to convert");
    CHECK_INT(_PyInterpreterState_ObjectToID(value("s", "1")), "-1 !!TypeError: interpreter ID must be an int, got str");
    CHECK_INT(_PyInterpreterState_ObjectToID(value("d", 1.0)), "-1 !!TypeError: interpreter ID must be an int, got float");
    CHECK_INT(_PyInterpreterState_ObjectToID(Py_None), "-1 !!TypeError: interpreter ID must be an int, got NoneType");
}

TEST(references_by_id) {
    PyThreadState *mine = PyThreadState_Get(), *first = Py_NewInterpreter();
    PyInterpreterState *interpreter = first->interp;
    int64_t id = PyInterpreterState_GetID(interpreter);
    PyThreadState_Clear(first);
    PyThreadState_Swap(mine);
    PyThreadState_Delete(first);
    CHECK_INT(_PyInterpreterState_RequiresIDRef(interpreter), "0");
    _PyInterpreterState_IDIncref(interpreter);
    _PyInterpreterState_IDDecref(interpreter);
    CHECK(_PyInterpreterState_LookUpID(id) == interpreter);
    _PyInterpreterState_RequireIDRef(interpreter, 1);
    CHECK_INT(_PyInterpreterState_RequiresIDRef(interpreter), "1");
    _PyInterpreterState_IDIncref(interpreter);
    _PyInterpreterState_IDIncref(interpreter);
    _PyInterpreterState_IDDecref(interpreter);
    CHECK_INT(count_interpreters(), "2");
    _PyInterpreterState_IDDecref(interpreter);
    CHECK_INT(count_interpreters(), "1");
    CHECK(PyThreadState_Get() == mine && PyInterpreterState_Head() == mine->interp);
}

TEST(several_states) {
    /* a state for another interpreter, attached and left */
    PyThreadState *mine = PyThreadState_Get(), *first = Py_NewInterpreter();
    PyThreadState *second = PyThreadState_New(first->interp);
    CHECK(PyThreadState_GetID(second) == 2 && PyInterpreterState_ThreadHead(first->interp) == second && PyThreadState_Next(second) == first);
    CHECK(PyThreadState_Swap(second) == first && PyInterpreterState_Get() == first->interp);
    PyErr_SetString(PyExc_KeyError, "of second");
    CHECK(PyThreadState_Swap(mine) == second && !PyErr_Occurred());
    CHECK(PyThreadState_Swap(second) == mine && PyErr_Occurred());
    PyErr_Clear();
    CHECK(PyThreadState_Swap(first) == second);
    PyThreadState_Clear(second);
    PyThreadState_Delete(second);
    CHECK(PyInterpreterState_ThreadHead(first->interp) == first && !PyThreadState_Next(first));
    Py_EndInterpreter(first);
    PyThreadState_Swap(mine);
}

/* PyGILState in a sub-interpreter: what is attached stays, also when it is not the main interpreter's */
TEST(gilstate_in_one) {
    PyThreadState *mine = PyThreadState_Get();
    for (int round = 0; round < 2; round++) {
        PyThreadState *sub = NULL;
        if (round) Py_NewInterpreterFromConfig(&sub, &own); else sub = Py_NewInterpreter();
        CHECK_INT(PyGILState_Check(), "1");
        CHECK(PyGILState_GetThisThreadState() == sub);
        int counter = sub->gilstate_counter;
        PyGILState_STATE state = PyGILState_Ensure();
        CHECK(state == PyGILState_LOCKED && PyThreadState_Get() == sub && sub->gilstate_counter == counter + 1);
        PyGILState_STATE inner = PyGILState_Ensure();
        CHECK(inner == PyGILState_LOCKED && sub->gilstate_counter == counter + 2);
        PyGILState_Release(inner);
        PyGILState_Release(state);
        CHECK(PyThreadState_Get() == sub && sub->gilstate_counter == counter);
        PyEval_SaveThread();
        CHECK_INT(PyGILState_Check(), "1");
        /* the state attached last is the one that is found again */
        state = PyGILState_Ensure();
        CHECK(state == PyGILState_UNLOCKED && PyThreadState_Get() == sub);
        PyGILState_Release(state);
        PyEval_RestoreThread(sub);
        Py_EndInterpreter(sub);
        CHECK(PyGILState_GetThisThreadState() == NULL);
        PyThreadState_Swap(mine);
    }
}

static int where[8], calls;
static int note(void *data) { (void)data; where[calls++ & 7] = (int)PyInterpreterState_GetID(PyInterpreterState_Get()); return 0; }
static int fail(void *data) { PyErr_SetString(PyExc_ValueError, data); return -1; }
static int nested_result;
static int nested(void *data) { (void)data; Py_AddPendingCall(note, NULL); nested_result = Py_MakePendingCalls(); return 0; }
TEST(pending_calls) {
    PyThreadState *mine = PyThreadState_Get();
    /* the main thread's: not made in another interpreter */
    CHECK_INT(Py_AddPendingCall(note, NULL), "0");
    PyThreadState *sub = Py_NewInterpreter();
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(calls, "0");
    PyThreadState_Swap(mine);
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK(calls == 1 && where[0] == 0);
    /* an interpreter's own: 300 of them, made in it only */
    int added = 0;
    while (added < 1000 && _PyEval_AddPendingCall(sub->interp, note, NULL, 0) == 0) added++;
    CHECK_INT(added, "300");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(calls, "1");
    /* those that are left are made when it ends */
    PyThreadState_Swap(sub);
    int id = (int)PyInterpreterState_GetID(sub->interp);
    Py_EndInterpreter(sub);
    CHECK(calls == 301 && where[2] == id);
    PyThreadState_Swap(mine);
    /* one that fails stops the round; the rest is made later; they do not nest */
    calls = 0;
    CHECK_INT(Py_AddPendingCall(fail, "first"), "0");
    CHECK_INT(Py_AddPendingCall(note, NULL), "0");
    CHECK_INT(Py_MakePendingCalls(), "-1 !!ValueError: first");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(calls, "1");
    nested_result = -7;
    CHECK_INT(Py_AddPendingCall(nested, NULL), "0");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK(nested_result == 0 && calls == 2);
}

static char order[64];
static void at_exit(void *data) { strcat(order, data); }
TEST(exit_functions) {
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    order[0] = 0;
    CHECK_INT(PyUnstable_AtExit(sub->interp, at_exit, "a"), "0");
    CHECK_INT(PyUnstable_AtExit(sub->interp, at_exit, "b"), "0");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(order, "ba");
}

/* what an exit function registers is not called any more; what it raises is forgotten */
static void registers(void *data) { at_exit(data); PyUnstable_AtExit(PyInterpreterState_Get(), at_exit, "late"); }
static void raises(void *data) { at_exit(data); PyErr_SetString(PyExc_ValueError, "of an exit function"); }
TEST(exit_functions_that_do_more) {
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    order[0] = 0;
    CHECK_INT(PyUnstable_AtExit(sub->interp, at_exit, "a"), "0");
    CHECK_INT(PyUnstable_AtExit(sub->interp, raises, "r"), "0");
    CHECK_INT(PyUnstable_AtExit(sub->interp, registers, "m"), "0");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(order, "mra");
}

TEST(dict_of_each) {
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    PyObject *dict = PyInterpreterState_GetDict(sub->interp);
    CHECK(PyDict_Check(dict) && dict != PyInterpreterState_GetDict(mine->interp));
    CHECK_INT(PyDict_Size(dict), "0");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
}
CHECK_MAIN()
