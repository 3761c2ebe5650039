/* settings_text.h — where settings stand in the text of a file of libconfig's, so that a number in it can be
 * changed and all else left as it is. The text must be one that libconfig has read without error.
 */
#ifndef RG_SETTINGS_TEXT_H
#define RG_SETTINGS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* From the first byte to that after the last. */
typedef struct rg_span {
  size_t from, to;
} rg_span;

/* The value of the setting `key` that stands directly in the body. False when there is none: an include is
 * not looked into. */
bool rg_setting_find(const char *text, rg_span body, const char *key, rg_span *value);

/* What stands between the braces of a value; false when it is no group. */
bool rg_setting_body(const char *text, rg_span value, rg_span *body);

/* After the value and what ends its setting: where another may be put. */
size_t rg_setting_end(const char *text, rg_span body, rg_span value);

#endif
