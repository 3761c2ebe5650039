/* read_sets.c — sets, their members, index letters and subsets. */
#include "model/read.h"

static void read_subset(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_set_decl *set = into;
  rg_subset_decl subset = {.name = rg_word_of(setting)};
  rg_read_names(reader, setting, &subset.members);
  RG_APPEND(reader->arena, &set->subsets, subset);
}

static void read_subsets(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_subset, into);
}

static const rg_key set_key[] = {
    {"members", rg_read_names, offsetof(rg_set_decl, members), "members = [\"US\", \"GB\"];"},
    {"index", rg_read_names, offsetof(rg_set_decl, letters), "index = [\"i\", \"j\"];"},
    {"subsets", read_subsets, 0, NULL},
};

static void read_set(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_set_decl set = {.name = rg_word_of(setting)};
  rg_read_keys(reader, setting, RG_KEYS("a set", set_key), &set);
  if (!config_setting_is_group(setting)) return;
  rg_refuse_empty(reader, setting, "members");
  rg_refuse_empty(reader, setting, "index");
  RG_APPEND(reader->arena, &out->sets, set);
}

void rg_read_sets(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_set, into);
}
