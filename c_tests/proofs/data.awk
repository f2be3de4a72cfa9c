# The data of abi/symbols-3.14.tsv -> C that compiles if the headers declare each with a type of its size. Arrays that
# are declared without a length have none.
BEGIN { FS = "\t"; print "#include \"headers.h\"\n" }
FNR == 1 || $2 != "data" || $4 == "-" || $4 ~ /^internal\// { next }
$1 == "_PyByteArray_empty_string" || $1 == "_Py_ascii_whitespace" { printf "extern __typeof__(%s) %s;\n", $1, $1; next }
{ printf "_Static_assert(sizeof(%s) == %s, \"the size of %s\");\n", $1, $3, $1 }
