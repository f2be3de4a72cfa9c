/* The machine and the compiler: integer types, casts, attributes, and which API is asked for. */
#ifndef Py_PYPORT_H
#define Py_PYPORT_H

#if !defined(__linux__) || !defined(__LP64__) || !defined(__GNUC__)
#  error "this library serves 64-bit Linux, with a compiler that knows GNU C"
#endif
#ifdef Py_GIL_DISABLED
#  error "this library has the ABI of the default build, with the GIL"
#endif

/* The API that the includer asked for, as one number: a version of the limited API, or more than any version. */
#ifdef Py_LIMITED_API
#  define _Py_API_VERSION (Py_LIMITED_API+0)
#else
#  define _Py_API_VERSION 0x7fffffff
#endif

/* Macros cast their arguments to PyObject*, except in the limited API from 3.11 on, where callers do. */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 < 0x030b0000
#  define _Py_CASTS_ARGUMENTS
#endif

/* Features of the compiler. */
#ifdef __has_builtin
#  define _Py__has_builtin(x) __has_builtin(x)
#else
#  define _Py__has_builtin(x) 0
#endif
#ifdef __has_attribute
#  define _Py__has_attribute(x) __has_attribute(x)
#else
#  define _Py__has_attribute(x) 0
#endif

#ifdef __cplusplus
#  define _Py_STATIC_CAST(type, expr) static_cast<type>(expr)
#else
#  define _Py_STATIC_CAST(type, expr) ((type)(expr))
#endif
#define _Py_CAST(type, expr) ((type)(expr))
/* Through void(*)(void), the one function type that -Wcast-function-type lets pass. */
#define _Py_FUNC_CAST(T, func) _Py_CAST(T, _Py_CAST(void (*)(void), (func)))
#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202311L)
#  define _Py_NULL nullptr
#else
#  define _Py_NULL NULL
#endif
#if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202311L
#  define _Py_TYPEOF(expr) typeof(expr)
#else
#  define _Py_TYPEOF(expr) __typeof__(expr)
#endif

/* Integer types. */
#define HAVE_LONG_LONG 1
#ifndef PY_LONG_LONG
#  define PY_LONG_LONG long long
#  define PY_LLONG_MIN LLONG_MIN
#  define PY_LLONG_MAX LLONG_MAX
#  define PY_ULLONG_MAX ULLONG_MAX
#endif
#define PY_INT32_T int32_t
#define PY_INT64_T int64_t
#define PY_UINT32_T uint32_t
#define PY_UINT64_T uint64_t
#define PY_DWORD_MAX 4294967295U
#define PY_SIZE_MAX SIZE_MAX
#ifndef Py_LL
#  define Py_LL(x) x##LL
#endif
#ifndef Py_ULL
#  define Py_ULL(x) Py_LL(x##U)
#endif
#ifndef LONG_BIT
#  define LONG_BIT (8 * SIZEOF_LONG)
#endif

typedef uintptr_t Py_uintptr_t;
typedef intptr_t Py_intptr_t;
typedef ssize_t Py_ssize_t;
typedef Py_ssize_t Py_ssize_clean_t;
typedef Py_ssize_t Py_hash_t;
typedef size_t Py_uhash_t;
#define PY_SSIZE_T_MAX SSIZE_MAX
#define PY_SSIZE_T_MIN (-PY_SSIZE_T_MAX - 1)
#define SIZEOF_PY_HASH_T SIZEOF_SIZE_T
#define SIZEOF_PY_UHASH_T SIZEOF_SIZE_T
#ifndef PY_FORMAT_SIZE_T
#  define PY_FORMAT_SIZE_T "z"
#endif

/* Digits of an int: see cpython/longintrepr.h. */
#ifndef PYLONG_BITS_IN_DIGIT
#  define PYLONG_BITS_IN_DIGIT 30
#endif

#ifdef WORDS_BIGENDIAN
#  define PY_BIG_ENDIAN 1
#  define PY_LITTLE_ENDIAN 0
#else
#  define PY_BIG_ENDIAN 0
#  define PY_LITTLE_ENDIAN 1
#endif

