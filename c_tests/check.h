/* What every C test includes, and nothing else: the checks, and a main that runs the tests in the order written.
 *
 *     TEST(append) {
 *         PyObject *list = PyList_New(0);
 *         CHECK_INT(PyList_Append(list, Py_None), "0");
 *         CHECK_REPR(PySequence_Concat(list, list), "[None, None]");
 *         CHECK_REPR(PyList_GetSlice(Py_None, 0, 1), "!!SystemError: bad argument to internal function");
 *         Py_DECREF(list);
 *     }
 *     CHECK_MAIN()
 *
 * An expectation is text. For an object it is its repr (with addresses as 0x...), for a failure "!!Type: message". A check also fails when a
 * result comes with an exception set, or a failure without one. Expectations come from a real CPython, not from memory:
 * write LEARN in their place and run `c_tests/learn FILE`.
 *
 * Run with names, a program runs only these tests. With CHECK_FORK set each test runs in a process of its own, so that
 * a crash ends that test alone. */
#ifndef CHECK_H
#define CHECK_H
#ifndef PY_SSIZE_T_CLEAN
#define PY_SSIZE_T_CLEAN
#endif
#include <Python.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define LEARN "LEARN"
typedef struct { const char *name; void (*run)(void); } check_test;
static check_test check_tests[256];
static int check_count, check_failures;
static const char *check_name = "";

static inline void check_add(const char *name, void (*run)(void)) {
    if (check_count == 256) { fputs("check.h: more than 256 tests\n", stderr); exit(2); }
    check_tests[check_count++] = (check_test){name, run};
}
#define TEST(name) static void test_##name(void); \
    __attribute__((constructor)) static void add_##name(void) { check_add(#name, test_##name); } \
    static void test_##name(void)

__attribute__((format(printf, 3, 4)))
static inline void check_fail(const char *file, int line, const char *format, ...) {
    const char *base = strrchr(file, '/');
    printf("FAIL %s %s:%d: ", check_name, base ? base + 1 : file, line);
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    check_failures++;
}

/* `text` as a C string literal, so that a failure stays on one line. */
static inline const char *check_quote(const char *text, char *out, size_t size) {
    size_t at = 0;
    out[at++] = '"';
    for (const unsigned char *p = (const unsigned char *)text; *p && at + 6 < size; p++) {
        if (*p == '"' || *p == '\\') { out[at++] = '\\'; out[at++] = (char)*p; }
        else if (*p == '\n') { out[at++] = '\\'; out[at++] = 'n'; }
        else if (*p < 32 || *p == 127) at += (size_t)snprintf(out + at, 5, "\\%03o", *p);
        else out[at++] = (char)*p;
    }
    out[at++] = '"'; out[at] = 0;
    return out;
}

/* " at 0x7f12" becomes " at 0x...": an address is no expectation. */
static inline char *check_addresses(char *text) {
    for (char *at = text, *end; (at = strstr(at, " at 0x"));) {
        at += 6;
        end = at + strspn(at, "0123456789abcdef");
        if (end - at < 4) continue;
        memcpy(at, "...", 3);
        memmove(at + 3, end, strlen(end) + 1);
    }
    return text;
}

/* Takes the exception that is set: "!!Type: message", "!!Type" where str() of it is empty, "" when none is.
 * A bad internal call says file and line of the runtime's own source before its text; they are left out. */
static inline const char *check_taken(char *out, size_t size) {
    PyObject *exception = PyThreadState_GetUnchecked() ? PyErr_GetRaisedException() : NULL;
    if (!exception) { out[0] = 0; return out; }
    PyObject *text = PyObject_Str(exception);
    const char *message = text ? PyUnicode_AsUTF8AndSize(text, NULL) : NULL;
    const char *internal = message ? strstr(message, ": bad argument to internal function") : NULL;
    if (internal) message = internal + 2;
    snprintf(out, size, "!!%s%s%s", Py_TYPE(exception)->tp_name, message && !*message ? "" : ": ",
             message ? message : "<no str()>");
    PyErr_Clear();
    Py_XDECREF(text);
    Py_DECREF(exception);
    return check_addresses(out);
}

static inline void check_same(const char *file, int line, const char *what, const char *got, const char *expected) {
    char quoted[2][4096];
    if (strcmp(got, expected) != 0)
        check_fail(file, line, "%s: got %s, expected %s", what, check_quote(got, quoted[0], sizeof quoted[0]),
                   check_quote(expected, quoted[1], sizeof quoted[1]));
}

