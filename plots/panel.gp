# panel.gp: one variable, a small panel for each member, the phases as bands, the facts as bars over their period.
#
# By itself on the folder of a run:
#   gnuplot -e "run='out/crisis-history'; variable='unemployment'" plots/panel.gp
# also: over='country' (the set), facts='facts.csv', label, unit, title, shared=0 (an own scale a panel), across=4
if (!exists("style")) {
  if (!exists("variable")) { exit error "say which variable: gnuplot -e \"run='FOLDER'; variable='NAME'\" panel.gp" }
  if (!exists("over")) { over = "country" }
  if (!exists("name")) { name = variable }
  if (!exists("label")) { label = variable }
  load ARG0[1:strlen(ARG0) - strlen("panel.gp")]."style.gp"
}
if (!exists("width")) { width = 17.4 } # cm: two columns of a journal

fact_key = 2
eval measure


# One scale for all lets panels be compared, unless it would flatten most of them.
eval measure_all
if (!exists("shared")) { shared = 2*flat <= n }
shared_y = shared
shared_x = shared
array y_low[n]
array y_high[n]
tic_room = 0
do for [i = 1:n] {
  y_low[i] = shared ? axis_low(lowest, highest) : axis_low(lows[i], highs[i])
  y_high[i] = shared ? axis_high(lowest, highest) : axis_high(lows[i], highs[i])
  tic_room = larger(tic_room, tics_width(y_low[i], y_high[i], 2.8))
}

side_label = with_unit(label, unit)
eval plan_grid
if (!exists("frame_h")) { frame_h = n == 1 ? 0.5*frame_w : smaller(3.2, larger(2.4, 0.62*frame_w)) }
eval plan_strip
margin_bottom = strlen(time_label) ? 0.9 : 0.6
margin_top = title_height + key_height + name_height + strip
height = margin_top + down*frame_h + (down - 1)*gap_y + margin_bottom

eval open_picture(name)
set multiplot
eval draw_head
left = time_from
right = time_to
x_step = time_step(frame_w)
do for [i = 1:n] {
  eval place_panel
  low = y_low[i]
  high = y_high[i]
  eval set_axes
  eval draw_bands
  plot data every members::first_row(i) using 1:(column(cell(i))) with lines linestyle 11, \
       facts using (0.5*(fact(i, 3) + fact(i, 4))):(fact(i, 5)):(fact(i, 3)):(fact(i, 4)) with xerrorbars linestyle 12
  unset label
  unset object
  unset arrow
}
unset multiplot
