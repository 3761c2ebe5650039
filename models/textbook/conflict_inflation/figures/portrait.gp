# portrait of: regime portrait conflict_inflation --x share --y e --bounds share=0.6:0.8 --bounds e=0.85:1.1
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'Unemployment disciplines'
is_map = 0
xlabel = 'wage share'
xunit = 'share'
x_name = 'share'
ylabel = 'activity against normal'
yunit = ''
y_name = 'e'
x_from = 0.59999999999999998
x_to = 0.80000000000000004
y_from = 0.84999999999999998
y_to = 1.1000000000000001
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
