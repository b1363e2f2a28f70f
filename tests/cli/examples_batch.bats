#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# examples_batch.bats: examples/parallel/ and examples/crontab do what they say.
# examples/spark/ is tested by make spark.
# shellcheck disable=SC2030,SC2031,SC2153,SC2154 # bats sets status and output

load helper
bats_require_minimum_version 1.5.0

# archive NAME WORD …: an archive with a page for each word.
archive() {
	local name=$1
	shift
	for word; do
		article "$word" >page
		printf 'WARC/1.0\r\nWARC-Type: resource\r\n'
		printf 'WARC-Target-URI: http://%s.test/\r\n' "$word"
		printf 'Content-Type: text/html\r\nContent-Length: '
		printf '%s\r\n\r\n' "$(wc -c <page)"
		cat page
		printf '\r\n\r\n'
	done >"$name"
}

# The archives of the tests, of which one has a damaged record.
archives() {
	mkdir -p "from/a b"
	archive "from/a b/one.warc" lantern capstan
	archive two.warc windlass bollard
	gzip -c two.warc >from/two.warc.gz
	{ archive three.warc anchor; cat three.warc; echo garbage; } >from/three.warc
}

check_archives() {
	[ "$(jq -r .url to/one.jsonl to/two.jsonl | tr '\n' ' ')" = \
'http://lantern.test/ http://capstan.test/ http://windlass.test/ http://bollard.test/ ' ]
	[ "$(jq -r .status to/three.jsonl | tr '\n' ' ')" = 'ok failed ' ]
	[ "$(find to -name '*.part' | wc -l)" -eq 0 ]
}

articles() {
	PITH=$PITH JOBS=2 WORKERS=1 sh "$TOP/examples/parallel/articles.sh" "$@"
}

@test "articles.sh: each archive to a file, by parallel" {
	command -v parallel || skip "there is no parallel"
	archives
	articles from to --title 2>err
	check_archives
	[ "$(tail -n +2 to/log | wc -l)" -eq 3 ]
	# what is done is passed over
	echo finished >to/one.jsonl
	articles from to 2>>err
	[ "$(cat to/one.jsonl)" = finished ]
}

@test "articles.sh: the same by xargs, where there is no parallel" {
	archives
	mkdir bin
	for name in sh basename dirname mkdir find sort xargs mv getconf; do
		ln -s "$(command -v $name)" "bin/$name"
	done
	PATH=$PWD/bin articles from to 2>err
	check_archives
}

@test "articles.sh: an archive that was begun goes on; a failure is told" {
	archives
	"$PITH" -f jsonl --resume -o want 'from/a b/one.warc'
	mkdir to
	head -n 1 want >to/one.jsonl.part
	sed -i "s/^{/{\"kept\":1,/" to/one.jsonl.part
	articles from to 2>err
	[ "$(jq -c .kept to/one.jsonl | tr '\n' ' ')" = '1 null ' ]
	rm to/two.jsonl
	echo '{"not":"ours"}' >to/two.jsonl.part
	run articles from to
	[ "$status" -ne 0 ]
	[ ! -e to/two.jsonl ]
}

# lines_of_crontab: the commands, as cron hands them to sh.
lines_of_crontab() {
	grep -E '^[0-9]' "$TOP/examples/crontab" | cut -d ' ' -f 6- |
	    sed 's/\\%/%/g'
}

@test "the crontab is one" {
	command -v crontab || skip "there is no cron"
	# Debian's calls it -n, others -T
	crontab -n "$TOP/examples/crontab" || crontab -T "$TOP/examples/crontab"
	sed 's/^17 5/17 25/' "$TOP/examples/crontab" >bad
	! crontab -n bad 2>/dev/null && ! crontab -T bad 2>/dev/null
}

@test "the crontab's commands run, silently, and take only what is new" {
	export HOME=$PWD
	unset http_proxy https_proxy all_proxy
	PATH=$(dirname "$PITH"):$PATH
	mkdir articles site
	article lantern >site/a.html
	article capstan >site/b.html
	python3 -u -m http.server --bind 127.0.0.1 -d site 0 >port 2>/dev/null 3>&- &
	server=$!
	for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
	port=$(grep -oE 'port [0-9]+' port | grep -oE '[0-9]+')
	echo "http://127.0.0.1:$port/a.html" >articles/urls.txt
	cat >site/feed <<-END
	<rss version="2.0"><channel><title>t</title><item>
	<link>http://127.0.0.1:$port/b.html</link></item></channel></rss>
	END
	echo "http://127.0.0.1:$port/feed" >articles/feed.txt
	lines_of_crontab >commands
	[ "$(wc -l <commands)" -eq 3 ]
	touch -d '2 years ago' articles/old.jsonl
	status=0
	run sh -e commands
	[ "$status" -eq 0 ]
	[ "$output" = '' ]
	[ "$(jq -r .title articles/*.jsonl)" = 'The lantern' ]
	[ "$(date +%F).jsonl" = "$(cd articles && echo *.jsonl)" ]
	grep -q 'capstan was gone' articles/new/*.md
	rm -r articles/new articles/*.jsonl
	sh commands # nothing is new
	kill "$server"
	[ "$(cat articles/*.jsonl)" = '' ]
	[ ! -e articles/new ] || [ -z "$(ls articles/new)" ]
}
