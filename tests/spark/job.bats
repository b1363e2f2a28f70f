#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# job.bats: examples/spark/extract.py, run by Spark in local mode. SPARK_PYTHON
# is a python3 that has pyspark: make spark.
# shellcheck disable=SC2154 # bats sets status and output

load ../cli/helper
bats_require_minimum_version 1.5.0

# Two tasks at once; one that fails is run once more.
job() {
	PYSPARK_SUBMIT_ARGS='--master local[2,2] --conf spark.ui.enabled=false
	    --conf spark.driver.host=127.0.0.1 pyspark-shell' \
	    "${SPARK_PYTHON:-python3}" "$TOP/examples/spark/extract.py" "$@"
}

# pages: JSON lines of all kinds, one of them bad, one of a page without an
# article.
pages() {
	local n=0

	for page in "$TOP"/golden/news/*/page.html; do
		n=$((n + 1))
		jq -Rsc --argjson n $n '{n: $n, url: "http://a.test/\($n)",
		    html: ., "größe": "\u2028 \(length)"}' "$page"
	done
	echo '{"n":"empty","html":"<p></p>"}'
	echo '{"n":"no page"}'
	article lantern | jq -Rsc '{n: "last", html: .}'
}

@test "partitions give the lines of a plain run, in their order" {
	pages >in
	status=0
	"$PITH" -I jsonl -f jsonl in >want 2>err || status=$?
	[ "$status" -eq 6 ] # a page was refused, and must not fail the job
	job --pith "$PITH" --partitions 3 in out
	[ "$(find out -name 'part-*.gz' | wc -l)" -ge 3 ]
	zcat out/part-* >got
	cmp want got
	[ "$(jq -r 'select(.n == "last").status' got)" = ok ]
}

@test "archives by name, a task each, with options of pith" {
	for name in lantern capstan; do
		article "$name" >page
		{
			printf 'WARC/1.0\r\nWARC-Type: resource\r\n'
			printf 'WARC-Target-URI: http://%s.test/\r\n' "$name"
			printf 'Content-Type: text/html\r\nContent-Length: '
			printf '%s\r\n\r\n' "$(wc -c <page)"
			cat page
			printf '\r\n\r\n'
		} | gzip >"$name.warc.gz"
	done
	printf '%s\n' "$PWD"/*.warc.gz >names
	"$PITH" -f jsonl --body markdown "$PWD"/*.warc.gz >want
	job --pith "$PITH" --names names out -- --body markdown
	zcat out/part-* >got
	cmp want got
	[ "$(jq -r .url got | tr '\n' ' ')" = \
	    'http://capstan.test/ http://lantern.test/ ' ]
}

@test "a pith that does not come to its end fails the task, then the job" {
	pages >in
	cat >ends <<-'END'
	#!/bin/sh
	echo ran >>"$(dirname "$0")/runs"
	head -n 2
	exit 3
	END
	chmod +x ends
	run job --pith "$PWD/ends" --partitions 1 in out
	[ "$status" -ne 0 ]
	[ ! -e out/_SUCCESS ]
	[ "$(wc -l <runs)" -ge 2 ] # it was tried again
}
