/* PyConfig_Read: what the command line, -X and the environment make of a configuration, option by option, and what each refuses. */
#define _GNU_SOURCE
#include "check.h"
#include <wchar.h>

/* The options, but for those that say how text is encoded. */
#define INTS(X) X(isolated) X(use_environment) X(dev_mode) X(install_signal_handlers) X(use_hash_seed) X(faulthandler) X(tracemalloc) X(perf_profiling) X(remote_debug) \
    X(import_time) X(code_debug_ranges) X(show_ref_count) X(dump_refs) X(malloc_stats) X(site_import) X(bytes_warning) X(warn_default_encoding) X(inspect) X(interactive) \
    X(optimization_level) X(parser_debug) X(write_bytecode) X(verbose) X(quiet) X(user_site_directory) X(configure_c_stdio) X(buffered_stdio) X(use_frozen_modules) \
    X(safe_path) X(int_max_str_digits) X(thread_inherit_context) X(context_aware_warnings) X(cpu_count) X(pathconfig_warnings) X(skip_source_first_line) X(module_search_paths_set)
#define TEXTS(X) X(dump_refs_file) X(pycache_prefix) X(check_hash_pycs_mode) X(program_name) X(pythonpath_env) X(home) X(platlibdir) X(executable) X(run_command) X(run_module) X(run_filename)
#define LISTS(X) X(argv) X(xoptions) X(warnoptions) X(module_search_paths)

static int into;
static void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vdprintf(into, format, arguments);
    va_end(arguments);
}
static void say_list(const char *name, const PyWideStringList *list) {
    say("%s=[", name);
    for (Py_ssize_t i = 0; i < list->length; i++) say("%s%ls", i ? "|" : "", list->items[i]);
    say("]\n");
}
static void all_of(const PyConfig *config) {
#define INT(field) say(#field "=%d\n", config->field);
#define TEXT(field) say(#field "=%ls\n", config->field ? config->field : L"NULL");
#define LIST(field) say_list(#field, &config->field);
    INTS(INT) TEXTS(TEXT) LISTS(LIST)
    say("hash_seed=%lu\n", config->hash_seed);
}

/* A process of its own reads a configuration with these arguments and this variable: all options a line each, or the status, or what it
 * said on standard error. */
static void read_in_child(int isolated, const char *line, const char *variable, char *text, size_t size) {
    int ends[2];
    fflush(stdout);
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0) {
        PyConfig config;
        char *words[20] = {"p"}, *copy = strdup(line), *name = strdup(variable ? variable : "NOTHING=");
        int n = 1;
        for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) words[n++] = word;
        name[strcspn(name, "=")] = 0;
        for (char **at = environ; *at;) {
            char found[100];
            snprintf(found, sizeof found, "%.*s", (int)strcspn(*at, "="), *at);
            if (strncmp(found, "PYTHON", 6) == 0) unsetenv(found);
            else at++;
        }
        setenv(name, name + strlen(name) + 1, 1);
        into = dup(ends[1]);
        dup2(ends[1], 2);
        if (!freopen("/dev/null", "w", stdout)) abort();
        if (isolated) PyConfig_InitIsolatedConfig(&config);
        else PyConfig_InitPythonConfig(&config);
        config.parse_argv = 1;
        PyConfig_SetBytesArgv(&config, n, words);
        for (int again = 0; again < 2; again++) {
            PyStatus status = PyConfig_Read(&config);
            fflush(stderr);
            if (PyStatus_IsExit(status)) say("EXIT %d\n", status.exitcode);
            if (PyStatus_IsError(status)) say("ERROR %s: %s\n", status.func ? status.func : "-", status.err_msg);
            if (PyStatus_Exception(status)) break;
            if (again) say("AGAIN\n");
            else if (config.orig_argv.length != n || config.parse_argv != 2) say("ODD\n");
            all_of(&config);
        }
        _exit(0);
    }
    close(ends[1]);
    size_t at = 0;
    for (ssize_t got; at < size - 1 && (got = read(ends[0], text + at, size - 1 - at)) > 0;) at += (size_t)got;
    text[at] = 0;
    close(ends[0]);
    waitpid(child, NULL, 0);
}

static int has_line(const char *text, const char *line) {
    for (; text; text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL) {
        size_t n = strlen(line);
        if (strncmp(text, line, n) == 0 && text[n] == '\n') return 1;
    }
    return 0;
}

