/* reference.c — help, manual page, completion and reference pages, all from the tables. */
#include "cli/cli.h"

#include <string.h>

static bool allows(const rg_command *command, size_t option) { return command->options[option]; }

/* "--set NAME=VALUE" */
static const char *option_form(size_t option, char buffer[96]) {
  const rg_option_row *row = &rg_option_rows[option];
  snprintf(buffer, 96, "%s%s%s", row->spelling, row->value[0] ? " " : "", row->value);
  return buffer;
}

static void print_form(FILE *stream, const rg_command *command) {
  fprintf(stream, "regime %s%s%s [OPTION]...", command->name, command->argument[0] ? " " : "",
          command->argument);
}

void rg_print_help(FILE *stream) {
  fprintf(stream, "regime %s: regimes of accumulation, solved, compared and drawn\n\n", regime_version());
  fputs("usage: regime COMMAND [ARGUMENT] [OPTION]...\n\ncommands:\n", stream);
  for (size_t k = 0; k < rg_n_commands; k++) {
    const rg_command *c = &rg_commands[k];
    char form[64];
    snprintf(form, sizeof form, "%s %s", c->name, c->argument);
    fprintf(stream, "  %-17s %s\n", form, c->summary);
  }
  fputs("\nMODEL is a file, or a name on the shelf: `regime list` shows them.\n"
        "`regime COMMAND --help` explains a command, `regime --version` gives the version.\n\n"
        "example:\n  regime run goodwin --plot\n",
        stream);
}

/* A paragraph in lines of at most 78 characters. */
static void print_wrapped(FILE *stream, const char *text) {
  size_t column = 0;
  while (*text) {
    const size_t length = strcspn(text, " ");
    const bool fits = column + 1 + length <= 78;
    if (column) fputc(fits ? ' ' : '\n', stream);
    column = column && fits ? column + 1 + length : length;
    fprintf(stream, "%.*s", (int)length, text);
    text += length + (text[length] == ' ');
  }
  fputc('\n', stream);
}

void rg_print_command_help(FILE *stream, const rg_command *command) {
  fprintf(stream, "regime %s: %s\n\nusage: ", command->name, command->summary);
  print_form(stream, command);
  fputs("\n\n", stream);
  print_wrapped(stream, command->about);
  fputs("\noptions:\n", stream);
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) {
    char form[96];
    if (allows(command, k)) fprintf(stream, "  %-27s %s\n", option_form(k, form), rg_option_rows[k].text);
  }
  fprintf(stream, "\nexample:\n  %s\n", command->example);
}

static const struct {
  const char *name, *text;
} environment[] = {
    {"REGIME_PATH",
     "folders with models, separated by colons, searched before the models that come with regime"},
    {"NO_COLOR", "when set and not empty, no colours"},
};

/* Text for troff: dashes are to be minus signs, and a line must not begin with a control character. */
static void print_troff(FILE *stream, const char *text) {
  if (*text == '.' || *text == '\'') fputs("\\&", stream);
  for (; *text; text++)
    if (*text == '-')
      fputs("\\-", stream);
    else if (*text == '\\')
      fputs("\\e", stream);
    else if (*text != '`')
      fputc(*text, stream);
}

static void print_troff_item(FILE *stream, const char *term, const char *text) {
  fputs(".TP\n.B ", stream);
  print_troff(stream, term);
  fputc('\n', stream);
  print_troff(stream, text);
  fputc('\n', stream);
}

static void print_manual_command(FILE *stream, const rg_command *command) {
  fprintf(stream, ".SS regime %s %s\n", command->name, command->argument);
  print_troff(stream, command->about);
  fputs("\n.br\nOptions:", stream);
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) {
    if (!allows(command, k)) continue;
    fputc(' ', stream);
    print_troff(stream, rg_option_rows[k].spelling);
  }
  fputs("\n.br\nExample:\n.B ", stream);
  print_troff(stream, command->example);
  fputc('\n', stream);
}

void rg_print_manual(FILE *stream) {
  fprintf(stream, ".TH REGIME 1 \"\" \"regime %s\"\n.SH NAME\n", regime_version());
  fputs("regime \\- regimes of accumulation, solved, compared and drawn\n.SH SYNOPSIS\n", stream);
  fputs(".B regime\n.I COMMAND\n.RI [ ARGUMENT ]\n.RI [ OPTION ]...\n.SH DESCRIPTION\n", stream);
  fputs("Solves macroeconomic models written as text: differential equations with countries, scenarios, "
        "events,\n"
        "phases and accounting identities.\n"
        ".I MODEL\nis a file, or a name on the shelf.\n.SH COMMANDS\n",
        stream);
  for (size_t k = 0; k < rg_n_commands; k++) print_manual_command(stream, &rg_commands[k]);
  fputs(".SH OPTIONS\n", stream);
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) {
    char form[96];
    print_troff_item(stream, option_form(k, form), rg_option_rows[k].text);
  }
  fputs(".SH EXIT STATUS\n", stream);
