/* Formats of C, drawn too: of PyArg_ParseTuple, Py_BuildValue, PyUnicode_FromFormat and PyErr_Format. */
#include "calls.h"

static int converter(PyObject *o, void *to) { *(long long *)to = 77; if (o == Py_None) PyErr_SetString(PyExc_ValueError, "None is refused"); return o != Py_None; }
/* What a unit of PyArg_Parse stored, which is of this kind: integer of some bytes, text, object, float, double, complex. */
static const struct { const char *unit; char kind; int bytes; } units[] = {
    {"b", 'i', 1}, {"B", 'i', 1}, {"h", 'i', 2}, {"H", 'i', 2}, {"i", 'i', 4}, {"I", 'i', 4}, {"l", 'i', 8}, {"k", 'i', 8}, {"L", 'i', 8}, {"K", 'i', 8},
    {"n", 'i', 8}, {"p", 'i', 4}, {"c", 'i', 1}, {"C", 'i', 4}, {"f", 'f', 4}, {"d", 'd', 8}, {"D", 'D', 16}, {"s", 's', 0}, {"z", 's', 0}, {"y", 's', 0},
    {"U", 'o', 0}, {"S", 'o', 0}, {"Y", 'o', 0}, {"O", 'o', 0}, {"O!", '!', 0}, {"O&", '&', 8}, {"s*", '*', 0}, {"y*", '*', 0}, {"z*", '*', 0}, {"w*", '*', 0},
    {"s#", '#', 0}, {"y#", '#', 0}, {"es", 'e', 0}, {"(ii)", '2', 4}, {"|", ' ', 0}, {"$", ' ', 0}, {"q", ' ', 0},
};
static void parse(uint32_t round) {
    static union { char bytes[128]; long long integer; const char *text; PyObject *object; float single; double number; Py_complex both; Py_buffer view; } to[12];
    void *p[12] = {0};
    char format[64] = "";
    uint32_t n = below(4) + 1, at = 0, kinds[4], places[4], given = below(5);
    memset(to, 0, sizeof to);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t u = kinds[i] = below(below(8) ? COUNT(units) - 4 : COUNT(units));
        strcat(format, units[u].unit);
        if (units[u].kind == '!') p[at++] = &PyLong_Type;
        if (units[u].kind == '&') p[at++] = (void *)converter;
        if (units[u].kind == 'e') p[at++] = (void *)"utf-8";
        places[i] = at;
        if (units[u].kind != ' ') { p[at] = &to[at]; at++; }
        if (units[u].kind == '#' || units[u].kind == '2') { p[at] = &to[at]; at++; }
    }
    if (below(2)) strcat(format, below(2) ? ":name" : ";message");
    PyObject *args = PyTuple_New(given);
    name_it("PyArg_ParseTuple(");
    for (uint32_t a = 0; a < given; a++) {
        const char *value = ONE_OF(values);
        add_name("%s%s", a ? ", " : "", value);
        PyTuple_SetItem(args, a, made(value));
    }
    add_name("; \"%s\") %u", format, round);
    if (!PyArg_ParseTuple(args, format, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11])) print_line(raised());
    else {
        char out[2048] = "";
        for (uint32_t i = 0; i < n; i++) {
            char one[512] = "";
            long long mask = units[kinds[i]].bytes == 8 ? -1 : (1LL << 8 * units[kinds[i]].bytes) - 1;
            int k = units[kinds[i]].kind;
            uint32_t at = places[i];
            if (k == 'i' || k == '&' || k == '2') snprintf(one, sizeof one, "%lld ", to[at].integer & mask);
            else if (k == 'f') snprintf(one, sizeof one, "%g ", (double)to[at].single);
            else if (k == 'd') snprintf(one, sizeof one, "%g ", to[at].number);
            else if (k == 'D') snprintf(one, sizeof one, "%g,%g ", to[at].both.real, to[at].both.imag);
            else if (k == 's' || k == 'e' || k == '#') snprintf(one, sizeof one, "%.100s ", to[at].text ? to[at].text : "NULL");
            else if (k == 'o' || k == '!') snprintf(one, sizeof one, "%.100s ", to[at].object ? shown(to[at].object) : "NULL");
            else if (k == '*') { snprintf(one, sizeof one, "%zd bytes, %d ", to[at].view.len, to[at].view.readonly); PyBuffer_Release(&to[at].view); }
            if (k == 'e') PyMem_Free((void *)to[at].text);
            strcat(out, one);
        }
        for (char *c = out; *c; c++) if (*c == '\n' || *c == '\t') *c = ' ';
        print_line(out);
    }
    Py_DECREF(args);
}
/* One conversion of PyUnicode_FromFormat or PyErr_Format, with a value of the type that it wants. */
static void from_format(uint32_t round) {
    static const char *const conversions[] = {"d", "i", "u", "x", "X", "o", "ld", "lu", "lx", "lld", "llu", "llX", "zd", "zu", "zx", "td", "jd", "c", "s", "U", "V", "S", "R", "A",
        "T", "#T", "N", "%", "q", ""};
    const char *value = ONE_OF(values), *conversion = ONE_OF(conversions);
    char format[64] = "<%";
    for (uint32_t i = below(3); i; i--) strncat(format, &"-0"[below(2)], 1);
    if (below(2)) strcat(format, ONE_OF(((const char *const[]){"1", "5", "12", "30"})));
    if (below(2)) strcat(format, ONE_OF(((const char *const[]){".0", ".2", ".7", "."})));
    strcat(format, conversion);
    strcat(format, ">\xc3\xa9");
    if (below(2)) format[strlen(format) - 2] = 0;
    long long number = (long long[]){0, 1, -1, 65, -70000, 4294967296, LLONG_MAX, LLONG_MIN}[below(8)];
    PyObject *o = made(value);
    /* How wide an address is differs from run to run. */
    if (strstr(shown(o), " at 0x")) { Py_DECREF(o); o = made(value = "'abc'"); }
    int error = below(4) == 0, wide = conversion[0] && strchr("lztj", conversion[0]), kind = conversion[0] == '#' ? 'T' : conversion[0];
    PyObject *text = PyUnicode_Check(o) ? Py_NewRef(o) : PyUnicode_FromString("plain");
#define FORMAT(...) (error ? PyErr_Format(PyExc_ValueError, format, __VA_ARGS__) : PyUnicode_FromFormat(format, __VA_ARGS__))
    name_it("%s(\"%s\", %s or %lld) %u", error ? "PyErr_Format" : "PyUnicode_FromFormat", format, value, number, round);
    print_result(wide ? FORMAT(number) : kind && strchr("SRAT", kind) ? FORMAT(o) : kind == 'N' ? FORMAT(Py_TYPE(o)) : kind == 'U' ? FORMAT(text)
        : kind == 'V' ? FORMAT(PyUnicode_Check(o) ? o : NULL, "else") : kind == 's' ? FORMAT("some text \xe2\x82\xac") : FORMAT((int)number));
    Py_DECREF(o); Py_DECREF(text);
}
static void build(uint32_t round) {
    static const char *const parts[] = {"i", "b", "h", "l", "k", "L", "K", "n", "B", "H", "I", "p", "c", "C", "(", ")", "[", "]", "{", "}", ",", ":", " ", "q"};
    const char *format = PIECES(parts, 7);
    long n = (long[]){0, 1, -1, 65, 300, 70000}[below(6)];
    name_it("Py_BuildValue(\"%s\", %ld) %u", format, n, round);
    print_result(Py_BuildValue(format, n, n, n, n, n, n, n, n));
}
void arguments(void) {
    for (uint32_t i = 0; i < 6000; i++) {
        char round[16];
        snprintf(round, sizeof round, "%u", i);
        start("arguments", round, 0);
        parse(i);
        from_format(i);
        build(i);
    }
}
