//! Struct sequences: tuple types made by C code whose items have names too, such as `time.struct_time`.
//!
//! Items beyond the tuple's visible length can be reached by name only. Their room is part of the type's basic size,
//! so the number of all items follows from the type. Members of the type, in the order of the items but without the
//! unnamed ones, give the names.

use crate::abi::*;
use crate::mem::{domains, forever, gc, refcount};
use crate::name;
use crate::object::args::{Signature, no_positional};
use crate::object::{Object, Owned, Raised, Result, api, error, lifecycle, sequence};
use crate::raise;
use crate::types::typeobject::shared_dict::More;
use crate::types::unicode::{self, Writer};
use crate::types::{dict, list, long, none, tuple, typeobject};
use std::ffi::CStr;
use std::mem::offset_of;
use std::ptr;

const ITEMS: usize = offset_of!(PyTupleObject, ob_item);
const ITEM: usize = size_of::<*mut PyObject>();

/// A field with this very pointer as name has none.
#[repr(transparent)]
pub struct FieldName(pub *const c_char);
// SAFETY: the address of a constant.
unsafe impl Sync for FieldName {}

#[allow(non_upper_case_globals, reason = "C's name")]
#[unsafe(no_mangle)]
pub static PyStructSequence_UnnamedField: FieldName = FieldName(c"unnamed field".as_ptr());

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"),
    PyMethodDef::keywords(
        c"__replace__",
        replace,
        c"__replace__($self, /, **changes)\n--\n\nA copy in which these fields have other values.",
    ),
    PyMethodDef::END,
];

/// How many items an instance has in all, and how many of them the tuple shows.
fn sizes(ty: *mut PyTypeObject) -> Result<(usize, usize)> {
    let visible = count(ty, "n_sequence_fields")?;
    Ok((visible + hidden(ty), visible))
}

fn hidden(ty: *mut PyTypeObject) -> usize {
    // SAFETY: a live type of ours.
    unsafe { ((*ty).tp_basicsize as usize - ITEMS) / ITEM }
}

/// A number in the type's dict.
fn count(ty: *mut PyTypeObject, name: &str) -> Result<usize> {
    let found = match typeobject::dict_of(ty) {
        Some(names) => dict::get_str(names, name)?,
        None => None,
    };
    match found {
        Some(n) => Ok(long::as_isize(&n)? as usize),
        None => Err(raise!(TypeError, "Missed attribute '{name}' of type {}", typeobject::tp_name(ty))),
    }
}

/// The name of the named field number `i`.
fn member_name<'a>(ty: *mut PyTypeObject, i: usize) -> Result<&'a CStr> {
    // SAFETY: the members end with a NULL name, and live as long as the type.
    unsafe {
        let member = (*ty).tp_members.add(i);
        if (*member).name.is_null() {
            return Err(raise!(
                SystemError,
                "In structseq_repr(), member {i} name is NULL for type {}",
                typeobject::tp_name(ty)
            ));
        }
        Ok(CStr::from_ptr((*member).name))
    }
}

fn items_of(op: *mut PyObject) -> *mut *mut PyObject {
    tuple::items_ptr(op)
}

/// An instance whose items are NULL.
///
/// # Safety
/// `ty` is a struct sequence type of so many fields.
unsafe fn with_nulls(ty: *mut PyTypeObject, real: usize, visible: usize) -> Result<Owned> {
    let this = lifecycle::gc_new_var::<PyTupleObject>(ty, visible as isize)?;
    // SAFETY: fresh, and the basic size has room for the hidden items.
    unsafe {
        (*this).ob_hash = -1;
        items_of(this.cast()).write_bytes(0, real);
        Ok(Owned::from_raw(this.cast()))
    }
}

