/* Configuration: what structs begin with, options by name before and at run time, and every misuse. */
#include "check.h"
#include <wchar.h>

static int status_of(PyStatus status) { return PyStatus_Exception(status) ? -1 : 0; }

TEST(structs) {
    PyConfig python, isolated;
    PyConfig_InitPythonConfig(&python);
    PyConfig_InitIsolatedConfig(&isolated);
    CHECK(python._config_init == 2 && python.isolated == 0 && python.use_environment == 1 && python.dev_mode == -1 && python.parse_argv == 1);
    CHECK(python.install_signal_handlers == 1 && python.use_hash_seed == -1 && python.int_max_str_digits == -1 && python.safe_path == 0 && python.cpu_count == -1);
    CHECK(isolated._config_init == 3 && isolated.isolated == 1 && isolated.use_environment == 0 && isolated.dev_mode == 0 && isolated.parse_argv == 0);
    CHECK(isolated.install_signal_handlers == 0 && isolated.use_hash_seed == 0 && isolated.int_max_str_digits == 4300 && isolated.safe_path == 1 && isolated.user_site_directory == 0);
    CHECK(python.argv.length == 0 && python.program_name == NULL && python.write_bytecode == 1 && python._init_main == 1);
    PyPreConfig pre;
    PyPreConfig_InitPythonConfig(&pre);
    CHECK(pre._config_init == 2 && pre.parse_argv == 1 && pre.isolated == 0 && pre.use_environment == 1 && pre.utf8_mode == -1 && pre.allocator == 0);
    PyPreConfig_InitIsolatedConfig(&pre);
    CHECK(pre._config_init == 3 && pre.parse_argv == 0 && pre.isolated == 1 && pre.use_environment == 0 && pre.utf8_mode == 0 && pre.dev_mode == 0);
    CHECK_INT(status_of(Py_PreInitialize(&pre)), "0");
    CHECK_INT(status_of(Py_PreInitialize(&pre)), "0");
    PyConfig_Clear(&python);
    PyConfig_Clear(&isolated);
}

/* The configuration of Py_Initialize. Declared here: in no public header. */
extern void _PyConfig_InitCompatConfig(PyConfig *), _PyPreConfig_InitCompatConfig(PyPreConfig *);
TEST(compatible) {
    PyConfig config;
    PyPreConfig pre;
    memset(&config, 0x55, sizeof config);
    memset(&pre, 0x55, sizeof pre);
    _PyConfig_InitCompatConfig(&config);
    _PyPreConfig_InitCompatConfig(&pre);
#define OPTION(name) snprintf(text + strlen(text), sizeof text - strlen(text), "%s=%lld ", #name, (long long)config.name)
    char text[4096] = "";
    OPTION(_config_init); OPTION(isolated); OPTION(use_environment); OPTION(dev_mode); OPTION(install_signal_handlers); OPTION(use_hash_seed); OPTION(hash_seed);
    CHECK_STR_EQ(text, "_config_init=1 isolated=-1 use_environment=-1 dev_mode=-1 install_signal_handlers=1 use_hash_seed=-1 hash_seed=0 ");
    *text = 0;
    OPTION(faulthandler); OPTION(tracemalloc); OPTION(perf_profiling); OPTION(import_time); OPTION(code_debug_ranges); OPTION(show_ref_count); OPTION(dump_refs);
    CHECK_STR_EQ(text, "faulthandler=-1 tracemalloc=-1 perf_profiling=-1 import_time=-1 code_debug_ranges=1 show_ref_count=0 dump_refs=0 ");
    *text = 0;
    OPTION(malloc_stats); OPTION(parse_argv); OPTION(site_import); OPTION(bytes_warning); OPTION(warn_default_encoding); OPTION(inspect); OPTION(interactive);
    CHECK_STR_EQ(text, "malloc_stats=0 parse_argv=0 site_import=-1 bytes_warning=-1 warn_default_encoding=0 inspect=-1 interactive=-1 ");
    *text = 0;
    OPTION(optimization_level); OPTION(parser_debug); OPTION(write_bytecode); OPTION(verbose); OPTION(quiet); OPTION(user_site_directory); OPTION(configure_c_stdio);
    CHECK_STR_EQ(text, "optimization_level=-1 parser_debug=-1 write_bytecode=-1 verbose=-1 quiet=-1 user_site_directory=-1 configure_c_stdio=0 ");
    *text = 0;
    OPTION(buffered_stdio); OPTION(use_frozen_modules); OPTION(safe_path); OPTION(int_max_str_digits); OPTION(cpu_count); OPTION(pathconfig_warnings);
    OPTION(skip_source_first_line); OPTION(_install_importlib); OPTION(_init_main); OPTION(_is_python_build);
    CHECK_STR_EQ(text, "buffered_stdio=-1 use_frozen_modules=1 safe_path=0 int_max_str_digits=-1 cpu_count=-1 pathconfig_warnings=-1 skip_source_first_line=0 _install_importlib=1 _init_main=1 _is_python_build=0 ");
#undef OPTION
    CHECK(!config.stdio_encoding && !config.stdio_errors && !config.check_hash_pycs_mode && !config.program_name && !config.pythonpath_env && !config.home && !config.platlibdir);
    CHECK(!config.executable && !config.base_executable && !config.prefix && !config.exec_prefix && !config.run_command && !config.run_module && !config.run_filename);
    CHECK(!config.argv.length && !config.argv.items && !config.orig_argv.length && !config.xoptions.length && !config.warnoptions.length && !config.module_search_paths.length);
    CHECK_INT(config.module_search_paths_set, "0");
    *text = 0;
#define OPTION(name) snprintf(text + strlen(text), sizeof text - strlen(text), "%s=%lld ", #name, (long long)pre.name)
    OPTION(_config_init); OPTION(parse_argv); OPTION(isolated); OPTION(use_environment); OPTION(configure_locale); OPTION(coerce_c_locale); OPTION(coerce_c_locale_warn); OPTION(utf8_mode); OPTION(dev_mode); OPTION(allocator);
    CHECK_STR_EQ(text, "_config_init=1 parse_argv=0 isolated=-1 use_environment=-1 configure_locale=1 coerce_c_locale=0 coerce_c_locale_warn=0 utf8_mode=0 dev_mode=-1 allocator=0 ");
#undef OPTION
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    CHECK(Py_IsInitialized() && PyErr_CheckSignals() == 0);
    PyConfig_Clear(&config);
    CHECK_INT(Py_FinalizeEx(), "0");
}