/* What became of a call that returned `object`: its repr and what is wrong with the error indicator, or the exception. */
static inline void check_object(const char *file, int line, const char *what, PyObject *object, int owned, const char *expected) {
    char got[4096], error[2048];
    check_taken(error, sizeof error);
    if (!object)
        snprintf(got, sizeof got, "%s", *error ? error : "NULL");
    else {
        PyObject *repr = PyObject_Repr(object);
        const char *text = repr ? PyUnicode_AsUTF8AndSize(repr, NULL) : NULL;
        snprintf(got, sizeof got, "%s%s%s", text ? text : "<no repr>", *error ? " with " : "", error);
        check_addresses(got);
        PyErr_Clear();
        Py_XDECREF(repr);
        if (owned) Py_DECREF(object);
    }
    check_same(file, line, what, got, expected);
}

static inline void check_number(const char *file, int line, const char *what, const char *number, const char *expected) {
    char got[2304], error[2048];
    check_taken(error, sizeof error);
    snprintf(got, sizeof got, "%s%s%s", number, *error ? " " : "", error);
    check_same(file, line, what, got, expected);
}
static inline const char *check_integer(long long number, char *out) { snprintf(out, 64, "%lld", number); return out; }
static inline const char *check_double(double number, char *out) { snprintf(out, 64, "%.17g", number); return out; }

static inline void check_no_core(void) { struct rlimit none = {0, 0}; setrlimit(RLIMIT_CORE, &none); }
/* What comes out of the pipe contains `text`. */
static inline void check_ended(const char *file, int line, const char *what, int from, const char *text) {
    char got[4096], quoted[2][4096];
    size_t size = 0;
    for (ssize_t n; size < sizeof got - 1 && (n = read(from, got + size, sizeof got - 1 - size)) > 0;) size += (size_t)n;
    got[size] = 0;
    close(from);
    if (!strstr(got, text)) {
        got[strcspn(got, "\n")] = 0;
        check_fail(file, line, "%s: got %s, expected %s", what, check_quote(got, quoted[0], sizeof quoted[0]), check_quote(text, quoted[1], sizeof quoted[1]));
    }
}

