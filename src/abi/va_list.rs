//! A C function's variable arguments, as `va_start` leaves them: the System V convention of x86-64.

use std::ffi::{c_double, c_int, c_long, c_longlong, c_uint, c_ulong, c_void};

/// CPython's callers' `__va_list_tag`: how much of the saved registers is used up, and where the rest stands.
#[repr(C)]
pub struct VaListTag {
    gp_offset: c_uint,
    fp_offset: c_uint,
    overflow_arg_area: *mut c_void,
    reg_save_area: *mut c_void,
}

impl VaListTag {
    /// A list made here: of pointers, all of which stand in memory. It must not outlive them.
    pub fn of_pointers<T>(pointers: &mut [*mut T]) -> VaListTag {
        VaListTag {
            gp_offset: GP_END,
            fp_offset: FP_END,
            overflow_arg_area: pointers.as_mut_ptr().cast(),
            reg_save_area: std::ptr::null_mut(),
        }
    }
}

/// What a function with a `va_list` parameter receives. Reading advances it, as in C.
#[repr(transparent)]
pub struct VaList(*mut VaListTag);

/// The ends of the two parts of the register save area.
const GP_END: c_uint = 48;
pub const FP_END: c_uint = 176;

macro_rules! integers {
    ($($name:ident: $ty:ty;)*) => { $(
        /// # Safety
        /// The next argument is of this type.
        #[inline]
        pub unsafe fn $name(&mut self) -> $ty {
            // SAFETY: an argument stands at the start of its place; the machine is little-endian.
            unsafe { *self.next_integer().cast::<$ty>() }
        }
    )* };
}

impl VaList {
    /// # Safety
    /// `tag` is what `va_start` initialised, in a frame that is still active.
    #[inline(always)]
    pub unsafe fn new(tag: *mut c_void) -> VaList {
        VaList(tag.cast())
    }

    integers! {
        int: c_int;
        uint: c_uint;
        long: c_long;
        ulong: c_ulong;
        longlong: c_longlong;
        ssize: isize;
        size: usize;
    }

    /// # Safety
    /// The next argument is a pointer.
    #[inline]
    pub unsafe fn pointer<T>(&mut self) -> *mut T {
        // SAFETY: as for integers.
        unsafe { *self.next_integer().cast::<*mut T>() }
    }

    /// # Safety
    /// The next argument is a double.
    #[inline]
    pub unsafe fn double(&mut self) -> c_double {
        // SAFETY: the tag is valid; registers first, then the stack.
        unsafe {
            let tag = &mut *self.0;
            if tag.fp_offset < FP_END {
                let place = tag.reg_save_area.cast::<u8>().add(tag.fp_offset as usize);
                tag.fp_offset += 16;
                return *place.cast();
            }
            *self.next_on_stack().cast()
        }
    }

    #[inline]
    unsafe fn next_integer(&mut self) -> *mut u8 {
        // SAFETY: the tag is valid; registers first, then the stack.
        unsafe {
            let tag = &mut *self.0;
            if tag.gp_offset < GP_END {
                let place = tag.reg_save_area.cast::<u8>().add(tag.gp_offset as usize);
                tag.gp_offset += 8;
                return place;
            }
            self.next_on_stack()
        }
    }

    #[inline]
    unsafe fn next_on_stack(&mut self) -> *mut u8 {
        // SAFETY: the tag is valid; registers first, then the stack.
        unsafe {
            let place = (*self.0).overflow_arg_area.cast::<u8>();
            (*self.0).overflow_arg_area = place.add(8).cast();
            place
        }
    }
}
