//! The build: the doors of what is not provided, the C headers' prototypes, the C sides of variadic functions, the
//! SONAME.

use std::path::PathBuf;

#[path = "buildscript/capi_header.rs"]
mod capi_header;
#[path = "buildscript/doors.rs"]
mod doors;

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out_dir = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=abi");
    println!("cargo::rerun-if-changed=buildscript");
    for result in [doors::generate(&root, &out_dir), capi_header::generate(&root, &out_dir)] {
        if let Err(error) = result {
            println!("cargo::error={error}");
        }
    }
    cc::Build::new().file("src/capi/variadic.c").std("c11").compile("pyshim_variadic");
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libpython3.14.so.1.0");
    // What runs at start stands together. It works with the linkers of LLVM and GNU; with another one say so.
    println!("cargo::rerun-if-env-changed=PYSHIM_PLAIN_LINK");
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release && std::env::var_os("PYSHIM_PLAIN_LINK").is_none() {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-T,{}", root.join("buildscript/start.ld").display());
    }
    // Extensions rely on libpython bringing libm, whether or not it needs it itself.
    println!("cargo::rustc-cdylib-link-arg=-Wl,--no-as-needed,-lm,--as-needed");
}
