//! `zlib`: compression, by the crate `libz-rs-sys`, which is zlib's API in Rust. Its compressed text is as valid as
//! that of the C library, but need not be the same bytes. The streams have a room beside.

use super::native::{
    self, Arguments, BASE, INTERNAL, Slots, described, doc, fast, fast_keywords, field, make, members, methods, module,
    new, publish, refs, state, stateful, value,
};
use super::set;
use super::zlib_stream::{DEF_BUF_SIZE, Step, Stream, failure, raise_text, set_dictionary};
use crate::abi::*;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::bytesmethods::view::View;
use crate::types::{bytes, exceptions, long, typeobject, unicode};
use libz_rs_sys as z;
use std::ffi::CStr;
use std::ptr;

const MAX_WBITS: c_int = 15;
const DEF_MEM_LEVEL: c_int = 8;

/// The classes of this module.
struct State {
    error: Option<Owned>,
    compress: Option<Owned>,
    decompress: Option<Owned>,
}

refs!(State, error, compress, decompress);

static METHODS: [PyMethodDef; 7] = [
    PyMethodDef::fast(
        c"adler32",
        fast!(adler32),
        c"adler32($module, data, value=1, /)\n--\n\nThe Adler-32 checksum of data, going on from value.",
    ),
    PyMethodDef::fast_keywords(
        c"compress",
        fast_keywords!(compress),
        c"compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)\n--\n\nThe data, compressed.",
    ),
    PyMethodDef::fast_keywords(
        c"compressobj",
        fast_keywords!(compressobj),
        c"compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, \
        memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)\n--\n\nAn object \
        that compresses piece by piece.",
    ),
    PyMethodDef::fast(
        c"crc32",
        fast!(crc32),
        c"crc32($module, data, value=0, /)\n--\n\nThe CRC-32 checksum of data, going on from value.",
    ),
    PyMethodDef::fast_keywords(
        c"decompress",
        fast_keywords!(decompress),
        c"decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)\n--\n\nWhat was compressed to data.",
    ),
    PyMethodDef::fast_keywords(
        c"decompressobj",
        fast_keywords!(decompressobj),
        c"decompressobj($module, /, wbits=MAX_WBITS, zdict=b\'\')\n--\n\nAn object that decompresses piece by piece.",
    ),
    PyMethodDef::END,
];

module!(
    stateful::<State>(described(c"zlib", c"Compression and decompression in zlib's and gzip's formats.", &METHODS)),
    exec
);

fn exec(module: &Object) -> Result<()> {
    let state = state::<State>(module);
    let error = exceptions::new_class("zlib.error", None, None, None)?;
    set(module, "error", &error)?;
    state.error = Some(error);
    state.compress = Some(native::class::<Stream>(module, c"zlib.Compress", INTERNAL, &COMPRESS_SLOTS)?);
    state.decompress = Some(native::class::<Stream>(module, c"zlib.Decompress", INTERNAL, &DECOMPRESS_SLOTS)?);
    publish(module, native::class::<Stream>(module, c"zlib._ZlibDecompressor", BASE, &DECOMPRESSOR_SLOTS)?)?;
    for (name, number) in [
        ("MAX_WBITS", MAX_WBITS),
        ("DEFLATED", z::Z_DEFLATED),
        ("DEF_MEM_LEVEL", DEF_MEM_LEVEL),
        ("DEF_BUF_SIZE", DEF_BUF_SIZE as c_int),
        ("Z_NO_COMPRESSION", z::Z_NO_COMPRESSION),
        ("Z_BEST_SPEED", z::Z_BEST_SPEED),
        ("Z_BEST_COMPRESSION", z::Z_BEST_COMPRESSION),
        ("Z_DEFAULT_COMPRESSION", z::Z_DEFAULT_COMPRESSION),
        ("Z_FILTERED", z::Z_FILTERED),
        ("Z_HUFFMAN_ONLY", z::Z_HUFFMAN_ONLY),
        ("Z_RLE", z::Z_RLE),
        ("Z_FIXED", z::Z_FIXED),
        ("Z_DEFAULT_STRATEGY", z::Z_DEFAULT_STRATEGY),
        ("Z_NO_FLUSH", z::Z_NO_FLUSH),
        ("Z_PARTIAL_FLUSH", z::Z_PARTIAL_FLUSH),
        ("Z_SYNC_FLUSH", z::Z_SYNC_FLUSH),
        ("Z_FULL_FLUSH", z::Z_FULL_FLUSH),
        ("Z_FINISH", z::Z_FINISH),
        ("Z_BLOCK", z::Z_BLOCK),
        ("Z_TREES", z::Z_TREES),
    ] {
        set(module, name, &*long::from_i64(number.into())?)?;
    }
    // SAFETY: a static C string.
    let version = unsafe { CStr::from_ptr(z::zlibVersion()) }.to_string_lossy();
    set(module, "ZLIB_VERSION", &*unicode::from_str(&version)?)?;
    set(module, "ZLIB_RUNTIME_VERSION", &*unicode::from_str(&version)?)?;
    set(module, "__version__", &*unicode::from_str("1.0")?)
}

