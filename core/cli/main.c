/* main.c — the command `regime`. */
#include "cli/cli.h"

int main(int argc, char **argv) { return rg_cli_main(argc, argv); }
