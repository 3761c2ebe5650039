# portrait of: regime portrait kaldor_cycle --set sigma=0.2 --set alpha=1 --bounds Y=7:13 --bounds K=5:15
# Draw it in this folder: gnuplot two_ends.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'two_ends'
title = 'Little saving: a poor and a rich rest point'
is_map = 0
xlabel = 'output'
xunit = ''
x_name = 'Y'
ylabel = 'capital'
yunit = ''
y_name = 'K'
x_from = 7.0000000000000000
x_to = 13.000000000000000
y_from = 5.0000000000000000
y_to = 15.000000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
