/* Eight threads in four interpreters, two of them with a GIL of their own: they import extension modules, set contexts,
 * make objects and garbage, end the interpreters and make them anew. Nothing may crash, stand still or grow.
 *
 * STRESS_SECONDS says how long (2); STRESS_SHOW prints what was counted. `make stress SECONDS=60` runs it by itself. */
#include "check.h"
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 8, SLOTS = 4, PHASES = 6 };
/* An interpreter and the state that keeps it; workers hold the lock for reading, who ends and remakes it for writing. */
typedef struct { pthread_rwlock_t lock; PyThreadState *anchor; } Slot;
static Slot slots[SLOTS];
static atomic_int stop;
static atomic_long visits, lives, imports, failures, interrupts;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static void complain(const char *what) {
    if (failures++ == 0) { fprintf(stderr, "stress: %s\n", what); if (PyErr_Occurred()) PyErr_Print(); }
    PyErr_Clear();
}
static unsigned next(unsigned *seed) { return *seed = *seed * 1664525u + 1013904223u, *seed >> 8; }

static void find_fixtures(void) {
    PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(getenv("FIXTURES") ? getenv("FIXTURES") : ".");
    if (!path || !entry || PyList_Insert(path, 0, entry)) complain("sys.path");
    Py_XDECREF(entry);
}

/* Interpreters 0 and 1 share the main GIL, 0 takes single-phase modules; 2 and 3 have their own. No state is attached. */
static void make(int which) {
    PyInterpreterConfig config = {.check_multi_interp_extensions = which > 0, .use_main_obmalloc = which == 0, .allow_threads = 1,
                                  .gil = which >= 2 ? PyInterpreterConfig_OWN_GIL : PyInterpreterConfig_SHARED_GIL};
    PyThreadState *state = NULL;
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) { fprintf(stderr, "stress: %s\n", status.err_msg); abort(); }
    find_fixtures();
    slots[which].anchor = PyEval_SaveThread();
    lives++;
}
static void end(int which) {
    PyEval_RestoreThread(slots[which].anchor);
    Py_EndInterpreter(slots[which].anchor);
    slots[which].anchor = NULL;
}

static void import_one(const char *name, int refused) {
    PyObject *module = PyImport_ImportModule(name);
    if (!module) {
        if (!refused || !PyErr_ExceptionMatches(PyExc_ImportError)) complain(name);
        PyErr_Clear();
    }
    imports++;
    Py_XDECREF(module);
}
static void forget(const char *name) {
    PyObject *modules = PyImport_GetModuleDict();
    if (PyDict_DelItemString(modules, name)) PyErr_Clear();
}
static void contexts(unsigned seed) {
    PyObject *context = PyContext_New(), *var = PyContextVar_New("v", NULL), *number = PyLong_FromLong(seed), *got = NULL;
    if (!context || !var || !number || PyContext_Enter(context)) complain("context");
    PyObject *token = PyContextVar_Set(var, number), *copied = PyContext_CopyCurrent();
    Py_BEGIN_ALLOW_THREADS
    Py_END_ALLOW_THREADS
    if (!token || !copied || PyContextVar_Get(var, NULL, &got) || got != number) complain("variable");
    if (PyContextVar_Reset(var, token) || PyContext_Exit(context)) complain("reset");
    Py_XDECREF(got); Py_XDECREF(copied); Py_XDECREF(token); Py_XDECREF(number); Py_XDECREF(var); Py_XDECREF(context);
}
static void objects(unsigned seed) {
    PyObject *list = PyList_New(0), *dict = PyDict_New();
    for (int i = 0; i < 40; i++) {
        PyObject *key = PyUnicode_FromFormat("key %u", (seed + i) % 1000), *item = PyLong_FromLong(seed * 977L + i);
        if (!key || !item || PyDict_SetItem(dict, key, item) || PyList_Append(list, key)) complain("objects");
        Py_XDECREF(key); Py_XDECREF(item);
    }
    if (PyDict_SetItemString(dict, "list", list) || PyList_Append(list, dict)) complain("cycle");
    PyObject *type = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "C"), *object = type ? PyObject_CallNoArgs(type) : NULL;
    if (!object || PyObject_SetAttrString(object, "dict", dict)) complain("class");
    PyErr_Format(PyExc_ValueError, "number %u", seed);
    PyErr_Clear();
    Py_XDECREF(object); Py_XDECREF(type); Py_DECREF(list); Py_DECREF(dict);
    if (seed % 64 == 0) PyGC_Collect();
}
static int pending(void *data) { (void)data; interrupts++; return 0; }

