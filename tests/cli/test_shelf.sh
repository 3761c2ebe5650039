#!/bin/sh
# MODEL is a file or a name: REGIME_PATH first, then the shelf of the source tree.
. "$SOURCE/tests/support/cli.sh"

mkdir -p shelf/mine shelf/theory/deep shelf/theory/far/away other
goodwin | sed 's/"goodwin"/"mine"/; s/Growth cycle/My own/' >shelf/mine/mine.cfg
goodwin | sed 's/"goodwin"/"deep"/' >shelf/theory/deep/deep.cfg
goodwin | sed 's/"goodwin"/"away"/' >shelf/theory/far/away/away.cfg
goodwin | sed 's/Growth cycle/Another goodwin/' >other/goodwin.cfg
printf 'not a model' >shelf/mine/part.cfg

REGIME_PATH=$work/shelf:$work/nowhere:$work/other
export REGIME_PATH
answers 0 list; says out "My own"; says out "deep"
grep -q -e away -e part "$work/.out" && fail "what lies too deep, or is a part, is on the shelf"
answers 0 list --json
document "[m['states'] for m in d['models'] if m['name'] == 'mine'] == [2]"
document "all(isinstance(m['states'], (int, type(None))) for m in d['models'])"
document "set(d['models'][0]) == {'name', 'title', 'source', 'states'}"
document "[m['name'] for m in d['models']] == sorted(m['name'] for m in d['models'])"

answers 0 check deep
answers 0 check goodwin; says out "Another goodwin"
answers 2 check mien; says err "did you mean \`mine\`?"
answers 2 check something_else; says err "regime list"

unset REGIME_PATH
answers 2 check mine
goodwin >near.cfg; answers 2 check near; says err "did you mean the file \`near.cfg\`?"
answers 5 check nothing/here.cfg; says err "nothing/here.cfg"
goodwin >here.cfg
answers 0 check here.cfg
answers 0 check ./here.cfg

# A file called like a model of the shelf does not hide it; one called unlike any is a model.
printf 'not a model' >goodwin
answers 0 check goodwin
cp here.cfg here; answers 0 check here

printf 'model = { name = "broken"' >broken.cfg
export REGIME_PATH=$work
answers 0 list; says out "(wrong: see regime check)"
