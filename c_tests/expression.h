/* Python expressions for C tests, evaluated through the C API alone, so that they run where there is no compiler:
 *
 *     CHECK_REPR(eval("b'abc'.find(b'c')"), "2");
 *     CHECK_REPR(eval("a = bytearray(b'abc'); a.pop(); a"), "bytearray(b'ab')");
 *
 * Statements `name = expression` are separated by ';', the last one's value is the result. There are literals of int,
 * float, complex, str and bytes, tuples, lists, dicts, names of `builtins`, attributes, subscripts and slices, calls with
 * keywords, unary minus, and the operators of `operators` below without precedence among them: use parentheses.
 * Bad syntax ends the program. */
#ifndef EXPRESSION_H
#define EXPRESSION_H
#include "check.h"

static const char *expr_at;
static PyObject *expr_names;

__attribute__((noreturn)) static void expr_wrong(void) { printf("expression.h: bad syntax at %s\n", expr_at); exit(2); }
static void expr_skip(void) { while (*expr_at == ' ') expr_at++; }
static int expr_take(const char *token) {
    expr_skip();
    if (strncmp(expr_at, token, strlen(token)) != 0) return 0;
    expr_at += strlen(token);
    return 1;
}
static void expr_need(const char *token) { if (!expr_take(token)) expr_wrong(); }
static PyObject *expr_value(void);

/* Characters of a literal, decoded: \n \t \r \\ \' \" \0, \xHH and \uHHHH. */
static PyObject *expr_text(int bytes) {
    char quote = *expr_at++;
    Py_UCS4 text[4096];
    Py_ssize_t size = 0;
    while (*expr_at != quote) {
        if (!*expr_at || size == 4096) expr_wrong();
        if (*expr_at != '\\') {
            const unsigned char *p = (const unsigned char *)expr_at;
            int more = bytes || *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;
            Py_UCS4 c = more ? *p & (0x3fu >> more) : *p;
            for (int i = 1; i <= more; i++) c = c << 6 | (p[i] & 0x3f);
            text[size++] = c;
            expr_at += 1 + more;
            continue;
        }
        char c = expr_at[1];
        expr_at += 2;
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits) {
            char hex[9] = "";
            memcpy(hex, expr_at, (size_t)digits);
            text[size++] = (Py_UCS4)strtoul(hex, NULL, 16);
            expr_at += digits;
        } else text[size++] = (Py_UCS4)(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == '0' ? 0 : c);
    }
    expr_at++;
    if (!bytes) return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text, size);
    char narrow[4096];
    for (Py_ssize_t i = 0; i < size; i++) narrow[i] = (char)text[i];
    return PyBytes_FromStringAndSize(narrow, size);
}

static PyObject *expr_number(void) {
    const char *start = expr_at;
    int hex = start[0] == '0' && (start[1] == 'x' || start[1] == 'b' || start[1] == 'o'), real = 0;
    while (Py_ISALNUM(*expr_at) || *expr_at == '.' || ((*expr_at == '-' || *expr_at == '+') && expr_at[-1] == 'e' && !hex)) {
        real |= !hex && (*expr_at == '.' || *expr_at == 'e');
        expr_at++;
    }
    char text[512];
    snprintf(text, sizeof text, "%.*s", (int)(expr_at - start), start);
    size_t n = strlen(text);
    if (text[n - 1] == 'j') { text[n - 1] = 0; return PyComplex_FromDoubles(0, strtod(text, NULL)); }
    return real ? PyFloat_FromDouble(strtod(text, NULL)) : PyLong_FromString(text, NULL, 0);
}

/* The items up to `end`, in a list. */
static PyObject *expr_items(const char *end, int *comma) {
    PyObject *items = PyList_New(0);
    *comma = 0;
    while (items && !expr_take(end)) {
        PyObject *item = expr_value();
        if (!item || PyList_Append(items, item) < 0) Py_CLEAR(items);
        Py_XDECREF(item);
        if (items && expr_take(",")) *comma = 1;
        else if (items) { expr_need(end); break; }
    }
    return items;
}