/* A condition holds. */
#define CHECK(condition) do { if (!(condition)) check_fail(__FILE__, __LINE__, "%s", #condition); } while (0)
/* The new reference `expression` has this repr (or "!!Type: message", or "NULL" without an exception). It is consumed. */
#define CHECK_REPR(expression, expected) check_object(__FILE__, __LINE__, #expression, (PyObject *)(expression), 1, expected)
/* The same for a borrowed reference. */
#define CHECK_BORROWED(expression, expected) check_object(__FILE__, __LINE__, #expression, (PyObject *)(expression), 0, expected)
/* The integer `expression` is this number, "-1 !!Type: message" if it fails. */
#define CHECK_INT(expression, expected) do { char check_text[64]; \
    check_number(__FILE__, __LINE__, #expression, check_integer((long long)(expression), check_text), expected); } while (0)
/* The same for a double, printed with 17 digits. */
#define CHECK_DOUBLE(expression, expected) do { char check_text[64]; \
    check_number(__FILE__, __LINE__, #expression, check_double(expression, check_text), expected); } while (0)
/* The C string `expression` is this text; "NULL !!Type: message" if it fails. */
#define CHECK_STR_EQ(expression, expected) do { const char *check_text = (expression); \
    check_number(__FILE__, __LINE__, #expression, check_text ? check_text : "NULL", expected); } while (0)
/* Evaluating `expression` sets an exception of exactly this type and text. */
#define CHECK_RAISES(expression, type, message) do { char check_got[2048], check_want[2048]; (void)(expression); \
    snprintf(check_want, sizeof check_want, "!!%s%s%s", ((PyTypeObject *)(type))->tp_name, *(message) ? ": " : "", message); \
    check_same(__FILE__, __LINE__, #expression, check_taken(check_got, sizeof check_got), check_want); } while (0)
/* `statement` ends the process by abort(), and says `text` on standard error. It runs in a child. */
#define CHECK_FATAL(statement, text) do { int check_pipe[2], check_status; fflush(stdout); \
    pid_t check_child = pipe(check_pipe) == 0 ? fork() : -1; \
    if (check_child == 0) { dup2(check_pipe[1], 2); check_no_core(); statement; _exit(0); } \
    close(check_pipe[1]); check_ended(__FILE__, __LINE__, #statement, check_pipe[0], text); \
    waitpid(check_child, &check_status, 0); \
    if (!WIFSIGNALED(check_status) || WTERMSIG(check_status) != SIGABRT) check_fail(__FILE__, __LINE__, "%s: does not abort", #statement); \
    } while (0)
/* Nothing is set. */
#define CHECK_NO_ERROR() do { char check_got[2048]; \
    check_same(__FILE__, __LINE__, "error indicator", check_taken(check_got, sizeof check_got), ""); } while (0)

/* So many of something: `few` where CHECK_FEW is set, as under memcheck, which is slow. */
static inline int check_number_of(int many, int few) { return getenv("CHECK_FEW") ? few : many; }

/* Temporaries: keep(object) and value(format, ...), Py_BuildValue's result, are dropped when the test ends. Objects of
 * the interpreter that the test began in only, and not in a test that finalizes it. */
static PyObject **check_kept;
static int check_kept_count, check_kept_room;
static inline PyObject *keep(PyObject *object) {
    if (object && check_kept_count == check_kept_room) {
        check_kept_room = check_kept_room ? 2 * check_kept_room : 64;
        check_kept = realloc(check_kept, check_kept_room * sizeof *check_kept);
        if (!check_kept) abort();
    }
    if (object) check_kept[check_kept_count++] = object;
    return object;
}
static inline PyObject *value(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *built = keep(Py_VaBuildValue(format, arguments));
    va_end(arguments);
    if (!built) { PyErr_Print(); printf("FAIL %s: value(\"%s\") cannot be built\n", check_name, format); exit(2); }
    return built;
}
/* An attribute, kept: attr(object, "name"). */
static inline PyObject *attr(PyObject *object, const char *name) { return keep(PyObject_GetAttrString(object, name)); }
/* A name of module builtins, kept; and a class made by calling type. */
static inline PyObject *builtin(const char *name) {
    PyObject *module = PyImport_ImportModule("builtins"), *found = module ? attr(module, name) : NULL;
    Py_XDECREF(module);
    return found;
}
static inline PyObject *new_class(const char *name, PyObject *base) {
    return keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){ss}", name, base ? base : (PyObject *)&PyBaseObject_Type,
                                      "__module__", "m"));
}

static inline void check_run_test(const check_test *test, int python) {
    int before = check_failures;
    check_name = test->name;
    test->run();
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    free(check_kept);
    check_kept = NULL;
    check_kept_room = 0;
    if (python && PyThreadState_GetUnchecked() && PyErr_Occurred()) {
        char got[2048];
        check_fail(test->name, 0, "left an exception set: %s", check_taken(got, sizeof got));
    }
    if (check_failures == before) printf("ok %s\n", test->name);
    fflush(stdout);
}

/* Runs the tests `from` to `to`; `python` says whether the runtime is initialized around them. */
static inline void check_run_range(int from, int to, int python) {
    if (python) Py_InitializeEx(0);
    for (int i = from; i < to; i++)
        if (check_tests[i].name) check_run_test(&check_tests[i], python);
    if (python && Py_FinalizeEx() != 0) { check_name = "finalize"; check_fail("", 0, "Py_FinalizeEx failed"); }
}

static inline int check_main(int argc, char **argv, int python) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 0; argc > 1 && i < check_count; i++) {
        int named = 0;
        for (int k = 1; k < argc; k++) named |= !strcmp(argv[k], check_tests[i].name);
        if (!named) check_tests[i].name = NULL;
    }
    if (!getenv("CHECK_FORK")) check_run_range(0, check_count, python);
    else for (int i = 0; i < check_count; i++) {
        if (!check_tests[i].name) continue;
        int status;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) { check_run_range(i, i + 1, python); fflush(stdout); _exit(check_failures ? 1 : 0); }
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) printf("FAIL %s: killed by signal %d\n", check_tests[i].name, WTERMSIG(status));
        else if (WEXITSTATUS(status) > 1) printf("FAIL %s: exit code %d\n", check_tests[i].name, WEXITSTATUS(status));
        check_failures += status != 0;
    }
    printf("done\n");
    return check_failures != 0;
}
/* main of a program whose tests find the runtime initialized, */
#define CHECK_MAIN() int main(int argc, char **argv) { return check_main(argc, argv, 1); }
/* and of one whose tests do that themselves. */
#define CHECK_MAIN_BARE() int main(int argc, char **argv) { return check_main(argc, argv, 0); }
#endif
