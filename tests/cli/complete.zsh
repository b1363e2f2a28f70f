# SPDX-License-Identifier: MIT
# complete.zsh: what zsh completes a command line to, one a line. Run by
# completion.bats.
#
#   zsh -f complete.zsh FOLDER LINE        FOLDER has the functions
#
# Functions of completion run nowhere but in the line editor, so a second zsh
# gets a terminal. Its compadd tells what it was given; a key completes, the
# next one says that all is told.
zmodload zsh/zpty || exit 1
cd $PWD
told=$(mktemp -d)
cat >$told/setup <<END
PS1= PS2= LISTMAX=1000
fpath=($1 \$fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
	local -a found
	builtin compadd -O found "\$@"
	(( \$#found )) && print -rl -- \$found >>$told/found
	builtin compadd "\$@"
}
finish() { : >$told/finish }
zle -N finish
bindkey '^I' complete-word '^X' finish
: >$told/ready
END
zpty shell zsh -f -i

# wait until FILE is there, or ten seconds are gone
await() {
	repeat 100; do
		[[ -e $told/$1 ]] && return 0
		zpty -r -t shell junk
		sleep 0.1
	done
	print -u 2 "zsh did not get to $1"
	return 1
}

zpty -w shell ". $told/setup"
await ready && zpty -n -w shell "$2"$'\t\x18' && await finish
exit_code=$?
zpty -d shell
[[ ! -e $told/found ]] || sort -u $told/found
rm -rf $told
exit $exit_code
