# abi/layout-3.14.tsv -> C that compiles if sizes, alignments, offsets and member types are those of the table, and that
# prints the bit-fields which are elsewhere.
BEGIN { FS = "\t"; print "#include \"headers.h\"\n#include <stddef.h>\n" }
FNR == 1 || ($8 ~ /^internal\// && $8 != "internal/pycore_frame.h") || $3 == "alias=struct _frame" { next }
$3 ~ /alias=/ {
    alias = $3; sub(/.*alias=/, "", alias)
    same($1 " *", alias " *", $1)
}
$2 == "<opaque>" { next }
$2 == "<sizeof>" {
    align = $3; sub(/^align=/, "", align); sub(/ .*/, "", align)
    claim("sizeof(" $1 ") == " $5, "the size of " $1)
    claim("_Alignof(" $1 ") == " align, "the alignment of " $1)
    next
}
$6 != "-" { bits[++n] = $1 FS $2 FS $6 FS $7; next }
{
    claim("offsetof(" $1 ", " $2 ") == " $4, "the place of " $1 "." $2)
    claim("sizeof(((" $1 " *)0)->" $2 ") == " $5, "the size of " $1 "." $2)
    if ($3 !~ /fnptr|<anonymous>|const const/) same(typeof_member($1, $2), "__typeof__(" $3 ")", $1 "." $2)
}
END {
    print "int main(void)\n{\n    int failed = 0;"
    for (i = 1; i <= n; i++) {
        split(bits[i], f, FS)
        printf "    {\n        union { %s value; unsigned char bytes[sizeof(%s)]; } u;\n", f[1], f[1]
        printf "        memset(&u, 0, sizeof(u));\n        u.value.%s = (1u << %d) - 1;\n", f[2], f[4]
        printf "        for (int bit = 0; bit < 8 * (int)sizeof(u); bit++) {\n"
        printf "            int set = u.bytes[bit / 8] >> bit %% 8 & 1, want = bit >= %d && bit < %d;\n", f[3], f[3] + f[4]
        printf "            if (set != want) { printf(\"%s.%s: bit %%d is %%d\\n\", bit, set); failed = 1; }\n        }\n    }\n", f[1], f[2]
    }
    print "    return failed;\n}"
}
function claim(condition, what) { printf "_Static_assert(%s, \"%s\");\n", condition, what }
function typeof_member(type, member) { return "__typeof__(((" type " *)0)->" member ")" }
function same(a, b, what) {
    printf "_Static_assert(__builtin_types_compatible_p(%s, %s), \"the type of %s\");\n", a, b, what
}
