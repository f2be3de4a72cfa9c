/* The older ways to configure a start: names and folders that are set before it, global flags, arguments and warning options, preinitialising from arguments; and what they say before, during and after. */
#include "check.h"
#include <wchar.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
extern void Py_SetPath(const wchar_t *), PySys_AddWarnOptionUnicode(PyObject *);
extern int PySys_HasWarnOptions(void);
static wchar_t *home(void) { return Py_DecodeLocale(getenv("PYTHONHOME") ? getenv("PYTHONHOME") : "/usr", NULL); }
static int status_of(PyStatus status) { return PyStatus_Exception(status) ? -1 : 0; }
/* A text as UTF-8, for expectations. */
static const char *narrow(const wchar_t *text) {
    static char out[8][300];
    static int at;
    at = (at + 1) % 8;
    if (!text) return "NULL";
    snprintf(out[at], sizeof out[at], "%ls", text);
    return out[at];
}
static void drop_kept(void) { while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]); }

TEST(names) {
    wchar_t *where = home(), name[] = L"a name";
    CHECK(!Py_GetPythonHome() && !Py_GetProgramName() && !Py_GetProgramFullPath() && !Py_GetPrefix() && !Py_GetExecPrefix() && !Py_GetPath());
    Py_SetProgramName(name);
    name[0] = 'A'; /* a copy was taken */
    Py_SetPythonHome(where);
    CHECK_STR_EQ(narrow(Py_GetProgramName()), "a name");
    CHECK(Py_GetPythonHome() != where && !wcscmp(Py_GetPythonHome(), where));
    Py_SetProgramName(NULL);
    Py_SetPythonHome(NULL);
    CHECK(!Py_GetPythonHome() && !Py_GetProgramName());
    Py_SetProgramName(L"a name");
    Py_SetPythonHome(where);
    Py_SetProgramName(L"");
    Py_SetPythonHome(L"");
    CHECK(!Py_GetPythonHome() && !Py_GetProgramName());
    Py_SetProgramName(L"sub/old-name");
    Py_SetPythonHome(where);
    unsetenv("PYTHONHOME");
    Py_InitializeEx(0);
    CHECK_STR_EQ(narrow(Py_GetProgramName()), "sub/old-name");
    CHECK(!wcscmp(Py_GetPythonHome(), where) && !wcscmp(Py_GetPrefix(), where) && !wcscmp(Py_GetExecPrefix(), where) && Py_GetPath());
    CHECK(wcsstr(Py_GetProgramFullPath(), L"/sub/old-name") && Py_GetProgramFullPath()[0] == '/');
    CHECK_REPR(PyConfig_Get("program_name"), "'sub/old-name'");
    CHECK_INT(PyUnicode_Compare(keep(PyUnicode_FromWideChar(Py_GetProgramFullPath(), -1)), PySys_GetObject("executable")), "0");
    CHECK_INT(PyUnicode_Compare(keep(PyUnicode_FromWideChar(where, -1)), PySys_GetObject("prefix")), "0");
    /* what is set while it runs counts for the next start, and is what the getters say */
    Py_SetProgramName(L"a-program-that-is-nowhere");
    CHECK_STR_EQ(narrow(Py_GetProgramName()), "a-program-that-is-nowhere");
    CHECK_REPR(PyConfig_Get("program_name"), "'sub/old-name'");
    drop_kept();
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(narrow(Py_GetProgramName()), "a-program-that-is-nowhere");
    CHECK(Py_GetPrefix() && !wcscmp(Py_GetPrefix(), where) && wcsstr(Py_GetProgramFullPath(), L"/sub/old-name"));
    Py_InitializeEx(0);
    CHECK_REPR(PyConfig_Get("program_name"), "'a-program-that-is-nowhere'");
    CHECK(wcsstr(Py_GetProgramFullPath(), L"/sub/old-name") && !wcscmp(Py_GetPythonHome(), where));
    CHECK_INT(Py_FinalizeEx(), "0");
    PyMem_RawFree(where);
}