static PyObject *expr_dict(void) {
    PyObject *dict = PyDict_New();
    while (!expr_take("}")) {
        PyObject *key = expr_value();
        expr_need(":");
        PyObject *item = key ? expr_value() : NULL;
        int failed = !item || PyDict_SetItem(dict, key, item) < 0;
        Py_XDECREF(key); Py_XDECREF(item);
        if (failed) { Py_DECREF(dict); return NULL; }
        if (!expr_take(",")) { expr_need("}"); break; }
    }
    return dict;
}

static PyObject *expr_name(void) {
    char name[64]; int n = 0;
    while (Py_ISALNUM(*expr_at) || *expr_at == '_') if (n < 63) name[n++] = *expr_at++; else expr_wrong();
    name[n] = 0;
    if (!n) expr_wrong();
    PyObject *found = PyDict_GetItemString(expr_names, name);
    if (found) return Py_NewRef(found);
    PyObject *module = PyImport_ImportModule("builtins");
    found = module ? PyObject_GetAttrString(module, name) : NULL;
    Py_XDECREF(module);
    return found;
}

static PyObject *expr_atom(void) {
    int comma;
    expr_skip();
    if (expr_at[0] == 'b' && (expr_at[1] == '\'' || expr_at[1] == '"')) { expr_at++; return expr_text(1); }
    if (*expr_at == '\'' || *expr_at == '"') return expr_text(0);
    if (Py_ISDIGIT(*expr_at)) return expr_number();
    if (expr_take("[")) return expr_items("]", &comma);
    if (expr_take("{")) return expr_dict();
    if (expr_take("(")) {
        PyObject *items = expr_items(")", &comma), *result = NULL;
        if (items && PyList_GET_SIZE(items) == 1 && !comma) result = Py_NewRef(PyList_GET_ITEM(items, 0));
        else if (items) result = PyList_AsTuple(items);
        Py_XDECREF(items);
        return result;
    }
    if (expr_take("None")) Py_RETURN_NONE;
    if (expr_take("True")) Py_RETURN_TRUE;
    if (expr_take("False")) Py_RETURN_FALSE;
    return expr_name();
}

/* The arguments of a call, from behind its parenthesis. */
static PyObject *expr_call(PyObject *callable) {
    PyObject *args = PyList_New(0), *kwargs = NULL, *tuple = NULL, *result = NULL;
    int failed = 0;
    while (!failed && !expr_take(")")) {
        expr_skip();
        size_t n = strspn(expr_at, "abcdefghijklmnopqrstuvwxyz_");
        char name[64] = "";
        if (n && n < 64 && expr_at[n] == '=' && expr_at[n + 1] != '=') { memcpy(name, expr_at, n); expr_at += n + 1; }
        PyObject *item = expr_value();
        if (item && *name && !kwargs) kwargs = PyDict_New();
        failed = !item || (*name ? PyDict_SetItemString(kwargs, name, item) : PyList_Append(args, item)) < 0;
        Py_XDECREF(item);
        if (!failed && !expr_take(",")) { expr_need(")"); break; }
    }
    if (!failed && (tuple = PyList_AsTuple(args))) result = PyObject_Call(callable, tuple, kwargs);
    Py_XDECREF(tuple); Py_XDECREF(kwargs); Py_XDECREF(args);
    return result;
}

static PyObject *expr_subscript(void) {
    PyObject *parts[3] = {NULL, NULL, NULL};
    int n = 0;
    for (;;) {
        expr_skip();
        if (*expr_at != ':' && *expr_at != ']' && !(parts[n] = expr_value())) break;
        if (n == 2 || !expr_take(":")) break;
        n++;
    }
    if (PyErr_Occurred()) return NULL;
    expr_need("]");
    if (n == 0) return parts[0];
    PyObject *slice = PySlice_New(parts[0], parts[1], parts[2]);
    for (int i = 0; i < 3; i++) Py_XDECREF(parts[i]);
    return slice;
}

