#!/bin/sh
# The pages made from the tables of commands and statuses are the committed ones.
. "$SOURCE/tests/support/cli.sh"

compare() {
  answers 0 "$1"
  cmp -s "$work/.out" "$SOURCE/docs/$2" || fail "docs/$2 differs from \`regime $1\`: write it again with \`regime $1 >docs/$2\`"
}

compare --manual regime.1
compare --completion regime.bash
compare --command-reference reference/commands.md
compare --status-reference reference/status.md

bash -n "$SOURCE/docs/regime.bash" || fail "the completion is no bash"
if command -v man >/dev/null; then
  MANROFFSEQ='' MANWIDTH=80 man -l --warnings -Tutf8 -Z "$SOURCE/docs/regime.1" >/dev/null 2>"$work/.err"
  silent err
fi
