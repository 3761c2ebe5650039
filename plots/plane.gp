# plane.gp: one variable against another, with dates along the path, a ring where it starts and arrow heads where it
# goes; for a set, a panel for each member.
#
# By itself on the folder of a run:
#   gnuplot -e "run='out/goodwin-baseline'; x_variable='u'; y_variable='v'" plots/plane.gp
# also: over='country' (a set), xlabel, ylabel, xunit, yunit, title, every=5 (years between dates), shared=0
if (!exists("style")) {
  if (!exists("x_variable") || !exists("y_variable")) {
    exit error "say which variables: gnuplot -e \"run='FOLDER'; x_variable='NAME'; y_variable='NAME'\" plane.gp"
  }
  if (!exists("name")) { name = y_variable."-".x_variable }
  if (!exists("xlabel")) { xlabel = x_variable }
  if (!exists("ylabel")) { ylabel = y_variable }
  load ARG0[1:strlen(ARG0) - strlen("plane.gp")]."style.gp"
}
n = exists("run") ? members : columns/2
if (!exists("width")) { width = n == 1 ? 11.0 : 17.4 } # cm
if (!exists("xlabel")) { xlabel = heads[1] }
if (!exists("ylabel")) { ylabel = heads[2] }
if (!exists("xunit")) { xunit = "" }
if (!exists("yunit")) { yunit = "" }
x_cell(i) = exists("run") ? x_variable : 2*i
y_cell(i) = exists("run") ? y_variable : 2*i + 1

# The axes: common ones let panels be compared; but the shape of a path matters more, so few may be flattened.
array x_low[n]
array x_high[n]
array y_low[n]
array y_high[n]
flat_below = 0.4
cell(i) = x_cell(i)
eval measure
eval measure_all
array x_least[n]
array x_most[n]
do for [i = 1:n] {
  x_least[i] = lows[i]
  x_most[i] = highs[i]
}
x_lowest = lowest
x_highest = highest
x_flat = flat
cell(i) = y_cell(i)
eval measure
eval measure_all
if (!exists("shared")) { shared = 4*x_flat <= n && 4*flat <= n }
shared_x = shared
shared_y = shared
tic_room = 0
padded_low(lo, hi) = lo > hi ? 0.0 : lo - air(lo, hi)
padded_high(lo, hi) = lo > hi ? 1.0 : hi + air(lo, hi)
do for [i = 1:n] {
  x_low[i] = shared ? padded_low(x_lowest, x_highest) : padded_low(x_least[i], x_most[i])
  x_high[i] = shared ? padded_high(x_lowest, x_highest) : padded_high(x_least[i], x_most[i])
  y_low[i] = shared ? padded_low(lowest, highest) : padded_low(lows[i], highs[i])
  y_high[i] = shared ? padded_high(lowest, highest) : padded_high(lows[i], highs[i])
  tic_room = larger(tic_room, tics_width(y_low[i], y_high[i], 3.5))
}

side_label = with_unit(ylabel, yunit)
bottom_label = with_unit(xlabel, xunit)
eval plan_grid
if (!exists("frame_h")) { frame_h = 0.8*frame_w }
phase_count = 0
eval plan_strip
margin_bottom = 1.0
margin_top = title_height + name_height
height = margin_top + down*frame_h + (down - 1)*gap_y + margin_bottom

# Dates: about eight a round where the path of the first member goes round, but not more than forty; else about eight in
# all; in small panels half as many.
times = int(rows_records/members)
array at_time[times]
array at_x[times]
array at_y[times]
$read_path << END
k = 0
stats [*:*][*:*] data every members::first_row(i) using \
  (k = k + 1, at_time[k] = column(1), at_x[k] = number(x_cell(i)), at_y[k] = number(y_cell(i)), 0) nooutput
END
eval define("read_path")
i = 1
eval read_path
middle = 0.5*(x_least[1] + x_most[1])
rounds = -1
do for [k = 2:times] {
  if (at_x[k - 1] < middle && at_x[k] >= middle) {
    rounds = rounds + 1
    if (rounds == 0) { first_round = at_time[k] }
    last_round = at_time[k]
  }
}
stretch = rounds > 1 ? (last_round - first_round)/rounds : time_to - time_from
wanted = frame_w > 6 ? 8 : 4
if (!exists("every")) { every = larger(round_step(stretch/wanted), round_step((time_to - time_from)/(5*wanted))) }
dates = int(floor((time_to - time_from)/every)) + 3

