/* The benchmark: one program, compiled against CPython's headers or ours, that runs on both libraries. `run` drives it.
 *
 *     bench [--progress TEXT] AREA ...      prints the records of these areas; without areas it says which there are
 *     bench --groups AREA ...               prints the heading under which each area's lines stand
 *
 * The areas `first` and `memory` measure a process that has done nothing else, so each wants a process of its own. */
#include "bench.h"

const char *bench_group;
static const char *progress;

static const bench_area areas[] = {
    {"first", area_first, 0, "Starting and ending"},
    {"memory", area_memory, 0, "Starting and ending"},
    {"lifecycle", area_lifecycle, 0, "Starting and ending"},
    {"without-site", area_without_site, 0, "Starting and ending"},
    {"interpreters", area_interpreters, 1, "Starting and ending"},
    {"states", area_states, 1, "Thread states and the GIL"},
    {"handoff", area_handoff, 1, "Thread states and the GIL"},
    {"scaling", area_scaling, 1, "Thread states and the GIL"},
    {"context", area_context, 1, "Contexts"},
    {"variables", area_variables, 1, "Contexts"},
    {"variable-memory", area_variable_memory, 1, "Contexts"},
    {"import", area_import, 1, "Imports and modules"},
    {"modules", area_modules, 1, "Imports and modules"},
    {"types", area_types, 1, "Types and methods"},
    {"calls", area_calls, 1, "Calls and arguments"},
    {"arguments", area_arguments, 1, "Calls and arguments"},
    {"objects", area_objects, 1, "Objects"},
    {"attributes", area_attributes, 1, "Objects"},
    {"errors", area_errors, 1, "Errors"},
    {"gc", area_gc, 1, "Memory"},
};
enum { AREAS = sizeof areas / sizeof *areas };

double bench_now(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *figures, int count) {
    qsort(figures, (size_t)count, sizeof *figures, by_size);
    return figures[count / 2];
}

void bench_fail(const char *what) {
    fprintf(stderr, "bench: %s: %s\n", bench_group ? bench_group : "?", what);
    if (PyErr_Occurred()) PyErr_Print();
    exit(1);
}

void bench_record(const char *name, const char *unit, const char *asked, double figure) {
    printf("%s\t%s\t%s\t%s\t%.6g\n", bench_group, name, unit, asked, figure);
    fflush(stdout);
}

/* Starts the next loop, or records the line when there were enough. */
int bench_next(bench_line *line) {
    struct timespec now;
    clock_gettime(line->clock, &now);
    if (line->count) {
        double spent = (double)(now.tv_sec - line->started.tv_sec) * 1e9 + (double)(now.tv_nsec - line->started.tv_nsec);
        if (!line->calibrated && spent < 2e6) {
            double grow = spent < 2e4 ? 50 : 2.4e6 / spent;
            line->count = (long)((double)line->count * (grow < 50 ? grow : 50)) + 1;
        } else {
            // The loop that was long enough at last has warmed everything up; it is no sample itself.
            if (line->calibrated) line->figures[line->samples++] = spent / (double)line->count / line->per;
            line->calibrated = 1;
            if (line->samples == SAMPLES || (spent > 3e8 && line->samples == 3)) {
                char asked[32];
                snprintf(asked, sizeof asked, "%g", line->asked);
                bench_record(line->name, "ns", asked, bench_median(line->figures, line->samples));
                return 0;
            }
        }
    } else {
        if (PyThreadState_GetUnchecked() && PyErr_Occurred()) bench_fail(line->name);
        line->count = 1;
    }
    clock_gettime(line->clock, &line->started);
    return 1;
}

PyObject *nothing(PyObject *self, PyObject *ignored) {
    (void)self, (void)ignored;
    Py_RETURN_NONE;
}

PyObject *bench_function(PyMethodDef *def) { return must(PyCFunction_New(def, NULL)); }

static void run(const bench_area *area) {
    bench_group = area->what;
    if (progress) {
        fprintf(stderr, "\r\033[K%s: %s", progress, area->name);
        fflush(stderr);
    }
    if (area->runtime && !Py_IsInitialized()) Py_InitializeEx(0);
    area->run();
    if (area->runtime && PyErr_Occurred()) bench_fail(area->name);
}

int main(int count, char **words) {
    int at = 1, groups = 0;
    if (count > 2 && !strcmp(words[1], "--progress")) progress = words[2], at = 3;
    if (count > 2 && !strcmp(words[1], "--groups")) groups = 1, at = 2;
    if (at == count) {
        for (int i = 0; i < AREAS; i++) puts(areas[i].name);
        return 0;
    }
    for (; at < count; at++) {
        int i = 0;
        while (i < AREAS && strcmp(words[at], areas[i].name)) i++;
        if (i == AREAS) {
            fprintf(stderr, "bench: there is no area %s\n", words[at]);
            return 2;
        }
        if (groups) puts(areas[i].what);
        else run(&areas[i]);
    }
    return Py_IsInitialized() ? -Py_FinalizeEx() : 0;
}
