/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stf_entry.c - the statements that change tables: add, remove, setdefault. */
#include "runtime/pipeline_entry.h"
#include "runtime/stf_run.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 64

struct text {
	const char *at;
};

static void blanks(struct text *t)
{
	while (isspace((unsigned char)*t->at))
		t->at++;
}

char *stf_word(const char **at, const char *stop)
{
	const char *from;
	char *w;

	while (isspace((unsigned char)**at))
		(*at)++;
	from = *at;
	if (*from == '"') {
		from++;
		*at = from + strcspn(from, "\"");
		w = strndup(from, (size_t)(*at - from));
		*at += **at == '"';
		return w;
	}
	/* A slice's colon is the name's own. */
	for (bool in = false; **at && !isspace((unsigned char)**at) && (in || !strchr(stop, **at));
	     (*at)++)
		in = **at == '[' || (in && **at != ']');
	return strndup(from, (size_t)(*at - from));
}

static char *word(struct text *t, const char *stop)
{
	return stf_word(&t->at, stop);
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

/* 3: the same; 2: ends in .text; 1: ends in text; 0: no */
static int name_fits(const char *full, const char *text)
{
	size_t n = strlen(full), m = strlen(text);

	if (!strcmp(full, text))
		return 3;
	if (n > m && ends_with(full, text) && full[n - m - 1] == '.')
		return 2;
	return ends_with(full, text) ? 1 : 0;
}

/* The best of count names, by get(); -1: none, -2: several */
static int choose(const void *list, uint32_t count, const char *(*get)(const void *, uint32_t),
		  const char *text)
{
	for (int want = 3; want > 0; want--) {
		int found = -1;

		for (uint32_t i = 0; i < count; i++)
			if (name_fits(get(list, i), text) >= want) {
				if (found >= 0)
					return -2;
				found = (int)i;
			}
		if (found >= 0)
			return found;
	}
	return -1;
}

static bool same_flat(const char *full, const char *text)
{
	for (; *full && *text; full++, text++)
		if (*full != *text && !(ispunct((unsigned char)*full) && *text == '_'))
			return false;
	return !*full && !*text;
}

/* Filter programs' tests write pipe_TABLE for pipe.TABLE, and so for actions. */
static int choose_filters(const void *list, uint32_t count,
			  const char *(*get)(const void *, uint32_t), const char *text)
{
	int i = choose(list, count, get, text);

	for (uint32_t k = 0; k < count && i == -1; k++)
		if (same_flat(get(list, k), text))
			i = (int)k;
	for (const char *u = strchr(text, '_'); u && i == -1; u = strchr(u + 1, '_'))
		i = choose(list, count, get, u + 1);
	return i;
}

/* What is called so: nothing (i = -1), or several (-2). */
static void tell_names(struct stf *s, int i, const char *what, const char *text, const void *list,
		       uint32_t count, const char *(*get)(const void *, uint32_t))
{
	char *names;
	size_t size;
	FILE *f = open_memstream(&names, &size);

	if (!f)
		abort();
	for (uint32_t k = 0; k < count && k < 8; k++)
		fprintf(f, "%s%s", k ? ", " : "", get(list, k));
	if (count > 8)
		fprintf(f, ", ...");
	if (fclose(f))
		abort();
	stf_tell(s, STF_UNREADABLE,
		 i == -2 ? "'%s' could be more than one %s; there are: %s"
			 : "'%s' is no %s; there are: %s",
		 text, what, count ? names : "none");
	free(names);
}

static const char *table_name(const void *g, uint32_t i)
{
	return ((const struct tp4_program *)g)->tables[i].name;
}

static struct tp4_table *find_table(struct stf *s, const char *name)
{
	const struct tp4_program *g = s->p->program;
	int i = choose_filters(g, g->n_tables, table_name, name);

	if (i >= 0 && *name)
		return s->p->ctx.tables[i];
	tell_names(s, i, "table", name, g, g->n_tables, table_name);
	return NULL;
}

struct action_list {
	const struct tp4_program *g;
	const struct tp4_table_desc *t;
};

static const char *action_name(const void *l, uint32_t i)
{
	const struct action_list *a = l;

	return a->g->actions[a->t->actions[i].action].name;
}

static int find_action(struct stf *s, const struct tp4_table_desc *t, const char *name)
{
	struct action_list l = { s->p->program, t };
	int i = choose_filters(&l, t->n_actions, action_name, name);

	if (i == -1 && !strcmp(name, "_NoAction"))
		i = choose(&l, t->n_actions, action_name, "NoAction");
	if (i < 0)
		tell_names(s, i, "action of the table", name, &l, t->n_actions, action_name);
	return i;
}

/* extra$0.h -> extra[0].h; hdr_ip_src -> compared with '.' as '_' */
static char *dollar(const char *name)
{
	size_t n = strlen(name);
	char *out = malloc(n * 2 + 2), *o = out;

	if (!out)
		abort();
	for (const char *p = name; *p; p++) {
		if (*p == '$' && isdigit((unsigned char)p[1])) {
			*o++ = '[';
			while (isdigit((unsigned char)p[1]))
				*o++ = *++p;
			*o++ = ']';
		} else {
			*o++ = *p;
		}
	}
	*o = 0;
	return out;
}

static const char *key_name(const void *t, uint32_t i)
{
	return ((const struct tp4_table_desc *)t)->keys[i].name;
}

static const char *key_text(const void *t, uint32_t i)
{
	const char *text = ((const struct tp4_table_desc *)t)->keys[i].text;

	return text ? text : "";
}

/* ebpf's and ubpf's tests fill maps: arguments go by their places, a key's last entry counts. */
static bool writes_maps(const struct stf *s)
{
	return s->p->program->arch == TP4_ARCH_EBPF || s->p->program->arch == TP4_ARCH_UBPF;
}

/* BMv2's tests take the first of several keys that end in .text. */
static int choose_key(const struct tp4_table_desc *t, const char *(*get)(const void *, uint32_t),
		      const char *text)
{
	for (int want = 3; want > 1; want--)
		for (uint32_t i = 0; i < t->n_keys; i++)
			if (name_fits(get(t, i), text) == want)
				return (int)i;
	return choose(t, t->n_keys, get, text);
}

/* What p4c calls keys that are no fields: x_0, of a variable x; key_1, by its place. */
static int find_made_up(const struct tp4_table_desc *t, char *name, size_t place)
{
	char *number = strrchr(name, '_');
	int found;

	if (!number || !number[1] || number[1 + strspn(number + 1, "0123456789")])
		return -1;
	*number = 0;
	found = choose_key(t, key_name, name);
	return found == -1 && place < t->n_keys ? (int)place : found;
}

/* place: how many keys were given before this one */
static int find_key(struct stf *s, const struct tp4_table_desc *t, const char *name, size_t place)
{
	static const char *const tails[] = { "", "$", ".$valid$" };
	char *plain = dollar(name), *with = malloc(strlen(name) * 2 + 16);
	int found = -1;
	size_t len;

	if (!with)
		abort();
	if (!strncmp(name, "key.field", 9) && isdigit((unsigned char)name[9]))
		found = atoi(name + 9) < (int)t->n_keys ? atoi(name + 9) : -1;
	for (size_t k = 0; k < 3 && found < 0; k++) {
		sprintf(with, "%s%s", plain, tails[k]);
		for (uint32_t i = 0; i < t->n_keys && found < 0; i++)
			if (!strcmp(t->keys[i].name, with))
				found = (int)i;
	}
	/* valid, x.valid: [x.]$valid$ */
	len = strlen(plain);
	if (found < 0 && ends_with(plain, "valid") && (len == 5 || plain[len - 6] == '.')) {
		sprintf(with, "%.*s$valid$", (int)len - 5, plain);
		found = choose_key(t, key_name, with);
	}
	for (size_t k = 0; k < 2 && found < 0; k++) {
		sprintf(with, "%s%s", plain, tails[k]);
		found = choose_key(t, key_name, with);
	}
	if (found < 0)
		found = choose_key(t, key_text, plain);
	if (found < 0 && !strncmp(name, "key.", 4)) {
		free(plain);
		plain = dollar(name + 4);
	}
	for (uint32_t i = 0; i < t->n_keys && found < 0; i++)
		if (same_flat(t->keys[i].name, plain))
			found = (int)i;
	for (uint32_t i = 0; i < t->n_keys && found < 0; i++) {
		const char *k = t->keys[i].name;
		size_t n = strlen(k), m = strlen(plain);

		if (n > m && same_flat(k + n - m, plain) && ispunct((unsigned char)k[n - m - 1]))
			found = (int)i;
	}
	if (found < 0 && writes_maps(s))
		found = find_made_up(t, plain, place);
	free(plain);
	free(with);
	if (found < 0)
		tell_names(s, -1, "key of the table", name, t, t->n_keys, key_name);
	return found < 0 ? -1 : found;
}

struct line {
	struct pipeline_match match[FIELDS_MAX];
	struct pipeline_arg args[FIELDS_MAX];
	struct stf_number numbers[FIELDS_MAX], seconds[FIELDS_MAX], values[FIELDS_MAX];
	struct pipeline_entry e;
};

static struct pipeline_bytes bytes_of(uint8_t *v)
{
	size_t i = 0;

	while (i < TP4_FIELD_MAX - 1 && !v[i])
		i++;
	return (struct pipeline_bytes){ v + i, TP4_FIELD_MAX - i };
}

static void all_ones(uint8_t *v, uint32_t width)
{
	memset(v, 0, TP4_FIELD_MAX);
	for (uint32_t b = 0; b < width && b < TP4_FIELD_MAX * 8; b++)
		v[TP4_FIELD_MAX - 1 - b / 8] |= (uint8_t)(1U << b % 8);
}

/* A value may fill its last byte: what the width leaves out is cut off, as BMv2 does. */
static void cut(struct stf_number *n, uint32_t width)
{
	if (width % 8 && width < TP4_FIELD_MAX * 8)
		n->v[TP4_FIELD_MAX - 1 - width / 8] &= (uint8_t)((1U << width % 8) - 1);
}

static bool read_match(struct stf *s, const struct tp4_key_desc *k, const char *text,
		       struct line *l)
{
	struct stf_number *v = &l->numbers[l->e.n_match], *m = &l->seconds[l->e.n_match];
	struct pipeline_match *out = &l->match[l->e.n_match];
	const char *p = text;
	bool range = false, mask = false;
	int prefix = -1;

	if (!strcmp(text, "true") || !strcmp(text, "false"))
		p = text[0] == 't' ? "1" : "0";
	if (!stf_number_read(&p, v)) {
		stf_tell(s, STF_UNREADABLE, "'%s' is no value", text);
		return false;
	}
	if (*p == '/' && isdigit((unsigned char)p[1])) {
		prefix = (int)strtol(p + 1, (char **)&p, 10);
	} else if (!strncmp(p, "&&&", 3)) {
		p += 3;
		mask = stf_number_read(&p, m);
	} else if (p[0] == '.' && p[1] == '.') {
		p += 2;
		range = stf_number_read(&p, m);
	} else if (p[0] == '-' && p[1] == '>') {
		p += 2;
		range = stf_number_read(&p, m);
	}
	if (*p) {
		stf_tell(s, STF_UNREADABLE, "'%s' is no value", text);
		return false;
	}
	cut(v, k->width);
	if (mask)
		cut(m, k->width);
	*out = (struct pipeline_match){ .field_id = k->id, .value = bytes_of(v->v) };
	switch (k->match) {
	case TP4_LPM:
		if (prefix >= 0)
			out->prefix_len = prefix;
		else if (v->written || v->wild) /* as many bits as digits are written */
			out->prefix_len = (int)(v->written < k->width ? v->written : k->width);
		else
			out->prefix_len = (int)k->width;
		break;
	case TP4_TERNARY:
		if (!mask) {
			uint8_t *mask_bytes = m->v, ones[TP4_FIELD_MAX];

			/* The digits written, or for a decimal number all bits. */
			all_ones(ones, k->width);
			for (int i = 0; i < TP4_FIELD_MAX; i++)
				mask_bytes[i] = v->mask[i] & ones[i];
		}
		out->mask = bytes_of(m->v);
		break;
	case TP4_RANGE:
		if (!range)
			memcpy(m->v, v->v, sizeof(m->v));
		out->mask = bytes_of(m->v);
		break;
	default: break;
	}
	l->e.n_match++;
	return true;
}

/* ACTION(PARAM:VALUE, ...) or ACTION(VALUE, ...) */
static bool read_action(struct stf *s, const struct tp4_table_desc *t, struct text *x,
			struct line *l)
{
	const struct tp4_action_desc *a;
	uint32_t n = 0;
	char *name;
	int i;

	blanks(x);
	if (!*x->at) {
		stf_tell(s, STF_UNREADABLE, "expected: ACTION(PARAM:VALUE, ...)");
		return false;
	}
	name = word(x, "(");
	i = find_action(s, t, name);
	free(name);
	if (i < 0)
		return false;
	a = &s->p->program->actions[t->actions[i].action];
	l->e.action_id = a->id;
	blanks(x);
	if (*x->at != '(')
		return true;
	x->at++;
	for (;;) {
		const struct tp4_param_desc *d = NULL;
		char *w;
		const char *v;

		blanks(x);
		if (*x->at == ')') {
			x->at++;
			break;
		}
		if (!*x->at || n >= a->n_params || n >= FIELDS_MAX) {
			stf_tell(s, STF_UNREADABLE,
				 "action '%s' takes %u arguments: ACTION(PARAM:VALUE, ...)",
				 a->name, a->n_params);
			return false;
		}
		w = word(x, ",:)");
		blanks(x);
		if (*x->at == ':') {
			for (uint32_t k = 0; k < a->n_params; k++)
				if (!strcmp(a->params[k].name, w))
					d = &a->params[k];
			if (!d && writes_maps(s))
				d = &a->params[n];
			if (!d) {
				stf_tell(s, STF_UNREADABLE, "action '%s' has no parameter '%s'",
					 a->name, w);
				free(w);
				return false;
			}
			free(w);
			x->at++;
			blanks(x);
			w = word(x, ",)");
		} else {
			d = &a->params[n];
		}
		v = !strcmp(w, "true") ? "1" : !strcmp(w, "false") ? "0" : w;
		if (!stf_number_read(&v, &l->values[n]) || *v) {
			stf_tell(s, STF_UNREADABLE, "'%s' is no number", w);
			free(w);
			return false;
		}
		free(w);
		cut(&l->values[n], d->width);
		l->args[n] = (struct pipeline_arg){ d->id, bytes_of(l->values[n].v) };
		n++;
		blanks(x);
		if (*x->at == ',')
			x->at++;
	}
	l->e.n_args = n;
	return true;
}

/* Told, and what follows from it is seen in the packets: BMv2's tests go on, too. */
static bool refused(struct stf *s, int ret, struct pipeline_error *err)
{
	if (ret)
		stf_tell(s, STF_NOTE, "refused: %s", err->text);
	return true;
}

/* STF gives zero to an exact key that is left out. */
static void fill_exact(const struct tp4_table_desc *t, struct line *l)
{
	static const uint8_t zero;

	for (uint32_t k = 0; k < t->n_keys && l->e.n_match < FIELDS_MAX; k++) {
		bool given = t->keys[k].match != TP4_EXACT;

		for (size_t i = 0; i < l->e.n_match; i++)
			given |= l->match[i].field_id == t->keys[k].id;
		if (!given)
			l->match[l->e.n_match++] =
				(struct pipeline_match){ .field_id = t->keys[k].id,
							 .value = { &zero, 1 } };
	}
}

static bool has_priority(const struct tp4_table_desc *t)
{
	for (uint32_t k = 0; k < t->n_keys; k++)
		if (t->keys[k].match == TP4_TERNARY || t->keys[k].match == TP4_RANGE ||
		    t->keys[k].match == TP4_OPTIONAL)
			return true;
	return false;
}

static struct record *newest;

static int find_newest(void *arg, struct record *r)
{
	(void)arg;
	if (!newest || r->order > newest->order)
		newest = r;
	return 0;
}

static bool entry(struct stf *s, const char *rest, enum pipeline_update op)
{
	struct line *l = calloc(1, sizeof(*l));
	struct pipeline_error err = { { 0 } };
	const struct tp4_table_desc *t;
	struct tp4_table *table;
	struct text x = { rest };
	char *name = word(&x, "");
	bool ok = true;

	if (!l)
		abort();
	table = find_table(s, name);
	free(name);
	if (!table) {
		free(l);
		return false;
	}
	t = table_desc(table);
	l->e = (struct pipeline_entry){ .table_id = t->id, .match = l->match, .args = l->args };
	for (bool first = true;; first = false) {
		struct text back;
		char *w;
		int k;

		blanks(&x);
		back = x;
		w = word(&x, ":(");
		if (first && *w && strspn(w, "0123456789") == strlen(w) && *x.at != ':' &&
		    *x.at != '(') {
			l->e.priority = atoi(w);
			free(w);
			continue;
		}
		blanks(&x);
		if (*x.at != ':') {
			free(w);
			x = back;
			break;
		}
		x.at++;
		k = find_key(s, t, w, l->e.n_match);
		free(w);
		blanks(&x);
		w = word(&x, "");
		ok = k >= 0 && l->e.n_match < FIELDS_MAX && read_match(s, &t->keys[k], w, l);
		free(w);
		if (!ok)
			break;
	}
	fill_exact(t, l);
	if (!has_priority(t))
		l->e.priority = 0;
	if (ok && TP4_IS_SET(t->id)) { /* add SET KEY:VALUE */
		int ret = pipeline_set_add(table, &l->e, &err);

		refused(s, ret == -EEXIST ? 0 : ret, &err); /* twice is once */
		free(l);
		return true;
	}
	if (ok && (op != PIPELINE_DELETE))
		ok = read_action(s, t, &x, l);
	if (ok) {
		int ret = pipeline_entry_update(s->p, op, &l->e, &err);

		if (ret == -EEXIST && writes_maps(s))
			ret = pipeline_entry_update(s->p, PIPELINE_MODIFY, &l->e, &err);
		refused(s, ret, &err);
		blanks(&x);
		if (!ret && *x.at == '=') {
			struct stf_name *n = calloc(1, sizeof(*n));

			if (!n)
				abort();
			x.at++;
			n->name = word(&x, "");
			newest = NULL;
			table_visit(table, NULL, find_newest, NULL);
			n->record = newest;
			n->next = s->names;
			s->names = n;
		}
	}
	free(l);
	return ok;
}

bool stf_add(struct stf *s, const char *rest)
{
	return entry(s, rest, PIPELINE_INSERT);
}

bool stf_remove(struct stf *s, const char *rest)
{
	struct text x = { rest };
	char *w = word(&x, "");
	bool all = !strcmp(w, "all");

	free(w);
	return all ? true : entry(s, rest, PIPELINE_DELETE);
}

bool stf_setdefault(struct stf *s, const char *rest)
{
	struct line *l = calloc(1, sizeof(*l));
	struct pipeline_error err = { { 0 } };
	struct text x = { rest };
	char *name = word(&x, "");
	struct tp4_table *t = find_table(s, name);
	bool ok = t != NULL;

	if (!l)
		abort();
	free(name);
	if (ok) {
		l->e = (struct pipeline_entry){ .table_id = table_desc(t)->id,
						.args = l->args,
						.is_default = true };
		ok = read_action(s, table_desc(t), &x, l);
	}
	if (ok)
		refused(s, pipeline_entry_update(s->p, PIPELINE_MODIFY, &l->e, &err), &err);
	free(l);
	return ok;
}
