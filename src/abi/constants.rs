//! The constants of the public headers that the runtime itself uses: abi/constants-3.14.tsv has all of them, and the
//! header proofs hold both against the table.

use super::*;

// Type flags.
pub const Py_TPFLAGS_BASETYPE: c_ulong = 0x400;
pub const Py_TPFLAGS_BASE_EXC_SUBCLASS: c_ulong = 0x40000000;
pub const Py_TPFLAGS_BYTES_SUBCLASS: c_ulong = 0x8000000;
pub const Py_TPFLAGS_DEFAULT: c_ulong = 0;
pub const Py_TPFLAGS_DICT_SUBCLASS: c_ulong = 0x20000000;
pub const Py_TPFLAGS_DISALLOW_INSTANTIATION: c_ulong = 0x80;
pub const Py_TPFLAGS_HAVE_FINALIZE: c_ulong = 0x1;
pub const Py_TPFLAGS_HAVE_GC: c_ulong = 0x4000;
pub const Py_TPFLAGS_HAVE_STACKLESS_EXTENSION: c_ulong = 0;
pub const Py_TPFLAGS_HAVE_VECTORCALL: c_ulong = 0x800;
pub const Py_TPFLAGS_HAVE_VERSION_TAG: c_ulong = 0x40000;
pub const Py_TPFLAGS_HEAPTYPE: c_ulong = 0x200;
/// Class patterns match the instance itself.
pub const _Py_TPFLAGS_MATCH_SELF: c_ulong = 1 << 22;
pub const Py_TPFLAGS_IMMUTABLETYPE: c_ulong = 0x100;
pub const Py_TPFLAGS_INLINE_VALUES: c_ulong = 0x4;
pub const Py_TPFLAGS_IS_ABSTRACT: c_ulong = 0x100000;
pub const Py_TPFLAGS_ITEMS_AT_END: c_ulong = 0x800000;
pub const Py_TPFLAGS_LIST_SUBCLASS: c_ulong = 0x2000000;
pub const Py_TPFLAGS_LONG_SUBCLASS: c_ulong = 0x1000000;
pub const Py_TPFLAGS_MANAGED_DICT: c_ulong = 0x10;
pub const Py_TPFLAGS_MANAGED_WEAKREF: c_ulong = 0x8;
pub const Py_TPFLAGS_MAPPING: c_ulong = 0x40;
pub const Py_TPFLAGS_METHOD_DESCRIPTOR: c_ulong = 0x20000;
pub const Py_TPFLAGS_PREHEADER: c_ulong = 0x18;
pub const Py_TPFLAGS_READY: c_ulong = 0x1000;
pub const Py_TPFLAGS_READYING: c_ulong = 0x2000;
pub const Py_TPFLAGS_SEQUENCE: c_ulong = 0x20;
pub const Py_TPFLAGS_TUPLE_SUBCLASS: c_ulong = 0x4000000;
pub const Py_TPFLAGS_TYPE_SUBCLASS: c_ulong = 0x80000000;
pub const Py_TPFLAGS_UNICODE_SUBCLASS: c_ulong = 0x10000000;
pub const Py_TPFLAGS_VALID_VERSION_TAG: c_ulong = 0x80000;
/// Not public: a type of the runtime itself, shared by all interpreters and never written to.
pub const _Py_TPFLAGS_STATIC_BUILTIN: c_ulong = 0x2;

// Method conventions.
pub const METH_CLASS: c_int = 16;
pub const METH_COEXIST: c_int = 64;
pub const METH_FASTCALL: c_int = 128;
pub const METH_KEYWORDS: c_int = 2;
pub const METH_METHOD: c_int = 512;
pub const METH_NOARGS: c_int = 4;
pub const METH_O: c_int = 8;
pub const METH_STACKLESS: c_int = 0;
pub const METH_STATIC: c_int = 32;
pub const METH_VARARGS: c_int = 1;

