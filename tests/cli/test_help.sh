#!/bin/sh
# Help everywhere, with an example; what is misspelt gets the nearest name and exit code 2.
. "$SOURCE/tests/support/cli.sh"

answers 0 --help; says out "usage: regime COMMAND"; silent err
answers 0 help
answers 0 --version; says out "regime "
answers 2; says err "usage: regime COMMAND"; silent out

for command in list new check show run plot rerun; do
  answers 0 $command --help
  says out "usage: regime $command"
  says out "example:"
  answers 0 help $command
  answers 2 $command --quick; says err "has no option \`--quick\`"
  answers 2 $command one two
done

answers 2 rnu; says err "did you mean \`run\`?"; silent out
answers 2 frobnicate; says err "regime --help"
answers 2 run goodwin --scenaro x; says err "did you mean \`--scenario\`?"
answers 2 run goodwin -x
answers 2 run goodwin --to; says err "\`--to\` needs a value"
answers 2 run goodwin --to soon
answers 2 run goodwin --rtol 0
answers 2 run goodwin --set rho; says err "NAME=VALUE"
answers 2 run goodwin --method euler; says err "bdf|adams"
for command in new check show run plot rerun; do
  answers 2 $command; says err "regime $command\` needs"
done
answers 2 list goodwin; says err "takes no argument"

if [ -w /dev/full ]; then
  "$REGIME" --help >/dev/full 2>"$work/.err"
  [ $? -eq 5 ] || fail "standard output that cannot be written to is no error"
fi

answers 2 rnu --json; document "d['status'] == 'BAD_ARGUMENT'"
