#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tutorial.bats: every command of pith-tutorial(7) prints what the page says,
# against a web server on loopback.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

# The site of the tutorial in folder root, served by nginx at $PORT.
serve() {
	local news=$TOP/golden/news
	mkdir root tmp
	cp "$news/overlay/page.html" root/ferry
	cp "$news/paywall/page.html" root/mill
	printf '<!DOCTYPE html>\n<html lang="en"><head><title>Lindholt harbour%s' \
	    '</title></head><body><ul><li><a href="/ferry">Ferry</a></li>
		<li><a href="/mill">Mill</a></li>
		<li><a href="/trains">Trains</a></li></ul></body></html>' \
	    >root/harbour
	PORT=$(python3 -c '
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
	printf '<rss version="2.0"><channel>' >root/feed
	for page in ferry mill; do
		echo "<item><link>http://example.org:$PORT/$page</link></item>"
	done >>root/feed
	echo '</channel></rss>' >>root/feed
	cat >nginx.conf <<-END
	user $(id -un) $(id -gn);
	worker_processes 1;
	daemon off;
	pid $PWD/nginx.pid;
	error_log $PWD/error.log;
	events { worker_connections 64; }
	http {
		default_type text/html;
		access_log off;
		client_body_temp_path $PWD/tmp;
		proxy_temp_path $PWD/tmp;
		fastcgi_temp_path $PWD/tmp;
		uwsgi_temp_path $PWD/tmp;
		scgi_temp_path $PWD/tmp;
		server { listen 127.0.0.1:$PORT; root $PWD/root; }
	}
	END
	nginx -c "$PWD/nginx.conf" -p "$PWD" -e "$PWD/error.log" 3>&- &
	SERVER=$!
	for _ in $(seq 100); do
		[ ! -s nginx.pid ] || return 0
		sleep 0.05
	done
	cat error.log
	return 1
}

teardown() {
	[ -z "${SERVER-}" ] || kill "$SERVER"
}

# The commands of the page as a reader sees them, number N in cmd/N, and what
# is to be printed in want/N.
collect() {
	mkdir cmd want
	mandoc -T utf8 -O width=200 "$TOP/man/pith-tutorial.7" | col -bx |
	    sed "s|https://example.org|http://example.org:$PORT|g" | awk '
		match($0, /^ +\$ /) {
			indent = RLENGTH - 2
			n++
			file = "cmd/" n
			print substr($0, indent + 3) >file
			printf "" >"want/" n
			next
		}
		!n || $0 ~ /^ *$/ || substr($0, 1, indent) ~ /[^ ]/ {
			indent = 999
			next
		}
		length($0) <= indent { next }
		substr($0, indent + 1, 2) == "> " {
			print substr($0, indent + 3) >file
			next
		}
		{ print substr($0, indent + 1) >"want/" n }'
	find cmd -type f | wc -l
}

@test "every command of pith-tutorial(7) prints what it says" {
	PATH=$PATH:/usr/sbin
	for tool in nginx mandoc col curl jq; do
		command -v $tool >/dev/null || skip "lacks $tool"
	done
	serve
	[ "$(collect)" -ge 35 ]
	# a reader's machine, in which example.org is here
	export HOME=$PWD/home PITH_FETCH_DELAY=0
	export PITH_FETCH_RESOLVE="*:$PORT:127.0.0.1"
	unset http_proxy https_proxy all_proxy HTTPS_PROXY ALL_PROXY
	PATH=$(cd "$(dirname "$PITH")" && pwd):$PATH
	mkdir home work
	echo "resolve = *:$PORT:127.0.0.1" >home/.curlrc
	# all in one shell, so that $? and the folder go on
	cat >run <<-'END'
	cd work || exit
	last=0
	for ((n = 1; ; n++)); do
		[ -e ../cmd/$n ] || break
		command=$(cat ../cmd/$n)
		(exit $last)
		eval "$command" >../got 2>&1
		last=$?
		diff ../want/$n ../got || {
			echo "in: $command"
			exit 1
		}
	done
	echo done
	END
	run bash run
	status_is 0
	[ "${lines[-1]}" = "done" ]
	# and the line for cron, in the little that cron gives
	mandoc -T utf8 "$TOP/man/pith-tutorial.7" | col -bx |
	    sed -n 's/^ *7 \* \* \* \* //p' >job
	[ "$(wc -l <job)" -eq 1 ]
	rm home/news/news.jsonl
	run env -i HOME="$HOME" PATH="$PATH" PITH_FETCH_DELAY=0 \
	    PITH_FETCH_RESOLVE="$PITH_FETCH_RESOLVE" sh job
	status_is 0
	[ -z "$output" ]
	[ "$(wc -l <home/news/news.jsonl)" -eq 2 ]
}

@test "pith-tutorial(7) names every exit status of both programs" {
	sed -n '/^\.Sh WHAT CRON/,/^\.Sh WHEN/s/^\.It \([0-9]\)$/\1/p' \
	    "$TOP/man/pith-tutorial.7" >told
	sed -n '/^\.Sh EXIT/,/^\.Sh EXAMPLES/s/^\.It \([0-9]\)$/\1/p' \
	    "$TOP/man/pith.1" "$TOP/man/pith-fetch.1" | sort -u | diff told -
}