// Slots of `PyType_Spec` and `PyModuleDef`.
pub const Py_am_aiter: c_int = 78;
pub const Py_am_anext: c_int = 79;
pub const Py_am_await: c_int = 77;
pub const Py_am_send: c_int = 81;
pub const Py_bf_getbuffer: c_int = 1;
pub const Py_bf_releasebuffer: c_int = 2;
pub const Py_mod_create: c_int = 1;
pub const Py_mod_exec: c_int = 2;
pub const Py_mod_gil: c_int = 4;
pub const Py_mod_multiple_interpreters: c_int = 3;
pub const Py_mp_ass_subscript: c_int = 3;
pub const Py_mp_length: c_int = 4;
pub const Py_mp_subscript: c_int = 5;
pub const Py_nb_absolute: c_int = 6;
pub const Py_nb_add: c_int = 7;
pub const Py_nb_and: c_int = 8;
pub const Py_nb_bool: c_int = 9;
pub const Py_nb_divmod: c_int = 10;
pub const Py_nb_float: c_int = 11;
pub const Py_nb_floor_divide: c_int = 12;
pub const Py_nb_index: c_int = 13;
pub const Py_nb_inplace_add: c_int = 14;
pub const Py_nb_inplace_and: c_int = 15;
pub const Py_nb_inplace_floor_divide: c_int = 16;
pub const Py_nb_inplace_lshift: c_int = 17;
pub const Py_nb_inplace_matrix_multiply: c_int = 76;
pub const Py_nb_inplace_multiply: c_int = 18;
pub const Py_nb_inplace_or: c_int = 19;
pub const Py_nb_inplace_power: c_int = 20;
pub const Py_nb_inplace_remainder: c_int = 21;
pub const Py_nb_inplace_rshift: c_int = 22;
pub const Py_nb_inplace_subtract: c_int = 23;
pub const Py_nb_inplace_true_divide: c_int = 24;
pub const Py_nb_inplace_xor: c_int = 25;
pub const Py_nb_int: c_int = 26;
pub const Py_nb_invert: c_int = 27;
pub const Py_nb_lshift: c_int = 28;
pub const Py_nb_matrix_multiply: c_int = 75;
pub const Py_nb_multiply: c_int = 29;
pub const Py_nb_negative: c_int = 30;
pub const Py_nb_or: c_int = 31;
pub const Py_nb_positive: c_int = 32;
pub const Py_nb_power: c_int = 33;
pub const Py_nb_remainder: c_int = 34;
pub const Py_nb_rshift: c_int = 35;
pub const Py_nb_subtract: c_int = 36;
pub const Py_nb_true_divide: c_int = 37;
pub const Py_nb_xor: c_int = 38;
pub const Py_sq_ass_item: c_int = 39;
pub const Py_sq_concat: c_int = 40;
pub const Py_sq_contains: c_int = 41;
pub const Py_sq_inplace_concat: c_int = 42;
pub const Py_sq_inplace_repeat: c_int = 43;
pub const Py_sq_item: c_int = 44;
pub const Py_sq_length: c_int = 45;
pub const Py_sq_repeat: c_int = 46;
pub const Py_tp_alloc: c_int = 47;
pub const Py_tp_base: c_int = 48;
pub const Py_tp_bases: c_int = 49;
pub const Py_tp_call: c_int = 50;
pub const Py_tp_clear: c_int = 51;
pub const Py_tp_dealloc: c_int = 52;
pub const Py_tp_del: c_int = 53;
pub const Py_tp_descr_get: c_int = 54;
pub const Py_tp_descr_set: c_int = 55;
pub const Py_tp_doc: c_int = 56;
pub const Py_tp_finalize: c_int = 80;
pub const Py_tp_free: c_int = 74;
pub const Py_tp_getattr: c_int = 57;
pub const Py_tp_getattro: c_int = 58;
pub const Py_tp_getset: c_int = 73;
pub const Py_tp_hash: c_int = 59;
pub const Py_tp_init: c_int = 60;
pub const Py_tp_is_gc: c_int = 61;
pub const Py_tp_iter: c_int = 62;
pub const Py_tp_iternext: c_int = 63;
pub const Py_tp_members: c_int = 72;
pub const Py_tp_methods: c_int = 64;
pub const Py_tp_new: c_int = 65;
pub const Py_tp_repr: c_int = 66;
pub const Py_tp_richcompare: c_int = 67;
pub const Py_tp_setattr: c_int = 68;
pub const Py_tp_setattro: c_int = 69;
pub const Py_tp_str: c_int = 70;
pub const Py_tp_token: c_int = 83;
pub const Py_tp_traverse: c_int = 71;
pub const Py_tp_vectorcall: c_int = 82;

