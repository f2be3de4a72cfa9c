# abi/prototypes-3.14.tsv -> C that declares every function once more: a different type does not compile.
# Function-like macros stand aside for names in parentheses, other macros are undefined first.
BEGIN { FS = "\t"; print "#include \"headers.h\"\n" }
FNR == 1 { next }
{ gsub(/__va_list_tag \*/, "va_list", $3); printf "#undef %s\nextern __typeof__(%s) (%s)%s;\n", $1, $2, $1, $3 }
