# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# terminal.bash: for tests of what only a terminal sees. Loaded by helper.bash
# and by tests/fetch/setup.bash.

needs_terminal() {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
	    skip "script cannot make a terminal: is /dev/pts mounted?"
}