// Values of module slots.
pub const Py_MOD_GIL_NOT_USED: usize = 1;
pub const Py_MOD_GIL_USED: usize = 0;
pub const Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED: usize = 0;
pub const Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED: usize = 1;
pub const Py_MOD_PER_INTERPRETER_GIL_SUPPORTED: usize = 2;

// Kinds and flags of members.
pub const Py_AUDIT_READ: c_int = 2;
pub const Py_READONLY: c_int = 1;
pub const Py_RELATIVE_OFFSET: c_int = 8;
pub const Py_T_BOOL: c_int = 14;
pub const Py_T_BYTE: c_int = 8;
pub const Py_T_CHAR: c_int = 7;
pub const Py_T_DOUBLE: c_int = 4;
pub const Py_T_FLOAT: c_int = 3;
pub const Py_T_INT: c_int = 1;
pub const Py_T_LONG: c_int = 2;
pub const Py_T_LONGLONG: c_int = 17;
pub const Py_T_OBJECT_EX: c_int = 16;
pub const Py_T_PYSSIZET: c_int = 19;
pub const Py_T_SHORT: c_int = 0;
pub const Py_T_STRING: c_int = 5;
pub const Py_T_STRING_INPLACE: c_int = 13;
pub const Py_T_UBYTE: c_int = 9;
pub const Py_T_UINT: c_int = 11;
pub const Py_T_ULONG: c_int = 12;
pub const Py_T_ULONGLONG: c_int = 18;
pub const Py_T_USHORT: c_int = 10;
pub const _Py_T_NONE: c_int = 20;
pub const _Py_T_OBJECT: c_int = 6;
pub const _Py_WRITE_RESTRICTED: c_int = 4;

// Comparisons.
pub const Py_EQ: c_int = 2;
pub const Py_GE: c_int = 5;
pub const Py_GT: c_int = 4;
pub const Py_LE: c_int = 1;
pub const Py_LT: c_int = 0;
pub const Py_NE: c_int = 3;

// Buffer requests.
pub const PyBUF_ANY_CONTIGUOUS: c_int = 152;
pub const PyBUF_CONTIG: c_int = 9;
pub const PyBUF_CONTIG_RO: c_int = 8;
pub const PyBUF_C_CONTIGUOUS: c_int = 56;
pub const PyBUF_FORMAT: c_int = 4;
pub const PyBUF_FULL: c_int = 285;
pub const PyBUF_FULL_RO: c_int = 284;
pub const PyBUF_F_CONTIGUOUS: c_int = 88;
pub const PyBUF_INDIRECT: c_int = 280;
pub const PyBUF_MAX_NDIM: c_int = 64;
pub const PyBUF_ND: c_int = 8;
pub const PyBUF_READ: c_int = 256;
pub const PyBUF_RECORDS: c_int = 29;
pub const PyBUF_RECORDS_RO: c_int = 28;
pub const PyBUF_SIMPLE: c_int = 0;
pub const PyBUF_STRIDED: c_int = 25;
pub const PyBUF_STRIDED_RO: c_int = 24;
pub const PyBUF_STRIDES: c_int = 24;
pub const PyBUF_WRITABLE: c_int = 1;
pub const PyBUF_WRITE: c_int = 512;
pub const PyBUF_WRITEABLE: c_int = 1;
pub const _Py_MANAGED_BUFFER_FREE_FORMAT: c_int = 2;
pub const _Py_MANAGED_BUFFER_RELEASED: c_int = 1;
pub const _Py_MEMORYVIEW_C: c_int = 2;
pub const _Py_MEMORYVIEW_FORTRAN: c_int = 4;
pub const _Py_MEMORYVIEW_PIL: c_int = 16;
pub const _Py_MEMORYVIEW_RELEASED: c_int = 1;
pub const _Py_MEMORYVIEW_RESTRICTED: c_int = 32;
pub const _Py_MEMORYVIEW_SCALAR: c_int = 8;

