/* show.h — the views of a model, one function each. */
#ifndef RG_SHOW_H
#define RG_SHOW_H

#include "base/text.h"
#include "model/model.h"

void rg_show_text(const regime_model *model, rg_text *out);
void rg_show_latex(const regime_model *model, rg_text *out);
void rg_show_graph(const regime_model *model, rg_text *out);
void rg_show_expanded(const regime_model *model, rg_text *out);
void rg_show_derivatives(const regime_model *model, rg_text *out);
void rg_show_matrices(const regime_model *model, rg_text *out);
void rg_show_program(const regime_model *model, rg_text *out);

#endif