# The date of number d: the start, the end, then the round ones between.
date(d) = d == 1 ? time_from : d == 2 ? time_to : every*(floor(time_from/every) + d - 2)

# Places in centimetres from the corner of the frame.
cm_x(x) = frame_w*(x - x_low[i])/(x_high[i] - x_low[i])
cm_y(y) = frame_h*(y - y_low[i])/(y_high[i] - y_low[i])
between(a, b, part) = a + part*(b - a)
apart(ax, ay, bx, by, w, h) = abs(ax - bx) >= w || abs(ay - by) >= h
step_x(k) = cm_x(at_x[k + 1]) - cm_x(at_x[k])
step_y(k) = cm_y(at_y[k + 1]) - cm_y(at_y[k])

# The paper of a frame in square millimetres, 1 where the path goes through. Marked piece by piece, since the points
# of a fast path lie far apart. (A sum is gnuplot's one quick loop.)
across_mm = int(10*frame_w) + 1
up_mm = int(10*frame_h) + 1
array inked[across_mm*up_mm]
clamp(x, most) = x < 0 ? 0 : x > most ? most : int(x)
square(x, y) = 1 + clamp(10*x, across_mm - 1) + across_mm*clamp(10*y, up_mm - 1)
mark(x, y, dx, dy, pieces) = sum [piece = 0:pieces] (inked[square(x + dx*piece/pieces, y + dy*piece/pieces)] = 1)
pieces_of(dx, dy) = 1 + int(10*larger(abs(dx), abs(dy)))
mark_line(x, y, dx, dy) = is_number(x + y + dx + dy) ? mark(x, y, dx, dy, pieces_of(dx, dy)) : 0
mark_step(k) = mark_line(cm_x(at_x[k]), cm_y(at_y[k]), step_x(k), step_y(k))
$mark_path << END
cleared = sum [s = 1:across_mm*up_mm] (inked[s] = 0)
marked = sum [k = 1:times - 1] mark_step(k)
END
eval define("mark_path")
ink(x1, x2, y1, y2) = sum [ix = x1:x2] sum [iy = y1:y2] inked[1 + ix + across_mm*iy]

# What a text in the box of half sizes box_w, box_h around box_x, box_y would cover: ink and, far worse, the edge of the
# frame, another text or a dot. Sets crowd.
$count_crowd << END
crowd = ink(clamp(10*(box_x - box_w), across_mm - 1), clamp(10*(box_x + box_w), across_mm - 1), \
            clamp(10*(box_y - box_h), up_mm - 1), clamp(10*(box_y + box_h), up_mm - 1))
if (box_x - box_w < 0.1 || box_x + box_w > frame_w + 0.3) { crowd = crowd + 1000 }
if (box_y - box_h < 0.05 || box_y + box_h > frame_h + 0.2) { crowd = crowd + 1000 }
do for [j = 1:shown] {
  if (!apart(text_x[j], text_y[j], box_x, box_y, box_w + text_w[j], 2*box_h)) { crowd = crowd + 1000 }
}
do for [j = 1:dots] {
  if (!apart(dot_x[j], dot_y[j], box_x, box_y, box_w + 0.07, box_h + 0.07)) { crowd = crowd + 1000 }
}
END
eval define("count_crowd")

# Where the path is at `when`, and which way it goes, in centimetres. Sets here_x, here_y, way_x, way_y.
$find_place << END
k = 2
while (k < times && at_time[k] < when) { k = k + 1 }
part = (when - at_time[k - 1])/(at_time[k] - at_time[k - 1])
here_x = cm_x(between(at_x[k - 1], at_x[k], part))
here_y = cm_y(between(at_y[k - 1], at_y[k], part))
way_x = cm_x(at_x[k]) - cm_x(at_x[k - 1])
way_y = cm_y(at_y[k]) - cm_y(at_y[k - 1])
way = sqrt(way_x**2 + way_y**2)
way_x = way > 0 ? way_x/way : 1
way_y = way > 0 ? way_y/way : 0
END
eval define("find_place")

