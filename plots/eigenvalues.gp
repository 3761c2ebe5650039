# eigenvalues.gp: the eigenvalues along a branch: in the complex plane, from light to dark with the parameter, against the
# imaginary axis or, of a map, the unit circle; and what decides stability (real parts, or moduli) over the parameter.
#
# By itself on NAME.csv in this folder; of a map with is_map=1:
#   gnuplot -e "name='kaldor-eigenvalues'; xlabel='speed of adjustment'" plots/eigenvalues.gp
if (!exists("style")) {
  if (!exists("name")) { exit error "say which branch: gnuplot -e \"name='NAME'\" eigenvalues.gp, of NAME.csv" }
  load ARG0[1:strlen(ARG0) - strlen("eigenvalues.gp")]."style.gp"
}
if (!exists("width")) { width = 17.4 } # cm
if (!exists("is_map")) { is_map = 0 }
ylabel = ""
eval default_labels
if (!exists("frame_h")) { frame_h = 0.36*width }
values = picked("$2 == \"eigenvalue\"")
if (!has("eigenvalue")) { exit error "no eigenvalues in '".data."'" }
stats values using 3 name "p" nooutput
stats values using 4 name "re" nooutput
stats values using 5 name "im" nooutput
size_of(re, im) = is_map ? sqrt(re**2 + im**2) : re
stats values using (size_of($4, $5)) name "decides" nooutput
dark_blue(x) = (t = (x - p_min)/(p_max > p_min ? p_max - p_min : 1), \
  65536*int(165*(1 - t)) + 256*int(205 - 91*t) + int(228 - 50*t))
set style line 31 linecolor rgb "#0072B2" linewidth 0.6 pointtype 7 pointsize 0.45*point_unit
set style line 32 linecolor rgb "#404040" linewidth 1.2 dashtype (5, 4)

# Two frames beside one another.
phase_count = 0
numbers = 0
have_facts = 0
room = larger(air(re_min, re_max), 0.02)
left = is_map ? smaller(-1.15, re_min - room) : smaller(re_min, 0) - room
right = is_map ? larger(1.15, re_max + room) : larger(re_max, 0) + room
top = larger(larger(abs(im_min), abs(im_max)), is_map ? 1.05 : 0.3*(right - left))*1.08
low = -top
high = top
margin_left = tics_width(low, high, frame_h) + 0.6
gap = tics_width(decides_min, decides_max, frame_h) + 0.9
margin_right = 0.35
margin_bottom = 1.0
frame_w = 0.5*(width - margin_left - gap - margin_right)
# The unit circle is round.
if (is_map) {
  reach = larger(top, larger(-left, right))
  high = larger(reach*frame_h/frame_w, top)
  low = -high
  right = high*frame_w/frame_h
  left = -right
}
eval plan_strip
margin_top = title_height + 0.1
height = margin_top + frame_h + margin_bottom

eval open_picture(name)
set multiplot
bottom_label = ""
eval draw_head
eval frame(margin_left, margin_bottom, frame_w, frame_h)
x_step = round_step((right - left)/tics_every(frame_w, 1.2))
x_format = tic_format
y_format = tic_format
eval set_axes
set label "Real part" at screen (margin_left + 0.5*frame_w)/width, screen 0.24/height center
set label "Imaginary part" at screen 0.25/width, graph 0.5 rotate center
if (!is_map) { set arrow from first 0, graph 0 to first 0, graph 1 nohead back linestyle 32 }
set parametric
set samples 400
if (is_map) {
  plot [0:2*pi] cos(t), sin(t) with lines linestyle 32, \
    values using 4:5:(dark_blue($3)) with points linestyle 31 linecolor rgb variable
} else {
  plot values using 4:5:(dark_blue($3)) with points linestyle 31 linecolor rgb variable
}
unset parametric
unset label
unset arrow

left = p_min
right = p_max > p_min ? p_max : p_min + 1
level = is_map ? 1.0 : 0.0
low = smaller(decides_min, level) - air(smaller(decides_min, level), larger(decides_max, level))
high = larger(decides_max, level) + air(smaller(decides_min, level), larger(decides_max, level))
eval frame(margin_left + frame_w + gap, margin_bottom, frame_w, frame_h)
x_step = round_step((right - left)/tics_every(frame_w, 1.2))
eval set_axes
set arrow from graph 0, first level to graph 1, first level nohead back linestyle 32
set label plain(with_unit(xlabel, xunit)) at screen (margin_left + 1.5*frame_w + gap)/width, screen 0.24/height center
set label (is_map ? "Modulus" : "Real part") at screen (margin_left + frame_w + 0.25)/width, graph 0.5 rotate center
plot values using 3:(size_of($4, $5)):(dark_blue($3)) with points linestyle 31 linecolor rgb variable
unset multiplot
