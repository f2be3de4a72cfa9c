/* Between doubles and text. */
#ifndef Py_STRTOD_H
#define Py_STRTOD_H

/* Flags of PyOS_double_to_string. */
#define Py_DTSF_SIGN 0x01
#define Py_DTSF_ADD_DOT_0 0x02
#define Py_DTSF_ALT 0x04
#define Py_DTSF_NO_NEG_0 0x08

/* What it says about the number. */
#define Py_DTST_FINITE 0
#define Py_DTST_INFINITE 1
#define Py_DTST_NAN 2

#endif
