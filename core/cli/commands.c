/* commands.c — the commands of regime, a row each. */
#include "cli/cli.h"

#include <string.h>

#define COMMON   RG_OPTIONS(JSON), RG_OPTIONS(HELP)
#define QUESTION RG_OPTIONS(SCENARIO), RG_OPTIONS(SET), RG_OPTIONS(FROM), RG_OPTIONS(TO)
#define NUMERICS                                                                                             \
  RG_OPTIONS(OUTPUT), RG_OPTIONS(RTOL), RG_OPTIONS(ATOL), RG_OPTIONS(PRECISE), RG_OPTIONS(METHOD),           \
      RG_OPTIONS(LINEAR)
#define TWIN  RG_OPTIONS(AS), RG_OPTIONS(STEP), RG_OPTIONS(RULE)
#define FILES RG_OPTIONS(OUT), RG_OPTIONS(CSV), RG_OPTIONS(NETCDF), RG_OPTIONS(PLOT), RG_OPTIONS(FORMAT)
#define LAW                                                                                                  \
  RG_OPTIONS(SCENARIO), RG_OPTIONS(SET), RG_OPTIONS(LAW_AT), RG_OPTIONS(BOUNDS), RG_OPTIONS(OUT),            \
      RG_OPTIONS(FORMAT), RG_OPTIONS(QUIET)
#define SEARCH RG_OPTIONS(STARTS), RG_OPTIONS(SEED)
#define RESTING                                                                                              \
  RG_OPTIONS(RESPONSE), RG_OPTIONS(GROWTH), RG_OPTIONS(CYCLE), RG_OPTIONS(EXPONENTS), RG_OPTIONS(SETTLE),    \
      RG_OPTIONS(SPAN)
#define DIAGRAM                                                                                              \
  RG_OPTIONS(PARAMETER), RG_OPTIONS(PARAMETER_FROM), RG_OPTIONS(PARAMETER_TO), RG_OPTIONS(SECOND),           \
      RG_OPTIONS(SECOND_FROM), RG_OPTIONS(SECOND_TO), RG_OPTIONS(CYCLES), RG_OPTIONS(ATTRACTOR),             \
      RG_OPTIONS(VARIABLE)
#define PLANE                                                                                                \
  RG_OPTIONS(X), RG_OPTIONS(Y), RG_OPTIONS(HOLD), RG_OPTIONS(QUASI), RG_OPTIONS(START), RG_OPTIONS(BASINS)
#define INFLUENCE                                                                                            \
  RG_OPTIONS(OF), RG_OPTIONS(VARY), RG_OPTIONS(MORRIS), RG_OPTIONS(SOBOL), RG_OPTIONS(THREADS),              \
      RG_OPTIONS(DRAW_SEED)
#define FITTING                                                                                              \
  RG_OPTIONS(SCENARIO), RG_OPTIONS(SET), RG_OPTIONS(RTOL), RG_OPTIONS(ATOL), RG_OPTIONS(FREE),               \
      RG_OPTIONS(DATA), RG_OPTIONS(FIT_STARTS), RG_OPTIONS(GLOBAL), RG_OPTIONS(LOSS), RG_OPTIONS(PROFILES),  \
      RG_OPTIONS(SAMPLE), RG_OPTIONS(LEAVE_OUT), RG_OPTIONS(FACTS_TO), RG_OPTIONS(WITHOUT),                  \
      RG_OPTIONS(THREADS), RG_OPTIONS(DRAW_SEED), RG_OPTIONS(RESUME), RG_OPTIONS(OUT), RG_OPTIONS(WRITE)
#define VIEWS                                                                                                \
  RG_OPTIONS(LATEX), RG_OPTIONS(GRAPH), RG_OPTIONS(DERIVATIVES), RG_OPTIONS(EXPANDED), RG_OPTIONS(PROGRAM),  \
      RG_OPTIONS(MATRIX)