TEST(program_path) {
    wchar_t *where = home();
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    PyConfig_SetString(&config, &config.home, where);
    PyConfig_SetString(&config, &config.program_name, L"no-such-program-anywhere");
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    PyConfig_Clear(&config);
    CHECK_STR_EQ(narrow(Py_GetProgramFullPath()), "");
    CHECK_BORROWED(PySys_GetObject("executable"), "''");
    CHECK_INT(Py_FinalizeEx(), "0");
    /* found along PATH, also where the environment does not count */
    setenv("PATH", "/no/such/folder:/dev:/bin:/usr/bin", 1);
    Py_SetPath(NULL);
    PyConfig_InitIsolatedConfig(&config);
    PyConfig_SetString(&config, &config.home, where);
    PyConfig_SetString(&config, &config.program_name, L"sh");
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    PyConfig_Clear(&config);
    CHECK_BORROWED(PySys_GetObject("executable"), "'/bin/sh'");
    CHECK_INT(Py_FinalizeEx(), "0");
    PyMem_RawFree(where);
}

TEST(search_path) {
    wchar_t *where = home(), *old = Py_DecodeLocale("/a:/b", NULL), full[1000];
    Py_SetPath(old);
    CHECK_STR_EQ(narrow(Py_GetPath()), "/a:/b");
    CHECK_STR_EQ(narrow(Py_GetPrefix()), "");
    CHECK_STR_EQ(narrow(Py_GetExecPrefix()), "");
    CHECK_STR_EQ(narrow(Py_GetPythonHome()), "NULL");
    Py_SetPythonHome(L"/h");
    Py_SetPath(L"/c");
    CHECK_STR_EQ(narrow(Py_GetPythonHome()), "/h");
    CHECK_STR_EQ(narrow(Py_GetPath()), "/c");
    Py_SetPath(NULL);
    CHECK(!Py_GetPath() && !Py_GetPrefix() && !Py_GetPythonHome());
    swprintf(full, 1000, L"%ls/lib/python3.14:/extra", where);
    Py_SetPath(full);
    Py_InitializeEx(0);
    CHECK_REPR(PySequence_GetItem(PySys_GetObject("path"), 1), "'/extra'");
    CHECK_INT(PyList_Size(PySys_GetObject("path")), "2");
    CHECK_BORROWED(PySys_GetObject("prefix"), "''");
    CHECK(!wcscmp(Py_GetPath(), full));
    CHECK_STR_EQ(narrow(Py_GetPrefix()), "");
    CHECK_STR_EQ(narrow(Py_GetPythonHome()), "NULL");
    CHECK_INT(PyList_Append(PySys_GetObject("path"), value("s", "/more")), "0");
    CHECK(!wcscmp(Py_GetPath(), full));
    Py_SetPath(L"/later");
    CHECK_STR_EQ(narrow(Py_GetPath()), "/later");
    CHECK_INT(PyList_Size(PySys_GetObject("path")), "3");
    drop_kept();
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(narrow(Py_GetPath()), "/later");
    PyMem_RawFree(where);
    PyMem_RawFree(old);
}

TEST(flags) {
    CHECK_INT(Py_DontWriteBytecodeFlag + Py_HashRandomizationFlag + Py_IgnoreEnvironmentFlag + Py_NoSiteFlag + Py_NoUserSiteDirectory, "0");
    CHECK_INT(Py_UTF8Mode, "0");
    CHECK_INT(Py_HasFileSystemDefaultEncoding, "0");
    Py_DontWriteBytecodeFlag = 1;
    Py_NoSiteFlag = 1;
    Py_NoUserSiteDirectory = 1;
    Py_InitializeEx(0);
    CHECK_REPR(PyConfig_Get("write_bytecode"), "False");
    CHECK_REPR(PyConfig_Get("site_import"), "False");
    CHECK_REPR(PyConfig_Get("user_site_directory"), "False");
    CHECK_REPR(PyConfig_Get("use_environment"), "True");
    CHECK_BORROWED(PySys_GetObject("dont_write_bytecode"), "True");
    PyObject *flags = PySys_GetObject("flags");
    CHECK_REPR(PyObject_GetAttrString(flags, "no_site"), "1");
    CHECK_REPR(PyObject_GetAttrString(flags, "no_user_site"), "1");
    CHECK_REPR(PyObject_GetAttrString(flags, "ignore_environment"), "0");
    CHECK_REPR(PyObject_GetAttrString(flags, "hash_randomization"), "1");
    CHECK_INT(Py_HashRandomizationFlag, "1");
    CHECK(Py_DontWriteBytecodeFlag == 1 && Py_NoSiteFlag == 1 && Py_NoUserSiteDirectory == 1 && Py_IgnoreEnvironmentFlag == 0);
    CHECK_INT(Py_UTF8Mode, "0");
    CHECK_INT(Py_FinalizeEx(), "0");
    /* a configuration sets them too */
    PyConfig config;
    wchar_t *where = home();
    PyConfig_InitIsolatedConfig(&config);
    PyConfig_SetString(&config, &config.home, where);
    config.use_hash_seed = 1;
    config.hash_seed = 0;
    config.user_site_directory = 1;
    config.site_import = 1;
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    CHECK_INT(Py_IgnoreEnvironmentFlag, "1");
    CHECK_INT(Py_HashRandomizationFlag, "0");
    CHECK_INT(Py_NoSiteFlag * 100 + Py_NoUserSiteDirectory * 10 + Py_DontWriteBytecodeFlag, "10");
    CHECK_REPR(PyObject_GetAttrString(PySys_GetObject("flags"), "hash_randomization"), "0");
    CHECK_REPR(PyObject_GetAttrString(PySys_GetObject("flags"), "ignore_environment"), "1");
    CHECK_INT(Py_FinalizeEx(), "0");
    PyConfig_Clear(&config);
    PyMem_RawFree(where);
}

