/* File names and modes. */
#ifndef Py_FILEUTILS_H
#define Py_FILEUTILS_H

#include <sys/stat.h>

#ifndef Py_LIMITED_API
Py_DEPRECATED(3.14) static inline FILE *
_Py_fopen_obj(PyObject *path, const char *mode)
{
    return Py_fopen(path, mode);
}
#endif

#endif
