//! What can be seen of a file before the system's loader maps it: the loader trusts that the file holds what its
//! headers say, and a file that was cut short would end the process; of another machine's file it only says that there
//! is none.

use std::ffi::{CStr, OsStr};
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;

const X86_64: u16 = 62;
const LOAD: u32 = 1;

/// Why the loader must not see the file, if it must not. What it can tell itself is left to it.
pub fn fault(path: &CStr) -> Option<String> {
    let file = File::open(OsStr::from_bytes(path.to_bytes())).ok()?;
    let size = file.metadata().ok().filter(|data| data.is_file())?.len();
    let mut header = [0; 64];
    file.read_exact_at(&mut header, 0).ok()?;
    // A 64-bit file, the low byte first.
    if !header.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let machine = half(&header, 18);
    if machine != X86_64 {
        return Some(format!("built for another machine (ELF number {machine}), this runtime is for x86-64"));
    }
    let (entry, entries) = (usize::from(half(&header, 54)), usize::from(half(&header, 56)));
    if entry < 56 {
        return None;
    }
    let mut segments = vec![0; entry * entries];
    let whole = file.read_exact_at(&mut segments, word(&header, 32)).is_ok()
        && segments.chunks_exact(entry).all(|segment| {
            let kind = u32::from_le_bytes([segment[0], segment[1], segment[2], segment[3]]);
            kind != LOAD || word(segment, 8).checked_add(word(segment, 32)).is_some_and(|end| end <= size)
        });
    (!whole).then(|| "file too short".to_owned())
}

fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn word(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CString;

    fn fault_of(name: &str, content: &[u8]) -> Option<String> {
        let path = std::env::temp_dir().join(format!("pyshim-elf-{}-{name}", std::process::id()));
        std::fs::write(&path, content).expect("a temporary file");
        let found = fault(&CString::new(path.as_os_str().as_bytes()).expect("no NUL"));
        std::fs::remove_file(&path).expect("it was written");
        found
    }

    #[test]
    fn whole_cut_and_foreign() {
        let program = std::fs::read(std::env::current_exe().expect("its path")).expect("this program");
        assert_eq!(fault_of("whole", &program), None);
        assert_eq!(fault_of("cut", &program[..program.len() / 3]).as_deref(), Some("file too short"));
        assert_eq!(fault_of("headers", &program[..100]).as_deref(), Some("file too short"));
        let mut foreign = program;
        foreign[18] = 183;
        assert!(fault_of("foreign", &foreign).is_some_and(|text| text.contains("ELF number 183")));
    }

    #[test]
    fn left_to_the_loader() {
        assert_eq!(fault_of("text", b"no ELF file at all"), None);
        assert_eq!(fault_of("empty", b""), None);
        assert_eq!(fault(c"/nonexistent/file.so"), None);
        assert_eq!(fault(c"/"), None);
    }
}
