#!/bin/sh
# Colour is for terminals, and NO_COLOR is respected.
. "$SOURCE/tests/support/cli.sh"

script -qec true /dev/null </dev/null >/dev/null 2>&1 || { echo "no terminal can be had here: skipped"; exit 77; }
goodwin >goodwin.cfg
escape=$(printf '\033')
export TERM=xterm
on_terminal() { script -qec "$REGIME run goodwin.cfg" /dev/null </dev/null >"$work/.out" 2>"$work/.err"; }

on_terminal
grep -q "$escape" "$work/.out" || fail "no colour on a terminal"
export NO_COLOR=1
on_terminal
grep -q "$escape" "$work/.out" && fail "colour although NO_COLOR is set"
unset NO_COLOR
export TERM=dumb
on_terminal
grep -q "$escape" "$work/.out" && fail "colour on a dumb terminal"
exit 0
