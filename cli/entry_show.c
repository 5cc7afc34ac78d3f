// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * entry_show.c - table entries as JSON, and that as the line that entry.c reads.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/entry.h"
#include "control/info.h"

static const char *match_text(const offer_field_t *f, const struct pipeline_match *m, char *out,
			      size_t size)
{
	unsigned int width = offer_width(f->bitwidth);
	enum value_match_kind kind = offer_field_kind(f);
	enum value_style style =
		offer_style(f->name, f->bitwidth, f->annotations, f->n_annotations);
	struct value_match v = { .wildcard = !m, .prefix_len = m ? m->prefix_len : 0 };

	if (style == VALUE_NUMBER && kind == VALUE_LPM && (width == 32 || width == 128))
		style = VALUE_ADDRESS;
	if (m) {
		value_from_bytes(m->value.data, m->value.len, width, &v.value);
		value_from_bytes(m->mask.data, m->mask.len, width, &v.mask);
	}
	return value_match_print(&v, width, kind, style, out, size);
}

json_object *entry_match_json(const offer_table_t *t, const struct pipeline_entry *e)
{
	json_object *o = json_object_new_object();
	char text[2 * VALUE_TEXT_MAX + 8];

	/* In the program's order, whatever the order of the answer. */
	for (size_t i = 0; i < t->n_match_fields; i++) {
		const offer_field_t *f = t->match_fields[i];
		const struct pipeline_match *m = NULL;

		for (size_t j = 0; j < e->n_match; j++)
			if (e->match[j].field_id == f->id)
				m = &e->match[j];
		put_string(o, f->name, match_text(f, m, text, sizeof(text)));
	}
	return o;
}

static json_object *args_json(const offer_action_t *a, const struct pipeline_arg *args, size_t n)
{
	json_object *o = json_object_new_object();
	char text[VALUE_TEXT_MAX];

	for (size_t i = 0; a && i < n; i++) {
		const offer_param_t *p = offer_param_by_id(a, args[i].param_id);
		struct value v;

		if (!p)
			continue;
		value_from_bytes(args[i].value.data, args[i].value.len, offer_width(p->bitwidth),
				 &v);
		put_string(o, p->name,
			   value_print(&v, offer_width(p->bitwidth),
				       offer_style(p->name, p->bitwidth, p->annotations,
						   p->n_annotations),
				       text, sizeof(text)));
	}
	return o;
}

static json_object *set_json(const offer_t *info, const struct pipeline_entry *e)
{
	json_object *list = json_object_new_array();

	for (size_t i = 0; i < e->n_set; i++) {
		const struct pipeline_choice *k = &e->set[i];
		const offer_action_t *a = offer_action_by_id(info, k->action_id);
		json_object *o = json_object_new_object();

		put_string(o, "action", a ? a->preamble->name : "?");
		json_object_object_add(o, "args", args_json(a, k->args, k->n_args));
		put_number(o, "weight", (uint64_t)k->weight);
		json_object_array_add(list, o);
	}
	return list;
}

static void put_seconds(json_object *o, const char *name, uint64_t ns)
{
	char text[32];

	snprintf(text, sizeof(text), "%.9g", (double)ns / 1e9);
	json_object_object_add(o, name, json_object_new_double_s((double)ns / 1e9, text));
}

/* Of the table's direct counter, if it has one */
static void put_count(json_object *o, const offer_t *info, const struct pipeline_entry *e)
{
	const P4__Config__V1__DirectCounter *c = info_direct_counter(info, e->table_id);

	if (!e->has_count || !c)
		return;
	if (offer_counts_packets(c->spec))
		put_number(o, "packets", e->count.packets);
	if (offer_counts_bytes(c->spec))
		put_number(o, "bytes", e->count.bytes);
}

void put_rates(json_object *o, const struct pipeline_rates *rates)
{
	if (!rates->set)
		return;
	put_number(o, "rate", rates->cir);
	put_number(o, "burst", rates->cburst);
	put_number(o, "peak", rates->pir);
	put_number(o, "peak_burst", rates->pburst);
}

static void count_print(json_object *entry)
{
	static const char *const names[] = { "packets", "bytes" };
	const char *before = "  #";

	for (int i = 0; i < 2; i++) {
		uint64_t n = json_object_get_uint64(json_object_object_get(entry, names[i]));

		if (n)
			printf("%s %s %llu", before, names[i], (unsigned long long)n);
		before = n ? "" : before;
	}
}

