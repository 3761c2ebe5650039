#!/bin/sh
# Runs every example in docs/ and README.md: a block fenced as `cfg` must be a model that checks (with a name after
# `cfg` it is also kept under that name for the blocks that follow), a block fenced as `sh` must succeed line by
# line with the command on the PATH. Other fences (`text`) show output and are not run.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$REGIME" "$work/bin/regime"
PATH="$work/bin:$PATH"
export PATH

# Splits a page into numbered files NNN.cfg / NNN.sh in the current folder, with the line each starts on.
split() {
  awk '
    /^```/ && !inside { inside = 1; kind = $0; sub(/^```/, "", kind); n++; start = NR + 1
                        split(kind, word, " "); ext = word[1]; name = word[2]
                        file = (ext == "cfg" || ext == "sh") ? sprintf("%03d.%s", n, ext) : ""
                        if (file != "") print file, start, name > "blocks"
                        next }
    /^```/ && inside  { inside = 0; next }
    inside && file != "" { print > file }
  ' "$1"
}

failures=0
total=0
say_failed() { echo "$1: the example at line $2 fails:"; sed 's/^/    /' "$work/answer"; failures=$((failures + 1)); }

for page in "$SOURCE"/README.md $(find "$SOURCE/docs" -name '*.md' | sort); do
  folder="$work/$(echo "$page" | tr '/' '_')"
  mkdir "$folder"
  cd "$folder"
  : > blocks
  split "$page"
  while read -r file start name; do
    total=$((total + 1))
    case $file in
      *.cfg)
        [ -z "$name" ] || cp "$file" "$name"
        regime check "$file" > "$work/answer" 2>&1 || say_failed "$page" "$start"
        ;;
      *.sh)
        grep -v '^\./start' "$file" > commands || true # the page for newcomers begins with ./start, which runs this test
        sh -eu commands > "$work/answer" 2>&1 || say_failed "$page" "$start"
        ;;
    esac
  done < blocks
done
echo "$total examples, $failures failed"
[ "$total" -gt 5 ] && [ "$failures" -eq 0 ]
