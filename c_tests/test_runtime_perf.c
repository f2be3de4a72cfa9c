/* The map of generated code for perf. */
#include "check.h"

static int lines_of(const char *path, const char *last) {
    char line[256] = "";
    int n = 0, found = 0;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) { n++; found = !strcmp(line, last); }
    if (file) fclose(file);
    return found ? n : -n;
}
TEST(map) {
    char path[64], other[64];
    snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
    snprintf(other, sizeof other, "/tmp/perf-%d.other", (int)getpid());
    unlink(path);
    CHECK_INT(PyUnstable_PerfMapState_Init(), "0");
    CHECK_INT(PyUnstable_WritePerfMapEntry((void *)0x1234, 0x56, "py::name"), "0");
    CHECK_INT(lines_of(path, "1234 56 py::name\n"), "1");
    FILE *file = fopen(other, "w");
    fputs("ab cd other\n", file);
    fclose(file);
    CHECK_INT(PyUnstable_CopyPerfMapFile(other), "0");
    CHECK_INT(PyUnstable_CopyPerfMapFile("/no/such/file"), "-1");
    PyUnstable_PerfMapState_Fini();
    CHECK_INT(lines_of(path, "ab cd other\n"), "2");
    unlink(path);
    unlink(other);
}

/* Compiling a trampoline is asked while the support is on; what has none is not harmed. */
TEST(trampolines) {
    char path[64];
    PyConfig config;
    CHECK_INT(Py_FinalizeEx(), "0");
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.perf_profiling = 1;
    PyStatus status = Py_InitializeFromConfig(&config);
    CHECK(!PyStatus_Exception(status));
    PyConfig_Clear(&config);
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file.c", "function", 3));
    CHECK_INT(PyUnstable_PerfTrampoline_CompileCode((PyCodeObject *)code), "0");
    CHECK_INT(PyUnstable_PerfTrampoline_CompileCode((PyCodeObject *)code), "0");
    CHECK_INT(PyUnstable_PerfTrampoline_SetPersistAfterFork(0), "0");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
    snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
    unlink(path);
    Py_InitializeEx(0);
}
CHECK_MAIN()
