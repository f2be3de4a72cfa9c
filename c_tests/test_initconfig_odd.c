/* Odd values in configurations, starts that fail, and starts of what is up: statuses, what is left, what works afterwards. Each start is a process of its own. */
#define _GNU_SOURCE
#include "check.h"
#include <pthread.h>
#include <sys/resource.h>
#include <wchar.h>

static int into;
static void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vdprintf(into, format, arguments);
    va_end(arguments);
}
static int say_status(const char *what, PyStatus status) {
    if (PyStatus_IsExit(status)) say("%s exit %d; ", what, status.exitcode);
    if (PyStatus_IsError(status)) say("%s %s: %s; ", what, status.func ? status.func : "-", status.err_msg);
    return PyStatus_Exception(status);
}
static void say_option(const char *name) {
    PyObject *value = PyConfig_Get(name);
    char taken[300];
    if (value) {
        PyObject *text = PyObject_ASCII(value);
        say(" %s=%s", name, text ? PyUnicode_AsUTF8(text) : "?");
        Py_XDECREF(text);
        Py_DECREF(value);
    }
    else say(" %s %s", name, check_taken(taken, sizeof taken));
}
static void set_home(void) {
    static wchar_t home[1000];
    if (!getenv("PYTHONHOME")) return;
    for (size_t i = 0; i < strlen(getenv("PYTHONHOME")); i++) home[i] = (unsigned char)getenv("PYTHONHOME")[i];
    Py_SetPythonHome(home);
}
static const char *in_child(void (*run)(const char *), const char *argument) {
    static char text[4000];
    int ends[2];
    fflush(stdout);
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0) {
        into = dup(ends[1]);
        dup2(ends[1], 2);
        for (char **at = environ; *at;) {
            char found[100];
            snprintf(found, sizeof found, "%.*s", (int)strcspn(*at, "="), *at);
            if (strncmp(found, "PYTHON", 6) == 0 && strcmp(found, "PYTHONHOME") != 0 && strcmp(found, "PYTHONPATH") != 0) unsetenv(found);
            else at++;
        }
        setenv("LC_ALL", "C.UTF-8", 1);
        set_home();
        run(argument);
        fflush(NULL);
        _exit(0);
    }
    close(ends[1]);
    size_t at = 0;
    for (ssize_t got; at < sizeof text - 1 && (got = read(ends[0], text + at, sizeof text - 1 - at)) > 0;) at += (size_t)got;
    text[at] = 0;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    char *current = strstr(text, "\n\nCurrent thread");
    if (current) *current = 0;
    if (status) snprintf(text + strlen(text), sizeof text - strlen(text), " ended with %x", (unsigned)status);
    return text;
}

#define INTS(X) X(_config_init) X(isolated) X(use_environment) X(dev_mode) X(install_signal_handlers) X(use_hash_seed) X(faulthandler) X(tracemalloc) X(perf_profiling) X(remote_debug) \
    X(import_time) X(code_debug_ranges) X(show_ref_count) X(site_import) X(bytes_warning) X(warn_default_encoding) X(inspect) X(interactive) X(optimization_level) X(parser_debug) \
    X(write_bytecode) X(verbose) X(quiet) X(user_site_directory) X(configure_c_stdio) X(buffered_stdio) X(use_frozen_modules) X(safe_path) X(int_max_str_digits) X(thread_inherit_context) \
    X(context_aware_warnings) X(cpu_count) X(pathconfig_warnings) X(skip_source_first_line) X(parse_argv)
