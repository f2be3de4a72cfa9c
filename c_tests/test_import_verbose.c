/* What -v and -X importtime say on standard error: of imports of a program's own modules, and of the end. Each start is a process of its own. */
#define _GNU_SOURCE
#include "check.h"
#include <wchar.h>
#include <sys/stat.h>

static int inner_exec(PyObject *module) { return PyModule_AddIntConstant(module, "public", 1) < 0 || PyModule_AddIntConstant(module, "_private", 1) < 0 ? -1 : 0; }
static int outer_exec(PyObject *module) {
    PyObject *inner = PyImport_ImportModule("inner_mod");
    Py_XDECREF(inner);
    return inner ? inner_exec(module) : -1;
}
static PyModuleDef_Slot inner_slots[] = {{Py_mod_exec, inner_exec}, {0, NULL}}, outer_slots[] = {{Py_mod_exec, outer_exec}, {0, NULL}};
static PyModuleDef inner = {PyModuleDef_HEAD_INIT, "inner_mod", NULL, 0, NULL, inner_slots, NULL, NULL, NULL};
static PyModuleDef outer = {PyModuleDef_HEAD_INIT, "outer_mod", NULL, 0, NULL, outer_slots, NULL, NULL, NULL};
static PyObject *init_inner(void) { return PyModuleDef_Init(&inner); }
static PyObject *init_outer(void) { return PyModuleDef_Init(&outer); }

static char folder[] = "/tmp/verbose-XXXXXX";
static void run(int verbose, int import_time) {
    static wchar_t home[1000];
    for (size_t i = 0; getenv("PYTHONHOME") && i < strlen(getenv("PYTHONHOME")); i++) home[i] = (unsigned char)getenv("PYTHONHOME")[i];
    if (*home) Py_SetPythonHome(home);
    PyImport_AppendInittab("outer_mod", init_outer);
    PyImport_AppendInittab("inner_mod", init_inner);
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.site_import = 0;
    config.verbose = verbose;
    config.import_time = import_time;
    PyStatus status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) Py_ExitStatusException(status);
    PyObject *path = Py_BuildValue("[ss]", folder, getenv("FIXTURES")), *held = NULL;
    PySys_SetObject("path", path);
    fputs("BEGIN outer_mod\n", stderr);
    Py_XDECREF(PyImport_ImportModule("outer_mod"));
    held = PyImport_ImportModule("outer_mod");
    static const char *const names[] = {"no_such_mod", "space_mod", "space_mod.child", "multi"};
    for (int i = 0; i < 4; i++) { PyObject *module = PyImport_ImportModule(names[i]); PyErr_Clear(); Py_XDECREF(module); }
    Py_DECREF(path);
    (void)held; /* for good */
    fputs("END outer_mod\n", stderr);
    Py_Finalize();
}
/* The lines about modules of ours and about sys: numbers as N, addresses without digits, folders by what they are. */
static const char *says(int verbose, int import_time) {
    static char text[100000], out[8000];
    int ends[2];
    fflush(stdout);
    char space[100];
    if (!strchr(folder, 'X') || mkdtemp(folder)) { snprintf(space, sizeof space, "%s/space_mod", folder); mkdir(space, 0700); }
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0) {
        for (char **at = environ; *at;) {
            char found[100];
            snprintf(found, sizeof found, "%.*s", (int)strcspn(*at, "="), *at);
            if (strncmp(found, "PYTHON", 6) == 0 && strcmp(found, "PYTHONHOME") != 0) unsetenv(found);
            else at++;
        }
        dup2(ends[1], 2);
        run(verbose, import_time);
        _exit(0);
    }
    close(ends[1]);
    size_t size = 0;
    for (ssize_t got; size < sizeof text - 1 && (got = read(ends[0], text + size, sizeof text - 1 - size)) > 0;) size += (size_t)got;
    text[size] = 0;
    close(ends[0]);
    waitpid(child, NULL, 0);
    rmdir(space);
    rmdir(folder);
    strcpy(folder, "/tmp/verbose-XXXXXX");
    out[0] = 0;
    const char *fixtures = getenv("FIXTURES");
    char *begin = strstr(text, "BEGIN outer_mod");
    for (char *line = strtok(begin ? begin : text, "\n"); line; line = strtok(NULL, "\n")) {
        if (!strstr(line, "_mod") && !strstr(line, "] public") && !strstr(line, "] _private") && !strstr(line, "multi") && !strstr(line, "sys.") && !strstr(line, "builtins._") && !strstr(line, "wiping sys") && !strstr(line, "wiping builtins")) continue;
        if (strncmp(line, "#   clear", 9) == 0 && !strstr(line, "] public") && !strstr(line, "] _private")) continue;
        if (fixtures && strstr(line, "# trying") && strstr(line, fixtures)) continue;
        if (strstr(line, "monitoring") || strstr(line, "sys._jit") || (verbose > 1 && strstr(line, "sys."))) continue;
        size_t at = strlen(out);
        for (char *from = line; *from && at < sizeof out - 100;) {
            if (fixtures && strncmp(from, fixtures, strlen(fixtures)) == 0) { at += (size_t)sprintf(out + at, "FIXTURES"); from += strlen(fixtures); }
            else if (strncmp(from, "/tmp/verbose-", 13) == 0) { at += (size_t)sprintf(out + at, "FOLDER"); from += 19; }
            else if (strncmp(from, "0x", 2) == 0) { at += (size_t)sprintf(out + at, "0x"); from += 2 + strspn(from + 2, "0123456789abcdef"); }
            else if (strncmp(line, "import time", 11) == 0 && *from >= '0' && *from <= '9') { while (at && out[at - 1] == ' ') at--; at += (size_t)sprintf(out + at, " N"); from += strspn(from, "0123456789"); }
            else out[at++] = *from++;
        }
        strcpy(out + at, "\n");
    }
    return out;
}

