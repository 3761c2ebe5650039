# portrait.gp: a phase portrait: basins as tints, the field as quiet arrows, nullclines, manifolds of saddles,
# trajectories, cycles, and equilibria by their kind.
#
# By itself on NAME.csv in this folder:
#   gnuplot -e "name='goodwin'; xlabel='employment rate'; ylabel='wage share'" plots/portrait.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which portrait: gnuplot -e \"name='NAME'\" portrait.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("portrait.gp")]."style.gp"
}
if (!exists("width")) { width = 11.0 } # cm
if (!exists("xlabel")) { xlabel = "x" }
if (!exists("ylabel")) { ylabel = "y" }
if (!exists("xunit")) { xunit = "" }
if (!exists("yunit")) { yunit = "" }
if (!exists("x_name")) { x_name = xlabel }
if (!exists("y_name")) { y_name = ylabel }

# The window: said in the head, or that of the field, whose points are centres of cells; else of all there is.
side = has("field") ? int(sqrt(count_of(is_part("field"))) + 0.5) : 0
stats (side ? points_of("field") : data) using 3:4 name "span" nooutput
half_x = side > 1 ? 0.5*(span_max_x - span_min_x)/(side - 1) : 0
half_y = side > 1 ? 0.5*(span_max_y - span_min_y)/(side - 1) : 0
if (!exists("x_from")) { x_from = side ? span_min_x - half_x : span_min_x - air(span_min_x, span_max_x) }
if (!exists("x_to")) { x_to = side ? span_max_x + half_x : span_max_x + air(span_min_x, span_max_x) }
if (!exists("y_from")) { y_from = side ? span_min_y - half_y : span_min_y - air(span_min_y, span_max_y) }
if (!exists("y_to")) { y_to = side ? span_max_y + half_y : span_max_y + air(span_min_y, span_max_y) }
left = x_from
right = x_to
low = y_from
high = y_to

set style line 31 linecolor rgb "#0072B2" linewidth 2.6 dashtype (10, 4)          # where x rests
set style line 32 linecolor rgb "#D55E00" linewidth 2.6 dashtype (3, 3)           # where y rests
set style line 33 linecolor rgb "#009E73" linewidth 2.8                           # stable manifolds
set style line 34 linecolor rgb "#A0447F" linewidth 2.4 dashtype (12, 3, 2, 3)    # unstable manifolds
set style line 35 linecolor rgb "#505050" linewidth 0.9                           # trajectories
set style line 36 linecolor rgb "#000000" linewidth 4.2                           # cycles: stable ...
set style line 37 linecolor rgb "#000000" linewidth 3.4 dashtype (4, 3)           # ... and unstable
set style line 38 linecolor rgb "#000000" linewidth 0.5 pointtype 7 pointsize 0.16*point_unit # points of maps
set style line 39 linecolor rgb "#505050" linewidth 0.5 pointtype 7 pointsize 0.22*point_unit
array basin_tints[6] = ["#D3E5F1", "#FBEACB", "#BFDCCF", "#EFD9E6", "#DADADA", "#F6F3C0"]
basin_tint(b) = basin_tints[(b - 1)%|basin_tints| + 1]

# What is there goes into the key.
kinds = system("awk -F, '$2 == \"equilibrium\" && !seen[$7]++ { gsub(/ /, \"-\", $7); print $7 }' '".data."'")
basins = has("basin") ? int(system("awk -F, '$2 == \"basin\" && $1 + 0 > most { most = $1 } END { print most + 0 }' '".data."'")) : 0
if (!exists("basin_names")) {
  array basin_names[larger(1, basins)]
  do for [b = 1:basins] { basin_names[b] = sprintf("basin %d", b) }
}
stable = "$7 == \"stable\""
unstable = "$7 == \"unstable\""
ready = has("x_nullcline") ? add_key("line 31", plain(x_name)." at rest") : 0
ready = has("y_nullcline") ? add_key("line 32", plain(y_name)." at rest") : 0
ready = has("stable_manifold") ? add_key("line 33", "stable manifold") : 0
ready = has("unstable_manifold") ? add_key("line 34", "unstable manifold") : 0
ready = count_of(is_part("cycle")." && ".stable) ? add_key("line 36", "stable cycle") : 0
ready = count_of(is_part("cycle")." && ".unstable) ? add_key("line 37", "unstable cycle") : 0
do for [m = 1:8] {
  kind = word(mark_names, m)
  if (strstrt(" ".system("echo '".kinds."' | tr '\\n' ' '")." ", " ".kind." ")) {
    ready = add_key(sprintf("point %d", m), kind eq "non-hyperbolic" ? kind : swap(kind, "-", " "))
  }
}
do for [b = 1:basins] { ready = add_key("fill ".basin_tint(b), plain(basin_names[b])) }
if (count_of(is_part("basin")." && $1 == 0")) { ready = add_key("fill #FFFFFF", "none of these") }

