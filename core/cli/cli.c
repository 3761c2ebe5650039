/* cli.c — from the words of the command line to a command, and from its status to an exit code. */
#include "cli/cli.h"
#include "base/diagnostic.h"
#include "cli/compute.h"
#include "cli/say.h"

#include <string.h>

/* Pages that are printed without a command. The hidden ones make the committed pages, and tests compare. */
static const struct {
  const char *option;
  void (*print)(FILE *stream);
} pages[] = {
    {"--help", rg_print_help},
    {"-h", rg_print_help},
    {"help", rg_print_help},
    {"--manual", rg_print_manual},
    {"--completion", rg_print_completion},
    {"--command-reference", rg_print_command_reference},
    {"--status-reference", rg_print_status_reference},
};

static bool print_page(const char *word) {
  for (size_t k = 0; k < sizeof pages / sizeof *pages; k++)
    if (strcmp(pages[k].option, word) == 0) {
      pages[k].print(stdout);
      return true;
    }
  return false;
}

static regime_status unknown_command(const rg_cli *cli, const char *word) {
  const char **names = RG_NEW_ARRAY(cli->arena, const char *, rg_n_commands);
  for (size_t k = 0; k < rg_n_commands; k++) names[k] = rg_commands[k].name;
  char buffer[160];
  const char *remedy =
      rg_did_you_mean(word, names, rg_n_commands, "`regime --help` lists the commands", buffer);
  rg_error(cli->context, (rg_place){0}, remedy, "regime has no command `%s`", word);
  return REGIME_BAD_ARGUMENT;
}

static regime_status require_argument(const rg_cli *cli) {
  const rg_command *command = cli->command;
  const bool wanted = command->argument[0] != '\0';
  if (wanted == (cli->options.argument != NULL)) return REGIME_OK;
  const char *remedy = rg_arena_printf(cli->arena, "for example `%s`", command->example);
  if (wanted)
    rg_error(cli->context, (rg_place){0}, remedy, "`regime %s` needs %s", command->name, command->argument);
  else
    rg_error(cli->context, (rg_place){0}, remedy, "`regime %s` takes no argument, and was given `%s`",
             command->name, cli->options.argument);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_cli_command(rg_cli *cli, int count, char **words) {
  cli->command = rg_command_find(words[0]);
  if (!cli->command) return unknown_command(cli, words[0]);
  regime_status status = rg_options_read(cli->context, cli->command->name, cli->command->options, count - 1,
                                         words + 1, &cli->options);
  if (rg_option_given(&cli->options, RG_OPTION_HELP)) {
    rg_print_command_help(stdout, cli->command);
    return REGIME_OK;
  }
  if (status == REGIME_OK) status = require_argument(cli);
  return status == REGIME_OK ? cli->command->run(cli) : status;
}

static regime_status obey(rg_cli *cli) {
  if (cli->n_words < 2) {
    rg_print_help(stderr);
    return REGIME_BAD_ARGUMENT;
  }
  const char *word = cli->words[1];
  const rg_command *about = cli->n_words > 2 ? rg_command_find(cli->words[2]) : NULL;
  if (strcmp(word, "--version") == 0)
    printf("regime %s\n", regime_version());
  else if (strcmp(word, "help") == 0 && about)
    rg_print_command_help(stdout, about);
  else if (!print_page(word))
    return rg_cli_command(cli, cli->n_words - 1, cli->words + 1);
  return REGIME_OK;
}

/* A program that asked for JSON gets one document even where there is nothing else to say. */
static regime_status answer_failure(rg_cli *cli, regime_status status) {
  json_t *document = json_object();
  json_object_set_new(document, "status", json_string(regime_status_name(status)));
  json_object_set_new(document, "diagnostics", rg_json_diagnostics(cli->context));
  const regime_status answered = rg_answer(cli, document);
  return answered == REGIME_OK ? status : answered;
}

/* Also where the options were never read. */
static bool asked_for_json(const rg_cli *cli) {
  for (int k = 1; k < cli->n_words; k++)
    if (strcmp(cli->words[k], rg_option_rows[RG_OPTION_JSON].spelling) == 0) return true;
  return false;
}

/* What is said on the way out: findings, a document where one is owed, and a status no finding explains. */
static regime_status close_call(rg_cli *cli, regime_status status) {
  if (asked_for_json(cli) && !cli->answered && status != REGIME_OK) status = answer_failure(cli, status);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    rg_error(cli->context, (rg_place){0}, NULL, "cannot write to standard output");
    status = REGIME_NO_FILE;
  }
  if (status == REGIME_NO_MEMORY) rg_error(cli->context, (rg_place){0}, NULL, "memory is exhausted");
  rg_print_diagnostics(cli);
  if (status == REGIME_BUG) fprintf(stderr, "%s\n", regime_status_text(status));
  return status;
}

/* The arena comes back here when memory is exhausted. */
static regime_status obey_within_memory(rg_cli *cli) {
  return RG_ARENA_TRY(cli->arena) ? REGIME_NO_MEMORY : obey(cli);
}

int rg_cli_main(int n_words, char **words) {
  rg_cli cli = {.n_words = n_words, .words = words, .colour = rg_wants_colour(stdout)};
  cli.arena = rg_arena_create();
  if (!cli.arena || regime_context_create(&cli.context) != REGIME_OK) {
    fputs("regime: memory is exhausted\n", stderr);
    rg_arena_free(cli.arena);
    return regime_status_exit_code(REGIME_NO_MEMORY);
  }
  regime_status status = obey_within_memory(&cli);
  status = close_call(&cli, status);
  rg_release_signals();
  rg_options_drop(&cli.options);
  regime_context_free(cli.context);
  rg_arena_free(cli.arena);
  return regime_status_exit_code(status);
}
