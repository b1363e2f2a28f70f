# SPDX-License-Identifier: MIT
# rules.mk: the rules that test. Included by the Makefile, whose variables it
# uses.

#: make check      install what is missing, build, run every test
#: make unit cli golden structure hostile faults safety     one kind of test each
#: make determinism  the same bytes however pith is run and built: by gcc and
#:                 clang, -O0 and -O3 (VARIANTS=)
#: make asan       every test under the address and UB sanitizers
#: make hostile-large  hostile pages of 1 to 8 MB, to all formats
#: make lint       clang-format, clang-tidy, cppcheck, mandoc, shellcheck
#: make bench      speed over the pages in DATA; bench-batch: of many of them,
#:                 beside the library alone; bench-flat: memory over 5 GB
#: make spark      examples/spark/ by Spark itself (430 MB from PyPI, Java)
#: make golden-update                 rewrite the expectations of golden/

UNIT    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))
HOSTILE := $(BUILD)/hostile $(BUILD)/hostile_input
FAULTS  := $(BUILD)/faults/alloc $(BUILD)/faults/inject.so
BENCH   := $(patsubst tests/bench/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))

.PHONY: check asan unit cli golden structure hostile lint bench \
	golden-update spark spark-deps faults safety determinism hostile-large

check asan: all $(UNIT) $(HOSTILE) $(BUILD)/pith-faulty $(FAULTS)
	@BUILD=$(BUILD) sh tests/run.sh unit replay cli golden structure faults \
	    $(if $(filter check,$@),hostile safety determinism)
unit: $(UNIT)
unit cli golden structure hostile faults safety: all $(HOSTILE) $(BUILD)/pith-faulty $(FAULTS)
	@BUILD=$(BUILD) sh tests/run.sh $@
hostile-large: $(BUILD)/hostile
	$(BUILD)/hostile large
VARIANTS := gcc-O0 gcc-O3 clang-O0 clang-O3
determinism: all
	for v in $(VARIANTS); do \
	    $(MAKE) -s CC=$${v%-*} CFLAGS=-$${v#*-} BUILD=$(BUILD)/$$v $(BUILD)/$$v/pith || exit; done
	@BUILD=$(BUILD) OTHERS="$(VARIANTS:%=$(BUILD)/%)" sh tests/run.sh $@
golden-update: all
	@BUILD=$(BUILD) sh tests/golden.sh --update

# Spark, in a folder of its own below BUILD; what pip fetched is checked.
SPARK_PYTHON := $(abspath $(BUILD))/spark/bin/python3
$(BUILD)/spark/installed: tests/spark/requirements.txt
	sh packaging/deps.sh test spark
	python3 -m venv $(@D)
	$(SPARK_PYTHON) -m pip install -q --require-hashes -r $<
	touch $@
spark-deps: $(BUILD)/spark/installed
spark: all spark-deps
	@BUILD=$(BUILD) SPARK_PYTHON=$(SPARK_PYTHON) sh tests/run.sh spark

lint:
	sh tests/lint.sh
bench: all $(BUILD)/bench
	$(BUILD)/bench $(or $(wildcard $(DATA)/wcxb $(DATA)/dragnet),golden)
	python3 tests/bench.py $(BUILD)/pith $(DATA)
bench-batch: all $(BUILD)/loop
	python3 tests/bench/batch.py $(BUILD)/pith $(BUILD)/loop $(wildcard $(DATA))
bench-flat: all
	python3 tests/bench/flat.py $(BUILD)/pith

$(BUILD)/pith-faulty: filter/run/worker.c filter/run/fault.c $(filter-out %/worker.o,$(EXE_OBJ)) $(BASE_OBJ) $(BUILD)/libpith.a
	$(COMPILE) -DPITH_TEST_FAULTS $(LDFLAGS) -o $@ $^ $(LDLIBS_EXE) $(PKG_RUN)

# What is read from feeds takes the libraries of pith-fetch.
$(BUILD)/hostile_input: LDLIBS_EXE += $(PKG_RUN) $(PKG_FETCH)
$(BUILD)/%: tests/bench/%.c $(BUILD)/parts.a
	$(COMPILE) $(LDFLAGS) -o $@ $< $(BUILD)/parts.a $(LDLIBS_EXE)

# Allocations of the arena pass by the test, and so does malloc.
ARENA_WRAP := $(foreach f,alloc calloc grow copy,-Wl,--wrap=arena_$f)
$(BUILD)/faults/alloc: tests/faults/alloc.c $(BUILD)/parts.a
	@mkdir -p $(@D)
	$(COMPILE) $(LDFLAGS) $(ARENA_WRAP) -o $@ $< $(BUILD)/parts.a $(LDLIBS_EXE)

# Its malloc is for pith, zlib and iconv: uchardet takes what it likes.
$(BUILD)/tests/unit/charset_memory_test: LDLIBS_EXE = $(LDLIBS_SO)
$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/parts.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests $(LDFLAGS) -Wl,--as-needed -o $@ $(filter %.c %.a,$^) \
	    $(LDLIBS_EXE) $(PKG_RUN) $(PKG_FETCH) -lcmocka

$(BUILD)/faults/inject.so: tests/faults/inject.c
	@mkdir -p $(@D)
	$(CC) -D_GNU_SOURCE -std=c11 $(WARN) $(WERROR) -O1 -g -fPIC -shared -o $@ $< -ldl

-include $(UNIT:=.d) $(BENCH:=.d)