/// An instance whose items are NULL, for C code that fills it in (`PyStructSequence_New`). As in CPython the collector
/// does not know of it.
///
/// # Safety
/// `ty` is a struct sequence type.
pub unsafe fn new(ty: *mut PyTypeObject) -> Result<Owned> {
    let (real, visible) = sizes(ty)?;
    // SAFETY: the caller's word.
    unsafe { with_nulls(ty, real, visible) }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        let ty = (*op).ob_type;
        let real = (*op.cast::<PyVarObject>()).ob_size as usize + hidden(ty);
        for i in 0..real {
            refcount::xdecref(*items_of(op).add(i));
        }
        lifecycle::gc_free(op);
        if (*ty).tp_flags & Py_TPFLAGS_HEAPTYPE != 0 {
            refcount::decref(ty.cast());
        }
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let ty = (*op).ob_type;
        if (*ty).tp_flags & Py_TPFLAGS_HEAPTYPE != 0 {
            let done = super::traverse::visit(ty.cast(), visit, arg);
            if done != 0 {
                return done;
            }
        }
        let real = (*op.cast::<PyVarObject>()).ob_size as usize + hidden(ty);
        for i in 0..real {
            let done = super::traverse::visit(*items_of(op).add(i), visit, arg);
            if done != 0 {
                return done;
            }
        }
    }
    0
}

/// structseq(sequence, dict={})
const NEW: Signature<2> = Signature::new("structseq", ["sequence", "dict"]).required(1);

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let [items, names] = NEW.bind(Object::from_ptr(args), Object::optional(kwargs))?;
        let Some(items) = items else { unreachable!("bound as required") };
        from_sequence(ty, items, names)
    })
}

fn from_sequence(ty: *mut PyTypeObject, given: &Object, names: Option<&Object>) -> Result<Owned> {
    let (real, visible) = sizes(ty)?;
    let unnamed = count(ty, "n_unnamed_fields")?;
    let type_name = typeobject::tp_name(ty);
    let given = sequence::fast(given, "constructor requires a sequence")?;
    let names = match names {
        Some(names) if !dict::check(names) => {
            return Err(raise!(TypeError, "{type_name:.500}() takes a dict as second arg, if any"));
        }
        names => names,
    };
    let items = if list::check(&given) { list::items(&given) } else { tuple::items(&given) };
    let items: Vec<Owned> = items.iter().map(|item| Object::to_owned(item)).collect();
    let n = items.len();
    let wrong = |how: &str, bound: usize| {
        raise!(TypeError, "{type_name:.500}() takes {how}{bound}-sequence ({n}-sequence given)")
    };
    if visible == real && n != visible {
        return Err(wrong("a ", visible));
    }
    if n < visible {
        return Err(wrong("an at least ", visible));
    }
    if n > real {
        return Err(wrong("an at most ", real));
    }
    // SAFETY: a struct sequence type; the places are in the fresh instance.
    unsafe {
        let result = new(ty)?;
        let places = items_of(result.as_ptr());
        for (i, item) in items.into_iter().enumerate() {
            places.add(i).write(item.into_raw());
        }
        let mut used = 0;
        for i in n..real {
            let value = match names {
                Some(names) => {
                    let name = unicode::from_utf8(member_name(ty, i - unnamed)?.to_bytes())?;
                    dict::get(names, &name)?
                }
                None => None,
            };
            used += value.is_some() as isize;
            places.add(i).write(value.unwrap_or_else(none::none).into_raw());
        }
        if names.is_some_and(|names| dict::len(names) > used) {
            return Err(raise!(TypeError, "{type_name:.500}() got duplicate or unexpected field name(s)"));
        }
        gc::track(result.as_ptr());
        Ok(result)
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        let ty = this.ty();
        let mut writer = Writer::new();
        writer.push_str(typeobject::tp_name(ty))?;
        writer.push_str("(")?;
        for (i, item) in tuple::items(this).iter().enumerate() {
            if i > 0 {
                writer.push_str(", ")?;
            }
            writer.push_object(&*unicode::from_utf8(member_name(ty, i)?.to_bytes())?)?;
            writer.push_str("=")?;
            writer.push_repr(item)?;
        }
        writer.push_str(")")?;
        writer.finish()
    })
}

