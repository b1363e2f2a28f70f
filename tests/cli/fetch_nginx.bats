#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_nginx.bats: pith-fetch against nginx: HTTP/1.1, HTTP/2 and TLS.

load ../fetch/setup.bash

free_ports() {
	python3 -c '
import socket
a, b = socket.socket(), socket.socket()
a.bind(("127.0.0.1", 0))
b.bind(("127.0.0.1", 0))
print(a.getsockname()[1], b.getsockname()[1])'
}

make_certificates() { # in the folder
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
	    -nodes -days 2 -subj "/CN=Test authority" -keyout ca.key \
	    -out ca.pem
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	    -subj "/CN=tls.test" -keyout server.key -out server.csr
	echo "subjectAltName=DNS:tls.test" >server.ext
	openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 2 \
	    -CAcreateserial -extfile server.ext -out server.pem
}

setup_file() {
	PATH=$PATH:/usr/sbin
	command -v nginx >/dev/null || return 0
	DIR=$BATS_FILE_TMPDIR/nginx
	mkdir -p "$DIR/root" "$DIR/strict" "$DIR/tmp"
	(cd "$DIR" && make_certificates >log 2>&1)
	read -r PORT TLS < <(free_ports)
	sed "s|@USER@|$(id -un) $(id -gn)|; s|@DIR@|$DIR|g; s|@PORT@|$PORT|g; s|@TLS@|$TLS|g" \
	    "$ROOT/tests/fetch/nginx.conf.in" >"$DIR/nginx.conf"
	{
		echo '<!DOCTYPE html><title>A page</title>'
		for i in $(seq 100); do echo "<p>Paragraph number $i.</p>"; done
	} >"$DIR/root/page.html"
	for i in $(seq 20); do cp "$DIR/root/page.html" "$DIR/root/$i.html"; done
	printf 'User-agent: *\nDisallow: /*.html$\n' >"$DIR/strict/robots.txt"
	head -c 3000000 /dev/zero | tr '\0' 'x' >"$DIR/root/large.html"
	nginx -c "$DIR/nginx.conf" -p "$DIR" -e "$DIR/error.log" 3>&- &
	echo $! >"$DIR/pid"
	wait_for "$DIR/nginx.pid"
	export DIR PORT TLS
}

teardown_file() {
	[ -z "${DIR-}" ] || kill "$(cat "$DIR/pid")"
}

setup() {
	[ -n "${DIR-}" ] || skip "lacks nginx"
	cd "$BATS_TEST_TMPDIR" || exit 1
	U=http://a.test:$PORT
	S=https://tls.test:$TLS
	: >"$DIR/access.log"
}

nfetch() {
	"$FETCH" --delay 0 --cacert "$DIR/ca.pem" \
	    --resolve "*:$PORT:127.0.0.1" --resolve "*:$TLS:127.0.0.1" "$@"
}

@test "a page over HTTP/1.1 comes as gzip and is the same" {
	nfetch "$U/page.html" >out
	warc head out "$U/page.html" | grep -q "Content-Encoding: gzip"
	warc body out "$U/page.html" | cmp - "$DIR/root/page.html"
	nfetch --raw "$U/page.html" | cmp - "$DIR/root/page.html"
}

@test "a page over TLS and HTTP/2 is the same" {
	[ -z "${NO_HTTP2-}" ] || skip "this libcurl has no HTTP/2"
	nfetch "$S/page.html" >out
	warc body out "$S/page.html" | cmp - "$DIR/root/page.html"
	grep -q "page.html 200 HTTP/2.0" "$DIR/access.log"
	warc record out "$S/page.html" | grep -q "WARC-Protocol: h2"
	warc head out "$S/page.html" | head -1 | grep -q "^HTTP/1.1 200"
	warc request out "$S/page.html" | head -1 |
	    grep -q "^GET /page.html HTTP/1.1"
}

@test "an independent reader accepts HTTP/2" {
	python3 -c 'import warcio' 2>/dev/null || skip "lacks python's warcio"
	nfetch -o out.warc.gz "$S/page.html" "$U/moved"
	python3 -m warcio.cli check out.warc.gz
	python3 -m warcio.cli index -f http:status out.warc.gz | grep -c 200
}

@test "a certificate that nobody vouches for is refused" {
	run "$FETCH" --retries 2 --resolve "*:$TLS:127.0.0.1" "$S/page.html"
	expect 5
	run nfetch "https://other.test:$TLS/page.html"
	expect 5
	run nfetch "https://a.test:$PORT/page.html"
	expect 5
	run ! grep -q page.html "$DIR/access.log"
}

@test "ETag and 304, also for a gzipped page" {
	nfetch --state s.db "$U/page.html" "$S/page.html" >out
	same 2 "$(warc pages out | wc -l)"
	nfetch --state s.db "$U/page.html" "$S/page.html" >out
	same 0 "$(warc pages out | wc -l)"
	same 2 "$(grep -c "page.html 304" "$DIR/access.log")"
}

@test "redirects, from http to https too, and loops" {
	nfetch "$U/moved" >out
	same "$U/page.html" "$(warc pages out)"
	nfetch "http://tls.test:$PORT/secure" >out
	same "$S/page.html" "$(warc pages out)"
	run nfetch "$U/loop"
	expect 6
}

@test "404, 410, and 429 that asks for an hour" {
	run nfetch "$U/missing"
	expect 8
	run nfetch "$U/gone"
	expect 8
	run nfetch --state s.db "$U/busy"
	expect 8
	same 1 "$(grep -c "/busy 429" "$DIR/access.log")"
	nfetch --state s.db "$U/busy" # not due yet: nothing to say
	same 1 "$(grep -c "/busy 429" "$DIR/access.log")"
}

@test "a large body comes whole, or not at all" {
	nfetch "$U/large.html" >out
	warc body out "$U/large.html" | cmp - "$DIR/root/large.html"
	run nfetch --max-size 1M --raw "$U/large.html"
	expect 6
}

@test "virtual hosts have robots.txt and pauses of their own" {
	run nfetch "http://strict.test:$PORT/page.html"
	expect 6
	for host in a b c; do
		for i in 1 2 3; do echo "http://$host.test:$PORT/$i.html"; done
	done >list
	nfetch --delay 0.5 --ignore-robots -i list >out
	same 9 "$(warc pages out | wc -l)"
	grep html "$DIR/access.log" | grep -v strict | awk '
	    ($3 in last) && $1 - last[$3] < 0.49 { bad = 1 }
	    { last[$3] = $1 } END { exit bad }'
}

@test "a connection serves all pages of its host" {
	for i in $(seq 20); do echo "$U/$i.html"; done >list
	nfetch -i list >out
	same 1 "$(grep html "$DIR/access.log" | awk '{ print $7 }' | sort -u |
	    wc -l)"
}
