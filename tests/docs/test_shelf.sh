#!/bin/sh
# models/README.md is the index of the shelf: `regime list` shows the same names, titles and sources, and every model has its
# page.
. "$SOURCE/tests/support/cli.sh"

answers 0 list --json
python3 - "$work/.out" "$SOURCE/models" <<'PYTHON' || fail "models/README.md and \`regime list\` differ"
import json, os, re, sys

listed = {m["name"]: (m["title"], m["source"]) for m in json.load(open(sys.argv[1]))["models"]}
row = re.compile(r"\| \[(\S+)\]\((\S+)/README\.md\) \| (.+?) \| .+? \| (.+?) \|$")
rows = [row.match(line) for line in open(os.path.join(sys.argv[2], "README.md"), encoding="utf-8")]
indexed = {os.path.basename(m[1]): (m[3], m[4]) for m in rows if m}
wrong = [n for n in sorted(listed.keys() | indexed.keys()) if listed.get(n) != indexed.get(n)]
pages = [m[1] for m in rows if m and not (m[1] == m[2] and os.path.exists(os.path.join(sys.argv[2], m[2], "README.md")))]
for name in wrong: print(name, "| listed:", listed.get(name), "| indexed:", indexed.get(name))
for page in pages: print(page, "has no page, or its link goes elsewhere")
sys.exit(1 if wrong or pages or not indexed else 0)
PYTHON
