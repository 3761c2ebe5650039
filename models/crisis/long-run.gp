# long-run.gp: growth and the real rate of interest in the world of equals, from the Fordist compromise to two others.
# Draw it from the folder of the repository: gnuplot -e "format='svg'" models/crisis/long-run.gp
name = 'models/crisis/long-run'
width = 12.0
height = 6.5
load 'plots/style.gp'
pick(towards, y) = strcol('towards') eq towards ? y : NaN
eval open_picture(name)
unset key
eval frame(1.5, 1.0, width - 2.2, height - 1.5)
set xrange [0:8]
set yrange [1:2.6]
set xtics ("Fordist" 0, "" 1, "" 2, "" 3, "halfway" 4, "" 5, "" 6, "" 7, "the other" 8)
set ytics 0.5
set label 1 'growth, towards Kalmarian' at 4.2, 1.76 font font_small textcolor rgb colours[2]
set label 2 'growth, towards neo-Taylorist' at 4.2, 1.20 font font_small textcolor rgb colours[3]
set label 3 'real rate of interest of both' at 1.2, 2.28 font font_small textcolor rgb colours[1]
set ylabel '% a year'
plot data using (column('step')):(pick('kalmarian', column('growth'))) with lines linetype 2, \
     data using (column('step')):(pick('neotaylorist', column('growth'))) with lines linetype 3, \
     data using (column('step')):(pick('kalmarian', column('real_rate'))) with lines linecolor rgb colours[2] linewidth 1, \
     data using (column('step')):(pick('neotaylorist', column('real_rate'))) with lines linecolor rgb colours[3] linewidth 1