fn error_class(module: &Object) -> &Object {
    state::<State>(module).error.as_deref().unwrap_or(exceptions::object(&raw mut exceptions::ValueError))
}

/// The class `zlib.error` of the module that an object's class belongs to.
fn error_class_of(o: &Object) -> Result<Owned> {
    Ok(error_class(typeobject::spec::module_by_def(o.ty(), &raw mut DEF)?).to_owned())
}

fn int_or(value: Option<&Object>, default: c_int) -> Result<c_int> {
    value.map_or(Ok(default), long::as_i32)
}

fn checksum(
    name: &str,
    args: &[&Object],
    start: u32,
    f: unsafe extern "C" fn(c_ulong, *const u8, u32) -> c_ulong,
) -> Result<u64> {
    check_positional(name, args.len(), 1, 2)?;
    let buffer = View::of(args[0])?;
    let mut sum = match args.get(1) {
        Some(value) => long::as_mask(value)? as u32,
        None => start,
    };
    for piece in buffer.chunks(1 << 30) {
        // SAFETY: a slice.
        sum = unsafe { f(sum.into(), piece.as_ptr(), piece.len() as u32) } as u32;
    }
    Ok(sum.into())
}

fn adler32(_: &Object, args: &[&Object]) -> Result<u64> {
    checksum("adler32", args, 1, z::adler32)
}

fn crc32(_: &Object, args: &[&Object]) -> Result<u64> {
    checksum("crc32", args, 0, z::crc32)
}

const COMPRESS: Signature<3> = Signature::new("compress", ["", "level", "wbits"]).required(1).positional(3);

fn compress(module: &Object, args: Arguments) -> Result<Owned> {
    let [data, level, wbits] = args.bind(&COMPRESS)?;
    let data = View::of(data.expect("bind checked it"))?;
    let level = int_or(level, z::Z_DEFAULT_COMPRESSION)?;
    let (mut stream, status) =
        Stream::deflater(level, z::Z_DEFLATED, int_or(wbits, MAX_WBITS)?, DEF_MEM_LEVEL, z::Z_DEFAULT_STRATEGY);
    match status {
        z::Z_OK => {}
        z::Z_MEM_ERROR => return Err(raise!(MemoryError, "Out of memory while compressing data")),
        z::Z_STREAM_ERROR => return Err(raise_text(error_class(module), "Bad compression level")),
        _ => return Err(failure(error_class(module), &stream, status, "while compressing data")),
    }
    let step = stream.run(&data, z::Z_FINISH, None)?;
    if step.status != z::Z_STREAM_END {
        return Err(failure(error_class(module), &stream, step.status, "while compressing data"));
    }
    match stream.end() {
        z::Z_OK => bytes::from_slice(&step.output),
        status => Err(failure(error_class(module), &stream, status, "while finishing compression")),
    }
}

const DECOMPRESS: Signature<3> = Signature::new("decompress", ["", "wbits", "bufsize"]).required(1).positional(3);

