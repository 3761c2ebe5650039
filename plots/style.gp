# style.gp: what all figures share. Paper and type, colours, words, scales, data, and the phases and events
# that frame a path. Lengths are centimetres on paper; text is in true points in every format.

set encoding utf8
set datafile separator comma
set datafile columnheaders
style = "regime"

# ---- What may be said beforehand, by the head of the script or by gnuplot -e "format='pdf'; width=8.6"
if (!exists("format")) { format = "png" } # or pdf, svg
if (!exists("font")) { font = "Helvetica" }
if (!exists("size")) { size = 8.0 }       # points
if (!exists("dpi")) { dpi = 300 }         # of the PNG
if (!exists("title")) { title = "" }
if (!exists("label")) { label = "" }
if (!exists("unit")) { unit = "" }
if (!exists("time_label")) { time_label = "" }
if (title eq label) { title = "" } # the axis says it

if (strstrt(" png pdf svg ", " ".format." ") == 0) {
  exit error "no format '".format."': take png, pdf or svg"
}

# ---- Paper. The terminals count text, lines and points differently; these factors make them agree.
picture_terminal(w, h) = \
  format eq "pdf" ? sprintf("pdfcairo size %.3fcm,%.3fcm fontscale 0.75 linewidth 1 pointscale 0.5", w, h) \
: format eq "svg" ? sprintf("svg size %d,%d fontscale 1.333 linewidth 0.667 background 'white'", \
                            w/2.54*96, h/2.54*96) \
: sprintf("pngcairo size %d,%d fontscale %.4f linewidth %.4f pointscale %.4f", \
          w/2.54*dpi, h/2.54*dpi, dpi/96.0, dpi/144.0, dpi/150.0)
open_picture(name) = sprintf("set terminal %s noenhanced font '%s,%g'; set output '%s.%s'", \
                         picture_terminal(width, height), font, size, name, format)

# A frame whose lower left corner is x, y from the lower left corner of the paper.
frame(x, y, w, h) = \
  sprintf("set lmargin at screen %.5f; set rmargin at screen %.5f", x/width, (x + w)/width). \
  sprintf("; set bmargin at screen %.5f; set tmargin at screen %.5f", y/height, (y + h)/height)

small = size - 1
tiny = size - 1.5
face(s) = format eq "svg" ? "" : ":".s # the SVG terminal takes a face for part of the family
font_title = sprintf("%s%s,%g", font, face("Bold"), size + 1)
font_name = sprintf("%s%s,%g", font, face("Bold"), size)
font_small = sprintf(",%g", small)
font_tiny = sprintf(",%g", tiny)
font_event = sprintf("%s%s,%g", font, face("Italic"), small)
set border 3 linewidth 0.8 linecolor rgb "#404040"
set tics out nomirror scale 0.4 font font_small
set xtics offset 0, 0.35
set ytics offset 0.5, 0
set key off
set minussign
set errorbars 0

# ---- Colours of Okabe and Ito, dark before light, each with a dash of its own: told apart without colour.
array colours[7] = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
set linetype 1 linecolor rgb colours[1] linewidth 2.2 dashtype solid
set linetype 2 linecolor rgb colours[2] linewidth 2.2 dashtype (14, 5)
set linetype 3 linecolor rgb colours[3] linewidth 2.2 dashtype (5, 4)
set linetype 4 linecolor rgb colours[4] linewidth 2.2 dashtype (14, 4, 3, 4)
set linetype 5 linecolor rgb colours[5] linewidth 2.2 dashtype (2, 3)
set linetype 6 linecolor rgb colours[6] linewidth 2.2 dashtype (14, 3, 3, 3, 3, 3)
set linetype 7 linecolor rgb colours[7] linewidth 2.2 dashtype (8, 8)
set linetype cycle 7
point_unit = format eq "svg" ? 0.62 : 1
set style line 11 linecolor rgb "#0072B2" linewidth 2.2                                       # a path alone
set style line 12 linecolor rgb "#000000" linewidth 1.4 pointtype 7 pointsize 0.45*point_unit # facts
set style line 13 linecolor rgb "#909090" linewidth 0.7                                       # zero
set style line 14 linecolor rgb "#404040" linewidth 0.9 dashtype (6, 5)                       # events
set style line 15 linecolor rgb "#0072B2" linewidth 0.5 pointtype 7 pointsize 1.0*point_unit  # dates, directions
set style line 16 linecolor rgb "#0072B2" linewidth 0.5 pointtype 7 pointsize 1.5*point_unit  # the start: a ring,
set style line 17 linecolor rgb "#FFFFFF" linewidth 0.5 pointtype 7 pointsize 0.9*point_unit  #   made of two dots
set style line 18 linecolor rgb "#A0A0A0" linewidth 0.6                                       # between phases
array tints[4] = ["#FFFFFF", "#ECEFF3", "#D9DFE7", "#F5EFE4"] # phases