static int *field_of(PyConfig *config, const char *name) {
#define FIELD(field) if (!strcmp(name, #field)) return &config->field;
    INTS(FIELD)
    return NULL;
}
/* What a field becomes when it is read, and when the runtime is up; and sys.flags, where they differ from the usual. */
static void start_with(const char *assignment) {
    PyConfig config;
    char name[100];
    static const char *const usual = "sys.flags(debug=0, inspect=0, interactive=0, optimize=0, dont_write_bytecode=0, no_user_site=0, no_site=1, ignore_environment=0, verbose=0, bytes_warning=0, quiet=0, hash_randomization=1, isolated=0, dev_mode=False, utf8_mode=0, warn_default_encoding=0, safe_path=False, int_max_str_digits=4300)";
    snprintf(name, sizeof name, "%.*s", (int)strcspn(assignment, "="), assignment);
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.site_import = 0;
    if (!strcmp(name, "hash_seed")) config.hash_seed = strtoul(strchr(assignment, '=') + 1, NULL, 10);
    else *field_of(&config, name) = atoi(strchr(assignment, '=') + 1);
    if (say_status("read", PyConfig_Read(&config))) return;
    if (field_of(&config, name)) say("%d", *field_of(&config, name));
    if (say_status(" init", Py_InitializeFromConfig(&config))) { say(" %d", Py_IsInitialized()); return; }
    PyConfig_Clear(&config);
    if (*name != '_') say_option(name);
    PyObject *flags = PyObject_Str(PySys_GetObject("flags"));
    const char *text = PyUnicode_AsUTF8(flags);
    for (size_t i = 0; text[i]; i++)
        if (text[i] != usual[i]) { while (text[i] != '(' && text[i] != ' ') i--; say(" %.*s", (int)strcspn(text + i + 1, ","), text + i + 1); break; }
    Py_DECREF(flags);
    Py_Finalize();
}
static const char *with(const char *assignment) { return in_child(start_with, assignment); }

