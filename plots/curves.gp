# curves.gp: where equilibria change their kind, in two parameters: a line for each curve, its kind by colour and dash, with
# the points on them where two things happen at once.
#
# By itself on NAME.csv in this folder:
#   gnuplot -e "name='kaldor-curves'; xlabel='speed of adjustment'; ylabel='propensity to save'" plots/curves.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which diagram: gnuplot -e \"name='NAME'\" curves.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("curves.gp")]."style.gp"
}
if (!exists("width")) { width = 11.0 } # cm
eval default_labels
if (!exists("frame_h")) { frame_h = 0.62*width }
kinds = system("awk -F, '$2 == \"curve\" && !seen[$5]++ { gsub(/ /, \"_\", $5); printf \"%s \", $5 }' '".data."'")
if (words(kinds) == 0) { exit error "no curves in '".data."'" }
of_kind(k) = is_part("curve")." && $5 == \"".swap(word(kinds, k), "_", " ")."\""
do for [k = 1:words(kinds)] { ready = add_key(sprintf("line %d", k), proper(swap(word(kinds, k), "_", " "))) }
do for [k = 1:7] { set style line k linetype k }
span_test = "$2 == \"curve\" || $2 == \"special\""
eval span_axes
eval plan_single
eval open_single
named_part = "special"
eval name_points
if (has("special")) {
  plot for [k = 1:words(kinds)] curve_rows(of_kind(k)) using 3:4 with lines linetype k, \
    points_of("special") using 3:4 with points linestyle 71, points_of("special") using 3:4 with points linestyle 72
} else {
  plot for [k = 1:words(kinds)] curve_rows(of_kind(k)) using 3:4 with lines linetype k
}
unset multiplot
