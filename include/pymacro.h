/* Small macros that know nothing of objects. */
#ifndef Py_PYMACRO_H
#define Py_PYMACRO_H

/* C11 has static_assert only in <assert.h>; headers of some libraries leave it out. */
#if !defined(static_assert) && !defined(__cplusplus) && defined(__STDC_VERSION__) \
    && __STDC_VERSION__ >= 201112L && __STDC_VERSION__ < 202311L
#  define static_assert _Static_assert
#endif

/* A declaration of T, aligned to at least N. */
#ifndef _Py_ALIGNED_DEF
#  if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202311L)
#    define _Py_ALIGNED_DEF(N, T) alignas(N) alignas(T) T
#  elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#    define _Py_ALIGNED_DEF(N, T) _Alignas(N) _Alignas(T) T
#  else
#    define _Py_ALIGNED_DEF(N, T) __attribute__((aligned(N))) T
#  endif
#endif

#define Py_MIN(x, y) (((x) > (y)) ? (y) : (x))
#define Py_MAX(x, y) (((x) > (y)) ? (x) : (y))
#define Py_ABS(x) ((x) < 0 ? -(x) : (x))
/* |x| as the unsigned type T; right for the smallest value too. */
#define _Py_ABS_CAST(T, x) ((x) >= 0 ? ((T)(x)) : ((T)(((T) -((x) + 1)) + 1u)))
#define Py_CHARMASK(c) ((unsigned char)((c) & 0xff))
#define _Py_XSTRINGIFY(x) #x
#define Py_STRINGIFY(x) _Py_XSTRINGIFY(x)
#define Py_MEMBER_SIZE(type, member) sizeof(((type *)0)->member)
#define _Py_CONTAINER_OF(ptr, type, member) (type *)((char *)ptr - offsetof(type, member))
/* A value that cannot be assigned to. */
#define _Py_RVALUE(EXPR) ((void)0, (EXPR))
#define _Py_IS_TYPE_SIGNED(type) ((type)(-1) <= 0)

/* An expression of value 0 that does not compile unless `cond` is a true constant. */
#if !defined(__cplusplus) && defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#  define Py_BUILD_ASSERT_EXPR(cond) ((void)sizeof(struct { int dummy; _Static_assert(cond, #cond); }), 0)
#else
#  define Py_BUILD_ASSERT_EXPR(cond) (sizeof(char[1 - 2 * !(cond)]) - 1)
#endif
#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L)
#  define Py_BUILD_ASSERT(cond) \
    do { \
        static_assert((cond), #cond); \
    } while (0)
#else
#  define Py_BUILD_ASSERT(cond) \
    do { \
        (void)Py_BUILD_ASSERT_EXPR(cond); \
    } while (0)
#endif

/* In GNU C a pointer instead of an array does not compile. */
#if !defined(__STRICT_ANSI__) && !defined(__cplusplus)
#  define Py_ARRAY_LENGTH(array) \
    (sizeof(array) / sizeof((array)[0]) \
     + Py_BUILD_ASSERT_EXPR(!__builtin_types_compatible_p(_Py_TYPEOF(array), _Py_TYPEOF(&(array)[0]))))
#else
#  define Py_ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#endif

/* Docstrings; a build without them defines no WITH_DOC_STRINGS. */
#define PyDoc_VAR(name) static const char name[]
#define PyDoc_STRVAR(name, str) PyDoc_VAR(name) = PyDoc_STR(str)
#ifdef WITH_DOC_STRINGS
#  define PyDoc_STR(str) str
#else
#  define PyDoc_STR(str) ""
#endif

/* Rounding to a power of two. */
#define _Py_SIZE_ROUND_DOWN(n, a) ((size_t)(n) & ~(size_t)((a) - 1))
#define _Py_SIZE_ROUND_UP(n, a) (((size_t)(n) + (size_t)((a) - 1)) & ~(size_t)((a) - 1))
#define _Py_ALIGN_DOWN(p, a) ((void *)((uintptr_t)(p) & ~(uintptr_t)((a) - 1)))
#define _Py_ALIGN_UP(p, a) ((void *)(((uintptr_t)(p) + (uintptr_t)((a) - 1)) & ~(uintptr_t)((a) - 1)))
#define _Py_IS_ALIGNED(p, a) (!((uintptr_t)(p) & (uintptr_t)((a) - 1)))

#define Py_UNUSED(name) _unused_##name __attribute__((unused))
#ifdef Py_DEBUG
#  define Py_UNREACHABLE() Py_FatalError("a place that cannot be reached was reached")
#else
#  define Py_UNREACHABLE() __builtin_unreachable()
#endif

#endif