/* What differs from a configuration read without anything. */
static const char *reads(int isolated, const char *line, const char *variable) {
    static char out[2000], plain[2][8000], text[8000];
    if (!*plain[isolated]) read_in_child(isolated, "", NULL, plain[isolated], sizeof plain[isolated]);
    read_in_child(isolated, line, variable, text, sizeof text);
    out[0] = 0;
    char *again = strstr(text, "AGAIN\n");
    if (!again) { /* refused */
        char *status = strstr(text, "EXIT ");
        if (!status) status = strstr(text, "ERROR ");
        if (status) snprintf(out, sizeof out, "%.*s%s%.*s", (int)strcspn(status, "\n"), status, status == text ? "" : ": ", status == text ? 0 : (int)strcspn(text, "\n"), text);
        return out;
    }
    *again = 0;
    again += 6;
    if (strcmp(again, text) != 0) strcat(out, " changes when read again");
    for (char *field = text; *field; field += strlen(field) + 1) {
        char *end = strchr(field, '\n');
        if (!end) break;
        *end = 0;
        if (!has_line(plain[isolated], field)) strcat(strcat(out, " "), field);
        if (!*(end + 1)) break;
    }
    return out;
}

TEST(command_line) {
    CHECK_STR_EQ(reads(0, "-X dev -B -c code x y", NULL), " dev_mode=1 faulthandler=1 write_bytecode=0 run_command=code  argv=[-c|x|y] xoptions=[dev] warnoptions=[default]");
    CHECK_STR_EQ(reads(0, "-I -m mod a", NULL), " isolated=1 use_environment=0 user_site_directory=0 safe_path=1 run_module=mod argv=[-m|a]");
    CHECK_STR_EQ(reads(0, "-E -s -", NULL), " use_environment=0 user_site_directory=0 argv=[-]");
    CHECK_STR_EQ(reads(0, "/script -b arg", NULL), " run_filename=/script argv=[/script|-b|arg]");
    CHECK_STR_EQ(reads(0, "-bb", NULL), " bytes_warning=2 warnoptions=[error::BytesWarning]");
    CHECK_STR_EQ(reads(0, "-bdi", NULL), " bytes_warning=1 inspect=1 interactive=1 parser_debug=1 warnoptions=[default::BytesWarning]");
    CHECK_STR_EQ(reads(0, "-OOPqRsStuvx", NULL), " site_import=0 optimization_level=2 verbose=1 quiet=1 user_site_directory=0 buffered_stdio=0 safe_path=1 skip_source_first_line=1");
    CHECK_STR_EQ(reads(0, "--check-hash-based-pycs never", NULL), " check_hash_pycs_mode=never");
    CHECK_STR_EQ(reads(0, "--check-hash-based-pycs odd", NULL), "EXIT 2: --check-hash-based-pycs must be one of 'default', 'always', or 'never'");
    CHECK_STR_EQ(reads(0, "-W a -Wb -b /f", NULL), " bytes_warning=1 run_filename=/f argv=[/f] warnoptions=[a|b|default::BytesWarning]");
    CHECK_STR_EQ(reads(0, "-W a -W a", NULL), " warnoptions=[a]");
    CHECK_STR_EQ(reads(0, "-V", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "-VV", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "--version", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "-h", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "-?", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "--help", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "--help-all", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "--help-env", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "--help-xoptions", NULL), "EXIT 0");
    CHECK_STR_EQ(reads(0, "-cx y z", NULL), " run_command=x  argv=[-c|y|z]");
    CHECK_STR_EQ(reads(0, "-mm a b", NULL), " run_module=m argv=[-m|a|b]");
    CHECK_STR_EQ(reads(0, "- a", NULL), " argv=[-|a]");
    CHECK_STR_EQ(reads(0, "-i -- /f x", NULL), " inspect=1 interactive=1 run_filename=/f argv=[/f|x]");
    CHECK_STR_EQ(reads(0, "--", NULL), "");
    CHECK_STR_EQ(reads(0, "-", NULL), " argv=[-]");
    CHECK_STR_EQ(reads(0, "-Z", NULL), "EXIT 2: Unknown option: -Z");
    CHECK_STR_EQ(reads(0, "-bZ", NULL), "EXIT 2: Unknown option: -Z");
    CHECK_STR_EQ(reads(0, "-J", NULL), "EXIT 2: Unknown option: -J");
    CHECK_STR_EQ(reads(0, "--foo", NULL), "EXIT 2: Unknown option: --foo");
    CHECK_STR_EQ(reads(0, "--help-foo", NULL), "EXIT 2: Unknown option: --help-foo");
    CHECK_STR_EQ(reads(0, "-c", NULL), "EXIT 2: Argument expected for the -c option");
    CHECK_STR_EQ(reads(0, "-m", NULL), "EXIT 2: Argument expected for the -m option");
    CHECK_STR_EQ(reads(0, "-X", NULL), "EXIT 2: Argument expected for the -X option");
    CHECK_STR_EQ(reads(0, "-W", NULL), "EXIT 2: Argument expected for the -W option");
    CHECK_STR_EQ(reads(0, "--check-hash-based-pycs", NULL), "EXIT 2: Argument expected for the --check-hash-based-pycs options");
    CHECK_STR_EQ(reads(0, "-X dev=1", NULL), " dev_mode=1 faulthandler=1 xoptions=[dev=1] warnoptions=[default]");
    CHECK_STR_EQ(reads(0, "-X faulthandler", NULL), " faulthandler=1 xoptions=[faulthandler]");
    CHECK_STR_EQ(reads(0, "-X a -X b=c /s", NULL), " run_filename=/s argv=[/s] xoptions=[a|b=c]");
    CHECK_STR_EQ(reads(0, "-X no_debug_ranges -X showrefcount", NULL), " code_debug_ranges=0 show_ref_count=1 xoptions=[no_debug_ranges|showrefcount]");
    CHECK_STR_EQ(reads(0, "-X disable-remote-debug", NULL), " remote_debug=0 xoptions=[disable-remote-debug]");
    CHECK_STR_EQ(reads(0, "-X disable_remote_debug", NULL), " xoptions=[disable_remote_debug]");
    CHECK_STR_EQ(reads(0, "-X tracemalloc", NULL), " tracemalloc=1 xoptions=[tracemalloc]");
    CHECK_STR_EQ(reads(0, "-X tracemalloc=", NULL), " xoptions=[tracemalloc=]");
    CHECK_STR_EQ(reads(0, "-X tracemalloc=70000", NULL), " tracemalloc=70000 xoptions=[tracemalloc=70000]");
    CHECK_STR_EQ(reads(0, "-X tracemalloc=-1", NULL), "ERROR config_init_tracemalloc: -X tracemalloc=NFRAME: invalid number of frames");
    CHECK_STR_EQ(reads(0, "-X tracemalloc=1x", NULL), "ERROR config_init_tracemalloc: -X tracemalloc=NFRAME: invalid number of frames");
    CHECK_STR_EQ(reads(0, "-X importtime", NULL), " import_time=1 xoptions=[importtime]");
    CHECK_STR_EQ(reads(0, "-X importtime=0", NULL), " xoptions=[importtime=0]");
    CHECK_STR_EQ(reads(0, "-X importtime=2", NULL), " import_time=2 xoptions=[importtime=2]");
    CHECK_STR_EQ(reads(0, "-X importtime=3", NULL), "ERROR config_init_import_time: -X importtime: values other than 1 and 2 are reserved for future use.");
    CHECK_STR_EQ(reads(0, "-X importtime=x", NULL), " import_time=1 xoptions=[importtime=x]");
    CHECK_STR_EQ(reads(0, "-X int_max_str_digits", NULL), "ERROR config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
    CHECK_STR_EQ(reads(0, "-X int_max_str_digits=0", NULL), " int_max_str_digits=0 xoptions=[int_max_str_digits=0]");
    CHECK_STR_EQ(reads(0, "-X int_max_str_digits=5", NULL), "ERROR config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
    CHECK_STR_EQ(reads(0, "-X int_max_str_digits=700", NULL), " int_max_str_digits=700 xoptions=[int_max_str_digits=700]");
    CHECK_STR_EQ(reads(0, "-X cpu_count=7", NULL), " cpu_count=7 xoptions=[cpu_count=7]");
    CHECK_STR_EQ(reads(0, "-X cpu_count=default", NULL), " xoptions=[cpu_count=default]");
    CHECK_STR_EQ(reads(0, "-X cpu_count=0", NULL), "ERROR config_init_cpu_count: -X cpu_count=n option: n is missing or an invalid number, n must be greater than 0");
    CHECK_STR_EQ(reads(0, "-X cpu_count", NULL), "ERROR config_init_cpu_count: -X cpu_count=n option: n is missing or an invalid number, n must be greater than 0");
    CHECK_STR_EQ(reads(0, "-X frozen_modules", NULL), " xoptions=[frozen_modules]");
    CHECK_STR_EQ(reads(0, "-X frozen_modules=off", NULL), " use_frozen_modules=0 xoptions=[frozen_modules=off]");
    CHECK_STR_EQ(reads(0, "-X frozen_modules=odd", NULL), "ERROR -: bad value for option -X frozen_modules (expected \"on\" or \"off\")");
    CHECK_STR_EQ(reads(0, "-X pycache_prefix=/x", NULL), " pycache_prefix=/x xoptions=[pycache_prefix=/x]");
    CHECK_STR_EQ(reads(0, "-X pycache_prefix=", NULL), " xoptions=[pycache_prefix=]");
    CHECK_STR_EQ(reads(0, "-X pycache_prefix", NULL), " xoptions=[pycache_prefix]");
    CHECK_STR_EQ(reads(0, "-X gil=1", NULL), " xoptions=[gil=1]");
    CHECK_STR_EQ(reads(0, "-X gil=0", NULL), "ERROR config_read_gil: Disabling the GIL is not supported by this build");
    CHECK_STR_EQ(reads(0, "-X gil", NULL), "ERROR config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
    CHECK_STR_EQ(reads(0, "-X thread_inherit_context=1", NULL), " thread_inherit_context=1 xoptions=[thread_inherit_context=1]");
    CHECK_STR_EQ(reads(0, "-X thread_inherit_context=2", NULL), "ERROR config_init_thread_inherit_context: -X thread_inherit_context=n: n is missing or invalid");
    CHECK_STR_EQ(reads(0, "-X context_aware_warnings=1", NULL), " context_aware_warnings=1 xoptions=[context_aware_warnings=1]");
    CHECK_STR_EQ(reads(0, "-X context_aware_warnings", NULL), "ERROR config_init_context_aware_warnings: -X context_aware_warnings=n: n is missing or invalid");
    CHECK_STR_EQ(reads(0, "-X perf", NULL), " perf_profiling=1 xoptions=[perf]");
    CHECK_STR_EQ(reads(0, "-X perf_jit", NULL), " perf_profiling=2 xoptions=[perf_jit]");
    CHECK_STR_EQ(reads(0, "-X", NULL), "EXIT 2: Argument expected for the -X option");
    CHECK_STR_EQ(reads(1, "-X dev -v /file a", NULL), " verbose=1 run_filename=/file argv=[/file|a] xoptions=[dev]");
    CHECK_STR_EQ(reads(1, "-E -X tracemalloc=4", NULL), " xoptions=[tracemalloc=4]");
    CHECK_STR_EQ(reads(1, "-Z", NULL), "EXIT 2: Unknown option: -Z");
}

/* What the sources say of one option between them, and odd spellings. */
TEST(both) {
    CHECK_STR_EQ(reads(0, "-X gil=0", "PYTHON_GIL=1"), "ERROR config_read_gil: Disabling the GIL is not supported by this build");
    CHECK_STR_EQ(reads(0, "-X gil=1", "PYTHON_GIL=0"), "ERROR config_read_gil: Disabling the GIL is not supported by this build");
    CHECK_STR_EQ(reads(0, "-X tracemalloc=7", "PYTHONTRACEMALLOC=x"), "ERROR config_init_tracemalloc: PYTHONTRACEMALLOC: invalid number of frames");
    CHECK_STR_EQ(reads(0, "-X importtime", "PYTHONPROFILEIMPORTTIME=2"), " import_time=1 xoptions=[importtime]");
    CHECK_STR_EQ(reads(0, "-X cpu_count=default", "PYTHON_CPU_COUNT=3"), " xoptions=[cpu_count=default]");
    CHECK_STR_EQ(reads(0, "-X perf_jit", "PYTHONPERFSUPPORT=1"), " perf_profiling=2 xoptions=[perf_jit]");
    CHECK_STR_EQ(reads(0, "-X pycache_prefix", "PYTHONPYCACHEPREFIX=/a"), " xoptions=[pycache_prefix]");
    CHECK_STR_EQ(reads(0, "-R", "PYTHONHASHSEED=7"), "");
    CHECK_STR_EQ(reads(0, "-ii", "PYTHONINSPECT=7"), " inspect=2 interactive=2");
    CHECK_STR_EQ(reads(0, "-OO", "PYTHONOPTIMIZE=1"), " optimization_level=2");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED= 1"), " use_hash_seed=1 hash_seed=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED=+1"), " use_hash_seed=1 hash_seed=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED=-1"), "ERROR config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED=-18446744073709551615"), " use_hash_seed=1 hash_seed=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED=1 "), "ERROR config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    CHECK_STR_EQ(reads(0, "", "PYTHONINSPECT=0"), " inspect=1");
    CHECK_STR_EQ(reads(0, "", "PYTHON_DISABLE_REMOTE_DEBUG="), " remote_debug=0");
    CHECK_STR_EQ(reads(0, "-E", "PYTHON_DISABLE_REMOTE_DEBUG="), " use_environment=0");
    CHECK_STR_EQ(reads(0, "-O- /x", NULL), " changes when read again Expected long option optimization_level=1 run_filename=/x argv=[/x]");
    CHECK_STR_EQ(reads(1, "-X int_max_str_digits=5", NULL), " xoptions=[int_max_str_digits=5]");
    CHECK_STR_EQ(reads(1, "-X int_max_str_digits=700", NULL), " xoptions=[int_max_str_digits=700]");
}

TEST(environment) {
    CHECK_STR_EQ(reads(0, "", "PYTHONTRACEMALLOC=x"), "ERROR config_init_tracemalloc: PYTHONTRACEMALLOC: invalid number of frames");
    CHECK_STR_EQ(reads(0, "", "PYTHONTRACEMALLOC=3"), " tracemalloc=3");
    CHECK_STR_EQ(reads(0, "", "PYTHONPROFILEIMPORTTIME=4"), "ERROR config_init_import_time: PYTHONPROFILEIMPORTTIME: numeric values other than 1 and 2 are reserved for future use.");
    CHECK_STR_EQ(reads(0, "", "PYTHONPROFILEIMPORTTIME=x"), " import_time=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONPROFILEIMPORTTIME=2"), " import_time=2");
    CHECK_STR_EQ(reads(0, "", "PYTHON_CPU_COUNT=x"), "ERROR config_init_cpu_count: -X cpu_count=n option: n is missing or an invalid number, n must be greater than 0");
    CHECK_STR_EQ(reads(0, "", "PYTHON_CPU_COUNT=3"), " cpu_count=3");
    CHECK_STR_EQ(reads(0, "", "PYTHON_CPU_COUNT=default"), "");
    CHECK_STR_EQ(reads(0, "", "PYTHON_GIL=0"), "ERROR config_read_gil: Disabling the GIL is not supported by this build");
    CHECK_STR_EQ(reads(0, "", "PYTHON_GIL=2"), "ERROR config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
    CHECK_STR_EQ(reads(0, "", "PYTHON_GIL=1"), "");
    CHECK_STR_EQ(reads(0, "", "PYTHON_FROZEN_MODULES=x"), "ERROR -: bad value for PYTHON_FROZEN_MODULES (expected \"on\" or \"off\")");
    CHECK_STR_EQ(reads(0, "", "PYTHON_FROZEN_MODULES=off"), " use_frozen_modules=0");
    CHECK_STR_EQ(reads(0, "", "PYTHON_THREAD_INHERIT_CONTEXT=x"), "ERROR config_init_thread_inherit_context: PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid");
    CHECK_STR_EQ(reads(0, "", "PYTHON_THREAD_INHERIT_CONTEXT=1"), " thread_inherit_context=1");
    CHECK_STR_EQ(reads(0, "", "PYTHON_CONTEXT_AWARE_WARNINGS=1"), " context_aware_warnings=1");
    CHECK_STR_EQ(reads(0, "", "PYTHON_CONTEXT_AWARE_WARNINGS=x"), "ERROR config_init_context_aware_warnings: PYTHON_CONTEXT_AWARE_WARNINGS=N: N is missing or invalid");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED=-1"), "ERROR config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    CHECK_STR_EQ(reads(0, "", "PYTHONHASHSEED=12"), " use_hash_seed=1 hash_seed=12");
    CHECK_STR_EQ(reads(0, "", "PYTHONDONTWRITEBYTECODE=0"), "");
    CHECK_STR_EQ(reads(0, "", "PYTHONDONTWRITEBYTECODE=x"), " write_bytecode=0");
    CHECK_STR_EQ(reads(0, "", "PYTHONVERBOSE=3"), " verbose=3");
    CHECK_STR_EQ(reads(0, "", "PYTHONVERBOSE=-3"), " verbose=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONOPTIMIZE=x"), " optimization_level=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONINSPECT=1"), " inspect=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONDEBUG=2"), " parser_debug=2");
    CHECK_STR_EQ(reads(0, "", "PYTHONUNBUFFERED=0"), "");
    CHECK_STR_EQ(reads(0, "", "PYTHONUNBUFFERED=1"), " buffered_stdio=0");
    CHECK_STR_EQ(reads(0, "", "PYTHONNOUSERSITE=1"), " user_site_directory=0");
    CHECK_STR_EQ(reads(0, "", "PYTHONSAFEPATH=0"), " safe_path=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONFAULTHANDLER=0"), " faulthandler=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONDEVMODE=1"), " dev_mode=1 faulthandler=1 warnoptions=[default]");
    CHECK_STR_EQ(reads(0, "", "PYTHONWARNINGS=a,,b,a"), " warnoptions=[a|b]");
    CHECK_STR_EQ(reads(0, "", "PYTHONPERFSUPPORT=0"), "");
    CHECK_STR_EQ(reads(0, "", "PYTHONPERFSUPPORT=1"), " perf_profiling=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONPERFSUPPORT=x"), "");
    CHECK_STR_EQ(reads(0, "", "PYTHON_PERF_JIT_SUPPORT=1"), " perf_profiling=2");
    CHECK_STR_EQ(reads(0, "", "PYTHON_DISABLE_REMOTE_DEBUG=1"), " remote_debug=0");
    CHECK_STR_EQ(reads(0, "", "PYTHONNODEBUGRANGES=1"), " code_debug_ranges=0");
    CHECK_STR_EQ(reads(0, "", "PYTHONDUMPREFS=1"), " dump_refs=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONDUMPREFSFILE=f"), " dump_refs_file=f");
    CHECK_STR_EQ(reads(0, "", "PYTHONMALLOCSTATS=1"), " malloc_stats=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONPATH=/a:/b"), " pythonpath_env=/a:/b");
    CHECK_STR_EQ(reads(0, "", "PYTHONPLATLIBDIR=l"), " platlibdir=l");
    CHECK_STR_EQ(reads(0, "", "PYTHONPYCACHEPREFIX=p"), " pycache_prefix=p");
    CHECK_STR_EQ(reads(0, "", "PYTHONWARNDEFAULTENCODING=1"), " warn_default_encoding=1");
    CHECK_STR_EQ(reads(0, "", "PYTHONINTMAXSTRDIGITS=5"), "ERROR config_init_int_max_str_digits: PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.");
    CHECK_STR_EQ(reads(0, "", "PYTHONINTMAXSTRDIGITS=5000"), " int_max_str_digits=5000");
    CHECK_STR_EQ(reads(0, "-E", "PYTHONVERBOSE=3"), " use_environment=0");
    CHECK_STR_EQ(reads(0, "-I", "PYTHONVERBOSE=3"), " isolated=1 use_environment=0 user_site_directory=0 safe_path=1");
    CHECK_STR_EQ(reads(0, "-v", "PYTHONVERBOSE=3"), " verbose=3");
    CHECK_STR_EQ(reads(0, "-vvvv", "PYTHONVERBOSE=3"), " verbose=4");
    CHECK_STR_EQ(reads(0, "-W c", "PYTHONWARNINGS=a,b"), " warnoptions=[a|b|c]");
    CHECK_STR_EQ(reads(0, "-X tracemalloc=5", "PYTHONTRACEMALLOC=3"), " tracemalloc=5 xoptions=[tracemalloc=5]");
    CHECK_STR_EQ(reads(0, "-X pycache_prefix=", "PYTHONPYCACHEPREFIX=p"), " xoptions=[pycache_prefix=]");
    CHECK_STR_EQ(reads(0, "-R", "PYTHONHASHSEED=7"), "");
    CHECK_STR_EQ(reads(0, "-X cpu_count=default", "PYTHON_CPU_COUNT=4"), " xoptions=[cpu_count=default]");
    CHECK_STR_EQ(reads(0, "-X frozen_modules", "PYTHON_FROZEN_MODULES=off"), " xoptions=[frozen_modules]");
    CHECK_STR_EQ(reads(1, "", "PYTHONVERBOSE=3"), "");
    CHECK_STR_EQ(reads(1, "-W x", "PYTHONWARNINGS=a"), " warnoptions=[x]");
    CHECK_STR_EQ(reads(1, "", "PYTHONHASHSEED=-1"), "");
}

