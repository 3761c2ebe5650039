#!/bin/sh
# A phase called `1` was read back as a number, and gnuplot stopped at it.
. "$SOURCE/tests/support/cli.sh"

command -v gnuplot >/dev/null || exit 77
(goodwin
 printf 'phases = ( { name = "1"; when = "v < 0.75"; }, { name = "nan"; when = "v >= 0.75"; } );\n'
) >numbered.cfg
answers 0 run numbered.cfg --plot --out o; silent err
grep "^array phase_names" o/plots/states.gp >run.txt || fail "no phases in the script"
answers 0 plot o; silent err
grep "^array phase_names" o/plots/states.gp | cmp -s - run.txt || fail "the phases have other names when drawn again"
answers 0 rerun o
