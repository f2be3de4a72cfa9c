/* The events of sys.monitoring as C code fires them. No tool is registered: what a scope finds, what firing says, what becomes of an exception that is set,
 * and which offsets and objects are refused. A state that says someone listens sends each event the whole way. */
#include "check.h"

static PyMonitoringState state = {1, 0}, unused;
static PyObject *code;
#define BOTH(function, good, bad, ...) do { state.active = 1; code = Py_None; \
    CHECK_INT(function(&state, code, 3, ##__VA_ARGS__), good); \
    CHECK_INT(function(&state, code, 0, ##__VA_ARGS__), good); \
    CHECK_INT(function(&state, code, INT32_MAX, ##__VA_ARGS__), good); \
    CHECK_INT(function(&state, code, -1, ##__VA_ARGS__), bad); } while (0)

TEST(events) {
    PyObject *text = value("s", "a value"), *target = value("i", 7);
    BOTH(_PyMonitoring_FirePyStartEvent, "0", "-1 !!ValueError: offset must be non-negative");
    BOTH(_PyMonitoring_FirePyResumeEvent, "0", "-1 !!ValueError: offset must be non-negative");
    BOTH(_PyMonitoring_FirePyReturnEvent, "0", "-1 !!ValueError: offset must be non-negative", text);
    BOTH(_PyMonitoring_FirePyYieldEvent, "0", "-1 !!ValueError: offset must be non-negative", text);
    BOTH(_PyMonitoring_FireCallEvent, "0", "-1 !!ValueError: offset must be non-negative", text, target);
    BOTH(_PyMonitoring_FireLineEvent, "0", "-1 !!ValueError: offset must be non-negative", 12);
    BOTH(_PyMonitoring_FireLineEvent, "0", "-1 !!ValueError: offset must be non-negative", -12);
    BOTH(_PyMonitoring_FireJumpEvent, "0", "-1 !!ValueError: offset must be non-negative", target);
    BOTH(_PyMonitoring_FireBranchEvent, "0", "-1 !!ValueError: offset must be non-negative", target);
    BOTH(_PyMonitoring_FireBranchLeftEvent, "0", "-1 !!ValueError: offset must be non-negative", target);
    BOTH(_PyMonitoring_FireBranchRightEvent, "0", "-1 !!ValueError: offset must be non-negative", target);
    BOTH(_PyMonitoring_FireCReturnEvent, "0", "-1 !!ValueError: offset must be non-negative", text);
    BOTH(_PyMonitoring_FireStopIterationEvent, "0", "-1 !!ValueError: offset must be non-negative", text);
    CHECK(state.active == 1);
}

/* Those that speak of an exception find it set and leave it set; with a bad offset another one takes its place. */
static void with_exception(const char *name, int (*fire)(PyMonitoringState *, PyObject *, int32_t)) {
    for (int offset = 5; offset >= -1; offset -= 6) {
        PyErr_SetString(PyExc_KeyError, "looked for");
        int result = fire(&state, Py_None, offset);
        PyObject *raised = keep(PyErr_GetRaisedException());
        if (offset > 0) {
            CHECK_INT(result, "0");
            CHECK_BORROWED(raised, "KeyError('looked for')");
        } else {
            CHECK_INT(result, "-1");
            CHECK_BORROWED(raised, "ValueError('offset must be non-negative')");
            CHECK_REPR(PyException_GetContext(raised), "NULL");
        }
    }
    (void)name;
}
TEST(exceptions) {
#define EXCEPTION(function) with_exception(#function, function)
    EXCEPTION(_PyMonitoring_FirePyThrowEvent);
    EXCEPTION(_PyMonitoring_FireRaiseEvent);
    EXCEPTION(_PyMonitoring_FireReraiseEvent);
    EXCEPTION(_PyMonitoring_FireExceptionHandledEvent);
    EXCEPTION(_PyMonitoring_FireCRaiseEvent);
    EXCEPTION(_PyMonitoring_FirePyUnwindEvent);
}

/* The macros ask the state first. */
TEST(macros) {
    CHECK_INT(PyMonitoring_FirePyStartEvent(&unused, Py_None, -1), "0");
    CHECK_INT(PyMonitoring_FirePyStartEvent(&state, Py_None, -1), "-1 !!ValueError: offset must be non-negative");
    CHECK_INT(PyMonitoring_FireJumpEvent(&unused, Py_None, -1, Py_None), "0");
    CHECK_INT(PyMonitoring_FireJumpEvent(&state, Py_None, -1, Py_None), "-1 !!ValueError: offset must be non-negative");
    CHECK_INT(PyMonitoring_FireStopIterationEvent(&unused, Py_None, -1, Py_None), "0");
    CHECK_INT(PyMonitoring_FireStopIterationEvent(&state, Py_None, -1, Py_None), "-1 !!ValueError: offset must be non-negative");
}

TEST(scopes) {
    PyMonitoringState states[3] = {{1, 1}, {1, 1}, {1, 1}};
    const uint8_t events[] = {PY_MONITORING_EVENT_PY_START, PY_MONITORING_EVENT_LINE, PY_MONITORING_EVENT_STOP_ITERATION};
    uint64_t version = 77;
    CHECK_INT(PyMonitoring_EnterScope(states, &version, events, 3), "0");
    CHECK(states[0].active == 0 && states[1].active == 0 && states[2].active == 0);
    CHECK(version != 77);
    /* nothing has changed since: the states are left as they are */
    states[1].active = 1;
    CHECK_INT(PyMonitoring_EnterScope(states, &version, events, 3), "0");
    CHECK_INT(states[1].active, "1");
    CHECK_INT(PyMonitoring_ExitScope(), "0");
    CHECK_INT(PyMonitoring_ExitScope(), "0");
    version = 78;
    states[0].active = 1;
    CHECK_INT(PyMonitoring_EnterScope(states, &version, events, 0), "0");
    CHECK_INT(states[0].active, "1");
}
CHECK_MAIN()
