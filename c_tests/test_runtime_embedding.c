/* The ways a program embeds the runtime: started by a background thread, in a forked child, again and again with
 * interpreters beside the main one, and asked about its state when it is gone. */
#include "check.h"
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static void nap(long ms) { struct timespec t = {0, ms * 1000000}; nanosleep(&t, NULL); }
static const PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};

/* ---- a background thread is the runtime's main thread */
static sem_t up, down;
static void *background(void *data) {
    Py_InitializeEx(0);
    PyThreadState *mine = PyEval_SaveThread();
    sem_post(&up);
    sem_wait(&down);
    PyEval_RestoreThread(mine);
    *(int *)data = Py_FinalizeEx();
    return NULL;
}
static int called_in;
static pthread_t background_thread;
static int call(void *data) { (void)data; called_in = pthread_equal(pthread_self(), background_thread) ? 1 : 2; return 0; }
TEST(init_in_a_background_thread) {
    for (int life = 0; life < 3; life++) {
        int ended = -5;
        sem_init(&up, 0, 0);
        sem_init(&down, 0, 0);
        pthread_create(&background_thread, NULL, background, &ended);
        sem_wait(&up);
        CHECK(Py_IsInitialized() && !PyThreadState_GetUnchecked() && !PyGILState_GetThisThreadState());
        PyGILState_STATE state = PyGILState_Ensure();
        CHECK(state == PyGILState_UNLOCKED && PyThreadState_Get()->interp == PyInterpreterState_Main());
        PyObject *list = PyList_New(2);
        CHECK_INT(PyObject_Size(list), "2");
        Py_DECREF(list);
        /* what is meant for the main thread is not done here */
        called_in = 0;
        CHECK_INT(Py_AddPendingCall(call, NULL), "0");
        CHECK_INT(Py_MakePendingCalls(), "0");
        CHECK_INT(called_in, "0");
        PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
        CHECK(sub != NULL);
        Py_EndInterpreter(sub);
        PyThreadState_Swap(mine);
        PyGILState_Release(state);
        CHECK(!PyGILState_GetThisThreadState());
        sem_post(&down);
        pthread_join(background_thread, NULL);
        CHECK_INT(ended, "0");
        CHECK_INT(called_in, "1");
        CHECK(!Py_IsInitialized());
    }
}

/* ---- again and again, with interpreters */
TEST(repeated_with_interpreters) {
    for (int life = 1; life <= 8; life++) {
        Py_InitializeEx(0);
        PyThreadState *main_state = PyThreadState_Get(), *subs[3];
        CHECK_INT(PyInterpreterState_GetID(PyInterpreterState_Get()), "0");
        PyThreadState_Swap(NULL);
        for (int i = 0; i < 3; i++) {
            PyThreadState_Swap(main_state);
            subs[i] = NULL;
            if (i == 2) Py_NewInterpreterFromConfig(&subs[i], &own); else subs[i] = Py_NewInterpreter();
            CHECK(subs[i] && PyInterpreterState_GetID(PyInterpreterState_Get()) == i + 1);
            PyObject *module = PyImport_ImportModule("sys");
            CHECK(module && PyModule_AddIntConstant(module, "mark", i) == 0);
            Py_XDECREF(module);
        }
        for (int i = 0; i < 3; i++) {
            PyThreadState_Swap(subs[i]);
            PyObject *mark = PySys_GetObject("mark");
            CHECK(mark && PyLong_AsLong(mark) == i);
            Py_EndInterpreter(subs[i]);
        }
        PyThreadState_Swap(main_state);
        CHECK(PySys_GetObject("mark") == NULL);
        CHECK_INT(Py_FinalizeEx(), "0");
    }
}

/* ---- when it is gone */
TEST(after_the_end) {
    Py_InitializeEx(0);
    CHECK_INT(PyGILState_Check(), "1");
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(PyGILState_Check(), "1");
    CHECK(!Py_IsInitialized() && Py_IsFinalizing() && !PyThreadState_GetUnchecked() && !PyGILState_GetThisThreadState());
    CHECK(PyInterpreterState_Head() == NULL && PyInterpreterState_Main() == NULL);
    CHECK_INT(Py_FinalizeEx(), "0");
    void *memory = PyMem_RawMalloc(100);
    CHECK(memory != NULL);
    PyMem_RawFree(memory);
    CHECK_INT(Py_AddPendingCall(call, NULL), "0");
    Py_InitializeEx(0);
    CHECK(PyGILState_Check() == 1 && !Py_IsFinalizing());
    CHECK_INT(Py_FinalizeEx(), "0");
}