TEST(lists) {
    PyWideStringList list = {0, NULL};
    CHECK_INT(status_of(PyWideStringList_Append(&list, L"b")), "0");
    CHECK_INT(status_of(PyWideStringList_Insert(&list, 0, L"a")), "0");
    CHECK_INT(status_of(PyWideStringList_Insert(&list, 99, L"c")), "0");
    PyStatus status = PyWideStringList_Insert(&list, -1, L"x");
    CHECK(PyStatus_IsError(status));
    CHECK_STR_EQ(status.err_msg, "PyWideStringList_Insert index must be >= 0");
    CHECK_STR_EQ(status.func, "PyWideStringList_Insert");
    CHECK(list.length == 3 && !wcscmp(list.items[0], L"a") && !wcscmp(list.items[1], L"b") && !wcscmp(list.items[2], L"c"));
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    CHECK_INT(status_of(PyConfig_SetWideStringList(&config, &config.xoptions, list.length, list.items)), "0");
    CHECK(config.xoptions.length == 3 && config.xoptions.items != list.items);
    char *argv[] = {"pro\xc3\xa9", "-x"};
    CHECK_INT(status_of(PyConfig_SetBytesArgv(&config, 2, argv)), "0");
    CHECK(config.argv.length == 2 && !wcscmp(config.argv.items[1], L"-x"));
    CHECK_INT(status_of(PyConfig_SetString(&config, &config.home, L"/one")), "0");
    CHECK_INT(status_of(PyConfig_SetString(&config, &config.home, NULL)), "0");
    CHECK(config.home == NULL);
    PyConfig_Clear(&config);
    CHECK(config.argv.length == 0 && config.xoptions.items == NULL);
    for (int i = 0; i < 3; i++) PyMem_RawFree(list.items[i]);
    PyMem_RawFree(list.items);
}

TEST(refused) {
    PyStatus status = Py_InitializeFromConfig(NULL);
    CHECK(PyStatus_IsError(status));
    CHECK_STR_EQ(status.err_msg, "initialization config is NULL");
    CHECK_STR_EQ(status.func, "Py_InitializeFromConfig");
    CHECK_INT(Py_IsInitialized(), "0");
    CHECK_FATAL((Py_Initialize(), PyImport_AppendInittab("x", NULL)), "Fatal Python error: PyImport_AppendInittab: PyImport_AppendInittab() may not be called after Py_Initialize()");
}