/* What the runtime then shows. */
static void home_into(PyConfig *config) { if (getenv("PYTHONHOME")) PyConfig_SetBytesString(config, &config->home, getenv("PYTHONHOME")); }
TEST(started) {
    PyConfig config;
    char *argv[] = {"p", "-B", "-W", "error::UserWarning", "-X", "one", "-X", "two=2", "-O", "-q", "/no/script", "-a", "b"};
    PyConfig_InitPythonConfig(&config);
    home_into(&config);
    PyConfig_SetBytesArgv(&config, 13, argv);
    CHECK(!PyStatus_Exception(Py_InitializeFromConfig(&config)));
    PyConfig_Clear(&config);
    CHECK_BORROWED(PySys_GetObject("argv"), "['/no/script', '-a', 'b']");
    CHECK_BORROWED(PySys_GetObject("orig_argv"), "['p', '-B', '-W', 'error::UserWarning', '-X', 'one', '-X', 'two=2', '-O', '-q', '/no/script', '-a', 'b']");
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "['error::UserWarning']");
    CHECK_BORROWED(PySys_GetObject("_xoptions"), "{'one': True, 'two': '2'}");
    CHECK_BORROWED(PySys_GetObject("dont_write_bytecode"), "True");
    CHECK_REPR(PyObject_GetAttrString(PySys_GetObject("flags"), "optimize"), "1");
    CHECK_REPR(PyConfig_Get("run_filename"), "'/no/script'");
    CHECK_REPR(PyConfig_Get("quiet"), "True");
    CHECK_INT(Py_FinalizeEx(), "0");
}