fn decompress(module: &Object, args: Arguments) -> Result<Owned> {
    let [data, wbits, bufsize] = args.bind(&DECOMPRESS)?;
    let data = View::of(data.expect("bind checked it"))?;
    let wbits = int_or(wbits, MAX_WBITS)?;
    if bufsize.map_or(Ok(1), long::as_isize)? < 0 {
        return Err(raise!(ValueError, "bufsize must be non-negative"));
    }
    let (mut stream, status) = Stream::inflater(wbits);
    match status {
        z::Z_OK => {}
        z::Z_MEM_ERROR => return Err(raise!(MemoryError, "Out of memory while decompressing data")),
        _ => return Err(failure(error_class(module), &stream, status, "while preparing to decompress data")),
    }
    let step = stream.run(&data, z::Z_FINISH, None)?;
    match step.status {
        z::Z_STREAM_END => {}
        z::Z_MEM_ERROR => return Err(raise!(MemoryError, "Out of memory while decompressing data")),
        z::Z_OK => return Err(failure(error_class(module), &stream, z::Z_BUF_ERROR, "while decompressing data")),
        status => return Err(failure(error_class(module), &stream, status, "while decompressing data")),
    }
    match stream.end() {
        z::Z_OK => bytes::from_slice(&step.output),
        status => Err(failure(error_class(module), &stream, status, "while finishing decompression")),
    }
}

const COMPRESSOBJ: Signature<6> =
    Signature::new("compressobj", ["level", "method", "wbits", "memLevel", "strategy", "zdict"]);

fn compressobj(module: &Object, args: Arguments) -> Result<Owned> {
    let [level, method, wbits, mem_level, strategy, zdict] = args.bind(&COMPRESSOBJ)?;
    let (level, method) = (int_or(level, z::Z_DEFAULT_COMPRESSION)?, int_or(method, z::Z_DEFLATED)?);
    let (wbits, mem_level) = (int_or(wbits, MAX_WBITS)?, int_or(mem_level, DEF_MEM_LEVEL)?);
    let strategy = int_or(strategy, z::Z_DEFAULT_STRATEGY)?;
    let zdict = zdict.map(View::of).transpose()?;
    let (mut stream, status) = Stream::deflater(level, method, wbits, mem_level, strategy);
    match status {
        z::Z_OK => {}
        z::Z_MEM_ERROR => return Err(raise!(MemoryError, "Can't allocate memory for compression object")),
        z::Z_STREAM_ERROR => return Err(raise!(ValueError, "Invalid initialization option")),
        _ => return Err(failure(error_class(module), &stream, status, "while creating compression object")),
    }
    if let Some(zdict) = zdict {
        // SAFETY: an open stream and a slice.
        match unsafe { z::deflateSetDictionary(&raw mut *stream.z, zdict.as_ptr(), zdict.len() as u32) } {
            z::Z_OK => {}
            z::Z_STREAM_ERROR => return Err(raise!(ValueError, "Invalid dictionary")),
            _ => return Err(raise!(ValueError, "deflateSetDictionary()")),
        }
    }
    object(state::<State>(module).compress.clone(), stream)
}

fn object(class: Option<Owned>, stream: Stream) -> Result<Owned> {
    match class {
        Some(class) => make(class.cast(), stream),
        None => Err(raise!(SystemError, "zlib was cleared")),
    }
}

const DECOMPRESSOBJ: Signature<2> = Signature::new("decompressobj", ["wbits", "zdict"]);

/// An open stream for the arguments of `decompressobj` and `_ZlibDecompressor`.
fn inflater_for(module: &Object, wbits: c_int, zdict: Option<&Object>) -> Result<Stream> {
    let (mut stream, status) = Stream::inflater(wbits);
    match status {
        z::Z_OK => {}
        z::Z_MEM_ERROR => return Err(raise!(MemoryError, "Can't allocate memory for decompression object")),
        _ => return Err(raise!(ValueError, "Invalid initialization option")),
    }
    stream.zdict = zdict.map(Object::to_owned);
    if let Some(zdict) = zdict
        && wbits < 0
    {
        let status = set_dictionary(&mut stream.z, zdict)?;
        if status != z::Z_OK {
            return Err(failure(error_class(module), &stream, status, "while setting zdict"));
        }
    }
    Ok(stream)
}

fn decompressobj(module: &Object, args: Arguments) -> Result<Owned> {
    let [wbits, zdict] = args.bind(&DECOMPRESSOBJ)?;
    let wbits = int_or(wbits, MAX_WBITS)?;
    if let Some(zdict) = zdict
        && !crate::object::buffers::supported(zdict)
    {
        return Err(raise!(TypeError, "zdict argument must support the buffer protocol"));
    }
    object(state::<State>(module).decompress.clone(), inflater_for(module, wbits, zdict)?)
}

