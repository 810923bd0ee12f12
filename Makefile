# Rubric.  `make help` lists the targets; `make demo` and `make test` need nothing installed beforehand.
#   GC=0       everything on malloc, with the sanitizers, in build/nogc
#   PLAIN=1    everything on malloc, without them, in build/plain
#   FUZZING=1  the same for libFuzzer, by clang, in build/fuzz: see `make fuzz`
#   TORTURE=N  a collection at every Nth allocation, in build/torture
#   COVERAGE=1 counts which lines and branches run, in build/coverage
#   BUILD=DIR  another place than build/
#   V=1        show each command whole

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

BUILD    := build
GEN      := $(BUILD)/gen
CC       := gcc
OPTIMISE := -O2 -g
# Taken in whole: a quarter of a cold start would go to looking them up.
LIBS     := -l:libgmp.a -l:libunistring.a -l:libcrypto.a
# For the program alone. As shared libraries these would cost every start ten times as much.
TERMINAL := -l:libreadline.a -l:libtinfo.a
VARIANT  :=

ifeq ($(GC),0)
OUT      := $(BUILD)/nogc
OPTIMISE := -O1 -g
VARIANT  := -DRUBRIC_NO_GC -fsanitize=address,undefined -fno-omit-frame-pointer
LENIENT  := -Wno-error
else ifeq ($(PLAIN),1)
OUT      := $(BUILD)/plain
VARIANT  := -DRUBRIC_NO_GC
else ifeq ($(FUZZING),1)
OUT      := $(BUILD)/fuzz
CC       := clang
OPTIMISE := -O2 -g1
# Comparisons are not traced: that takes half of the time, and the dictionary has the words.
VARIANT  := -DRUBRIC_NO_GC -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-coverage=trace-cmp,indirect-calls \
            -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LENIENT  := -Wno-error
else
LIBS     := -l:libgc.a $(LIBS)
ifdef TORTURE
OUT      := $(BUILD)/torture
VARIANT  := -DRUBRIC_TORTURE
export RUBRIC_TORTURE := $(TORTURE)
else ifdef COVERAGE
OUT      := $(BUILD)/coverage
COUNTED  := src/core/ src/eval/ src/sema/
COUNTING := -O0 --coverage
else
OUT      := $(BUILD)
endif
endif

Q        := $(if $(V),,@)
say       = $(if $(V),,@echo '  $(1)')
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum -Wwrite-strings -Wvla -Wundef -Werror
INCLUDES := -I. -Isrc -I$(GEN)
STANDARD := -std=c17 -D_POSIX_C_SOURCE=200809L
# Instrumented code draws false warnings: there they are no errors.
WARNINGS += $(LENIENT)
CFLAGS   := $(STANDARD) $(OPTIMISE) $(VARIANT)
# What is counted is compiled with no optimisation: each branch of the source is then one of the program.
counting  = $(if $(filter $(addsuffix %,$(COUNTED)),$(1)),$(COUNTING))
ifdef COUNTED
LIBS     += -lgcov
endif
export ASAN_OPTIONS  := detect_leaks=0
export UBSAN_OPTIONS := print_stacktrace=1:halt_on_error=1

# ---------------------------------------------------------------- what there is to build

