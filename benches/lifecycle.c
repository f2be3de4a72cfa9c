/* Starting and ending: the process, then interpreters. */
#include "bench.h"

/* The first start of a process: what the library does once is in it, the dynamic linker's work is not. */
void area_first(void) {
    double before = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    Py_InitializeEx(0);
    double between = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    Py_FinalizeEx();
    double after = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    bench_record("init, first in the process", "ns", "100", between - before);
    bench_record("init+finalize, first in the process", "ns", "100", after - before);
}

/* "VmHWM: 1234 kB" of this process. */
static double status(const char *field) {
    char line[256];
    double found = 0;
    FILE *file = must(fopen("/proc/self/status", "r"));
    while (fgets(line, sizeof line, file))
        if (!strncmp(line, field, strlen(field))) found = atof(line + strlen(field));
    fclose(file);
    return found;
}

/* The peak of a process that starts the runtime and nothing else: with the C library, and the library's own pages. */
void area_memory(void) {
    double before = status("VmHWM:");
    Py_InitializeEx(0);
    double after = status("VmHWM:");
    bench_record("peak memory of init: the process", "kB", "", after);
    bench_record("peak memory of init: what init added", "kB", "10", after - before);
    bench_record("memory after init: not shared with files", "kB", "", status("RssAnon:"));
    Py_FinalizeEx();
}

static void start_without_site(void) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.install_signal_handlers = 0;
    config.site_import = 0;
    PyStatus status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) Py_ExitStatusException(status);
}

void area_lifecycle(void) {
    LINE_OF("init+finalize, again", 100, 1, CLOCK_PROCESS_CPUTIME_ID, Py_InitializeEx(0); Py_FinalizeEx());
}

void area_without_site(void) {
    LINE_OF("init+finalize, again, without site", 100, 1, CLOCK_PROCESS_CPUTIME_ID,
        start_without_site(); Py_FinalizeEx());
}

void area_interpreters(void) {
    PyThreadState *mine = PyThreadState_Get();
    LINE("new+end interpreter, shared GIL", 100,
        PyThreadState *other = must(Py_NewInterpreter());
        Py_EndInterpreter(other);
        PyThreadState_Swap(mine));
    PyInterpreterConfig config = {
        .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL, .allow_threads = 1,
    };
    LINE("new+end interpreter, own GIL", 100,
        PyThreadState *other = NULL;
        PyStatus status = Py_NewInterpreterFromConfig(&other, &config);
        if (PyStatus_Exception(status)) Py_ExitStatusException(status);
        Py_EndInterpreter(other);
        PyThreadState_Swap(mine));
}