fn stream<'a>(o: &Object) -> &'a mut Stream {
    // SAFETY: layout. No foreign code runs while it is used, but a dictionary's buffer protocol.
    unsafe { &mut *value::<Stream>(o) }
}

// The streams' methods know the class that defines them, in CPython, so they take their arguments as functions with
// keywords do, and their messages are those.
const COPY: PyMethodDef =
    PyMethodDef::fast_keywords(c"copy", fast_keywords!(copy_only), c"copy($self, /)\n--\n\nA copy of the object.");
const SHALLOW_COPY: PyMethodDef =
    PyMethodDef::fast_keywords(c"__copy__", fast_keywords!(shallow_copy), c"__copy__($self, /)\n--\n\n");
const DEEP_COPY: PyMethodDef =
    PyMethodDef::fast_keywords(c"__deepcopy__", fast_keywords!(deep_copy), c"__deepcopy__($self, memo, /)\n--\n\n");

static COMPRESS_METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"compress",
        fast_keywords!(compress_more),
        c"compress($self, data, /)\n--\n\nCompressed text, as far as there is some.",
    ),
    PyMethodDef::fast_keywords(
        c"flush",
        fast_keywords!(compress_flush),
        c"flush($self, mode=zlib.Z_FINISH, /)\n--\n\nThe compressed text that is still held back.",
    ),
    COPY,
    SHALLOW_COPY,
    DEEP_COPY,
    PyMethodDef::END,
];

static COMPRESS_SLOTS: Slots = Slots(&[methods(&COMPRESS_METHODS)]);

const COMPRESS_MORE: Signature<1> = Signature::new("compress", [""]).required(1);

fn compress_more(this: &Object, args: Arguments) -> Result<Owned> {
    let [data] = args.bind(&COMPRESS_MORE)?;
    let data = View::of(data.expect("bind checked it"))?;
    let step = stream(this).run(&data, z::Z_NO_FLUSH, None)?;
    if step.status == z::Z_STREAM_ERROR {
        return Err(failure(&*error_class_of(this)?, stream(this), step.status, "while compressing data"));
    }
    bytes::from_slice(&step.output)
}

const FLUSH: Signature<1> = Signature::new("flush", [""]);

fn compress_flush(this: &Object, args: Arguments) -> Result<Owned> {
    let [mode] = args.bind(&FLUSH)?;
    let mode = int_or(mode, z::Z_FINISH)?;
    if mode == z::Z_NO_FLUSH {
        return bytes::from_slice(&[]);
    }
    let step = stream(this).run(&[], mode, None)?;
    if step.status == z::Z_STREAM_END && mode == z::Z_FINISH {
        let status = stream(this).end();
        if status != z::Z_OK {
            return Err(failure(&*error_class_of(this)?, stream(this), status, "while finishing compression"));
        }
    } else if step.status != z::Z_OK && step.status != z::Z_BUF_ERROR {
        return Err(failure(&*error_class_of(this)?, stream(this), step.status, "while flushing"));
    }
    bytes::from_slice(&step.output)
}

/// A second stream in the same state.
fn copy(this: &Object) -> Result<Owned> {
    let old = stream(this);
    let mut new = Stream::new(old.inflates);
    let status = if old.open {
        // The library copies only what has a place for its output, be it of no bytes.
        old.z.next_out = ptr::NonNull::dangling().as_ptr();
        // SAFETY: an open stream, and a fresh one.
        let status = unsafe {
            if old.inflates {
                z::inflateCopy(&raw mut *new.z, &raw mut *old.z)
            } else {
                z::deflateCopy(&raw mut *new.z, &raw mut *old.z)
            }
        };
        old.z.next_out = ptr::null_mut();
        new.z.next_out = ptr::null_mut();
        status
    } else {
        z::Z_STREAM_ERROR
    };
    match status {
        z::Z_OK => new.open = true,
        z::Z_STREAM_ERROR => return Err(raise!(ValueError, "Inconsistent stream state")),
        z::Z_MEM_ERROR => return Err(raise!(MemoryError, "Can't allocate memory for compression object")),
        _ => return Err(failure(&*error_class_of(this)?, old, status, "while copying compression object")),
    }
    new.eof = old.eof;
    new.zdict = old.zdict.clone();
    new.unused_data = old.unused_data.clone();
    new.unconsumed_tail = old.unconsumed_tail.clone();
    make(this.ty(), new)
}

