// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * entry.c - reads table entries.
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
		return fail(
			why,
			"'%s' is no argument; write ARG=VALUE, priority N, timeout SECONDS or rate R:B",
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

static bool timeout_parse(const offer_table_t *t, const char *text, struct entry *out,
			  struct offer_error *why)
{
	char *end = NULL;
	double v = text ? strtod(text, &end) : 0;

	if (!text || end == text || *end || !(v > 0 && v <= TIMEOUT_MAX))
		return fail(why, "timeout '%s' is no time; write seconds, as in 30 or 0.5",
			    text ? text : "");
	out->e.idle_ns = (uint64_t)(v * 1e9 + 0.5);
	return true;
}

static bool rate_parse(const offer_table_t *t, const char *text, struct entry *out,
		       struct offer_error *why)
{
	const char *at = text;
	uint64_t v[4];
	int n = 0;

	while (at && n < 4) {
		size_t len = strcspn(at, ":");
		char number[32];

		snprintf(number, sizeof(number), "%.*s", (int)len, at);
		if (len >= sizeof(number) || !number_parse(number, INT64_MAX, &v[n]))
			break;
		n++;
		at = at[len] ? at + len + 1 : NULL;
	}
	if (at || (n != 2 && n != 4) || (n == 4 && v[2] < v[0]))
		return fail(why,
			    "rate '%s' is no RATE:BURST or RATE:BURST:PEAK:PEAK-BURST; write "
			    "numbers, PEAK not below RATE",
			    text ? text : "");
	out->e.has_rates = true;
	out->e.rates = (struct pipeline_rates){ true, v[0], v[1], v[n - 2], v[n - 1] };
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

/* In place of an action; false: it is none. */
static bool reference_parse(const char *const *words, struct entry *out)
{
	bool group = !strcmp(words[0], "group");
	uint64_t id;

	if ((!group && strcmp(words[0], "member")) || !number_parse(words[1], UINT32_MAX, &id) ||
	    !id)
		return false;
	*(group ? &out->e.group_id : &out->e.member_id) = (uint32_t)id;
	return true;
}

static bool words_parse(const offer_t *info, enum entry_form form, const offer_table_t *t,
			const char *const *words, size_t n, struct entry *out, bool *seen,
			struct offer_error *why)
{
	enum { PRIORITY, TIMEOUT, RATE, ENDINGS };
	static const struct {
		const char *name;
		bool (*parse)(const offer_table_t *t, const char *text, struct entry *out,
			      struct offer_error *why);
	} endings[] = {
		[PRIORITY] = { "priority", priority_parse },
		[TIMEOUT] = { "timeout", timeout_parse },
		[RATE] = { "rate", rate_parse },
	};
	bool given[ENDINGS] = { false }, several = false;
	size_t i = 0;
	int k;

	for (;;) {
		const char *name = n > 1 ? words[n - 2] : "", *last = n ? words[n - 1] : "";

		for (k = 0; k < ENDINGS; k++)
			if (!strcmp(name, endings[k].name) || !strcmp(last, endings[k].name))
				break;
		if (k == ENDINGS)
			break;
		if (given[k])
			return fail(why, "%s is given twice; give it once", endings[k].name);
		given[k] = true;
		if (!endings[k].parse(t, strcmp(name, endings[k].name) ? NULL : last, out, why))
			return false;
		n -= 2;
	}
	while (form != ENTRY_DEFAULT && i < n && strchr(words[i], '='))
		if (!key_parse(t, words[i++], out, seen, why))
			return false;
	if (form != ENTRY_DEFAULT && !keys_complete(t, seen, why))
		return false;
	if (form != ENTRY_DEFAULT && !given[PRIORITY] && info_has_priority(t))
		return fail(why,
			    "the entry has no priority; end it with 'priority N', higher wins");
	if (form == ENTRY_DEFAULT && (given[PRIORITY] || given[TIMEOUT]))
		return fail(why, "a default action has no %s; leave it out",
			    given[PRIORITY] ? "priority" : "timeout");
	if (form == ENTRY_KEYS)
		return true;
	if (i == n)
		return fail(why, "the action is missing; write its name %s",
			    form == ENTRY_DEFAULT ? "behind the table" : "behind the keys");
	if (n - i == 2 && reference_parse(words + i, out))
		return true;
	for (size_t k = i; k < n; k++)
		several |= !strcmp(words[k], "or") || !strcmp(words[k], "weight");
	if (form == ENTRY_DEFAULT && several)
		return fail(why, "a default action is a single one; leave out 'or' and 'weight'");
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
