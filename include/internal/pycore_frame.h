/* The layout of frames. CPython keeps it internal, but the code that Cython generates includes this header, of all the
 * internal ones, to set the line number of frames that it makes for tracebacks. */
#ifndef Py_INTERNAL_FRAME_H
#define Py_INTERNAL_FRAME_H

#ifndef Py_LIMITED_API

typedef struct _PyInterpreterFrame _PyInterpreterFrame;

struct _frame {
    PyObject_HEAD
    PyFrameObject *f_back;
    _PyInterpreterFrame *f_frame;
    PyObject *f_trace;
    int f_lineno; /* 0 if it follows from the instruction */
    char f_trace_lines;
    char f_trace_opcodes;
    PyObject *f_extra_locals;
    PyObject *f_locals_cache;
    PyObject *f_overwritten_fast_locals;
    PyObject *_f_frame_data[1];
};

#endif
#endif