# ---- Words. Quotes become typographic, since gnuplot's word() would take them for its own.
swap(s, from, to) = strstrt(s, from) ? s[1:strstrt(s, from) - 1].to.swap(s[strstrt(s, from) + 1:*], from, to) : s
plain(s) = swap(swap(s, "'", "’"), '"', "”")
letters = "abcdefghijklmnopqrstuvwxyz"
letters_raised = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
raised(c) = strstrt(letters, c) ? letters_raised[strstrt(letters, c):strstrt(letters, c)] : c
# A variable's bare name, as `w` or `world_growth`, stays as it is written: `W` may be another.
is_bare(s) = strlen(s) < 3 || words(s) == 1 && (sum [k = 1:strlen(s)] (strstrt("_0123456789", s[k:k]) > 0)) > 0
capital(s) = is_bare(s) ? s : raised(s[1:1]).s[2:*]
tells(label, unit) = !strlen(unit) || strstrt(" ".label." ", " ".unit." ") > 0 # as `wage share` tells `share`
with_unit(label, unit) = tells(label, unit) ? capital(label) : capital(label)." (".unit.")"
larger(a, b) = a > b ? a : b
smaller(a, b) = a < b ? a : b
is_number(x) = x == x
text_width(s, points) = 0.0166*points*strlen(s) # a letter is 0.47 em wide on the whole
letters_in(w, points) = int(w/(0.0166*points))
# Greedy breaking into lines of at most m letters; a longer word stands alone on its line.
break_from(s, k, used, m) = k > words(s) ? "" \
  : used > 0 && used + 1 + strlen(word(s, k)) > m ? "\n".word(s, k).break_from(s, k + 1, strlen(word(s, k)), m) \
  : (used > 0 ? " " : "").word(s, k).break_from(s, k + 1, used + (used > 0) + strlen(word(s, k)), m)
broken(s, m) = break_from(plain(s), 1, 0, m)
lines_of(s) = strstrt(s, "\n") ? 1 + lines_of(s[strstrt(s, "\n") + 1:*]) : 1
longest_line(s) = strstrt(s, "\n") ? larger(strstrt(s, "\n") - 1, longest_line(s[strstrt(s, "\n") + 1:*])) : strlen(s)

# ---- Scales. A round step near x: 1, 2 or 5 times a power of ten.
tic_format = "%.9g"
decade(x) = 10.0**floor(log10(x))
round_step(x) = decade(x)*(x < 1.3*decade(x) ? 1 : x < 2.8*decade(x) ? 2 : x < 7*decade(x) ? 5 : 10)
# The ends of an axis: some air, and zero where it is near. A constant gets room on both sides; no value, 0 to 1.
air(lo, hi) = hi > lo ? 0.06*(hi - lo) : hi == 0 ? 1.0 : 0.1*abs(hi)
axis_low(lo, hi) = lo > hi ? 0.0 : lo < hi && lo >= 0 && lo <= 0.35*hi ? 0.0 : lo - air(lo, hi)
axis_high(lo, hi) = lo > hi ? 1.0 : lo < hi && hi <= 0 && hi >= 0.35*lo ? 0.0 : hi + air(lo, hi)
tic_text(x, step) = strlen(sprintf(tic_format, abs(x) < 1e-9*step ? 0 : x))
tic_letters(lo, hi, step) = \
  larger(tic_text(ceil(lo/step)*step, step), \
         larger(tic_text(ceil(lo/step)*step + step, step), tic_text(floor(hi/step)*step, step)))
tics_every(h, every) = smaller(7, larger(2, floor(h/every)))
tics_width(lo, hi, h) = 0.3 + 0.0195*small*tic_letters(lo, hi, axis_step(lo, hi, h))
axis_step(lo, hi, h) = round_step((hi - lo)/tics_every(h, 0.65))
time_step(w) = round_step((time_to - time_from)/tics_every(w, 1.5))

