// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * entry.c - reads and prints table entries.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/entry.h"
#include "control/info.h"

static bool fail(struct offer_error *why, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static bool fail(struct offer_error *why, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, ap);
	va_end(ap);
	return false;
}

/* "NAME=VALUE" -> name, value; false: there is no '=' */
static bool assignment(const char *word, char *name, size_t size, const char **value)
{
	const char *at = strchr(word, '=');
	size_t len = at ? (size_t)(at - word) : 0;

	if (!at || len >= size)
		return false;
	memcpy(name, word, len);
	name[len] = 0;
	*value = at + 1;
	return true;
}

static bool key_parse(const offer_table_t *t, const char *word, struct entry *out, bool *seen,
		      struct offer_error *why)
{
	const offer_field_t *f;
	struct pipeline_match *m;
	struct value_match v;
	struct value *store;
	const char *text, *wrong;
	size_t index;
	char name[256], type[16];

	if (!assignment(word, name, sizeof(name), &text))
		return fail(why, "'%s' is no key; write KEY=VALUE", word);
	f = offer_field(t, name, why);
	if (!f)
		return false;
	for (index = 0; t->match_fields[index] != f;)
		index++;
	if (seen[index])
		return fail(why, "key '%s' is given twice; give it once", f->name);
	seen[index] = true;
	wrong = value_match_parse(text, offer_width(f->bitwidth), offer_field_kind(f), &v);
	if (wrong)
		return fail(why, "'%s' is no value of %s: %s; its type is %s, match kind %s", text,
			    *f->name ? f->name : t->preamble->name, wrong,
			    offer_bits(f->bitwidth, type), offer_field_kind_name(f));
	if (v.wildcard)
		return true; /* left out, as P4Runtime wants it */
	m = &out->match[out->e.n_match];
	store = &out->values[2 * out->e.n_match];
	out->e.n_match++;
	store[0] = v.value;
	store[1] = v.mask;
	m->field_id = f->id;
	m->value = (struct pipeline_bytes){ store[0].bytes, store[0].len };
	if (offer_field_kind(f) == VALUE_TERNARY || offer_field_kind(f) == VALUE_RANGE)
		m->mask = (struct pipeline_bytes){ store[1].bytes, store[1].len };
	m->prefix_len = v.prefix_len;
	return true;
}

static bool keys_complete(const offer_table_t *t, const bool *seen, struct offer_error *why)
{
	for (size_t i = 0; i < t->n_match_fields; i++)
		if (!seen[i] && offer_field_kind(t->match_fields[i]) == VALUE_EXACT)
			return fail(why, "key '%s' is missing; every exact key has a value",
				    t->match_fields[i]->name);
	return true;
}

/* Of one of an action's arguments; those before `first` are of other actions. */
static bool arg_parse(const offer_action_t *a, const char *word, struct entry *out, size_t first,
		      struct offer_error *why)
{
	const offer_param_t *p;
	struct value *store;
	const char *text, *wrong;
	char name[256], type[16];

	if (!assignment(word, name, sizeof(name), &text))
		return fail(why,
			    "'%s' is no argument; write ARG=VALUE, priority N or timeout SECONDS",
			    word);
	p = offer_param(a, name, why);
	if (!p)
		return false;
	for (size_t i = first; i < out->e.n_args; i++)
		if (out->args[i].param_id == p->id)
			return fail(why, "argument '%s' is given twice; give it once", p->name);
	store = &out->values[2 * out->e.n_match + out->e.n_args];
	wrong = value_parse(text, offer_width(p->bitwidth), store);
	if (wrong)
		return fail(why, "argument '%s' is not '%s': %s; its type is %s", p->name, text,
			    wrong, offer_bits(p->bitwidth, type));
	out->args[out->e.n_args].param_id = p->id;
	out->args[out->e.n_args++].value = (struct pipeline_bytes){ store->bytes, store->len };
	return true;
}

static bool priority_parse(const offer_table_t *t, const char *text, struct entry *out,
			   struct offer_error *why)
{
	uint64_t v;

	if (!text)
		return fail(why, "priority has no number; end the entry with 'priority N'");
	if (!number_parse(text, INT32_MAX, &v) || !v)
		return fail(why, "priority '%s' is not a number from 1 to %d; higher wins", text,
			    INT32_MAX);
	if (!info_has_priority(t))
		return fail(why, "table %s has no priorities; leave 'priority' out",
			    t->preamble->name);
	out->e.priority = v;
	return true;
}

#define TIMEOUT_MAX 1e9 /* seconds: more does not count in P4Runtime's nanoseconds */