TEST(environment) {
    setenv("OLD_TEST_VARIABLE", "its value", 1);
    setenv("OLD_TEST_EMPTY", "", 1);
    CHECK_STR_EQ((Py_GETENV)("OLD_TEST_VARIABLE"), "its value");
    CHECK_STR_EQ((Py_GETENV)("OLD_TEST_EMPTY"), "");
    CHECK(!(Py_GETENV)("OLD_TEST_NOTHING"));
    Py_IgnoreEnvironmentFlag = 1;
    CHECK(!(Py_GETENV)("OLD_TEST_VARIABLE"));
    Py_IgnoreEnvironmentFlag = 0;
    CHECK_STR_EQ((Py_GETENV)("OLD_TEST_VARIABLE"), "its value");
}

/* sys.argv, and the script's folder in front of sys.path. */
static const char *first_path(void) { PyObject *path = PySys_GetObject("path"); return PyList_Size(path) ? PyUnicode_AsUTF8(PyList_GetItem(path, 0)) : "nothing"; }
TEST(arguments) {
    Py_InitializeEx(0);
    wchar_t *none[] = {L"", L"x"}, *code[] = {L"-c", L"x"}, *script[] = {L"/usr/bin/script", L"a", L"\xe9"}, *bare[] = {L"script"};
    Py_ssize_t before = PyList_Size(PySys_GetObject("path"));
    PySys_SetArgv(2, none);
    CHECK_BORROWED(PySys_GetObject("argv"), "['', 'x']");
    CHECK_STR_EQ(first_path(), "");
    CHECK_INT(PyList_Size(PySys_GetObject("path")) - before, "1");
    PySys_SetArgv(2, code);
    CHECK_BORROWED(PySys_GetObject("argv"), "['-c', 'x']");
    CHECK_STR_EQ(first_path(), "");
    PySys_SetArgv(3, script);
    CHECK_BORROWED(PySys_GetObject("argv"), "['/usr/bin/script', 'a', '\xc3\xa9']");
    CHECK_STR_EQ(first_path(), "/usr/bin");
    PySys_SetArgv(1, bare);
    CHECK_STR_EQ(first_path(), "");
    PySys_SetArgv(0, NULL);
    CHECK_BORROWED(PySys_GetObject("argv"), "['']");
    CHECK_STR_EQ(first_path(), "");
    CHECK_INT(PyList_Size(PySys_GetObject("path")) - before, "5");
    CHECK_INT(Py_FinalizeEx(), "0");
    /* isolated: the folder stays out */
    PyConfig config;
    wchar_t *where = home();
    PyConfig_InitIsolatedConfig(&config);
    PyConfig_SetString(&config, &config.home, where);
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    before = PyList_Size(PySys_GetObject("path"));
    PySys_SetArgv(3, script);
    CHECK_INT(PyList_Size(PySys_GetObject("path")) - before, "0");
    CHECK_REPR(PySequence_GetItem(PySys_GetObject("argv"), 0), "'/usr/bin/script'");
    CHECK_INT(Py_FinalizeEx(), "0");
    PyConfig_Clear(&config);
    PyMem_RawFree(where);
}

