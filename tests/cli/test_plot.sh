#!/bin/sh
# Figures: scripts that run by themselves, with their data beside them.
. "$SOURCE/tests/support/cli.sh"

(goodwin
 cat <<'MODEL'
phases = ( { name = "low \"employment\""; when = "v < 0.75"; }, { name = "high"; when = "v >= 0.75"; } );
events = ( { name = "half way"; when = "t - 10"; } );
figures = ( { name = "cycle"; kind = "plane"; x = "v"; y = "u"; title = "Goodwin's cycle"; },
            { name = "shares"; kind = "time"; variables = ["v", "u"]; } );
MODEL
) >goodwin.cfg

# Without gnuplot: a warning that says what to do, and the scripts.
mkdir empty
(PATH=$work/empty; answers 0 run goodwin.cfg --plot --out o) || exit 1
says err "gnuplot is missing"; exists o/plots/cycle.gp o/plots/cycle.csv
(PATH=$work/empty; answers 5 plot o) || exit 1
says err "gnuplot is missing"

command -v gnuplot >/dev/null || { echo "gnuplot is missing: the rest is skipped"; exit 0; }
answers 0 run goodwin.cfg --plot --out o; says out "2 figures in o/plots"; silent err
exists o/plots/cycle.png o/plots/shares.png
rm o/plots/*
answers 0 plot o --format svg; exists o/plots/cycle.svg o/plots/shares.svg; silent err
answers 0 plot o --format pdf --json; document "d['figures'] == 2"; exists o/plots/shares.pdf
(cd o/plots && gnuplot shares.gp) || fail "a script does not run by itself"
exists o/plots/shares.png

# Figures nobody asked for: the states.
goodwin >plain.cfg
answers 0 run plain.cfg --plot --out plain; says out "1 figure in"; exists plain/plots/states.png

# A format is a wish for figures.
answers 0 run plain.cfg --format svg --out wish; exists wish/plots/states.svg

# No folder of a run.
answers 5 plot nowhere; says err "no manifest.json"
