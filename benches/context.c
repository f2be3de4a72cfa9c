/* Contexts: variables, tokens, and what many variables cost. */
#include "bench.h"

static PyObject *variable(const char *name, PyObject *value) { return must(PyContextVar_New(name, value)); }

void area_context(void) {
    PyObject *value = NULL, *fallback = PyLong_FromLong(1000), *other = PyLong_FromLong(2000);
    PyObject *unset = variable("unset", NULL), *var = variable("var", NULL), *defaulted = variable("defaulted", fallback);
    LINE("ContextVar get, the variable's default", 1, PyContextVar_Get(defaulted, NULL, &value); Py_DECREF(value));
    LINE("ContextVar get, the caller's default", 1, PyContextVar_Get(unset, other, &value); Py_DECREF(value));
    Py_DECREF(must(PyContextVar_Set(var, other)));
    LINE("ContextVar get, set", 1, PyContextVar_Get(var, NULL, &value); Py_DECREF(value));
    PyObject *values[2] = {fallback, other};
    LINE("ContextVar set", 1.5, Py_DECREF(PyContextVar_Set(var, values[i & 1])));
    LINE("ContextVar set+reset", 1.5,
        PyObject *token = PyContextVar_Set(var, values[i & 1]);
        PyContextVar_Reset(var, token);
        Py_DECREF(token));
    LINE("copy_context", 1, Py_DECREF(PyContext_CopyCurrent()));
    PyObject *context = must(PyContext_New());
    LINE("Context enter+exit", 1, PyContext_Enter(context); PyContext_Exit(context));
    static PyMethodDef def = {"nothing", nothing, METH_NOARGS, NULL};
    PyObject *run = must(PyObject_GetAttrString(context, "run")), *function = bench_function(&def);
    LINE("Context.run of a C function", 1, Py_DECREF(PyObject_CallOneArg(run, function)));
    Py_DECREF(run);
    Py_DECREF(function);
    Py_DECREF(context);
    Py_DECREF(unset);
    Py_DECREF(var);
    Py_DECREF(defaulted);
    Py_DECREF(fallback);
    Py_DECREF(other);
}

/* A fixed order that caches can't foresee. */
static unsigned random_next(void) {
    static unsigned state = 12345;
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    return state;
}

static PyObject **make(int count) {
    PyObject **variables = must(malloc(sizeof *variables * (size_t)count));
    char name[20];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "v%d", i);
        variables[i] = variable(name, NULL);
    }
    return variables;
}

static void drop(PyObject **variables, int count) {
    for (int i = 0; i < count; i++) Py_DECREF(variables[i]);
    free(variables);
}

void area_variables(void) {
    const int sizes[] = {10, 1000, 100000};
    const double asked_of_set[] = {1, 1.5, 1.5};
    enum { ORDER = 1 << 16 };
    unsigned *order = must(malloc(sizeof *order * ORDER));
    for (int s = 0; s < 3; s++) {
        int count = sizes[s];
        PyObject **variables = make(count), *context = must(PyContext_New()), *value;
        PyContext_Enter(context);
        for (int i = 0; i < count; i++) Py_DECREF(must(PyContextVar_Set(variables[i], Py_True)));
        for (int i = 0; i < ORDER; i++) order[i] = random_next() % (unsigned)count;
        char name[80];
        snprintf(name, sizeof name, "get among %d variables", count);
        LINE(name, 1, PyContextVar_Get(variables[order[i & (ORDER - 1)]], NULL, &value); Py_DECREF(value));
        snprintf(name, sizeof name, "set among %d variables", count);
        LINE(name, asked_of_set[s],
            Py_DECREF(PyContextVar_Set(variables[order[i & (ORDER - 1)]], i & 1 ? Py_True : Py_False)));
        PyContext_Exit(context);
        Py_DECREF(context);
        drop(variables, count);
    }
    free(order);
}

static double resident(void) {
    long pages = 0;
    FILE *file = must(fopen("/proc/self/statm", "r"));
    if (fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* What the process grows by, for a variable that is set in a context of 100,000. */
void area_variable_memory(void) {
    enum { COUNT = 100000 };
    PyObject **variables = make(COUNT), *context = must(PyContext_New());
    PyContext_Enter(context);
    double before = resident();
    for (int i = 0; i < COUNT; i++) Py_DECREF(must(PyContextVar_Set(variables[i], Py_True)));
    bench_record("memory of a set variable, of 100000", "bytes", "1", (resident() - before) / COUNT);
    PyContext_Exit(context);
    Py_DECREF(context);
    drop(variables, COUNT);
}