SOURCES   := $(sort $(wildcard src/*/*.c src/*/*/*.c))
HEADERS   := $(sort $(wildcard src/*.h src/*/*.h src/*/*/*.h))
GRAMMAR   := $(if $(wildcard grammar/rubric.l),$(GEN)/syntax/rubric.tab.c $(GEN)/syntax/rubric.lex.c)
PAGES     := $(sort $(wildcard docs/errors/*.md))
GENERATED := $(GRAMMAR) $(if $(GRAMMAR),$(GEN)/syntax/spellings.inc) $(GEN)/diag/pages.inc $(GEN)/cli/starter.inc

object     = $(patsubst src/%.c,$(OUT)/obj/%.o,$(patsubst $(GEN)/%.c,$(OUT)/obj/gen/%.o,$(1)))
CLI       := $(call object,$(filter src/cli/%,$(SOURCES)))
LIBRARY   := $(call object,$(filter-out src/cli/%,$(SOURCES)) $(GRAMMAR))

ARCHIVE   := $(OUT)/librubric.a
PROGRAM   := $(if $(CLI),$(OUT)/rubric)
UNITS     := $(patsubst tests/unit/%.c,$(OUT)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZERS   := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
CALCS     := $(patsubst tests/unit/%.c,$(OUT)/tests/%,$(sort $(wildcard tests/unit/*_calc.c)))
WORKLOAD  := $(BUILD)/bench/workload $(BUILD)/bench/limit

NEEDED      := gcc:command=gcc make:command=make libc6-dev:header=stdio.h flex:command=flex bison:command=bison gawk:command=awk \
               libgc-dev:header=gc.h libgmp-dev:header=gmp.h libunistring-dev:header=unistr.h libssl-dev:header=openssl/evp.h \
               libreadline-dev:header=readline/readline.h
NEEDED_TEST := z3:command=z3 libcmocka-dev:cmocka=cmocka.h python3:command=python3 python3-pytest:python=pytest \
               python3-hypothesis:python=hypothesis python3-pexpect:python=pexpect \
               zsh:command=zsh fish:command=fish groff-base:command=groff mandoc:command=mandoc
NEEDED_FUZZ := clang:command=clang libclang-rt-dev:fuzzer=fuzzer python3:command=python3
NEEDED_BENCH := sqlite3:command=sqlite3 lua5.4:command=lua5.4 python3-pip:python=pip
# The first Python that has what the tests import; where none has, the one that the system installs for.
PYTHON      = $(shell for p in python3 /usr/bin/python3; do $$p -c 'import pytest, hypothesis, pexpect' 2>/dev/null && echo $$p && exit; done; \
                echo /usr/bin/python3)

# ---------------------------------------------------------------- the program

.PHONY: all
all: $(ARCHIVE) $(PROGRAM)  ## the program, build/rubric

$(OUT)/rubric: $(CLI) $(ARCHIVE)
	$(call say,link  $@)
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(LIBS) $(TERMINAL)

$(ARCHIVE): $(LIBRARY) $(OUT)/members
	@rm -f $@
	$(call say,pack  $@)
	$(Q)ar rcs $@ $(LIBRARY)

# Loops over columns: the compiler makes instructions for several rows at once of them, if it is asked to.
ifneq ($(findstring -O2,$(OPTIMISE)),)
$(OUT)/obj/batch/loops.o: CFLAGS += -O3
endif

$(OUT)/obj/%.o: src/%.c $(OUT)/flags | $(GENERATED)
	@mkdir -p $(@D)
	$(if $(COUNTED),@rm -f $(@:.o=.gcda))
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) $(call counting,$<) $(WARNINGS) $(INCLUDES) -MMD -MP -c -o $@ $<

$(OUT)/obj/gen/%.o: $(GEN)/%.c $(OUT)/flags | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) -Wall -Wno-unused-function -Wno-unused-but-set-variable -Wno-sign-compare $(INCLUDES) -MMD -MP -c -o $@ $<

WORDS     := LC_ALL=C awk -f grammar/words.awk
$(GEN)/syntax/spellings.inc: grammar/words.awk grammar/keywords.def | $(BUILD)/needs
	@mkdir -p $(@D)
	$(call say,awk   $@)
	$(Q)$(WORDS) -v want=table grammar/keywords.def > $@

# The folder too: a page that is gone leaves no other trace.
$(GEN)/diag/pages.inc: src/diag/pages.awk docs/errors $(PAGES) | $(BUILD)/needs
	@mkdir -p $(@D)
	$(call say,awk   $@)
	$(Q)LC_ALL=C awk -f src/diag/pages.awk $(PAGES) > $@

STARTERS  := en src/cli/starter/standard.rubric zh src/cli/starter/standard.zh.rubric
$(GEN)/cli/starter.inc: src/cli/starter.awk $(filter %.rubric,$(STARTERS)) | $(BUILD)/needs
	@mkdir -p $(@D)
	$(call say,awk   $@)
	$(Q)LC_ALL=C awk -f src/cli/starter.awk $(STARTERS) > $@

$(GEN)/syntax/rubric.y: grammar/words.awk grammar/keywords.def grammar/rubric.y | $(BUILD)/needs
	@mkdir -p $(@D)
	$(call say,awk   $@)
	$(Q)$(WORDS) -v want=grammar grammar/keywords.def grammar/rubric.y > $@

$(GEN)/syntax/rubric.tab.c $(GEN)/syntax/rubric.tab.h &: $(GEN)/syntax/rubric.y
	$(call say,bison $<)
	$(Q)bison -Wall -Werror -d -o $(GEN)/syntax/rubric.tab.c $<

$(GEN)/syntax/rubric.lex.c $(GEN)/syntax/rubric.lex.h &: grammar/rubric.l | $(BUILD)/needs
	@mkdir -p $(@D)
	$(call say,flex  $<)
	$(Q)flex -o $(GEN)/syntax/rubric.lex.c --header-file=$(GEN)/syntax/rubric.lex.h $<

# Other flags, or a list of sources that has changed, build anew what they touch.
.PHONY: always
FLAGS      = $(CC) $(CFLAGS) $(WARNINGS) $(LIBS) $(TERMINAL)
$(OUT)/flags: always | $(BUILD)/needs
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' > $@

$(OUT)/members: always
	@mkdir -p $(@D)
	@echo '$(LIBRARY)' | cmp -s - $@ || echo '$(LIBRARY)' > $@

$(BUILD)/needs: Makefile tests/meta/packages.sh
	@mkdir -p $(@D)
	@sh tests/meta/packages.sh see deps $(NEEDED) && touch $@

# ---------------------------------------------------------------- what others use

PREFIX  ?= /usr/local
VERSION := $(shell sed -n 's/^.define RUBRIC_VERSION "\(.*\)"/\1/p' src/api/rubric.h)
PLACE    = $(DESTDIR)$(PREFIX)
# What the program writes of itself, under share/.
SHARED  := bash-completion/completions/rubric zsh/site-functions/_rubric fish/vendor_completions.d/rubric.fish \
           man/man1/rubric.1 man/zh_CN/man1/rubric.1

.PHONY: install
install: all  ## the program, its manual and completion, the library and its header under PREFIX (/usr/local); DESTDIR goes before it
	install -d $(PLACE)/bin $(PLACE)/include $(PLACE)/lib/pkgconfig
	install -d $(addprefix $(PLACE)/share/,$(sort $(dir $(SHARED))))
	install -m 755 $(PROGRAM) $(PLACE)/bin/rubric
	install -m 644 src/api/rubric.h $(PLACE)/include/rubric.h
	install -m 644 $(ARCHIVE) $(PLACE)/lib/librubric.a
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' src/api/rubric.pc.in > $(PLACE)/lib/pkgconfig/rubric.pc
	@chmod 644 $(PLACE)/lib/pkgconfig/rubric.pc
	$(PROGRAM) completion bash > $(PLACE)/share/$(word 1,$(SHARED))
	$(PROGRAM) completion zsh > $(PLACE)/share/$(word 2,$(SHARED))
	$(PROGRAM) completion fish > $(PLACE)/share/$(word 3,$(SHARED))
	$(PROGRAM) man --lang en > $(PLACE)/share/$(word 4,$(SHARED))
	$(PROGRAM) man --lang zh > $(PLACE)/share/$(word 5,$(SHARED))
	@chmod 644 $(addprefix $(PLACE)/share/,$(SHARED))

# ---------------------------------------------------------------- what it needs

.PHONY: deps test-deps
deps:  ## install what building needs (Debian, Ubuntu); does nothing when it is there
	@sh tests/meta/packages.sh install $@ $(NEEDED)

test-deps:  ## install what the tests need
	@PYTHON=$(PYTHON) sh tests/meta/packages.sh install $@ $(NEEDED_TEST)

# ---------------------------------------------------------------- tests

PYTEST   = $(PYTHON) -m pytest -q $(PYTEST_FLAGS)
export RUBRIC_BUILD ?= $(BUILD)

.PHONY: demo test test-long unit tests nogc torture coverage mutate bless bench bench-deps check-layers check-headers
EXAMPLE ?= $(firstword $(sort $(wildcard examples/01*.facts examples/01*/*.facts examples/*.facts)))

demo:  ## from nothing to a scored unit: EXAMPLE=FILE chooses another
	@$(MAKE) deps
	@$(MAKE) all
	$(OUT)/rubric eval $(EXAMPLE)

test:  ## everything that must hold before a change goes in
	@$(MAKE) deps
	@$(MAKE) test-deps
	@$(MAKE) tests

tests: all nogc injected $(WORKLOAD)
	@failed=0; \
	$(MAKE) check-layers check-headers || failed=1; \
	$(MAKE) unit || failed=1; \
	$(MAKE) unit GC=0 || failed=1; \
	$(MAKE) fuzz-replay || failed=1; \
	RUBRIC_NOGC=$(BUILD)/nogc/rubric $(PYTEST) tests || failed=1; \
	exit $$failed

# At every allocation a command takes a minute: there, those of some folders.
EVERY_TIME := diag or facts or cli or columns or bugs or forms or syntax

test-long:  ## test, more examples, and a collection at every 97th, 7th and single allocation
	@$(MAKE) test
	@RUBRIC_LONG=1 $(PYTEST) tests
	@$(MAKE) tortured

.PHONY: tortured
tortured:  ## the tests in C and the goldens, while the collector runs at every 97th, 7th and single allocation
	@for n in 97 7; do $(MAKE) unit TORTURE=$$n && RUBRIC_TORTURE=$$n RUBRIC_BUILD=$(BUILD)/torture \
	  $(PYTEST) tests/test_goldens.py tests/test_language_doc.py tests/test_cases.py -k "not E0433 and not E0931" || exit 1; done
	@RUBRIC_TORTURE=1 RUBRIC_BUILD=$(BUILD)/torture $(PYTEST) tests/test_goldens.py -k "($(EVERY_TIME)) and not E0433 and not E0931"

unit: all $(UNITS) $(CALCS)  ## the tests in C
	@sh tests/meta/units.sh $(UNITS)

$(OUT)/tests/test_%: tests/unit/test_%.c $(ARCHIVE)
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) $(WARNINGS) $(INCLUDES) -MMD -MP -MF $@.d -o $@ $< $(ARCHIVE) $(LIBS) -lcmocka

$(OUT)/tests/%_calc: tests/unit/%_calc.c $(ARCHIVE)
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) $(WARNINGS) $(INCLUDES) -MMD -MP -MF $@.d -o $@ $< $(ARCHIVE) $(LIBS)

# ---------------------------------------------------------------- fuzzing

.PHONY: fuzz fuzzers fuzz-replay replays
# The session and the batch take the program without its main; what they would read, write and show, the targets hand over and look at instead.
WITHOUT_MAIN := $(filter-out $(OUT)/obj/cli/main.o,$(CLI))
comma        := ,
wrapped       = $(1:%=-Wl$(comma)--wrap=%)
SESSION_LINK := $(call wrapped,io_write cli_write) $(TERMINAL)
BATCH_LINK   := $(call wrapped,inflow_open inflow_close inflow_size read call_load_standard stream_run columnar_run io_draft_open io_draft_add io_draft_keep \
                  io_draft_drop cli_show batch_summary_line) $(TERMINAL)
FUZZ_SHARED  := tests/fuzz/shared.c tests/fuzz/standards.c
ARENA_LINK   := $(call wrapped,mem_alloc mem_alloc_plain mem_grow mem_text)
# What targets take beside the library: sources and objects; and how they are linked.
fuzz_more     = $(if $(filter batch_%,$(1)),tests/fuzz/batch.c) $(if $(filter session batch_%,$(1)),$(WITHOUT_MAIN))
fuzz_link     = $(if $(filter session,$(1)),$(SESSION_LINK)) $(if $(filter batch_%,$(1)),$(BATCH_LINK))

$(OUT)/fuzz_session $(OUT)/replay_session: $(WITHOUT_MAIN)
$(OUT)/fuzz_batch_csv $(OUT)/fuzz_batch_json $(OUT)/replay_batch_csv $(OUT)/replay_batch_json: $(WITHOUT_MAIN) tests/fuzz/batch.c tests/fuzz/batch.h
$(OUT)/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/arena.c $(FUZZ_SHARED) tests/fuzz/fuzz.h tests/fuzz/standards.h $(ARCHIVE)
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) $(WARNINGS) $(INCLUDES) -fsanitize=fuzzer -o $@ $< tests/fuzz/arena.c $(FUZZ_SHARED) \
	  $(ARENA_LINK) $(call fuzz_more,$*) $(ARCHIVE) $(LIBS) $(call fuzz_link,$*)

$(OUT)/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(FUZZ_SHARED) tests/fuzz/fuzz.h tests/fuzz/standards.h $(ARCHIVE)
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) $(WARNINGS) $(INCLUDES) -o $@ $< tests/fuzz/replay.c $(FUZZ_SHARED) \
	  $(call fuzz_more,$*) $(ARCHIVE) $(LIBS) $(call fuzz_link,$*)

fuzzers: $(FUZZERS:%=$(OUT)/fuzz_%) $(OUT)/words.dict
replays: $(FUZZERS:%=$(OUT)/replay_%)

$(OUT)/words.dict: grammar/words.awk grammar/keywords.def
	$(Q)$(WORDS) -v want=dictionary grammar/keywords.def > $@

fuzz:  ## coverage-guided fuzzing: TARGET=eval (else each in turn), SECONDS=60 or RUNS=N of each
	@sh tests/meta/packages.sh install $@ $(NEEDED_FUZZ)
	@$(MAKE) FUZZING=1 fuzzers
	@PYTHON=$(PYTHON) SECONDS_EACH=$(or $(SECONDS),60) RUNS=$(or $(RUNS),-1) sh tests/fuzz/fuzz.sh $(BUILD)/fuzz $(or $(TARGET),$(FUZZERS))

fuzz-replay:  ## every input that fuzzing once found, and those kept beside them, under the sanitizers of gcc
	@$(MAKE) GC=0 replays
	@sh tests/fuzz/replay.sh $(BUILD)/nogc $(FUZZERS)

# ---------------------------------------------------------------- other builds

nogc: $(GENERATED)  ## build/nogc: without the collector, with the sanitizers
	@$(MAKE) GC=0 all

# What test_injection.py runs: each allocation a call of malloc, and the library that makes calls fail.
.PHONY: injected
injected: $(GENERATED) $(BUILD)/tests/fail.so
	@$(MAKE) PLAIN=1 all

$(BUILD)/tests/fail.so: tests/inject/fail.c
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$(Q)gcc -std=gnu17 -O1 -Wall -Wextra -shared -fPIC -o $@ $< -ldl

torture: $(GENERATED)  ## build/torture: TORTURE=N collects at every Nth allocation
	@$(MAKE) TORTURE=$(or $(TORTURE),1) all

# Not those of the terminal, nor those that search long: what they run of what is counted, the others do too.
COVERING := transition goldens language_doc cases units standard cohort rank compare languages large_procedures error_pages repl
coverage:  ## which lines and branches of core, eval and sema the tests run; fails below the floors
	@$(MAKE) COVERAGE=1 count

.PHONY: count
count: all $(UNITS) $(CALCS)
	@find $(OUT)/obj -name '*.gcda' -delete
	@$(MAKE) COVERAGE=1 unit
	@RUBRIC_BUILD=$(OUT) $(PYTEST) $(filter $(COVERING:%=tests/test_%.py),$(wildcard tests/test_*.py))
	@$(PYTHON) tests/meta/coverage.py $(OUT)/obj $(COUNTED)

mutate:  ## change core, eval and the forms a little, thousands of times: do the tests notice? SAMPLE=N of them, SEED=N others, FILE=part of a name
	@nice $(PYTHON) tests/mutation/mutate.py $(SAMPLE:%=--sample %) $(SEED:%=--seed %) $(FILE:%=--file %)

BENCHED = $(PYTHON) tests/bench/batch.py $(OUT)/rubric --spawner $(OUT)/tests/spawn_calc --warm $(OUT)/bench/warm --tools $(BUILD)/bench --python $(BUILD)/bench/python \
          $(ROWS:%=--rows %) $(MOST:%=--most %) $(RUNS:%=--runs %) $(PREVIOUS:%=--previous %)
bench: all $(OUT)/tests/spawn_calc $(OUT)/bench/warm $(WORKLOAD)  ## what it costs: many units (ROWS=N, MOST=10000000, PREVIOUS=COMMIT), one, a search
	@$(BENCHED)
	@$(PYTHON) tests/bench/cold.py $(OUT)/tests/spawn_calc $(OUT)/rubric $(EXAMPLE) \
	  examples/01-02-typical.facts examples/01-03-missing.facts
	@$(OUT)/bench/warm tests/bench/model-units.rubric rules/yueyang-2017.rubric examples/01-02-typical.facts
	@$(PYTHON) tests/bench/whatif.py $(OUT)/tests/spawn_calc $(OUT)/rubric rules/yueyang-2017.rubric \
	  examples/01-01-full-marks.facts examples/01-02-typical.facts examples/01-03-missing.facts

bench-deps:  ## install what `make bench` compares with: DuckDB, into build/bench, SQLite, Lua
	@sh tests/meta/packages.sh install $@ $(NEEDED_BENCH)
	@[ -d $(BUILD)/bench/python/duckdb ] || $(PYTHON) -m pip install -q --root-user-action ignore --target $(BUILD)/bench/python duckdb

$(OUT)/bench/warm: tests/bench/warm.c tests/bench/units.def $(ARCHIVE)
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$(Q)$(CC) $(CFLAGS) $(WARNINGS) $(INCLUDES) -o $@ $< $(ARCHIVE) $(LIBS)

# They know nothing of the program: what it says is held against them.
$(BUILD)/bench/%: tests/bench/%.c tests/bench/units.h tests/bench/units.def
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$(Q)gcc $(STANDARD) -O3 -g $(WARNINGS) -o $@ $< -lpthread

bless: all  ## take today's output as what the goldens expect, and show what changed
	@RUBRIC_BLESS=1 $(PYTEST) tests/test_goldens.py tests/test_language_doc.py
	@git diff --stat tests examples rules docs

check-layers: $(ARCHIVE)  ## src/ includes only what src/LAYERS allows; the library knows nothing of readline
	@$(PYTHON) tests/meta/layers.py
	@sh tests/meta/library.sh $(ARCHIVE)

check-headers: $(HEADERS:src/%.h=$(OUT)/headers/%.o)  ## each header compiles alone
$(OUT)/headers/%.o: src/%.h $(OUT)/flags | $(GENERATED)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(WARNINGS) $(INCLUDES) -MMD -MP -x c -c -o $@ $<

# ---------------------------------------------------------------- house-keeping

.PHONY: format check-format clean help
FORMATTED = $(SOURCES) $(wildcard tests/unit/*.c tests/bench/*.c)

format:  ## lay out the C by .clang-format
	clang-format -i $(FORMATTED)

check-format:  ## say what `make format` would change
	@clang-format --dry-run -Werror $(FORMATTED)

clean:  ## forget everything that was built
	rm -rf $(BUILD)

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18
	@sed -n '2,8s/^#   *\(.*\)/  \1/p' $(firstword $(MAKEFILE_LIST))

-include $(patsubst %.o,%.d,$(CLI) $(LIBRARY)) $(UNITS:=.d) $(CALCS:=.d) $(HEADERS:src/%.h=$(OUT)/headers/%.d)