TEST(at_run_time) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.bytes_warning = 1;
    config.site_import = 0;
    config.verbose = 0;
    config.int_max_str_digits = 5000;
    config.install_signal_handlers = 0;
    PyConfig_SetString(&config, &config.program_name, L"named");
    wchar_t *words[] = {L"one", L"two=2"}, *argv[] = {L"named", L"argument"};
    PyConfig_SetWideStringList(&config, &config.xoptions, 2, words);
    PyConfig_SetArgv(&config, 2, argv);
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    PyConfig_Clear(&config);
    PyObject *names = keep(PyConfig_Names());
    CHECK(PyFrozenSet_CheckExact(names));
    CHECK_INT(PyObject_Size(names), "67");
    CHECK_INT(PySequence_Contains(names, value("s", "argv")), "1");
    CHECK_INT(PySequence_Contains(names, value("s", "utf8_mode")), "1");
    CHECK_INT(PySequence_Contains(names, value("s", "_init_main")), "0");
    CHECK_REPR(PyConfig_Get("bytes_warning"), "1");
    CHECK_REPR(PyConfig_Get("site_import"), "False");
    CHECK_REPR(PyConfig_Get("install_signal_handlers"), "False");
    CHECK_REPR(PyConfig_Get("int_max_str_digits"), "5000");
    CHECK_REPR(PyConfig_Get("program_name"), "'named'");
    CHECK_REPR(PyConfig_Get("argv"), "['named', 'argument']");
    CHECK_REPR(PyConfig_Get("orig_argv"), "['named', 'argument']");
    CHECK_REPR(PyConfig_Get("xoptions"), "{'one': True, 'two': '2'}");
    CHECK_REPR(PyConfig_Get("run_command"), "None");
    CHECK_REPR(PyConfig_Get("nothing"), "!!ValueError: unknown config option name: nothing");
    CHECK_REPR(PyConfig_Get("_init_main"), "!!ValueError: unknown config option name: _init_main");
    int number = -7;
    CHECK_INT(PyConfig_GetInt("bytes_warning", &number), "0");
    CHECK_INT(number, "1");
    CHECK_INT(PyConfig_GetInt("site_import", &number), "0");
    CHECK_INT(number, "0");
    CHECK_INT(PyConfig_GetInt("program_name", &number), "-1 !!TypeError: config option program_name is not an int");
    CHECK_INT(PyConfig_GetInt("nothing", &number), "-1 !!ValueError: unknown config option name: nothing");
    CHECK_INT(PyConfig_Set("nothing", Py_None), "-1 !!ValueError: unknown config option name: nothing");
    CHECK_INT(PyConfig_Set("program_name", value("s", "x")), "-1 !!ValueError: cannot set read-only option program_name");
    CHECK_INT(PyConfig_Set("utf8_mode", value("i", 1)), "-1 !!ValueError: cannot set read-only option utf8_mode");
    CHECK_INT(PyConfig_Set("verbose", Py_None), "-1 !!TypeError: expected int or bool, got NoneType");
    CHECK_INT(PyConfig_Set("verbose", value("i", -1)), "-1 !!ValueError: value must be >= 0");
    CHECK_INT(PyConfig_Set("executable", value("i", 1)), "-1 !!TypeError: expected str or None, got int");
    CHECK_INT(PyConfig_Set("pycache_prefix", value("i", 1)), "-1 !!TypeError: expected str or None, got int");
    CHECK_INT(PyConfig_Set("argv", value("i", 1)), "-1 !!TypeError: expected list[str], got int");
    CHECK_INT(PyConfig_Set("xoptions", value("i", 1)), "-1 !!TypeError: expected dict[str, str | bool], got int");
    CHECK_INT(PyConfig_Set("argv", value("[s]", "other")), "0");
    CHECK_BORROWED(PySys_GetObject("argv"), "['other']");
    CHECK_INT(PyConfig_Set("executable", value("s", "/x")), "0");
    CHECK_BORROWED(PySys_GetObject("executable"), "'/x'");
    CHECK_INT(PyConfig_Set("optimization_level", value("i", 2)), "0");
    CHECK_REPR(PyConfig_Get("optimization_level"), "2");
    CHECK_INT(PyConfig_Set("quiet", Py_True), "0");
    CHECK_REPR(PyConfig_Get("quiet"), "True");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
}

