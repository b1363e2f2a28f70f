# SPDX-License-Identifier: MIT
# torture.mk: the rules that look for what breaks. Included by the Makefile,
# whose variables it uses, and those of rules.mk.

#: make fuzz afl   every fuzz target by libFuzzer or AFL++, SECONDS_EACH=20
#:                 (TARGETS="page warc": these alone)
#: make replay     what fuzzing found before, and its seeds, once each
#: make soak       PAGES=200000 through one worker and two: nothing grows
#: make valgrind   golden/ and most tests of the command line under valgrind
#: make portability  build and test in chroots of other releases and machines;
#:                 CHROOTS=dir, WHERE="bookworm-i386": there alone
#: make coverage   the lines and branches of filter/ that the tests reach

SECONDS_EACH ?= 20
TARGETS ?= $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))

.PHONY: fuzz fuzz-build afl afl-build replay coverage soak valgrind \
	portability

coverage: all $(UNIT) $(BUILD)/pith-faulty
	@BUILD=$(BUILD) sh tests/coverage.sh

CHROOTS ?= $(BUILD)/chroots
WHERE   ?= bookworm-amd64 trixie-amd64 trixie-musl bookworm-i386 bookworm-s390x
portability:
	@sh packaging/deps.sh torture
	for where in $(WHERE); do \
	    sh tests/portability.sh $(CHROOTS) $${where%-*} $${where#*-} || exit; done

valgrind: all
	@BUILD=$(BUILD) sh tests/valgrind.sh

PAGES ?= 200000
soak: all
	@python3 tests/soak.py $(BUILD)/pith $(PAGES) $(wildcard $(DATA))

# A fuzz target is one file with LLVMFuzzerTestOneInput, which libFuzzer and
# AFL++ drive alike: the compiler alone differs, and the folder.
ifneq ($(filter afl afl-build,$(MAKECMDGOALS)),)
FUZZ_CC  := afl-clang-fast
FUZZ_DIR := $(BUILD)/afl
else
FUZZ_CC  := clang
FUZZ_DIR := $(BUILD)/fuzz
endif
FUZZ     := $(TARGETS:%=$(FUZZ_DIR)/%_fuzz)
FUZZ_OBJ := $(PARTS:$(BUILD)/%=$(FUZZ_DIR)/obj/%)
FUZZ_COMPILE = $(FUZZ_CC) $(CPPFLAGS) $(PKG_CPPFLAGS) -O1 -g $(SANITIZE) -MMD -MP

$(FUZZ_DIR)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(FUZZ_COMPILE) -std=c11 -fsanitize=fuzzer-no-link -c -o $@ $<
$(FUZZ_DIR)/obj/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(FUZZ_COMPILE) -std=c++11 -fsanitize=fuzzer-no-link -c -o $@ $<
$(FUZZ_DIR)/%: tests/fuzz/%.c $(FUZZ_DIR)/parts.a
	$(FUZZ_COMPILE) -std=c11 -fsanitize=fuzzer -Itests -o $@ $< $(FUZZ_DIR)/parts.a $(LDLIBS_SO) $(PKG_RUN) $(PKG_FETCH)
$(FUZZ_DIR)/parts.a: $(FUZZ_OBJ)
	rm -f $@
	$(AR) qcs $@ $^
fuzz-build afl-build: $(FUZZ)
fuzz: $(FUZZ)
	sh tests/fuzz.sh $(SECONDS_EACH) $(FUZZ)
afl: $(FUZZ)
	sh tests/afl.sh $(SECONDS_EACH) $(FUZZ)

# The same targets without a fuzzer: any compiler, any machine.
REPLAY   := $(TARGETS:%=$(BUILD)/replay/%_fuzz)
$(BUILD)/replay/%: tests/fuzz/%.c $(BUILD)/tests/fuzz/replay.o $(BUILD)/parts.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests $(LDFLAGS) -Wl,--as-needed -o $@ $(filter %.c %.o %.a,$^) \
	    $(LDLIBS_EXE) $(PKG_RUN) $(PKG_FETCH)
check asan coverage: $(REPLAY)
replay: $(REPLAY)
	@BUILD=$(BUILD) sh tests/run.sh replay

-include $(FUZZ_OBJ:.o=.d) $(FUZZ:=.d) $(REPLAY:=.d)
