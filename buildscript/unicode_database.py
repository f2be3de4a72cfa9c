#!/usr/bin/env python3
"""Writes src/types/unicode/database.rs: the properties of every character, as a real CPython 3.14 gives them, in the
form that rustfmt leaves alone.

    python3.14 buildscript/unicode_database.py > src/types/unicode/database.rs

What CPython's C functions tell is asked of them; what they don't export is found by str methods whose result turns on it.
"""
import ctypes
import sys
import textwrap
import unicodedata

if sys.version_info[:2] != (3, 14):
    sys.exit("the tables are those of CPython 3.14, and this is " + sys.version)
SHIFT = 7
FLAGS = ["ALPHA", "LOWER", "UPPER", "TITLE", "SPACE", "LINEBREAK", "PRINTABLE", "XID_START", "XID_CONTINUE",
         "CASED", "CASE_IGNORABLE", "NUMERIC", "EXTENDED"]
api = ctypes.pythonapi
api._PyUnicode_ToNumeric.restype = ctypes.c_double


def ask(name):
    return getattr(api, "_PyUnicode_" + name)


PREDICATES = [("ALPHA", ask("IsAlpha")), ("LOWER", ask("IsLowercase")), ("UPPER", ask("IsUppercase")),
              ("TITLE", ask("IsTitlecase")), ("SPACE", ask("IsWhitespace")), ("LINEBREAK", ask("IsLinebreak")),
              ("PRINTABLE", ask("IsPrintable")), ("NUMERIC", ask("IsNumeric"))]


def properties(c):
    """(record, extended): the record is (flags, upper - c, lower - c, title - c, decimal, digit)."""
    s = chr(c)
    flags = {name for name, holds in PREDICATES if holds(c)}
    if s.isidentifier():
        flags.add("XID_START")
    if ("a" + s).isidentifier():
        flags.add("XID_CONTINUE")
    cased = (s + "A").title()[-1] == "a"
    if cased:
        flags.add("CASED")
    # A sigma is final if a cased character stands before it, ignorable ones skipped.
    final = ((s if cased else "A" + s) + "\u03a3").lower()[-1] == "\u03c2"
    if final != cased:
        flags.add("CASE_IGNORABLE")
    simple = [ask(f"To{case}case")(c) for case in ("Upper", "Lower", "Title")]
    full = [s.upper(), s.lower(), s.title()]
    extended = None
    if full != [chr(x) for x in simple] or s.casefold() != full[1]:
        flags.add("EXTENDED")
        extended = (*full, s.casefold())
    bits = sum(1 << FLAGS.index(name) for name in flags)
    return (bits, *(x - c for x in simple), ask("ToDecimalDigit")(c), ask("ToDigit")(c)), extended


def numbers():
    """Runs (first, count, value, step): characters in a row whose numeric values are in arithmetic progression."""
    runs = []
    for c in range(0x110000):
        value = api._PyUnicode_ToNumeric(c)
        if value == -1.0:
            continue
        if runs:
            first, count, start, step = runs[-1]
            step = value - start if count == 1 else step
            if first + count == c and start + count * step == value:
                runs[-1] = (first, count + 1, start, step)
                continue
        runs.append((c, 1, value, 0.0))
    return runs


def emit(name, kind, items, filled=False):
    """An array; with `filled`, as many items on a line as rustfmt puts there."""
    print(f"pub static {name}: [{kind}; {len(items)}] = [")
    lines = textwrap.wrap(", ".join(items) + ",", 115) if filled else [item + "," for item in items]
    for line in lines:
        print("    " + line)
    print("];")


def main():
    records, extended, indices = {}, [], []
    for c in range(0x110000):
        record, full = properties(c)
        indices.append(records.setdefault(record, len(records)))
        if full:
            extended.append((c, *full))
    blocks, tops = {}, []
    for i in range(0, len(indices), 1 << SHIFT):
        tops.append(blocks.setdefault(tuple(indices[i:i + (1 << SHIFT)]), len(blocks)))
    print(f"//! The properties of every character, of Unicode {unicodedata.unidata_version}. Made by "
          "`buildscript/unicode_database.py`.")
    print("\nuse super::properties::Record;")
    print(f"\npub const SHIFT: u32 = {SHIFT};")
    for i, name in enumerate(FLAGS):
        print(f"pub const {name}: u16 = 1 << {i};")
    print()
    emit("RECORDS", "Record", [f"Record::new({', '.join(map(str, r))})" for r in records])
    assert len(records) <= 65536 and len(blocks) <= 256 * 256
    print("\n/// For each block of characters, which of [`BLOCKS`] it is.")
    emit("TOPS", "u16", [str(t) for t in tops], filled=True)
    print("\n/// The records of the characters of each block.")
    emit("BLOCKS", "u16", [str(i) for block in blocks for i in block], filled=True)
    print("\n/// Characters whose full case mappings are longer, or whose folded form is not their lower case:")
    print("/// character, upper, lower, title, folded.")

    def literal(text):
        return '"' + "".join(f"\\u{{{ord(x):x}}}" for x in text) + '"'
    emit("EXTENDED_CASE", "(u32, &str, &str, &str, &str)",
         [f"(0x{c:x}, {', '.join(map(literal, full))})" for c, *full in extended])
    print("\n/// Numeric values: first character, how many, the first one's value, what each next one adds.")
    emit("NUMBERS", "(u32, u32, f64, f64)", [f"(0x{a:x}, {b}, {v!r}, {d!r})" for a, b, v, d in numbers()])


main()