static void visit(int which, unsigned *seed) {
    PyThreadState *mine = PyThreadState_New(slots[which].anchor->interp);
    PyEval_RestoreThread(mine);
    for (int i = 0; i < 8; i++) {
        switch (next(seed) % 8) {
        case 0: import_one("multi", 0); break;
        case 1: import_one("single", which != 0); break;
        case 2: if (next(seed) % 8 == 0) import_one("slow", 0); break;
        case 3: forget("multi"); break;
        case 4: case 5: contexts(*seed); break;
        default: objects(*seed);
        }
        if (next(seed) % 4 == 0) { Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
        if (PyErr_CheckSignals()) complain("signals");
    }
    PyThreadState_Clear(mine);
    PyThreadState_DeleteCurrent();
    visits++;
}
static void *work(void *data) {
    unsigned seed = (unsigned)(intptr_t)data;
    PyThreadState *home = PyThreadState_New(PyInterpreterState_Main());
    while (!stop) {
        int which = next(&seed) % SLOTS;
        if (next(&seed) % 32 == 0) {
            pthread_rwlock_wrlock(&slots[which].lock);
            end(which);
            make(which);
            /* PyGILState_Ensure() finds what this thread attached last; the new state may be ended by another thread */
            PyEval_RestoreThread(home);
            PyEval_SaveThread();
        } else {
            pthread_rwlock_rdlock(&slots[which].lock);
            visit(which, &seed);
        }
        pthread_rwlock_unlock(&slots[which].lock);
        if (next(&seed) % 8 == 0) {
            PyGILState_STATE state = PyGILState_Ensure();
            objects(seed);
            Py_AddPendingCall(pending, NULL);
            PyGILState_Release(state);
        }
    }
    PyEval_RestoreThread(home);
    PyThreadState_Clear(home);
    PyThreadState_DeleteCurrent();
    return NULL;
}

/* The main thread: makes pending calls, and sees that the workers get on. */
static void watch(double until) {
    long seen = visits;
    double moved = now();
    while (now() < until) {
        struct timespec moment = {0, 10000000};
        Py_BEGIN_ALLOW_THREADS
        nanosleep(&moment, NULL);
        Py_END_ALLOW_THREADS
        if (Py_MakePendingCalls()) complain("pending");
        if (visits != seen) { seen = visits; moved = now(); }
        if (now() - moved > 30) { fprintf(stderr, "stress: stands still\n"); abort(); }
    }
}
static size_t allocated(void) { struct mallinfo2 info = mallinfo2(); return info.uordblks + info.hblkhd; }
static size_t resident(void) {
    unsigned long size = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu %lu", &size, &pages) != 2) pages = 0;
    if (file) fclose(file);
    return pages * 4096;
}

TEST(stress) {
    double seconds = getenv("STRESS_SECONDS") ? atof(getenv("STRESS_SECONDS")) : 2;
    size_t bytes[PHASES], memory[PHASES];
    for (int phase = 0; phase < PHASES; phase++) {
        pthread_t threads[THREADS];
        Py_InitializeEx(0);
        PyThreadState *mine = PyEval_SaveThread();
        for (int i = 0; i < SLOTS; i++) {
            /* readers would otherwise keep the one out who ends the interpreter */
            pthread_rwlockattr_t fair;
            pthread_rwlockattr_init(&fair);
            pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
            pthread_rwlock_init(&slots[i].lock, &fair);
            make(i);
        }
        stop = 0;
        for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, (void *)(intptr_t)(phase * 100 + i));
        PyEval_RestoreThread(mine);
        watch(now() + seconds / PHASES);
        stop = 1;
        mine = PyEval_SaveThread();
        for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
        for (int i = 0; i < SLOTS; i++) end(i);
        PyEval_RestoreThread(mine);
        CHECK(PyInterpreterState_Head() == PyInterpreterState_Main() && PyInterpreterState_ThreadHead(PyInterpreterState_Get()) == mine);
        CHECK_INT(Py_FinalizeEx(), "0");
        bytes[phase] = allocated();
        memory[phase] = resident();
    }
    CHECK_INT(failures, "0");
    CHECK(visits > 0 && lives > SLOTS * PHASES && imports > 0 && interrupts > 0);
    /* the C library's own caches move a little; the first phases fill what is kept for ever */
    long grown = (long)(bytes[PHASES - 1] - bytes[1]), resident_grown = (long)(memory[PHASES - 1] - memory[1]);
#ifdef __SANITIZE_THREAD__
    resident_grown = 0; /* the sanitizer's own memory is in it */
#endif
    if (grown > 64 * 1024 || resident_grown > 24 * 1024 * 1024)
        check_fail(__FILE__, __LINE__, "memory grew: %ld bytes allocated, %ld resident", grown, resident_grown);
    if (getenv("STRESS_SHOW")) {
        fprintf(stderr, "%.0f s: %ld visits, %ld interpreters made, %ld imports, %ld pending calls, %ld failures\n", seconds, visits, lives, imports, interrupts, failures);
        fprintf(stderr, "after phase 2 and %d: %zu and %zu bytes allocated, %zu and %zu KiB resident\n", PHASES, bytes[1], bytes[PHASES - 1], memory[1] >> 10, memory[PHASES - 1] >> 10);
    }
}
CHECK_MAIN_BARE()
