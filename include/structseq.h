/* Tuples with named fields, made in C. */
#ifndef Py_STRUCTSEQ_H
#define Py_STRUCTSEQ_H

struct PyStructSequence_Field {
    const char *name;
    const char *doc;
};

struct PyStructSequence_Desc {
    const char *name;
    const char *doc;
    PyStructSequence_Field *fields; /* up to one whose name is NULL */
    int n_in_sequence;
};

PyAPI_DATA(const char *const) PyStructSequence_UnnamedField;

#ifndef Py_LIMITED_API
typedef PyTupleObject PyStructSequence;
#  define PyStructSequence_SET_ITEM PyStructSequence_SetItem
#  define PyStructSequence_GET_ITEM PyStructSequence_GetItem
#endif

#endif
