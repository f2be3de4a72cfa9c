#!/usr/bin/env python3
"""Writes src/types/unicode/charmaps.rs and charmaps.bin: encodings of one byte for each character, and the names that
encodings go by, as the `encodings` package of a real CPython 3.14 has them.

    python3.14 buildscript/unicode_charmaps.py src/types/unicode
"""
import codecs
import importlib
import pkgutil
import struct
import sys

import encodings
from encodings.aliases import aliases

if sys.version_info[:2] != (3, 14):
    sys.exit("the tables are those of CPython 3.14, and this is " + sys.version)
NATIVE = ["ascii", "latin_1", "raw_unicode_escape", "unicode_escape", "utf_16", "utf_16_be", "utf_16_le", "utf_32",
          "utf_32_be", "utf_32_le", "utf_7", "utf_8", "utf_8_sig"]


def main(folder):
    tables, data = [], b""
    for module in sorted(m.name for m in pkgutil.iter_modules(encodings.__path__)):
        if module == "aliases":
            continue
        code = importlib.import_module("encodings." + module) if module not in ("_win_cp_codecs", "mbcs", "oem") else None
        table = getattr(code, "decoding_table", None)
        if table is None:
            continue
        assert len(table) == 256 and max(map(ord, table)) < 0x10000
        info = code.getregentry()
        for c in set(table) - {"\ufffe"}:
            assert info.encode(c)[0] == bytes([table.rindex(c)]), (module, c)
        for b, c in enumerate(table):
            assert info.decode(bytes([b]), "replace")[0] == c.replace("\ufffe", "\ufffd"), (module, b)
        tables.append((module, info.name))
        data += struct.pack("<256H", *map(ord, table))
    have = {module for module, _ in tables} | set(NATIVE)
    known = sorted((alias, module) for alias, module in aliases.items() if module in have)
    with open(folder + "/charmaps.bin", "wb") as out:
        out.write(data)
    with open(folder + "/charmaps.rs", "w") as out:
        print("//! Encodings of one byte for each character, and the names that encodings go by. Made by\n"
              "//! `buildscript/unicode_charmaps.py`.\n", file=out)
        print("/// For each encoding 256 characters of two bytes, little-endian; U+FFFE stands for none.", file=out)
        print('pub static DATA: &[u8] = include_bytes!("charmaps.bin");\n', file=out)
        print("/// The encodings in the order of [`DATA`]: the module of CPython's, and the name of its codec.", file=out)
        print(f"pub static TABLES: [(&str, &str); {len(tables)}] = [", file=out)
        for module, name in tables:
            print(f'    ("{module}", "{name}"),', file=out)
        print("];\n\n/// Other names, sorted, and the modules that they stand for.", file=out)
        print(f"pub static ALIASES: [(&str, &str); {len(known)}] = [", file=out)
        for alias, module in known:
            print(f'    ("{alias}", "{module}"),', file=out)
        print("];", file=out)


main(sys.argv[1])
