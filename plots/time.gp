# time.gp: scalar variables over time, with phases and events; on one axis with their names at the lines, or each in a
# frame of its own above one another (`kind` aggregates, or where units or scales differ).
#
# By itself on the folder of a run:
#   gnuplot -e "run='out/crisis-history'; variables='world_growth world_unemployment'" plots/time.gp
# also: stacked=1, name, title, facts='facts.csv'
if (!exists("style")) {
  if (!exists("name")) { name = "time" }
  load ARG0[1:strlen(ARG0) - strlen("time.gp")]."style.gp"
}
if (!exists("width")) { width = 17.4 } # cm: two columns of a journal

fact_key = 1
eval measure
if (!exists("units")) {
  array units[n]
  do for [i = 1:n] { units[i] = unit }
}

# One axis serves variables of one unit, few enough to be told apart, none of them flattened by the others.
eval measure_all
unlike = n > |colours| || flat > 0
do for [i = 1:n] { unlike = unlike || !(units[i] eq units[1]) }
if (!exists("stacked")) { stacked = exists("kind") ? kind eq "aggregates" || unlike : unlike }
if (n == 1) { stacked = 1 }
frames = stacked ? n : 1

array y_low[frames]
array y_high[frames]
tic_room = 0
longest = 0
do for [i = 1:frames] {
  y_low[i] = stacked ? axis_low(lows[i], highs[i]) : axis_low(lowest, highest)
  y_high[i] = stacked ? axis_high(lows[i], highs[i]) : axis_high(lowest, highest)
  tic_room = larger(tic_room, tics_width(y_low[i], y_high[i], 2.4))
}

# The page. Names at the ends of the lines take room on the right, names along the axes on the left.
if (!exists("frame_h")) { frame_h = frames == 1 ? larger(4.5, 0.42*width) : larger(1.9, smaller(2.8, 19.0/frames)) }
name_letters = letters_in(0.22*width, size)
do for [i = 1:n] { longest = larger(longest, longest_line(broken(titles[i], name_letters))) }
margin_right = stacked ? 0.3 : 0.4 + 0.0185*size*longest
array y_names[frames]
name_lines = 0
do for [i = 1:frames] {
  y_names[i] = broken(stacked ? with_unit(titles[i], units[i]) : capital(units[1]), letters_in(frame_h, size))
  name_lines = larger(name_lines, strlen(y_names[i]) ? lines_of(y_names[i]) : 0)
}
margin_left = tic_room + 0.25 + 0.36*name_lines
margin_bottom = strlen(time_label) ? 0.9 : 0.6
gap_y = 0.35
frame_w = width - margin_left - margin_right
eval plan_strip
eval plan_events
margin_top = title_height + key_height + event_height + strip + 0.1
height = margin_top + frames*frame_h + (frames - 1)*gap_y + margin_bottom

eval open_picture(name)
set multiplot
eval draw_head
left = time_from
right = time_to
x_step = time_step(frame_w)
do for [i = 1:frames] {
  eval frame(margin_left, margin_bottom + (frames - i)*(frame_h + gap_y), frame_w, frame_h)
  low = y_low[i]
  high = y_high[i]
  y_format = tic_format
  x_format = i < frames ? "" : tic_format
  eval set_axes
  strip_here = i == 1
  eval draw_bands
  eval draw_events
  set label y_names[i] at screen (0.07 + 0.18*lines_of(y_names[i]))/width, graph 0.5 rotate center
  if (stacked) {
    plot data every members::first_row(i) using 1:(column(cell(i))) with lines linestyle 11, \
         facts using (0.5*(fact(i, 3) + fact(i, 4))):(fact(i, 5)):(fact(i, 3)):(fact(i, 4)) with xerrorbars linestyle 12
  } else {
    eval name_ends
    plot for [j = 1:n] data every members::first_row(j) using 1:(column(cell(j))) with lines linetype j, \
         for [j = 1:n] facts using (0.5*(fact(j, 3) + fact(j, 4))):(fact(j, 5)):(fact(j, 3)):(fact(j, 4)) \
           with xerrorbars linestyle 12 linecolor rgb colours[j]
  }
  unset label
  unset object
  unset arrow
}
unset multiplot