json_object *entry_json(const offer_t *info, const struct pipeline_entry *e)
{
	const offer_table_t *t = info_table(info, e->table_id);
	const offer_action_t *a = offer_action_by_id(info, e->action_id);
	json_object *o = json_object_new_object();

	put_string(o, "table", t ? t->preamble->name : "?");
	put_flag(o, "default", e->is_default);
	put_flag(o, "const", e->is_const || (t && e->is_default && t->const_default_action_id));
	if (t && !e->is_default)
		json_object_object_add(o, "match", entry_match_json(t, e));
	if (e->member_id) {
		put_number(o, "member", e->member_id);
	} else if (e->group_id) {
		put_number(o, "group", e->group_id);
	} else if (e->n_set) {
		json_object_object_add(o, "actions", set_json(info, e));
	} else {
		put_string(o, "action", a ? a->preamble->name : "?");
		json_object_object_add(o, "args", args_json(a, e->args, e->n_args));
	}
	if (t && !e->is_default && info_has_priority(t))
		put_number(o, "priority", e->priority);
	if (e->idle_ns) {
		put_seconds(o, "timeout", e->idle_ns);
		put_seconds(o, "since_hit", e->age_ns);
	}
	put_rates(o, &e->rates);
	put_count(o, info, e);
	return o;
}

struct words {
	char **list;
	size_t n;
	bool failed;
};

__attribute__((format(printf, 2, 3))) static void word_add(struct words *w, const char *fmt, ...)
{
	char **list = reallocarray(w->list, w->n + 1, sizeof(*list));
	va_list ap;

	if (list)
		w->list = list;
	va_start(ap, fmt);
	if (list && vasprintf(&list[w->n], fmt, ap) >= 0)
		w->n++;
	else
		w->failed = true;
	va_end(ap);
}

static void word_option(struct words *w, json_object *o, const char *name)
{
	json_object *value;

	if (!json_object_object_get_ex(o, name, &value))
		return;
	word_add(w, "%s", name);
	word_add(w, "%s", json_object_get_string(value));
}

static void words_assign(struct words *w, json_object *o, const char *name)
{
	json_object *of;

	if (!json_object_object_get_ex(o, name, &of))
		return;
	json_object_object_foreach(of, key, value) {
		/* What matches everything says nothing. */
		if (strcmp(json_object_get_string(value), "*"))
			word_add(w, "%s=%s", key, json_object_get_string(value));
	}
}

static void words_rate(struct words *w, json_object *o)
{
	static const char *const names[] = { "rate", "burst", "peak", "peak_burst" };
	long long v[4];
	json_object *n;

	for (int i = 0; i < 4; i++) {
		if (!json_object_object_get_ex(o, names[i], &n))
			return;
		v[i] = json_object_get_int64(n);
	}
	word_add(w, "rate");
	if (v[2] == v[0] && v[3] == v[1])
		word_add(w, "%lld:%lld", v[0], v[1]);
	else
		word_add(w, "%lld:%lld:%lld:%lld", v[0], v[1], v[2], v[3]);
}

static void words_action(struct words *w, json_object *o)
{
	word_add(w, "%s", json_object_get_string(json_object_object_get(o, "action")));
	words_assign(w, o, "args");
	word_option(w, o, "weight");
}

static void entry_words_free(char **words, size_t n)
{
	for (size_t i = 0; words && i < n; i++)
		free(words[i]);
	free(words);
}

/* The words of an entry, as entry_parse() takes them.  NULL: no memory. */
static char **entry_words(json_object *entry, size_t *n)
{
	struct words w = { NULL, 0, false };
	json_object *set;

	word_add(&w, "%s", json_object_get_string(json_object_object_get(entry, "table")));
	words_assign(&w, entry, "match");
	if (!json_object_object_get_ex(entry, "actions", &set) &&
	    json_object_object_get_ex(entry, "action", NULL))
		words_action(&w, entry);
	word_option(&w, entry, "member");
	word_option(&w, entry, "group");
	for (size_t i = 0; set && i < json_object_array_length(set); i++) {
		if (i)
			word_add(&w, "or");
		words_action(&w, json_object_array_get_idx(set, i));
	}
	word_option(&w, entry, "priority");
	word_option(&w, entry, "timeout");
	words_rate(&w, entry);
	*n = w.n;
	if (!w.failed)
		return w.list;
	entry_words_free(w.list, w.n);
	return NULL;
}

void entry_json_print(json_object *entry)
{
	size_t n;
	char **words = entry_words(entry, &n);

	/* What cannot be loaded is printed as a comment. */
	if (json_object_get_boolean(json_object_object_get(entry, "const")))
		printf("# const: ");
	if (json_object_get_boolean(json_object_object_get(entry, "default")))
		printf("default ");
	for (size_t i = 0; words && i < n; i++)
		printf("%s%s", i ? " " : "", words[i]);
	count_print(entry);
	putchar('\n');
	entry_words_free(words, n);
}
