#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# batch.bats: many pages, many workers: order, limits, workers that die, runs
# that are killed.
# shellcheck disable=SC2030,SC2031,SC2154 # bats sets status and output

load helper
bats_require_minimum_version 1.5.0

# The program whose workers do what a page tells them to.
faulty() {
	"$(dirname "$PITH")/pith-faulty" "$@"
}

# The sanitizers need terabytes of address space, and to open files.
sanitized() {
	grep -qF __asan_init "$PITH"
}

# fault NAME: a page that asks for it.
fault() {
	echo "<p>PITH-FAULT:$1, on a page with a sentence of some length.</p>"
}

# lines N: N pages as JSON lines, each with a number and a word of its own.
lines() {
	article WORD | tr '\n' ' ' >page
	jq -Rc --argjson n "$1" '. as $page | range($n) |
	    {n: ., url: "http://a.test/\(.)",
	     html: ($page | gsub("WORD"; "word\(.)"))}' page
}

@test "workers keep the order of the input, and change nothing" {
	lines 200 >in
	"$PITH" -I jsonl -f jsonl -j 1 in >one
	"$PITH" -I jsonl -f jsonl -j 7 in >seven
	cmp one seven
	[ "$(jq .n <one | tr '\n' ' ')" = "$(seq 0 199 | tr '\n' ' ')" ]
	[ "$(jq -r 'select(.text | contains("word\(.n) was gone") | not)' \
	    <one | wc -l)" -eq 0 ]
}

@test "--unordered writes the same lines in any order" {
	lines 100 >in
	"$PITH" -I jsonl -f jsonl in | sort >ordered
	"$PITH" -I jsonl -f jsonl --unordered -j 4 in | sort >unordered
	cmp ordered unordered
}

@test "other fields of a JSON line pass through byte for byte" {
	article lantern | jq -Rsc '{"html": .}' |
	    sed 's/}$/,"big":12345678901234567890,"r":1.10,"s":"\\u00fc\\\/","a":[1, {"b":null}],"title":"t"}/' >in
	run "$PITH" -I jsonl -f jsonl in
	status_is 0
	has '"big":12345678901234567890'
	has '"r":1.10'
	has '"s":"\u00fc\/"'
	has '"a":[1, {"b":null}]'
	has_not '"html"'
	# the page's own title, not that of the line; no name twice
	[ "$(jq -r .title <<<"$output")" = 'The lantern' ]
	[ "$(grep -o '"title"' <<<"$output" | wc -l)" -eq 1 ]
}

@test "any number of other fields passes through" {
	article lantern | jq -Rsc '. as $p | {html: $p} + ([range(300)] |
	    map({"f\(.)": .}) | add)' >in
	"$PITH" -I jsonl -f jsonl in >got
	[ "$(jq -c 'del(.html)' in)" = "$(jq -c \
	    'with_entries(select(.key | test("^f[0-9]+$")))' got)" ]
}

