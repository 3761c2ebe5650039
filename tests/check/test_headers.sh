#!/bin/bash
# Each public header compiles alone, in C11 with every warning an error, with gcc and, where it is installed,
# clang; and twice in a row. SOURCE is the root of the sources.
set -uo pipefail
include=${SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}/include
warnings=(-std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wundef -Werror)
failures=0
headers=0

for compiler in gcc clang; do
  command -v "$compiler" >/dev/null || { echo "without $compiler: not installed" && continue; }
  for header in "$include"/regime/*.h; do
    name=regime/$(basename "$header")
    headers=$((headers + 1))
    printf '#include <%s>\n#include <%s>\nextern int translation_unit;\n' "$name" "$name" |
      "$compiler" "${warnings[@]}" -I"$include" -fsyntax-only -x c - || {
      echo "$compiler: <$name> does not stand alone"
      failures=$((failures + 1))
    }
  done
done
[ "$headers" -gt 0 ] || { echo "no header was looked at in $include/regime" && exit 1; }
[ "$failures" -eq 0 ] && echo "every public header stands alone"
