//! The encodings of a configuration: of file names and of the standard streams. Where nothing is said they are the
//! locale's. What was read are names as they were given; when the runtime starts they become the names of codecs.

use super::{no_memory, wide};
use crate::abi::*;
use crate::lifecycle::ctype;
use crate::lifecycle::exit::status_error;
use crate::object::Raised;
use crate::raise;
use crate::runtime::preconfig;
use crate::state::{CodecThrough, FileSystemCodec};
use crate::types::unicode::errors::Handler;
use crate::types::unicode::{codecs, paths, registry};
use std::ffi::CString;

/// The encoding of the locale, in UTF-8 mode UTF-8.
pub fn of_locale() -> Vec<u8> {
    if preconfig::utf8_mode() {
        return b"utf-8".into();
    }
    match ctype::codeset().into_bytes() {
        name if name.is_empty() => b"utf-8".into(),
        name => name,
    }
}

/// What streams do about what they can't encode or decode.
pub fn stdio_errors() -> &'static [u8] {
    if preconfig::utf8_mode() || ctype::is_lenient() { b"surrogateescape" } else { b"strict" }
}

/// CPython's codecs for several bytes a character, and the other names they go by. This library has none of them:
/// streams are not its own, and for file names the C library does the work.
const MULTIBYTE: [(&str, &[&str]); 24] = [
    (
        "gb2312",
        &[
            "chinese",
            "csiso58gb231280",
            "euc_cn",
            "euccn",
            "eucgb2312_cn",
            "gb2312_1980",
            "gb2312_80",
            "iso_ir_58",
            "x_mac_simp_chinese",
        ],
    ),
    ("gbk", &["936", "cp936", "ms936"]),
    ("gb18030", &["gb18030_2000"]),
    ("hz", &["hz_gb", "hz_gb_2312", "hzgb"]),
    ("big5", &["big5_tw", "csbig5", "x_mac_trad_chinese"]),
    ("big5hkscs", &["big5_hkscs", "hkscs"]),
    ("cp932", &["932", "ms932", "ms_kanji", "mskanji", "windows_31j"]),
    ("cp949", &["949", "ms949", "uhc"]),
    ("cp950", &["950", "ms950"]),
    ("euc_jp", &["eucjp", "u_jis", "ujis"]),
    ("euc_jis_2004", &["euc_jis2004", "eucjis2004", "jisx0213"]),
    ("euc_jisx0213", &["eucjisx0213"]),
    (
        "euc_kr",
        &[
            "cseuckr",
            "euckr",
            "korean",
            "ks_c_5601",
            "ks_c_5601_1987",
            "ks_x_1001",
            "ksc5601",
            "ksx1001",
            "x_mac_korean",
        ],
    ),
    ("shift_jis", &["csshiftjis", "s_jis", "shiftjis", "sjis", "x_mac_japanese"]),
    ("shift_jis_2004", &["s_jis_2004", "shiftjis2004", "sjis_2004"]),
    ("shift_jisx0213", &["s_jisx0213", "shiftjisx0213", "sjisx0213"]),
    ("johab", &["cp1361", "ms1361"]),
    ("iso2022_jp", &["csiso2022jp", "iso2022jp", "iso_2022_jp"]),
    ("iso2022_jp_1", &["iso2022jp_1", "iso_2022_jp_1"]),
    ("iso2022_jp_2", &["iso2022jp_2", "iso_2022_jp_2"]),
    ("iso2022_jp_2004", &["iso2022jp_2004", "iso_2022_jp_2004"]),
    ("iso2022_jp_3", &["iso2022jp_3", "iso_2022_jp_3"]),
    ("iso2022_jp_ext", &["iso2022jp_ext", "iso_2022_jp_ext"]),
    ("iso2022_kr", &["csiso2022kr", "iso2022kr", "iso_2022_kr"]),
];

fn multibyte(encoding: &str) -> Option<&'static str> {
    let normal = registry::normalize(encoding);
    let found = MULTIBYTE.iter().find(|(name, others)| *name == normal || others.contains(&normal.as_str()));
    found.map(|(name, _)| *name)
}

fn unknown(encoding: &str) -> Raised {
    raise!(LookupError, "unknown encoding: {encoding}")
}

/// The codec for file names that goes by this name: one of this library's, or the locale's own.
fn of_file_names(wanted: &str) -> Result<(&'static str, CodecThrough), PyStatus> {
    match codecs::canonical_name(wanted) {
        Some("utf-8") => return Ok(("utf-8", CodecThrough::Utf8)),
        Some(name) => return Ok((name, CodecThrough::Registry)),
        None => {}
    }
    match multibyte(wanted) {
        Some(name) if multibyte(&ctype::codeset().to_string_lossy()) == Some(name) => Ok((name, CodecThrough::Locale)),
        _ => {
            let _raised = unknown(wanted);
            Err(status_error(c"init_fs_encoding", c"failed to get the Python codec of the filesystem encoding"))
        }
    }
}

/// Gives both encodings the names of their codecs, and an interpreter its codec for file names. Where there is none the
/// exception stays set, for a report.
///
/// # Safety
/// The configuration was read and its texts are its own.
pub unsafe fn resolve(config: &mut PyConfig, codec: &mut FileSystemCodec) -> Result<(), PyStatus> {
    // SAFETY: the caller's word.
    unsafe {
        let text = |place: *const wchar_t| {
            String::from_utf8_lossy(&wide::pack(&wide::get(place).unwrap_or_default())).into_owned()
        };
        let (encoding, through) = of_file_names(&text(config.filesystem_encoding))?;
        let errors = text(config.filesystem_errors);
        let (errors, name) = (CString::new(errors).unwrap_or_default(), CString::new(encoding).unwrap_or_default());
        // Until its codecs can be imported, CPython goes through the locale, which knows no other handlers.
        let works = match Handler::named(Some(&errors)) {
            Handler::Strict | Handler::SurrogateEscape => true,
            Handler::SurrogatePass => preconfig::utf8_mode() && through != CodecThrough::Locale,
            _ => false,
        };
        if !works {
            return Err(super::read::error_without_function(c"Failed to import encodings module"));
        }
        let stdio = text(config.stdio_encoding);
        let Some(stdio) = codecs::canonical_name(&stdio).or_else(|| multibyte(&stdio)) else {
            let _raised = unknown(&stdio);
            return Err(status_error(
                c"init_stdio_encoding",
                c"failed to get the Python codec name of the stdio encoding",
            ));
        };
        let errors_of_stdio = CString::new(text(config.stdio_errors)).unwrap_or_default();
        if config.dev_mode > 0 && matches!(Handler::named(Some(&errors_of_stdio)), Handler::Registered(_)) {
            let _raised = raise!(LookupError, "unknown error handler name '{}'", errors_of_stdio.to_string_lossy());
            return Err(status_error(c"init_sys_streams", c"can't initialize sys standard streams"));
        }
        let renamed = wide::set(&raw mut config.filesystem_encoding, Some(&wide::unpack(encoding.as_bytes())))
            && wide::set(&raw mut config.stdio_encoding, Some(&wide::unpack(stdio.as_bytes())))
            && paths::set_codec(codec, &name, &errors, through);
        if renamed { Ok(()) } else { Err(no_memory()) }
    }
}
