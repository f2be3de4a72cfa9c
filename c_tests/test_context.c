/* Contexts, context variables, tokens, watchers. */
#include "check.h"

static PyObject *text_of(PyObject *object) { return object ? PyUnicode_FromString(Py_TYPE(object)->tp_name) : NULL; }
static PyObject *get(PyObject *var, PyObject *otherwise) {
    PyObject *got = (PyObject *)-1;
    int code = PyContextVar_Get(var, otherwise, &got);
    if (code < 0) return NULL;
    return got ? got : PyUnicode_FromString("nothing");
}

TEST(variable) {
    PyObject *v = keep(PyContextVar_New("v", NULL)), *d = keep(PyContextVar_New("d", value("s", "default")));
    CHECK(PyContextVar_CheckExact(v) && !PyContextVar_CheckExact(Py_None));
    CHECK_REPR(get(v, NULL), "'nothing'");
    CHECK_REPR(get(v, value("i", 1)), "1");
    CHECK_REPR(get(d, NULL), "'default'");
    CHECK_REPR(get(d, value("i", 1)), "1");
    CHECK_REPR(get(Py_None, NULL), "!!TypeError: an instance of ContextVar was expected");
    PyObject *first = keep(PyContextVar_Set(v, value("i", 10))), *second = keep(PyContextVar_Set(v, value("i", 20)));
    CHECK(PyContextToken_CheckExact(first));
    CHECK_REPR(get(v, NULL), "20");
    CHECK_REPR(PyObject_GetAttrString(second, "old_value"), "10");
    CHECK_REPR(PyObject_GetAttrString(first, "old_value"), "<Token.MISSING>");
    CHECK(attr(first, "var") == v);
    CHECK_INT(PyContextVar_Reset(v, second), "0");
    CHECK_REPR(get(v, NULL), "10");
    CHECK_INT(PyContextVar_Reset(v, second), "-1 !!RuntimeError: <Token used var=<ContextVar name='v' at 0x...> at 0x...> has already been used once");
    CHECK_INT(PyContextVar_Reset(v, first), "0");
    CHECK_REPR(get(v, NULL), "'nothing'");
    CHECK_INT(PyContextVar_Reset(d, keep(PyContextVar_Set(v, Py_None))), "-1 !!ValueError: <Token var=<ContextVar name='v' at 0x...> at 0x...> was created by a different ContextVar");
    CHECK_REPR(PyContextVar_Set(Py_None, Py_None), "!!TypeError: an instance of ContextVar was expected");
    CHECK_INT(PyContextVar_Reset(v, Py_None), "-1 !!TypeError: an instance of Token was expected");
    CHECK_INT(PyContextVar_Reset(Py_None, first), "-1 !!TypeError: an instance of ContextVar was expected");
    CHECK_REPR(PyContextVar_New("\xff", NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    /* tokens out of order */
    PyObject *a = keep(PyContextVar_Set(v, value("i", 1))), *b = keep(PyContextVar_Set(v, value("i", 2)));
    CHECK_INT(PyContextVar_Reset(v, a), "0");
    CHECK_INT(PyContextVar_Reset(v, b), "0");
    CHECK_REPR(get(v, NULL), "1");
}

/* what was read, a value or that there is none, is told again until it changes: here, in another context, in another thread state */
TEST(read_again) {
    PyObject *v = keep(PyContextVar_New("v", NULL)), *other = keep(PyContextVar_New("other", value("s", "default")));
    PyObject *one = keep(PyContext_New()), *two = keep(PyContext_New());
    for (int again = 0; again < 2; again++) {
        CHECK_INT(PyContext_Enter(one), "0");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "'nothing'");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(v, value("i", 7)), "7");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(other, NULL), "'default'");
        PyObject *token = keep(PyContextVar_Set(v, value("i", 1)));
        for (int i = 0; i < 2; i++) CHECK_REPR(get(v, value("i", 7)), "1");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(other, NULL), "'default'");
        CHECK_INT(PyContext_Enter(two), "0");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "'nothing'");
        CHECK_INT(PyContext_Exit(two), "0");
        CHECK_REPR(get(v, NULL), "1");
        PyObject *copy = keep(PyContext_CopyCurrent());
        CHECK_INT(PyContextVar_Reset(v, token), "0");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "'nothing'");
        CHECK_INT(PyContext_Enter(copy), "0");
        for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "1");
        CHECK_INT(PyContext_Exit(copy), "0");
        CHECK_REPR(get(v, NULL), "'nothing'");
        CHECK_INT(PyContext_Exit(one), "0");
    }
    /* a thread state that has no context yet, gets one, and loses it */
    PyThreadState *main = PyThreadState_Get(), *fresh = PyThreadState_New(PyInterpreterState_Get());
    PyThreadState_Swap(fresh);
    for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "'nothing'");
    keep(PyContextVar_Set(other, value("i", 2)));
    for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "'nothing'");
    CHECK_REPR(get(other, NULL), "2");
    keep(PyContextVar_Set(v, value("i", 3)));
    for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "3");
    PyThreadState_Clear(fresh);
    for (int i = 0; i < 2; i++) CHECK_REPR(get(v, NULL), "'nothing'");
    CHECK_REPR(get(other, NULL), "'default'");
    PyThreadState_Clear(fresh);
    PyThreadState_Swap(main);
    PyThreadState_Delete(fresh);
    CHECK_REPR(get(v, NULL), "'nothing'");
}