# ---- Data: the table beside the script, or, with `run`, one of the tables in that folder. A table over a set has a
# row for each time and member: column i of the figure is then every n-th row from the i-th on.
readable(file) = int(system("test -r '".file."' && echo 1 || echo 0"))
rows_of(file) = int(system("sed 1d '".file."' 2>/dev/null | wc -l"))
long = exists("run") && exists("over") && strlen(over)
data = exists("run") ? run."/".(long ? over : "scalars").".csv" : name.".csv"
if (!readable(data)) {
  exit error "no file '".data."': ".(exists("run") ? "is '".run."' the folder of a run?" \
                                                   : "the data of a figure stands beside its script")
}
if (rows_of(data) == 0) { exit error "'".data."' has no rows" }
stats data using 1 name "rows" nooutput
time_from = rows_min
time_to = rows_max > rows_min ? rows_max : rows_min + 1
columns = rows_columns - 1
members = 1
if (long) {
  members = 0
  stats data using (members = members + (column(1) == time_from), 0) nooutput
}
array heads[larger(columns, members)]
set datafile nocolumnheaders
do for [i = 1:columns] { stats data every ::0::0 using (heads[i] = strcol(i + 1), 0) nooutput }
if (long) {
  do for [i = 1:members] { stats data every ::i::i using (heads[i] = strcol(2), 0) nooutput }
}
set datafile columnheaders
n = long ? members : exists("variables") ? words(variables) : columns
if (n < 1) { exit error "nothing to draw: '".data."' has a column of time only" }
if (exists("variables")) {
  do for [i = 1:n] { heads[i] = word(variables, i) }
}
if (!exists("titles")) {
  array titles[n]
  do for [i = 1:n] { titles[i] = heads[i] }
}
number(c) = strcol(c) eq "NA" ? NaN : column(c)
first_row(i) = long ? i - 1 : 0
cell(i) = long ? variable : exists("variables") ? word(variables, i) : i + 1

# A fact belongs to a column by its word in column `fact_key` of the file (1 variable, 2 member). NA is no number to
# gnuplot, hence NaN: a gap in a line.
fact_here(i) = have_facts && strcol(fact_key) eq heads[i] && fact_fits(fact_key)
fact_fits(key) = key == 1 ? strcol(2) eq "" : !exists("variable") || strcol(1) eq variable
fact(i, c) = fact_here(i) ? column(c) : NaN
have_facts = exists("facts")
if (!have_facts) { facts = data }
if (!readable(facts)) { exit error "no file '".facts."' of facts" }

# ---- Procedures, run by eval, since gnuplot has none of its own: a statement a line, going on after a backslash, and
# no comments.
statement(line) = line[strlen(line):*] eq "\\" ? line[1:strlen(line) - 1] : line.";"
define(name) = sprintf("%s = ''; do for [k = 1:|$%s|] { %s = %s.statement($%s[k]) }", name, name, name, name, name)

# Writes lows[i], highs[i]: the least and greatest value of column i and of its facts. A constant gets room, so that
# it is a line across its frame, not the noise of its last digit magnified.
take(value) = is_number(value) ? (least = smaller(least, value), most = larger(most, value), 0) : 0
$measure << END
array lows[n]
array highs[n]
do for [i = 1:n] {
  least = 1e300
  most = -1e300
  stats [*:*][*:*] data every members::first_row(i) using (take(number(cell(i)))) nooutput
  if (have_facts) { stats facts using (take(fact(i, 5))) nooutput }
  if (most >= least && most - least <= 1e-6*larger(abs(least), abs(most))) {
    room = larger(0.05*abs(most), 1e-6)
    least = least - room
    most = most + room
  }
  lows[i] = least
  highs[i] = most
}
END
eval define("measure")

# The range of all columns together, and how many of them it would flatten.
flat_below = 0.15
$measure_all << END
lowest = 1e300
highest = -1e300
do for [i = 1:n] {
  lowest = smaller(lowest, lows[i])
  highest = larger(highest, highs[i])
}
flat = 0
do for [i = 1:n] { flat = flat + (highs[i] > lows[i] && highs[i] - lows[i] < flat_below*(highest - lowest)) }
END
eval define("measure_all")

# ---- Phases and events, from the head or from the folder of a run.
phase_count = exists("run") ? rows_of(run."/phases.csv") : 0
if (phase_count && !exists("phase_names")) {
  array phase_names[phase_count]
  array phase_from[phase_count]
  array phase_to[phase_count]
  stats run."/phases.csv" using \
    (k = int($0) + 1, phase_names[k] = strcol(1), phase_from[k] = $2, phase_to[k] = $3, 0) nooutput
}
if (exists("phase_names")) { phase_count = |phase_names| }
event_count = exists("run") ? rows_of(run."/events.csv") : 0
if (event_count && !exists("event_names")) {
  array event_names[event_count]
  array event_times[event_count]
  stats run."/events.csv" using (k = int($0) + 1, event_names[k] = strcol(1), event_times[k] = $2, 0) nooutput
}
if (exists("event_names")) { event_count = |event_names| }
event_seen(k) = event_times[k] >= time_from && event_times[k] <= time_to