fn no_arguments(name: &str, args: Arguments) -> Result<()> {
    if args.all().is_empty() { Ok(()) } else { Err(raise!(TypeError, "{name}() takes no arguments")) }
}

fn copy_only(this: &Object, args: Arguments) -> Result<Owned> {
    no_arguments("copy", args)?;
    copy(this)
}

fn shallow_copy(this: &Object, args: Arguments) -> Result<Owned> {
    no_arguments("__copy__", args)?;
    copy(this)
}

const DEEP: Signature<1> = Signature::new("__deepcopy__", [""]).required(1);

fn deep_copy(this: &Object, args: Arguments) -> Result<Owned> {
    args.bind(&DEEP)?;
    copy(this)
}

static DECOMPRESS_METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"decompress",
        fast_keywords!(decompress_more),
        c"decompress($self, data, /, max_length=0)\n--\n\nDecompressed text, as far as there is some; at most \
        max_length bytes.",
    ),
    PyMethodDef::fast_keywords(
        c"flush",
        fast_keywords!(decompress_flush),
        c"flush($self, length=zlib.DEF_BUF_SIZE, /)\n--\n\nWhat is still held back.",
    ),
    COPY,
    SHALLOW_COPY,
    DEEP_COPY,
    PyMethodDef::END,
];

static DECOMPRESS_MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::new(c"unused_data", Py_T_OBJECT_EX, field!(Stream, unused_data), Py_READONLY),
    PyMemberDef::new(c"unconsumed_tail", Py_T_OBJECT_EX, field!(Stream, unconsumed_tail), Py_READONLY),
    PyMemberDef::new(c"eof", Py_T_BOOL, field!(Stream, eof), Py_READONLY),
    PyMemberDef::END,
];

static DECOMPRESS_SLOTS: Slots = Slots(&[methods(&DECOMPRESS_METHODS), members(&DECOMPRESS_MEMBERS)]);

const DECOMPRESS_MORE: Signature<2> = Signature::new("decompress", ["", "max_length"]).required(1).positional(2);

fn decompress_more(this: &Object, args: Arguments) -> Result<Owned> {
    let [data, max_length] = args.bind(&DECOMPRESS_MORE)?;
    let data = View::of(data.expect("bind checked it"))?;
    let max_length = max_length.map_or(Ok(0), index_size)?;
    if max_length < 0 {
        return Err(raise!(ValueError, "max_length must be non-negative"));
    }
    let limit = (max_length > 0).then_some(max_length as usize);
    let step = stream(this).run(&data, z::Z_SYNC_FLUSH, limit)?;
    keep_rest(this, &step, &data)?;
    if step.status == z::Z_STREAM_END {
        stream(this).eof = true;
    } else if step.status != z::Z_OK && step.status != z::Z_BUF_ERROR {
        let what = if step.refused_dictionary { "while setting zdict" } else { "while decompressing data" };
        return Err(failure(&*error_class_of(this)?, stream(this), step.status, what));
    }
    bytes::from_slice(&step.output)
}

/// What was not used: behind the end of the stream it is `unused_data`, else it waits for the next call.
fn keep_rest(this: &Object, step: &Step, input: &[u8]) -> Result<()> {
    let rest = &input[step.used..];
    let stream = stream(this);
    let ended = step.status == z::Z_STREAM_END;
    if ended && !rest.is_empty() {
        let unused = bytes::from_slice(&[bytes::as_slice(&stream.unused_data), rest].concat())?;
        drop(std::mem::replace(&mut stream.unused_data, unused));
    }
    let tail = if ended { bytes::empty() } else { bytes::from_slice(rest)? };
    drop(std::mem::replace(&mut stream.unconsumed_tail, tail));
    Ok(())
}

