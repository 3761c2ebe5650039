# attractor.gp: what is left after the transient, over a parameter: a dot each.
#
# By itself on NAME.csv in this folder:
#   gnuplot -e "name='logistic'; xlabel='r'; ylabel='x'" plots/attractor.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which diagram: gnuplot -e \"name='NAME'\" attractor.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("attractor.gp")]."style.gp"
}
if (!exists("width")) { width = 11.0 } # cm
eval default_labels
if (!exists("frame_h")) { frame_h = 0.62*width }
stats data using 1 name "across_span" nooutput
stats data using 2 name "up_span" nooutput
left = exists("x_from") ? x_from : across_span_min
right = exists("x_to") ? x_to : across_span_max > across_span_min ? across_span_max : across_span_min + 1
low = exists("y_from") ? y_from : up_span_min - air(up_span_min, up_span_max)
high = exists("y_to") ? y_to : up_span_max + air(up_span_min, up_span_max)
eval plan_single
eval open_single
# Fewer points are drawn larger, so that a cycle is as easy to see as chaos is not a blot.
dot = larger(0.06, smaller(0.3, 30.0/sqrt(across_span_records + 1.0)*0.5))
set style line 31 linecolor rgb "#000000" linewidth 0.3 pointtype 7 pointsize dot*point_unit
plot data using 1:2 with points linestyle 31
unset multiplot
