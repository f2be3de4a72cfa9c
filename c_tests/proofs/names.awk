# abi/inline-names-3.14.tsv -> C that compiles if every macro is defined and every inline function is there.
BEGIN { FS = "\t"; print "#include \"headers.h\"\n" }
FNR == 1 { next }
$2 == "inline" { inlines[++n] = $1; next }
{ printf "#ifndef %s\n#  error \"there is no macro %s\"\n#endif\n", $1, $1 }
END {
    print "typedef void (*any)(void);\nany inlines[] = {"
    for (i = 1; i <= n; i++) printf "    (any)%s,\n", inlines[i]
    print "};"
}
