/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_show.c - entries as control reads them. */
#include "runtime/pipeline_entry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Without leading zeros, but at least one byte (P4Runtime, 8.3). */
static struct pipeline_bytes canonical(const uint8_t *d, size_t n)
{
	while (n > 1 && !*d) {
		d++;
		n--;
	}
	return (struct pipeline_bytes){ d, n };
}

static void args_show(const struct tp4_action_desc *a, const uint8_t *data,
		      struct pipeline_arg *args, size_t *n_args, uint8_t (*store)[256])
{
	for (uint32_t i = 0; i < a->n_params && i < 64; i++) {
		uint8_t *bytes = store[i];
		uint32_t n = (a->params[i].width + 7) / 8;

		if (n > sizeof(store[i]))
			n = sizeof(store[i]);
		for (uint32_t b = 0; b < n; b++)
			bytes[n - 1 - b] = data[a->params[i].offset + b];
		if (a->params[i].width % 8 && n)
			bytes[0] &= (uint8_t)((1U << a->params[i].width % 8) - 1);
		args[i] = (struct pipeline_arg){ a->params[i].id, canonical(bytes, n) };
		*n_args = i + 1;
	}
}

/* Where the actions of a set are shown: all in one piece, to be freed. */
struct set_shown {
	struct pipeline_arg args[64];
	uint8_t bytes[64][256];
};

static void set_show(struct pipeline *p, const struct tp4_table_desc *d, const struct tp4_entry *en,
		     struct pipeline_entry *e, struct pipeline_shown *shown)
{
	const struct tp4_profile *f = p->ctx.profiles[d->profile];
	uint32_t n = profile_set_size(f, en->member);
	struct set_shown *s = calloc(n, sizeof(*s));

	shown->choices = calloc(n, sizeof(*shown->choices));
	shown->set = s;
	for (uint32_t i = 0; s && shown->choices && i < n; i++) {
		int32_t weight;
		const struct tp4_entry *of = profile_set_at(f, en->member, i, &weight);
		const struct tp4_action_desc *a =
			&p->program->actions[d->actions[of->action].action];
		struct pipeline_choice *k = &shown->choices[i];

		*k = (struct pipeline_choice){ .action_id = a->id,
					       .args = s[i].args,
					       .weight = weight };
		args_show(a, of->data, s[i].args, &k->n_args, s[i].bytes);
		e->n_set = i + 1;
	}
	e->set = shown->choices;
}

void pipeline_args_show(struct pipeline *p, const struct tp4_table_desc *d,
			const struct tp4_entry *en, struct pipeline_entry *e,
			struct pipeline_shown *shown)
{
	const struct tp4_action_desc *a;

	shown->choices = NULL;
	shown->set = NULL;
	if (d->profile >= 0 && en->member) {
		if (profile_set_size(p->ctx.profiles[d->profile], en->member))
			set_show(p, d, en, e, shown);
		else
			profile_referred(p->ctx.profiles[d->profile], en->member, &e->member_id,
					 &e->group_id);
		return;
	}
	if (en->action >= d->n_actions)
		return;
	a = &p->program->actions[d->actions[en->action].action];
	e->action_id = a->id;
	args_show(a, en->data, shown->args, &e->n_args, shown->bytes);
	e->args = shown->args;
}

void pipeline_note_show(const struct note *note, struct pipeline_entry *e)
{
	if (!note)
		return;
	e->cookie = note->cookie;
	e->metadata = (struct pipeline_bytes){ note->bytes, note->len };
}

void pipeline_shown_free(struct pipeline_shown *shown)
{
	free(shown->choices);
	free(shown->set);
}

static bool all_zero(const uint8_t *m, uint32_t n)
{
	while (n--)
		if (*m++)
			return false;
	return true;
}

/* From the least to the largest: anything. */
static bool whole_range(const uint8_t *low, const uint8_t *high, uint32_t width)
{
	uint8_t most[TP4_KEY_MAX];
	uint32_t n = (width + 7) / 8;

	pipeline_mask_all(most, width);
	return all_zero(low, n) && !memcmp(high, most, n);
}

int pipeline_record_show(struct pipeline *p, struct tp4_table *t, struct record *r,
			 int (*visit)(void *arg, const struct pipeline_entry *e), void *arg)
{
	const struct tp4_table_desc *d = table_desc(t);
	const struct tp4_timer *timer = table_timer(t, &r->entry);
	struct pipeline_match match[64];
	struct pipeline_shown shown;
	struct pipeline_entry e = { .table_id = d->id, .match = match, .is_const = r->is_const };
	int ret;

	for (uint32_t i = 0, at = 0; i < d->n_keys && i < 64; i++) {
		uint32_t n = (d->keys[i].width + 7) / 8;
		const uint8_t *val = r->value + at, *mask = r->mask + at;
		enum tp4_match kind = d->keys[i].match;

		at += n;
		if (kind == TP4_TERNARY || kind == TP4_RANGE || kind == TP4_OPTIONAL)
			e.priority = r->priority;
		if ((kind == TP4_TERNARY || kind == TP4_OPTIONAL) && all_zero(mask, n))
			continue;
		if (kind == TP4_LPM && !r->prefix[i])
			continue;
		if (kind == TP4_RANGE && whole_range(val, mask, d->keys[i].width))
			continue;
		match[e.n_match++] = (struct pipeline_match){
			.field_id = d->keys[i].id,
			.value = canonical(val, n),
			.mask = canonical(mask, n),
			.prefix_len = r->prefix[i],
		};
	}
	pipeline_args_show(p, d, &r->entry, &e, &shown);
	pipeline_direct_show(d, &r->entry, &e);
	pipeline_note_show(r->note, &e);
	if (timer) {
		uint64_t now = pipeline_now(p);

		e.idle_ns = timer->idle;
		e.has_age = true;
		e.age_ns = now > timer->since ? now - timer->since : 0;
	}
	ret = visit(arg, &e);
	pipeline_shown_free(&shown);
	return ret;
}
