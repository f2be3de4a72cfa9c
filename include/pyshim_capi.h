/* The functions that CPython 3.14 does not have: generated from src/capi by `make headers`. */
#ifndef PYSHIM_PYSHIM_CAPI_H
#define PYSHIM_PYSHIM_CAPI_H
#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(int) pyshim_is_provided(const char *name);

#ifdef __cplusplus
}
#endif
#endif
