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
DATADIR ?= $(PREFIX)/share
MANDIR  ?= $(DATADIR)/man
ZSHDIR  ?= $(DATADIR)/zsh/site-functions
PAGE    ?= golden/news/overlay/page.html

# Nothing that is built, tested or measured here heeds its user's settings.
export PITH_CONFIG := /dev/null

CC      ?= cc
OBJCOPY ?= objcopy
PKG_CONFIG ?= pkg-config
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

# So is "make coverage". The counters are a mapped file, which children share
# and which a process that is killed, or in the sandbox, leaves whole.
ifeq ($(MAKECMDGOALS),coverage)
override BUILD := $(BUILD)-coverage
override CC := clang
override CFLAGS += -O0 -fcoverage-mapping -fprofile-instr-generate -mllvm -runtime-counter-relocation
# where the counters are is a hidden symbol, of which each program has one
override OBJCOPY := :
override LDFLAGS += -Wl,-z,muldefs
endif

# clang leaves the sanitizers' own symbols to the program.
NO_UNDEFINED := $(if $(filter -fsanitize% -fprofile%,$(CFLAGS)),,-Wl,--no-undefined)

# The flags of the libraries are asked for when the first recipe needs them,
# and then kept: not when this file is read, since "make try" and "make check"
# on a bare machine install the libraries first, in the same run.
keep = $(eval $1 := $$(shell $2))$($1)
LIBS_PAGE  := gumbo zlib uchardet
LIBS_RUN   := libzstd libbrotlidec jansson
LIBS_FETCH := libcurl sqlite3 expat zlib nettle jansson
PKG_CPPFLAGS = $(call keep,PKG_CPPFLAGS,$(PKG_CONFIG) --cflags $(LIBS_PAGE) $(LIBS_RUN) $(LIBS_FETCH))
PKG_GUMBO = $(call keep,PKG_GUMBO,$(PKG_CONFIG) --libs gumbo)
PKG_REST  = $(call keep,PKG_REST,$(PKG_CONFIG) --libs $(filter-out gumbo,$(LIBS_PAGE)))
PKG_RUN   = $(call keep,PKG_RUN,$(PKG_CONFIG) --libs $(LIBS_RUN))
PKG_FETCH = $(call keep,PKG_FETCH,$(PKG_CONFIG) --libs $(LIBS_FETCH))
# Debian's libgumbo.a, where it is there, makes the program 1.19 times as fast
# as the shared library; libpith.so takes the shared one.
GUMBO_A   = $(call keep,GUMBO_A,$(CC) -print-file-name=libgumbo.a | grep /)
# To find these and tie their names takes a third of the time of one small page,
# whole process; so it has their archives too. SHARED=yes, or a shared libpith:
# none of them.
SHARED   ?= $(filter %.so -fsanitize%,$(LIBPITH) $(CFLAGS))
ARCHIVES  = $(if $(SHARED),,-static-libgcc $(call keep,ARCHIVE_FILES,for l in \
	uchardet stdc++ zstd brotlidec brotlicommon; do \
	$(CC) -print-file-name=lib$$$$l.a; done | grep /))