TEST(fields) {
    CHECK_STR_EQ(with("_config_init=0"), "0Exception ignored while reading getpath results:\nValueError: invalid config value: _config_init\n init -: error getting getpath results;  0");
    CHECK_STR_EQ(with("_config_init=4"), "4Exception ignored while reading getpath results:\nValueError: invalid config value: _config_init\n init -: error getting getpath results;  0");
    CHECK_STR_EQ(with("_config_init=1"), "1");
    CHECK_STR_EQ(with("_config_init=3"), "3");
    CHECK_STR_EQ(with("isolated=2"), "2 isolated=True no_user_site=1");
    CHECK_STR_EQ(with("isolated=-5"), "0 isolated=False");
    CHECK_STR_EQ(with("use_environment=2"), "2 use_environment=True");
    CHECK_STR_EQ(with("use_environment=-5"), "0 use_environment=False ignore_environment=1");
    CHECK_STR_EQ(with("dev_mode=2"), "2 dev_mode=True dev_mode=True");
    CHECK_STR_EQ(with("dev_mode=-9"), "0 dev_mode=False");
    CHECK_STR_EQ(with("install_signal_handlers=-1"), "-1 install_signal_handlers=True");
    CHECK_STR_EQ(with("install_signal_handlers=7"), "7 install_signal_handlers=True");
    CHECK_STR_EQ(with("use_hash_seed=9"), "9 use_hash_seed=True hash_randomization=0");
    CHECK_STR_EQ(with("faulthandler=-7"), "0 faulthandler=False");
    CHECK_STR_EQ(with("tracemalloc=-9"), "0 tracemalloc=0");
    CHECK_STR_EQ(with("tracemalloc=65536"), "65536 init init_interp_main: can't start tracemalloc;  0");
    CHECK_STR_EQ(with("perf_profiling=-2"), "0 perf_profiling=0");
    CHECK_STR_EQ(with("perf_profiling=3"), "3 perf_profiling=3");
    CHECK_STR_EQ(with("remote_debug=-9"), "1 remote_debug=True");
    CHECK_STR_EQ(with("remote_debug=7"), "7 remote_debug=True");
    CHECK_STR_EQ(with("code_debug_ranges=-4"), "-4 code_debug_ranges=True");
    CHECK_STR_EQ(with("show_ref_count=-7"), "-7 show_ref_count=True");
    CHECK_STR_EQ(with("site_import=-3"), "-3 site_import=True no_site=0");
    CHECK_STR_EQ(with("site_import=5"), "5 site_import=True no_site=0");
    CHECK_STR_EQ(with("bytes_warning=-1"), "-1Exception ignored while reading getpath results:\nValueError: invalid config value: bytes_warning\n init -: error getting getpath results;  0");
    CHECK_STR_EQ(with("bytes_warning=7"), "7 bytes_warning=7 bytes_warning=7");
    CHECK_STR_EQ(with("warn_default_encoding=5"), "0 warn_default_encoding=False");
    CHECK_STR_EQ(with("warn_default_encoding=-5"), "0 warn_default_encoding=False");
    CHECK_STR_EQ(with("inspect=-1"), "-1 inspect=True inspect=1");
    CHECK_STR_EQ(with("inspect=7"), "7 inspect=True inspect=1");
    CHECK_STR_EQ(with("interactive=-1"), "-1 interactive=True interactive=1");
    CHECK_STR_EQ(with("optimization_level=-9"), "-9Exception ignored while reading getpath results:\nValueError: invalid config value: optimization_level\n init -: error getting getpath results;  0");
    CHECK_STR_EQ(with("optimization_level=77"), "77 optimization_level=77 optimize=77");
    CHECK_STR_EQ(with("parser_debug=-1"), "-1 parser_debug=True debug=1");
    CHECK_STR_EQ(with("parser_debug=7"), "7 parser_debug=True debug=1");
    CHECK_STR_EQ(with("write_bytecode=-9"), "-9 write_bytecode=True");
    CHECK_STR_EQ(with("write_bytecode=7"), "7 write_bytecode=True");
    CHECK_STR_EQ(with("quiet=-1"), "-1 quiet=True quiet=1");
    CHECK_STR_EQ(with("quiet=7"), "7 quiet=True quiet=1");
    CHECK_STR_EQ(with("user_site_directory=-1"), "-1 user_site_directory=True");
    CHECK_STR_EQ(with("configure_c_stdio=-1"), "1 configure_c_stdio=True");
    CHECK_STR_EQ(with("buffered_stdio=-1"), "-1 buffered_stdio=True");
    CHECK_STR_EQ(with("use_frozen_modules=-1"), "-1 use_frozen_modules=True");
    CHECK_STR_EQ(with("safe_path=-1"), "-1 safe_path=True safe_path=True");
    CHECK_STR_EQ(with("safe_path=7"), "7 safe_path=True safe_path=True");
    CHECK_STR_EQ(with("int_max_str_digits=-7"), "4300 int_max_str_digits=4300");
    CHECK_STR_EQ(with("int_max_str_digits=5"), "5 int_max_str_digits=5 int_max_str_digits=5)");
    CHECK_STR_EQ(with("int_max_str_digits=640"), "640 int_max_str_digits=640 int_max_str_digits=640)");
    CHECK_STR_EQ(with("thread_inherit_context=9"), "9 thread_inherit_context=9");
    CHECK_STR_EQ(with("thread_inherit_context=-9"), "-9 thread_inherit_context=-9");
    CHECK_STR_EQ(with("context_aware_warnings=9"), "9 context_aware_warnings=9");
    CHECK_STR_EQ(with("context_aware_warnings=-9"), "-9 context_aware_warnings=-9");
    CHECK_STR_EQ(with("cpu_count=-5"), "-5 cpu_count=-5");
    CHECK_STR_EQ(with("cpu_count=0"), "0 cpu_count=0");
    CHECK_STR_EQ(with("cpu_count=7"), "7 cpu_count=7");
    CHECK_STR_EQ(with("pathconfig_warnings=-1"), "-1 pathconfig_warnings=True");
    CHECK_STR_EQ(with("skip_source_first_line=-7"), "-7 skip_source_first_line=True");
    CHECK_STR_EQ(with("parse_argv=-5"), "2 parse_argv=True");
    CHECK_STR_EQ(with("parse_argv=2"), "2 parse_argv=True");
    CHECK_STR_EQ(with("hash_seed=4294967295"), " hash_seed=0");
    CHECK_STR_EQ(with("hash_seed=4294967296"), " hash_seed=0");
}

