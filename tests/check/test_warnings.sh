#!/bin/bash
# The library and the command compile without a warning with clang too (gcc is what the builds use).
# SOURCE is the root of the sources.
set -uo pipefail
source=${SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
command -v clang >/dev/null || { echo "clang is not installed: skipped" && exit 77; }
read -ra flags <<<"$(pkg-config --cflags libconfig jansson netcdf libmd lapacke)"
[ ! -d /usr/include/suitesparse ] || flags+=(-I/usr/include/suitesparse)
flags+=(-std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -D_POSIX_C_SOURCE=200809L
  -DREGIME_SOURCE_DIR='""' -DREGIME_DATA_DIR='""' -I"$source/include" -I"$source/core")
failures=0
files=0
for file in "$source"/core/*/*.c; do
  files=$((files + 1))
  clang "${flags[@]}" -fsyntax-only "$file" || failures=$((failures + 1))
done
echo "$files files, $failures with warnings"
[ "$files" -gt 50 ] && [ "$failures" -eq 0 ]
