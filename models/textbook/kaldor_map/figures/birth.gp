# attractors of: regime branch kaldor_map --parameter alpha --from 1 --to 1.4 --attractor 100
# Draw it in this folder: gnuplot birth.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'birth'
title = 'The closed curve is born'
is_map = 1
xlabel = 'speed at which output follows demand, alpha'
xunit = ''
ylabel = 'output'
yunit = ''
y_name = 'Y'
load '../../../../plots/style.gp'
load '../../../../plots/attractor.gp'
