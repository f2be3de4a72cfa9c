/* Threads that are in a session when its interpreter or the runtime ends: they hang when they come back, and touch nothing of it. (CPython
 * crashes.) Ours only. */
#include "crossinterp.h"
#include <fcntl.h>
#include <pthread.h>

static PyInterpreterState *other;
static volatile int inside, came_back;
static int naps;
static void *thread(void *argument) {
    (void)argument;
    PyGILState_STATE state = PyGILState_Ensure();
    Session *session = _PyXI_NewSession();
    if (_PyXI_Enter(session, other, NULL, NULL) < 0) _exit(3);
    inside = 1;
    for (int i = 0; i < naps; i++) {
        Py_BEGIN_ALLOW_THREADS
        usleep(naps == 1 ? 100000 : 10);
        Py_END_ALLOW_THREADS
    }
    came_back = 1;
    _PyXI_Exit(session, NULL, NULL);
    PyGILState_Release(state);
    return NULL;
}
/* In a process of its own: what Py_FinalizeEx said, plus 10 if the thread came back */
static int ended(int gil, int many, int end_first) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 2);
        alarm(20);
        Py_InitializeEx(0);
        PyInterpreterConfig config = {.use_main_obmalloc = gil != PyInterpreterConfig_OWN_GIL, .allow_threads = 1, .check_multi_interp_extensions = 1, .gil = gil};
        other = _PyXI_NewInterpreter(&config, NULL, NULL, NULL);
        naps = many ? 1000000 : 1;
        pthread_t started;
        pthread_create(&started, NULL, thread, NULL);
        PyThreadState *mine = PyEval_SaveThread();
        while (!inside) usleep(100);
        PyEval_RestoreThread(mine);
        if (end_first) _PyXI_EndInterpreter(other, NULL, NULL);
        int result = Py_FinalizeEx();
        usleep(150000);
        _exit(result + 10 * came_back);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}
TEST(runtime_ends) {
    for (int gil = PyInterpreterConfig_SHARED_GIL; gil <= PyInterpreterConfig_OWN_GIL; gil++)
        for (int many = 0; many < 2; many++) CHECK_INT(ended(gil, many, 0), "0");
}
TEST(interpreter_ends) {
    for (int gil = PyInterpreterConfig_SHARED_GIL; gil <= PyInterpreterConfig_OWN_GIL; gil++) CHECK_INT(ended(gil, 0, 1), "0");
}
CHECK_MAIN_BARE()