/// The hidden items, with their names.
fn hidden_items(this: &Object) -> Result<Vec<(Owned, Option<Owned>)>> {
    let ty = this.ty();
    let (real, visible) = sizes(ty)?;
    let unnamed = count(ty, "n_unnamed_fields")?;
    (visible..real)
        .map(|i| {
            let name = unicode::from_utf8(member_name(ty, i - unnamed)?.to_bytes())?;
            // SAFETY: an item, which C code may have left NULL.
            let item = unsafe { Object::optional(*items_of(this.as_ptr()).add(i)) };
            Ok((name, item.map(Object::to_owned)))
        })
        .collect()
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        let shown = tuple::from_slice(tuple::items(this))?;
        let names = dict::new()?;
        for (name, item) in hidden_items(this)? {
            if let Some(item) = item {
                dict::set(&names, &name, &item)?;
            }
        }
        tuple::from_slice(&[this.type_object(), &*tuple::from_slice(&[&shown, &names])?])
    })
}

unsafe extern "C" fn replace(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = Object::from_ptr(op);
        let ty = this.ty();
        no_positional("__replace__", Object::from_ptr(args))?;
        let (real, _) = sizes(ty)?;
        if count(ty, "n_unnamed_fields")? > 0 {
            return Err(raise!(
                TypeError,
                "__replace__() is not supported for {:.500} because it has unnamed field(s)",
                typeobject::tp_name(ty)
            ));
        }
        let changes = match Object::optional(kwargs) {
            Some(kwargs) => dict::copy(kwargs)?,
            None => dict::new()?,
        };
        let result = new(ty)?;
        for i in 0..real {
            let name = unicode::from_utf8(member_name(ty, i)?.to_bytes())?;
            let value = match dict::pop(&changes, &name)? {
                Some(value) => Some(value),
                None => Object::optional(*items_of(op).add(i)).map(Object::to_owned),
            };
            items_of(result.as_ptr()).add(i).write(crate::object::ptr::raw_or_null(value));
        }
        if dict::len(&changes) > 0 {
            return Err(unexpected(&changes));
        }
        gc::track(result.as_ptr());
        Ok(result)
    })
}

#[cold]
fn unexpected(changes: &Object) -> Raised {
    let message = (|| {
        let names = list::from_owned(dict::entries(changes).map(|(name, _)| name).collect())?;
        let text = names.repr()?;
        Ok(raise!(TypeError, "Got unexpected field name(s): {}", error::Text(&text)))
    })();
    message.unwrap_or_else(|raised: Raised| raised)
}

/// What a description says.
struct Fields {
    names: Vec<Option<*const c_char>>,
    docs: Vec<*const c_char>,
    visible: usize,
}

impl Fields {
    /// # Safety
    /// `desc` is a description as C code writes them: the fields end with a NULL name.
    unsafe fn of(desc: *const PyStructSequence_Desc) -> Fields {
        let (mut names, mut docs) = (Vec::new(), Vec::new());
        // SAFETY: the caller's word.
        unsafe {
            let mut field = (*desc).fields;
            while !(*field).name.is_null() {
                let named = (*field).name != PyStructSequence_UnnamedField.0;
                names.push(named.then_some((*field).name));
                docs.push((*field).doc);
                field = field.add(1);
            }
            Fields { names, docs, visible: (*desc).n_in_sequence as usize }
        }
    }

    fn unnamed(&self) -> usize {
        self.names.iter().filter(|name| name.is_none()).count()
    }

    fn basic_size(&self) -> usize {
        ITEMS + self.names.len().saturating_sub(self.visible) * ITEM
    }

    /// The members of the named fields, and the entry that ends them.
    fn members(&self) -> Vec<PyMemberDef> {
        let mut members = Vec::new();
        for (i, name) in self.names.iter().enumerate() {
            if let Some(name) = *name {
                members.push(PyMemberDef {
                    name,
                    r#type: _Py_T_OBJECT,
                    offset: (ITEMS + i * ITEM) as isize,
                    flags: Py_READONLY,
                    doc: self.docs[i],
                });
            }
        }
        members.push(PyMemberDef::END);
        members
    }