// Reference counts.
pub const _Py_IMMORTAL_FLAGS: u64 = 1;
pub const _Py_IMMORTAL_INITIAL_REFCNT: u64 = 3221225472;
pub const _Py_IMMORTAL_MINIMUM_REFCNT: u64 = 2147483648;
pub const _Py_STATICALLY_ALLOCATED_FLAG: u64 = 4;
pub const _Py_STATIC_FLAG_BITS: u64 = 5;
pub const _Py_STATIC_IMMORTAL_INITIAL_REFCNT: u64 = 1407378104778752;

// `int`.
pub const NON_SIZE_BITS: usize = 3;
pub const PyLong_BASE: usize = 1073741824;
pub const PyLong_MASK: usize = 1073741823;
pub const PyLong_SHIFT: usize = 30;
pub const SIGN_MASK: usize = 3;
pub const SIGN_NEGATIVE: usize = 2;
pub const SIGN_ZERO: usize = 1;
pub const _PY_LONG_DEFAULT_MAX_STR_DIGITS: usize = 4300;
pub const _PY_LONG_MAX_STR_DIGITS_THRESHOLD: usize = 640;
pub const _PY_NSMALLNEGINTS: usize = 5;
pub const _PY_NSMALLPOSINTS: usize = 257;
pub const _PyLong_DECIMAL_BASE: usize = 1000000000;
pub const _PyLong_DECIMAL_SHIFT: usize = 9;
pub const _PyLong_FALSE_TAG: usize = 1;
pub const _PyLong_NON_SIZE_BITS: usize = 3;
pub const _PyLong_SIGN_MASK: usize = 3;
pub const _PyLong_TRUE_TAG: usize = 8;

// Native byte conversion.
pub const Py_ASNATIVEBYTES_ALLOW_INDEX: c_int = 16;
pub const Py_ASNATIVEBYTES_BIG_ENDIAN: c_int = 0;
pub const Py_ASNATIVEBYTES_DEFAULTS: c_int = -1;
pub const Py_ASNATIVEBYTES_LITTLE_ENDIAN: c_int = 1;
pub const Py_ASNATIVEBYTES_NATIVE_ENDIAN: c_int = 3;
pub const Py_ASNATIVEBYTES_REJECT_NEGATIVE: c_int = 8;
pub const Py_ASNATIVEBYTES_UNSIGNED_BUFFER: c_int = 4;

// `str`.
pub const PyUnicode_1BYTE_KIND: c_uint = 1;
pub const PyUnicode_2BYTE_KIND: c_uint = 2;
pub const PyUnicode_4BYTE_KIND: c_uint = 4;
pub const SSTATE_INTERNED_IMMORTAL: c_uint = 2;
pub const SSTATE_INTERNED_IMMORTAL_STATIC: c_uint = 3;
pub const SSTATE_INTERNED_MORTAL: c_uint = 1;
pub const SSTATE_NOT_INTERNED: c_uint = 0;

/// What a converter gives that can be asked to clean up.
pub const Py_CLEANUP_SUPPORTED: c_int = 0x20000;
// Hashes.
pub const PyHASH_BITS: isize = 61;
pub const PyHASH_IMAG: isize = 1000003;
pub const PyHASH_INF: isize = 314159;
pub const PyHASH_MODULUS: isize = 2305843009213693951;
pub const PyHASH_MULTIPLIER: isize = 1000003;

