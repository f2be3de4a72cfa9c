# Records of the benchmark (see bench.h) as a table. Files: the groups in order, CPython's records, ours.
function median(text,    parts, count, i, j, swap) {
    count = split(text, parts, " ")
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && parts[j] + 0 < parts[j - 1] + 0; j--) { swap = parts[j]; parts[j] = parts[j - 1]; parts[j - 1] = swap }
    return parts[int((count + 1) / 2)] + 0
}
function show(figure) {
    if (figure >= 1000) return commas(sprintf("%.0f", figure))
    return sprintf(figure >= 100 ? "%.0f" : figure >= 10 ? "%.1f" : "%.2f", figure)
}
function commas(text) {
    while (match(text, /[0-9][0-9][0-9][0-9]($|,)/)) text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
    return text
}
FILENAME != last { last = FILENAME; file++ }
FILENAME ~ /groups$/ { groups[++count] = $1; next }
{
    line = $1 "\t" $2
    if (!(line in unit)) { unit[line] = $3; asked[line] = $4; order[$1, ++lines[$1]] = line }
    if (FILENAME ~ /cpython/) cpython[line] = cpython[line] " " $5; else ours[line] = ours[line] " " $5
}
END {
    for (g = 1; g <= count; g++) {
        if (!lines[groups[g]]) continue
        print (g > 1 ? "\n" : "") "## " groups[g] "\n"
        if (both) print "| operation | unit | CPython 3.14 | ours | ratio | asked |\n|---|---|--:|--:|--:|--:|"
        else print "| operation | unit | ours |\n|---|---|--:|"
        for (i = 1; i <= lines[groups[g]]; i++) {
            line = order[groups[g], i]
            split(line, words, "\t")
            gsub(/\|/, "\\|", words[2])
            mine = median(ours[line])
            if (!both) { printf "| %s | %s | %s |\n", words[2], unit[line], show(mine); continue }
            theirs = median(cpython[line])
            wanted = asked[line]
            # Judged as it is shown: the third digit behind the point is noise.
            ratio = mine && (line in cpython) ? sprintf("%.2f", theirs / mine) + 0 : 0
            missed = 0
            if (wanted ~ /^>=/) missed = mine < substr(wanted, 3) + 0
            else if (wanted ~ /^<=/) missed = mine > substr(wanted, 3) + 0
            else if (wanted != "") missed = ratio < wanted + 0
            mark = missed ? "**" : ""
            if (wanted ~ /^[<>]/) text = "ours " substr(wanted, 1, 2) " " substr(wanted, 3); else text = wanted == "" ? "" : "≥ " wanted
            gsub(/<=/, "≤", text); gsub(/>=/, "≥", text)
            reached += !missed && wanted != ""; all += wanted != ""
            shown = wanted ~ /^[<>]/ ? show(mine) : sprintf(ratio >= 20 ? "%.0f" : ratio >= 10 ? "%.1f" : "%.2f", ratio)
            printf "| %s | %s | %s | %s | %s%s%s | %s |\n", words[2], unit[line], show(theirs), show(mine), mark, shown, mark, text
        }
    }
    if (both) printf "\n%d of %d lines reach what is asked.\n", reached, all
}