# The emptiest of eight places for a text around here, those across the path first. Sets best, best_x, best_y.
array turns[8] = [90, -90, 45, 135, -45, -135, 0, 180]
cos_of(turn) = cos(pi*turns[turn + 1]/180)
sin_of(turn) = sin(pi*turns[turn + 1]/180)
$find_text_place << END
best = 1e9
do for [turn = 0:7] {
  if (best > 0) {
    box_x = here_x + (way_x*cos_of(turn) - way_y*sin_of(turn))*(0.14 + box_w)
    box_y = here_y + (way_x*sin_of(turn) + way_y*cos_of(turn))*(0.16 + box_h)
    eval count_crowd
    if (crowd < best) {
      best = crowd
      best_x = box_x
      best_y = box_y
    }
  }
}
END
eval define("find_text_place")

# Whether a dot here would touch a text or crowd another dot. Sets covered.
$look_for_cover << END
covered = 0
do for [j = 1:shown] {
  if (!apart(text_x[j], text_y[j], here_x, here_y, text_w[j] + 0.05, box_h + 0.05)) { covered = 1 }
}
do for [j = 1:dots] {
  if (!apart(dot_x[j], dot_y[j], here_x, here_y, 0.08*frame_w, 0.08*frame_w)) { covered = 1 }
}
END
eval define("look_for_cover")

$draw_date << END
dots = dots + 1
dot_x[dots] = here_x
dot_y[dots] = here_y
set label "" at graph here_x/frame_w, graph here_y/frame_h front point linestyle (d == 1 ? 16 : 15)
if (d == 1) { set label "" at graph here_x/frame_w, graph here_y/frame_h front point linestyle 17 }
shown = shown + 1
text_x[shown] = best_x
text_y[shown] = best_y
text_w[shown] = box_w
set label date_text at graph best_x/frame_w, graph best_y/frame_h center font font_tiny front
END
eval define("draw_date")

# The start in any case, and each date that has room for its dot and its text.
$draw_dates << END
shown = 0
dots = 0
do for [d = 1:dates] {
  when = date(d)
  eval find_place
  if ((d <= 2 || (when > time_from && when < time_to)) && is_number(here_x + here_y)) {
    date_text = sprintf("%.4g", when)
    box_w = 0.5*text_width(date_text, tiny) + 0.04
    box_h = 0.14
    eval find_text_place
    eval look_for_cover
    if (d == 1 || (!covered && best < 3)) { eval draw_date }
  }
}
END
eval define("draw_dates")

# An arrow head between dates, where the path goes fastest and so straightest, if there is room.
$draw_heads << END
heads_here = 0
do for [d = 1:dates] {
  if (d != 2 && date(d) < time_to) {
    fastest = -1
    fastest_when = date(d)
    do for [tenth = 3:7] {
      when = smaller(date(d) + 0.1*tenth*every, time_to)
      eval find_place
      speed = way/(at_time[k] - at_time[k - 1])
      if (speed > fastest) {
        fastest = speed
        fastest_when = when
      }
    }
    when = fastest_when
    eval find_place
    free = is_number(here_x + here_y) && way > 0
    do for [j = 1:heads_here] {
      if (!apart(head_x[j], head_y[j], here_x, here_y, 0.13*frame_w, 0.13*frame_w)) { free = 0 }
    }
    do for [j = 1:dots] { if (!apart(dot_x[j], dot_y[j], here_x, here_y, 0.3, 0.3)) { free = 0 } }
    if (free) {
      heads_here = heads_here + 1
      head_x[heads_here] = here_x
      head_y[heads_here] = here_y
      set arrow from graph (here_x - 0.01*way_x)/frame_w, graph (here_y - 0.01*way_y)/frame_h \
        to graph (here_x + 0.1*way_x)/frame_w, graph (here_y + 0.1*way_y)/frame_h \
        head filled size screen 0.2/width, 18, 90 fixed front linestyle 15
    }
  }
}
END
eval define("draw_heads")
array text_x[dates]
array text_y[dates]
array text_w[dates]
array dot_x[dates]
array dot_y[dates]
array head_x[dates]
array head_y[dates]

path_width = rounds > 6 ? 1.2 : 2.2

eval open_picture(name)
set multiplot
eval draw_head
do for [i = 1:n] {
  eval place_panel
  left = x_low[i]
  right = x_high[i]
  x_step = round_step((right - left)/tics_every(frame_w, 1.1))
  low = y_low[i]
  high = y_high[i]
  eval set_axes
  eval read_path
  if (times > 1) {
    eval mark_path
    eval draw_dates
    eval draw_heads
  }
  plot data every members::first_row(i) using (column(x_cell(i))):(column(y_cell(i))) \
       with lines linestyle 11 linewidth path_width
  unset label
  unset object
  unset arrow
}
unset multiplot