TEST(not_started) {
    PyConfig config;
    char *argv[] = {"p", "--version"};
    int code = -1;
    PyConfig_InitPythonConfig(&config);
    home_into(&config);
    PyConfig_SetBytesArgv(&config, 2, argv);
    int kept = dup(1);
    if (!freopen("/dev/null", "w", stdout)) abort();
    PyStatus status = Py_InitializeFromConfig(&config);
    PyInitConfig *named = PyInitConfig_Create();
    PyInitConfig_SetInt(named, "parse_argv", 1);
    PyInitConfig_SetStrList(named, "argv", 2, argv);
    int result = Py_InitializeFromInitConfig(named), known = PyInitConfig_GetExitCode(named, &code);
    fflush(stdout);
    dup2(kept, 1);
    close(kept);
    CHECK(PyStatus_IsExit(status) && status.exitcode == 0);
    CHECK_INT(result, "-1");
    CHECK_INT(known * 10 + code, "10");
    CHECK_INT(Py_IsInitialized(), "0");
    PyInitConfig_Free(named);
    PyConfig_Clear(&config);
}

/* The development mode takes the hooks of debugging, before anything is allocated. */
static int debug_hooks(int isolated, const char *option, const char *variable) {
    int status;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        PyMemAllocatorEx before, after;
        PyPreConfig pre;
        char *argv[] = {"p", "-X", (char *)option, "-c", "x"};
        wchar_t *wide[5] = {L"p", L"-X", NULL, L"-c", L"x"};
        PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &before);
        if (variable) setenv("PYTHONDEVMODE", variable, 1);
        if (isolated) PyPreConfig_InitIsolatedConfig(&pre);
        else PyPreConfig_InitPythonConfig(&pre);
        wide[2] = strcmp(option, "dev") == 0 ? L"dev" : L"other";
        PyStatus result = getpid() % 2 ? Py_PreInitializeFromArgs(&pre, 5, wide) : Py_PreInitializeFromBytesArgs(&pre, 5, argv);
        PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &after);
        _exit(PyStatus_Exception(result) ? 9 : before.malloc != after.malloc);
    }
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}
TEST(development_mode) {
    CHECK_INT(debug_hooks(0, "dev", NULL), "1");
    CHECK_INT(debug_hooks(0, "other", NULL), "0");
    CHECK_INT(debug_hooks(0, "other", "1"), "1");
    CHECK_INT(debug_hooks(0, "other", ""), "0");
    CHECK_INT(debug_hooks(1, "dev", NULL), "0");
    CHECK_INT(debug_hooks(1, "other", "1"), "0");
}
CHECK_MAIN_BARE()
