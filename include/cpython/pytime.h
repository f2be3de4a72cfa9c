/* Time in nanoseconds. */
#ifndef Py_PYTIME_H
#define Py_PYTIME_H

#ifndef Py_LIMITED_API
#  define PyTime_MIN INT64_MIN
#  define PyTime_MAX INT64_MAX
#endif

#endif
