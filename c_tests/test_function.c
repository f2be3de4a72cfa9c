/* Python functions as objects: made, looked at, changed, bound, watched. (That calling them is refused here is in
 * test_ext_evaluator.) */
#include "check.h"

#define TYPE ((PyObject *)&PyFunction_Type)
static PyObject *code(void) { return keep((PyObject *)PyCode_NewEmpty("file.py", "name", 7)); }
static PyObject *function(void) { return keep(PyFunction_New(code(), value("{ss}", "__name__", "module"))); }

TEST(make) {
    PyObject *f = function();
    CHECK_REPR(PyObject_Repr(f), "'<function name at 0x...>'");
    CHECK_REPR(PyObject_GetAttrString(f, "__name__"), "'name'");
    CHECK_REPR(PyObject_GetAttrString(f, "__qualname__"), "'name'");
    CHECK_REPR(PyObject_GetAttrString(f, "__module__"), "'module'");
    CHECK_REPR(PyObject_GetAttrString(f, "__doc__"), "None");
    CHECK_REPR(PyObject_GetAttrString(f, "__dict__"), "{}");
    CHECK_REPR(PyObject_GetAttrString(f, "__globals__"), "{'__name__': 'module'}");
    CHECK_REPR(PyObject_GetAttrString(f, "__closure__"), "None");
    CHECK_REPR(PyObject_GetAttrString(f, "__type_params__"), "()");
    CHECK_REPR(PyObject_Type(attr(f, "__code__")), "<class 'code'>");
    CHECK_REPR(PyObject_Type(attr(f, "__builtins__")), "<class 'dict'>");
    CHECK_REPR(PyObject_GetAttrString(keep(PyFunction_NewWithQualName(code(), value("{}"), value("s", "A.b"))), "__qualname__"), "'A.b'");
    CHECK_REPR(PyObject_GetAttrString(keep(PyFunction_New(code(), value("{}"))), "__module__"), "None");
    CHECK_REPR(PyObject_GetAttrString(keep(PyFunction_New(code(), value("{s{si}}", "__builtins__", "x", 1))), "__builtins__"), "{'x': 1}");
    CHECK_REPR(PyObject_CallNoArgs(TYPE), "!!TypeError: function() missing required argument 'code' (pos 1)");
    CHECK_REPR(PyObject_CallFunction(TYPE, "i{}", 1), "!!TypeError: function() argument 'code' must be code, not int");
    CHECK_REPR(PyObject_CallFunction(TYPE, "Oi", code(), 1), "!!TypeError: function() argument 'globals' must be dict, not int");
    CHECK_REPR(PyObject_CallFunction(TYPE, "O{}i", code(), 1), "!!TypeError: arg 3 (name) must be None or string");
    CHECK_REPR(PyObject_CallFunction(TYPE, "O{}zi", code(), NULL, 1), "!!TypeError: arg 4 (defaults) must be None or tuple");
    CHECK_REPR(PyObject_CallFunction(TYPE, "O{}zzi", code(), NULL, NULL, 1), "!!TypeError: arg 5 (closure) must be None or tuple");
    CHECK_REPR(PyObject_CallFunction(TYPE, "O{}zz(i)", code(), NULL, NULL, 1), "!!ValueError: name requires closure of length 0, not 1");
    CHECK_REPR(PyObject_CallFunction(TYPE, "O{}zz()i", code(), NULL, NULL, 1), "!!TypeError: arg 6 (kwdefaults) must be None or dict");
    f = keep(PyObject_CallFunction(TYPE, "O{}s(i)z{si}", code(), "other", 5, NULL, "k", 6));
    CHECK_REPR(PyObject_GetAttrString(f, "__name__"), "'other'");
    CHECK_REPR(PyObject_GetAttrString(f, "__qualname__"), "'name'");
    CHECK_REPR(PyObject_GetAttrString(f, "__defaults__"), "(5,)");
    CHECK_REPR(PyObject_GetAttrString(f, "__kwdefaults__"), "{'k': 6}");
    CHECK_INT(PyFunction_Check(f), "1");
}

