# SPDX-License-Identifier: MIT
# Makefile: builds, tests and installs pith. GNU make; no recursion.

VERSION := $(shell cat VERSION)
SOVERSION := 0
BUILD   ?= build
DATA    ?= ../shared/data
PREFIX  ?= /usr/local
DESTDIR ?=
BINDIR  ?= $(PREFIX)/bin
LIBDIR  ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR  ?= $(PREFIX)/share/man
PAGE    ?= golden/news/overlay/page.html
SECONDS_EACH ?= 20

CC      ?= cc
CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wwrite-strings -Wundef -Wpointer-arith
WERROR  ?=
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# "make asan" is "make check" with other flags, in a folder of its own.
ifeq ($(MAKECMDGOALS),asan)
override BUILD := $(BUILD)-asan
override CFLAGS += -O1 -fno-omit-frame-pointer $(SANITIZE)
endif

# clang leaves the sanitizers' own symbols to the program.
NO_UNDEFINED := $(if $(findstring -fsanitize,$(CFLAGS)),,-Wl,--no-undefined)

# The flags of the libraries are asked for when the first recipe needs them,
# and then kept: not when this file is read, since "make try" and "make check"
# on a bare machine install the libraries first, in the same run.
keep = $(eval $1 := $$(shell $2))$($1)
LIBS_PAGE  := gumbo zlib uchardet jansson
LIBS_RUN   := libseccomp libzstd libbrotlidec
LIBS_FETCH := libcurl sqlite3 expat zlib nettle jansson
PKG_CPPFLAGS = $(call keep,PKG_CPPFLAGS,pkg-config --cflags $(LIBS_PAGE) $(LIBS_RUN) $(LIBS_FETCH))
PKG_GUMBO = $(call keep,PKG_GUMBO,pkg-config --libs gumbo)
PKG_REST  = $(call keep,PKG_REST,pkg-config --libs $(filter-out gumbo,$(LIBS_PAGE)))
PKG_RUN   = $(call keep,PKG_RUN,pkg-config --libs $(LIBS_RUN))
PKG_FETCH = $(call keep,PKG_FETCH,pkg-config --libs $(LIBS_FETCH))
# Debian's libgumbo.a, where it is there, makes the program 1.19 times as fast
# as the shared library; libpith.so takes the shared one.
GUMBO_A   = $(call keep,GUMBO_A,$(CC) -print-file-name=libgumbo.a | grep /)