    /// Puts the counts and the names for class patterns into the type's dict.
    ///
    /// # Safety
    /// `ty` is ready.
    unsafe fn describe(&self, ty: *mut PyTypeObject) -> Result<()> {
        // SAFETY: the caller's word; field names are C strings.
        unsafe {
            let names = Object::from_ptr((*ty).tp_dict);
            let number = |name: &str, n: usize| dict::set_str(names, name, &*long::from_i64(n as i64)?);
            number("n_sequence_fields", self.visible)?;
            number("n_fields", self.names.len())?;
            number("n_unnamed_fields", self.unnamed())?;
            let shown = self.names[..self.visible.min(self.names.len())]
                .iter()
                .flatten()
                .map(|name| Ok(unicode::intern(unicode::from_utf8(CStr::from_ptr(*name).to_bytes())?)))
                .collect::<Result<Vec<Owned>>>()?;
            dict::set_str(names, "__match_args__", &*tuple::from_owned(shown)?)
        }
    }
}

/// A new heap type (`PyStructSequence_NewType`), with more type flags.
///
/// # Safety
/// `desc` is a description as C code writes them.
pub unsafe fn new_type(desc: *const PyStructSequence_Desc, flags: c_ulong) -> Result<Owned> {
    // SAFETY: the caller's word; the machinery copies the members and the name.
    unsafe {
        let fields = Fields::of(desc);
        let mut members = fields.members();
        let slot = |slot: c_int, pfunc: *mut c_void| PyType_Slot { slot, pfunc };
        let mut slots = [
            slot(Py_tp_dealloc, dealloc as *mut c_void),
            slot(Py_tp_repr, repr as *mut c_void),
            slot(Py_tp_doc, (*desc).doc.cast_mut().cast()),
            slot(Py_tp_methods, table(&METHODS).cast()),
            slot(Py_tp_new, new_slot as *mut c_void),
            slot(Py_tp_members, members.as_mut_ptr().cast()),
            slot(Py_tp_traverse, traverse as *mut c_void),
            slot(0, ptr::null_mut()),
        ];
        let mut spec = PyType_Spec {
            name: (*desc).name,
            basicsize: fields.basic_size() as c_int,
            itemsize: ITEM as c_int,
            flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | flags) as c_uint,
            slots: slots.as_mut_ptr(),
        };
        let bases = tuple::from_slice(&[Object::from_ptr((&raw mut tuple::PyTuple_Type).cast())])?;
        let ty = typeobject::spec::from_metaclass(ptr::null_mut(), None, &raw mut spec, Some(&bases))?;
        fields.describe(ty.cast())?;
        Ok(ty)
    }
}

/// Makes a static type of the caller's ready (`PyStructSequence_InitType2`).
///
/// # Safety
/// `ty` is a type object that was not used yet and lives until the end, `desc` a description.
pub unsafe fn init_type(ty: *mut PyTypeObject, desc: *const PyStructSequence_Desc) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        if (*ty.cast::<PyObject>()).ob_refcnt != 0 {
            return Err(error::bad_internal_call());
        }
        fill(ty, desc)?;
        refcount::incref(ty.cast());
        typeobject::ready(ty)?;
        Fields::of(desc).describe(ty)
    }
}

/// The first half of [`init_type`]: fills the struct in.
///
/// # Safety
/// As [`init_type`].
unsafe fn fill(ty: *mut PyTypeObject, desc: *const PyStructSequence_Desc) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        let fields = Fields::of(desc);
        let members = fields.members();
        // The type keeps its members until the process ends.
        let block = domains::mem_malloc(members.len() * size_of::<PyMemberDef>()).cast::<PyMemberDef>();
        if block.is_null() {
            return Err(error::no_memory());
        }
        ptr::copy_nonoverlapping(members.as_ptr(), block, members.len());
        fill_in(ty, (*desc).name, (*desc).doc, fields.basic_size(), block, 0);
        Ok(())
    }
}

