/* The locale at the start: which one is put into force, what UTF-8 mode and the encodings become of it, how text from outside is decoded, in each kind of
 * configuration, and what is refused. Each start is a process of its own. */
#define _GNU_SOURCE
#include "check.h"
#include <locale.h>
#include <wchar.h>

extern void _PyConfig_InitCompatConfig(PyConfig *), _PyPreConfig_InitCompatConfig(PyPreConfig *);
extern int Py_UTF8Mode;
extern const char *Py_FileSystemDefaultEncoding;

static int into;
static void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vdprintf(into, format, arguments);
    va_end(arguments);
}
static void stop_if(PyStatus status) {
    if (!PyStatus_Exception(status)) return;
    say("%s: %s; %s", status.func ? status.func : "-", status.err_msg ? status.err_msg : "-", setlocale(LC_CTYPE, NULL));
    _exit(0);
}
static void say_wide(const wchar_t *text) { for (; text && *text; text++) say("%x ", (unsigned)*text); }
static void say_object(PyObject *object) {
    PyObject *text = object ? PyObject_ASCII(object) : NULL;
    char taken[200];
    say(" %s", text ? PyUnicode_AsUTF8(text) : check_taken(taken, sizeof taken));
    Py_XDECREF(text);
    Py_XDECREF(object);
}
static void say_option(const char *name) {
    PyObject *value = PyConfig_Get(name), *text = value ? PyObject_Str(value) : NULL;
    const char *shown = text ? PyUnicode_AsUTF8(text) : "?";
    say(" %s", !strcmp(shown, "True") ? "1" : !strcmp(shown, "False") ? "0" : shown);
    Py_XDECREF(text);
    Py_XDECREF(value);
}
static void say_decoded(void) {
    wchar_t *wide = Py_DecodeLocale("\xe9\xc3\xa9", NULL);
    say_wide(wide);
    PyMem_RawFree(wide);
}
/* The locale, "!" if the environment says it too; configure, coerce, warn, UTF-8 mode; encodings and handlers; two wrong bytes and a letter decoded, the
 * letter encoded, both once more as names of files. */
static void say_all(void) {
    say("%s", setlocale(LC_CTYPE, NULL));
    if (getenv("LC_CTYPE") && !strcmp(setlocale(LC_CTYPE, NULL), getenv("LC_CTYPE"))) say("!");
    if (strcmp(setlocale(LC_NUMERIC, NULL), "C") != 0) say(" numbers %s", setlocale(LC_NUMERIC, NULL));
    say_option("configure_locale"); say_option("coerce_c_locale"); say_option("coerce_c_locale_warn"); say_option("utf8_mode");
    say_option("filesystem_encoding"); say_option("filesystem_errors"); say_option("stdio_encoding"); say_option("stdio_errors");
    PyObject *flag = PyObject_GetAttrString(PySys_GetObject("flags"), "utf8_mode");
    PyObject *sys = PyImport_ImportModule("sys"), *encoding = PyObject_CallMethod(sys, "getfilesystemencoding", NULL), *errors = PyObject_CallMethod(sys, "getfilesystemencodeerrors", NULL);
    if (PyLong_AsLong(flag) != Py_UTF8Mode) say(" flags");
    if (strcmp(PyUnicode_AsUTF8(encoding), Py_FileSystemDefaultEncoding) != 0 || !PyUnicode_Check(errors)) say(" names");
    Py_XDECREF(flag); Py_XDECREF(sys); Py_XDECREF(encoding); Py_XDECREF(errors);
    say("; ");
    say_decoded();
    char *bytes = Py_EncodeLocale(L"\xe9", NULL);
    say("%s", !bytes ? "none" : strlen(bytes) == 1 ? "one" : "two");
    PyMem_Free(bytes);
    PyObject *letter = PyUnicode_FromString("\xc3\xa9"), *path = NULL;
    say_object(PyUnicode_DecodeFSDefault("\xe9\xc3\xa9"));
    say_object(PyUnicode_EncodeFSDefault(letter));
    if (PyUnicode_FSConverter(letter, &path) == 0) say(" refused");
    PyErr_Clear();
    Py_XDECREF(path);
    Py_DECREF(letter);
}