#define X(name, code, text) print_troff_item(stream, #code, text);
  REGIME_STATUS_LIST(X)
#undef X
  fputs(".SH ENVIRONMENT\n", stream);
  for (size_t k = 0; k < sizeof environment / sizeof *environment; k++)
    print_troff_item(stream, environment[k].name, environment[k].text);
}

static void print_completion_case(FILE *stream, const rg_command *command) {
  fprintf(stream, "    %s) options=\"", command->name);
  const char *gap = "";
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) {
    if (!allows(command, k)) continue;
    fprintf(stream, "%s%s", gap, rg_option_rows[k].spelling);
    gap = " ";
  }
  fputs("\"", stream);
  if (strcmp(command->argument, "MODEL") == 0) fputs("; words=\"$(_regime_models)\"", stream);
  fputs(" ;;\n", stream);
}

static void print_completion_values(FILE *stream) {
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) {
    const rg_option_row *row = &rg_option_rows[k];
    if (row->kind != RG_OPTION_CHOICE) continue;
    fprintf(stream, "    %s) COMPREPLY=($(compgen -W \"", row->spelling);
    for (const char *c = row->value; *c; c++) fputc(*c == '|' ? ' ' : *c, stream);
    fputs("\" -- \"$word\")); return ;;\n", stream);
  }
}

void rg_print_completion(FILE *stream) {
  fputs(
      "# bash completion for regime, made by `regime --completion`\n"
      "_regime_models() {\n"
      "  regime list --json 2>/dev/null | sed -n 's/^ *\"name\": \"\\(.*\\)\",*$/\\1/p'\n"
      "}\n"
      "_regime() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" options words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"",
      stream);
  for (size_t k = 0; k < rg_n_commands; k++) fprintf(stream, "%s ", rg_commands[k].name);
  fputs("--help --version\" -- \"$word\")); return\n  fi\n  case \"$before\" in\n", stream);
  print_completion_values(stream);
  fputs("  esac\n  case \"${COMP_WORDS[1]}\" in\n", stream);
  for (size_t k = 0; k < rg_n_commands; k++) print_completion_case(stream, &rg_commands[k]);
  fputs("  esac\n"
        "  case \"$word\" in\n"
        "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
        "    *) COMPREPLY=($(compgen -W \"$words\" -- \"$word\") $(compgen -f -- \"$word\")) ;;\n"
        "  esac\n"
        "}\n"
        "complete -o filenames -F _regime regime\n",
        stream);
}

/* Text in a cell of a table: a bar would end it. */
static void print_cell(FILE *stream, const char *text) {
  for (; *text; text++) {
    if (*text == '|') fputc('\\', stream);
    fputc(*text, stream);
  }
}

static void print_reference_command(FILE *stream, const rg_command *command) {
  fprintf(stream, "\n## regime %s\n\n`", command->name);
  print_form(stream, command);
  fprintf(stream, "`: %s.\n\n", command->summary);
  print_wrapped(stream, command->about);
  fputs("\n| option | |\n|---|---|\n", stream);
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) {
    char form[96];
    if (!allows(command, k)) continue;
    fputs("| `", stream);
    print_cell(stream, option_form(k, form));
    fputs("` | ", stream);
    print_cell(stream, rg_option_rows[k].text);
    fputs(" |\n", stream);
  }
  fprintf(stream, "\nExample: `%s`\n", command->example);
}

void rg_print_command_reference(FILE *stream) {
  fputs("# The commands\n\nMade by `regime --command-reference` from `core/cli/commands.c` and "
        "`core/cli/options.def`.\n",
        stream);
  for (size_t k = 0; k < rg_n_commands; k++) print_reference_command(stream, &rg_commands[k]);
}

void rg_print_status_reference(FILE *stream) {
  fputs("# Statuses and exit codes\n\nMade by `regime --status-reference` from `include/regime/status.h`.\n\n"
        "| status | exit code | meaning |\n|---|---|---|\n",
        stream);
#define X(name, code, text) fprintf(stream, "| `REGIME_%s` | %d | %s |\n", #name, code, text);
  REGIME_STATUS_LIST(X)
#undef X
}
