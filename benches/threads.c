/* Thread states and the GIL: attaching, handing over, and interpreters side by side. */
#define _GNU_SOURCE
#include "bench.h"

static void *foreign(void *unused) {
    LINE("GILState, a thread with no state", 2, PyGILState_STATE state = PyGILState_Ensure(); PyGILState_Release(state));
    return unused;
}

void area_states(void) {
    PyThreadState *mine = PyThreadState_Get();
    LINE("GILState, nested", 2, PyGILState_STATE state = PyGILState_Ensure(); PyGILState_Release(state));
    PyThreadState *saved = PyEval_SaveThread();
    LINE("GILState, attached again", 2, PyGILState_STATE state = PyGILState_Ensure(); PyGILState_Release(state));
    pthread_t thread;
    pthread_create(&thread, NULL, foreign, NULL);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
    LINE("SaveThread+RestoreThread", 2, PyThreadState *state = PyEval_SaveThread(); PyEval_RestoreThread(state));

    PyThreadState *second = must(PyThreadState_New(PyInterpreterState_Get()));
    LINE("Swap there and back, one interpreter", 2, PyThreadState_Swap(second); PyThreadState_Swap(mine));
    PyThreadState_Clear(second);
    PyThreadState_Delete(second);
    PyThreadState *shared = must(Py_NewInterpreter());
    PyThreadState_Swap(mine);
    LINE("Swap there and back, two interpreters", 2, PyThreadState_Swap(shared); PyThreadState_Swap(mine));
    PyThreadState_Swap(shared);
    Py_EndInterpreter(shared);
    PyThreadState_Swap(mine);
    PyInterpreterConfig config = {
        .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL, .allow_threads = 1,
    };
    PyThreadState *own = NULL;
    PyStatus status = Py_NewInterpreterFromConfig(&own, &config);
    if (PyStatus_Exception(status)) Py_ExitStatusException(status);
    PyThreadState_Swap(mine);
    LINE("Swap there and back, two GILs", 2, PyThreadState_Swap(own); PyThreadState_Swap(mine));
    PyThreadState_Swap(own);
    Py_EndInterpreter(own);
    PyThreadState_Swap(mine);

    PyInterpreterState *interp = PyInterpreterState_Get();
    LINE("thread state new+delete", 2,
        PyThreadState *state = PyThreadState_New(interp);
        PyThreadState_Clear(state);
        PyThreadState_Delete(state));
    LINE("PyThreadState_Get", 1, if (PyThreadState_Get() != mine) abort());
    LINE("PyInterpreterState_Get", 1, if (PyInterpreterState_Get() != interp) abort());
}

/* Threads that want the GIL all the time. A turn is one time of holding it: a few calls' work, then
 * Py_BEGIN_ALLOW_THREADS, Py_END_ALLOW_THREADS. */
enum { MOST = 8 };
static volatile int handing_over;
typedef struct { pthread_t thread; long turns, switches; } taker;
static taker *last_taker;

static void *take_turns(void *given) {
    taker *me = given;
    PyGILState_STATE state = PyGILState_Ensure();
    long turns = 0, switches = 0;
    while (handing_over) {
        turns++;
        if (last_taker != me) switches++, last_taker = me;
        for (int i = 0; i < 10; i++) Py_DECREF(PyLong_FromLong(1000 + i));
        Py_BEGIN_ALLOW_THREADS
        Py_END_ALLOW_THREADS
    }
    me->turns = turns;
    me->switches = switches;
    PyGILState_Release(state);
    return NULL;
}

void area_handoff(void) {
    const int sizes[] = {2, 4, 8};
    for (int s = 0; s < 3; s++) {
        taker takers[MOST] = {{0}};
        handing_over = 1;
        last_taker = NULL;
        PyThreadState *saved = PyEval_SaveThread();
        double before = bench_now(CLOCK_MONOTONIC);
        for (int i = 0; i < sizes[s]; i++) pthread_create(&takers[i].thread, NULL, take_turns, &takers[i]);
        usleep(1500000);
        handing_over = 0;
        for (int i = 0; i < sizes[s]; i++) pthread_join(takers[i].thread, NULL);
        double spent = bench_now(CLOCK_MONOTONIC) - before;
        PyEval_RestoreThread(saved);
        long turns = 0, switches = 0, most = 0, least = takers[0].turns;
        long most_switches = 0, least_switches = takers[0].switches;
        for (int i = 0; i < sizes[s]; i++) {
            turns += takers[i].turns;
            switches += takers[i].switches;
            if (takers[i].turns > most) most = takers[i].turns;
            if (takers[i].turns < least) least = takers[i].turns;
            if (takers[i].switches > most_switches) most_switches = takers[i].switches;
            if (takers[i].switches < least_switches) least_switches = takers[i].switches;
        }
        char name[80];
        snprintf(name, sizeof name, "GIL among %d threads: a turn", sizes[s]);
        bench_record(name, "ns", "1", spent / (double)turns);
        snprintf(name, sizeof name, "GIL among %d threads: turns until another's", sizes[s]);
        bench_record(name, "turns", "", (double)turns / (double)(switches ? switches : 1));
        snprintf(name, sizeof name, "GIL among %d threads: fairness, most turns to fewest", sizes[s]);
        bench_record(name, "x", "<=1.2", (double)most / (double)(least ? least : 1));
        snprintf(name, sizeof name, "GIL among %d threads: fairness, most hand-overs to fewest", sizes[s]);
        bench_record(name, "x", "<=1.2", (double)most_switches / (double)(least_switches ? least_switches : 1));
    }
}