static int set_field(PyPreConfig *pre, PyConfig *config, PyInitConfig *by_name, char *field) {
    char *value = strchr(field, '=');
    if (!value) return 0;
    *value++ = 0;
    if (by_name) {
        char *end;
        long number = strtol(value, &end, 10);
        if (*end ? PyInitConfig_SetStr(by_name, field, value) : PyInitConfig_SetInt(by_name, field, number)) say("no option %s ", field);
    }
    else if (!strcmp(field, "setlocale")) setlocale(LC_CTYPE, value);
    else if (!strcmp(field, "Py_UTF8Mode")) Py_UTF8Mode = atoi(value);
#define PRE(name) else if (!strcmp(field, #name)) pre->name = atoi(value);
    PRE(configure_locale) PRE(coerce_c_locale) PRE(coerce_c_locale_warn) PRE(utf8_mode) PRE(use_environment) PRE(isolated) PRE(allocator)
#define TEXT(name) else if (!strcmp(field, #name)) { stop_if(Py_PreInitialize(pre)); stop_if(PyConfig_SetBytesString(config, &config->name, value)); }
    TEXT(filesystem_encoding) TEXT(filesystem_errors) TEXT(stdio_encoding) TEXT(stdio_errors)
    else return 0;
    return 1;
}

/* Kinds: p(ython), i(solated), c(ompatible), I(nitConfig), P(y_Initialize); then words: fields of the preconfiguration or the configuration, and from the first
 * that begins with "-" on arguments. */
static void start(char kind, char *words) {
    PyPreConfig pre;
    PyConfig config;
    PyInitConfig *by_name = kind == 'I' ? PyInitConfig_Create() : NULL;
    char *arguments[20] = {"program"};
    int n = 1, fields = 0;
    if (kind == 'p') { PyConfig_InitPythonConfig(&config); PyPreConfig_InitPythonConfig(&pre); }
    else if (kind == 'i') { PyConfig_InitIsolatedConfig(&config); PyPreConfig_InitIsolatedConfig(&pre); }
    else { _PyConfig_InitCompatConfig(&config); _PyPreConfig_InitCompatConfig(&pre); }
    if (getenv("PYTHONHOME")) {
        static wchar_t home[1000];
        for (size_t i = 0; i < strlen(getenv("PYTHONHOME")); i++) home[i] = (unsigned char)getenv("PYTHONHOME")[i];
        Py_SetPythonHome(home);
    }
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        if (*word == '-' || n > 1) arguments[n++] = word;
        else if (!set_field(&pre, &config, by_name, word)) say("no field %s ", word);
        else fields = 1;
    }
    if (by_name) {
        const char *error = NULL;
        if (n > 1) PyInitConfig_SetStrList(by_name, "argv", n, arguments);
        if (Py_InitializeFromInitConfig(by_name) < 0) { PyInitConfig_GetError(by_name, &error); say("%s; %s", error, setlocale(LC_CTYPE, NULL)); _exit(0); }
        PyInitConfig_Free(by_name);
    }
    else if (kind == 'P') Py_InitializeEx(0);
    else {
        if (fields) stop_if(Py_PreInitializeFromBytesArgs(&pre, n, arguments));
        config.site_import = 0;
        if (n > 1) stop_if(PyConfig_SetBytesArgv(&config, n, arguments));
        stop_if(Py_InitializeFromConfig(&config));
        PyConfig_Clear(&config);
    }
}
/* Texts from the command line and the environment. */
static void say_texts(void) {
    static const char *const names[] = {"argv", "orig_argv", "xoptions", "warnoptions", "run_command", "run_module", "pycache_prefix", "dump_refs_file"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        say(" %s", names[i]);
        say_object(PyConfig_Get(names[i]));
    }
}
static int only_text;
static const char *in_child(char kind, const char *environment, const char *words, int lives) {
    static char text[4000];
    int ends[2];
    fflush(stdout);
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0) {
        char *names = strdup(environment), *copy = strdup(words), *home = getenv("PYTHONHOME"), *path = getenv("PYTHONPATH"), *places = getenv("LOCPATH");
        clearenv();
        if (home) setenv("PYTHONHOME", home, 1);
        if (path) setenv("PYTHONPATH", path, 1);
        if (places) setenv("LOCPATH", places, 1);
        for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) { char *value = strchr(name, '='); *value = 0; setenv(name, value + 1, 1); }
        into = dup(ends[1]);
        dup2(ends[1], 2);
        if (!freopen("/dev/null", "w", stdout)) abort();
        for (int life = 0; life < lives; life++) {
            if (life) say(" ## ");
            start(kind, strdup(copy));
            if (only_text) say_texts(); else say_all();
            Py_Finalize();
            if (Py_FileSystemDefaultEncoding) say(" still named");
        }
        say(" | ");
        say_decoded();
        say("%s", setlocale(LC_CTYPE, NULL));
        _exit(0);
    }
    close(ends[1]);
    size_t at = 0;
    for (ssize_t got; at < sizeof text - 1 && (got = read(ends[0], text + at, sizeof text - 1 - at)) > 0;) at += (size_t)got;
    text[at] = 0;
    close(ends[0]);
    waitpid(child, NULL, 0);
    /* CPython shows the folders that it looked through. */
    char *paths = strstr(text, "Python path configuration:"), *rest = paths ? strstr(paths, "\n  ]\n") : NULL;
    if (rest) memmove(paths, rest + 5, strlen(rest + 5) + 1);
    /* Where the thread was that dies is not asked. */
    char *current = strstr(text, "\nCurrent thread");
    if (current) *current = 0;
    return text;
}
static const char *starts(char kind, const char *environment, const char *words) { return in_child(kind, environment, words, 1); }