static PyObject *expr_primary(void) {
    if (expr_take("-")) {
        PyObject *operand = expr_primary(), *result = operand ? PyNumber_Negative(operand) : NULL;
        Py_XDECREF(operand);
        return result;
    }
    PyObject *value = expr_atom();
    while (value) {
        PyObject *next = NULL;
        if (*expr_at == '.') {
            expr_at++;
            char name[64]; int n = 0;
            while (Py_ISALNUM(*expr_at) || *expr_at == '_') if (n < 63) name[n++] = *expr_at++; else expr_wrong();
            name[n] = 0;
            next = PyObject_GetAttrString(value, name);
        } else if (*expr_at == '(') {
            expr_at++;
            next = expr_call(value);
        } else if (*expr_at == '[') {
            expr_at++;
            PyObject *key = expr_subscript();
            next = key ? PyObject_GetItem(value, key) : NULL;
            Py_XDECREF(key);
        } else break;
        Py_DECREF(value);
        value = next;
    }
    return value;
}

static PyObject *expr_power(PyObject *a, PyObject *b) { return PyNumber_Power(a, b, Py_None); }
static PyObject *expr_in(PyObject *a, PyObject *b) { int in = PySequence_Contains(b, a); return in < 0 ? NULL : PyBool_FromLong(in); }
#define EXPR_COMPARE(name, op) static PyObject *expr_##name(PyObject *a, PyObject *b) { return PyObject_RichCompare(a, b, op); }
EXPR_COMPARE(eq, Py_EQ) EXPR_COMPARE(ne, Py_NE) EXPR_COMPARE(lt, Py_LT) EXPR_COMPARE(le, Py_LE) EXPR_COMPARE(gt, Py_GT) EXPR_COMPARE(ge, Py_GE)
static PyObject *expr_is(PyObject *a, PyObject *b) { return PyBool_FromLong(a == b); }
static const struct { const char *sign; PyObject *(*apply)(PyObject *, PyObject *); } expr_operators[] = {
    {"**", expr_power}, {"*", PyNumber_Multiply}, {"+", PyNumber_Add}, {"-", PyNumber_Subtract}, {"%", PyNumber_Remainder},
    {"==", expr_eq}, {"!=", expr_ne}, {"<=", expr_le}, {"<", expr_lt}, {">=", expr_ge}, {">", expr_gt}, {"in ", expr_in}, {"is ", expr_is},
};

/* Operands with operators between them, from left to right. */
static PyObject *expr_value(void) {
    PyObject *left = expr_primary();
    while (left) {
        PyObject *(*apply)(PyObject *, PyObject *) = NULL;
        for (size_t i = 0; i < Py_ARRAY_LENGTH(expr_operators) && !apply; i++)
            if (expr_take(expr_operators[i].sign)) apply = expr_operators[i].apply;
        if (!apply) break;
        PyObject *right = expr_primary(), *result = right ? apply(left, right) : NULL;
        Py_DECREF(left); Py_XDECREF(right);
        left = result;
    }
    return left;
}

/* The value of the last statement; a new reference, or NULL with an exception. */
__attribute__((unused)) static PyObject *eval(const char *text) {
    PyObject *value = NULL;
    expr_at = text;
    expr_names = PyDict_New();
    do {
        Py_CLEAR(value);
        expr_skip();
        size_t n = strspn(expr_at, "abcdefghijklmnopqrstuvwxyz");
        const char *name = n && expr_at[n] == ' ' && expr_at[n + 1] == '=' && expr_at[n + 2] == ' ' ? expr_at : NULL;
        if (name) expr_at += n + 3;
        value = expr_value();
        if (value && name) {
            PyObject *key = PyUnicode_FromStringAndSize(name, (Py_ssize_t)n);
            if (PyDict_SetItem(expr_names, key, value) < 0) Py_CLEAR(value);
            Py_DECREF(key);
        }
    } while (value && expr_take(";"));
    if (value) { expr_skip(); if (*expr_at) expr_wrong(); }
    Py_CLEAR(expr_names);
    return value;
}

/* The expression's repr, or "!!Type: message". */
#define E(text, expected) CHECK_REPR(eval(text), expected)
#endif