/* ---- a thread attaches while the runtime ends */
static sem_t attached, let_go;
static volatile int inside, came_back;
static void *visitor(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *mine = PyEval_SaveThread();
    sem_post(&attached);
    sem_wait(&let_go);
    PyEval_RestoreThread(mine);
    inside = 1;
    PyGILState_Release(state);
    came_back = 1;
    return NULL;
}
static PyObject *wait_for_visitor(PyObject *self, PyObject *none) {
    (void)self; (void)none;
    /* an exit function still lets others in */
    sem_post(&let_go);
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < 500 && !came_back; i++) nap(2);
    Py_END_ALLOW_THREADS
    CHECK(inside && came_back && !Py_IsFinalizing());
    Py_RETURN_NONE;
}
static PyMethodDef wait_method = {"wait", wait_for_visitor, METH_NOARGS, NULL};
static void late_visitor(PyObject *capsule) {
    (void)capsule;
    /* objects are taken away: whoever comes now stops for good */
    CHECK(Py_IsFinalizing());
    sem_post(&let_go);
    Py_BEGIN_ALLOW_THREADS
    nap(50);
    Py_END_ALLOW_THREADS
    CHECK(!inside && !came_back);
}
TEST(attach_during_the_end) {
    pthread_t thread;
    sem_init(&attached, 0, 0);
    sem_init(&let_go, 0, 0);
    Py_InitializeEx(0);
    pthread_create(&thread, NULL, visitor, NULL);
    Py_BEGIN_ALLOW_THREADS
    sem_wait(&attached);
    Py_END_ALLOW_THREADS
    PyObject *module = PyImport_ImportModule("atexit"), *function = PyCFunction_New(&wait_method, NULL), *done = PyObject_CallMethod(module, "register", "O", function);
    CHECK(done != NULL);
    Py_XDECREF(done); Py_DECREF(function); Py_DECREF(module);
    CHECK_INT(Py_FinalizeEx(), "0");
    pthread_join(thread, NULL);

    inside = came_back = 0;
    Py_InitializeEx(0);
    pthread_create(&thread, NULL, visitor, NULL);
    pthread_detach(thread);
    Py_BEGIN_ALLOW_THREADS
    sem_wait(&attached);
    Py_END_ALLOW_THREADS
    PyObject *capsule = PyCapsule_New(&attached, NULL, late_visitor);
    CHECK_INT(PyObject_SetAttrString(PyImport_AddModule("__main__"), "capsule", capsule), "0");
    Py_DECREF(capsule);
    CHECK_INT(Py_FinalizeEx(), "0");
    nap(20);
    CHECK(!inside && !came_back);
}

/* what exit functions of each kind find, and in which order they come */
static char order[64];
static void note(const char *what) { snprintf(order + strlen(order), sizeof order - strlen(order), "%s%d%d ", what, Py_IsFinalizing(), Py_IsInitialized()); }
static PyObject *note_python(PyObject *self, PyObject *none) { (void)self; (void)none; note("p"); Py_RETURN_NONE; }
static PyMethodDef note_method = {"note", note_python, METH_NOARGS, NULL};
static void note_capsule(PyObject *capsule) { (void)capsule; note("o"); }
static void note_interpreter(void *data) { note(data); PyObject *list = PyList_New(1); CHECK(list != NULL); Py_XDECREF(list); }
static void note_process(void) { note("x"); }
static int note_pending(void *data) { note(data); return 0; }
static int fail_pending(void *data) { PyErr_SetString(PyExc_ValueError, data); note("f"); return -1; }
static void fill(void) {
    PyObject *capsule = PyCapsule_New(order, NULL, note_capsule), *module = PyImport_ImportModule("atexit"), *function = PyCFunction_New(&note_method, NULL);
    CHECK_INT(PyObject_SetAttrString(PyImport_AddModule("__main__"), "capsule", capsule), "0");
    PyObject *done = PyObject_CallMethod(module, "register", "O", function);
    Py_XDECREF(done); Py_DECREF(function); Py_DECREF(module); Py_DECREF(capsule);
    CHECK_INT(PyUnstable_AtExit(PyInterpreterState_Get(), note_interpreter, "1"), "0");
    CHECK_INT(PyUnstable_AtExit(PyInterpreterState_Get(), note_interpreter, "2"), "0");
}
TEST(order_of_the_end) {
    Py_InitializeEx(0);
    PyThreadState *mine = PyThreadState_Get();
    CHECK_INT(Py_AtExit(note_process), "0");
    fill();
    PyThreadState *sub = Py_NewInterpreter();
    fill();
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(order, "p01 o01 201 101 ");
    order[0] = 0;
    CHECK_INT(Py_AddPendingCall(fail_pending, "of a pending call"), "0");
    CHECK_INT(Py_AddPendingCall(note_pending, "c"), "0");
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(order, "f01 c01 p01 o10 210 110 x10 ");
}

/* a state made here and given to a thread that comes with it when everything is gone */
static void *comes_late(void *state) {
    sem_wait(&let_go);
    PyEval_RestoreThread(state);
    inside = 1;
    return NULL;
}
TEST(handed_state_comes_late) {
    pthread_t thread;
    sem_init(&let_go, 0, 0);
    inside = 0;
    Py_InitializeEx(0);
    pthread_create(&thread, NULL, comes_late, PyThreadState_New(PyInterpreterState_Get()));
    pthread_detach(thread);
    CHECK_INT(Py_FinalizeEx(), "0");
    Py_InitializeEx(0);
    sem_post(&let_go);
    Py_BEGIN_ALLOW_THREADS
    nap(40);
    Py_END_ALLOW_THREADS
    CHECK_INT(inside, "0");
    CHECK_REPR(PyUnicode_FromFormat("%d", 5), "'5'");
    CHECK_INT(Py_FinalizeEx(), "0");
}

/* ---- in a forked child */
static int life(void) {
    Py_InitializeEx(0);
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    int good = sub && PyThreadState_Get() == sub;
    if (sub) Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    PyObject *text = PyUnicode_FromString("child");
    good &= text && PyUnicode_GetLength(text) == 5 && PyInterpreterState_ThreadHead(PyInterpreterState_Get()) == mine;
    Py_XDECREF(text);
    return Py_FinalizeEx() == 0 && good ? 0 : 9;
}
static int in_child(int (*run)(void)) {
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) { alarm(20); _exit(run()); }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
TEST(forked_init) {
    CHECK_INT(in_child(life), "0");
    CHECK_INT(life(), "0");
    CHECK_INT(in_child(life), "0");
    CHECK_INT(life(), "0");
}
CHECK_MAIN_BARE()