/* By name: texts come before the process is preinitialised, and go after the runtime. */
static void start_by_names(const char *assignments) {
    PyInitConfig *config = PyInitConfig_Create();
    const char *error = "-";
    char *copy = strdup(assignments), *got = NULL, **list = NULL;
    size_t n = 0;
    int code = -1;
    if (getenv("PYTHONHOME")) PyInitConfig_SetStr(config, "home", getenv("PYTHONHOME"));
    PyInitConfig_SetInt(config, "site_import", 0);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
        char *value = strchr(word, '='), *end;
        *value++ = 0;
        long number = strtol(value, &end, 10);
        char *items[] = {value, "x", "y"};
        int done = *value == '[' ? PyInitConfig_SetStrList(config, word, 2, items + 1) : *word == '-' ? PyInitConfig_SetStrList(config, "argv", 3, (char *[]){"p", word, value})
                 : *value && !*end ? PyInitConfig_SetInt(config, word, number) : PyInitConfig_SetStr(config, word, value);
        if (done < 0) { PyInitConfig_GetError(config, &error); say("%s: %s; ", word, error); }
    }
    int done = Py_InitializeFromInitConfig(config), failed = PyInitConfig_GetError(config, &error), left = PyInitConfig_GetExitCode(config, &code);
    say("%d, error %d %s, exit %d %d;", done, failed, failed ? error : "-", left, code);
    if (PyInitConfig_GetStr(config, "program_name", &got) == 0) say(" %s", got ? got : "NULL");
    if (PyInitConfig_GetStrList(config, "argv", &n, &list) == 0) { say(" %zu", n); PyInitConfig_FreeStrList(n, list); }
    free(got);
    if (done == 0) { say_option("program_name"); say_option("argv"); say_option("warnoptions"); say_option("allocator"); say_option("platlibdir"); }
    PyInitConfig_Free(config);
    if (done == 0) say(" %d", Py_FinalizeEx());
}
static const char *by_names(const char *assignments) { return in_child(start_by_names, assignments); }
TEST(names) {
    CHECK_STR_EQ(by_names(""), "0, error 0 -, exit 0 -1; NULL 0 program_name='python3' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("program_name=text argv=[ allocator=2"), "0, error 0 -, exit 0 -1; text 2 program_name='text' argv=['x', 'y'] warnoptions=[] allocator=2 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("program_name=text argv=[ dev_mode=1"), "0, error 0 -, exit 0 -1; text 2 program_name='text' argv=['x', 'y'] warnoptions=['default'] allocator=2 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("program_name=text allocator=4 program_name=other"), "0, error 0 -, exit 0 -1; other 0 program_name='other' argv=[''] warnoptions=[] allocator=4 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("program_name= platlibdir="), "0, error 0 -, exit 0 -1;  0 program_name='python3' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("nothing=1 program_name=x"), "nothing: unknown config option name; 0, error 0 -, exit 0 -1; x 0 program_name='x' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("nothing=text argv=1 verbose=text verbose=[ argv=text"), "nothing: unknown config option name; argv: config option type is not int; verbose: config option type is not string; verbose: config option type is not strings list; argv: config option type is not string; 0, error 0 -, exit 0 -1; NULL 0 program_name='python3' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("allocator=99"), "-1, error 1 Unknown PYTHONMALLOC allocator, exit 0 -1; NULL 0");
    CHECK_STR_EQ(by_names("_config_init=9"), "Exception ignored while reading getpath results:\nValueError: invalid config value: _config_init\n-1, error 1 error getting getpath results, exit 0 -1; NULL 0");
    CHECK_STR_EQ(by_names("_config_init=2"), "0, error 0 -, exit 0 -1; NULL 0 program_name='python3' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("_config_init=-1 _config_init=text"), "_config_init: config option value is out of unsigned int range; _config_init: config option type is not string; 0, error 0 -, exit 0 -1; NULL 0 program_name='python3' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("hash_seed=4294967297"), "Exception ignored while reading getpath results:\nValueError: invalid config value: hash_seed\n-1, error 1 error getting getpath results, exit 0 -1; NULL 0");
    CHECK_STR_EQ(by_names("int_max_str_digits=5"), "0, error 0 -, exit 0 -1; NULL 0 program_name='python3' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("parse_argv=1 -V=1"), "-1, error 1 exit code 0, exit 1 0; NULL 3");
    CHECK_STR_EQ(by_names("parse_argv=1 -Z=1"), "Unknown option: -Z\nusage: p [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n-1, error 1 exit code 2, exit 1 2; NULL 3");
    CHECK_STR_EQ(by_names("parse_argv=1 -X=int_max_str_digits=1"), "0, error 0 -, exit 0 -1; NULL 3 program_name='p' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("parse_argv=1 -X=tracemalloc=x tracemalloc=4"), "0, error 0 -, exit 0 -1; NULL 3 program_name='p' argv=[''] warnoptions=[] allocator=0 platlibdir='lib' 0");
    CHECK_STR_EQ(by_names("stdio_encoding=nothing"), "-1, error 1 failed to get the Python codec name of the stdio encoding, exit 0 -1; NULL 0");
    CHECK_STR_EQ(by_names("warnoptions=[ program_name=\xff program_name=\xc3\xa9"), "program_name: decoding error; Invalid -W option ignored: invalid action: 'x'\nInvalid -W option ignored: invalid action: 'y'\n0, error 0 -, exit 0 -1; é 0 program_name='\\xe9' argv=[''] warnoptions=['x', 'y'] allocator=0 platlibdir='lib' 0");
}

/* Where no block can be had there is no configuration. */
static void create_without_memory(const char *argument) {
    (void)argument;
    PyInitConfig *before = PyInitConfig_Create();
    struct rlimit none = {1, 1};
    setrlimit(RLIMIT_AS, &none);
    for (size_t size = 1 << 20; size; size /= 2) for (int i = 0; i < 1000000 && malloc(size); i++);
    PyInitConfig *after = PyInitConfig_Create();
    say("%d %d", before != NULL, after != NULL);
    PyInitConfig_Free(after);
    PyInitConfig_Free(before);
}
TEST(no_memory) {
    CHECK_STR_EQ(in_child(create_without_memory, ""), "1 0");
}

/* Modules that come with a configuration come with each start of it, and so with one only while the runtime is down. */
static PyObject *init_added(void) {
    static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "added", NULL, -1, NULL, NULL, NULL, NULL, NULL};
    return PyModule_Create(&definition);
}
static void start_with_modules(const char *how) {
    PyInitConfig *config = PyInitConfig_Create();
    if (getenv("PYTHONHOME")) PyInitConfig_SetStr(config, "home", getenv("PYTHONHOME"));
    PyInitConfig_SetInt(config, "site_import", 0);
    char *name = strdup("added");
    say("%d", PyInitConfig_AddModule(config, name, init_added));
    say("%d ", PyInitConfig_AddModule(config, name, init_added));
    for (; *how; how++) {
        if (*how == 'f') { say("%d ", Py_FinalizeEx()); continue; }
        say("%d ", Py_InitializeFromInitConfig(config));
        PyObject *module = PyImport_ImportModule("added"), *names = PySys_GetObject("builtin_module_names");
        int n = 0;
        for (Py_ssize_t i = 0; i < PyTuple_Size(names); i++) n += !strcmp(PyUnicode_AsUTF8(PyTuple_GetItem(names, i)), "added");
        say("%s %d; ", module ? "imported" : "none", n);
        Py_XDECREF(module);
    }
    PyInitConfig_Free(config);
}
TEST(modules) {
    CHECK_STR_EQ(in_child(start_with_modules, "if"), "00 0 imported 2; 0 ");
    CHECK_STR_EQ(in_child(start_with_modules, "ififif"), "00 0 imported 2; 0 0 imported 4; 0 0 imported 6; 0 ");
    CHECK_STR_EQ(in_child(start_with_modules, "ii"), "00 0 imported 2; Fatal Python error: PyImport_ExtendInittab: PyImport_ExtendInittab() may not be called after Py_Initialize()\nPython runtime state: initialized ended with 6");
}
/* Starts in a row: a letter each. */
static PyStatus start(int isolated, int bytes_warning, const char *variable, const char *value) {
    PyConfig config;
    if (isolated) PyConfig_InitIsolatedConfig(&config); else PyConfig_InitPythonConfig(&config);
    config.site_import = 0;
    config.bytes_warning = bytes_warning;
    if (variable) setenv(variable, value, 1);
    PyStatus status = Py_InitializeFromConfig(&config);
    if (variable) unsetenv(variable);
    PyConfig_Clear(&config);
    return status;
}
static void say_all(void) {
    say_option("bytes_warning"); say_option("isolated"); say_option("utf8_mode"); say_option("warnoptions"); say_option("argv"); say_option("orig_argv"); say_option("int_max_str_digits");
    say_option("pycache_prefix"); say_option("hash_seed");
    say(" %d %d %d", Py_BytesWarningFlag, Py_IsolatedFlag, Py_IsFinalizing());
    PyObject *odd = PySys_GetObject("odd");
    say(odd ? " odd" : "");
    say("; ");
}
static void go_through(const char *letters) {
    PyPreConfig pre;
    PyConfig config;
    for (; *letters; letters++) {
        say("%c: ", *letters);
        switch (*letters) {
        case 'o': say_status("", start(0, 2, NULL, NULL)); break;
        case 'i': say_status("", start(1, 1, NULL, NULL)); break;
        case 'u': say_status("", start(0, 1, "PYTHONUTF8", "7")); break;
        case 'h': say_status("", start(0, 1, "PYTHONHASHSEED", "x")); break;
        case 'e': say_status("", start(0, 1, "PYTHONIOENCODING", "nothing")); break;
        case 'P': Py_Initialize(); break;
        case 'f': say("%d ", Py_FinalizeEx()); break;
        case 'p': PyPreConfig_InitPythonConfig(&pre); pre.utf8_mode = 1; say_status("", Py_PreInitialize(&pre)); break;
        case 'd': PyEval_SaveThread(); break;
        case 'g': say_all(); continue;
        case 's': PySys_SetObject("odd", Py_True); PyConfig_Set("int_max_str_digits", PyLong_FromLong(1000)); PyConfig_Set("pycache_prefix", PyUnicode_FromString("/pc")); break;
        case 'a':
            PyConfig_InitPythonConfig(&config);
            PyConfig_SetArgv(&config, 5, (wchar_t *[]){L"x", L"-X", L"u", L"-Wignore", L"/script"});
            config.int_max_str_digits = 777; config.hash_seed = 5; config.use_hash_seed = 1; config.site_import = 0;
            PyConfig_SetString(&config, &config.pycache_prefix, L"/new");
            say_status("", Py_InitializeFromConfig(&config));
            PyConfig_Clear(&config);
            break;
        }
        say("%d%d%d%d%d; ", Py_IsInitialized(), Py_IsFinalizing(), PyThreadState_GetUnchecked() != NULL, PyInterpreterState_Main() != NULL, PyInterpreterState_Head() != NULL);
    }
}
static const char *through(const char *letters) { return in_child(go_through, letters); }
TEST(again) {
    CHECK_STR_EQ(through("ogogf"), "o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; f: 0 01000; ");
    CHECK_STR_EQ(through("osgigf"), "o: 10111; s: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=1000 pycache_prefix='/pc' hash_seed=0 2 0 0 odd; i: 10111; g:  bytes_warning=1 isolated=True utf8_mode=False warnoptions=['default::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 1 1 0 odd; f: 0 01000; ");
    CHECK_STR_EQ(through("osagf"), "o: 10111; s: 10111; a: 10111; g:  bytes_warning=0 isolated=False utf8_mode=False warnoptions=['ignore'] argv=['/script'] orig_argv=['x', '-X', 'u', '-Wignore', '/script'] int_max_str_digits=777 pycache_prefix='/new' hash_seed=5 0 0 0 odd; f: 0 01000; ");
    CHECK_STR_EQ(through("osagfog"), "o: 10111; s: 10111; a: 10111; g:  bytes_warning=0 isolated=False utf8_mode=False warnoptions=['ignore'] argv=['/script'] orig_argv=['x', '-X', 'u', '-Wignore', '/script'] int_max_str_digits=777 pycache_prefix='/new' hash_seed=5 0 0 0 odd; f: 0 01000; o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; ");
    CHECK_STR_EQ(through("ohgug"), "o: 10111; h:  config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]; 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; u: 10111; g:  bytes_warning=1 isolated=False utf8_mode=False warnoptions=['default::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 1 0 0; ");
    CHECK_STR_EQ(through("iPg"), "i: 10111; P: 10111; g:  bytes_warning=1 isolated=True utf8_mode=False warnoptions=['default::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 1 1 0; ");
    CHECK_STR_EQ(through("odo"), "o: 10111; d: 10011; o:  pyinit_core_reconfigure: failed to read thread state; 10011; ");
    CHECK_STR_EQ(through("uogf"), "u:  preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value; 00000; o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; f: 0 01000; ");
    CHECK_STR_EQ(through("uigf"), "u:  preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value; 00000; i: 10111; g:  bytes_warning=1 isolated=True utf8_mode=False warnoptions=['default::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 1 1 0; f: 0 01000; ");
    CHECK_STR_EQ(through("hogfhigf"), "h:  config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]; 00000; o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; f: 0 01000; h:  config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]; 00000; i: 10111; g:  bytes_warning=1 isolated=True utf8_mode=False warnoptions=['default::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 1 1 0; f: 0 01000; ");
    CHECK_STR_EQ(through("eff"), "e:  init_stdio_encoding: failed to get the Python codec name of the stdio encoding; 00111; f: 0 00111; f: 0 00111; ");
    CHECK_STR_EQ(through("offofpigf"), "o: 10111; f: 0 01000; f: 0 01000; o: 10111; f: 0 01000; p: 00000; i: 10111; g:  bytes_warning=1 isolated=True utf8_mode=True warnoptions=['default::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 1 1 0; f: 0 01000; ");
    CHECK_STR_EQ(through("pogfogf"), "p: 00000; o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=True warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; f: 0 01000; o: 10111; g:  bytes_warning=2 isolated=False utf8_mode=False warnoptions=['error::BytesWarning'] argv=[''] orig_argv=[] int_max_str_digits=4300 pycache_prefix=None hash_seed=0 2 0 0; f: 0 01000; ");
}
/* What the end of a start that failed says. */
static void exit_with(const char *letters) {
    PyStatus status = *letters == 'u' ? start(0, 1, "PYTHONUTF8", "7") : *letters == 'h' ? start(0, 1, "PYTHONHASHSEED", "x") : start(0, 1, "PYTHONIOENCODING", "nothing");
    Py_ExitStatusException(status);
}
TEST(reports) {
    CHECK_STR_EQ(in_child(exit_with, "u"), "Fatal Python error: preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value\nPython runtime state: preinitializing\n\n ended with 100");
    CHECK_STR_EQ(in_child(exit_with, "h"), "Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]\nPython runtime state: preinitialized\n\n ended with 100");
    CHECK_STR_EQ(in_child(exit_with, "e"), "Fatal Python error: init_stdio_encoding: failed to get the Python codec name of the stdio encoding\nPython runtime state: core initialized\nLookupError: unknown encoding: nothing ended with 100");
}
/* Filters of warnings are set up for the main interpreter only. */
static void compare(void) {
    PyObject *bytes = PyBytes_FromString("a"), *text = PyUnicode_FromString("a"), *same = PyObject_RichCompare(bytes, text, Py_EQ);
    char taken[200];
    say("%s", same ? "compared " : check_taken(taken, sizeof taken));
    Py_XDECREF(same); Py_DECREF(bytes); Py_DECREF(text);
}
static void warn(const char *none) {
    (void)none;
    say_status("", start(0, 2, NULL, NULL));
    compare();
    PyThreadState *mine = PyThreadState_Get(), *other = Py_NewInterpreter();
    say("; ");
    say_option("warnoptions");
    say(" ");
    compare();
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    Py_Finalize();
}
TEST(warnings) {
    CHECK_STR_EQ(in_child(warn, ""), "!!BytesWarning: Comparison between bytes and string;  warnoptions=['error::BytesWarning'] <sys>:0: BytesWarning: Comparison between bytes and string\ncompared ");
}
/* What a fault says, where that is asked for; and nothing of it when the runtime is gone, or a fatal error has said all. */
static void *other_thread(void *state) { PyEval_RestoreThread(state); raise(SIGBUS); return NULL; }
static void fail(const char *how) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.site_import = 0;
    if (how[0] == 'f') config.faulthandler = 1;
    if (how[0] == 'd') config.dev_mode = 1;
    if (how[0] == 'e') setenv("PYTHONFAULTHANDLER", "1", 1);
    if (how[0] == '0') { config.dev_mode = 1; config.faulthandler = 0; }
    if (how[0] == 'o') signal(SIGFPE, SIG_IGN);
    check_no_core();
    if (say_status("", Py_InitializeFromConfig(&config))) return;
    if (how[0] == 'o') { config.faulthandler = 1; Py_Finalize(); if (say_status("", Py_InitializeFromConfig(&config))) return; }
    if (how[2] == 'e') Py_Finalize();
    switch (how[1]) {
    case 's': raise(SIGSEGV); break;
    case 'b': raise(SIGBUS); break;
    case 'i': raise(SIGILL); break;
    case 'f': raise(SIGFPE); break;
    case 'a': raise(SIGABRT); break;
    case 'F': Py_FatalError("text"); break;
    case 't': {
        pthread_t thread;
        pthread_create(&thread, NULL, other_thread, PyThreadState_New(PyInterpreterState_Get()));
        PyEval_SaveThread();
        pthread_join(thread, NULL);
    }
    }
    say("lives ");
    PyOS_sighandler_t now = signal(SIGFPE, SIG_DFL);
    say(now == SIG_IGN ? "ignored" : now == SIG_DFL ? "default" : "handled");
}
TEST(faults) {
    CHECK_STR_EQ(in_child(fail, "fs-"), "Fatal Python error: Segmentation fault ended with b");
    CHECK_STR_EQ(in_child(fail, "fb-"), "Fatal Python error: Bus error ended with 7");
    CHECK_STR_EQ(in_child(fail, "fi-"), "Fatal Python error: Illegal instruction ended with 4");
    CHECK_STR_EQ(in_child(fail, "ff-"), "Fatal Python error: Floating-point exception ended with 8");
    CHECK_STR_EQ(in_child(fail, "fa-"), "Fatal Python error: Aborted ended with 6");
    CHECK_STR_EQ(in_child(fail, "fF-"), "Fatal Python error: fail: text\nPython runtime state: initialized ended with 6");
    CHECK_STR_EQ(in_child(fail, "ds-"), "Fatal Python error: Segmentation fault ended with b");
    CHECK_STR_EQ(in_child(fail, "es-"), "Fatal Python error: Segmentation fault ended with b");
    CHECK_STR_EQ(in_child(fail, "0s-"), " ended with b");
    CHECK_STR_EQ(in_child(fail, "--e"), "lives default");
    CHECK_STR_EQ(in_child(fail, "f--"), "lives handled");
    CHECK_STR_EQ(in_child(fail, "f-e"), "lives default");
    CHECK_STR_EQ(in_child(fail, "fse"), " ended with b");
    CHECK_STR_EQ(in_child(fail, "o-e"), "lives ignored");
    CHECK_STR_EQ(in_child(fail, "of-"), "Fatal Python error: Floating-point exception");
}
/* C's streams keep nothing back if that is wanted. */
static void write_and_leave(const char *how) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.site_import = 0;
    config.configure_c_stdio = how[0] == 'c';
    config.buffered_stdio = how[1] == 'b';
    config.interactive = how[2] == 'i';
    if (say_status("", Py_InitializeFromConfig(&config))) return;
    dup2(into, 1);
    printf("a line\nand more");
    _exit(0);
}
TEST(streams) {
    CHECK_STR_EQ(in_child(write_and_leave, "cb-"), "a line\n");
    CHECK_STR_EQ(in_child(write_and_leave, "cu-"), "a line\nand more");
    CHECK_STR_EQ(in_child(write_and_leave, "-u-"), "a line\n");
    CHECK_STR_EQ(in_child(write_and_leave, "cbi"), "a line\n");
    CHECK_STR_EQ(in_child(write_and_leave, "-bi"), "a line\n");
    CHECK_STR_EQ(in_child(write_and_leave, "cui"), "a line\nand more");
}
CHECK_MAIN_BARE()
