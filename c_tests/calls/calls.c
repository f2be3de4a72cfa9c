/* calls AREA SEED: makes thousands of calls whose arguments are drawn by SEED and prints what became of each:
 *
 *     'abc'.center(5, b'')<TAB>!TypeError: The fill character must be a unicode character, not bytes
 *
 * The runner does that on two libraries and compares. The areas, each in its file:
 *
 *     methods     every attribute of objects of every builtin type and of the builtin modules, called with what comes
 *     operations  what goes through slots: arithmetic, comparison, items and slices, conversions, format()
 *     texts       numbers from text and text from numbers, %, str.format, codecs by every name and error handler
 *     arguments   PyArg_ParseTuple, Py_BuildValue, PyUnicode_FromFormat and PyErr_Format with formats that are drawn too
 *     classes     classes whose special methods raise, or give something that they should not
 *
 * What is drawn for a call depends on SEED and on the call's name alone, so that a name that one library lacks does not
 * shift all that follows. No argument makes a result of more than a few hundred kilobytes. Addresses and what depends on
 * them are not shown. A label (all before the tab) that comes again has a number behind it. */
#include "calls.h"
#include "../expression.h"

/* What is drawn. */

static uint64_t state, seed;
uint32_t below(uint32_t n) {
    state ^= state << 13; state ^= state >> 7; state ^= state << 17;
    return (uint32_t)((state >> 16) % n);
}
void start(const char *first, const char *second, uint32_t round) {
    state = 14695981039346656037u;
    for (const char *p = first; *p; p++) state = (state ^ (unsigned char)*p) * 1099511628211u;
    for (const char *p = second; *p; p++) state = (state ^ (unsigned char)*p) * 1099511628211u;
    state += seed * 7919 + round * 104729;
    for (int i = 0; i < 5; i++) below(3);
}
const char *pieces(const char *const *table, uint32_t count, uint32_t n) {
    static char text[2][256];
    static int turn;
    char *out = text[turn ^= 1];
    *out = 0;
    for (uint32_t i = below(n + 1) + 1; i; i--) strncat(out, table[below(count)], 255 - strlen(out));
    return out;
}

static const char *const modules[] = {
    "_operator", "itertools", "_collections", "_functools", "_contextvars", "errno", "marshal", "zlib", "_weakref", "_abc",
    "_types", "time",
};

PyObject *made(const char *expression) {
    PyObject *object = eval(expression);
    if (!object) { printf("no %s: ", expression); PyErr_Print(); exit(2); }
    return object;
}
int is_big(const char *expression) { return strlen(expression) > 4 && (Py_ISDIGIT(expression[0]) || expression[0] == '-'); }

/* What is printed. */

static char label[4096];
int calls_left;
void name_it(const char *format, ...) {
    calls_left = 40;
    va_list args;
    va_start(args, format);
    vsnprintf(label, sizeof label, format, args);
    va_end(args);
}
void add_name(const char *format, ...) {
    size_t n = strlen(label);
    va_list args;
    va_start(args, format);
    vsnprintf(label + n, sizeof label - n, format, args);
    va_end(args);
}
void print_line(const char *result) {
    for (const char *p = label; *p; p++) putchar(*p == '\t' || *p == '\n' ? ' ' : *p);
    printf("\t%s\n", result);
}

const char *shown(PyObject *object) {
    static char text[1 << 20];
    PyObject *items = PyAnySet_Check(object) ? PySequence_List(object) : NULL, *repr = NULL;
    if (items) {
        for (Py_ssize_t i = 0; i < PyList_Size(items); i++) PyList_SetItem(items, i, PyObject_ASCII(PyList_GetItem(items, i)));
        PyList_Sort(items);
    }
    repr = PyObject_ASCII(items ? items : object);
    if (!repr) {
        PyObject *raised = PyErr_GetRaisedException();
        snprintf(text, sizeof text, "<repr() raises %s>", Py_TYPE(raised)->tp_name);
        Py_DECREF(raised);
    } else snprintf(text, sizeof text, "%s", PyUnicode_AsUTF8(repr));
    Py_XDECREF(repr); Py_XDECREF(items);
    check_addresses(text);
    size_t n = strlen(text);
    if (n > 300) snprintf(text + 300, 32, "... %zu", n);
    return text;
}
const char *raised(void) {
    static char text[4096];
    PyObject *exception = PyErr_GetRaisedException();
    if (!exception) return "NULL without an exception";
    PyObject *message = PyObject_Str(exception), *ascii = message ? PyObject_ASCII(message) : NULL;
    PyErr_Clear();
    PyObject *cause = PyException_GetCause(exception), *context = PyException_GetContext(exception);
    const char *said = ascii ? PyUnicode_AsUTF8(ascii) : "<no str()>", *internal = strstr(said, ": bad argument to internal");
    snprintf(text, sizeof text, "!%s: %.1500s%s%s%s%s", Py_TYPE(exception)->tp_name, internal ? internal : said,
             cause ? " cause " : "", cause ? Py_TYPE(cause)->tp_name : "", context ? " context " : "",
             context ? Py_TYPE(context)->tp_name : "");
    Py_XDECREF(cause); Py_XDECREF(context); Py_XDECREF(ascii); Py_XDECREF(message); Py_DECREF(exception);
    return check_addresses(text);
}
void print_result(PyObject *result) {
    static char text[8192];
    if (!result) { print_line(raised()); return; }
    snprintf(text, sizeof text, "%s %s%s%s", Py_TYPE(result)->tp_name, shown(result), PyErr_Occurred() ? " WITH " : "",
             PyErr_Occurred() ? raised() : "");
    print_line(text);
    Py_DECREF(result);
}
void print_status(int status) { print_result(PyErr_Occurred() ? NULL : PyLong_FromLong(status)); }

int main(int argc, char **argv) {
    static const struct { const char *name; void (*run)(void); } areas[] = {
        {"methods", methods}, {"operations", operations}, {"texts", texts}, {"arguments", arguments}, {"classes", classes},
    };
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    check_no_core();
    Py_InitializeEx(0);
    PyObject *builtins = PyImport_ImportModule("builtins");
    for (uint32_t i = 0; i < COUNT(modules); i++) PyObject_SetAttrString(builtins, modules[i], PyImport_ImportModule(modules[i]));
    PyObject_SetAttrString(builtins, "builtins", builtins);
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    for (uint32_t i = 0; argc > 1 && i < COUNT(areas); i++)
        if (!strcmp(argv[1], areas[i].name)) { areas[i].run(); fflush(stdout); _exit(0); }
    fprintf(stderr, "calls AREA SEED\n");
    return 2;
}
