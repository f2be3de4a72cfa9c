//! The names that the runtime itself looks up: static, immortal, interned strings, the same object in every
//! interpreter. `name!(__dict__)` is one of them; a new name is a line in the table.

use crate::abi::*;
use crate::object::Object;

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

macro_rules! static_names {
    ($($name:ident)*) => {
        #[allow(non_upper_case_globals, reason = "the names are Python's")]
        pub mod table {
            use super::StaticStr;
            $(pub static mut $name: StaticStr<{ stringify!($name).len() + 1 }> = StaticStr::new(stringify!($name));)*
        }

        /// Every static name, for the table of interned strings.
        pub fn all() -> impl Iterator<Item = &'static Object> {
            [$((&raw mut table::$name).cast::<PyObject>()),*]
                .into_iter()
                // SAFETY: static and immortal.
                .map(|name| unsafe { Object::from_ptr(name) })
        }
    };
}

/// A static name as `&'static Object`.
#[macro_export]
macro_rules! name {
    ($name:ident) => {
        $crate::types::unicode::names::get(&raw mut $crate::types::unicode::names::table::$name)
    };
}

static_names! {
    False MISSING Py_Repr True __abs__ __abstractmethods__ __add__ __aenter__ __aexit__ __aiter__ __all__ __and__
    __anext__ __annotate__ __annotate_func__ __annotations__ __annotations_cache__ __args__ __await__ __bases__
    __basicsize__ __bool__ __buffer__ __build_class__ __builtins__ __bytes__ __call__ __cause__ __ceil__ __class__
    __class_getitem__ __classcell__ __classdictcell__ __complex__ __contains__ __context__ __copy__ __deepcopy__
    __del__ __delattr__ __delete__ __delitem__ __dict__ __dictoffset__ __dir__ __divmod__ __doc__ __enter__ __eq__
    __exit__ __file__ __firstlineno__ __float__ __floor__ __floordiv__ __format__ __fspath__ __ge__ __get__
    __getattr__ __getattribute__ __getitem__ __getnewargs__ __getnewargs_ex__ __getstate__ __gt__ __hash__ __iadd__
    __iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__ __import__ __imul__ __index__ __init__ __init_subclass__
    __instancecheck__ __int__ __invert__ __ior__ __ipow__ __irshift__ __isabstractmethod__ __isub__ __iter__
    __itruediv__ __ixor__ __le__ __len__ __length_hint__ __loader__ __lshift__ __lt__ __main__ __match_args__
    __matmul__ __missing__ __mod__ __module__ __mro__ __mro_entries__ __mul__ __name__ __ne__ __neg__ __new__
    __newobj__ __newobj_ex__ __next__ __notes__ __objclass__ __or__ __orig_bases__ __orig_class__ __origin__
    __package__ __parameters__ __path__ __pos__ __pow__ __prepare__ __qualname__ __radd__ __rand__ __rdivmod__
    __reduce__ __reduce_ex__ __release_buffer__ __repr__ __reversed__ __rfloordiv__ __rlshift__ __rmatmul__ __rmod__
    __rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ __self__ __set__
    __set_name__ __setattr__ __setitem__ __setstate__ __sizeof__ __slotnames__ __slots__ __spec__ __str__ __sub__
    __subclasscheck__ __subclasshook__ __suppress_context__ __text_signature__ __traceback__ __truediv__ __trunc__
    __type_params__ __typing_prepare_subst__ __typing_subst__ __unpacked__ __weaklistoffset__ __weakref__
    __wrapped__ __xor__ _cached _get_spec _initializing _is_text_encoding _last_epoch _last_parent_path _loaders
    _name _path _path_finder _reduce_ex _set_fileattr _uninitialized_submodules add_note append args ascii big
    builtins byteorder clear close closed copy copyreg count create_module decode default derive encode encoding end
    end_lineno end_offset errors exec_module extend fget file filename fileno find_spec flush format get getattr
    has_location imag incrementaldecoder incrementalencoder index insert intersection isatty items join key keys
    last_exc latin1 lineno little loader loader_state maxsplit meta_path metaclass mode modules mro msg name obj
    object offset open origin parent path path_hooks path_importer_cache pop print_file_and_line read readline real
    release remove replace repr reverse send sep signed sort start stderr stdin stdout step stop strict
    submodule_search_locations sys text throw update utf_8 values warnings write
}
