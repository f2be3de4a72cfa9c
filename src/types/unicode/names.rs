//! The names that the runtime itself looks up, and those that every `sys` and `builtins` hold: static, immortal,
//! interned strings, the same object in every interpreter. `name!(__dict__)` is one of them; a new name is a line in
//! the table.

use crate::abi::*;
use crate::object::Object;
use std::ffi::CStr;

/// A static ASCII str of `N - 1` characters and the NUL behind them.
#[repr(C)]
pub struct StaticStr<const N: usize> {
    head: PyASCIIObject,
    text: [u8; N],
}

/// `PyASCIIObject.state` of a static ASCII str: interned for good, one byte per character, compact, static.
const STATE: u32 = (SSTATE_INTERNED_IMMORTAL_STATIC) | (PyUnicode_1BYTE_KIND << 2) | (1 << 5) | (1 << 6) | (1 << 7);

impl<const N: usize> StaticStr<N> {
    pub const fn new(text: &str) -> StaticStr<N> {
        let bytes = text.as_bytes();
        assert!(bytes.len() + 1 == N && text.is_ascii());
        let mut copy = [0; N];
        let mut i = 0;
        while i < bytes.len() {
            copy[i] = bytes[i];
            i += 1;
        }
        StaticStr {
            head: PyASCIIObject {
                ob_base: PyObject::immortal(&raw mut super::PyUnicode_Type),
                length: bytes.len() as isize,
                hash: -1,
                state: STATE,
            },
            text: copy,
        }
    }
}

impl StaticStr<2> {
    /// The str of one ASCII character.
    pub const fn of_char(c: u8) -> StaticStr<2> {
        let mut one = StaticStr::new("?");
        one.text[0] = c;
        one
    }
}

/// The object of a static name.
#[inline(always)]
pub fn get<const N: usize>(name: *mut StaticStr<N>) -> &'static Object {
    // SAFETY: static and immortal.
    unsafe { Object::from_ptr(name.cast()) }
}

/// Addresses of all static names, in the table's order.
struct All<const N: usize>([*mut PyObject; N]);

// SAFETY: addresses fixed at link time.
unsafe impl<const N: usize> Sync for All<N> {}

macro_rules! static_names {
    ($($name:ident)*) => {
        // Names that are keywords of Rust's.
        static_names! { $($name)*; super_ "super" type_ "type" }
    };
    ($($name:ident)*; $($keyword:ident $text:literal)*) => {
        /// All of them side by side, so that the address of a text tells whether it is one of theirs.
        #[allow(non_snake_case, reason = "the names are Python's")]
        #[repr(C)]
        struct Table {
            $($name: StaticStr<{ stringify!($name).len() + 1 }>,)*
            $($keyword: StaticStr<{ $text.len() + 1 }>,)*
        }

        static mut TABLE: Table =
            Table { $($name: StaticStr::new(stringify!($name)),)* $($keyword: StaticStr::new($text),)* };

        #[allow(non_upper_case_globals, reason = "the names are Python's")]
        pub mod table {
            use super::{StaticStr, TABLE};
            // SAFETY: addresses of parts of a static.
            $(pub const $name: *mut StaticStr<{ stringify!($name).len() + 1 }> = unsafe { &raw mut TABLE.$name };)*
            // SAFETY: addresses of parts of a static.
            $(pub const $keyword: *mut StaticStr<{ $text.len() + 1 }> = unsafe { &raw mut TABLE.$keyword };)*
        }

        const TEXTS: &[&str] = &[$(stringify!($name),)* $($text),*];
        const ADDRESSES: [*mut PyObject; TEXTS.len()] =
            [$(table::$name.cast::<PyObject>(),)* $(table::$keyword.cast::<PyObject>()),*];
        static ALL: All<{ TEXTS.len() }> = All(ADDRESSES);
    };
}

/// How many static names there are.
pub const COUNT: usize = TEXTS.len();

/// Finding a name by its text takes no hash of Python's, whose key is drawn at start: a table that is made with the
/// library has the names' numbers, plus one, in the lower half of a place, and more of the text's mixture in the upper.
const PLACES: usize = 2048;
static INDEX: [u32; PLACES] = MADE;
const MADE: [u32; PLACES] = {
    assert!(COUNT * 2 < PLACES, "more static names: a larger table");
    let mut index = [0; PLACES];
    let mut number = 0;
    while number < COUNT {
        let mixed = mix(TEXTS[number].as_bytes());
        let mut at = place(mixed);
        while index[at] != 0 {
            at = (at + 1) % PLACES;
        }
        index[at] = mixed & 0xffff_0000 | (number as u32 + 1);
        number += 1;
    }
    index
};

/// A number out of the length and a few characters. The text is not empty.
const fn mix(text: &[u8]) -> u32 {
    let n = text.len();
    let third = if n > 2 { text[2] } else { 0 };
    let mut picked = n as u64;
    picked = picked << 8 | text[0] as u64;
    picked = picked << 8 | text[n / 4] as u64;
    picked = picked << 8 | text[n / 2] as u64;
    picked = picked << 8 | text[n * 3 / 4] as u64;
    picked = picked << 8 | text[n - 1] as u64;
    picked = picked << 8 | third as u64;
    let mixed = picked.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32 ^ mixed as u32 >> 7
}

