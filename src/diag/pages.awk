# docs/errors/*.md → the rows of src/diag/pages.c. Run with LC_ALL=C.
#   awk -f pages.awk docs/errors/*.md     PAGE("E0601", "the English half", "the Chinese half")
# Fails on a page without its Chinese half.

function close_page() {
    if (code == "") return
    if (half != 2) {
        print "docs/errors/" code ".md: no line --- parts its two halves" > "/dev/stderr"
        failed = 1
        exit 1
    }
    print ")"
}

FNR == 1 {
    close_page()
    code = FILENAME
    gsub(/^.*\/|\.md$/, "", code)
    half = 1
    printf "PAGE(\"%s\",\n     \"\"", code
}

$0 == "---" && half == 1 {
    half = 2
    printf ",\n     \"\""
    next
}

{
    gsub(/\\/, "&&")
    gsub(/"/, "\\\"")
    printf "\n     \"%s\\n\"", $0
}

END { if (!failed) close_page() }