fn decompress_flush(this: &Object, args: Arguments) -> Result<Owned> {
    let [length] = args.bind(&FLUSH)?;
    let length = length.map_or(Ok(DEF_BUF_SIZE as isize), index_size)?;
    if length <= 0 {
        return Err(raise!(ValueError, "length must be greater than zero"));
    }
    let input = stream(this).unconsumed_tail.clone();
    let input = bytes::as_slice(&input);
    let step = stream(this).run(input, z::Z_FINISH, None)?;
    keep_rest(this, &step, input)?;
    match step.status {
        z::Z_STREAM_END => {
            stream(this).eof = true;
            let status = stream(this).end();
            if status != z::Z_OK {
                return Err(failure(&*error_class_of(this)?, stream(this), status, "while finishing decompression"));
            }
        }
        z::Z_OK | z::Z_BUF_ERROR => {}
        status => {
            let what = if step.refused_dictionary { "while setting zdict" } else { "while decompressing data" };
            return Err(failure(&*error_class_of(this)?, stream(this), status, what));
        }
    }
    bytes::from_slice(&step.output)
}

static DECOMPRESSOR_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::fast_keywords(
        c"decompress",
        fast_keywords!(decompressor_more),
        c"decompress($self, /, data, max_length=-1)\n--\n\nDecompressed text, at most max_length bytes; the rest of \
        data is kept.",
    ),
    PyMethodDef::END,
];

static DECOMPRESSOR_MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::new(c"eof", Py_T_BOOL, field!(Stream, eof), Py_READONLY)
        .documented(c"Whether the end of the stream was reached."),
    PyMemberDef::new(c"unused_data", Py_T_OBJECT_EX, field!(Stream, unused_data), Py_READONLY)
        .documented(c"What came behind the end of the stream."),
    PyMemberDef::new(c"needs_input", Py_T_BOOL, field!(Stream, needs_input), Py_READONLY)
        .documented(c"Whether more input is needed for more output."),
    PyMemberDef::END,
];

static DECOMPRESSOR_SLOTS: Slots = Slots(&[
    methods(&DECOMPRESSOR_METHODS),
    members(&DECOMPRESSOR_MEMBERS),
    (Py_tp_new, new!(new_decompressor)),
    doc(c"_ZlibDecompressor(wbits=15, zdict=b\'\')
--

Decompresses piece by piece, and keeps what it could not use."),
]);

const NEW_DECOMPRESSOR: Signature<2> = Signature::new("_ZlibDecompressor", ["wbits", "zdict"]);

/// Converted as `PyArg_Parse` does.
fn wbits_of(wbits: Option<&Object>) -> Result<c_int> {
    let wbits = wbits.map_or(Ok(MAX_WBITS.into()), long::as_i64)?;
    c_int::try_from(wbits).map_err(|_| {
        let end = if wbits > 0 { "greater than maximum" } else { "less than minimum" };
        raise!(OverflowError, "signed integer is {end}")
    })
}

fn new_decompressor(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [wbits, zdict] = NEW_DECOMPRESSOR.bind(args, kwargs)?;
    make(ty, inflater_for(typeobject::spec::module_by_def(ty, &raw mut DEF)?, wbits_of(wbits)?, zdict)?)
}

const DECOMPRESSOR_MORE: Signature<2> = Signature::new("decompress", ["data", "max_length"]).required(1);

fn decompressor_more(this: &Object, args: Arguments) -> Result<Owned> {
    let [data, max_length] = args.bind(&DECOMPRESSOR_MORE)?;
    let data = View::of(data.expect("bind checked it"))?;
    let max_length = max_length.map_or(Ok(-1), index_size)?;
    if stream(this).eof {
        return Err(raise!(EOFError, "End of stream already reached"));
    }
    let input = [bytes::as_slice(&stream(this).unconsumed_tail), &data].concat();
    let limit = usize::try_from(max_length).ok();
    let step = stream(this).run(&input, z::Z_SYNC_FLUSH, limit)?;
    keep_rest(this, &step, &input)?;
    let left = bytes::len(&stream(this).unconsumed_tail) != 0;
    match step.status {
        z::Z_STREAM_END => {
            stream(this).eof = true;
            stream(this).needs_input = false;
        }
        z::Z_OK | z::Z_BUF_ERROR => stream(this).needs_input = !left,
        status => {
            let what = if step.refused_dictionary { "while setting zdict" } else { "while decompressing data" };
            return Err(failure(&*error_class_of(this)?, stream(this), status, what));
        }
    }
    bytes::from_slice(&step.output)
}

fn index_size(n: &Object) -> Result<isize> {
    long::as_isize(&*crate::object::number::index(n)?)
}