TEST(warn_options) {
    Py_InitializeEx(0);
    CHECK_INT(PySys_HasWarnOptions(), "0");
    PySys_AddWarnOptionUnicode(value("s", "error::UserWarning"));
    CHECK_INT(PySys_HasWarnOptions(), "1");
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "['error::UserWarning']");
    PySys_AddWarnOptionUnicode(value("s", "caf\xc3\xa9"));
    PySys_AddWarnOptionUnicode(value("i", 5));
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "['error::UserWarning', 'caf\xc3\xa9', 5]");
    /* what is no list is replaced */
    CHECK_INT(PySys_SetObject("warnoptions", Py_None), "0");
    CHECK_INT(PySys_HasWarnOptions(), "0");
    PySys_AddWarnOptionUnicode(value("s", "x"));
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "['x']");
    CHECK_INT(PySys_SetObject("warnoptions", NULL), "0");
    PySys_AddWarnOptionUnicode(value("s", "y"));
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "['y']");
    CHECK_NO_ERROR();
    drop_kept();
    CHECK_INT(Py_FinalizeEx(), "0");
}

static const char *read_once(PyConfig *config) {
    PyStatus status = PyConfig_Read(config);
    static char text[200];
    snprintf(text, sizeof text, "%s %s", status.func ? status.func : "-", status.err_msg ? status.err_msg : "-");
    return text;
}
TEST(read) {
    PyConfig config;
    wchar_t *argv[] = {L"program", L"argument"};
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    CHECK_INT(status_of(PyConfig_SetArgv(&config, 2, argv)), "0");
    CHECK_STR_EQ(read_once(&config), "- -");
    CHECK_STR_EQ(read_once(&config), "- -");
    CHECK(config.isolated == 0 && config.use_environment == 1 && config.dev_mode == 0 && config.faulthandler == 0 && config.tracemalloc == 0 && config.int_max_str_digits == 4300);
    CHECK(config.argv.length == 2 && config.orig_argv.length == 2 && !wcscmp(config.orig_argv.items[0], L"program"));
    CHECK(config.filesystem_encoding && config.stdio_errors && config.program_name == NULL && config.home == NULL && config.module_search_paths_set == 0 && config.executable == NULL);
    PyConfig_Clear(&config);
    /* nothing of arguments: an empty one */
    PyConfig_InitIsolatedConfig(&config);
    CHECK_STR_EQ(read_once(&config), "- -");
    CHECK(config.argv.length == 1 && !wcscmp(config.argv.items[0], L"") && config.orig_argv.length == 0);
    CHECK_STR_EQ(read_once(&config), "- -");
    CHECK(config.orig_argv.length == 0);
    PyConfig_Clear(&config);
    static const struct { const char *name, *value, *isolated, *python; } cases[] = {
        {"PYTHONHASHSEED", "x", "- -", "config_init_hash_seed PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]"},
        {"PYTHONHASHSEED", "4294967296", "- -", "config_init_hash_seed PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]"},
        {"PYTHONHASHSEED", "random", "- -", "- -"}, {"PYTHONHASHSEED", "17", "- -", "- -"},
        {"PYTHONINTMAXSTRDIGITS", "17", "- -", "config_init_int_max_str_digits PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited."},
        {"PYTHONINTMAXSTRDIGITS", "0", "- -", "- -"}};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(cases); i++) {
        setenv(cases[i].name, cases[i].value, 1);
        PyConfig_InitIsolatedConfig(&config);
        CHECK_STR_EQ(read_once(&config), cases[i].isolated);
        PyConfig_Clear(&config);
        PyConfig_InitPythonConfig(&config);
        CHECK_STR_EQ(read_once(&config), cases[i].python);
        if (!strcmp(cases[i].value, "17") && i == 3) CHECK(config.use_hash_seed == 1 && config.hash_seed == 17);
        if (i == 5) CHECK(config.int_max_str_digits == 0);
        PyConfig_Clear(&config);
        unsetenv(cases[i].name);
    }
    CHECK_INT(Py_IsInitialized(), "0");
}

