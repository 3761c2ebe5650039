# branch of: regime branch race_to_the_bottom --scenario hold --parameter 'goal[A]' --from 0.5 --to 0.9 --variable 'y[A]'
# Draw it in this folder: gnuplot alone.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'alone'
title = 'Output of A and its own wage share'
is_map = 0
xlabel = 'wage share aimed at by wage policy, goal[A]'
xunit = ''
ylabel = 'y[A]'
yunit = ''
y_name = 'y[A]'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