@test "fields of JSON lines may have other names" {
	article lantern | jq -Rsc '{"body": ., "link": "http://a.test/"}' >in
	run "$PITH" -I jsonl -f jsonl --html-field body --url-field link in
	status_is 0
	[ "$(jq -r .url <<<"$output")" = http://a.test/ ]
	[ "$(jq -r .link <<<"$output")" = http://a.test/ ]
}

@test "a bad JSON line has its line and costs itself alone" {
	{ lines 1; echo '{"n":1}'; echo 'no json'; echo '[1]'; lines 1; } >in
	run --separate-stderr "$PITH" -I jsonl -f jsonl in
	status_is 6
	[ "$(jq -r .status <<<"$output" | tr '\n' ' ')" = \
	    'ok failed failed failed ok ' ]
	[ "$(jq .n <<<"$output" | sed -n 2p)" = 1 ]
	[[ $stderr == *'pith: in: offset '*': no string in the field html'* ]]
}

@test "a line that never ends is refused, and memory stays bounded" {
	! sanitized || skip "sanitizers do without limits of memory"
	{ lines 1; head -c 40000000 /dev/zero | tr '\0' x; echo; lines 1; } >in
	run bash -c "ulimit -v 1000000; '$PITH' -I jsonl -f jsonl --sandbox=none <in"
	status_is 6
	has 'more than 33554432 bytes'
	[ "$(grep -c '"status":"ok"' <<<"$output")" -eq 2 ]
}

@test "a worker that dies costs its page alone, and is replaced" {
	article lantern >good.html
	for name in crash loop open socket exec fork map signal thread lie quit; do
		fault "$name" >"$name.html"
	done
	run --separate-stderr faulty -j 2 -f jsonl --max-time 200 good.html \
	    {crash,loop,open,socket,exec,fork,map,signal,thread,lie,quit}.html good.html
	status_is 6
	[ "$(jq -r .status <<<"$output" | tr '\n' ' ')" = \
'ok failed failed failed failed failed failed failed failed failed failed failed ok ' ]
	[[ $stderr == *'crash.html: the worker was killed by signal 6'* ]]
	[[ $stderr == *'loop.html: over the time limit of 200 ms'* ]]
	[[ $stderr == *'lie.html: the worker gave no valid answer'* ]]
	[[ $output != *PWNED* ]]
	for name in open socket exec fork map signal thread; do
		! sanitized || [[ $name != open && $name != fork && $name != map ]] || continue
		[[ $stderr == *"$name.html: the worker was killed: the sandbox forbids"* ]]
	done
}

@test "a worker that takes all memory costs its page alone" {
	! sanitized || skip "sanitizers do without limits of memory"
	article lantern >good.html
	fault memory >memory.html
	run faulty --max-memory 1M --max-page 1M good.html memory.html good.html
	status_is 6
	has 'memory.html: the worker was killed'
	[ "$(grep -c 'lantern was gone' <<<"$output")" -eq 2 ]
}

@test "without the sandbox those calls would have worked" {
	fault open >open.html
	run faulty --sandbox=none open.html open.html
	status_is 6
	has 'the worker ended'
}

@test "a JSON line whose worker died keeps its other fields" {
	fault crash | jq -Rsc '{"id": 7, "html": ., "url": "http://a.test/"}' >in
	run --separate-stderr faulty -I jsonl -f jsonl in
	status_is 6
	[ "$(jq -c '[.id, .url, .status]' <<<"$output")" = \
	    '[7,"http://a.test/","failed"]' ]
}

@test "names come from a list, with NULs too, and from folders" {
	mkdir -p d/e
	for name in a 'b c' e/d; do article "${name##*/}x" >"d/$name.html"; done
	gzip -c d/a.html >d/z.gz
	article no >d/no.txt
	"$PITH" d/a.html 'd/b c.html' d/e/d.html d/z.gz >want
	printf 'd/a.html\nd/b c.html\nd/e/d.html\nd/z.gz\n' |
	    "$PITH" --files-from - >lines
	printf 'd/a.html\0d/b c.html\0d/e/d.html\0d/z.gz\0' |
	    "$PITH" -0 --files-from - >nuls
	"$PITH" -r d >folder
	cmp want lines
	cmp want nuls
	cmp want folder
}

@test "a URL in a list of files is told, and the files are read" {
	article lantern >a.html
	printf 'http://a.test/\na.html\n' >list
	run "$PITH" --files-from list
	status_is 3
	has 'pith: http://a.test/: a URL in a list of files; --input'
	has 'lantern was gone'
}

@test "a list of files that cannot be read is told once" {
	article lantern >a.html
	mkdir folder
	run timeout 20 "$PITH" -f jsonl a.html --files-from folder
	status_is 3
	[ "$(grep -c 'pith: folder: ' <<<"$output")" = 1 ]
	has 'lantern was gone'
}

@test "an unreadable input among others: 3, and the others go on" {
	article lantern >a.html
	run "$PITH" a.html no.html a.html
	status_is 3
	has 'pith: no.html: No such file or directory'
	[ "$(grep -c 'lantern was gone' <<<"$output")" -eq 2 ]
}

@test "--skip and --limit count pages" {
	lines 10 >in
	[ "$("$PITH" -I jsonl -f jsonl --skip 3 --limit 4 in | jq .n |
	    tr '\n' ' ')" = '3 4 5 6 ' ]
	[ "$(lines 100000 2>/dev/null |
	    "$PITH" -I jsonl -f jsonl --limit 2 | wc -l)" -eq 2 ]
}

@test "--stats counts" {
	lines 5 >in
	echo no >>in
	run --separate-stderr "$PITH" -I jsonl --stats in
	status_is 6
	[ "$(tail -n 1 <<<"$stderr" | jq -c '[.pages, .texts, .failed]')" = \
	    '[6,5,1]' ]
}

@test "-o DIR/ writes a file for each page, with a safe name" {
	article lantern | jq -Rsc '{"html": .,
	    "url": "http://a.test/../x/?a=b&c=\u001b[1m"}' >in
	lines 3 >>in
	"$PITH" -I jsonl -o out/ in
	[ "$(find out -type f -name 'a.test*.txt' | wc -l)" -eq 4 ]
	[ "$(find out | grep -c '[^A-Za-z0-9._/-]')" -eq 0 ]
	grep -q 'lantern was gone' out/a.test_.._x_*
	"$PITH" -I jsonl -o out/ in # the same pages, the same files
	[ "$(find out -type f | wc -l)" -eq 4 ]
}

@test "pages are written as soon as they are done" {
	lines 1 >in
	mkfifo pipe out
	"$PITH" -I jsonl -f jsonl <pipe >out &
	exec 8>pipe 9<out
	cat in >&8
	read -r -t 20 -u 9 line # while the input is still open
	[[ $line == *'"n":0'* ]]
	exec 8>&-
	wait
}

@test "a slow reader stops the input, and nothing is lost" {
	lines 300 >in
	"$PITH" -I jsonl -f jsonl -j 4 in >want
	"$PITH" -I jsonl -f jsonl -j 4 <in | (sleep 1; cat) >got
	cmp want got
}

@test "a reader that goes away ends it quietly" {
	lines 300 >in
	run bash -c "'$PITH' -I jsonl -f jsonl -j 2 in | head -n 1 >/dev/null
	    echo \${PIPESTATUS[0]}"
	[ "$output" = 141 ]
}

@test "SIGTERM lets the pages in work be written whole" {
	lines 50 >in
	mkfifo pipe
	"$PITH" -I jsonl -f jsonl -j 2 <pipe >got &
	pid=$!
	exec 8>pipe
	cat in >&8
	for _ in $(seq 100); do
		[ "$(wc -l <got)" -lt 50 ] || break
		sleep 0.1
	done
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	exec 8>&-
	[ "$status" -eq 143 ]
	[ "$(wc -l <got)" -eq 50 ]
	[ "$(tail -c 1 got | od -An -tx1 | tr -d ' ')" = 0a ]
}

@test "SIGINT of a terminal reaches all, and pages in work are written whole" {
	lines 50 >in
	mkfifo pipe
	set -m # a process group of its own, as at a terminal
	"$PITH" -I jsonl -f jsonl -j 2 <pipe >got 3>&- &
	pid=$!
	set +m
	exec 8>pipe
	cat in >&8
	for _ in $(seq 100); do
		[ "$(wc -l <got)" -lt 50 ] || break
		sleep 0.1
	done
	kill -INT -- "-$pid"
	status=0
	wait "$pid" || status=$?
	exec 8>&-
	[ "$status" -eq 130 ]
	cut -c 1 got | sort | uniq -c >first
	[ "$(tr -s ' ' <first)" = ' 50 {' ]
}

@test "a terminal sees how far it is, a pipe sees nothing" {
	needs_terminal
	lines 40 >in
	cat >run <<-END
	(cat in; sleep 1.2; cat in; echo no) | '$PITH' -I jsonl -f jsonl >out
	END
	script -qec 'sh run' seen >/dev/null </dev/null || [ $? -eq 6 ]
	grep -qE '40 pages, [0-9]+/s, [0-9.]+ MB, 0 errors' seen
	# the line is wiped before an error is told, and at the end
	grep -qF "$(printf '\033[K')pith: stdin: " seen
	[ "$(wc -l <out)" -eq 81 ]
	# how long it will take, where sizes are known and the reader is slow
	cat >run <<-END
	'$PITH' -I jsonl -f jsonl big | (sleep 1.2; cat >out)
	END
	for _ in $(seq 60); do cat in; done >big
	script -qec 'sh run' seen >/dev/null </dev/null
	grep -qE ' pages, .* errors, [0-9]+:[0-9][0-9] to go' seen
	script -qec "sh -c '\"$PITH\" -q -I jsonl -f jsonl big >out'" seen >/dev/null
	run grep -c pages, seen
	[ "$output" = 0 ]
	"$PITH" -I jsonl -f jsonl big >out 2>err
	[ ! -s err ]
}

@test "a run that was killed goes on with --resume: nothing lost or twice" {
	lines 2000 >in # more than 90 ms of work
	"$PITH" -I jsonl -f jsonl -j 2 --resume -o want in
	[ "$(wc -l <want)" -eq 2000 ]
	kills=0
	for ((i = 0; i < 500 && kills < 50; i++)); do
		status=0
		timeout -s KILL "0.0$((RANDOM % 80 + 10))" \
		    "$PITH" -I jsonl -f jsonl -j 2 --resume -o got in || status=$?
		if [ "$status" -eq 0 ]; then # it came to its end: once more
			cmp want got
			rm got
		else
			kills=$((kills + 1))
		fi
	done
	[ "$kills" -eq 50 ]
	"$PITH" -I jsonl -f jsonl -j 2 --resume -o got in
	cmp want got
	"$PITH" -I jsonl -f jsonl --resume -o got in # nothing is left to do
	cmp want got
}

@test "--resume cuts off half a line, and refuses another run's file" {
	lines 5 >in
	"$PITH" -I jsonl -f jsonl --resume -o want in
	head -c -100 want >got
	"$PITH" -I jsonl -f jsonl --resume -o got in
	cmp want got
	echo '{"a":1}' >other
	run "$PITH" -I jsonl -f jsonl --resume -o other in
	status_is 3
	has 'other: its last line was not written with --resume'
	[ "$(cat other)" = '{"a":1}' ]
	"$PITH" -I jsonl -f jsonl --resume -o stdin <in
	cp stdin want2
	head -n 2 want2 >stdin
	"$PITH" -I jsonl -f jsonl --resume -o stdin <in
	cmp want2 stdin
	run "$PITH" -f jsonl --resume -o got http://a.test/
	status_is 2
	mv in elsewhere
	run "$PITH" -I jsonl -f jsonl --resume -o got elsewhere
	status_is 3
	cmp want got
}
