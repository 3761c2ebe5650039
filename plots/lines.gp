# lines.gp: two regimes as lines, as the productivity regime and the demand regime, with where they cross: a filled mark
# where the crossing is stable, an open one where it is not. Each line is named at its right end, with its slope.
#
# By itself on NAME.csv in this folder:
#   gnuplot -e "name='regimes'; xlabel='growth of demand'; ylabel='growth of productivity'" plots/lines.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which lines: gnuplot -e \"name='NAME'\" lines.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("lines.gp")]."style.gp"
}
if (!exists("width")) { width = 11.0 } # cm
eval default_labels
if (!exists("frame_h")) { frame_h = 0.6*width }
lines = int(system("awk -F, '$2 == \"line\" && $1 + 0 > most { most = $1 } END { print most + 0 }' '".data."'"))
if (lines == 0) { exit error "no lines in '".data."'" }
span_test = "$2 == \"line\""
eval span_axes

# The slope at the middle of line k.
of_line(k) = sprintf("$2 == \"line\" && $1 == %d", k)
slope(k) = system("awk -F, 'NR > 1 && ".of_line(k)." { x[++n] = $3; y[n] = $4 } END { m = int((n + 1)/2); if (m == n) m--; " \
  ."if (x[m + 1] != x[m]) printf \"slope %.2g\", (y[m + 1] - y[m])/(x[m + 1] - x[m]); else print \"vertical\" }' '".data."'")
line_name(k) = system("awk -F, '".of_line(k)." { print $7; exit }' '".data."'")
array end_texts[lines]
array end_values[lines]
longest = 0
do for [k = 1:lines] {
  stats picked(of_line(k)) using 4 name "whole" nooutput
  stats picked(of_line(k)) using (last = $4, 0) nooutput
  end_values[k] = last
  end_texts[k] = broken(line_name(k), 18)."\n".swap(slope(k), "-", "−")
  longest = larger(longest, longest_line(end_texts[k]))
}
room_right = 0.3 + 0.0185*size*longest
stable = "$5 == 1"
unstable = "$5 == 0"
eval plan_single
eval open_single
do for [k = 1:lines] {
  block = 0.17*lines_of(end_texts[k])/frame_h
  end_y = smaller(1.02 - block, larger(block, (end_values[k] - low)/(high - low)))
  set label end_texts[k] at graph 1 + 0.15/frame_w, graph end_y + 0.17*(lines_of(end_texts[k]) - 1)/frame_h left \
    textcolor rgb colours[k%|colours| + 1]
}
named_part = "crossing"
eval name_points
layers = "plot for [k = 1:lines] picked(of_line(k)) using 3:4 with lines linetype k + 1 linewidth 2.6"
if (count_of(is_part("crossing")." && ".stable)) {
  layers = layers.", picked(is_part('crossing').' && '.stable) using 3:4 with points linestyle ".mark_under(1)
}
if (count_of(is_part("crossing")." && ".unstable)) {
  layers = layers.", picked(is_part('crossing').' && '.unstable) using 3:4 with points linestyle ".mark_under(4) \
    .", picked(is_part('crossing').' && '.unstable) using 3:4 with points linestyle ".mark_over(4)
}
eval layers
unset multiplot
