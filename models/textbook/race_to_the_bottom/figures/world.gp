# branch of: regime branch race_to_the_bottom --scenario hold --parameter 'goal[A]' --from 0.5 --to 0.9 --variable world
# Draw it in this folder: gnuplot world.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'world'
title = 'Output of both and the wage share of A'
is_map = 0
xlabel = 'wage share aimed at by wage policy, goal[A]'
xunit = ''
ylabel = 'output of both'
yunit = ''
y_name = 'world'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
