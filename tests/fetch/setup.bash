# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# setup.bash: what the tests of pith-fetch share: a fault server in a folder of
# the file's own, and ways to ask what it saw. Loaded by tests/cli/fetch*.bats.

bats_require_minimum_version 1.5.0
load ../cli/terminal
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
FETCH=${BUILD:-$ROOT/build}/pith-fetch

# A server may not depend on what the environment says about proxies.
unset http_proxy https_proxy all_proxy no_proxy HTTPS_PROXY ALL_PROXY NO_PROXY
export HOME=$BATS_FILE_TMPDIR

wait_for() { # FILE
	local i
	for ((i = 0; i < 100; i++)); do
		[ ! -s "$1" ] || return 0
		sleep 0.05
	done
	echo "$1 did not appear" >&2
	return 1
}

warc() { # COMMAND FILE …
	python3 "$ROOT/tests/fetch/warc.py" "$@"
}

start_faults() { # [OPTION …]
	SITE=$BATS_FILE_TMPDIR/site
	mkdir -p "$SITE/robots"
	python3 "$ROOT/tests/fetch/faults.py" "$SITE" "$@" 3>&- &
	echo $! >"$SITE/pid"
	wait_for "$SITE/port"
	PORT=$(cat "$SITE/port")
	STALLED=$(cat "$SITE/port-stalled")
	export SITE PORT STALLED
}

stop_faults() {
	kill "$(cat "$SITE/pid")"
}

# The program, with every host name at the fault server and without pauses
# unless a test says otherwise.
fetch() {
	"$FETCH" --resolve "*:$PORT:127.0.0.1" --delay 0 "$@"
}

# The same as a child of its own, which signals reach; its number in RUN.
background() {
	"$FETCH" --resolve "*:$PORT:127.0.0.1" --delay 0 "$@" 3>&- &
	RUN=$!
}

ended() { # WANTED, the exit status of what background started
	status=0
	wait "$RUN" || status=$?
	expect "$1"
}

# What the server saw since the test began: "START END HOST PATH STATUS".
mark_requests() {
	SEEN=$(wc -l <"$SITE/requests")
}

requests() {
	tail -n +$((SEEN + 1)) "$SITE/requests"
}

# Requests for pages, without those for robots.txt.
page_requests() {
	requests | grep -v ' /robots.txt ' || true
}

expect() { # WANTED, with the result of run
	if [ "$status" -ne "$1" ]; then
		echo "exit status $status, not $1:" "${output-}" >&2
		return 1
	fi
}

same() { # WANTED GOT
	[ "$1" = "$2" ] || diff <(echo "$1") <(echo "$2") >&2
}
