/* The C API of CPython 3.14, as this library provides it.
 *
 * One concept per header, named as CPython names it; parts outside the limited API stand in the same file behind
 * `#ifndef Py_LIMITED_API`, and concepts that the limited API does not know at all in `cpython/`. The order is:
 *
 *   1. the machine and the compiler (pyconfig.h, pyport.h, pymacro.h),
 *   2. the names of all types (pytypedefs.h),
 *   3. the prototypes of all functions (capi.h, generated from the Rust sources; variadic.h for C varargs),
 *   4. layouts, constants, data, macros and inline functions, which may use anything from 1 to 3.
 *
 * Not provided: opcode.h (there is no evaluator), pyatomic.h and dynamic_annotations.h (private tools of CPython's own
 * sources), py_curses.h (no module _curses), pydtrace.h, and internal/ but for the one header that Cython's code needs.
 * Py_BUILD_CORE changes nothing.
 */
#ifndef Py_PYTHON_H
#define Py_PYTHON_H

#include "patchlevel.h"
#include "pyconfig.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>
#include <sys/types.h>
#include <sys/stat.h>

/* What C code came to expect from this header; newer versions of the limited API dropped it. */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 < 0x030b0000
#  include <errno.h>
#  include <stdio.h>
#  include <stdlib.h>
#  include <string.h>
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 < 0x030d0000
#  include <ctype.h>
#  include <unistd.h>
#endif
#ifndef Py_LIMITED_API
#  include <pthread.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

#include "pyport.h"
#include "pymacro.h"
#include "pymath.h"

#include "pytypedefs.h"
#include "capi.h"
#include "variadic.h"

#include "object.h"
#include "refcount.h"
#include "typeslots.h"
#include "pymem.h"
#include "objimpl.h"
#include "pybuffer.h"
#include "lock.h"
#include "critical_section.h"
#include "pystats.h"
#include "pyhash.h"
#include "pyerrors.h"
#include "cpython/pydebug.h"

#include "boolobject.h"
#include "longobject.h"
#include "cpython/longintrepr.h"
#include "floatobject.h"
#include "complexobject.h"
#include "bytesobject.h"
#include "bytearrayobject.h"
#include "unicodeobject.h"
#include "tupleobject.h"
#include "listobject.h"
#include "dictobject.h"
#include "cpython/odictobject.h"
#include "setobject.h"
#include "rangeobject.h"
#include "sliceobject.h"
#include "memoryobject.h"
#include "enumobject.h"
#include "iterobject.h"
#include "genericaliasobject.h"
#include "pycapsule.h"
#include "weakrefobject.h"
#include "structseq.h"
#include "fileobject.h"
#include "cpython/picklebufobject.h"

#include "warnings.h"
#include "traceback.h"

#include "descrobject.h"
#include "methodobject.h"
#include "moduleobject.h"
#include "modsupport.h"
#include "import.h"

#include "cpython/funcobject.h"
#include "cpython/classobject.h"
#include "cpython/cellobject.h"
#include "cpython/code.h"
#include "compile.h"
#include "pyframe.h"
#include "cpython/genobject.h"
#include "monitoring.h"

#include "cpython/initconfig.h"
#include "pystate.h"
#include "pythread.h"
#include "pylifecycle.h"
#include "pythonrun.h"
#include "ceval.h"
#include "cpython/context.h"
#include "cpython/pytime.h"
#include "cpython/tracemalloc.h"

#include "sysmodule.h"
#include "audit.h"
#include "osmodule.h"
#include "intrcheck.h"
#include "bltinmodule.h"
#include "abstract.h"
#include "codecs.h"
#include "fileutils.h"
#include "pystrtod.h"
#include "pystrcmp.h"
#include "cpython/pyctype.h"
#include "cpython/pyfpe.h"

#ifdef __cplusplus
}
#endif
#endif
