#!/bin/sh
# regime fit: the answer, its files, killed and resumed, with several threads, written back.
. "$SOURCE/tests/support/cli.sh"

cat >decay.cfg <<'MODEL'
model = { name = "decay"; title = "Decay"; time = "continuous"; unit = "year"; };
span = { from = 0.0; to = 10.0; output = 0.01; };
sets = { country = { members = ["US", "GB"]; index = ["i"]; }; };
parameters = {
  speed = { over = "country"; default = 0.3;  # not the best
            bounds = [0.01, 2.0]; free = true; values = { US = 0.5; }; };
  start = 1.5;
  wave = { value = 0.1; about = "of the seasons"; bounds = [-1.0, 1.0]; free = true; };
};
equations = "
  init x[i] = start
  x[i]' = -speed[i]*x[i] + wave*sin(3*t)
";
observations = { file = "facts.csv"; };
MODEL
cat >facts.csv <<'FACTS'
variable,member,from,to,value,sd
x,US,1,2,0.71,0.01
x,US,2,4,0.35,0.01
x,US,5,9,0.06,0.01
x,GB,1,2,1.05,0.01
x,GB,2,4,0.77,0.01
x,GB,5,9,0.33,0.01
FACTS

# --- the answer ---
answers 0 fit decay.cfg
says out "the fit converged"; says out "bounded"
exists out/decay-fit/parameters.csv out/decay-fit/facts.csv out/decay-fit/fit.csv out/decay-fit/correlation.csv \
  out/decay-fit/singular.csv out/decay-fit/manifest.json out/decay-fit/fit.journal
answers 0 fit decay.cfg --json
document "d['converged'] and d['observations'] == 6 and d['free_parameters'] == 3"
document "all(p['std_error'] > 0 and p['low'] < p['value'] < p['high'] for p in d['parameters'].values())"
document "d['model'] == 'decay' and d['evaluations'] < 30 and set(d['rms']) == {'x'}"
answers 0 fit decay.cfg --free 'speed[US]' --set start=1.4 --json
document "list(d['parameters']) == ['speed[US]'] and d['parameters']['speed[US]']['value'] > 0.4"

# --- what cannot be asked ---
answers 2 fit decay.cfg --free sped; says err "there is no parameter \`sped\`"; says err "did you mean \`speed\`"
answers 2 fit decay.cfg --facts-to 0.5; says err "there are no facts to fit"
answers 2 fit decay.cfg --loss cubes; says err "squares|huber|cauchy"
goodwin >goodwin.cfg
answers 2 fit goodwin.cfg; says err "nothing is free"

# --- the same bits for any number of threads ---
answers 0 fit decay.cfg --starts 6 --profiles --sample 50 --leave-out member --out one --quiet
answers 0 fit decay.cfg --starts 6 --profiles --sample 50 --leave-out member --threads 2 --out two --quiet
for table in parameters facts profiles posterior draws left-out; do
  cmp "one/$table.csv" "two/$table.csv" || fail "$table.csv depends on the number of threads"
done

# --- killed at any instant, and resumed: the same bits, fewer paths ---
for pause in 0.02 0.05 0.1 0.2; do
  "$REGIME" fit decay.cfg --starts 6 --profiles --sample 50 --leave-out member --out killed --quiet >"$work/.out" 2>"$work/.err" &
  child=$!
  sleep "$pause"
  kill -9 "$child" 2>/dev/null
  wait "$child" 2>/dev/null
  [ -f killed/fit.journal ] && printf 'half a record' >>killed/fit.journal
  answers 0 fit decay.cfg --starts 6 --profiles --sample 50 --leave-out member --out killed --quiet --resume
  for table in parameters facts profiles posterior draws left-out; do
    cmp "one/$table.csv" "killed/$table.csv" || fail "$table.csv is another after a kill at $pause s"
  done
  rm -rf killed
