# src/cli/starter/*.rubric → the texts of src/cli/starter.c. Run with LC_ALL=C.
#   awk -f starter.awk en FILE zh FILE     [LANG_EN] = "the text", …

BEGIN {
    for (i = 1; i + 1 < ARGC; i += 2) {
        printf "[LANG_%s] =\n    \"\"", toupper(ARGV[i])
        while ((got = (getline line < ARGV[i + 1])) > 0) {
            gsub(/\\/, "&&", line)
            gsub(/"/, "\\\"", line)
            printf "\n    \"%s\\n\"", line
        }
        if (got < 0) {
            print ARGV[i + 1] ": cannot be read" > "/dev/stderr"
            exit 1
        }
        print ","
    }
}