static PyObject *init_named(void) { static PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "named", .m_doc = "by name"}; return PyModuleDef_Init(&def); }
TEST(modules) {
    PyInitConfig *config = PyInitConfig_Create();
    CHECK_INT(PyInitConfig_AddModule(config, "named", init_named), "0");
    CHECK_INT(PyInitConfig_AddModule(config, "other.named", init_named), "0");
    if (getenv("PYTHONHOME")) PyInitConfig_SetStr(config, "home", getenv("PYTHONHOME"));
    CHECK_INT(Py_InitializeFromInitConfig(config), "0");
    PyInitConfig_Free(config);
    CHECK_REPR(PyImport_ImportModule("named"), "<module 'named' (built-in)>");
    CHECK_REPR(PyImport_ImportModule("named2"), "!!ModuleNotFoundError: No module named 'named2'");
    CHECK_INT(PySequence_Contains(PySys_GetObject("builtin_module_names"), keep(PyUnicode_FromString("other.named"))), "1");
    drop_kept();
    CHECK_INT(Py_FinalizeEx(), "0");
}

TEST(preinitialized) {
    PyPreConfig pre;
    wchar_t *wide[] = {L"program", L"-x"};
    char *bytes[] = {"program", "-x"};
    PyStatus status = Py_PreInitialize(NULL);
    CHECK_STR_EQ(status.func, "_Py_PreInitializeFromPyArgv");
    status = Py_PreInitializeFromArgs(NULL, 2, wide);
    CHECK_STR_EQ(status.err_msg, "preinitialization config is NULL");
    CHECK_STR_EQ(status.func, "_Py_PreInitializeFromPyArgv");
    status = Py_PreInitializeFromBytesArgs(NULL, 2, bytes);
    CHECK_STR_EQ(status.err_msg, "preinitialization config is NULL");
    CHECK_STR_EQ(status.func, "_Py_PreInitializeFromPyArgv");
    PyPreConfig_InitIsolatedConfig(&pre);
    CHECK_INT(status_of(Py_PreInitializeFromArgs(&pre, 2, wide)), "0");
    CHECK_INT(status_of(Py_PreInitializeFromBytesArgs(&pre, 2, bytes)), "0");
    CHECK_INT(status_of(Py_PreInitializeFromArgs(&pre, 0, NULL)), "0");
    CHECK_INT(Py_IsInitialized(), "0");
    void *memory = PyMem_RawMalloc(10);
    CHECK(memory != NULL);
    PyMem_RawFree(memory);
}
TEST(preinitialized_from_bytes) {
    PyPreConfig pre;
    char *bytes[] = {"program", "-x"};
    PyPreConfig_InitPythonConfig(&pre);
    pre.allocator = PYMEM_ALLOCATOR_MALLOC_DEBUG;
    PyMemAllocatorEx before, after;
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &before);
    CHECK_INT(status_of(Py_PreInitializeFromBytesArgs(&pre, 2, bytes)), "0");
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &after);
    CHECK(before.malloc != after.malloc);
    Py_InitializeEx(0);
    CHECK_INT(Py_FinalizeEx(), "0");
}
/* The command line is that of the last start, and stays. */
static const char *command_line(void) {
    static char text[200];
    int n = -5;
    wchar_t **words = NULL;
    Py_GetArgcArgv(&n, &words);
    snprintf(text, sizeof text, "%d", n);
    for (int i = 0; i < n; i++) snprintf(text + strlen(text), sizeof text - strlen(text), " %ls", words[i]);
    return text;
}
static int start_with(Py_ssize_t n, wchar_t **words) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.site_import = 0;
    PyStatus status = PyConfig_SetArgv(&config, n, words);
    if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return PyStatus_Exception(status);
}
TEST(command_lines) {
    CHECK_STR_EQ(command_line(), "0");
    CHECK_INT(start_with(2, (wchar_t *[]){L"one", L"two"}), "0");
    CHECK_STR_EQ(command_line(), "2 one two");
    CHECK_INT(start_with(3, (wchar_t *[]){L"x", L"y", L"z"}), "0");
    CHECK_STR_EQ(command_line(), "3 x y z");
    PyThreadState *mine = PyThreadState_Get(), *other = Py_NewInterpreter();
    CHECK_STR_EQ(command_line(), "3 x y z");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    Py_Finalize();
    CHECK_STR_EQ(command_line(), "3 x y z");
    Py_InitializeEx(0);
    CHECK_STR_EQ(command_line(), "0");
    Py_Finalize();
}
CHECK_MAIN_BARE()