static PyInitConfig *by_name;
static const char *after(int result) {
    static char text[256];
    const char *error = NULL;
    int there = PyInitConfig_GetError(by_name, &error);
    snprintf(text, sizeof text, "%d %s", result, there && result < 0 ? error : "-");
    return text;
}
TEST(by_names) {
    int64_t number;
    char *text, **items;
    size_t n;
    by_name = PyInitConfig_Create();
    const char *error = "x";
    CHECK_INT(PyInitConfig_GetError(by_name, &error), "0");
    CHECK(error == NULL);
    CHECK_INT(PyInitConfig_HasOption(by_name, "isolated"), "1");
    CHECK_INT(PyInitConfig_HasOption(by_name, "nothing"), "0");
    CHECK_STR_EQ(after(PyInitConfig_GetInt(by_name, "isolated", &number)), "0 -");
    CHECK_INT(number, "1");
    CHECK_STR_EQ(after(PyInitConfig_GetInt(by_name, "nothing", &number)), "-1 unknown config option name");
    CHECK_STR_EQ(after(PyInitConfig_SetInt(by_name, "nothing", 1)), "-1 unknown config option name");
    CHECK_STR_EQ(after(PyInitConfig_GetStr(by_name, "nothing", &text)), "-1 unknown config option name");
    CHECK_STR_EQ(after(PyInitConfig_GetStr(by_name, "argv", &text)), "-1 config option type is not string");
    CHECK_STR_EQ(after(PyInitConfig_GetInt(by_name, "home", &number)), "-1 config option type is not int");
    CHECK_STR_EQ(after(PyInitConfig_GetStrList(by_name, "home", &n, &items)), "-1 config option type is not string list");
    CHECK_STR_EQ(after(PyInitConfig_SetStrList(by_name, "home", 0, NULL)), "-1 config option type is not strings list");
    CHECK_STR_EQ(after(PyInitConfig_SetStr(by_name, "argv", "x")), "-1 config option type is not string");
    CHECK_STR_EQ(after(PyInitConfig_SetInt(by_name, "isolated", -1)), "-1 config option value is out of unsigned int range");
    CHECK_STR_EQ(after(PyInitConfig_SetInt(by_name, "cpu_count", 1LL << 40)), "-1 config option value is out of int range");
    CHECK_STR_EQ(after(PyInitConfig_SetInt(by_name, "hash_seed", -1)), "-1 config option value is out of unsigned long range");
    CHECK_STR_EQ(after(PyInitConfig_SetStr(by_name, "program_name", "named")), "0 -");
    CHECK_STR_EQ(after(PyInitConfig_GetStr(by_name, "program_name", &text)), "0 -");
    CHECK_STR_EQ(text, "named");
    free(text);
    CHECK_STR_EQ(after(PyInitConfig_GetStr(by_name, "run_command", &text)), "0 -");
    CHECK(text == NULL);
    char *argv[] = {"named", "argument"};
    CHECK_STR_EQ(after(PyInitConfig_SetStrList(by_name, "argv", 2, argv)), "0 -");
    CHECK_STR_EQ(after(PyInitConfig_GetStrList(by_name, "argv", &n, &items)), "0 -");
    CHECK(n == 2 && !strcmp(items[1], "argument"));
    PyInitConfig_FreeStrList(n, items);
    CHECK_STR_EQ(after(PyInitConfig_SetInt(by_name, "site_import", 0)), "0 -");
    int code;
    CHECK_INT(PyInitConfig_GetExitCode(by_name, &code), "0");
    if (getenv("PYTHONHOME")) PyInitConfig_SetStr(by_name, "home", getenv("PYTHONHOME"));
    CHECK_STR_EQ(after(Py_InitializeFromInitConfig(by_name)), "0 -");
    PyInitConfig_Free(by_name);
    CHECK_BORROWED(PySys_GetObject("argv"), "['named', 'argument']");
    CHECK_INT(Py_FinalizeEx(), "0");
}