override CPPFLAGS += -Iinclude -Ifilter -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DPITH_VERSION='"$(VERSION)"'
# x * y + z is rounded twice on every machine.
override CFLAGS += -std=c11 -ffp-contract=off -fPIC -fvisibility=hidden $(WARN) $(WERROR)
COMPILE = $(CC) $(CPPFLAGS) $(PKG_CPPFLAGS) $(CFLAGS) -MMD -MP
LINK    = $(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed
LDLIBS_SO  = $(PKG_GUMBO) $(PKG_REST) -lstdc++ -lm
LDLIBS_EXE = $(or $(GUMBO_A),$(PKG_GUMBO)) $(ARCHIVES) $(PKG_REST) -lstdc++ -lm
# One file is C++, to catch what uchardet throws.
COMPILE_CXX = $(filter-out -std=c11 -Wstrict-prototypes -Wmissing-prototypes,$(COMPILE)) -std=c++11

LIB_SRC := $(wildcard filter/base/*.c filter/page/*.c filter/score/*.c \
	filter/meta/*.c filter/render/*.c filter/pith*.c)
EXE_SRC := $(filter-out filter/run/fault.c,$(wildcard filter/source/*.c filter/run/*.c filter/main.c))
# What both programs know of options.
OPTIONS := filter/run/option_table.c filter/run/config.c filter/run/completion.c
FETCH_SRC := $(wildcard filter/fetch/*.c) $(OPTIONS)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/filter/page/detector.o
EXE_OBJ := $(EXE_SRC:%.c=$(BUILD)/%.o)
FETCH_OBJ := $(FETCH_SRC:%.c=$(BUILD)/%.o)
BASE_OBJ := $(filter $(BUILD)/filter/base/%,$(LIB_OBJ))
# What a tool or a unit test may call: all but the programs' main functions.
PARTS   := $(sort $(filter-out %/main.o,$(LIB_OBJ) $(EXE_OBJ) $(FETCH_OBJ)))
PROGRAMS := $(BUILD)/pith $(BUILD)/pith-fetch
SO      := libpith.so.$(SOVERSION)

.PHONY: all help deps test-deps libs try clean
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAMS) $(BUILD)/libpith.a $(BUILD)/libpith.so $(BUILD)/pith.pc completions

help:
	@sed -n 's/^#: //p' Makefile $(RULES)

#: make            build/pith, build/pith-fetch, libpith.a, libpith.so
#: make try        install what is missing, build, show a page's article
#:                 (PAGE=file: of that page)
#: make deps clean install what building needs; remove what was built

# Nothing compiles before these goals have installed what they need.
deps:
	@sh packaging/deps.sh build
test-deps:
	@sh packaging/deps.sh build test
# Who tries it wants to see an article, not 150 command lines.
TRYING := $(filter try,$(MAKECMDGOALS))
$(if $(TRYING),$(eval .SILENT:))
WANTED := $(if $(filter check asan coverage,$(MAKECMDGOALS)),test-deps,$(if $(filter try,$(MAKECMDGOALS)),deps))

libs: | $(WANTED)
	@$(PKG_CONFIG) --print-errors --exists $(LIBS_PAGE) $(LIBS_RUN) $(LIBS_FETCH) || \
	    { echo 'a library is missing; this installs it: make deps' >&2; exit 1; }
	$(if $(TRYING),@echo 'making build/pith: a minute or two' >&2)

$(BUILD)/%.o: %.c Makefile VERSION | libs
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
$(BUILD)/%.o: %.cc Makefile VERSION | libs
	@mkdir -p $(@D)
	$(COMPILE_CXX) -c -o $@ $<

# Trees and networks are evaluated by vector instructions, which gcc needs -O3
# for.
$(patsubst %,$(BUILD)/filter/score/%.o,model model_avx2 net net_any net_avx2): override CFLAGS += -O3

# One object in which only what pith.h declares is global: the library's own
# names would meet those of a program linked with libpith.a. Code is made here
# where -flto put it off.
$(BUILD)/libpith.o: $(LIB_OBJ)
	$(CC) $(filter-out -mllvm,$(filter -m% -flto%,$(CFLAGS))) -r -nostdlib -Wl,--force-group-allocation $(if $(filter -flto%,$(CFLAGS)),-flinker-output=nolto-rel) -o $@ $^
	$(OBJCOPY) --localize-hidden $@

# ar q: page/text.o and render/text.o both stay.
$(BUILD)/libpith.a: $(BUILD)/libpith.o
$(BUILD)/parts.a: $(PARTS)
$(BUILD)/libpith.a $(BUILD)/parts.a:
	rm -f $@
	$(AR) qcs $@ $^

$(BUILD)/$(SO): $(LIB_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SO) $(NO_UNDEFINED) -o $@ $^ $(LDLIBS_SO)

$(BUILD)/libpith.so: $(BUILD)/$(SO)
	ln -sf $(SO) $@

# The programs have their own copy of base/: of the library they see pith.h.
# LIBPITH=build/libpith.so: and share the installed one.
LIBPITH ?= $(BUILD)/libpith.a
$(BUILD)/pith: $(EXE_OBJ) $(BASE_OBJ) $(LIBPITH)
	$(LINK) -o $@ $^ $(LDLIBS_EXE) $(PKG_RUN)

$(BUILD)/pith-fetch: $(FETCH_OBJ) $(BASE_OBJ) $(LIBPITH)
	$(LINK) -o $@ $^ $(PKG_FETCH) -lm

try: all
	@echo "build/pith $(PAGE)   # the article of $(PAGE):" >&2
	@$(BUILD)/pith $(PAGE)

clean:
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-coverage

# Each folder of tools has the rules that use it.
RULES := tests/rules.mk tests/torture.mk train/rules.mk packaging/rules.mk
include $(RULES)

-include $(LIB_OBJ:.o=.d) $(EXE_OBJ:.o=.d) $(FETCH_OBJ:.o=.d)