done
sed 's/3\*t/4*t/' decay.cfg >other.cfg
answers 2 fit other.cfg --out one --resume; says err "this journal is of another fit"
echo nonsense >one/fit.journal
answers 2 fit decay.cfg --out one --resume; says err "no journal of a fit"

# --- written back, all else to the byte ---
answers 0 fit decay.cfg --write fitted.cfg --quiet
answers 0 check fitted.cfg
diff decay.cfg fitted.cfg | grep -c '^<' | grep -qx 3 || fail "another line has changed"
answers 0 fit fitted.cfg --json
document "abs(d['parameters']['wave']['value'] - $(awk -F, '/^wave/ { print $2 }' out/decay-fit/parameters.csv)) < 1e-6"
grep -q '# not the best' fitted.cfg || fail "a comment is gone"
grep -Eq 'std_error = \{ (US|GB) = ' fitted.cfg || fail "no errors of members"

# --- a scenario's value wins over the one that is written: told ---
sed 's/^equations/scenarios = { calm = { set = { wave = 0.05; }; };\n  late = { changes = ( { at = 8.0; set = { speed = { US = 0.1; }; }; } ); }; };\nequations/' decay.cfg >scenes.cfg
answers 0 fit scenes.cfg --scenario calm --write calm.cfg --quiet
says err "the scenario \`calm\` sets \`wave\`"; says err "take \`wave\` out of it"
answers 0 fit scenes.cfg --scenario late --write late.cfg --quiet
says err "from 8 the scenario \`late\` sets \`speed[US]\`"
answers 0 fit scenes.cfg --write scenes-fitted.cfg --quiet; silent err

# --- interrupted after the fit: what there is is kept, and the exit code says it is not all ---
"$REGIME" fit decay.cfg --profiles --sample 1000000 --leave-out member --out cut --quiet >"$work/.out" 2>"$work/.err" &
child=$!
until [ -s cut/fit.journal ]; do sleep 0.05; done
sleep 1
kill -INT "$child" || fail "the sampling did not last long enough to be interrupted"
wait "$child"
code=$?
[ "$code" -eq 1 ] || fail "an interrupted fit exits with $code, not 1"
says err "the sampling was interrupted"; says err "\`--leave-out\` was not done"; says err "\`regime fit\` was interrupted"
exists cut/parameters.csv cut/profiles.csv cut/manifest.json
[ ! -e cut/draws.csv ] || fail "draws were written that are not whole"

# --- what was asked of a minimum is not done where there is none, and that is told ---
cat >jump.cfg <<'MODEL'
model = { name = "jump"; time = "continuous"; };
span = { from = 0.0; to = 10.0; output = 0.1; };
parameters = { a = { value = 0.05; bounds = [0.0, 1.0]; free = true; }; };
equations = "
  init x = 0
  x' = a
";
events = ( { name = "crisis"; when = "x - 0.97"; direction = "up"; once = true; set = { x = "x + 1"; }; } );
observations = { file = "jump.csv"; };
MODEL
printf 'variable,from,to,value,sd\nx,10,10,1.2,0.1\n' >jump.csv
answers 1 fit jump.cfg --profiles --sample 50 --leave-out period
says err "the event \`crisis\` happens here not at all, there once"; says err "take the date of the event as a fact"
for option in --profiles --sample --leave-out; do says err "\`$option\` was not done: the fit did not converge"; done

# --- what the facts cannot tell ---
sed 's/-speed\[i\]/-speed[i]*start/; s/start = 1.5/start = { value = 1.5; bounds = [0.5, 3.0]; free = true; }/; s/init x\[i\] = start/init x[i] = 1.5/' \
  decay.cfg >flat.cfg
answers 0 fit flat.cfg --profiles --json
document "d['parameters']['start']['verdict'] == 'flat' and d['parameters']['wave']['verdict'] == 'bounded'"
answers 0 fit flat.cfg
says out "can hardly be told apart"
