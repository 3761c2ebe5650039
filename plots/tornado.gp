# tornado.gp: the parameters that move a number most, a bar each, the strongest at the top. A second
# measure is a ring; an interval is a line across the end of its bar.
#
# By itself on NAME.csv in this folder:
#   gnuplot -e "name='tornado-1'; xlabel='elasticity'" plots/tornado.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which bars: gnuplot -e \"name='NAME'\" tornado.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("tornado.gp")]."style.gp"
}
if (!exists("width")) { width = 11.0 } # cm
if (!exists("second_label")) { second_label = "" }
if (!exists("xlabel")) { xlabel = "effect" }
xunit = ""
bars = rows_of(data)
if (!exists("frame_h")) { frame_h = 0.2 + 0.45*bars }

# The names, and the ends of the axis: zero is in it.
array bar_names[bars]
longest = 0
do for [k = 1:bars] {
  stats data every ::(k - 1)::(k - 1) using (bar_names[k] = strcol(2), 0) nooutput
  longest = larger(longest, text_width(bar_names[k], small))
}
least = 0
most = 0
do for [c = 3:6] { stats data using (take(number(c))) nooutput }
span = most > least ? most - least : 1
low = least < 0 ? least - 0.06*span : 0
high = most > 0 ? most + 0.06*span : 0

has_second = strlen(second_label) > 0
margin_left = longest + 0.35
margin_right = 0.4
margin_bottom = 1.1
frame_w = width - margin_left - margin_right
key_height = has_second ? 0.45 : 0
title_height = strlen(title) ? 0.6 : 0.15
height = margin_bottom + frame_h + key_height + title_height
eval open_picture(name)
set multiplot
eval frame(margin_left, margin_bottom, frame_w, frame_h)
if (strlen(title)) {
  set label 1000 title at screen 0.15/width, screen (height - 0.3)/height left font font_title
}
set border 1 linewidth 0.8 linecolor rgb "#404040"
set xrange [low:high]
set yrange [bars + 0.6:0.4]
x_step = round_step((high - low)/tics_every(frame_w, 1.3))
set xtics x_step format tic_format
unset ytics
set xlabel xlabel offset 0, 0.3
do for [k = 1:bars] {
  set label bar_names[k] at screen (margin_left - 0.15)/width, first k right font font_small
}
set arrow from first 0, graph 0 to first 0, graph 1 nohead linestyle 13
if (has_second) {
  key_y = (margin_bottom + frame_h + 0.25)/height
  mark_x = margin_left + 0.15
  set label 1001 second_label at screen (mark_x + 0.25)/width, screen key_y left font font_small
  set label 1002 "" at screen mark_x/width, screen key_y point linestyle 71
  set label 1003 "" at screen mark_x/width, screen key_y point linestyle 72
}
half = 0.32
plot data using 3:1:(smaller(0, $3)):(larger(0, $3)):($1 - half):($1 + half) with boxxyerror \
       fillstyle solid 1 noborder linecolor rgb "#56B4E9", \
     data using (number(4)):1:(number(4)):(number(5)) \
       with xerrorbars dashtype solid linecolor rgb "#000000" linewidth 1.2 pointtype -1, \
     data using (has_second ? number(6) : NaN):1 with points linestyle 71, \
     data using (has_second ? number(6) : NaN):1 with points linestyle 72
unset multiplot
