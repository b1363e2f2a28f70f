# SPDX-License-Identifier: MIT
# rules.mk: the rules that install and pack. Included by the Makefile, whose
# variables it uses.

#: make dist       a source archive, the same bytes each time
#: make install uninstall             PREFIX BINDIR LIBDIR INCLUDEDIR MANDIR DESTDIR

.PHONY: install uninstall dist

install: all
install uninstall:
	sh packaging/install.sh $@ $(BUILD) "$(DESTDIR)" $(BINDIR) $(LIBDIR) $(INCLUDEDIR) $(MANDIR)

# made anew each time: make install may name another PREFIX than make did
$(BUILD)/pith.pc: packaging/pith.pc.in libs
	@mkdir -p $(@D)
	@sed 's|@VERSION@|$(VERSION)|;s|@PREFIX@|$(PREFIX)|;s|@LIBDIR@|$(LIBDIR)|;s|@INCLUDEDIR@|$(INCLUDEDIR)|' $< > $@

# git archive stamps files with the commit's time, gzip -n leaves its own out.
dist:
	git archive --format=tar --prefix=pith-$(VERSION)/ HEAD | gzip -9n > pith-$(VERSION).tar.gz
