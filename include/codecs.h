/* Codecs. */
#ifndef Py_CODECREGISTRY_H
#define Py_CODECREGISTRY_H

#ifndef Py_LIMITED_API
PyAPI_DATA(const char *) Py_hexdigits;
#endif

#endif