TEST(times) {
    CHECK_STR_EQ(says(0, 0), "BEGIN outer_mod\nEND outer_mod\n");
    CHECK_STR_EQ(says(0, 1), "BEGIN outer_mod\nimport time: N | N |   inner_mod\nimport time: N | N | outer_mod\nimport time: N | N | no_such_mod\nimport time: N | N | space_mod\nimport time: N | N | space_mod.child\nimport time: N | N | multi\nEND outer_mod\n");
}
TEST(once) {
    CHECK_STR_EQ(says(1, 0), "BEGIN outer_mod\nimport 'inner_mod' # <class '_frozen_importlib.BuiltinImporter'>\nimport 'outer_mod' # <class '_frozen_importlib.BuiltinImporter'>\n# possible namespace for FOLDER/space_mod\nimport 'space_mod' # <_frozen_importlib_external.NamespaceLoader object at 0x>\n# extension module 'multi' loaded from 'FIXTURES/multi.cpython-314-x86_64-linux-gnu.so'\n# extension module 'multi' executed from 'FIXTURES/multi.cpython-314-x86_64-linux-gnu.so'\nimport 'multi' # <_frozen_importlib_external.ExtensionFileLoader object at 0x>\nEND outer_mod\n# clear sys.path_importer_cache\n# clear sys.path_hooks\n# clear builtins._\n# clear sys.path\n# clear sys.argv\n# clear sys.ps1\n# clear sys.ps2\n# clear sys.last_exc\n# clear sys.last_type\n# clear sys.last_value\n# clear sys.last_traceback\n# clear sys.__interactivehook__\n# clear sys.meta_path\n# restore sys.stdin\n# restore sys.stdout\n# restore sys.stderr\n# cleanup[2] removing inner_mod\n# destroy inner_mod\n# cleanup[2] removing outer_mod\n# cleanup[2] removing space_mod\n# destroy space_mod\n# cleanup[2] removing multi\n# destroy multi\n# cleanup[3] wiping outer_mod\n# cleanup[3] wiping sys\n# cleanup[3] wiping builtins\n# clear sys.meta_path\n# clear sys.modules\n# clear sys.audit hooks\n");
}
TEST(twice) {
    CHECK_STR_EQ(says(2, 0), "BEGIN outer_mod\nimport 'inner_mod' # <class '_frozen_importlib.BuiltinImporter'>\nimport 'outer_mod' # <class '_frozen_importlib.BuiltinImporter'>\n# trying FOLDER/no_such_mod.cpython-314-x86_64-linux-gnu.so\n# trying FOLDER/no_such_mod.abi3.so\n# trying FOLDER/no_such_mod.abi3-x86_64-linux-gnu.so\n# trying FOLDER/no_such_mod.so\n# trying FOLDER/no_such_mod.py\n# trying FOLDER/no_such_mod.pyc\n# trying FOLDER/space_mod.cpython-314-x86_64-linux-gnu.so\n# trying FOLDER/space_mod.abi3.so\n# trying FOLDER/space_mod.abi3-x86_64-linux-gnu.so\n# trying FOLDER/space_mod.so\n# trying FOLDER/space_mod.py\n# trying FOLDER/space_mod.pyc\n# possible namespace for FOLDER/space_mod\nimport 'space_mod' # <_frozen_importlib_external.NamespaceLoader object at 0x>\n# trying FOLDER/space_mod/child.cpython-314-x86_64-linux-gnu.so\n# trying FOLDER/space_mod/child.abi3.so\n# trying FOLDER/space_mod/child.abi3-x86_64-linux-gnu.so\n# trying FOLDER/space_mod/child.so\n# trying FOLDER/space_mod/child.py\n# trying FOLDER/space_mod/child.pyc\n# trying FOLDER/multi.cpython-314-x86_64-linux-gnu.so\n# trying FOLDER/multi.abi3.so\n# trying FOLDER/multi.abi3-x86_64-linux-gnu.so\n# trying FOLDER/multi.so\n# trying FOLDER/multi.py\n# trying FOLDER/multi.pyc\n# extension module 'multi' loaded from 'FIXTURES/multi.cpython-314-x86_64-linux-gnu.so'\n# extension module 'multi' executed from 'FIXTURES/multi.cpython-314-x86_64-linux-gnu.so'\nimport 'multi' # <_frozen_importlib_external.ExtensionFileLoader object at 0x>\nEND outer_mod\n# clear builtins._\n# cleanup[2] removing inner_mod\n# destroy inner_mod\n# cleanup[2] removing outer_mod\n# cleanup[2] removing space_mod\n# destroy space_mod\n# cleanup[2] removing multi\n# destroy multi\n# cleanup[3] wiping outer_mod\n#   clear[1] _private\n#   clear[2] public\n# cleanup[3] wiping sys\n# cleanup[3] wiping builtins\n");
}
CHECK_MAIN_BARE()