const rg_command rg_commands[] = {
    {.name = "list",
     .argument = "",
     .summary = "the models on the shelf",
     .about =
         "Lists every model on the shelf with its title, its paper and its number of states. The shelf is "
         "the folders in REGIME_PATH, then the models that come with regime.",
     .example = "regime list",
     .options = {COMMON},
     .run = rg_cmd_list},
    {.name = "new",
     .argument = "NAME",
     .summary = "a commented model to start from",
     .about = "Writes NAME.cfg: a small model that runs, with a comment on every part. A file that exists is "
              "left alone.",
     .example = "regime new mymodel",
     .options = {COMMON},
     .run = rg_cmd_new},
    {.name = "check",
     .argument = "MODEL",
     .summary = "everything wrong with a model at once, else its structure",
     .about = "Reads the model, every scenario and the table of facts. Reports all errors in one pass, each "
              "with its place and a remedy, and exits with 3; else shows what the model is made of.",
     .example = "regime check goodwin",
     .options = {COMMON},
     .run = rg_cmd_check},
    {.name = "show",
     .argument = "MODEL",
     .summary = "equations, parameters and scenarios, in one of several forms",
     .about =
         "Prints the model as text, or in one other form: LaTeX, a graph of dependencies, the exact "
         "derivatives, the equations after expansion over sets, the program that is run, or its stock-flow "
         "matrices. With --at these are given in the numbers of a date, under a scenario.",
     .example = "regime show goodwin --latex",
     .options = {COMMON, VIEWS, RG_OPTIONS(AT), RG_OPTIONS(SCENARIO), RG_OPTIONS(SET)},
     .run = rg_cmd_show},
    {.name = "run",
     .argument = "MODEL",
     .summary = "one path of a model under a scenario",
     .about =
         "Integrates the model and writes DIR: scalars.csv, a table for each set, events.csv, phases.csv, "
         "identities.csv, matrices.csv where the model declares some, facts.csv and fit.csv where it names "
         "observations, and manifest.json, which reproduces the run. Exits with 1 when an identity breaks, a "
         "matrix leaks or the run is interrupted, with 4 when a value leaves its domain or equations have no "
         "solution (last-iterate.csv shows where the search ended); files are valid in every case. A path "
         "that diverges or is "
         "stopped by an event is a result like any other.",
     .example = "regime run goodwin --set rho=0.08 --to 100 --plot",
     .options = {COMMON, QUESTION, NUMERICS, TWIN, FILES, RG_OPTIONS(QUIET)},
     .run = rg_cmd_run},
    {.name = "steady",
     .argument = "MODEL",
     .summary = "all equilibria: where they lie, what they are, how they answer",
     .about =
         "Looks for every equilibrium in the box of the model's bounds, under the law of one instant: of a "
         "flow "
         "the points of rest, of a map the fixed points. Each comes with its eigenvalues, its type, and the "
         "regime it is by the model's distinctions (`classify`). With --cycle tells on which cycle the path "
         "from the model's start settles, too: period, multipliers, extremes; with --exponents the Lyapunov "
         "exponents along it. With --growth looks for balanced growth instead. Writes DIR (out/MODEL-steady "
         "by "
         "default): equilibria.csv, eigenvalues.csv, and responses.csv, regimes.csv, lines.csv, orbit.csv, "
         "extremes.csv, multipliers.csv, exponents.csv where there are any. Exits with 1 when there is none.",
     .example = "regime steady goodwin",
     .options = {COMMON, LAW, SEARCH, RESTING, RG_OPTIONS(PLOT)},
     .run = rg_cmd_steady},
    {.name = "branch",
     .argument = "MODEL",
     .summary = "how equilibria and cycles move with a parameter, and where they change",
     .about =
         "Follows the equilibria at one value of a parameter to another, and finds where they are born, "
         "meet, "
         "branch or lose their stability: fold, hopf, branch, pitchfork; of maps flip and neimark-sacker. "
         "With "
         "--cycles follows what is born there, with --second the points found in a second parameter. Without "
         "--parameter draws the diagram the model declares. Writes DIR (out/MODEL-branch by default): "
         "branches.csv, points.csv, eigenvalues.csv, and cycles.csv, multipliers.csv, curves.csv as asked "
         "for. "
         "With --attractor instead attractors.csv: what paths come to, by brute force. Exits with 1 when "
         "there "
         "is no equilibrium to follow.",
     .example = "regime branch kaldor_map --parameter alpha --from 1 --to 1.3 --plot",
     .options = {COMMON, LAW, SEARCH, DIAGRAM, RG_OPTIONS(PLOT)},
     .run = rg_cmd_branch},
    {.name = "portrait",
     .argument = "MODEL",
     .summary = "the plane of two states: field, nullclines, separatrices, trajectories",
     .about =
         "Draws the phase portrait of two states: the direction field, where each of them rests, equilibria, "
         "the manifolds of saddles, trajectories, cycles and, with --basins, where every start ends. Other "
         "states are held where the model starts, or solved for. Without --x and --y draws the portrait the "
         "model declares, or its only two states. Writes DIR (out/MODEL-portrait by default): a table of "
         "each "
         "kind of curve, and the figure in DIR/plots.",
     .example = "regime portrait goodwin --x u --y v",
     .options = {COMMON, LAW, PLANE},
     .run = rg_cmd_portrait},
    {.name = "sensitivity",
     .argument = "MODEL",
     .summary = "who moves what: parameters ranked by what they do to a path",
     .about =
         "Near the model's values: elasticities, from the exact derivatives of one path, of what --of names, "
         "by default every variable without index at the end of the span and the date of every event. With "
         "--morris or --sobol over the bounds and priors of parameters, or what --vary says: elementary "
         "effects, or shares of the variance with intervals of 95 %. Runs that do not reach their end are "
         "left "
         "out and listed. Writes DIR (out/MODEL-sensitivity by default): elasticities.csv, or effects.csv or "
         "indices.csv with outputs.csv, factors.csv and lost.csv. With --plot draws the strongest parameters "
         "of "
         "each number. Exits with 4 when the path, or every run, does not reach its end.",
     .example = "regime sensitivity goodwin --of \"mean(v), max(u)\" --morris 20",
     .options = {COMMON, QUESTION, NUMERICS, INFLUENCE, RG_OPTIONS(OUT), RG_OPTIONS(PLOT), RG_OPTIONS(FORMAT),
                 RG_OPTIONS(QUIET)},
     .run = rg_cmd_sensitivity},
    {.name = "fit",
     .argument = "MODEL",
     .summary = "parameters from facts, and what the facts cannot tell",
     .about =
         "Moves the free parameters, with exact derivatives, until the model answers the facts as well as it "
         "can: the least sum of squares of (model - fact)/sd, and of what priors add. Writes DIR: "
         "parameters.csv with standard errors and a verdict on each, facts.csv, fit.csv, correlation.csv, "
         "singular.csv, manifest.json and fit.journal, from which --resume goes on. Exits with 1 when the "
         "search did not converge or was interrupted.",
     .example = "regime fit crisis --scenario dated --free gr,bp,eta --threads 2",
     .options = {COMMON, FITTING, RG_OPTIONS(QUIET)},
     .run = rg_cmd_fit},
    {.name = "plot",
     .argument = "DIR",
     .summary = "draw the figures of a run again",
     .about =
         "Writes DIR/plots from the files of a run and draws them with gnuplot. Every script there can be "
         "edited and drawn again with `gnuplot NAME.gp`.",
     .example = "regime plot out/goodwin-baseline --format pdf",
     .options = {COMMON, RG_OPTIONS(FORMAT), RG_OPTIONS(QUIET)},
     .run = rg_cmd_plot},
    {.name = "rerun",
     .argument = "DIR",
     .summary = "reproduce a run bit for bit from its manifest",
     .about =
         "Runs the model text kept in DIR/manifest.json once more, with the same settings, and compares "
         "every number with the files in DIR. Says `identical`, or names the first file, column and time "
         "that differ and exits with 1.",
     .example = "regime rerun out/goodwin-baseline",
     .options = {COMMON, RG_OPTIONS(QUIET)},
     .run = rg_cmd_rerun},
};
const size_t rg_n_commands = sizeof rg_commands / sizeof *rg_commands;

const rg_command *rg_command_find(const char *name) {
  for (size_t k = 0; k < rg_n_commands; k++)
    if (strcmp(rg_commands[k].name, name) == 0) return &rg_commands[k];
  return NULL;
}
