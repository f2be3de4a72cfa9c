/* Critical sections: with the GIL a block and nothing more. The functions of the same name exist for other callers. */
#ifndef Py_CRITICAL_SECTION_H
#define Py_CRITICAL_SECTION_H

#ifndef Py_LIMITED_API

#define Py_BEGIN_CRITICAL_SECTION(op) {
#define Py_BEGIN_CRITICAL_SECTION_MUTEX(mutex) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_BEGIN_CRITICAL_SECTION2_MUTEX(m1, m2) {
#define Py_END_CRITICAL_SECTION2() }

#endif

#endif