/* whether threads inherit contexts: the options before the environment, in which the first of a name counts */
static const char *inherits(const char *variable, const wchar_t *option, const wchar_t *second, int field) {
    static char text[200];
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    if (variable) setenv("PYTHON_THREAD_INHERIT_CONTEXT", variable, 1); else unsetenv("PYTHON_THREAD_INHERIT_CONTEXT");
    if (option) PyWideStringList_Append(&config.xoptions, option);
    if (second) PyWideStringList_Append(&config.xoptions, second);
    config.thread_inherit_context = field;
    config.site_import = 0;
    PyStatus status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) { snprintf(text, sizeof text, "%s: %s", status.func, status.err_msg); return text; }
    PyObject *flag = PyObject_GetAttrString(PySys_GetObject("flags"), "thread_inherit_context");
    int set, got = flag && PyConfig_GetInt("thread_inherit_context", &set) == 0;
    snprintf(text, sizeof text, "%ld %s", flag ? PyLong_AsLong(flag) : -9, got && set == PyLong_AsLong(flag) ? "same" : "other");
    Py_XDECREF(flag);
    Py_FinalizeEx();
    unsetenv("PYTHON_THREAD_INHERIT_CONTEXT");
    return text;
}
TEST(context_of_threads) {
    CHECK_STR_EQ(inherits(NULL, NULL, NULL, 0), "0 same");
    CHECK_STR_EQ(inherits(NULL, NULL, NULL, 1), "1 same");
    CHECK_STR_EQ(inherits("0", NULL, NULL, 1), "0 same");
    CHECK_STR_EQ(inherits(" +1", NULL, NULL, 0), "1 same");
    CHECK_STR_EQ(inherits("", NULL, NULL, 0), "0 same");
    CHECK_STR_EQ(inherits("1", L"thread_inherit_context=0", NULL, 0), "0 same");
    CHECK_STR_EQ(inherits(NULL, L"thread_inherit_context=0", L"thread_inherit_context=1", 1), "0 same");
    CHECK_STR_EQ(inherits(NULL, L"thread_inherit_context=", NULL, 1), "0 same");
    CHECK_STR_EQ(inherits(NULL, L"thread_inherit_contexts=1", NULL, 0), "0 same");
    CHECK_STR_EQ(inherits("1 ", NULL, NULL, 0), "config_init_thread_inherit_context: PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid");
    CHECK_STR_EQ(inherits("9", L"thread_inherit_context=0", NULL, 0), "config_init_thread_inherit_context: PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid");
    CHECK_STR_EQ(inherits(NULL, L"thread_inherit_context", NULL, 0), "config_init_thread_inherit_context: -X thread_inherit_context=n: n is missing or invalid");
    CHECK_STR_EQ(inherits(NULL, L"thread_inherit_context=2", NULL, 0), "config_init_thread_inherit_context: -X thread_inherit_context=n: n is missing or invalid");
}

static PyObject *variable;
static long found;
static PyObject *look(PyObject *self, PyObject *none) {
    PyObject *value = NULL, *more = PyLong_FromLong(99);
    (void)self; (void)none;
    PyContextVar_Get(variable, NULL, &value);
    found = value ? PyLong_AsLong(value) : -1;
    Py_XDECREF(value);
    Py_XDECREF(PyContextVar_Set(variable, more));
    Py_DECREF(more);
    Py_RETURN_NONE;
}
static PyMethodDef look_method = {"look", look, METH_NOARGS, NULL};
TEST(threads_of_thread) {
    for (int inherit = 0; inherit < 2; inherit++) {
        PyConfig config;
        PyConfig_InitPythonConfig(&config);
        config.thread_inherit_context = inherit;
        config.site_import = 0;
        CHECK(!PyStatus_Exception(Py_InitializeFromConfig(&config)));
        PyConfig_Clear(&config);
        variable = PyContextVar_New("v", NULL);
        PyObject *five = PyLong_FromLong(5), *token = PyContextVar_Set(variable, five), *value = NULL;
        PyObject *module = PyImport_ImportModule("_thread"), *function = PyCFunction_New(&look_method, NULL);
        PyObject *handle = PyObject_CallMethod(module, "start_joinable_thread", "O", function), *joined = PyObject_CallMethod(handle, "join", NULL);
        /* it is `threading` that inherits, which is Python code */
        CHECK_INT(found, "-1");
        CHECK(PyContextVar_Get(variable, NULL, &value) == 0 && value == five);
        Py_XDECREF(joined); Py_XDECREF(handle); Py_XDECREF(function); Py_XDECREF(module); Py_XDECREF(value); Py_XDECREF(token); Py_DECREF(five);
        Py_CLEAR(variable);
        CHECK_INT(Py_FinalizeEx(), "0");
    }
}
CHECK_MAIN_BARE()
