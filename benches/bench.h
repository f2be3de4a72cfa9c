/* What the rooms of the benchmark share: a line of the table, and how its figure comes about.
 *
 *     LINE("int: new and delete", 1.0, Py_DECREF(PyLong_FromLong(123456)));
 *
 * The statement runs in a loop that is made long enough for the clock (2 ms); the median of nine such loops is the figure
 * of this process. `run` starts the program several times on each library and takes the median again.
 * The clock is this thread's CPU time: others' work on the machine then counts as little as can be. Where threads wait
 * for each other it is the wall's.
 *
 * A record is a line of tab-separated fields: group, name, unit, what is asked, figure. What is asked: "2" (CPython's
 * figure is at least twice ours), ">=1.9" or "<=1.2" (of our figure itself). */
#ifndef BENCH_H
#define BENCH_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pthread.h>
#include <stddef.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 9 };
typedef struct {
    const char *name;
    double asked, per, figures[SAMPLES];
    clockid_t clock;
    struct timespec started;
    long count;
    int samples, calibrated;
} bench_line;

extern const char *bench_group;
int bench_next(bench_line *line);
void bench_record(const char *name, const char *unit, const char *asked, double figure);
double bench_now(clockid_t clock);
double bench_median(double *figures, int count);
void bench_fail(const char *what);
static inline void *must(void *result) {
    if (!result) bench_fail("a call failed");
    return result;
}

/* `per`: how many operations the statement does. */
#define LINE_OF(title, wanted, operations, clock_id, ...) do { \
    bench_line line_ = {.name = (title), .asked = (wanted), .per = (operations), .clock = (clock_id)}; \
    while (bench_next(&line_)) for (long i = 0; i < line_.count; i++) { __VA_ARGS__; } \
} while (0)
#define LINE(title, wanted, ...) LINE_OF(title, wanted, 1.0, CLOCK_THREAD_CPUTIME_ID, __VA_ARGS__)

/* An area: `run` without a runtime (it starts its own), or with one that is up. */
typedef struct { const char *name; void (*run)(void); int runtime; const char *what; } bench_area;

void area_first(void), area_memory(void), area_lifecycle(void), area_without_site(void), area_interpreters(void);
void area_states(void), area_handoff(void), area_scaling(void);
void area_context(void), area_variables(void), area_variable_memory(void);
void area_import(void), area_modules(void), area_types(void);
void area_calls(void), area_arguments(void), area_objects(void), area_attributes(void), area_errors(void), area_gc(void);

/* Helpers of more than one room. */
PyObject *nothing(PyObject *self, PyObject *ignored);
PyObject *bench_function(PyMethodDef *def);
#endif