TEST(locales) {
    CHECK_STR_EQ(starts('p', "", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C", ""), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=POSIX", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LANG=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=nothing", ""), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "LC_ALL= LC_CTYPE=C LANG=C.UTF-8", ""), "C.UTF-8! numbers C.UTF-8 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('i', "", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_ALL=C", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_CTYPE=POSIX", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LANG=C.UTF-8", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_ALL=nothing", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_ALL= LC_CTYPE=C LANG=C.UTF-8", ""), "C! 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "LC_ALL=C", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "LC_CTYPE=POSIX", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "LANG=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('c', "LC_ALL=nothing", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "LC_ALL= LC_CTYPE=C LANG=C.UTF-8", ""), "C! 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_ALL=C", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=POSIX", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LANG=C.UTF-8", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_ALL=nothing", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_ALL= LC_CTYPE=C LANG=C.UTF-8", ""), "C! 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "LC_ALL=C", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "LC_CTYPE=POSIX", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "LANG=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('P', "LC_ALL=nothing", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "LC_ALL= LC_CTYPE=C LANG=C.UTF-8", ""), "C! 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
}
/* By the environment, -X, fields and the flag of old. */
TEST(utf8_mode) {
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=0", ""), "C.UTF-8! 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=1", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=1 LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=0 LC_ALL=C", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=7", ""), "preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value; C");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('c', "PYTHONUTF8=0", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "PYTHONUTF8=1", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "PYTHONUTF8=1 LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('c', "PYTHONUTF8=0 LC_ALL=C", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "PYTHONUTF8=7", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('c', "PYTHONUTF8=", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "PYTHONUTF8=0", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "PYTHONUTF8=1", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "PYTHONUTF8=1 LC_ALL=C.UTF-8", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "PYTHONUTF8=0 LC_ALL=C", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "PYTHONUTF8=7", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "PYTHONUTF8=", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "PYTHONUTF8=0", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "PYTHONUTF8=1", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "PYTHONUTF8=1 LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('P', "PYTHONUTF8=0 LC_ALL=C", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "PYTHONUTF8=7", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "PYTHONUTF8=", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=7", "-E"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=7", "-I"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=7", "use_environment=0"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=1", "use_environment=-1"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=1", "isolated=1"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "-X utf8"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "-X utf8=1"), "C.UTF-8 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "-X utf8=0"), "C.UTF-8! 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "-X utf8=2"), "preconfig_init_utf8_mode: invalid -X utf8 option value; C");
    CHECK_STR_EQ(starts('p', "", "-X utf8="), "preconfig_init_utf8_mode: invalid -X utf8 option value; C");
    CHECK_STR_EQ(starts('p', "PYTHONUTF8=7", "-X utf8=1"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "-X utf8=0 -X utf8=1"), "C.UTF-8! 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "-c code -X utf8=3"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "-Z -X utf8=3"), "preconfig_init_utf8_mode: invalid -X utf8 option value; C");
    CHECK_STR_EQ(starts('p', "LC_ALL=C", "utf8_mode=0"), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "utf8_mode=1"), "C.UTF-8 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "utf8_mode=5"), "C.UTF-8 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('I', "LC_ALL=C.UTF-8", "utf8_mode=1"), "C 0 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('I', "", "utf8_mode=3"), "C 0 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('I', "", "parse_argv=1 -X utf8"), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "LC_ALL=C", "Py_UTF8Mode=1"), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('P', "LC_ALL=C", "Py_UTF8Mode=2"), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('c', "LC_ALL=C", "Py_UTF8Mode=1"), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "Py_UTF8Mode=1"), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('i', "LC_ALL=C", "Py_UTF8Mode=1"), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
}
/* The C locale gives way to another one. */
TEST(coercion) {
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=0", ""), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=0 LC_ALL=C", ""), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=0 LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=1", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=1 LC_ALL=C", ""), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=1 LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=warn", ""), "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\nC.UTF-8! 1 1 1 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=warn LC_ALL=C", ""), "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which may cause Unicode compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative Unicode-compatible locales is recommended.\nC 1 0 1 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=warn LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 1 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=odd", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=odd LC_ALL=C", ""), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=odd LC_ALL=C.UTF-8", ""), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('c', "PYTHONCOERCECLOCALE=1", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "PYTHONCOERCECLOCALE=warn", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=0 PYTHONUTF8=0", ""), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "PYTHONCOERCECLOCALE=warn PYTHONUTF8=0 LC_ALL=C", ""), "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which may cause Unicode compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative Unicode-compatible locales is recommended.\nC 1 0 1 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "", "coerce_c_locale=0"), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "coerce_c_locale=1"), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "coerce_c_locale=7"), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=C.UTF-8", "coerce_c_locale=7 coerce_c_locale_warn=1"), "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\nC.UTF-8! 1 1 1 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "coerce_c_locale_warn=1"), "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\nC.UTF-8! 1 1 1 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "configure_locale=0"), "C 0 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "configure_locale=0 setlocale=C.UTF-8"), "C.UTF-8 0 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('i', "LC_ALL=C.UTF-8", "configure_locale=1"), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('i', "", "configure_locale=1 coerce_c_locale=1"), "C.UTF-8! 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('I', "", "configure_locale=1 coerce_c_locale=1"), "C.UTF-8! 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('I', "LC_ALL=C.UTF-8", "configure_locale=1"), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('i', "", "setlocale=C.UTF-8"), "C.UTF-8 0 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('c', "LC_ALL=C.UTF-8", "configure_locale=0"), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "LC_NUMERIC=C.UTF-8", ""), "C.UTF-8! numbers C.UTF-8 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
}
TEST(encodings) {
    CHECK_STR_EQ(starts('p', "LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=latin1", ""), "C 1 0 0 0 ascii surrogateescape iso8859-1 strict; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=:replace", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 replace; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=Latin_1:", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape iso8859-1 strict; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=euc-jp:ignore", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape euc_jp ignore; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=xx", ""), "init_stdio_encoding: failed to get the Python codec name of the stdio encoding; C.UTF-8");
    CHECK_STR_EQ(starts('P', "PYTHONIOENCODING=xx", ""), "Fatal Python error: init_stdio_encoding: failed to get the Python codec name of the stdio encoding\nPython runtime state: core initialized\nLookupError: unknown encoding: xx\n");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=utf8:odd", ""), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 odd; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=utf8:odd PYTHONDEVMODE=1", ""), "init_sys_streams: can't initialize sys standard streams; C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=latin1", "stdio_errors=replace"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape iso8859-1 replace; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "PYTHONIOENCODING=latin1:replace", "stdio_encoding=cp1252"), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape cp1252 replace; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "", "stdio_encoding=xx"), "init_stdio_encoding: failed to get the Python codec name of the stdio encoding; C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_encoding=latin-1"), "C.UTF-8 1 0 0 0 iso8859-1 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\xe9\\xc3\\xa9' b'\\xe9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8 PYTHONUTF8=1", "filesystem_encoding=latin-1"), "C.UTF-8 1 0 0 1 iso8859-1 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\xe9\\xc3\\xa9' b'\\xe9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_encoding=ascii"), "C.UTF-8 1 0 0 0 ascii surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_encoding=cp1252 filesystem_errors=strict"), "C.UTF-8 1 0 0 0 cp1252 strict utf-8 surrogateescape; dce9 e9 two '\\xe9\\xc3\\xa9' b'\\xe9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_encoding=U8"), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_encoding=xx"), "init_fs_encoding: failed to get the Python codec of the filesystem encoding; C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_errors=strict"), "C.UTF-8 1 0 0 0 utf-8 strict utf-8 surrogateescape; dce9 e9 two !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_errors=surrogatepass"), "-: Failed to import encodings module; C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8 PYTHONUTF8=1", "filesystem_errors=surrogatepass"), "C.UTF-8 1 0 0 1 utf-8 surrogatepass utf-8 surrogateescape; dce9 e9 two !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_errors=replace"), "-: Failed to import encodings module; C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8", "filesystem_errors=odd"), "-: Failed to import encodings module; C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_ALL=C.UTF-8 PYTHONUTF8=1", "filesystem_errors=odd"), "-: Failed to import encodings module; C.UTF-8");
    CHECK_STR_EQ(starts('I', "", "filesystem_encoding=xx"), "failed to get the Python codec of the filesystem encoding; C");
    CHECK_STR_EQ(starts('I', "", "filesystem_encoding=cp437 stdio_encoding=latin1 stdio_errors=ignore"), "C 0 0 0 0 cp437 surrogateescape iso8859-1 ignore; dce9 dcc3 dca9 none '\\u0398\\u251c\\u2310' b'\\x82' | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('p', "", "allocator=99"), "_PyPreConfig_Write: Unknown PYTHONMALLOC allocator; C");
    CHECK_STR_EQ(starts('p', "", "allocator=-1"), "_PyPreConfig_Write: Unknown PYTHONMALLOC allocator; C");
    CHECK_STR_EQ(starts('p', "PYTHONMALLOC=odd", ""), "preconfig_init_allocator: PYTHONMALLOC: unknown allocator; C");
    CHECK_STR_EQ(starts('P', "PYTHONMALLOC=odd", ""), "Fatal Python error: preconfig_init_allocator: PYTHONMALLOC: unknown allocator\nPython runtime state: preinitializing\n\n");
}
/* What a life settles is settled anew for the next; only the flag of old stays. */
TEST(lives) {
    CHECK_STR_EQ(in_child('p', "", "", 2), "C.UTF-8! 1 1 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' ## C.UTF-8! 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(in_child('P', "LC_ALL=C.UTF-8", "", 2), "C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' ## C.UTF-8 1 0 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(in_child('p', "LC_ALL=C", "", 2), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' ## C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
    CHECK_STR_EQ(in_child('P', "", "", 2), "C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused ## C 1 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(in_child('P', "LC_ALL=C", "Py_UTF8Mode=1", 2), "C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' ## C 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C");
}

/* Locales that a system may not have are made here, where localedef is. */
static int other_locales(void) {
    static char folder[] = "/tmp/locales-XXXXXX";
    static int made = -1;
    if (made >= 0) return made;
    static const char *const charmaps[][2] = {{"en_US", "ISO-8859-1"}, {"de_DE", "ISO-8859-15"}, {"de_DE", "UTF-8"}, {"ja_JP", "EUC-JP"}};
    char command[400];
    if (!mkdtemp(folder)) return made = 0;
    setenv("LOCPATH", folder, 1);
    made = 1;
    for (int i = 0; i < 4; i++) {
        snprintf(command, sizeof command, "localedef -f %s -i %s %s/%s.%s >/dev/null 2>&1; test -e %s/%s.%s", charmaps[i][1], charmaps[i][0], folder, charmaps[i][0], charmaps[i][1], folder, charmaps[i][0], charmaps[i][1]);
        if (system(command) != 0) made = 0;
    }
    return made;
}
__attribute__((destructor)) static void remove_locales(void) {
    const char *folder = getenv("LOCPATH");
    char command[400];
    snprintf(command, sizeof command, "rm -rf %s", folder ? folder : "");
    if (folder && strncmp(folder, "/tmp/locales-", 13) == 0 && system(command) != 0) fputs("can't remove the locales\n", stderr);
}
TEST(other_encodings) {
    if (!other_locales()) return;
    CHECK_STR_EQ(starts('p', "LC_CTYPE=en_US.ISO-8859-1", ""), "en_US.ISO-8859-1! 1 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=de_DE.ISO-8859-15", ""), "de_DE.ISO-8859-15! 1 0 0 0 iso8859-15 surrogateescape iso8859-15 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 de_DE.ISO-8859-15");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=de_DE.UTF-8", ""), "de_DE.UTF-8! 1 0 0 0 utf-8 surrogateescape utf-8 strict; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 de_DE.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=ja_JP.EUC-JP", ""), "ja_JP.EUC-JP! 1 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('c', "LC_CTYPE=en_US.ISO-8859-1", ""), "en_US.ISO-8859-1! 1 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('c', "LC_CTYPE=de_DE.ISO-8859-15", ""), "de_DE.ISO-8859-15! 1 0 0 0 iso8859-15 surrogateescape iso8859-15 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 de_DE.ISO-8859-15");
    CHECK_STR_EQ(starts('c', "LC_CTYPE=de_DE.UTF-8", ""), "de_DE.UTF-8! 1 0 0 0 utf-8 surrogateescape utf-8 strict; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 de_DE.UTF-8");
    CHECK_STR_EQ(starts('c', "LC_CTYPE=ja_JP.EUC-JP", ""), "ja_JP.EUC-JP! 1 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('i', "LC_CTYPE=en_US.ISO-8859-1", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_CTYPE=de_DE.ISO-8859-15", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_CTYPE=de_DE.UTF-8", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('i', "LC_CTYPE=ja_JP.EUC-JP", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=en_US.ISO-8859-1", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=de_DE.ISO-8859-15", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=de_DE.UTF-8", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=ja_JP.EUC-JP", ""), "C 0 0 0 0 ascii surrogateescape ascii surrogateescape; dce9 dcc3 dca9 none '\\udce9\\udcc3\\udca9' !!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128) refused | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(starts('P', "LC_CTYPE=en_US.ISO-8859-1", ""), "en_US.ISO-8859-1! 1 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('P', "LC_CTYPE=de_DE.ISO-8859-15", ""), "de_DE.ISO-8859-15! 1 0 0 0 iso8859-15 surrogateescape iso8859-15 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 de_DE.ISO-8859-15");
    CHECK_STR_EQ(starts('P', "LC_CTYPE=de_DE.UTF-8", ""), "de_DE.UTF-8! 1 0 0 0 utf-8 surrogateescape utf-8 strict; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 de_DE.UTF-8");
    CHECK_STR_EQ(starts('P', "LC_CTYPE=ja_JP.EUC-JP", ""), "ja_JP.EUC-JP! 1 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('p', "LC_ALL=en_US.ISO-8859-1 PYTHONUTF8=1", ""), "en_US.ISO-8859-1 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('i', "LC_ALL=en_US.ISO-8859-1", "setlocale=en_US.ISO-8859-1"), "en_US.ISO-8859-1 0 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_ALL=en_US.ISO-8859-1", "filesystem_errors=strict"), "en_US.ISO-8859-1 1 0 0 0 iso8859-1 strict iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_ALL=en_US.ISO-8859-1", "filesystem_errors=surrogatepass"), "-: Failed to import encodings module; en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_ALL=en_US.ISO-8859-1", "coerce_c_locale=1"), "en_US.ISO-8859-1 1 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_ALL=en_US.ISO-8859-1", "coerce_c_locale=7"), "en_US.ISO-8859-1 1 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=en_US.ISO-8859-1", "coerce_c_locale=7 coerce_c_locale_warn=1"), "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\nC.UTF-8! 1 1 1 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LANG=en_US.ISO-8859-1 LC_NUMERIC=de_DE.UTF-8", "coerce_c_locale=7"), "C.UTF-8! numbers de_DE.UTF-8 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=en_US.ISO-8859-1", "-X utf8=1"), "en_US.ISO-8859-1! 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=en_US.ISO-8859-1", "configure_locale=1"), "en_US.ISO-8859-1! 1 0 0 0 iso8859-1 surrogateescape iso8859-1 strict; e9 c3 a9 one '\\xe9\\xc3\\xa9' b'\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(starts('p', "LC_ALL=ja_JP.EUC-JP PYTHONUTF8=1", ""), "ja_JP.EUC-JP 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('i', "LC_ALL=ja_JP.EUC-JP", "setlocale=ja_JP.EUC-JP"), "ja_JP.EUC-JP 0 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('p', "LC_ALL=ja_JP.EUC-JP", "filesystem_errors=surrogatepass"), "-: Failed to import encodings module; ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('p', "LC_ALL=ja_JP.EUC-JP", "coerce_c_locale=1"), "ja_JP.EUC-JP 1 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('p', "LC_ALL=ja_JP.EUC-JP", "coerce_c_locale=7"), "ja_JP.EUC-JP 1 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=ja_JP.EUC-JP", "coerce_c_locale=7 coerce_c_locale_warn=1"), "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\nC.UTF-8! 1 1 1 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LANG=ja_JP.EUC-JP LC_NUMERIC=de_DE.UTF-8", "coerce_c_locale=7"), "C.UTF-8! numbers de_DE.UTF-8 1 1 0 0 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(starts('p', "LC_CTYPE=ja_JP.EUC-JP", "-X utf8=1"), "ja_JP.EUC-JP! 1 0 0 1 utf-8 surrogateescape utf-8 surrogateescape; dce9 e9 two '\\udce9\\xe9' b'\\xc3\\xa9' | dce9 e9 ja_JP.EUC-JP");
    CHECK_STR_EQ(starts('I', "LC_CTYPE=ja_JP.EUC-JP", "configure_locale=1"), "ja_JP.EUC-JP! 1 0 0 0 euc_jp surrogateescape euc_jp strict; 8606 dca9 two '\\u8606\\udca9' b'\\x8f\\xab\\xb1' | 8606 dca9 ja_JP.EUC-JP");
}
static const char *texts(char kind, const char *environment, const char *words) {
    only_text = 1;
    const char *text = in_child(kind, environment, words, 1);
    only_text = 0;
    return text;
}
TEST(texts) {
    CHECK_STR_EQ(texts('p', "LC_ALL=C PYTHONUTF8=0", "-X o=\xc3\xa9\xff -X \xc3\xa9 a\xff\xc3\xa9"), " argv ['a\\udcff\\udcc3\\udca9'] orig_argv ['program', '-X', 'o=\\udcc3\\udca9\\udcff', '-X', '\\udcc3\\udca9', 'a\\udcff\\udcc3\\udca9'] xoptions {'o': '\\udcc3\\udca9\\udcff', '\\udcc3\\udca9': True} warnoptions [] run_command None run_module None pycache_prefix None dump_refs_file None | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(texts('p', "LC_ALL=C PYTHONUTF8=0", "-c \xc3\xa9\xff b\xed\xb2\x80"), " argv ['-c', 'b\\udced\\udcb2\\udc80'] orig_argv ['program', '-c', '\\udcc3\\udca9\\udcff', 'b\\udced\\udcb2\\udc80'] xoptions {} warnoptions [] run_command '\\udcc3\\udca9\\udcff\\n' run_module None pycache_prefix None dump_refs_file None | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(texts('p', "LC_ALL=C PYTHONUTF8=0 PYTHONPYCACHEPREFIX=\xe9\xc3\xa9 PYTHONDUMPREFSFILE=\xe9", "-m \xe9 \xc3\xa9"), " argv ['-m', '\\udcc3\\udca9'] orig_argv ['program', '-m', '\\udce9', '\\udcc3\\udca9'] xoptions {} warnoptions [] run_command None run_module '\\udce9' pycache_prefix '\\udce9\\udcc3\\udca9' dump_refs_file '\\udce9' | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(texts('I', "LC_ALL=C PYTHONUTF8=0", "parse_argv=1 -X o=\xc3\xa9 -m \xc3\xa9 \xc3\xa9"), " argv ['-m', '\\xe9'] orig_argv ['program', '-X', 'o=\\xe9', '-m', '\\xe9', '\\xe9'] xoptions {'o': '\\xe9'} warnoptions [] run_command None run_module '\\xe9' pycache_prefix None dump_refs_file None | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(texts('p', "LC_ALL=C", "-X o=\xc3\xa9\xff -X \xc3\xa9 a\xff\xc3\xa9"), " argv ['a\\udcff\\xe9'] orig_argv ['program', '-X', 'o=\\xe9\\udcff', '-X', '\\xe9', 'a\\udcff\\xe9'] xoptions {'o': '\\xe9\\udcff', '\\xe9': True} warnoptions [] run_command None run_module None pycache_prefix None dump_refs_file None | dce9 e9 C");
    CHECK_STR_EQ(texts('p', "LC_ALL=C", "-c \xc3\xa9\xff b\xed\xb2\x80"), " argv ['-c', 'b\\udced\\udcb2\\udc80'] orig_argv ['program', '-c', '\\xe9\\udcff', 'b\\udced\\udcb2\\udc80'] xoptions {} warnoptions [] run_command '\\xe9\\udcff\\n' run_module None pycache_prefix None dump_refs_file None | dce9 e9 C");
    CHECK_STR_EQ(texts('p', "LC_ALL=C PYTHONPYCACHEPREFIX=\xe9\xc3\xa9 PYTHONDUMPREFSFILE=\xe9", "-m \xe9 \xc3\xa9"), " argv ['-m', '\\xe9'] orig_argv ['program', '-m', '\\udce9', '\\xe9'] xoptions {} warnoptions [] run_command None run_module '\\udce9' pycache_prefix '\\udce9\\xe9' dump_refs_file '\\udce9' | dce9 e9 C");
    CHECK_STR_EQ(texts('I', "LC_ALL=C", "parse_argv=1 -X o=\xc3\xa9 -m \xc3\xa9 \xc3\xa9"), " argv ['-m', '\\xe9'] orig_argv ['program', '-X', 'o=\\xe9', '-m', '\\xe9', '\\xe9'] xoptions {'o': '\\xe9'} warnoptions [] run_command None run_module '\\xe9' pycache_prefix None dump_refs_file None | dce9 dcc3 dca9 C");
    CHECK_STR_EQ(texts('p', "LC_ALL=C.UTF-8", "-X o=\xc3\xa9\xff -X \xc3\xa9 a\xff\xc3\xa9"), " argv ['a\\udcff\\xe9'] orig_argv ['program', '-X', 'o=\\xe9\\udcff', '-X', '\\xe9', 'a\\udcff\\xe9'] xoptions {'o': '\\xe9\\udcff', '\\xe9': True} warnoptions [] run_command None run_module None pycache_prefix None dump_refs_file None | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(texts('p', "LC_ALL=C.UTF-8", "-c \xc3\xa9\xff b\xed\xb2\x80"), " argv ['-c', 'b\\udced\\udcb2\\udc80'] orig_argv ['program', '-c', '\\xe9\\udcff', 'b\\udced\\udcb2\\udc80'] xoptions {} warnoptions [] run_command '\\xe9\\udcff\\n' run_module None pycache_prefix None dump_refs_file None | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(texts('p', "LC_ALL=C.UTF-8 PYTHONPYCACHEPREFIX=\xe9\xc3\xa9 PYTHONDUMPREFSFILE=\xe9", "-m \xe9 \xc3\xa9"), " argv ['-m', '\\xe9'] orig_argv ['program', '-m', '\\udce9', '\\xe9'] xoptions {} warnoptions [] run_command None run_module '\\udce9' pycache_prefix '\\udce9\\xe9' dump_refs_file '\\udce9' | dce9 e9 C.UTF-8");
    CHECK_STR_EQ(texts('I', "LC_ALL=C.UTF-8", "parse_argv=1 -X o=\xc3\xa9 -m \xc3\xa9 \xc3\xa9"), " argv ['-m', '\\xe9'] orig_argv ['program', '-X', 'o=\\xe9', '-m', '\\xe9', '\\xe9'] xoptions {'o': '\\xe9'} warnoptions [] run_command None run_module '\\xe9' pycache_prefix None dump_refs_file None | dce9 dcc3 dca9 C");
    if (!other_locales()) return;
    CHECK_STR_EQ(texts('p', "LC_ALL=en_US.ISO-8859-1 PYTHONUTF8=0", "-X o=\xc3\xa9\xff -X \xc3\xa9 a\xff\xc3\xa9"), " argv ['a\\xff\\xc3\\xa9'] orig_argv ['program', '-X', 'o=\\xc3\\xa9\\xff', '-X', '\\xc3\\xa9', 'a\\xff\\xc3\\xa9'] xoptions {'o': '\\xc3\\xa9\\xff', '\\xc3\\xa9': True} warnoptions [] run_command None run_module None pycache_prefix None dump_refs_file None | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(texts('p', "LC_ALL=ja_JP.EUC-JP PYTHONUTF8=0", "-X o=\xc3\xa9\xff -X \xc3\xa9 a\xff\xc3\xa9"), " argv ['a\\udcff\\u8fbf'] orig_argv ['program', '-X', 'o=\\u8fbf\\udcff', '-X', '\\u8fbf', 'a\\udcff\\u8fbf'] xoptions {'o': '\\u8fbf\\udcff', '\\u8fbf': True} warnoptions [] run_command None run_module None pycache_prefix None dump_refs_file None | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(texts('p', "LC_ALL=en_US.ISO-8859-1 PYTHONUTF8=0", "-c \xc3\xa9\xff b\xed\xb2\x80"), " argv ['-c', 'b\\xed\\xb2\\x80'] orig_argv ['program', '-c', '\\xc3\\xa9\\xff', 'b\\xed\\xb2\\x80'] xoptions {} warnoptions [] run_command '\\xc3\\xa9\\xff\\n' run_module None pycache_prefix None dump_refs_file None | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(texts('p', "LC_ALL=ja_JP.EUC-JP PYTHONUTF8=0", "-c \xc3\xa9\xff b\xed\xb2\x80"), " argv ['-c', 'b\\u8e84\\x80'] orig_argv ['program', '-c', '\\u8fbf\\udcff', 'b\\u8e84\\x80'] xoptions {} warnoptions [] run_command '\\u8fbf\\udcff\\n' run_module None pycache_prefix None dump_refs_file None | 8606 dca9 ja_JP.EUC-JP");
    CHECK_STR_EQ(texts('p', "LC_ALL=en_US.ISO-8859-1 PYTHONUTF8=0 PYTHONPYCACHEPREFIX=\xe9\xc3\xa9 PYTHONDUMPREFSFILE=\xe9", "-m \xe9 \xc3\xa9"), " argv ['-m', '\\xc3\\xa9'] orig_argv ['program', '-m', '\\xe9', '\\xc3\\xa9'] xoptions {} warnoptions [] run_command None run_module '\\xe9' pycache_prefix '\\xe9\\xc3\\xa9' dump_refs_file '\\xe9' | e9 c3 a9 en_US.ISO-8859-1");
    CHECK_STR_EQ(texts('p', "LC_ALL=ja_JP.EUC-JP PYTHONUTF8=0 PYTHONPYCACHEPREFIX=\xe9\xc3\xa9 PYTHONDUMPREFSFILE=\xe9", "-m \xe9 \xc3\xa9"), " argv ['-m', '\\u8fbf'] orig_argv ['program', '-m', '\\udce9', '\\u8fbf'] xoptions {} warnoptions [] run_command None run_module '\\udce9' pycache_prefix '\\u8606\\udca9' dump_refs_file '\\udce9' | 8606 dca9 ja_JP.EUC-JP");
}
CHECK_MAIN_BARE()