TEST(context) {
    PyObject *v = keep(PyContextVar_New("v", NULL)), *one = keep(PyContext_New()), *two = keep(PyContext_New());
    CHECK(PyContext_CheckExact(one) && !PyContext_CheckExact(v));
    CHECK_INT(PyContext_Enter(one), "0");
    keep(PyContextVar_Set(v, value("i", 1)));
    CHECK_REPR(get(v, NULL), "1");
    CHECK_INT(PyContext_Enter(two), "0");
    CHECK_REPR(get(v, NULL), "'nothing'");
    CHECK_INT(PyContext_Exit(one), "-1 !!RuntimeError: cannot exit context: thread state references a different context object");
    CHECK_INT(PyContext_Enter(one), "-1 !!RuntimeError: cannot enter context: <_contextvars.Context object at 0x...> is already entered");
    CHECK_INT(PyContext_Exit(two), "0");
    PyObject *copy = keep(PyContext_CopyCurrent()), *copied = keep(PyContext_Copy(one));
    CHECK_REPR(PyObject_GetItem(copy, v), "1");
    CHECK_REPR(PyObject_GetItem(copied, v), "1");
    keep(PyContextVar_Set(v, value("i", 2)));
    CHECK_REPR(PyObject_GetItem(copy, v), "1");
    CHECK_REPR(PyObject_GetItem(one, v), "2");
    CHECK_INT(PyContext_Exit(one), "0");
    CHECK_INT(PyContext_Exit(one), "-1 !!RuntimeError: cannot exit context: <_contextvars.Context object at 0x...> has not been entered");
    CHECK_INT(PyContext_Enter(Py_None), "-1 !!TypeError: an instance of Context was expected");
    CHECK_INT(PyContext_Exit(Py_None), "-1 !!TypeError: an instance of Context was expected");
    CHECK_REPR(PyContext_Copy(Py_None), "!!TypeError: an instance of Context was expected");
    /* a token of another context */
    CHECK_INT(PyContext_Enter(one), "0");
    PyObject *token = keep(PyContextVar_Set(v, Py_None));
    CHECK_INT(PyContext_Exit(one), "0");
    CHECK_INT(PyContextVar_Reset(v, token), "-1 !!ValueError: <Token var=<ContextVar name='v' at 0x...> at 0x...> was created in a different Context");
}

