#!/usr/bin/env python3
"""Writes src/types/unicode/ucnhash.bin: the names of characters as a real CPython 3.14 knows them.

    python3.14 buildscript/unicode_names.py NameAliases.txt > src/types/unicode/ucnhash.bin

NameAliases.txt is the file of the Unicode database; an alias that CPython does not know is left out. Hangul syllables
and names that end in the character's own number are computed and not stored. `ucnhash.rs` says what the file is like.
"""
import struct
import sys
import unicodedata
from collections import Counter

if sys.version_info[:2] != (3, 14):
    sys.exit("the tables are those of CPython 3.14, and this is " + sys.version)


def main():
    ranges, names = [], []
    for c in range(0x110000):
        name = unicodedata.name(chr(c), "")
        if not name or 0xAC00 <= c <= 0xD7A3:
            continue
        suffix = f"-{c:X}"
        if name.endswith(suffix):
            prefix = name[:-len(suffix) + 1]
            if ranges and ranges[-1][1] == c - 1 and ranges[-1][2] == prefix:
                ranges[-1][1] = c
            else:
                ranges.append([c, c, prefix])
        else:
            names.append((c, name))
    aliases = []
    for line in open(sys.argv[1]):
        fields = line.split("#")[0].strip().split(";")
        if len(fields) < 3:
            continue
        c = int(fields[0], 16)
        try:
            if unicodedata.lookup(fields[1]) == chr(c) and unicodedata.name(chr(c), "") != fields[1]:
                aliases.append((c, fields[1]))
        except KeyError:
            pass
    count = Counter(word for _, name in names + aliases for word in name.split(" "))
    ranked = [word for word, _ in count.most_common()]
    code = {word: i for i, word in enumerate(ranked)}

    def encoded(name):
        out = b""
        for word in name.split(" "):
            i = code[word]
            out += bytes([i]) if i < 192 else bytes([192 + (i >> 8), i & 255])
        return out
    assert len(ranked) < 64 * 256
    words = b"".join(word.encode() for word in ranked)
    offsets, at = [], 0
    for word in ranked:
        offsets.append(at)
        at += len(word)
    offsets.append(at)
    by_text = sorted(range(len(ranked)), key=lambda i: ranked[i].encode())
    blocks, body, last = [], b"", -1
    for c, name in names:
        if c >> 8 != last:
            last = c >> 8
            blocks.append((last, len(body)))
        text = encoded(name)
        body += bytes([c & 255, len(text)]) + text
    extra = b""
    for c, name in aliases:
        text = encoded(name)
        extra += struct.pack("<I", c) + bytes([len(text)]) + text
    prefixes = b"".join(struct.pack("<II", a, b) + bytes([len(p)]) + p.encode() for a, b, p in ranges)
    out = sys.stdout.buffer
    out.write(struct.pack("<7I", len(ranked), len(words), len(blocks), len(body), len(extra), len(prefixes), 0))
    out.write(b"".join(struct.pack("<I", o) for o in offsets))
    out.write(b"".join(struct.pack("<H", i) for i in by_text))
    out.write(b"".join(struct.pack("<II", *block) for block in blocks))
    out.write(words + body + extra + prefixes)


main()
