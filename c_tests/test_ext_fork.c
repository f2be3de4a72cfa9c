/* Children of a process with several interpreters: only the main one lives on. CPython crashes there. */
#include "check.h"

static const PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
static int interpreters(void) {
    int count = 0;
    for (PyInterpreterState *at = PyInterpreterState_Head(); at; at = PyInterpreterState_Next(at)) count++;
    return count;
}
static int in_child(void) {
    PyOS_AfterFork_Child();
    PyThreadState *mine = PyThreadState_Get();
    if (interpreters() != 1 || PyInterpreterState_Head() != PyInterpreterState_Main()) return 1;
    /* ids are not used again, and new ones work */
    PyThreadState *sub = Py_NewInterpreter();
    if (PyInterpreterState_GetID(sub->interp) != 3 || interpreters() != 2) return 2;
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    PyObject *module = PyImport_ImportModule("_imp");
    if (!module) return 3;
    Py_DECREF(module);
    return Py_FinalizeEx() == 0 ? 0 : 4;
}
TEST(only_the_main_interpreter) {
    Py_InitializeEx(0);
    PyThreadState *mine = PyThreadState_Get(), *shared = Py_NewInterpreter(), *alone = NULL;
    Py_NewInterpreterFromConfig(&alone, &own);
    PyThreadState_Swap(mine);
    int status = 0;
    fflush(stdout);
    PyOS_BeforeFork();
    pid_t child = fork();
    if (child == 0) { alarm(20); _exit(in_child()); }
    PyOS_AfterFork_Parent();
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), "0");
    CHECK_INT(interpreters(), "3");
    PyThreadState_Swap(alone);
    Py_EndInterpreter(alone);
    PyThreadState_Swap(shared);
    Py_EndInterpreter(shared);
    PyThreadState_Swap(mine);
    CHECK_INT(Py_FinalizeEx(), "0");
}
CHECK_MAIN_BARE()
