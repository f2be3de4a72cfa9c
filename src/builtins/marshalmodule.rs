//! `marshal`: the marshal format for Python callers.

use super::native::{Arguments, described, fast_keywords, module};
use super::set;
use crate::abi::*;
use crate::marshal::read::{self, Source};
use crate::marshal::{VERSION, write};
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::bytesmethods::view::View;
use crate::types::{bytearray, bytes, long, memoryview, unicode};

static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"dump",
        fast_keywords!(dump),
        c"dump($module, value, file, version=version, /, *, allow_code=True)\n--\n\nWrite the value to a binary file.",
    ),
    PyMethodDef::fast_keywords(
        c"load",
        fast_keywords!(load),
        c"load($module, file, /, *, allow_code=True)\n--\n\nRead one value from a binary file.",
    ),
    PyMethodDef::fast_keywords(
        c"dumps",
        fast_keywords!(dumps),
        c"dumps($module, value, version=version, /, *, allow_code=True)\n--\n\nReturn the value as bytes.",
    ),
    PyMethodDef::fast_keywords(
        c"loads",
        fast_keywords!(loads),
        c"loads($module, bytes, /, *, allow_code=True)\n--\n\nReturn the first value in bytes; what follows it is \
        ignored.",
    ),
    PyMethodDef::END,
];

module!(described(c"marshal", c"Simple values, and code, as bytes.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    set(module, "version", &*long::from_i64(VERSION.into())?)
}

fn version(given: Option<&Object>) -> Result<c_int> {
    given.map_or(Ok(VERSION), long::as_i32)
}

fn allowed(given: Option<&Object>) -> Result<bool> {
    given.map_or(Ok(true), Object::is_true)
}

fn dumps(_: &Object, args: Arguments) -> Result<Owned> {
    const PARAMETERS: Signature<3> = Signature::new("dumps", ["", "", "allow_code"]).required(1).positional(2);
    let [value, given, allow_code] = args.bind(&PARAMETERS)?;
    let value = value.expect("bind checked it");
    bytes::from_slice(&write::dumps(value, version(given)?, allowed(allow_code)?)?)
}

fn dump(_: &Object, args: Arguments) -> Result<Owned> {
    const PARAMETERS: Signature<4> = Signature::new("dump", ["", "", "", "allow_code"]).required(2).positional(3);
    let [value, file, given, allow_code] = args.bind(&PARAMETERS)?;
    let value = write::dumps(value.expect("bind checked it"), version(given)?, allowed(allow_code)?)?;
    file.expect("bind checked it").call_method_str("write", &[&*bytes::from_slice(&value)?])
}

fn loads(_: &Object, args: Arguments) -> Result<Owned> {
    const PARAMETERS: Signature<2> = Signature::new("loads", ["", "allow_code"]).required(1).positional(1);
    let [data, allow_code] = args.bind(&PARAMETERS)?;
    let allow_code = allowed(allow_code)?;
    let view = View::of(data.expect("bind checked it"))?;
    read::load(&mut view.slice(), allow_code)
}

fn load(_: &Object, args: Arguments) -> Result<Owned> {
    const PARAMETERS: Signature<2> = Signature::new("load", ["", "allow_code"]).required(1).positional(1);
    let [file, allow_code] = args.bind(&PARAMETERS)?;
    let file = file.expect("bind checked it");
    let allow_code = allowed(allow_code)?;
    // A file for text is told by what it reads when nothing is asked of it.
    let probe = file.call_method_str("read", &[&*long::from_i64(0)?])?;
    if !bytes::check(&probe) {
        // SAFETY: a live object's type is alive.
        let class = unsafe { std::ffi::CStr::from_ptr((*probe.ty()).tp_name) }.to_string_lossy();
        return Err(raise!(TypeError, "file.read() returned not bytes but {class}"));
    }
    read::load(&mut File { file, method: unicode::intern_str("readinto")? }, allow_code)
}

/// A file object, which is asked for no byte more than the value has.
struct File<'a> {
    file: &'a Object,
    method: Owned,
}

impl Source for File<'_> {
    fn take(&mut self, n: usize, out: &mut Vec<u8>) -> Result<()> {
        // Memory of an object, which lives on if the file keeps the view.
        let place = bytearray::with_len(n)?;
        let view = memoryview::from_object(&place, PyBUF_CONTIG)?;
        let got = self.file.call_method(&self.method, &[&*view])?;
        let got = long::as_isize(&got)?;
        if got as usize == n {
            out.extend(bytearray::as_slice(&place));
            return Ok(());
        }
        match got > n as isize {
            true => Err(raise!(ValueError, "read() returned too much data: {n} bytes requested, {got} returned")),
            false => Err(read::ended()),
        }
    }

    fn next(&mut self) -> Result<Option<u8>> {
        let mut byte = Vec::with_capacity(1);
        self.take(1, &mut byte)?;
        Ok(byte.pop())
    }
}
