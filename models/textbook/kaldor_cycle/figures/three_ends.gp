# portrait of: regime portrait kaldor_cycle --set sigma=0.2025 --bounds Y=7.5:12.5 --bounds K=8:12
# Draw it in this folder: gnuplot three_ends.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'three_ends'
title = 'Poor, rich, or round both'
is_map = 0
xlabel = 'output'
xunit = ''
x_name = 'Y'
ylabel = 'capital'
yunit = ''
y_name = 'K'
x_from = 7.5000000000000000
x_to = 12.500000000000000
y_from = 8.0000000000000000
y_to = 12.000000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
