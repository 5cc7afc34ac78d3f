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

/*
 * A type that is translated to a string has no width in the p4info.  What is
 * written is the program's own number, and the P4 VM knows how wide that may be.
 */
static unsigned int width_of(int32_t bitwidth)
{
	return bitwidth ? (unsigned int)bitwidth : 128;
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
	char name[256];

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
	wrong = value_match_parse(text, width_of(f->bitwidth), offer_field_kind(f), &v);
	if (wrong)
		return fail(why, "key '%s' is not '%s': %s; it is bit<%d>, match kind %s", f->name,
			    text, wrong, f->bitwidth, offer_field_kind_name(f));
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

static bool arg_parse(const offer_action_t *a, const char *word, struct entry *out,
		      struct offer_error *why)
{
	const offer_param_t *p;
	struct value *store;
	const char *text, *wrong;
	char name[256];

	if (!assignment(word, name, sizeof(name), &text))
		return fail(why, "'%s' is no argument; write ARG=VALUE or priority N", word);
	p = offer_param(a, name, why);
	if (!p)
		return false;
	for (size_t i = 0; i < out->e.n_args; i++)
		if (out->args[i].param_id == p->id)
			return fail(why, "argument '%s' is given twice; give it once", p->name);
	store = &out->values[2 * out->e.n_match + out->e.n_args];
	wrong = value_parse(text, width_of(p->bitwidth), store);
	if (wrong)
		return fail(why, "argument '%s' is not '%s': %s; it is bit<%d>", p->name, text, wrong,
			    p->bitwidth);
	out->args[out->e.n_args].param_id = p->id;
	out->args[out->e.n_args++].value = (struct pipeline_bytes){ store->bytes, store->len };
	return true;
}

static bool priority_parse(const offer_table_t *t, const char *text, struct entry *out,
			   struct offer_error *why)
{
	uint64_t v;

	if (!text || !number_parse(text, INT32_MAX, &v) || !v)
		return fail(why, "priority '%s' is not a number from 1 to %d; higher wins",
			    text ? text : "", INT32_MAX);
	if (!offer_table_has_priority(t))
		return fail(why, "table %s has no priorities; leave 'priority' out",
			    t->preamble->name);
	out->e.priority = v;
	return true;
}

static bool action_parse(const offer_t *info, const offer_table_t *t, const char *const *words,
			 size_t n, struct entry *out, struct offer_error *why)
{
	const offer_action_t *a = offer_action(info, t, words[0], why);

	if (!a)
		return false;
	out->e.action_id = a->preamble->id;
	for (size_t i = 1; i < n; i++)
		if (!arg_parse(a, words[i], out, why))
			return false;
	for (size_t i = 0; i < a->n_params; i++) {
		bool there = false;

		for (size_t j = 0; j < out->e.n_args; j++)
			there |= out->args[j].param_id == a->params[i]->id;
		if (!there)
			return fail(why, "argument '%s' of %s is missing; write %s=VALUE",
				    a->params[i]->name, a->preamble->name, a->params[i]->name);
	}
	return true;
}

static bool words_parse(const offer_t *info, enum entry_form form, const offer_table_t *t,
			const char *const *words, size_t n, struct entry *out, bool *seen,
			struct offer_error *why)
{
	bool priority = false;
	size_t i = 0;

	if (n >= 2 && !strcmp(words[n - 2], "priority")) {
		if (!priority_parse(t, words[n - 1], out, why))
			return false;
		priority = true;
		n -= 2;
	} else if (n && !strcmp(words[n - 1], "priority")) {
		return priority_parse(t, NULL, out, why);
	}
	while (form != ENTRY_DEFAULT && i < n && strchr(words[i], '='))
		if (!key_parse(t, words[i++], out, seen, why))
			return false;
	if (form != ENTRY_DEFAULT && !keys_complete(t, seen, why))
		return false;
	if (form != ENTRY_DEFAULT && !priority && offer_table_has_priority(t))
		return fail(why, "the entry has no priority; end it with 'priority N', higher wins");
	if (form == ENTRY_DEFAULT && priority)
		return fail(why, "a default action has no priority; leave it out");
	if (form == ENTRY_KEYS)
		return true;
	if (i == n)
		return fail(why, "the action is missing; write its name %s",
			    form == ENTRY_DEFAULT ? "behind the table" : "behind the keys");
	return action_parse(info, t, words + i, n - i, out, why);
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
	out->values = calloc(2 * t->n_match_fields + n, sizeof(*out->values));
	if (!seen || !out->match || !out->args || !out->values) {
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
	size_t size = strlen(word) + 1 + (set->n_match_fields ? strlen(set->match_fields[0]->name) : 0);
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
	free(e->values);
	memset(e, 0, sizeof(*e));
}

/*
 * Printing
 */

static const char *match_text(const offer_field_t *f, const struct pipeline_match *m, char *out,
			      size_t size)
{
	unsigned int width = width_of(f->bitwidth);
	enum value_match_kind kind = offer_field_kind(f);
	enum value_style style = offer_style(f->name, f->bitwidth, f->annotations, f->n_annotations);
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

static json_object *args_json(const offer_action_t *a, const struct pipeline_entry *e)
{
	json_object *o = json_object_new_object();
	char text[VALUE_TEXT_MAX];

	for (size_t i = 0; i < e->n_args; i++) {
		const offer_param_t *p = offer_param_by_id(a, e->args[i].param_id);
		struct value v;

		if (!p)
			continue;
		value_from_bytes(e->args[i].value.data, e->args[i].value.len,
				 width_of(p->bitwidth), &v);
		put_string(o, p->name,
			   value_print(&v, width_of(p->bitwidth),
				       offer_style(p->name, p->bitwidth, p->annotations,
						  p->n_annotations), text, sizeof(text)));
	}
	return o;
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
	put_string(o, "action", a ? a->preamble->name : "?");
	json_object_object_add(o, "args", a ? args_json(a, e) : json_object_new_object());
	if (t && !e->is_default && offer_table_has_priority(t))
		put_number(o, "priority", e->priority);
	return o;
}

static void print_assignments(json_object *o)
{
	json_object_object_foreach(o, name, value) {
		/* What matches everything says nothing. */
		if (strcmp(json_object_get_string(value), "*"))
			printf(" %s=%s", name, json_object_get_string(value));
	}
}

void entry_json_print(json_object *entry)
{
	json_object *o;

	/* What cannot be loaded is printed as a comment. */
	if (json_object_get_boolean(json_object_object_get(entry, "const")))
		printf("# const: ");
	if (json_object_get_boolean(json_object_object_get(entry, "default")))
		printf("default ");
	printf("%s", json_object_get_string(json_object_object_get(entry, "table")));
	if (json_object_object_get_ex(entry, "match", &o))
		print_assignments(o);
	printf(" %s", json_object_get_string(json_object_object_get(entry, "action")));
	if (json_object_object_get_ex(entry, "args", &o))
		print_assignments(o);
	if (json_object_object_get_ex(entry, "priority", &o))
		printf(" priority %s", json_object_get_string(o));
	putchar('\n');
}
