/* What generators and coroutines are made with: StopIteration with any value, its value again, and the iterator behind `await`. The
 * prototypes stand here: they are exported, and in no public header. */
#include "check.h"
#include "expression.h"

extern PyObject *_PyCoro_GetAwaitableIter(PyObject *);
extern int _PyGen_FetchStopIterationValue(PyObject **), _PyGen_SetStopIterationValue(PyObject *);

/* StopIteration is raised with `value`; what is set, and what its value is. */
static PyObject *stopped(PyObject *with) {
    if (_PyGen_SetStopIterationValue(with) < 0) return NULL;
    PyObject *exception = PyErr_GetRaisedException();
    PyObject *args = PyObject_GetAttrString(exception, "args"), *result = PyObject_GetAttrString(exception, "value");
    PyObject *pair = Py_BuildValue("(ONN)", Py_TYPE(exception), args, result);
    Py_DECREF(exception);
    return pair;
}
TEST(set_value) {
    PyObject *sub = new_class("Stop", PyExc_StopIteration);
    CHECK_REPR(stopped(NULL), "(<class 'StopIteration'>, (), None)");
    CHECK_REPR(stopped(Py_None), "(<class 'StopIteration'>, (None,), None)");
    CHECK_REPR(stopped(value("i", 5)), "(<class 'StopIteration'>, (5,), 5)");
    CHECK_REPR(stopped(value("()")), "(<class 'StopIteration'>, ((),), ())");
    CHECK_REPR(stopped(value("(ii)", 1, 2)), "(<class 'StopIteration'>, ((1, 2),), (1, 2))");
    CHECK_REPR(stopped(value("[i]", 1)), "(<class 'StopIteration'>, ([1],), [1])");
    CHECK_REPR(stopped(keep(eval("ValueError('x')"))), "(<class 'StopIteration'>, (ValueError('x'),), ValueError('x'))");
    CHECK_REPR(stopped(keep(eval("StopIteration(3)"))), "(<class 'StopIteration'>, (StopIteration(3),), StopIteration(3))");
    CHECK_REPR(stopped(keep(PyObject_CallFunction(sub, "i", 4))), "(<class 'StopIteration'>, (Stop(4),), Stop(4))");
    CHECK_REPR(stopped(PyExc_ValueError), "(<class 'StopIteration'>, (<class 'ValueError'>,), <class 'ValueError'>)");
    PyObject *object = value("[]");
    CHECK_INT(_PyGen_SetStopIterationValue(object), "0 !!StopIteration: []");
    CHECK_INT(Py_REFCNT(object), "1");
}

static PyObject *fetched(void) {
    PyObject *result = Py_Ellipsis;
    int status = _PyGen_FetchStopIterationValue(&result);
    if (status < 0) { CHECK(result == Py_Ellipsis); return NULL; }
    PyObject *pair = Py_BuildValue("(iN)", status, result);
    CHECK(!PyErr_Occurred());
    return pair;
}
TEST(fetch_value) {
    PyObject *sub = new_class("Stop", PyExc_StopIteration), *values[] = {value("i", 5), value("(ii)", 1, 2), value("()"), Py_None, keep(eval("ValueError('x')"))};
    CHECK_REPR(fetched(), "(0, None)");
    for (int i = 0; i < 5; i++) {
        CHECK(_PyGen_SetStopIterationValue(values[i]) == 0 && PyErr_ExceptionMatches(PyExc_StopIteration));
        PyObject *pair = keep(fetched());
        CHECK(pair && PyTuple_GET_ITEM(pair, 1) == values[i]);
    }
    PyErr_SetNone(PyExc_StopIteration);
    CHECK_REPR(fetched(), "(0, None)");
    PyErr_SetObject(PyExc_StopIteration, values[1]);
    CHECK_REPR(fetched(), "(0, 1)");
    PyErr_SetString(sub, "text");
    CHECK_REPR(fetched(), "(0, 'text')");
    PyErr_SetString(PyExc_ValueError, "other");
    CHECK_REPR(fetched(), "!!ValueError: other");
    PyErr_SetNone(PyExc_StopAsyncIteration);
    CHECK_REPR(fetched(), "!!StopAsyncIteration");
    PyErr_SetNone(PyExc_GeneratorExit);
    CHECK_REPR(fetched(), "!!GeneratorExit");
}

/* Instances whose am_await answers with the attribute `answer` of their class. */
static PyObject *await_answer(PyObject *self) { return PyObject_GetAttrString(self, "answer"); }
static PyObject *awaitable(PyObject *answer) {
    static PyType_Slot slots[] = {{Py_am_await, await_answer}, {0, NULL}};
    static PyType_Spec spec = {"m.Awaitable", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *class = keep(PyType_FromSpec(&spec));
    if (answer) PyObject_SetAttrString(class, "answer", answer);
    return keep(PyObject_CallNoArgs(class));
}
TEST(awaitable) {
    PyObject *iterator = keep(eval("iter([1, 2])")), *found = _PyCoro_GetAwaitableIter(awaitable(iterator));
    CHECK(found == iterator);
    Py_XDECREF(found);
    CHECK_REPR(_PyCoro_GetAwaitableIter(awaitable(value("[]"))), "!!TypeError: __await__() returned non-iterator of type 'list'");
    CHECK_REPR(_PyCoro_GetAwaitableIter(awaitable(Py_None)), "!!TypeError: __await__() returned non-iterator of type 'NoneType'");
    CHECK_REPR(_PyCoro_GetAwaitableIter(awaitable(NULL)), "!!AttributeError: 'm.Awaitable' object has no attribute 'answer'");
    CHECK_REPR(_PyCoro_GetAwaitableIter(value("i", 5)), "!!TypeError: 'int' object can't be awaited");
    CHECK_REPR(_PyCoro_GetAwaitableIter(Py_None), "!!TypeError: 'NoneType' object can't be awaited");
    CHECK_REPR(_PyCoro_GetAwaitableIter(iterator), "!!TypeError: 'list_iterator' object can't be awaited");
    CHECK_REPR(_PyCoro_GetAwaitableIter((PyObject *)&PyCoro_Type), "!!TypeError: 'type' object can't be awaited");
    PyObject *long_name = new_class("A_class_with_a_name_of_more_than_one_hundred_characters_that_is_cut_somewhere_in_the_text_of_the_error_message", NULL);
    CHECK_REPR(_PyCoro_GetAwaitableIter(keep(PyObject_CallNoArgs(long_name))), "!!TypeError: 'A_class_with_a_name_of_more_than_one_hundred_characters_that_is_cut_somewhere_in_the_text_of_the_err' object can't be awaited");
    CHECK_REPR(_PyCoro_GetAwaitableIter(awaitable(keep(PyObject_CallNoArgs(long_name)))), "!!TypeError: __await__() returned non-iterator of type 'A_class_with_a_name_of_more_than_one_hundred_characters_that_is_cut_somewhere_in_the_text_of_the_err'");
}
CHECK_MAIN()