// Float printing.
pub const Py_DTSF_ADD_DOT_0: c_int = 2;
pub const Py_DTSF_ALT: c_int = 4;
pub const Py_DTSF_NO_NEG_0: c_int = 8;
pub const Py_DTSF_SIGN: c_int = 1;
pub const Py_DTST_FINITE: c_int = 0;
pub const Py_DTST_INFINITE: c_int = 1;
pub const Py_DTST_NAN: c_int = 2;

// Events and watchers.
pub const CODE_MAX_WATCHERS: c_int = 8;
pub const CONTEXT_MAX_WATCHERS: c_int = 8;
pub const DICT_MAX_WATCHERS: c_int = 8;
pub const FUNC_MAX_WATCHERS: c_int = 8;
pub const PyDict_EVENT_ADDED: c_int = 0;
pub const PyDict_EVENT_CLEARED: c_int = 4;
pub const PyDict_EVENT_CLONED: c_int = 3;
pub const PyDict_EVENT_DEALLOCATED: c_int = 5;
pub const PyDict_EVENT_DELETED: c_int = 2;
pub const PyDict_EVENT_MODIFIED: c_int = 1;
pub const PyFunction_EVENT_CREATE: c_int = 0;
pub const PyFunction_EVENT_DESTROY: c_int = 1;
pub const PyFunction_EVENT_MODIFY_CODE: c_int = 2;
pub const PyFunction_EVENT_MODIFY_DEFAULTS: c_int = 3;
pub const PyFunction_EVENT_MODIFY_KWDEFAULTS: c_int = 4;
pub const PyRefTracer_CREATE: c_int = 0;
pub const PyRefTracer_DESTROY: c_int = 1;
pub const Py_CONTEXT_SWITCHED: c_int = 1;
pub const TYPE_MAX_WATCHERS: c_int = 8;

// Interpreters and threads.
pub const PY_LOCK_ACQUIRED: c_int = 1;
pub const PY_LOCK_FAILURE: c_int = 0;
pub const PY_LOCK_INTR: c_int = 2;
pub const PyGILState_LOCKED: c_int = 0;
pub const PyGILState_UNLOCKED: c_int = 1;
pub const PyInterpreterConfig_DEFAULT_GIL: c_int = 0;
pub const PyInterpreterConfig_OWN_GIL: c_int = 2;
pub const PyInterpreterConfig_SHARED_GIL: c_int = 1;
pub const PyTrace_CALL: c_int = 0;
pub const PyTrace_C_CALL: c_int = 4;
pub const PyTrace_C_EXCEPTION: c_int = 5;
pub const PyTrace_C_RETURN: c_int = 6;
pub const PyTrace_EXCEPTION: c_int = 1;
pub const PyTrace_LINE: c_int = 2;
pub const PyTrace_OPCODE: c_int = 7;
pub const PyTrace_RETURN: c_int = 3;
pub const _PyInterpreterState_WHENCE_CAPI: c_int = 3;
pub const _PyInterpreterState_WHENCE_LEGACY_CAPI: c_int = 2;
pub const _PyInterpreterState_WHENCE_MAX: c_int = 5;
pub const _PyInterpreterState_WHENCE_NOTSET: c_int = -1;
pub const _PyInterpreterState_WHENCE_RUNTIME: c_int = 1;
pub const _PyInterpreterState_WHENCE_STDLIB: c_int = 5;
pub const _PyInterpreterState_WHENCE_UNKNOWN: c_int = 0;
pub const _PyInterpreterState_WHENCE_XI: c_int = 4;
pub const _PyThreadState_WHENCE_EXEC: c_int = 5;
pub const _PyThreadState_WHENCE_FINI: c_int = 2;
pub const _PyThreadState_WHENCE_GILSTATE: c_int = 4;
pub const _PyThreadState_WHENCE_INIT: c_int = 1;
pub const _PyThreadState_WHENCE_NOTSET: c_int = -1;
pub const _PyThreadState_WHENCE_THREADING: c_int = 3;
pub const _PyThreadState_WHENCE_UNKNOWN: c_int = 0;