# A phase is numbered by its name: one that returns keeps its number and its tint.
same_as(k, j) = phase_names[j] eq phase_names[k] ? j : same_as(k, j + 1)
array phase_number[larger(1, phase_count)]
array number_names[phase_count + 1]
numbers = 0
do for [k = 1:phase_count] {
  if (same_as(k, 1) == k) {
    numbers = numbers + 1
    phase_number[k] = numbers
    number_names[numbers] = phase_names[k]
  } else {
    phase_number[k] = phase_number[same_as(k, 1)]
  }
}
tint(number) = tints[(number - 1)%|tints| + 1]
seen_from(k) = larger(phase_from[k], time_from)
seen_to(k) = smaller(phase_to[k], time_to)
band_width(k, w) = w*(seen_to(k) - seen_from(k))/(time_to - time_from)

# ---- The page.
name_of(i) = broken(titles[i], letters_in(0.9*frame_w, size))
side_width(s) = strlen(s) ? 0.1 + 0.36*lines_of(s) : 0

# Panels in rows: as many across as stay legible; tic_room on the left, or beside each where scales differ.
$plan_grid << END
if (!exists("across")) { across = larger(1, smaller(ceil(sqrt(n)), floor(width/4.2))) }
down = ceil(1.0*n/across)
side_label = broken(side_label, letters_in(n == 1 ? 6 : 2.6*down, size))
margin_left = tic_room + 0.15 + side_width(side_label)
margin_right = 0.3
gap_x = shared_y ? 0.65 : tic_room + 0.4
gap_y = 0.65 + (shared_x ? 0 : 0.3)
frame_w = (width - margin_left - margin_right - (across - 1)*gap_x)/across
name_lines = 0
do for [i = 1:n > 1 ? n : 0] { name_lines = larger(name_lines, lines_of(name_of(i))) }
name_height = 0.1 + 0.33*name_lines
gap_y = gap_y + 0.33*larger(0, name_lines - 1)
END
eval define("plan_grid")

# Puts panel i in its place, its tics labelled where no neighbour's serve. Sets row (0 at the top).
$place_panel << END
row = (i - 1)/across
place = (i - 1)%across
eval frame(margin_left + place*(frame_w + gap_x), margin_bottom + (down - 1 - row)*(frame_h + gap_y), frame_w, frame_h)
y_format = shared_y && place > 0 ? "" : tic_format
x_format = shared_x && i + across <= n ? "" : tic_format
strip_here = row == 0
if (n > 1) {
  name_y = (strip_here ? strip : 0) + 0.2 + 0.33*(lines_of(name_of(i)) - 1)
  set label name_of(i) at graph 0, graph 1 + name_y/frame_h font font_name
}
END
eval define("place_panel")

# Above a frame of width frame_w there is a strip with the names of the phases, or with their numbers where a name
# does not fit in three lines; then a key under the title gives the names. Sets numbered, strip, key_height.
$plan_strip << END
numbered = 0
strip_lines = 0
do for [k = 1:phase_count] {
  room = letters_in(band_width(k, frame_w) - 0.1, tiny)
  wrapped = broken(phase_names[k], room)
  if (band_width(k, frame_w) > 0 && (longest_line(wrapped) > room || lines_of(wrapped) > 3)) { numbered = 1 }
  strip_lines = larger(strip_lines, lines_of(wrapped))
}
if (numbered) { strip_lines = 1 }
strip = phase_count ? 0.08 + 0.29*strip_lines : 0
key_first = numbered ? 1 : numbers + 1
key_last = numbers + have_facts
key_rows = key_first <= key_last
key_x = 0
array key_at[numbers + 1]
array key_row[numbers + 1]
number_names[numbers + 1] = "facts, mean over the period"
do for [j = key_first:key_last] {
  wanted = (j > numbers ? 1.05 : 0.75) + text_width(number_names[j], small)
  if (key_x > 0 && key_x + wanted > width - margin_left - 0.2) {
    key_rows = key_rows + 1
    key_x = 0
  }
  key_at[j] = key_x
  key_row[j] = key_rows
  key_x = key_x + wanted
}
key_height = 0.42*key_rows + (key_rows ? 0.12 : 0)
END
eval define("plan_strip")