/* The same work in one interpreter, and in two with a GIL each at the same time. It lasts long enough (15 ms and more) for
 * the waking of the second thread, some 0.1 ms, not to count. */
enum { TIMES = 60, PIECES = 4000 };
typedef struct { PyThreadState *state; pthread_t thread; pthread_barrier_t *barrier; int number; double began, ended, spent; } worker;

static void work(void) {
    PyObject *dict = PyDict_New();
    for (int i = 0; i < PIECES; i++) {
        PyObject *key = PyLong_FromLong(i * 7919L), *pair = PyTuple_Pack(2, key, key);
        PyObject *list = PyList_New(0);
        PyList_Append(list, pair);
        PyDict_SetItem(dict, key, list);
        Py_DECREF(list);
        Py_DECREF(pair);
        Py_DECREF(key);
    }
    Py_DECREF(dict);
}

/* Each thread on a processor of its own, if there are two: where the system puts new threads is not what is measured. */
static void take_processor(int which) {
    cpu_set_t all, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof all, &all)) return;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &all) && which-- == 0) {
            CPU_SET(cpu, &one);
            sched_setaffinity(0, sizeof one, &one);
        }
}

static void *work_there(void *given) {
    worker *me = given;
    take_processor(me->number);
    PyEval_AcquireThread(me->state);
    pthread_barrier_wait(me->barrier);
    double before = bench_now(CLOCK_THREAD_CPUTIME_ID);
    me->began = bench_now(CLOCK_MONOTONIC);
    for (int i = 0; i < TIMES; i++) work();
    me->ended = bench_now(CLOCK_MONOTONIC);
    me->spent = bench_now(CLOCK_THREAD_CPUTIME_ID) - before;
    PyThreadState_Clear(me->state);
    PyThreadState_DeleteCurrent();
    return NULL;
}

/* The time that `count` interpreters take for the work, each in a thread of its own. */
static double side_by_side(PyInterpreterState **interps, int count, double *processor) {
    pthread_barrier_t barrier;
    worker workers[2];
    pthread_barrier_init(&barrier, NULL, (unsigned)count);
    for (int i = 0; i < count; i++) {
        workers[i] = (worker){.state = PyThreadState_New(interps[i]), .barrier = &barrier, .number = i};
        pthread_create(&workers[i].thread, NULL, work_there, &workers[i]);
    }
    double began = 1e30, ended = 0;
    *processor = 0;
    for (int i = 0; i < count; i++) {
        pthread_join(workers[i].thread, NULL);
        if (workers[i].began < began) began = workers[i].began;
        if (workers[i].ended > ended) ended = workers[i].ended;
        *processor += workers[i].spent;
    }
    pthread_barrier_destroy(&barrier);
    return ended - began;
}

void area_scaling(void) {
    PyThreadState *mine = PyThreadState_Get(), *states[2];
    PyInterpreterState *interps[2];
    PyInterpreterConfig config = {
        .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL, .allow_threads = 1,
    };
    for (int i = 0; i < 2; i++) {
        PyStatus status = Py_NewInterpreterFromConfig(&states[i], &config);
        if (PyStatus_Exception(status)) Py_ExitStatusException(status);
        interps[i] = PyThreadState_GetInterpreter(states[i]);
        PyThreadState_Swap(mine);
    }
    PyThreadState *saved = PyEval_SaveThread();
    double one = 1e18, two = 1e18, processor, one_processor = 1e18, two_processor = 1e18;
    // The shortest of many: whoever else works on the machine can only make it longer.
    for (int i = 0; i < 25; i++) {
        double spent = side_by_side(interps, 1, &processor);
        if (spent < one) one = spent;
        if (processor < one_processor) one_processor = processor;
        spent = side_by_side(interps, 2, &processor);
        if (spent < two) two = spent;
        if (processor < two_processor) two_processor = processor;
    }
    PyEval_RestoreThread(saved);
    bench_record("work in one interpreter, a piece", "ns", "1", one_processor / TIMES / PIECES);
    bench_record("two interpreters with a GIL each against one: throughput", "x", ">=1.9", 2 * one / two);
    bench_record("the same work by processor time, alone against side by side", "x", "",
        2 * one_processor / two_processor);
    for (int i = 0; i < 2; i++) {
        PyThreadState_Swap(states[i]);
        Py_EndInterpreter(states[i]);
        PyThreadState_Swap(mine);
    }
}