# The page.
phase_count = 0
numbers = 0
have_facts = 0
if (!exists("frame_h")) { frame_h = 0.8*(width - 2.0) }
side_label = broken(with_unit(ylabel, yunit), letters_in(frame_h, size))
bottom_label = with_unit(xlabel, xunit)
margin_left = tics_width(low, high, frame_h) + 0.15 + side_width(side_label)
margin_right = 0.35
margin_bottom = 1.0
frame_w = width - margin_left - margin_right
eval plan_strip
eval plan_key
margin_top = title_height + key_block + 0.1
height = margin_top + frame_h + margin_bottom

# An arrow of the field, as long as two thirds of a cell, dark where the flow is fast.
cell_cm = side ? smaller(frame_w, frame_h)/side : 1
way_x(dx) = dx/(right - left)*frame_w
way_y(dy) = dy/(high - low)*frame_h
way(dx, dy) = sqrt(way_x(dx)**2 + way_y(dy)**2)
arrow_x(dx, dy) = 0.62*cell_cm*way_x(dx)/way(dx, dy)*(right - left)/frame_w
arrow_y(dx, dy) = 0.62*cell_cm*way_y(dy)/way(dx, dy)*(high - low)/frame_h
slowest = 1e300
fastest = 0
note(v) = v > 0 ? (slowest = smaller(slowest, v), fastest = larger(fastest, v), 0) : 0
if (side) { stats points_of("field") using (note(way($5, $6))) nooutput }
shade(v) = fastest > slowest ? (log(v) - log(slowest))/(log(fastest) - log(slowest)) : 0.5
grey(v) = (g = int(232 - 82*shade(v)), 65536*g + 256*g + g)
red(tint) = int("0x".tint[2:3])
green(tint) = int("0x".tint[4:5])
blue(tint) = int("0x".tint[6:7])

layers = ""
add_layer(text) = strlen(text) ? (layers = layers.(strlen(layers) ? ", " : "plot ").text, 0) : 0
curve(part, style) = sprintf("curves_of('%s') using 3:4 with lines linestyle %d", part, style)
heads(part, back, style) = !heads_in(part, back) ? "" : sprintf("heads_of('%s', %d) using 1:2:3:4 with vectors head filled size screen %.5f,18,90 fixed " \
  ."linestyle %d dashtype solid linewidth 0.8", part, back, 0.19/width, style)
if (basins) {
  ready = add_layer("points_of('basin') using 3:4:($1 > 0 ? red(basin_tint(int($1))) : 255):" \
    ."($1 > 0 ? green(basin_tint(int($1))) : 255):($1 > 0 ? blue(basin_tint(int($1))) : 255) with rgbimage")
}
if (side) {
  ready = add_layer("points_of('field') using ($3 - 0.5*arrow_x($5, $6)):($4 - 0.5*arrow_y($5, $6)):" \
    ."(arrow_x($5, $6)):(arrow_y($5, $6)):(grey(way($5, $6))) with vectors head filled size screen " \
    .sprintf("%.5f", 0.11/width).",20,60 fixed linewidth 0.8 linecolor rgb variable")
}
if (has("trajectory")) {
  ready = add_layer(curve("trajectory", 35))
  ready = add_layer(heads("trajectory", 0, 35))
}
if (has("orbit")) { ready = add_layer("points_of('orbit') using 3:4 with points linestyle 39") }
if (has("x_nullcline")) { ready = add_layer(curve("x_nullcline", 31)) }
if (has("y_nullcline")) { ready = add_layer(curve("y_nullcline", 32)) }
if (has("unstable_manifold")) {
  ready = add_layer(curve("unstable_manifold", 34))
  ready = add_layer(heads("unstable_manifold", 0, 34))
}
if (has("stable_manifold")) {
  ready = add_layer(curve("stable_manifold", 33))
  ready = add_layer(heads("stable_manifold", 1, 33))
}
if (has("bounded_path")) { ready = add_layer(curve("bounded_path", 35)) }
if (has("bounded")) { ready = add_layer("points_of('bounded') using 3:4 with points linestyle 38") }
if (count_of(is_part("cycle")." && ".stable)) {
  ready = add_layer("curve_rows(is_part('cycle').' && '.stable) using 3:4 with lines linestyle 36")
}
if (count_of(is_part("cycle")." && ".unstable)) {
  ready = add_layer("curve_rows(is_part('cycle').' && '.unstable) using 3:4 with lines linestyle 37")
}
if (has("cycle")) { ready = add_layer(heads("cycle", 0, 36)) }
do for [m = 1:8] {
  marked = is_part("equilibrium")." && $7 == \"".(m == 8 ? "non-hyperbolic" : swap(word(mark_names, m), "-", " "))."\""
  if (count_of(marked)) {
    ready = add_layer("picked('".marked."') using 3:4 with points linestyle ".mark_under(m))
    ready = add_layer("picked('".marked."') using 3:4 with points linestyle ".mark_over(m))
  }
}
if (!strlen(layers)) { exit error "nothing to draw in '".data."'" }

eval open_picture(name)
set multiplot
eval draw_head
eval draw_key
eval frame(margin_left, margin_bottom, frame_w, frame_h)
set border 15 linewidth 0.8 linecolor rgb "#404040"
set tics front
x_step = round_step((right - left)/tics_every(frame_w, 1.3))
x_format = tic_format
y_format = tic_format
eval set_axes
eval layers
unset multiplot