# Events are named over the strip, in as many rows as keep the names apart. Sets event_row[], event_rows.
$plan_events << END
array event_row[larger(1, event_count)]
array row_end[larger(1, event_count)]
event_rows = 0
do for [k = 1:event_count] {
  middle = frame_w*(event_times[k] - time_from)/(time_to - time_from)
  reach = 0.5*text_width(plain(event_names[k]), small) + 0.05
  row = 1
  while (row <= event_rows && row_end[row] > middle - reach) { row = row + 1 }
  if (event_seen(k)) {
    event_row[k] = row
    row_end[row] = middle + reach
    event_rows = larger(event_rows, row)
  }
}
event_height = event_rows ? 0.33*event_rows + 0.06 : 0
END
eval define("plan_events")

title_height = strlen(title) ? 0.62 : 0.1

# Title, key of the phases and of the facts, and the labels of both axes, on the paper; before the first frame is drawn.
$draw_head << END
if (strlen(title)) { set label plain(title) at screen margin_left/width, screen 1 - 0.36/height font font_title }
do for [j = key_first:key_last] {
  box = j > numbers ? 0.6 : 0.32
  key_left = (margin_left + key_at[j])/width
  key_middle = key_left + 0.5*box/width
  key_y = 1 - (title_height + 0.42*key_row[j] - 0.14)/height
  if (j > numbers) {
    set arrow from screen key_left, screen key_y to screen key_left + box/width, screen key_y nohead linestyle 12
    set label "" at screen key_middle, screen key_y point linestyle 12
  } else {
    set object rectangle center screen key_middle, screen key_y size screen box/width, screen 0.28/height front \
      fillcolor rgb tint(j) fillstyle solid border linecolor rgb "#A0A0A0" linewidth 0.6
    set label sprintf("%d", j) at screen key_middle, screen key_y center front font font_tiny
  }
  set label plain(number_names[j]) at screen key_left + (box + 0.1)/width, screen key_y font font_small
}
middle_x = (margin_left + 0.5*(width - margin_left - margin_right))/width
middle_y = (margin_bottom + 0.5*(height - margin_top - margin_bottom))/height
if (strlen(bottom_label)) { set label plain(bottom_label) at screen middle_x, screen 0.24/height center }
if (strlen(side_label)) {
  set label side_label at screen (0.07 + 0.18*lines_of(side_label))/width, screen middle_y rotate center
}
END
eval define("draw_head")
side_label = ""
bottom_label = time_label

# Axes of a frame, left to right and low to high, with a thin line at zero where it lies between low and high.
$set_axes << END
set xrange [left:right]
set xtics x_step
set format x x_format
set yrange [low:high]
set ytics axis_step(low, high, frame_h)
set format y y_format
if (low < 0 && high > 0) { set arrow from graph 0, first 0 to graph 1, first 0 nohead back linestyle 13 }
END
eval define("set_axes")

# Bands of the phases behind a frame; with strip_here, on into the strip above it, with names or numbers.
band_text(k) = numbered ? sprintf("%d", phase_number[k]) \
                        : broken(phase_names[k], letters_in(band_width(k, frame_w) - 0.1, tiny))
band_text_fits(k) = !numbered || text_width(band_text(k), tiny) < band_width(k, frame_w) - 0.1
$draw_bands << END
band_top = 1 + (strip_here ? strip/frame_h : 0)
do for [k = 1:phase_count] {
  if (band_width(k, frame_w) > 0) {
    set object rectangle from first seen_from(k), graph 0 to first seen_to(k), graph band_top behind noclip \
      fillcolor rgb tint(phase_number[k]) fillstyle solid noborder
    if (strip_here && band_text_fits(k)) {
      text_y = 1 + (0.5*strip + 0.145*(lines_of(band_text(k)) - 1))/frame_h
      set label band_text(k) at first 0.5*(seen_from(k) + seen_to(k)), graph text_y center font font_tiny \
        textcolor rgb "#404040"
    }
    if (strip_here && seen_from(k) > time_from) {
      set arrow from first seen_from(k), graph 1 to first seen_from(k), graph band_top nohead linestyle 18
    }
  }
}
END
eval define("draw_bands")

# Lines of the events through a frame; with strip_here, up to their names.
$draw_events << END
do for [k = 1:event_count] {
  if (event_seen(k)) {
    foot = 1 + (strip_here ? (strip + 0.04 + 0.33*(event_row[k] - 1))/frame_h : 0)
    set arrow from first event_times[k], graph 0 to first event_times[k], graph foot nohead back linestyle 14
    if (strip_here) {
      set label plain(event_names[k]) at first event_times[k], graph foot + 0.15/frame_h center font font_event
    }
  }
}
END
eval define("draw_events")

