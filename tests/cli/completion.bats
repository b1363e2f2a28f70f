#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# completion.bats: bash, zsh and fish complete every option, its values and
# files. Each shell is asked itself.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

setup_file() {
	export SCRIPTS=${BUILD:-$BATS_TEST_DIRNAME/../../build}/completions
	SCRIPTS=$(cd "$SCRIPTS" && pwd)
	export BUILD=${SCRIPTS%/*}
}

# What the last word of a command line may become, one a line: for bash a word
# is an argument, and "=" is a word.
bash_gives() {
	# shellcheck disable=SC2016 # for the inner one
	bash --norc -c '
		. "$0" || exit
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		"_${1//-/_}"
		[ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' \
	    "$SCRIPTS/$1" "$@"
}

zsh_gives() {
	zsh -f "$BATS_TEST_DIRNAME/complete.zsh" "$SCRIPTS" "$*" |
	    tr -d "\\\\" | sort -u
}

fish_gives() {
	# shellcheck disable=SC2016 # for fish
	HOME=$PWD fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
	    "$SCRIPTS/$1.fish" "$*" | cut -f 1
}

# gives SHELL LINE …: into the file got, sorted
gives() {
	local shell=$1
	shift
	command -v "$shell" >/dev/null || skip "lacks $shell"
	"${shell}_gives" "$@" >got
	sort -o got got
}

is() {
	printf '%s\n' "$@" | diff - got
}

# Every option in the help of $1, and its no-form where that is taken.
options_of() {
	"$BUILD/$1" --help | sed -n 's/^  .[^ ]* *--\([a-z-]*\).*/\1/p' >names
	while read -r name; do
		echo "--$name"
		! "$BUILD/$1" "--no-$name" --version >out 2>&1 ||
			echo "--no-$name"
	done <names
}

every_option() { # SHELL
	for program in pith pith-fetch; do
		options_of "$program" | sort -u >want
		[ "$(wc -l <want)" -gt 40 ]
		gives "$1" "$program" --
		# fish has two ways to give what may have a value
		sed -i 's/=$//' got
		diff want <(uniq got)
	done
}

values() { # SHELL
	gives "$1" pith --sandbox ''
	is auto none require
	gives "$1" pith -f md a.html -I t
	is text
}

files() { # SHELL
	mkdir folder
	touch 'a page.html' another.html
	gives "$1" pith a
	[ "$(wc -l <got)" -eq 2 ]
	gives "$1" pith --model an
	is another.html
	gives "$1" pith-fetch -o an
	is another.html
	# what nobody can guess is not a file
	gives "$1" pith --width an
	[ ! -s got ]
	gives "$1" pith-fetch an
	[ ! -s got ]
}

@test "bash: every option" {
	every_option bash
}

@test "bash: values" {
	values bash
	gives bash pith --sandbox =
	is auto none require
	gives bash pith --format = jsonl
	is jsonl
	gives bash pith-fetch --status = j
	is json
	gives bash pith --body text,m
	is text,markdown
}

@test "bash: files" {
	files bash
	gives bash pith -- --a
	[ ! -s got ]
}

@test "bash: bash-completion finds the script by the program's name" {
	loader=/usr/share/bash-completion/bash_completion
	[ -e $loader ] || skip "lacks bash-completion"
	mkdir -p bash-completion
	ln -s "$SCRIPTS" bash-completion/completions
	# shellcheck disable=SC2016 # for the inner one
	XDG_DATA_DIRS=$PWD bash --norc -c '
		. "$0"
		_completion_loader pith-fetch
		complete -p pith-fetch' $loader >got
	grep -q 'F _pith_fetch' got
}

@test "zsh: every option" {
	needs_terminal
	every_option zsh
}

@test "zsh: values" {
	needs_terminal
	values zsh
	gives zsh pith-fetch --status=
	is json table
	gives zsh pith --body text,m
	is markdown
}

@test "zsh: files" {
	needs_terminal
	files zsh
}

@test "fish: every option" {
	every_option fish
}

@test "fish: values" {
	values fish
	gives fish pith-fetch --status=
	is --status=json --status=table
	gives fish pith --body text,m
	is text,markdown
}

@test "fish: files" {
	files fish
}

@test "no other word is a shell" {
	run "$PITH" --completion tcsh
	status_is 2
	has 'tcsh is none of: bash zsh fish'
}
