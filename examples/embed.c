/* A program that embeds Python's object system: it imports the extension module `counter` in the main interpreter and
 * in two more interpreters, which run at the same time, each with its own GIL on its own thread.
 *
 * The module is found along PYTHONPATH, or in the folder that is named on the command line.
 */
#include <Python.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

/* What one interpreter did: plain C data, because no object may leave its interpreter. */
typedef struct {
    const char *folder;
    int adds;
    int64_t interpreter;
    long total;
    char shown[64];
    int failed;
} job;

/* Both threads wait here while each has its interpreter attached. With one GIL for both, neither would come through. */
static pthread_barrier_t together;

/* Python: sys.path.insert(0, folder) */
static int
add_folder(const char *folder)
{
    PyObject *path = PySys_GetObject("path");  /* borrowed */
    PyObject *item = PyUnicode_DecodeFSDefault(folder);
    int result = path == NULL || item == NULL ? -1 : PyList_Insert(path, 0, item);
    Py_XDECREF(item);
    return result;
}

/* Python: import counter; counter.add() as often as wanted; c = counter.Counter(start=100); c.add(10); counter.total() */
static int
count(job *job)
{
    int result = -1;
    PyObject *module = NULL, *instance = NULL, *value = NULL, *text = NULL, *total = NULL;

    if (job->folder != NULL && add_folder(job->folder) < 0) {
        goto done;
    }
    module = PyImport_ImportModule("counter");
    if (module == NULL) {
        goto done;
    }
    for (int i = 0; i < job->adds; i++) {
        PyObject *sum = PyObject_CallMethod(module, "add", NULL);
        if (sum == NULL) {
            goto done;
        }
        Py_DECREF(sum);
    }
    instance = PyObject_CallMethod(module, "Counter", "i", 100);
    if (instance == NULL) {
        goto done;
    }
    value = PyObject_CallMethod(instance, "add", "i", 10);
    if (value == NULL) {
        goto done;
    }
    text = PyObject_Repr(instance);
    if (text == NULL) {
        goto done;
    }
    const char *characters = PyUnicode_AsUTF8AndSize(text, NULL);
    if (characters == NULL) {
        goto done;
    }
    snprintf(job->shown, sizeof(job->shown), "%s", characters);
    total = PyObject_CallMethod(module, "total", NULL);
    if (total == NULL) {
        goto done;
    }
    job->total = PyLong_AsLong(total);
    if (job->total == -1 && PyErr_Occurred()) {
        goto done;
    }
    job->interpreter = PyInterpreterState_GetID(PyInterpreterState_Get());
    result = 0;
done:
    if (result < 0) {
        job->failed = 1;
        PyErr_Print();
    }
    Py_XDECREF(total);
    Py_XDECREF(text);
    Py_XDECREF(value);
    Py_XDECREF(instance);
    Py_XDECREF(module);
    return result;
}

static void *
run_interpreter(void *argument)
{
    job *job = argument;
    PyInterpreterConfig config = {
        .use_main_obmalloc = 0,
        .allow_fork = 0,
        .allow_exec = 0,
        .allow_threads = 1,
        .allow_daemon_threads = 0,
        .check_multi_interp_extensions = 1,
        .gil = PyInterpreterConfig_OWN_GIL,
    };

    /* Making an interpreter needs an attached thread state: this thread's own, of the main interpreter. */
    PyGILState_STATE gil = PyGILState_Ensure();
    PyThreadState *main_state = PyThreadState_Get();
    PyThreadState *state = NULL;
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) {
        fprintf(stderr, "no interpreter: %s\n", status.err_msg != NULL ? status.err_msg : "unknown reason");
        job->failed = 1;
        pthread_barrier_wait(&together);
    }
    else {
        /* From here on the main interpreter is free for others: the new one is attached instead. */
        pthread_barrier_wait(&together);
        count(job);
        Py_EndInterpreter(state);
        PyThreadState_Swap(main_state);
    }
    PyGILState_Release(gil);
    return NULL;
}

static void
report(const char *who, const job *job)
{
    if (job->failed) {
        printf("%s: failed\n", who);
        return;
    }
    printf("%s: interpreter %" PRId64 " called counter.add() %d times and has a %s; its module's total is %ld\n",
           who, job->interpreter, job->adds, job->shown, job->total);
}

int
main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : NULL;
    job jobs[3] = {
        {.folder = folder, .adds = 1},
        {.folder = folder, .adds = 1000},
        {.folder = folder, .adds = 2000},
    };

    Py_InitializeEx(0);
    printf("Python %s\n", Py_GetVersion());
    count(&jobs[0]);
    report("main thread", &jobs[0]);

    pthread_t threads[2];
    pthread_barrier_init(&together, NULL, 2);
    PyThreadState *main_state = PyEval_SaveThread();
    for (int i = 0; i < 2; i++) {
        if (pthread_create(&threads[i], NULL, run_interpreter, &jobs[i + 1]) != 0) {
            fprintf(stderr, "no thread\n");
            return 1;
        }
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(main_state);
    pthread_barrier_destroy(&together);
    report("thread 1", &jobs[1]);
    report("thread 2", &jobs[2]);

    /* The others' counting has not touched the main interpreter's module. */
    PyObject *module = PyImport_ImportModule("counter");
    PyObject *total = module != NULL ? PyObject_CallMethod(module, "total", NULL) : NULL;
    if (total == NULL) {
        PyErr_Print();
        jobs[0].failed = 1;
    }
    else {
        printf("main thread: the total is still %ld\n", PyLong_AsLong(total));
    }
    Py_XDECREF(total);
    Py_XDECREF(module);
    if (Py_FinalizeEx() < 0) {
        return 120;
    }
    return jobs[0].failed || jobs[1].failed || jobs[2].failed;
}
