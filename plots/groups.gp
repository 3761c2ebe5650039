# groups.gp: one variable in two groups of members: each member thin, the mean of its group thick, the first group
# drawn through and the second dashed, with phases and events.
#
# By itself on the folder of a run:
#   gnuplot -e "run='out/crisis-history'; variable='trade_balance'; group1='DE JP SE'; group2='US GB'" plots/groups.gp
# also: over='country' (the set), label, unit, title, array group_titles[2]
if (!exists("style")) {
  if (!exists("variable")) {
    exit error "say which variable and groups: \"run='FOLDER'; variable='NAME'; group1='A B'; group2='C'\""
  }
  if (!exists("over")) { over = "country" }
  if (!exists("name")) { name = variable."-groups" }
  if (!exists("label")) { label = variable }
  load ARG0[1:strlen(ARG0) - strlen("groups.gp")]."style.gp"
}
if (!exists("width")) { width = 17.4 } # cm: two columns of a journal

# group[i] is 1 or 2; a member of neither is not drawn.
if (exists("group1") && exists("group2")) {
  array group[n]
  is_among(i, list) = strstrt(" ".list." ", " ".heads[i]." ") > 0
  do for [i = 1:n] { group[i] = is_among(i, group1) ? 1 : is_among(i, group2) ? 2 : 0 }
}
if (!exists("group")) { exit error "no groups: 'group' must say 1 or 2 for each member" }
if (!exists("group_titles")) { array group_titles[2] = ["group 1", "group 2"] }

end_colour(i) = colours[larger(1, group[i]) + 1]
fact_key = 2
eval measure
do for [i = 1:n] {
  if (group[i] == 0) {
    lows[i] = 1e300
    highs[i] = -1e300
    titles[i] = ""
  }
}
eval measure_all
low = axis_low(lowest, highest)
high = axis_high(lowest, highest)

# The mean of each group at each time, over the members that have a value.
times = int(rows_records/members)
array at_time[times]
array total[2*times]
array count[2*times]
do for [k = 1:2*times] {
  total[k] = 0.0
  count[k] = 0
}
add(slot, value) = is_number(value) ? (total[slot] = total[slot] + value, count[slot] = count[slot] + 1, 0) : 0
do for [i = 1:n] {
  if (group[i]) {
    k = 0
    stats data every members::first_row(i) using \
      (k = k + 1, at_time[k] = column(1), add(2*k - 2 + group[i], number(cell(i)))) nooutput
  }
}
mean(k, g) = count[2*k - 2 + g] ? total[2*k - 2 + g]/count[2*k - 2 + g] : NaN
set print $means
print "time,mean of group 1,mean of group 2"
do for [k = 1:times] { print sprintf("%.17g,%.17g,%.17g", at_time[k], mean(k, 1), mean(k, 2)) }
unset print

# The page, with the key of the groups under that of the phases, in a row or, where they do not fit, two.
if (!exists("frame_h")) { frame_h = larger(4.5, 0.45*width) }
key_text(g) = plain(group_titles[g]).": mean and members"
key_entry(g) = 1.4 + text_width(key_text(g), small)
name_letters = letters_in(0.2*width, size)
longest = 0
do for [i = 1:n] { longest = larger(longest, longest_line(broken(titles[i], name_letters))) }
side_label = broken(with_unit(label, unit), letters_in(frame_h, size))
margin_left = tics_width(low, high, frame_h) + 0.15 + side_width(side_label)
margin_right = 0.4 + 0.0185*size*longest
margin_bottom = strlen(time_label) ? 0.9 : 0.6
frame_w = width - margin_left - margin_right
eval plan_strip
eval plan_events
key_stacked = key_entry(1) + key_entry(2) > width - margin_left
groups_height = 0.45*(1 + key_stacked)
margin_top = title_height + key_height + groups_height + event_height + strip + 0.1
height = margin_top + frame_h + margin_bottom

eval open_picture(name)
set multiplot
eval draw_head
eval frame(margin_left, margin_bottom, frame_w, frame_h)
left = time_from
right = time_to
x_step = time_step(frame_w)
x_format = tic_format
y_format = tic_format
strip_here = 1
eval set_axes
eval draw_bands
eval draw_events
eval name_ends

set style line 21 linecolor rgb colours[2] linewidth 0.8
set style line 22 linecolor rgb colours[3] linewidth 0.8 dashtype (8, 6)
set style line 31 linecolor rgb colours[2] linewidth 3.6
set style line 32 linecolor rgb colours[3] linewidth 3.6 dashtype (4, 2)
# A thick line over a thin one, and what they are.
do for [g = 1:2] {
  key_left = (margin_left + (g == 2 && !key_stacked ? key_entry(1) : 0))/width
  key_right = key_left + 0.9/width
  key_y = 1 - (title_height + key_height + 0.2 + (g == 2 && key_stacked ? 0.45 : 0))/height
  thick_y = key_y + 0.05/height
  thin_y = key_y - 0.09/height
  set arrow from screen key_left, screen thick_y to screen key_right, screen thick_y nohead linestyle 30 + g
  set arrow from screen key_left, screen thin_y to screen key_right, screen thin_y nohead linestyle 20 + g
  set label key_text(g) at screen key_right + 0.1/width, screen key_y font font_small
}
line_of(i) = group[i] ? column(cell(i)) : NaN
style_of(i) = 20 + larger(1, group[i])
plot for [i = 1:n] data every members::first_row(i) using 1:(line_of(i)) with lines linestyle style_of(i), \
     $means using 1:2 with lines linestyle 31, $means using 1:3 with lines linestyle 32
unset multiplot
