# keywords.def → what is made of it. Run with LC_ALL=C.
#   awk -v want=table   -f words.awk keywords.def             the spellings, sorted by their bytes, for src/syntax/keywords.c
#   awk -v want=grammar -f words.awk keywords.def rubric.y    rubric.y with @TOKENS@ and @WORDS@ filled in
#   awk -v want=dictionary -f words.awk keywords.def          a word a line, for fuzzing: what is no ASCII as \xHH
# Fails on a spelling that would mean two things. A unit word is looked for in another place, so it may share its spelling.

function add(spelling, token, class, tongue, rank,    place) {
    place = class == "UNITWORD" ? "unit " spelling : spelling
    if (place in meaning) {
        print "keywords.def: " spelling " is both " meaning[place] " and " token > "/dev/stderr"
        failed = 1
        exit 1
    }
    meaning[place] = token
    text[++count] = spelling
    row[count] = sprintf("SPELLING(\"%s\", %s, %s, %s, %d, \"%s\")", spelling, token, class, tongue, rank, english[1])
}

function quoted_bytes(word,    out, i) {
    for (i = 1; i <= length(word); i++) out = out bytes[substr(word, i, 1)]
    return "\"" out "\""
}

BEGIN {
    for (i = 1; i < 256; i++) bytes[sprintf("%c", i)] = i < 128 ? sprintf("%c", i) : sprintf("\\x%02X", i)
}

function add_all(spellings, token, class, tongue,    parts, n, i) {
    n = split(spellings, parts, /, */)
    for (i = 1; i <= n; i++) add(parts[i], token, class, tongue, i - 1)
}

/^KEYWORD\(/ {
    split($0, quoted, "\"")
    split(quoted[1], head, /[(, ]+/)
    token = head[2]; class = head[3]; split(quoted[2], english, /, */)
    if (class != "PREDEFINED") tokens = tokens "%token " token " \"" english[1] "\"\n"
    if (class == "CONTEXT") words = words (words ? "\n  | " : "  ") "\"" english[1] "\""
    add_all(quoted[2], token, class, "LANG_EN"); add_all(quoted[4], token, class, "LANG_ZH")
    next
}

want == "grammar" && FILENAME !~ /keywords\.def$/ {
    if (!started++) print "#line 1 \"" FILENAME "\""
    if ($0 == "@TOKENS@") printf "%s", tokens
    else if ($0 == "@WORDS@") print words
    else { print; next }
    print "#line " FNR + 1 " \"" FILENAME "\""
}

END {
    if (failed) exit 1
    for (i = 1; want == "dictionary" && i <= count; i++) print quoted_bytes(text[i])
    if (want != "table") exit
    for (i = 2; i <= count; i++) {                            # insertion sort: a few hundred rows, once a build
        key = text[i]; line = row[i]
        for (j = i - 1; j > 0 && (text[j] "" > key ""); j--) { text[j + 1] = text[j]; row[j + 1] = row[j] }
        text[j + 1] = key; row[j + 1] = line
    }
    for (i = 1; i <= count; i++) print row[i]
}
