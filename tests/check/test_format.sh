#!/bin/bash
# Sources look as .clang-format says. Versions of clang-format differ in taste; ours is 14, and with any other the
# check is skipped. SOURCE is the root of the sources.
set -uo pipefail
cd "${SOURCE:-$(dirname "$0")/../..}" || exit 1
version=14

for formatter in clang-format-$version clang-format; do
  if command -v "$formatter" >/dev/null && "$formatter" --version | grep -q "version $version\."; then
    find core include tests -name '*.[ch]' -print0 | xargs -0 "$formatter" --dry-run -Werror || {
      echo "run: $formatter -i on the files named above"
      exit 1
    }
    echo "every source is formatted"
    exit 0
  fi
done
echo "skipped: clang-format $version is not installed"
exit 77