TEST(mapping) {
    PyObject *context = keep(PyContext_New()), *v = keep(PyContextVar_New("v", NULL)), *w = keep(PyContextVar_New("w", NULL));
    CHECK_INT(PyContext_Enter(context), "0");
    keep(PyContextVar_Set(v, value("i", 1)));
    CHECK_INT(PyContext_Exit(context), "0");
    CHECK_INT(PyObject_Size(context), "1");
    CHECK_REPR(PyObject_GetItem(context, v), "1");
    CHECK_REPR(PyObject_GetItem(context, w), "!!KeyError: <ContextVar name='w' at 0x...>");
    CHECK_REPR(PyObject_GetItem(context, value("i", 1)), "!!TypeError: a ContextVar key was expected, got 1");
    CHECK_INT(PySequence_Contains(context, v), "1");
    CHECK_INT(PySequence_Contains(context, w), "0");
    CHECK_INT(PySequence_Contains(context, value("i", 1)), "-1 !!TypeError: a ContextVar key was expected, got 1");
    CHECK_REPR(PyObject_CallMethod(context, "get", "O", v), "1");
    CHECK_REPR(PyObject_CallMethod(context, "get", "Oi", w, 7), "7");
    CHECK_REPR(PyObject_CallMethod(context, "get", "O", w), "None");
    CHECK_REPR(PySequence_List(keep(PyObject_CallMethod(context, "values", NULL))), "[1]");
    PyObject *keys = keep(PySequence_List(keep(PyObject_CallMethod(context, "keys", NULL))));
    CHECK(PyList_GET_SIZE(keys) == 1 && PyList_GET_ITEM(keys, 0) == v);
    CHECK_REPR(text_of(keep(PyObject_CallMethod(context, "items", NULL))), "'items'");
    PyObject *iterated = keep(PySequence_List(context));
    CHECK(PyList_GET_SIZE(iterated) == 1);
    CHECK_REPR(PyObject_RichCompare(context, keep(PyContext_Copy(context)), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(context, keep(PyContext_New()), Py_EQ), "False");
    CHECK_INT(PyObject_Hash(context), "-1 !!TypeError: unhashable type: '_contextvars.Context'");
    CHECK_INT(PyObject_SetItem(context, v, Py_None), "-1 !!TypeError: '_contextvars.Context' object does not support item assignment");
    CHECK_REPR(PyObject_CallMethod(context, "run", "O", builtin("dict")), "{}");
    CHECK_REPR(PyObject_CallMethod(context, "run", NULL), "!!TypeError: run() missing 1 required positional argument");
    CHECK_REPR(PyObject_Call(attr(context, "run"), value("(O)", builtin("dict")), value("{si}", "a", 1)), "{'a': 1}");
    CHECK_REPR(PyObject_CallMethod(context, "run", "OO", attr(v, "get"), Py_None), "1");
    CHECK_REPR(text_of(keep(PyObject_CallMethod(context, "copy", NULL))), "'_contextvars.Context'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyContext_Type, "i", 1), "!!TypeError: Context() does not accept any arguments");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyContextToken_Type), "!!RuntimeError: Tokens can only be created by ContextVars");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyContextVar_Type, "i", 1), "!!TypeError: context variable name must be a str");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyContextVar_Type), "!!TypeError: ContextVar() takes exactly 1 positional argument (0 given)");
    CHECK_REPR(text_of(keep(PyObject_Call((PyObject *)&PyContextVar_Type, value("(s)", "n"), value("{si}", "default", 4)))), "'_contextvars.ContextVar'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "C", &PyContext_Type), "!!TypeError: type '_contextvars.Context' is not an acceptable base type");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyContextVar_Type, (PyObject *)&PyLong_Type), "_contextvars.ContextVar[int]");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyContext_Type, (PyObject *)&PyLong_Type), "!!TypeError: type '_contextvars.Context' is not subscriptable");
}

TEST(methods) {
    PyObject *v = keep(PyContextVar_New("v", NULL)), *token = keep(PyObject_CallMethod(v, "set", "i", 3));
    CHECK_REPR(PyObject_GetAttrString(v, "name"), "'v'");
    CHECK_REPR(PyObject_CallMethod(v, "get", NULL), "3");
    CHECK_REPR(PyObject_CallMethod(v, "reset", "O", token), "None");
    CHECK_REPR(PyObject_CallMethod(v, "get", NULL), "!!LookupError: <ContextVar name='v' at 0x...>");
    CHECK_REPR(PyObject_CallMethod(v, "get", "i", 5), "5");
    CHECK_REPR(PyObject_CallMethod(v, "reset", "i", 5), "!!TypeError: expected an instance of Token, got 5");
    CHECK_REPR(PyObject_CallMethod(v, "set", NULL), "!!TypeError: ContextVar.set() takes exactly one argument (0 given)");
    CHECK_INT(PyObject_SetAttrString(v, "name", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)&PyContextToken_Type, "MISSING"), "<Token.MISSING>");
    CHECK_INT(PyObject_Hash(token), "-1 !!TypeError: unhashable type: '_contextvars.Token'");
    PyObject *with = keep(PyObject_CallMethod(v, "set", "i", 4));
    CHECK(keep(PyObject_CallMethod(with, "__enter__", NULL)) == with);
    CHECK_REPR(PyObject_CallMethod(with, "__exit__", "OOO", Py_None, Py_None, Py_None), "None");
    CHECK_REPR(get(v, NULL), "'nothing'");
    PyObject *module = keep(PyImport_ImportModule("_contextvars"));
    CHECK_REPR(text_of(keep(PyObject_CallMethod(module, "copy_context", NULL))), "'_contextvars.Context'");
    CHECK_REPR(PyObject_GetAttrString(module, "ContextVar"), "<class '_contextvars.ContextVar'>");
}

/* 2,000 variables in one context, and a copy of each state seen on the way is unchanged */
TEST(many) {
    PyObject *vars = keep(PyList_New(0)), *middle = NULL, *context = keep(PyContext_New());
    CHECK_INT(PyContext_Enter(context), "0");
    for (int i = 0; i < 2000; i++) {
        char name[16];
        snprintf(name, sizeof name, "v%d", i);
        PyObject *v = PyContextVar_New(name, NULL), *token = PyContextVar_Set(v, value("i", i));
        PyList_Append(vars, v);
        Py_DECREF(v); Py_DECREF(token);
        if (i == 999) middle = keep(PyContext_CopyCurrent());
    }
    int right = 1;
    for (int i = 0; i < 2000; i++) {
        PyObject *got = get(PyList_GET_ITEM(vars, i), NULL);
        right &= PyLong_Check(got) && PyLong_AsLong(got) == i;
        Py_DECREF(got);
    }
    CHECK(right);
    CHECK_INT(PyContext_Exit(context), "0");
    CHECK_INT(PyObject_Size(middle), "1000");
    CHECK_INT(PyObject_Size(context), "2000");
    CHECK_INT(PySequence_Contains(middle, PyList_GET_ITEM(vars, 999)), "1");
    CHECK_INT(PySequence_Contains(middle, PyList_GET_ITEM(vars, 1000)), "0");
    CHECK_INT(PyObject_Size(keep(PySequence_List(context))), "2000");
}

static int calls; static PyObject *last;
static int watch(PyContextEvent event, PyObject *context) { calls += event == Py_CONTEXT_SWITCHED; last = context; return 0; }
TEST(watchers) {
    int id = PyContext_AddWatcher(watch);
    CHECK(id >= 0);
    PyObject *context = keep(PyContext_New());
    CHECK_INT(PyContext_Enter(context), "0");
    CHECK(calls == 1 && last == context);
    CHECK_INT(PyContext_Exit(context), "0");
    CHECK(calls == 2 && last != context);
    CHECK_INT(PyContext_ClearWatcher(7), "-1 !!ValueError: No context watcher set for ID 7");
    CHECK_INT(PyContext_ClearWatcher(99), "-1 !!ValueError: Invalid context watcher ID 99");
    CHECK_INT(PyContext_ClearWatcher(-1), "-1 !!ValueError: Invalid context watcher ID -1");
    for (int i = 0; i < 7; i++) PyContext_AddWatcher(watch);
    CHECK_NO_ERROR();
    CHECK_INT(PyContext_AddWatcher(watch), "-1 !!RuntimeError: no more context watcher IDs available");
    for (int i = 0; i < 8; i++) PyContext_ClearWatcher(i);
    CHECK_NO_ERROR();
}
CHECK_MAIN()