override CPPFLAGS += -Iinclude -Ifilter -D_GNU_SOURCE -DPITH_VERSION='"$(VERSION)"'
override CFLAGS += -std=c11 -fPIC -fvisibility=hidden $(WARN) $(WERROR)
COMPILE = $(CC) $(CPPFLAGS) $(PKG_CPPFLAGS) $(CFLAGS) -MMD -MP
LINK    = $(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed
LDLIBS_SO  = $(PKG_GUMBO) $(PKG_REST) -lm
LDLIBS_EXE = $(or $(GUMBO_A),$(PKG_GUMBO)) $(PKG_REST) -lm

LIB_SRC := $(wildcard filter/base/*.c filter/page/*.c filter/score/*.c \
	filter/meta/*.c filter/render/*.c filter/pith*.c)
EXE_SRC := $(filter-out filter/run/fault.c,$(wildcard filter/source/*.c filter/run/*.c filter/main.c))
FETCH_SRC := $(wildcard filter/fetch/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
EXE_OBJ := $(EXE_SRC:%.c=$(BUILD)/%.o)
FETCH_OBJ := $(FETCH_SRC:%.c=$(BUILD)/%.o)
# What a unit test may call: all but the two programs' main functions.
PARTS   := $(filter-out %/main.o,$(EXE_OBJ) $(FETCH_OBJ))
UNIT    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))
FUZZ    := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_OBJ := $(LIB_SRC:%.c=$(BUILD)/fuzz/obj/%.o) $(PARTS:$(BUILD)/%=$(BUILD)/fuzz/obj/%)
TOOLS   := $(patsubst train/%.c,$(BUILD)/%,$(wildcard train/*.c)) \
	$(patsubst tests/bench/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
PROGRAMS := $(BUILD)/pith $(BUILD)/pith-fetch
SO      := libpith.so.$(SOVERSION)

.PHONY: all help deps test-deps libs try check unit cli golden structure hostile asan fuzz \
	fuzz-build lint bench accuracy train train-plain golden-update install uninstall dist clean tools
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAMS) $(BUILD)/libpith.a $(BUILD)/libpith.so $(BUILD)/pith.pc

help:
	@sed -n 's/^#: //p' Makefile

#: make            build/pith, build/pith-fetch, libpith.a, libpith.so
#: make try        install what is missing, build, show a page's article
#:                 (PAGE=file: of that page)
#: make check      install what is missing, build, run every test
#: make unit cli golden structure hostile     one kind of test each
#: make asan       every test under the address and UB sanitizers
#: make fuzz       every fuzz target, SECONDS_EACH=20
#: make lint       clang-format, clang-tidy, cppcheck, mandoc, shellcheck
#: make bench      speed over the pages in DATA
#: make accuracy   score the program over DATA; make train: learn from it
#: make golden-update                 rewrite the expectations of golden/
#: make dist       a source archive, the same bytes each time
#: make install uninstall             PREFIX BINDIR LIBDIR INCLUDEDIR MANDIR DESTDIR
#: make deps clean install what building needs; remove what was built

# Nothing compiles before these goals have installed what they need.
deps:
	@sh packaging/deps.sh build
test-deps:
	@sh packaging/deps.sh build test
WANTED := $(if $(filter check asan,$(MAKECMDGOALS)),test-deps,$(if $(filter try,$(MAKECMDGOALS)),deps))

libs: | $(WANTED)
	@pkg-config --print-errors --exists $(LIBS_PAGE) $(LIBS_RUN) $(LIBS_FETCH) || \
	    { echo 'a library is missing; this installs it: make deps' >&2; exit 1; }

$(BUILD)/%.o: %.c Makefile VERSION | libs
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# The trees are evaluated by vector instructions, which gcc needs -O3 for.
$(BUILD)/filter/score/model.o: override CFLAGS += -O3

# ar q: page/text.o and render/text.o both stay.
$(BUILD)/libpith.a: $(LIB_OBJ)
$(BUILD)/parts.a: $(PARTS)
$(BUILD)/fuzz/parts.a: $(FUZZ_OBJ)
$(BUILD)/libpith.a $(BUILD)/parts.a $(BUILD)/fuzz/parts.a:
	rm -f $@
	$(AR) qcs $@ $^

$(BUILD)/$(SO): $(LIB_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SO) $(NO_UNDEFINED) -o $@ $^ $(LDLIBS_SO)

$(BUILD)/libpith.so: $(BUILD)/$(SO)
	ln -sf $(SO) $@

$(BUILD)/pith: $(EXE_OBJ) $(BUILD)/libpith.a
	$(LINK) -o $@ $^ $(LDLIBS_EXE) $(PKG_RUN)
$(BUILD)/pith-faulty: filter/run/worker.c filter/run/fault.c $(filter-out %/worker.o,$(EXE_OBJ)) $(BUILD)/libpith.a
	$(COMPILE) -DPITH_TEST_FAULTS $(LDFLAGS) -o $@ $^ $(LDLIBS_EXE) $(PKG_RUN)

$(BUILD)/pith-fetch: $(FETCH_OBJ) $(BUILD)/libpith.a
	$(LINK) -o $@ $^ $(PKG_FETCH) -lm

# made anew each time: make install may name another PREFIX than make did
$(BUILD)/pith.pc: packaging/pith.pc.in libs
	@mkdir -p $(@D)
	@sed 's|@VERSION@|$(VERSION)|;s|@PREFIX@|$(PREFIX)|;s|@LIBDIR@|$(LIBDIR)|;s|@INCLUDEDIR@|$(INCLUDEDIR)|' $< > $@

tools: $(TOOLS)
$(BUILD)/%: train/%.c $(BUILD)/libpith.a
	$(COMPILE) $(LDFLAGS) -o $@ $< $(BUILD)/libpith.a $(LDLIBS_EXE)
$(BUILD)/%: tests/bench/%.c $(BUILD)/libpith.a
	$(COMPILE) $(LDFLAGS) -o $@ $< $(BUILD)/libpith.a $(LDLIBS_EXE)

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/parts.a $(BUILD)/libpith.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests $(LDFLAGS) -Wl,--as-needed -o $@ $(filter %.c %.a,$^) \
	    $(LDLIBS_EXE) $(PKG_RUN) $(PKG_FETCH) -lcmocka

# A fuzz target is one file with LLVMFuzzerTestOneInput; libFuzzer drives it.
$(BUILD)/fuzz/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	clang $(CPPFLAGS) $(PKG_CPPFLAGS) -std=c11 -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/fuzz/parts.a
	clang $(CPPFLAGS) $(PKG_CPPFLAGS) -Itests -std=c11 -O1 -g $(SANITIZE) -fsanitize=fuzzer -MMD -MP \
	    -o $@ $< $(BUILD)/fuzz/parts.a $(LDLIBS_SO) $(PKG_RUN) $(PKG_FETCH)
fuzz-build: $(FUZZ)
fuzz: $(FUZZ)
	sh tests/fuzz.sh $(SECONDS_EACH) $(FUZZ)

try: all
	@echo "build/pith $(PAGE)   # the article of $(PAGE):" >&2
	@$(BUILD)/pith $(PAGE)

check asan: all $(UNIT) $(BUILD)/hostile $(BUILD)/pith-faulty
	@BUILD=$(BUILD) sh tests/run.sh unit cli golden structure $(filter hostile,$(@:check=hostile))
unit: $(UNIT)
unit cli golden structure hostile: all $(BUILD)/hostile $(BUILD)/pith-faulty
	@BUILD=$(BUILD) sh tests/run.sh $@
accuracy: all
	python3 train/accuracy.py --data $(DATA) --pith $(BUILD)/pith
train train-plain: $(addprefix $(BUILD)/,inspect align flatten lines)
	$(or $(PYTHON),python3) train/$(@:train-%=%).py --data $(DATA) --tools $(BUILD) --out filter/score/$(if $(filter train,$@),model,plain).inc
golden-update: all
	@BUILD=$(BUILD) sh tests/golden.sh --update

lint:
	sh tests/lint.sh
bench: all $(BUILD)/bench
	$(BUILD)/bench $(or $(wildcard $(DATA)/wcxb $(DATA)/dragnet),golden)
	python3 tests/bench.py $(BUILD)/pith $(DATA)

install: all
install uninstall:
	sh packaging/install.sh $@ $(BUILD) "$(DESTDIR)" $(BINDIR) $(LIBDIR) $(INCLUDEDIR) $(MANDIR)

# git archive stamps files with the commit's time, gzip -n leaves its own out.
dist:
	git archive --format=tar --prefix=pith-$(VERSION)/ HEAD | gzip -9n > pith-$(VERSION).tar.gz

clean:
	rm -rf $(BUILD) $(BUILD)-asan

-include $(LIB_OBJ:.o=.d) $(EXE_OBJ:.o=.d) $(FETCH_OBJ:.o=.d) $(FUZZ_OBJ:.o=.d) \
	$(UNIT:=.d) $(TOOLS:=.d) $(FUZZ:=.d)
