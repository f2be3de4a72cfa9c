/* Audit events and hooks. Functions only: see capi.h and variadic.h. */
#ifndef _Py_AUDIT_H
#define _Py_AUDIT_H
#endif
