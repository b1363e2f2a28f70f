# SPDX-License-Identifier: MIT
# rules.mk: the rules that install and pack. Included by the Makefile, whose
# variables it uses.

#: make docs       the manual as HTML, in build/docs
#: make picture    docs/report.png, the picture of a report in README.md
#: make dist       a source archive, the same bytes each time
#: make deb        Debian packages in BUILD/deb, looked over by lintian
#: make deb-try    the same in fresh chroots, installed and purged; SUITE=bookworm
#: make recipes    an APKBUILD and a Homebrew formula, with the archive they name
#: make install uninstall             PREFIX BINDIR LIBDIR INCLUDEDIR DATADIR
#:                                    MANDIR ZSHDIR DESTDIR

.PHONY: install uninstall dist docs completions deb deb-deps deb-try recipes picture

install: all
install uninstall:
	sh packaging/install.sh $@ $(BUILD) "$(DESTDIR)" $(BINDIR) $(LIBDIR) $(INCLUDEDIR) $(MANDIR) $(DATADIR) $(ZSHDIR)

# The programs know their options best, so they write the shells' completions;
# who builds for another machine runs them there, or by an emulator in RUN.
COMPLETIONS := $(foreach p,pith pith-fetch,$(BUILD)/completions/$p $(BUILD)/completions/_$p $(BUILD)/completions/$p.fish)
RUN ?=
completions: $(COMPLETIONS)
$(BUILD)/completions/%.fish: $(BUILD)/%
	@mkdir -p $(@D)
	$(RUN) $< --completion fish > $@
$(BUILD)/completions/_%: $(BUILD)/%
	@mkdir -p $(@D)
	$(RUN) $< --completion zsh > $@
$(BUILD)/completions/%: $(BUILD)/%
	@mkdir -p $(@D)
	$(RUN) $< --completion bash > $@

# made anew each time: make install may name another PREFIX than make did
$(BUILD)/pith.pc: packaging/pith.pc.in libs
	@mkdir -p $(@D)
	@sed 's|@VERSION@|$(VERSION)|;s|@PREFIX@|$(PREFIX)|;s|@LIBDIR@|$(LIBDIR)|;s|@INCLUDEDIR@|$(INCLUDEDIR)|' $< > $@

DIST ?= pith-$(VERSION).tar.gz
# git archive stamps files with the commit's time, gzip -n leaves its own out.
dist:
	git archive --format=tar --prefix=pith-$(VERSION)/ HEAD | gzip -9n > $(DIST)

docs:
	sh packaging/docs.sh $(BUILD)/docs

picture: all
	@sh packaging/deps.sh browser
	sh docs/picture.sh $(BUILD)/pith golden/blog/div-soup/page.html docs/report.png

deb-deps:
	@sh packaging/deps.sh build deb
deb: deb-deps
	sh packaging/deb.sh $(BUILD)/deb
deb-try:
	sh packaging/deb-try.sh $(or $(SUITE),bookworm) $(BUILD)/deb-try
recipes:
	sh packaging/recipes.sh $(BUILD)/recipes
