/* cli.h — what every command is given, and the table that lists them. */
#ifndef RG_CLI_H
#define RG_CLI_H

#include "base/arena.h"
#include "cli/options.h"
#include <regime/regime.h>
#include <stdio.h>

typedef struct rg_cli rg_cli;

/* Help, errors, the manual page, the completion and the reference page are made from these rows. */
typedef struct rg_command {
  const char *name;
  const char *argument; /* what it is about: MODEL, NAME, DIR; "" when nothing */
  const char *summary;  /* a line */
  const char *about;    /* a paragraph */
  const char *example;
  rg_option_set options;
  regime_status (*run)(rg_cli *cli);
} rg_command;

extern const rg_command rg_commands[];
extern const size_t rg_n_commands;
const rg_command *rg_command_find(const char *name); /* NULL: there is none */

/* One call of the command. Texts come from the arena and live as long as the call. */
struct rg_cli {
  regime_context *context;
  rg_arena *arena;
  int n_words;
  char **words; /* the command line, the program's name first */
  const rg_command *command;
  rg_options options;
  bool colour;   /* on standard output */
  bool answered; /* a JSON document was printed */
  bool is_again; /* an analysis done once more, to be compared: its figures are not drawn */
};

/* The whole program: answers the exit code. */
int rg_cli_main(int n_words, char **words);

/* Obeys `count` words, the command's name first. */
regime_status rg_cli_command(rg_cli *cli, int count, char **words);

/* The pages made from the tables: `regime help`, help of one command, manual page, completion, reference. */
void rg_print_help(FILE *stream);
void rg_print_command_help(FILE *stream, const rg_command *command);
void rg_print_manual(FILE *stream);
void rg_print_completion(FILE *stream);
void rg_print_command_reference(FILE *stream);
void rg_print_status_reference(FILE *stream);

regime_status rg_cmd_list(rg_cli *cli);
regime_status rg_cmd_new(rg_cli *cli);
regime_status rg_cmd_check(rg_cli *cli);
regime_status rg_cmd_show(rg_cli *cli);
regime_status rg_cmd_run(rg_cli *cli);
regime_status rg_cmd_steady(rg_cli *cli);
regime_status rg_cmd_branch(rg_cli *cli);
regime_status rg_cmd_portrait(rg_cli *cli);
regime_status rg_cmd_sensitivity(rg_cli *cli);
regime_status rg_cmd_fit(rg_cli *cli);
regime_status rg_cmd_plot(rg_cli *cli);
regime_status rg_cmd_rerun(rg_cli *cli);

#endif