/// Fills a static type's struct in, with more type flags.
///
/// # Safety
/// `ty` is not used yet; everything lives as long as it.
unsafe fn fill_in(
    ty: *mut PyTypeObject,
    name: *const c_char,
    doc: *const c_char,
    basic_size: usize,
    members: *mut PyMemberDef,
    flags: c_ulong,
) {
    // SAFETY: the caller's word.
    unsafe {
        (*ty).tp_name = name;
        (*ty).tp_basicsize = basic_size as isize;
        (*ty).tp_itemsize = ITEM as isize;
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_repr = Some(repr);
        (*ty).tp_doc = doc;
        (*ty).tp_base = &raw mut tuple::PyTuple_Type;
        (*ty).tp_methods = table(&METHODS);
        if flags & Py_TPFLAGS_DISALLOW_INSTANTIATION == 0 {
            (*ty).tp_new = Some(new_slot);
        }
        (*ty).tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | flags;
        (*ty).tp_traverse = Some(traverse);
        (*ty).tp_members = members;
    }
}

/// A class of the runtime with just these names: static, so that all interpreters share it.
pub struct StaticType {
    pub ty: *mut PyTypeObject,
    pub name: &'static CStr,
    /// What CPython has as a heap type says its module in its dict.
    pub module: Option<&'static str>,
    pub doc: &'static CStr,
    /// Names and docs.
    pub fields: &'static [(&'static CStr, &'static CStr)],
    /// How many of them are items; the rest are attributes only.
    pub visible: usize,
    pub flags: c_ulong,
}

// SAFETY: addresses of statics, fixed at link time.
unsafe impl Sync for StaticType {}

impl StaticType {
    /// Before the static types are made ready. Nothing of the runtime is needed.
    pub fn fill(&self) {
        let n = self.fields.len();
        let members = forever::take((n + 1) * size_of::<PyMemberDef>()).cast::<PyMemberDef>();
        for (i, (name, doc)) in self.fields.iter().enumerate() {
            // SAFETY: fresh, with room for one more that is zeroes and ends the table.
            unsafe {
                members.add(i).write(PyMemberDef {
                    name: name.as_ptr(),
                    r#type: _Py_T_OBJECT,
                    offset: (ITEMS + i * ITEM) as isize,
                    flags: Py_READONLY,
                    doc: doc.as_ptr(),
                });
            }
        }
        let basic_size = ITEMS + n.saturating_sub(self.visible) * ITEM;
        // SAFETY: static, and nobody uses it yet.
        unsafe { fill_in(self.ty, self.name.as_ptr(), self.doc.as_ptr(), basic_size, members, self.flags) };
    }

    /// An instance, with a value for each field.
    pub fn make(&self, values: Vec<Owned>) -> Result<Owned> {
        // SAFETY: fresh, with as many items as there are fields.
        unsafe {
            let this = with_nulls(self.ty, self.fields.len(), self.visible)?;
            for (i, value) in values.into_iter().enumerate() {
                *items_of(this.as_ptr()).add(i) = value.into_raw();
            }
            Ok(this)
        }
    }
}

/// The counts and the names for class patterns.
impl More for StaticType {
    fn count(&self) -> usize {
        5
    }

    fn add(&self, dict: &Object) -> Result<()> {
        let number = |name: &str, n: usize| {
            dict::set(dict, unicode::intern::shared(name.as_bytes()), &*long::from_i64(n as i64)?)
        };
        if let Some(module) = self.module {
            dict::set(dict, name!(__module__), unicode::intern::shared(module.as_bytes()))?;
        }
        number("n_sequence_fields", self.visible)?;
        number("n_fields", self.fields.len())?;
        number("n_unnamed_fields", 0)?;
        let shown = self.fields[..self.visible].iter().map(|(name, _)| unicode::intern::shared(name.to_bytes()));
        dict::set(dict, name!(__match_args__), tuple::shared(shown))
    }
}