# Names at the right ends of the lines of one frame, in their colours, neighbours that touch pushing each other apart.
end_colour(i) = colours[(i - 1)%|colours| + 1]
$name_ends << END
array end_value[n]
array end_name[n]
array end_order[n]
array end_place[n]
do for [i = 1:n] {
  last = low
  stats [*:*][*:*] data every members::first_row(i) using \
    (value = number(cell(i)), last = is_number(value) ? value : last, 0) nooutput
  end_value[i] = last
  end_name[i] = broken(titles[i], name_letters)
}
do for [i = 1:n] {
  rank = 1
  do for [j = 1:n] { rank = rank + (end_value[j] < end_value[i] || (end_value[j] == end_value[i] && j < i)) }
  end_order[rank] = i
  end_place[rank] = end_value[i]
}
line_room = 0.34*(high - low)/frame_h
room_of(i) = strlen(end_name[i]) ? 0.5*line_room*lines_of(end_name[i]) : 0
do for [pass = 1:20*n] {
  do for [k = 2:n] {
    overlap = room_of(end_order[k - 1]) + room_of(end_order[k]) - (end_place[k] - end_place[k - 1])
    if (overlap > 0) {
      end_place[k] = end_place[k] + 0.5*overlap
      end_place[k - 1] = end_place[k - 1] - 0.5*overlap
    }
  }
}
do for [k = 1:n] {
  i = end_order[k]
  end_y = end_place[k] + 0.5*line_room*(lines_of(end_name[i]) - 1)
  set label end_name[i] at graph 1 + 0.15/frame_w, first end_y left textcolor rgb end_colour(i)
}
END
eval define("name_ends")

# ---- Analyses: a table that begins `number,part,x,y`; rows of one part and number are a curve, in order.
# What awk is told stands in single quotes for the shell. The first row goes through: it is the head.
picked(test) = "< awk -F, 'NR == 1 || (".test.")' '".data."'"
is_part(part) = "$2 == \"".part."\""
points_of(part) = picked(is_part(part))
curve_rows(test) = "< awk -F, 'NR == 1 { print; next } ".test." { if (seen++ && $1 != last) print \"\"; last = $1; print }' '".data."'"
curves_of(part) = curve_rows(is_part(part))
count_of(test) = int(system("awk -F, 'NR > 1 && (".test.") { n++ } END { print n + 0 }' '".data."'"))
has(part) = count_of(is_part(part)) > 0
# Pieces of curves where a test holds; the piece runs on into the first row where it does not.
pieces_of(part, test) = "< awk -F, 'NR == 1 { print; next } ".is_part(part)." { same = seen++ && $1 == last; here = (".test."); " \
  ."if (!same || (here && !before)) print \"\"; if (here && !before && same) print row; if (here) print; before = here; last = $1; row = $0 }' '".data."'"

# Arrow heads along curves, a few centimetres apart in the frame: x, y and a short way on. back: against the order.
heads_of(part, back) = sprintf("< awk -F, -v l=%.17g -v r=%.17g -v b=%.17g -v t=%.17g -v w=%g -v h=%g -v back=%d " \
  ."'function inside(x, y) { return x > l && x < r && y > b && y < t } " \
  ."NR == 1 { print \"x,y,dx,dy\"; next } " \
  ."$2 == \"%s\" { x = $3; y = $4; if (!seen++ || $1 != last) { far = made = 0; due = 0.9 } " \
  ."else { dx = x - px; dy = y - py; far += sqrt((dx/(r - l)*w)^2 + (dy/(t - b)*h)^2); " \
  ."if (!inside(x, y)) far = 0; if (far > due && made < 6 && (dx != 0 || dy != 0)) { far = 0; due = 3.2; made++; " \
  ."printf \"%%.10g,%%.10g,%%.10g,%%.10g\\n\", x, y, back ? -dx : dx, back ? -dy : dy } } " \
  ."px = x; py = y; last = $1 }' '%s'", left, right, low, high, frame_w, frame_h, back, part, data)

heads_in(part, back) = int(system(heads_of(part, back)[3:*]." | wc -l")) - 1

