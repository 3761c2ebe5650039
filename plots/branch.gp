# branch.gp: a bifurcation diagram: equilibria solid where stable and dashed where not, the extremes of cycles, special
# points with their names.
#
# By itself on NAME.csv in this folder:
#   gnuplot -e "name='kaldor'; xlabel='speed of adjustment'; ylabel='income'" plots/branch.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which diagram: gnuplot -e \"name='NAME'\" branch.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("branch.gp")]."style.gp"
}
if (!exists("width")) { width = 11.0 } # cm
eval default_labels
if (!exists("frame_h")) { frame_h = 0.62*width }
set style line 31 linecolor rgb "#000000" linewidth 2.4                  # stable
set style line 32 linecolor rgb "#707070" linewidth 1.8 dashtype (6, 4)  # unstable
set style line 33 linecolor rgb "#0072B2" linewidth 3.4                  # cycles, stable
set style line 34 linecolor rgb "#56B4E9" linewidth 2.4 dashtype (3, 3)  # cycles, unstable
stable = "$5 == 1"
unstable = "$5 == 0"
rests = is_part("branch")
cycles = "($2 == \"cycle_low\" || $2 == \"cycle_high\")"
span_test = "$2 != \"period\""
eval span_axes
stable_rests = count_of(rests." && ".stable)
unstable_rests = count_of(rests." && ".unstable)
stable_cycles = count_of(cycles." && ".stable)
unstable_cycles = count_of(cycles." && ".unstable)
rest_word = exists("is_map") && is_map ? "fixed point" : "equilibrium"
ready = stable_rests ? add_key("line 31", "stable ".rest_word) : 0
ready = unstable_rests ? add_key("line 32", "unstable") : 0
ready = stable_cycles ? add_key("line 33", "stable cycle: extremes") : 0
ready = unstable_cycles ? add_key("line 34", "unstable cycle") : 0
eval plan_single

layers = ""
add_layer(text) = (layers = layers.(strlen(layers) ? ", " : "plot ").text, 0)
pieces(part, test, style) = sprintf("pieces_of('%s', '%s') using 3:4 with lines linestyle %d", part, test, style)
if (unstable_rests) { ready = add_layer(pieces("branch", unstable, 32)) }
if (stable_rests) { ready = add_layer(pieces("branch", stable, 31)) }
do for [side in "cycle_low cycle_high"] {
  if (unstable_cycles) { ready = add_layer(pieces(side, unstable, 34)) }
  if (stable_cycles) { ready = add_layer(pieces(side, stable, 33)) }
}
if (has("special")) {
  ready = add_layer("points_of('special') using 3:4 with points linestyle 71")
  ready = add_layer("points_of('special') using 3:4 with points linestyle 72")
}
if (!strlen(layers)) { exit error "nothing to draw in '".data."'" }
eval open_single
named_part = "special"
eval name_points
eval layers
unset multiplot