// Interpreter feature flags.
pub const Py_RTFLAGS_DAEMON_THREADS: c_ulong = 0x800;
pub const Py_RTFLAGS_EXEC: c_ulong = 0x10000;
pub const Py_RTFLAGS_FORK: c_ulong = 0x8000;
pub const Py_RTFLAGS_MULTI_INTERP_EXTENSIONS: c_ulong = 0x100;
pub const Py_RTFLAGS_THREADS: c_ulong = 0x400;
pub const Py_RTFLAGS_USE_MAIN_OBMALLOC: c_ulong = 0x20;

// Allocation.
pub const PYMEM_ALLOCATOR_DEBUG: c_int = 2;
pub const PYMEM_ALLOCATOR_DEFAULT: c_int = 1;
pub const PYMEM_ALLOCATOR_MALLOC: c_int = 3;
pub const PYMEM_ALLOCATOR_MALLOC_DEBUG: c_int = 4;
pub const PYMEM_ALLOCATOR_MIMALLOC: c_int = 7;
pub const PYMEM_ALLOCATOR_MIMALLOC_DEBUG: c_int = 8;
pub const PYMEM_ALLOCATOR_NOT_SET: c_int = 0;
pub const PYMEM_ALLOCATOR_PYMALLOC: c_int = 5;
pub const PYMEM_ALLOCATOR_PYMALLOC_DEBUG: c_int = 6;
pub const PYMEM_DOMAIN_MEM: c_int = 1;
pub const PYMEM_DOMAIN_OBJ: c_int = 2;
pub const PYMEM_DOMAIN_RAW: c_int = 0;

// Versions.
pub const PYTHON_ABI_VERSION: c_int = 3;
pub const PYTHON_API_VERSION: c_int = 1013;
pub const PY_MAJOR_VERSION: c_int = 3;
pub const PY_MICRO_VERSION: c_int = 10;
pub const PY_MINOR_VERSION: c_int = 14;
pub const PY_VERSION_HEX: c_int = 51251952;

/// What `PyImport_GetMagicNumber` says.
pub const PYC_MAGIC_NUMBER_TOKEN: c_long = 168627755;

// Constants by number.
pub const Py_CONSTANT_ELLIPSIS: c_uint = 3;
pub const Py_CONSTANT_EMPTY_BYTES: c_uint = 8;
pub const Py_CONSTANT_EMPTY_STR: c_uint = 7;
pub const Py_CONSTANT_EMPTY_TUPLE: c_uint = 9;
pub const Py_CONSTANT_FALSE: c_uint = 1;
pub const Py_CONSTANT_NONE: c_uint = 0;
pub const Py_CONSTANT_NOT_IMPLEMENTED: c_uint = 4;
pub const Py_CONSTANT_ONE: c_uint = 6;
pub const Py_CONSTANT_TRUE: c_uint = 2;
pub const Py_CONSTANT_ZERO: c_uint = 5;

// Printing, calls, results.
pub const CO_ASYNC_GENERATOR: c_int = 512;
pub const CO_COROUTINE: c_int = 128;
pub const CO_GENERATOR: c_int = 32;
pub const CO_ITERABLE_COROUTINE: c_int = 256;
pub const CO_NESTED: c_int = 16;
pub const CO_NEWLOCALS: c_int = 2;
pub const CO_OPTIMIZED: c_int = 1;
pub const CO_VARARGS: c_int = 4;
pub const CO_VARKEYWORDS: c_int = 8;
pub const PYGEN_ERROR: c_int = -1;
pub const PYGEN_NEXT: c_int = 1;
pub const PYGEN_RETURN: c_int = 0;
pub const PyWrapperFlag_KEYWORDS: c_int = 1;
pub const Py_PRINT_RAW: c_int = 1;
pub const Py_eval_input: c_int = 258;
pub const Py_file_input: c_int = 257;
pub const Py_func_type_input: c_int = 345;
pub const Py_single_input: c_int = 256;

/// Set in the count of a vectorcall: the caller lends the place before the first argument.
pub const PY_VECTORCALL_ARGUMENTS_OFFSET: usize = 1 << 63;