/* Shifts and conversions that C leaves to the implementation; gcc and clang do what is wanted. */
#define Py_ARITHMETIC_RIGHT_SHIFT(TYPE, I, J) ((I) >> (J))
#ifdef Py_DEBUG
#  define Py_SAFE_DOWNCAST(VALUE, WIDE, NARROW) \
    (assert(_Py_STATIC_CAST(WIDE, _Py_STATIC_CAST(NARROW, (VALUE))) == (VALUE)), _Py_STATIC_CAST(NARROW, (VALUE)))
#else
#  define Py_SAFE_DOWNCAST(VALUE, WIDE, NARROW) _Py_STATIC_CAST(NARROW, (VALUE))
#endif
#define Py_FORCE_EXPANSION(X) X
#define Py_VA_COPY va_copy
#ifdef _Py_CASTS_ARGUMENTS
#  define Py_MEMCPY memcpy
#endif

/* Functions local to a file. */
#define Py_LOCAL(type) static type
#define Py_LOCAL_INLINE(type) static inline type

/* Attributes. */
#define Py_GCC_ATTRIBUTE(x) __attribute__(x)
#define Py_ALIGNED(x) __attribute__((aligned(x)))
#define Py_DEPRECATED(VERSION_UNUSED) __attribute__((__deprecated__))
#define _Py_DEPRECATED_EXTERNALLY(version) Py_DEPRECATED(version)
#define Py_NO_INLINE __attribute__((noinline))
#ifdef Py_DEBUG
#  define Py_ALWAYS_INLINE
#else
#  define Py_ALWAYS_INLINE __attribute__((always_inline))
#endif
#define _Py_HOT_FUNCTION __attribute__((hot))
#ifndef _Py_NO_RETURN
#  define _Py_NO_RETURN __attribute__((__noreturn__))
#endif
#if _Py__has_attribute(fallthrough)
#  define _Py_FALLTHROUGH __attribute__((fallthrough))
#else
#  define _Py_FALLTHROUGH do { } while (0)
#endif
#if _Py__has_attribute(nonstring)
#  define _Py_NONSTRING __attribute__((nonstring))
#else
#  define _Py_NONSTRING
#endif
/* Functions that a sanitizer is to leave alone. */
#define _Py_NO_SANITIZE_UNDEFINED __attribute__((no_sanitize_undefined))
#define _Py_NO_SANITIZE_ADDRESS __attribute__((no_sanitize_address))
#define _Py_NO_SANITIZE_THREAD __attribute__((no_sanitize_thread))
#ifdef __clang__
#  define _Py_NO_SANITIZE_MEMORY __attribute__((no_sanitize_memory))
#else
#  define _Py_NO_SANITIZE_MEMORY
#endif
#define _Py_MSAN_UNPOISON(PTR, SIZE)
#define _Py_MSAN_UNPOISON_STRING(STR)

#ifdef __clang__
#  define _Py_COMP_DIAG_PUSH _Pragma("clang diagnostic push")
#  define _Py_COMP_DIAG_IGNORE_DEPR_DECLS _Pragma("clang diagnostic ignored \"-Wdeprecated-declarations\"")
#  define _Py_COMP_DIAG_POP _Pragma("clang diagnostic pop")
#else
#  define _Py_COMP_DIAG_PUSH _Pragma("GCC diagnostic push")
#  define _Py_COMP_DIAG_IGNORE_DEPR_DECLS _Pragma("GCC diagnostic ignored \"-Wdeprecated-declarations\"")
#  define _Py_COMP_DIAG_POP _Pragma("GCC diagnostic pop")
#endif

/* In C++ keyword lists may be const all the way down. */
#ifndef PY_CXX_CONST
#  ifdef __cplusplus
#    define PY_CXX_CONST const
#  else
#    define PY_CXX_CONST
#  endif
#endif

#ifndef WITH_THREAD
#  define WITH_THREAD
#endif
#define Py_CAN_START_THREADS 1

#include "exports.h"

#endif
