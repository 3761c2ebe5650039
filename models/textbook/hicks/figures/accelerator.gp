# attractors of: regime branch hicks --set g=0 --parameter v --from 0.5 --to 1.6 --attractor 150
# Draw it in this folder: gnuplot accelerator.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'accelerator'
title = 'Between ceiling and floor'
is_map = 1
xlabel = 'accelerator, v'
xunit = ''
ylabel = 'output'
yunit = ''
y_name = 'Y'
load '../../../../plots/style.gp'
load '../../../../plots/attractor.gp'