TEST(change) {
    PyObject *f = function();
    CHECK_INT(PyObject_SetAttrString(f, "__name__", value("s", "new")), "0");
    CHECK_INT(PyObject_SetAttrString(f, "__name__", value("i", 1)), "-1 !!TypeError: __name__ must be set to a string object");
    CHECK_INT(PyObject_DelAttrString(f, "__name__"), "-1 !!TypeError: __name__ must be set to a string object");
    CHECK_INT(PyObject_SetAttrString(f, "__qualname__", value("s", "New.name")), "0");
    CHECK_INT(PyObject_SetAttrString(f, "__qualname__", value("i", 1)), "-1 !!TypeError: __qualname__ must be set to a string object");
    CHECK_REPR(PyObject_Repr(f), "'<function New.name at 0x...>'");
    CHECK_INT(PyObject_SetAttrString(f, "__code__", value("i", 1)), "-1 !!TypeError: __code__ must be set to a code object");
    CHECK_INT(PyObject_DelAttrString(f, "__code__"), "-1 !!TypeError: __code__ must be set to a code object");
    CHECK_INT(PyObject_SetAttrString(f, "__code__", code()), "0");
    CHECK_INT(PyObject_SetAttrString(f, "__defaults__", value("(i)", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(f, "__defaults__"), "(1,)");
    CHECK_INT(PyObject_SetAttrString(f, "__defaults__", value("i", 1)), "-1 !!TypeError: __defaults__ must be set to a tuple object");
    CHECK_INT(PyObject_DelAttrString(f, "__defaults__"), "0");
    CHECK_REPR(PyObject_GetAttrString(f, "__defaults__"), "None");
    CHECK_INT(PyObject_SetAttrString(f, "__kwdefaults__", value("i", 1)), "-1 !!TypeError: __kwdefaults__ must be set to a dict object");
    CHECK_INT(PyObject_SetAttrString(f, "__kwdefaults__", value("{si}", "a", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(f, "__annotations__"), "{}");
    CHECK_REPR(PyObject_GetAttrString(f, "__annotate__"), "None");
    CHECK_INT(PyObject_SetAttrString(f, "__annotations__", value("i", 1)), "-1 !!TypeError: __annotations__ must be set to a dict object");
    CHECK_INT(PyObject_SetAttrString(f, "__annotations__", value("{si}", "a", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(f, "__annotations__"), "{'a': 1}");
    CHECK_INT(PyObject_DelAttrString(f, "__annotations__"), "0");
    CHECK_INT(PyObject_SetAttrString(f, "__annotate__", value("i", 1)), "-1 !!TypeError: __annotate__ must be callable or None");
    CHECK_INT(PyObject_SetAttrString(f, "__annotate__", Py_None), "0");
    CHECK_INT(PyObject_DelAttrString(f, "__annotate__"), "-1 !!TypeError: __annotate__ cannot be deleted");
    CHECK_INT(PyObject_SetAttrString(f, "__type_params__", value("i", 1)), "-1 !!TypeError: __type_params__ must be set to a tuple");
    CHECK_INT(PyObject_SetAttrString(f, "__type_params__", value("(i)", 1)), "0");
    CHECK_INT(PyObject_SetAttrString(f, "__globals__", value("i", 1)), "-1 !!AttributeError: readonly attribute");
    CHECK_INT(PyObject_SetAttrString(f, "__closure__", value("i", 1)), "-1 !!AttributeError: readonly attribute");
    CHECK_INT(PyObject_SetAttrString(f, "__dict__", value("i", 1)), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'int'");
    CHECK_INT(PyObject_SetAttrString(f, "__module__", value("s", "elsewhere")), "0");
    CHECK_REPR(PyObject_GetAttrString(f, "__module__"), "'elsewhere'");
    CHECK_INT(PyObject_SetAttrString(f, "own", value("i", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(f, "__dict__"), "{'own': 1}");
}

TEST(functions) {
    PyObject *f = function();
    CHECK_BORROWED(PyFunction_GetGlobals(f), "{'__name__': 'module'}");
    CHECK_BORROWED(PyFunction_GetModule(f), "'module'");
    CHECK_BORROWED(PyFunction_GetDefaults(f), "NULL");
    CHECK_BORROWED(PyFunction_GetKwDefaults(f), "NULL");
    CHECK_BORROWED(PyFunction_GetClosure(f), "NULL");
    CHECK_BORROWED(PyFunction_GetAnnotations(f), "None");
    CHECK_BORROWED(PyFunction_GetCode(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_BORROWED(PyFunction_GetGlobals(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_INT(PyFunction_SetDefaults(f, value("(i)", 1)), "0");
    CHECK_BORROWED(PyFunction_GetDefaults(f), "(1,)");
    CHECK_INT(PyFunction_SetDefaults(f, value("i", 1)), "-1 !!SystemError: non-tuple default args");
    CHECK_INT(PyFunction_SetDefaults(f, Py_None), "0");
    CHECK_BORROWED(PyFunction_GetDefaults(f), "NULL");
    CHECK_INT(PyFunction_SetKwDefaults(f, value("{si}", "a", 1)), "0");
    CHECK_INT(PyFunction_SetKwDefaults(f, value("i", 1)), "-1 !!SystemError: non-dict keyword only default args");
    CHECK_INT(PyFunction_SetAnnotations(f, value("{si}", "a", 1)), "0");
    CHECK_INT(PyFunction_SetAnnotations(f, value("i", 1)), "-1 !!SystemError: non-dict annotations");
    CHECK_INT(PyFunction_SetClosure(f, value("i", 1)), "-1 !!SystemError: expected tuple for closure, got 'int'");
    CHECK_INT(PyFunction_SetClosure(f, Py_None), "0");
    CHECK_INT(PyFunction_SetDefaults(Py_None, Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_REPR(PyObject_CallMethod(f, "__get__", "i", 3), "<bound method name of 3>");
    CHECK_INT(PyObject_RichCompareBool(f, keep(PyObject_CallMethod(f, "__get__", "OO", Py_None, TYPE)), Py_EQ), "1");
}

static char events[256];
static int watcher(PyFunction_WatchEvent event, PyFunctionObject *f, PyObject *new_value) {
    snprintf(events + strlen(events), sizeof events - strlen(events), "%d%s%s ", (int)event, f ? "" : "?", new_value ? "v" : "");
    return 0;
}
TEST(watchers) {
    int id = PyFunction_AddWatcher(watcher);
    CHECK(id >= 0);
    PyObject *f = PyFunction_New(code(), value("{}"));
    CHECK_STR_EQ(events, "0 ");
    CHECK_INT(PyObject_SetAttrString(f, "__defaults__", value("(i)", 1)), "0");
    CHECK_INT(PyFunction_SetKwDefaults(f, Py_None), "0");
    CHECK_INT(PyObject_SetAttrString(f, "__code__", code()), "0");
    Py_DECREF(f);
    CHECK_STR_EQ(events, "0 3v 4 2v 1 ");
    CHECK_INT(PyFunction_ClearWatcher(id), "0");
    CHECK_INT(PyFunction_ClearWatcher(-1), "-1 !!ValueError: invalid func watcher ID -1");
    CHECK_INT(PyFunction_ClearWatcher(8), "-1 !!ValueError: invalid func watcher ID 8");
    CHECK_INT(PyFunction_ClearWatcher(id), "-1 !!ValueError: no func watcher set for ID 0");
    int ids[9], n = 0;
    while (n < 9 && (ids[n] = PyFunction_AddWatcher(watcher)) >= 0) n++;
    CHECK_RAISES((void)0, PyExc_RuntimeError, "no more func watcher IDs available");
    while (n) PyFunction_ClearWatcher(ids[--n]);
}
CHECK_MAIN()
