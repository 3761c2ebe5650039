#!/bin/sh
# A manifest that names no results was once `identical`, as nothing differed.
. "$SOURCE/tests/support/cli.sh"

goodwin >goodwin.cfg
answers 0 run goodwin.cfg --out o
cp o/manifest.json whole.json
for change in 'del m["results"]' 'm["results"] = []' 'm["results"] = {}' 'm["settings"] = 7'; do
  python3 -c "import json; m = json.load(open('whole.json')); $change; json.dump(m, open('o/manifest.json', 'w'))"
  answers 5 rerun o; says err "not a manifest of regime"
  answers 5 plot o
done

# A folder whose name is not UTF-8 has figures like any other.
if command -v gnuplot >/dev/null; then
  folder=$(printf '\377')
  answers 0 run goodwin.cfg --out "$folder"
  answers 0 plot "$folder" --json; document "d['folder'] == '?/plots'"
fi
