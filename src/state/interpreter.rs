//! The part of an interpreter that objects keep their tables in. `runtime::Interpreter` begins with it.

use crate::abi::*;

/// What belongs to one interpreter and is reached from below the runtime: the collector's lists, free lists, type
/// tables, interned strings. `repr(C)`: the runtime's interpreter begins with this struct.
#[repr(C)]
pub struct Interpreter {
    pub gc: GcState,
    pub types: TypeState,
    pub unicode: UnicodeState,
    pub freelists: FreeLists,
    /// The limit on digits when ints become decimal text and back: 0 while it is the default, -1 for none (see
    /// `types::long::text`).
    pub int_max_str_digits: c_int,
    pub exceptions: ExceptionState,
    /// Who hears of code objects that are made and that go.
    pub code_watchers: [PyCode_WatchCallback; 8],
    /// What frees the values that code objects keep under the numbers handed out so far (see `types::code`).
    pub code_extra: CodeExtra,
    /// See `types::dict::watch`.
    pub dict_watchers: [PyDict_WatchCallback; 8],
}

/// The numbers for values of tools in code objects.
#[repr(C)]
pub struct CodeExtra {
    pub count: usize,
    pub free: [freefunc; 254],
}

/// What the interpreter keeps of exceptions (see `types::exceptions`). References, or NULL.
#[repr(C)]
pub struct ExceptionState {
    /// A `MemoryError` that was made beforehand.
    pub memory_error: *mut PyObject,
    pub making_memory_error: bool,
    /// The class `ExceptionGroup`, which derives from two and so is no static class.
    pub exception_group: *mut PyObject,
    pub warnings: WarningState,
}

/// The filters of warnings (see `types::warnings`). References, or NULL until first used.
#[repr(C)]
pub struct WarningState {
    pub filters: *mut PyObject,
    pub once_registry: *mut PyObject,
    pub default_action: *mut PyObject,
    pub filters_version: i64,
    /// How often the lock on the filters is held.
    pub locked: c_int,
}

/// What stands before a collectable object: the links of the list it is in. An object that is not tracked has no next.
/// The two low bits of `prev` are flags, and while a collection runs it counts references instead (see `mem::gc`).
#[repr(C)]
pub struct GcHead {
    pub next: usize,
    pub prev: usize,
}

/// One generation: a ring with its own head, so an empty ring points to itself.
#[repr(C)]
pub struct GcGeneration {
    pub head: GcHead,
    /// Collections start when `count` is above it; 0 in the youngest turns automatic collection off.
    pub threshold: c_int,
    /// In the youngest: allocations less deallocations. In the others: collections of the generation below.
    pub count: c_int,
}

/// What `gc.get_stats()` reports of one generation.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct GcStats {
    pub collections: isize,
    pub collected: isize,
    pub uncollectable: isize,
}

pub const GENERATIONS: usize = 3;

/// The cycle collector's state (see `mem::gc`).
#[repr(C)]
pub struct GcState {
    /// Set while a collection runs: it does not nest.
    pub collecting: bool,
    pub enabled: bool,
    pub debug: c_int,
    pub generations: [GcGeneration; GENERATIONS],
    /// What `gc.freeze()` put aside.
    pub permanent: GcGeneration,
    pub stats: [GcStats; GENERATIONS],
    /// `gc.garbage`, a list; NULL until first wanted.
    pub garbage: *mut PyObject,
    /// `gc.callbacks`, a list; NULL until first wanted.
    pub callbacks: *mut PyObject,
    /// Objects that survived the last full collection, and those that joined the oldest generation since.
    pub long_lived_total: isize,
    pub long_lived_pending: isize,
}

/// What the interpreter keeps about types (see `types::typeobject`).
#[repr(C)]
pub struct TypeState {
    /// The attribute cache, keyed by type version and name; NULL until first used.
    pub cache: *mut c_void,
    /// The next version tag for a type made in this interpreter; static types have tags of their own below it.
    pub next_version: u32,
    /// Direct subclasses and weak references of static builtin types, which are shared and so can't hold them.
    pub of_static: *mut c_void,
    pub watchers: [PyType_WatchCallback; 8],
    /// Watchers of Python functions.
    pub function_watchers: [PyFunction_WatchCallback; 8],
}

/// Interned strings and codecs (see `types::unicode`). All zero is the empty state.
#[repr(C)]
pub struct UnicodeState {
    pub interned: InternTable,
    pub known_texts: KnownTexts,
    /// The list of codec search functions, or NULL.
    pub codec_search_path: *mut PyObject,
    /// A dict from normalised encoding names to what a search function gave, or NULL.
    pub codec_cache: *mut PyObject,
    /// A dict from names to error handlers that were registered, or NULL.
    pub codec_errors: *mut PyObject,
    pub file_system: FileSystemCodec,
}

/// How names of files are encoded (see `types::unicode::paths`). All zero is UTF-8 with surrogateescape.
#[repr(C)]
pub struct FileSystemCodec {
    /// C strings in raw memory, or NULL.
    pub encoding: *mut c_char,
    pub errors: *mut c_char,
    pub through: CodecThrough,
}

/// What does the work of the file system's codec.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CodecThrough {
    Utf8 = 0,
    /// A codec of this library, by its name.
    Registry,
    /// The C library's locale.
    Locale,
}

/// A hash table of strings that it does not own (see `types::unicode::intern`). `mask + 1` places, a power of two, if
/// `entries` is not NULL.
#[repr(C)]
pub struct InternTable {
    pub entries: *mut InternEntry,
    pub mask: usize,
    /// Strings in the table.
    pub used: usize,
}

/// The interned str of C texts that were asked for lately, by the texts' addresses (see `types::unicode::intern`).
#[repr(C)]
pub struct KnownTexts {
    pub entries: [KnownText; 64],
    /// What is true of strings that died before it changed is no longer.
    pub deaths: u64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct KnownText {
    pub text: *const u8,
    /// Borrowed: alive while `deaths` is what it was.
    pub op: *mut PyObject,
    pub deaths: u64,
}

/// A place of the table; the hash stands beside the str, so that walking over others does not touch them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct InternEntry {
    pub hash: Py_hash_t,
    /// NULL in a free place.
    pub op: *mut PyObject,
}

/// Blocks of dead objects, kept for the next object of the same kind. Each type's room says how many it keeps.
#[repr(C)]
pub struct FreeLists {
    pub ints: FreeList,
    pub floats: FreeList,
    pub tuples: [FreeList; 20],
    pub lists: FreeList,
    pub dicts: FreeList,
    /// Tables of the smallest size (see `types::dict::keys`).
    pub dict_keys: FreeList,
    pub contexts: FreeList,
    pub tokens: FreeList,
    pub methods: FreeList,
    /// Short arrays of lists, by two items of room (see `types::list::array`).
    pub arrays: [FreeList; 32],
}

/// A stack of free blocks, linked through their first word.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct FreeList {
    pub head: *mut c_void,
    pub len: usize,
}