const fn place(mixed: u32) -> usize {
    mixed as usize % PLACES
}

/// The static name with this text.
pub fn find(text: &[u8]) -> Option<&'static Object> {
    if text.is_empty() {
        return None;
    }
    let mixed = mix(text);
    let mut at = place(mixed);
    loop {
        let entry = INDEX[at];
        if entry == 0 {
            return None;
        }
        if (entry ^ mixed) & 0xffff_0000 == 0 {
            // SAFETY: static and immortal.
            let name = unsafe { Object::from_ptr(ALL.0[(entry & 0xffff) as usize - 1]) };
            if super::layout::chars(name).bytes() == text {
                return Some(name);
            }
        }
        at = (at + 1) % PLACES;
    }
}

/// A table of functions whose names are the static ones' own texts, where there are such: then [`of_c_text`] knows
/// them by their addresses.
pub const fn named<const N: usize>(mut methods: [PyMethodDef; N]) -> [PyMethodDef; N] {
    let mut i = 0;
    while i < N && !methods[i].ml_name.is_null() {
        // SAFETY: a static C string.
        let text = unsafe { CStr::from_ptr(methods[i].ml_name) }.to_bytes();
        let mixed = mix(text);
        let mut at = place(mixed);
        while MADE[at] != 0 {
            let number = (MADE[at] & 0xffff) as usize - 1;
            if (MADE[at] ^ mixed) & 0xffff_0000 == 0 && same(TEXTS[number].as_bytes(), text) {
                methods[i].ml_name = ADDRESSES[number].cast::<c_char>().wrapping_add(size_of::<PyASCIIObject>());
                break;
            }
            at = (at + 1) % PLACES;
        }
        i += 1;
    }
    methods
}

/// The texts are equal.
pub const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The static name whose own text this is.
#[inline]
pub fn of_c_text(text: *const c_char) -> Option<&'static Object> {
    let start = (&raw mut TABLE).cast::<u8>();
    let at = text.addr().wrapping_sub(start.addr() + size_of::<PyASCIIObject>());
    if at >= size_of::<Table>() - size_of::<PyASCIIObject>() || !at.is_multiple_of(align_of::<PyASCIIObject>()) {
        return None;
    }
    let head = start.wrapping_add(at).cast::<PyObject>();
    // Before a text stands its str; before a later part of a text stands text.
    // SAFETY: inside the table, aligned.
    unsafe { ((*head).ob_type == &raw mut super::PyUnicode_Type).then(|| Object::from_ptr(head)) }
}

#[cfg(test)]
mod tests {
    use super::{COUNT, INDEX, TEXTS, find, of_c_text};
    use crate::types::unicode;

    #[test]
    fn a_text_of_the_table_is_known_by_its_address() {
        for text in TEXTS {
            let name = find(text.as_bytes()).expect("a static name");
            let own = unicode::layout::chars(name).bytes().as_ptr().cast();
            assert!(of_c_text(own).is_some_and(|found| found.is(name)));
            for part in 1..=text.len() {
                assert!(of_c_text(own.wrapping_add(part)).is_none());
            }
            assert!(of_c_text(text.as_ptr().cast()).is_none());
        }
        assert!(of_c_text(std::ptr::null()).is_none());
    }

    #[test]
    fn each_name_is_found_by_its_text_and_no_other_text_is() {
        for text in TEXTS {
            let name = find(text.as_bytes()).expect("a static name");
            assert_eq!(unicode::layout::chars(name).bytes(), text.as_bytes());
            let other = format!("{text}?");
            assert!(find(other.as_bytes()).is_none());
        }
        assert!(find(b"").is_none());
        assert_eq!(INDEX.iter().filter(|&&entry| entry != 0).count(), COUNT);
    }
}

/// A static name as `&'static Object`.
#[macro_export]
macro_rules! name {
    ($name:ident) => {
        $crate::types::unicode::names::get($crate::types::unicode::names::table::$name)
    };
}

