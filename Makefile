# SPDX-License-Identifier: MIT
# Makefile: builds, tests and installs pith. GNU make; no recursion.
#   make          build/pith, build/libpith.{a,so}      make try    see it work
#   make check    every test                            make help   all targets

VERSION := $(shell cat VERSION)
SOVERSION := 0
BUILD   ?= build
DATA    ?= ../shared/data
PREFIX  ?= /usr/local
DESTDIR ?=
BINDIR  ?= $(PREFIX)/bin
LIBDIR  ?= $(PREFIX)/lib
MANDIR  ?= $(PREFIX)/share/man
SECONDS_EACH ?= 20

CC      ?= cc
CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wwrite-strings -Wundef -Wpointer-arith
PKG     := pkg-config
LIBS_PAGE := gumbo zlib uchardet jansson
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# Everything but try, deps, help and clean needs the libraries.
ifneq ($(filter-out try check deps help clean dist,$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell $(PKG) --exists $(LIBS_PAGE) && echo yes),yes)
$(error a library is missing ($(LIBS_PAGE)): run "make deps")
endif
endif

override CPPFLAGS += -Iinclude -Ifilter -D_GNU_SOURCE \
	-DPITH_VERSION='"$(VERSION)"' $(shell $(PKG) --cflags $(LIBS_PAGE) 2>/dev/null)
override CFLAGS += -std=c11 -fPIC -fvisibility=hidden $(WARN)
# Debian's libgumbo.a, where it is there, makes the program 1.19 times as fast
# as the shared library; libpith.so takes the shared one.
GUMBO_A := $(filter /%,$(shell $(CC) -print-file-name=libgumbo.a))
LDLIBS_REST := $(shell $(PKG) --libs zlib uchardet jansson 2>/dev/null) -lm
LDLIBS_SO   := $(shell $(PKG) --libs gumbo 2>/dev/null) $(LDLIBS_REST)
LDLIBS_EXE  := $(or $(GUMBO_A),$(shell $(PKG) --libs gumbo 2>/dev/null)) $(LDLIBS_REST)

LIB_SRC := $(wildcard filter/base/*.c filter/page/*.c filter/score/*.c \
	filter/meta/*.c filter/render/*.c) filter/pith.c
EXE_SRC := $(wildcard filter/source/*.c filter/run/*.c) filter/main.c
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
EXE_OBJ := $(EXE_SRC:%.c=$(BUILD)/%.o)
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*.c))
FUZZ    := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*.c))
TOOLS   := $(patsubst train/%.c,$(BUILD)/%,$(wildcard train/*.c)) \
	$(patsubst tests/bench/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
SO      := libpith.so.$(SOVERSION)

.PHONY: all help deps test-deps try check unit cli asan fuzz fuzz-build lint \
	bench golden-update install uninstall dist clean tools
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/pith $(BUILD)/libpith.a $(BUILD)/libpith.so $(BUILD)/pith.pc

$(BUILD)/%.o: %.c Makefile VERSION
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libpith.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/$(SO): $(LIB_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SO) -Wl,--no-undefined \
	    -o $@ $^ $(LDLIBS_SO)

$(BUILD)/libpith.so: $(BUILD)/$(SO)
	ln -sf $(SO) $@

$(BUILD)/pith: $(EXE_OBJ) $(BUILD)/libpith.a
	$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(LDLIBS_EXE)

$(BUILD)/pith.pc: packaging/pith.pc.in VERSION
	@mkdir -p $(@D)
	sed 's|@VERSION@|$(VERSION)|;s|@PREFIX@|$(PREFIX)|;s|@LIBDIR@|$(LIBDIR)|' $< > $@

tools: $(TOOLS)
$(BUILD)/%: train/%.c $(BUILD)/libpith.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libpith.a $(LDLIBS_EXE)
$(BUILD)/%: tests/bench/%.c $(BUILD)/libpith.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libpith.a $(LDLIBS_EXE)

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libpith.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< \
	    $(BUILD)/libpith.a $(LDLIBS_EXE) $(shell $(PKG) --libs cmocka)

# A fuzz target is one file with LLVMFuzzerTestOneInput; libFuzzer drives it.
$(BUILD)/fuzz/%: tests/fuzz/%.c $(LIB_SRC)
	@mkdir -p $(@D)
	clang $(CPPFLAGS) -Itests -O1 -g -std=c11 $(SANITIZE) -fsanitize=fuzzer \
	    -o $@ $< $(LIB_SRC) $(LDLIBS_SO)

deps:
	sh packaging/deps.sh build
test-deps:
	sh packaging/deps.sh build test

-include $(LIB_OBJ:.o=.d) $(EXE_OBJ:.o=.d) $(UNIT:=.d) $(TOOLS:=.d)