static bool timeout_parse(const char *text, struct entry *out, struct offer_error *why)
{
	char *end = NULL;
	double v = text ? strtod(text, &end) : 0;

	if (!text || end == text || *end || !(v > 0 && v <= TIMEOUT_MAX))
		return fail(why, "timeout '%s' is no time; write seconds, as in 30 or 0.5",
			    text ? text : "");
	out->e.idle_ns = (uint64_t)(v * 1e9 + 0.5);
	return true;
}

static bool action_parse(const offer_t *info, const offer_table_t *t, const char *const *words,
			 size_t n, struct entry *out, struct offer_error *why)
{
	const offer_action_t *a = offer_action(info, t, words[0], why);
	size_t first = out->e.n_args;

	if (!a)
		return false;
	out->e.action_id = a->preamble->id;
	for (size_t i = 1; i < n; i++)
		if (!arg_parse(a, words[i], out, first, why))
			return false;
	for (size_t i = 0; i < a->n_params; i++) {
		bool there = false;

		for (size_t j = first; j < out->e.n_args; j++)
			there |= out->args[j].param_id == a->params[i]->id;
		if (!there)
			return fail(why, "argument '%s' of %s is missing; write %s=VALUE",
				    a->params[i]->name, a->preamble->name, a->params[i]->name);
	}
	return true;
}

/* ACTION ARG=VALUE... [weight N] or ... */
static bool set_parse(const offer_t *info, const offer_table_t *t, const char *const *words,
		      size_t n, struct entry *out, struct offer_error *why)
{
	while (n) {
		struct pipeline_choice *k = &out->set[out->e.n_set];
		size_t len = 0, first = out->e.n_args, used;
		uint64_t weight = 1;

		while (len < n && strcmp(words[len], "or"))
			len++;
		used = len;
		if (len > 1 && !strcmp(words[len - 2], "weight")) {
			if (!number_parse(words[len - 1], 65536, &weight) || !weight)
				return fail(why,
					    "weight '%s' is not a number from 1 to 65536; a larger "
					    "one is chosen more often",
					    words[len - 1]);
			used -= 2;
		}
		if (!used || len + 1 == n)
			return fail(why, "an action is missing beside 'or'; write its name");
		if (!action_parse(info, t, words, used, out, why))
			return false;
		*k = (struct pipeline_choice){ out->e.action_id, out->args + first,
					       out->e.n_args - first, (int32_t)weight };
		out->e.n_set++;
		words += len + (len < n);
		n -= len + (len < n);
	}
	out->e.action_id = 0;
	out->e.n_args = 0;
	out->e.set = out->set;
	return true;
}

static bool words_parse(const offer_t *info, enum entry_form form, const offer_table_t *t,
			const char *const *words, size_t n, struct entry *out, bool *seen,
			struct offer_error *why)
{
	bool priority = false, several = false;
	size_t i = 0;

	for (bool more = true; more;) {
		const char *name = n > 1 ? words[n - 2] : "", *last = n ? words[n - 1] : "";

		if (!strcmp(name, "priority") || !strcmp(last, "priority")) {
			if (priority)
				return fail(why, "priority is given twice; give it once");
			if (!priority_parse(t, strcmp(name, "priority") ? NULL : last, out, why))
				return false;
			priority = true;
		} else if (!strcmp(name, "timeout") || !strcmp(last, "timeout")) {
			if (!timeout_parse(strcmp(name, "timeout") ? NULL : last, out, why))
				return false;
		} else {
			more = false;
		}
		n -= more ? 2 : 0;
	}
	while (form != ENTRY_DEFAULT && i < n && strchr(words[i], '='))
		if (!key_parse(t, words[i++], out, seen, why))
			return false;
	if (form != ENTRY_DEFAULT && !keys_complete(t, seen, why))
		return false;
	if (form != ENTRY_DEFAULT && !priority && info_has_priority(t))
		return fail(why,
			    "the entry has no priority; end it with 'priority N', higher wins");
	if (form == ENTRY_DEFAULT && (priority || out->e.idle_ns))
		return fail(why, "a default action has no %s; leave it out",
			    priority ? "priority" : "timeout");
	if (form == ENTRY_KEYS)
		return true;
	if (i == n)
		return fail(why, "the action is missing; write its name %s",
			    form == ENTRY_DEFAULT ? "behind the table" : "behind the keys");
	for (size_t k = i; k < n; k++)
		several |= !strcmp(words[k], "or") || !strcmp(words[k], "weight");
	return (several ? set_parse : action_parse)(info, t, words + i, n - i, out, why);
}

