/* Functions and methods written in C, and the conventions for calling them. */
#ifndef Py_METHODOBJECT_H
#define Py_METHODOBJECT_H

struct PyMethodDef {
    const char *ml_name;
    PyCFunction ml_meth; /* of the type that ml_flags says */
    int ml_flags;
    const char *ml_doc;
};

#define METH_VARARGS 0x0001
#define METH_KEYWORDS 0x0002
#define METH_NOARGS 0x0004
#define METH_O 0x0008
#define METH_CLASS 0x0010
#define METH_STATIC 0x0020
#define METH_COEXIST 0x0040
#if _Py_API_VERSION >= 0x030a0000
#  define METH_FASTCALL 0x0080
#endif
#define METH_STACKLESS 0x0000
#if _Py_API_VERSION >= 0x03090000
#  define METH_METHOD 0x0200
#endif

/* Casts for ml_meth. */
#define _PyCFunction_CAST(func) _Py_FUNC_CAST(PyCFunction, func)
#define _PyCFunctionFast_CAST(func) _Py_FUNC_CAST(PyCFunctionFast, func)
#define _PyCFunctionWithKeywords_CAST(func) _Py_FUNC_CAST(PyCFunctionWithKeywords, func)
#define _PyCFunctionFastWithKeywords_CAST(func) _Py_FUNC_CAST(PyCFunctionFastWithKeywords, func)
typedef PyCFunctionFast _PyCFunctionFast;
typedef PyCFunctionFastWithKeywords _PyCFunctionFastWithKeywords;

PyAPI_DATA(PyTypeObject) PyCFunction_Type;
#define PyCFunction_Check(op) PyObject_TypeCheck((op), &PyCFunction_Type)
#define PyCFunction_CheckExact(op) Py_IS_TYPE((op), &PyCFunction_Type)

/* Each is the next one with a NULL more; functions of these names exist for callers that were compiled long ago. */
#define PyCFunction_New(ML, SELF) PyCFunction_NewEx((ML), (SELF), NULL)
#if _Py_API_VERSION >= 0x03090000
#  define PyCFunction_NewEx(ML, SELF, MOD) PyCMethod_New((ML), (SELF), (MOD), NULL)
#endif

#ifndef Py_LIMITED_API

typedef struct {
    PyObject_HEAD
    PyMethodDef *m_ml;
    PyObject *m_self;
    PyObject *m_module;
    PyObject *m_weakreflist;
    vectorcallfunc vectorcall;
} PyCFunctionObject;

/* With METH_METHOD: knows the class that defines it. */
typedef struct {
    PyCFunctionObject func;
    PyTypeObject *mm_class;
} PyCMethodObject;

PyAPI_DATA(PyTypeObject) PyCMethod_Type;
#define PyCMethod_Check(op) PyObject_TypeCheck((op), &PyCMethod_Type)
#define PyCMethod_CheckExact(op) Py_IS_TYPE((op), &PyCMethod_Type)

#define _PyCFunctionObject_CAST(func) (assert(PyCFunction_Check(func)), _Py_CAST(PyCFunctionObject *, (func)))
#define _PyCMethodObject_CAST(func) (assert(PyCMethod_Check(func)), _Py_CAST(PyCMethodObject *, (func)))

static inline PyCFunction
PyCFunction_GET_FUNCTION(PyObject *func)
{
    return _PyCFunctionObject_CAST(func)->m_ml->ml_meth;
}
#define PyCFunction_GET_FUNCTION(func) PyCFunction_GET_FUNCTION(_PyObject_CAST(func))

static inline int
PyCFunction_GET_FLAGS(PyObject *func)
{
    return _PyCFunctionObject_CAST(func)->m_ml->ml_flags;
}
#define PyCFunction_GET_FLAGS(func) PyCFunction_GET_FLAGS(_PyObject_CAST(func))

/* NULL for a static method. */
static inline PyObject *
PyCFunction_GET_SELF(PyObject *func)
{
    PyCFunctionObject *self = _PyCFunctionObject_CAST(func);
    return self->m_ml->ml_flags & METH_STATIC ? (PyObject *)NULL : self->m_self;
}
#define PyCFunction_GET_SELF(func) PyCFunction_GET_SELF(_PyObject_CAST(func))

static inline PyTypeObject *
PyCFunction_GET_CLASS(PyObject *func)
{
    PyCFunctionObject *self = _PyCFunctionObject_CAST(func);
    return self->m_ml->ml_flags & METH_METHOD ? _PyCMethodObject_CAST(self)->mm_class : (PyTypeObject *)NULL;
}
#define PyCFunction_GET_CLASS(func) PyCFunction_GET_CLASS(_PyObject_CAST(func))

#endif

#endif