# A key over the frame, in rows: entries are added to key_kind and key_text, and planned when all are there.
array key_kind[40]
array key_text[40]
array key_entry_x[40]
array key_entry_y[40]
key_count = 0
add_key(kind, text) = (key_count = key_count + 1, key_kind[key_count] = kind, key_text[key_count] = text, 0)
key_sample(k) = key_kind[k][1:4] eq "line" ? 0.75 : 0.35 # cm
$plan_key << END
key_x = 0
key_lines = key_count > 0
do for [k = 1:key_count] {
  wanted = key_sample(k) + 0.1 + text_width(key_text[k], small)
  if (key_x > 0 && key_x + wanted > width - margin_left) {
    key_lines = key_lines + 1
    key_x = 0
  }
  key_entry_x[k] = key_x
  key_entry_y[k] = key_lines
  key_x = key_x + wanted + 0.25
}
key_block = 0.4*key_lines + (key_count > 0 ? 0.1 : 0)
END
eval define("plan_key")

# A kind is `line N` or `fill COLOUR` or `point N`: of line style, colour or mark N.
$draw_key << END
do for [k = 1:key_count] {
  at_x = margin_left + key_entry_x[k]
  at_y = 1 - (title_height + 0.4*key_entry_y[k] - 0.17)/height
  sort = word(key_kind[k], 1)
  which = word(key_kind[k], 2)
  if (sort eq "line") {
    set arrow from screen at_x/width, screen at_y to screen (at_x + 0.75)/width, screen at_y nohead front linestyle int(which)
  }
  if (sort eq "fill") {
    set object rectangle center screen (at_x + 0.18)/width, screen at_y size screen 0.36/width, screen 0.26/height front \
      fillcolor rgb which fillstyle solid border linecolor rgb "#A0A0A0" linewidth 0.6
  }
  if (sort eq "point") {
    set label "" at screen (at_x + 0.18)/width, screen at_y front point linestyle mark_under(int(which))
    set label "" at screen (at_x + 0.18)/width, screen at_y front point linestyle mark_over(int(which))
  }
  set label key_text[k] at screen (at_x + key_sample(k) + 0.1)/width, screen at_y left font font_small front
}
END
eval define("draw_key")

# Marks of resting points and of what happens to them: a ground, white or black, and an outline over it. Filled is stable.
mark_size = 1.35*point_unit
mark_under(m) = 50 + m
mark_over(m) = 60 + m
mark_names = "stable-focus stable-node saddle unstable-focus unstable-node centre saddle-focus non-hyperbolic"
mark_of(kind) = (sum [m = 1:8] (word(mark_names, m) eq kind ? m : 0))
set style line 51 linecolor rgb "#000000" linewidth 1.2 pointtype 7 pointsize mark_size
set style line 61 linecolor rgb "#000000" linewidth 1.2 pointtype 6 pointsize mark_size
set style line 52 linecolor rgb "#000000" linewidth 1.2 pointtype 5 pointsize 0.9*mark_size
set style line 62 linecolor rgb "#000000" linewidth 1.2 pointtype 4 pointsize 0.9*mark_size
set style line 53 linecolor rgb "#FFFFFF" linewidth 1.2 pointtype 13 pointsize 1.2*mark_size
set style line 63 linecolor rgb "#000000" linewidth 1.4 pointtype 12 pointsize 1.2*mark_size
set style line 54 linecolor rgb "#FFFFFF" linewidth 1.2 pointtype 7 pointsize mark_size
set style line 64 linecolor rgb "#000000" linewidth 1.4 pointtype 6 pointsize mark_size
set style line 55 linecolor rgb "#FFFFFF" linewidth 1.2 pointtype 5 pointsize 0.9*mark_size
set style line 65 linecolor rgb "#000000" linewidth 1.4 pointtype 4 pointsize 0.9*mark_size
set style line 56 linecolor rgb "#000000" linewidth 1.4 pointtype 6 pointsize mark_size
set style line 66 linecolor rgb "#000000" linewidth 0.5 pointtype 7 pointsize 0.4*mark_size
set style line 57 linecolor rgb "#FFFFFF" linewidth 1.2 pointtype 9 pointsize 1.2*mark_size
set style line 67 linecolor rgb "#000000" linewidth 1.4 pointtype 8 pointsize 1.2*mark_size
set style line 58 linecolor rgb "#FFFFFF" linewidth 1.2 pointtype 7 pointsize mark_size
set style line 68 linecolor rgb "#000000" linewidth 1.4 pointtype 2 pointsize mark_size

# Marks of special points: a ring.
set style line 71 linecolor rgb "#000000" linewidth 1.2 pointtype 7 pointsize 1.2*point_unit
set style line 72 linecolor rgb "#FFFFFF" linewidth 1.2 pointtype 7 pointsize 0.55*point_unit