bool entry_parse(const offer_t *info, enum entry_form form, const char *const *words, size_t n,
		 struct entry *out, struct offer_error *why)
{
	const offer_table_t *t;
	bool *seen, ok;

	memset(out, 0, sizeof(*out));
	if (!n)
		return fail(why, "the table is missing; write its name");
	t = offer_table(info, words[0], why);
	if (!t)
		return false;
	seen = calloc(t->n_match_fields + 1, sizeof(*seen));
	out->match = calloc(t->n_match_fields + 1, sizeof(*out->match));
	out->args = calloc(n, sizeof(*out->args));
	out->set = calloc(n, sizeof(*out->set));
	out->values = calloc(2 * t->n_match_fields + n, sizeof(*out->values));
	if (!seen || !out->match || !out->args || !out->set || !out->values) {
		free(seen);
		entry_free(out);
		return fail(why, "out of memory; try again later");
	}
	out->e.table_id = t->preamble->id;
	out->e.match = out->match;
	out->e.args = out->args;
	out->e.is_default = form == ENTRY_DEFAULT;
	ok = words_parse(info, form, t, words + 1, n - 1, out, seen, why);
	free(seen);
	if (!ok)
		entry_free(out);
	return ok;
}

bool entry_member_parse(const offer_table_t *set, const char *word, struct entry *out,
			struct offer_error *why)
{
	bool *seen = calloc(set->n_match_fields + 1, sizeof(*seen)), ok = true;
	size_t size =
		strlen(word) + 1 + (set->n_match_fields ? strlen(set->match_fields[0]->name) : 0);
	char *text = malloc(size + 1), *save = NULL;

	memset(out, 0, sizeof(*out));
	out->match = calloc(set->n_match_fields + 1, sizeof(*out->match));
	out->values = calloc(2 * set->n_match_fields + 1, sizeof(*out->values));
	if (!seen || !text || !out->match || !out->values) {
		ok = fail(why, "out of memory; try again later");
	} else {
		if (set->n_match_fields == 1 && !strchr(word, '='))
			snprintf(text, size + 1, "%s=%s", set->match_fields[0]->name, word);
		else
			snprintf(text, size + 1, "%s", word);
		for (char *w = strtok_r(text, ",", &save); w && ok; w = strtok_r(NULL, ",", &save))
			ok = key_parse(set, w, out, seen, why);
		ok = ok && keys_complete(set, seen, why);
	}
	free(seen);
	free(text);
	out->e.table_id = set->preamble->id;
	out->e.match = out->match;
	if (!ok)
		entry_free(out);
	return ok;
}

void entry_free(struct entry *e)
{
	free(e->match);
	free(e->args);
	free(e->set);
	free(e->values);
	memset(e, 0, sizeof(*e));
}

/*
 * Printing
 */

static const char *match_text(const offer_field_t *f, const struct pipeline_match *m, char *out,
			      size_t size)
{
	unsigned int width = offer_width(f->bitwidth);
	enum value_match_kind kind = offer_field_kind(f);
	enum value_style style =
		offer_style(f->name, f->bitwidth, f->annotations, f->n_annotations);
	struct value_match v = { .wildcard = !m, .prefix_len = m ? m->prefix_len : 0 };

	if (kind == VALUE_LPM && (width == 32 || width == 128))
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

	if (!e->has_count || !c || !c->spec)
		return;
	if (c->spec->unit != P4__CONFIG__V1__COUNTER_SPEC__UNIT__BYTES)
		put_number(o, "packets", e->count.packets);
	if (c->spec->unit != P4__CONFIG__V1__COUNTER_SPEC__UNIT__PACKETS)
		put_number(o, "bytes", e->count.bytes);
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
	const offer_table_t *t = offer_table_by_id(info, e->table_id);
	const offer_action_t *a = offer_action_by_id(info, e->action_id);
	json_object *o = json_object_new_object();

	put_string(o, "table", t ? t->preamble->name : "?");
	put_flag(o, "default", e->is_default);
	put_flag(o, "const", e->is_const || (t && e->is_default && t->const_default_action_id));
	if (t && !e->is_default)
		json_object_object_add(o, "match", entry_match_json(t, e));
	if (e->n_set) {
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
	if (!json_object_object_get_ex(entry, "actions", &set))
		words_action(&w, entry);
	for (size_t i = 0; set && i < json_object_array_length(set); i++) {
		if (i)
			word_add(&w, "or");
		words_action(&w, json_object_array_get_idx(set, i));
	}
	word_option(&w, entry, "priority");
	word_option(&w, entry, "timeout");
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
