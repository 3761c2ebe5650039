#!/bin/bash
# Every #include in core/ is allowed by core/LAYERS, and each library is known to one place only. Then, so that this
# check can be trusted, it is tried on copies of the sources with one line wrong. SOURCE is the root of the sources.
set -euo pipefail
source=${SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}

# Which files may include a library's headers (or one of ours that brings them): headers, files, what to say.
libraries='
^libconfig\.h$                                                ^core/model/read[a-z_]*\.[ch]$  libconfig
^model/read\.h$                                               ^core/model/read[a-z_]*\.[ch]$  model/read.h
^(cvodes|arkode|idas|kinsol|nvector|sunmatrix|sunlinsol|sunnonlinsol|sundials)/  ^core/solve/  SUNDIALS
^suitesparse/|^klu\.h$                                       ^core/(linalg|solve)/         SuiteSparse
^(lapacke?|cblas)[a-z_]*\.h$                                  ^core/linalg/                 LAPACK
^netcdf\.h$                                                   ^core/output/                 netCDF
^jansson\.h$                                                  ^core/cli/                    Jansson
'

# file:line:header of every #include under core/ and include/, with the marks around the header.
includes() {
  (cd "$1" && grep -rnoE --include='*.[ch]' --include='*.def' '^ *# *include *[<"][^>"]*[>"]' core include) |
    sed -E 's/^([^:]+:[0-9]+):[^<"]*/\1 /'
}

# Prints what is wrong with the tree at $1, a line each; nothing when all is well.
findings() {
  includes "$1" | awk -v layers="$1/core/LAYERS" -v libraries="$libraries" '
    BEGIN {
      while ((getline line < layers) > 0) {
        if (line !~ /^[a-z]+:/) continue
        split(line, part, ":"); layer = part[1]; known[layer] = 1
        n = split(part[2], below, " ")
        for (k = 1; k <= n; k++) {
          if (!(below[k] in known)) print "core/LAYERS: " layer " names " below[k] ", which is not below it"
          allowed[layer, below[k]] = 1
        }
        allowed[layer, layer] = 1
      }
      rows = split(libraries, row, "\n")
    }
    {
      place = $1; file = place; sub(/:[0-9]+$/, "", file)
      quoted = $2 ~ /^"/; header = substr($2, 2, length($2) - 2)
      split(file, folder, "/"); split(header, target, "/")
    }
    folder[1] == "include" && (quoted || (header ~ /\// && target[1] != "regime")) {
      print place ": a public header includes " header; next
    }
    folder[1] == "core" && !(folder[2] in known) { print place ": the folder is not in core/LAYERS"; next }
    quoted && header !~ /\// { print place ": write the layer too: \"" folder[2] "/" header "\""; next }
    quoted && !((folder[2], target[1]) in allowed) {
      print place ": " folder[2] " may not include " header "; core/LAYERS says what it may"
    }
    {
      for (k = 1; k <= rows; k++) {
        if (split(row[k], rule, " ") == 3 && header ~ rule[1] && file !~ rule[2])
          print place ": " rule[3] " is no business of this file"
      }
    }'
}

found=$(findings "$source")
if [ -n "$found" ]; then
  echo "$found"
  exit 1
fi

# The check must see: $1 written as first line of file $2 in a copy.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
must_see() {
  rm -rf "${copy:?}"/*
  cp -r "$source/core" "$source/include" "$copy"
  mkdir -p "$(dirname "$copy/$2")"
  echo "$1" | cat - "$copy/$2" 2>/dev/null >"$copy/new" || true
  mv "$copy/new" "$copy/$2"
  if [ -z "$(findings "$copy")" ]; then
    echo "the check is blind: it does not see '$1' in $2"
    exit 1
  fi
}

must_see '#include "model/declarations.h"' core/base/text.c
must_see '#include "output/wrong.h"' core/solve/path.c
must_see '#  include "text.h"' core/base/text.c
must_see '#include <libconfig.h>' core/model/check.c
must_see '#include "model/read.h"' core/model/check.c
must_see '#include <cvodes/cvodes.h>' core/linalg/wrong.c
must_see '#include <klu.h>' core/cli/wrong.h
must_see '#include <lapacke.h>' core/solve/path.c
must_see '#include "base/text.h"' core/unheard/wrong.c
must_see '#include "base/text.h"' include/regime/table.h
must_see '#include <jansson.h>' include/regime/table.h
must_see 'base: solve' core/LAYERS
echo "every include is allowed by core/LAYERS"