# Ends of the axes of columns 3 and 4 of rows that pass a test. Sets left, right, low, high.
$span_axes << END
stats picked(span_test) using 3 name "across_span" nooutput
stats picked(span_test) using 4 name "up_span" nooutput
left = exists("x_from") ? x_from : across_span_min
right = exists("x_to") ? x_to : across_span_max > across_span_min ? across_span_max : across_span_min + 1
low = exists("y_from") ? y_from : up_span_min - air(up_span_min, up_span_max)
high = exists("y_to") ? y_to : up_span_max + air(up_span_min, up_span_max)
END
eval define("span_axes")

# The page of a single frame with a key over it. Needs left, right, low, high, xlabel, ylabel; room_right in cm.
$plan_single << END
phase_count = 0
numbers = 0
have_facts = 0
side_label = broken(with_unit(ylabel, yunit), letters_in(frame_h, size))
bottom_label = with_unit(xlabel, xunit)
margin_left = tics_width(low, high, frame_h) + 0.15 + side_width(side_label)
margin_right = 0.35 + room_right
margin_bottom = 1.0
frame_w = width - margin_left - margin_right
eval plan_strip
eval plan_key
margin_top = title_height + key_block + 0.1
height = margin_top + frame_h + margin_bottom
END
eval define("plan_single")
$open_single << END
eval open_picture(name)
set multiplot
eval draw_head
eval draw_key
eval frame(margin_left, margin_bottom, frame_w, frame_h)
set tics front
x_step = round_step((right - left)/tics_every(frame_w, 1.3))
x_format = tic_format
y_format = tic_format
eval set_axes
END
eval define("open_single")
$default_labels << END
if (!exists("xlabel")) { xlabel = "parameter" }
if (!exists("ylabel")) { ylabel = "state" }
if (!exists("xunit")) { xunit = "" }
if (!exists("yunit")) { yunit = "" }
room_right = 0
END
eval define("default_labels")

# People keep their capitals.
proper(s) = s eq "hopf" ? "Hopf" : s eq "generalised hopf" ? "generalised Hopf" : s eq "bogdanov-takens" ? "Bogdanov–Takens" \
  : s eq "neimark-sacker" ? "Neimark–Sacker" : s

# Names of the points of a part, from column 7, each at the emptiest of twelve places beside its mark: rows of the table,
# edges of the frame and names there already are counted. Needs the axes.
rows_within(x1, x2, y1, y2) = \
  count_of(sprintf("$3 >= %.17g && $3 <= %.17g && $4 >= %.17g && $4 <= %.17g", x1, x2, y1, y2))
point_field(k, field) = \
  system(sprintf("awk -F, 'NR > 1 && %s && ++n == %d { print $%d }' '%s'", is_part(named_part), k, field, data))
at_x(cm) = left + (right - left)*cm/frame_w
at_y(cm) = low + (high - low)*cm/frame_h
array name_sides[12] = [1, -1, 1, -1, 0, 0, 1, -1, 1, -1, 0, 0]
array name_rises[12] = [1, 1, -1, -1, 1.2, -1.2, 2, 2, -2, -2, 2.2, -2.2]
$name_points << END
named = 0
do for [k = 1:count_of(is_part(named_part))] {
  point_name = proper(point_field(k, 7))
  point_x = frame_w*(real(point_field(k, 3)) - left)/(right - left)
  point_y = frame_h*(real(point_field(k, 4)) - low)/(high - low)
  half = 0.5*text_width(point_name, small)
  best = 1e9
  do for [place = 1:12] {
    name_x = point_x + name_sides[place]*(half + 0.12)
    name_y = point_y + 0.27*name_rises[place]
    crowd = 0.1*place + rows_within(at_x(name_x - half - 0.1), at_x(name_x + half + 0.1), \
                                    at_y(name_y - 0.2), at_y(name_y + 0.2))
    if (name_x - half < 0 || name_x + half > frame_w || name_y < 0.15 || name_y > frame_h - 0.1) { crowd = crowd + 1000 }
    do for [j = 1:named] {
      if (!apart_cm(named_x[j], named_y[j], name_x, name_y, half + named_half[j] + 0.1, 0.36)) { crowd = crowd + 1000 }
    }
    if (crowd < best) {
      best = crowd
      named_x[named + 1] = name_x
      named_y[named + 1] = name_y
    }
  }
  if (point_x >= 0 && point_x <= frame_w && point_y >= 0 && point_y <= frame_h && named < 59) {
    named = named + 1
    named_half[named] = half
    set label point_name at graph named_x[named]/frame_w, graph named_y[named]/frame_h center font font_small front
  }
}
END
apart_cm(ax, ay, bx, by, w, h) = abs(ax - bx) >= w || abs(ay - by) >= h
eval define("name_points")
array named_x[60]
array named_y[60]
array named_half[60]