static_names! {
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
    BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
    ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
    ImportError ImportWarning IndentationError IndexError InterpreterError InterpreterNotFoundError InterruptedError
    IsADirectoryError KeyError KeyboardInterrupt LookupError MISSING MemoryError ModuleNotFoundError NameError None
    NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning
    PermissionError ProcessLookupError Py_Repr PythonFinalizationError RecursionError ReferenceError ResourceWarning
    RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit
    TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
    UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError _IncompleteInputError
    __abs__ __abstractmethods__ __add__ __aenter__ __aexit__ __aiter__ __all__ __and__ __anext__ __annotate__
    __annotate_func__ __annotations__ __annotations_cache__ __args__ __await__ __bases__ __basicsize__ __bool__
    __breakpointhook__ __buffer__ __build_class__ __builtins__ __bytes__ __call__ __cause__ __ceil__ __class__
    __class_getitem__ __classcell__ __classdictcell__ __complex__ __contains__ __context__ __copy__ __debug__
    __deepcopy__ __del__ __delattr__ __delete__ __delitem__ __dict__ __dictoffset__ __dir__ __displayhook__
    __divmod__ __doc__ __enter__ __eq__ __excepthook__ __exit__ __file__ __firstlineno__ __float__ __floor__
    __floordiv__ __format__ __fspath__ __ge__ __get__ __getattr__ __getattribute__ __getitem__ __getnewargs__
    __getnewargs_ex__ __getstate__ __gt__ __hash__ __iadd__ __iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__
    __import__ __imul__ __index__ __init__ __init_subclass__ __instancecheck__ __int__ __invert__ __ior__ __ipow__
    __irshift__ __isabstractmethod__ __isub__ __iter__ __itruediv__ __ixor__ __le__ __len__ __length_hint__
    __loader__ __lshift__ __lt__ __main__ __match_args__ __matmul__ __missing__ __mod__ __module__ __mro__
    __mro_entries__ __mul__ __name__ __ne__ __neg__ __new__ __newobj__ __newobj_ex__ __next__ __notes__ __objclass__
    __or__ __orig_bases__ __orig_class__ __origin__ __package__ __parameters__ __path__ __pos__ __pow__ __prepare__
    __qualname__ __radd__ __rand__ __rdivmod__ __reduce__ __reduce_ex__ __release_buffer__ __repr__ __reversed__
    __rfloordiv__ __rlshift__ __rmatmul__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__
    __rsub__ __rtruediv__ __rxor__ __self__ __set__ __set_name__ __setattr__ __setitem__ __setstate__ __sizeof__
    __slotnames__ __slots__ __spec__ __stderr__ __stdin__ __stdout__ __str__ __sub__ __subclasscheck__
    __subclasshook__ __suppress_context__ __text_signature__ __traceback__ __truediv__ __trunc__ __type_params__
    __typing_prepare_subst__ __typing_subst__ __unpacked__ __unraisablehook__ __weaklistoffset__ __weakref__
    __wrapped__ __xor__ _base_executable _baserepl _cached _clear_internal_caches _clear_type_cache
    _clear_type_descriptors _current_exceptions _current_frames _debugmallocstats _epoch _framework
    _get_cpu_count_config _get_spec _getframe _getframemodulename _git _initializing _is_gil_enabled _is_immortal
    _is_interned _is_text_encoding _last_epoch _last_parent_path _loaders _multiarch _name _path _path_cache
    _path_finder _path_mtime _reduce_ex _relaxed_path_cache _set_fileattr _setprofileallthreads _settraceallthreads
    _shutdown _stdlib_dir _thread _uninitialized_submodules _xoptions abiflags abs activate_stack_trampoline
    add_note addaudithook aiter all any api_version append args argv ascii audit base_exec_prefix base_prefix big
    bin bool breakpoint breakpointhook builtin_module_names builtins bytearray byteorder bytes cache_tag
    call_tracing callable chr classmethod clear close closed compile complex copy copyreg copyright count
    create_module deactivate_stack_trampoline decode default delattr derive dict dir displayhook divmod
    dont_write_bytecode encode encoding end end_lineno end_offset enumerate errors eval exc_info excepthook
    exception exec exec_module exec_prefix executable exit extend fget file filename fileno filter find_spec flags
    float float_info float_repr_style flush format frozenset get get_asyncgen_hooks
    get_coroutine_origin_tracking_depth get_int_max_str_digits getallocatedblocks getattr getdefaultencoding
    getdlopenflags getfilesystemencodeerrors getfilesystemencoding getprofile getrecursionlimit getrefcount
    getsizeof getswitchinterval gettrace getunicodeinternedsize globals has_location hasattr hash hash_info hex
    hexversion id imag implementation incrementaldecoder incrementalencoder index input insert int int_info intern
    intersection is_finalizing is_remote_debug_enabled is_stack_trampoline_active isatty isinstance issubclass items
    iter join key keys last_exc latin1 len lineno list little loader loader_state locals map max maxsize maxsplit
    maxunicode memoryview meta_path metaclass min mode modules mro msg name next obj object oct offset open ord
    orig_argv origin parent path path_hooks path_importer_cache platform platlibdir pop pow prefix print
    print_file_and_line property pycache_prefix range read readline real release remote_exec remove replace repr
    reverse reversed round send sep set set_asyncgen_hooks set_coroutine_origin_tracking_depth
    set_int_max_str_digits setattr setdlopenflags setprofile setrecursionlimit setswitchinterval settrace signed
    slice sort sorted start staticmethod stderr stdin stdlib_module_names stdout step stop str strict
    submodule_search_locations sum supports_isolated_interpreters sys text thread_info threading throw tuple
    unraisablehook update utf_8 values vars version version_info warnings warnoptions write zip
}
