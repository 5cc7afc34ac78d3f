/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info_annotation.c - annotations in p4info, and what @brief and @description say. */
#include "compiler/info_type.h"

#include <string.h>

static bool reserved_anno(const char *name)
{
	static const char *const own[] = { "name",
					   "id",
					   "brief",
					   "description",
					   "hidden",
					   "tableonly",
					   "defaultonly",
					   "field_list",
					   "match",
					   "pkginfo",
					   "platform_property",
					   "p4runtime_translation",
					   "proto_id",
					   "max_group_size",
					   "selector_size_semantics",
					   "max_member_weight",
					   "two_rate_three_color",
					   "single_rate_three_color",
					   "single_rate_two_color",
					   "some_versions" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!strcmp(own[i], name))
			return true;
	return false;
}

/* Free annotations as text, "@name(words)". */
static void annotations(struct info *i, const struct node *n, char ***list, size_t *count)
{
	for (int k = 0; n && k < n->annos.n; k++) {
		struct node *a = n->annos.v[k];
		struct buffer b = { 0 };

		if (a->flag || reserved_anno(a->name))
			continue;
		buffer_printf(&b, "@%s", a->name);
		if (a->list.n) {
			buffer_str(&b, "(");
			for (int w = 0; w < a->list.n; w++)
				buffer_printf(&b, a->list.v[w]->kind == N_STRING ? "\"%s\"" : "%s",
					      a->list.v[w]->name);
			buffer_str(&b, ")");
		}
		ADD(i, *list, *count, arena_copy(&i->u->arena, b.text, b.len));
		buffer_free(&b);
	}
}

static P4__Config__V1__Expression *expression(struct info *i, struct node *n)
{
	P4__Config__V1__Expression *e =
		NEW(i, P4__Config__V1__Expression, p4__config__v1__expression__init);
	struct value *v = n->val;

	if (v && v->kind == VAL_BOOL) {
		e->value_case = P4__CONFIG__V1__EXPRESSION__VALUE_BOOL_VALUE;
		e->bool_value = v->b;
	} else if (v && v->kind == VAL_INT) {
		e->value_case = P4__CONFIG__V1__EXPRESSION__VALUE_INT64_VALUE;
		e->int64_value = mpz_get_si(v->i);
	} else {
		e->value_case = P4__CONFIG__V1__EXPRESSION__VALUE_STRING_VALUE;
		e->string_value = v && v->kind == VAL_STRING ? (char *)v->s
				  : n->name                  ? (char *)n->name
							     : "";
	}
	return e;
}

/* @name[expressions] and @name[key = value, ...] */
static void structured(struct info *i, const struct node *n,
		       P4__Config__V1__StructuredAnnotation ***list, size_t *count)
{
	for (int k = 0; n && k < n->annos.n; k++) {
		struct node *a = n->annos.v[k];
		P4__Config__V1__StructuredAnnotation *s;

		if (!a->flag || reserved_anno(a->name))
			continue;
		s = NEW(i, P4__Config__V1__StructuredAnnotation,
			p4__config__v1__structured_annotation__init);
		s->name = (char *)a->name;
		if (a->list.n && a->list.v[0]->kind == N_ARG) {
			s->body_case = P4__CONFIG__V1__STRUCTURED_ANNOTATION__BODY_KV_PAIR_LIST;
			s->kv_pair_list = NEW(i, P4__Config__V1__KeyValuePairList,
					      p4__config__v1__key_value_pair_list__init);
		} else {
			s->body_case = P4__CONFIG__V1__STRUCTURED_ANNOTATION__BODY_EXPRESSION_LIST;
			s->expression_list = NEW(i, P4__Config__V1__ExpressionList,
						 p4__config__v1__expression_list__init);
		}
		for (int w = 0; w < a->list.n; w++) {
			struct node *e = a->list.v[w];
			P4__Config__V1__KeyValuePair *p;

			if (!s->kv_pair_list) {
				ADD(i, s->expression_list->expressions,
				    s->expression_list->n_expressions, expression(i, e));
			} else if (e->kind == N_ARG) {
				p = NEW(i, P4__Config__V1__KeyValuePair,
					p4__config__v1__key_value_pair__init);
				p->key = (char *)e->name;
				p->value = expression(i, e->a);
				ADD(i, s->kv_pair_list->kv_pairs, s->kv_pair_list->n_kv_pairs, p);
			}
		}
		ADD(i, *list, *count, s);
	}
}

void info_annotations(struct info *i, const struct node *n, char ***list, size_t *count,
		      P4__Config__V1__StructuredAnnotation ***structs, size_t *n_structs)
{
	annotations(i, n, list, count);
	structured(i, n, structs, n_structs);
}

P4__Config__V1__Documentation *info_doc(struct info *i, const struct node *n)
{
	const char *brief = node_anno_string(n, "brief");
	const char *description = node_anno_string(n, "description");
	P4__Config__V1__Documentation *d;

	if (!brief && !description)
		return NULL;
	d = NEW(i, P4__Config__V1__Documentation, p4__config__v1__documentation__init);
	if (brief)
		d->brief = (char *)brief;
	if (description)
		d->description = (char *)description;
	return d;
}
