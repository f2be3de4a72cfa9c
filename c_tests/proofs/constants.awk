# abi/constants-3.14.tsv -> C that compiles if integers have the table's value and type; the rest is compared when it
# runs. Left out: internal headers, opcodes and the choice of an atomics header (none of them here), and what CPython
# defines only while it is itself compiled.
BEGIN {
    FS = "\t"
    print "#include \"headers.h\"\n#include <string.h>\n"
    type["int"] = "int"; type["uint"] = "unsigned int"; type["long"] = "long"; type["ulong"] = "unsigned long"
    type["llong"] = "long long"; type["ullong"] = "unsigned long long"
    suffix["uint"] = "u"; suffix["long"] = "l"; suffix["ulong"] = "ul"; suffix["llong"] = "ll"; suffix["ullong"] = "ull"
}
FNR == 1 || $5 ~ /^internal\// || $5 == "opcode_ids.h" || $5 == "cpython/pyatomic.h" || $1 ~ /^_PyThreadState_WHENCE_/ { next }
$4 in type {
    value = $2 suffix[$4]
    if ($2 == "-9223372036854775808") value = "(-9223372036854775807" suffix[$4] " - 1)"
    printf "_Static_assert((%s) == %s, \"the value of %s\");\n", $1, value, $1
    printf "_Static_assert(__builtin_types_compatible_p(__typeof__((%s)), %s) || sizeof(%s) < sizeof(int), \"the type of %s\");\n", $1, type[$4], $1, $1
    next
}
$4 == "str" { run[++n] = "strcmp(" $1 ", " $2 ") == 0"; name[n] = $1; next }
$4 == "ptr" { run[++n] = "(const void *)(" $1 ") == (const void *)(uintptr_t)" $2; name[n] = $1; next }
$4 == "double" && $2 == "nan" { run[++n] = "isnan(" $1 ")"; name[n] = $1; next }
$4 == "double" && $2 == "inf" { run[++n] = "isinf(" $1 ") && (" $1 ") > 0"; name[n] = $1; next }
$4 == "double" { run[++n] = "(double)(" $1 ") == " $2; name[n] = $1; next }
{ run[++n] = "(long long)(" $1 ") == " $2; name[n] = $1 }
END {
    print "int main(void)\n{\n    int failed = 0;"
    for (i = 1; i <= n; i++) printf "    if (!(%s)) { printf(\"%s\\n\"); failed = 1; }\n", run[i], name[i]
    print "    return failed;\n}"
}
