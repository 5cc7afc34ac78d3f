/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * timer.c - entries that run out: control is told, or the entry goes (pna), and
 * what else pna's programs do with the entry at hand.
 *
 * Nothing ticks.  An expired entry is not shown, and goes when it is found, and
 * when a table is full; packets that find it full look for others no more than
 * once a second, for that takes as long as the table is large.
 */
#include "runtime/pipeline_entry.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "control/clock.h"

/* Of the expire time profiles, in seconds: those of DPDK's learner tables, the others never end. */
static const uint32_t profile_seconds[] = { 10, 30, 60, 120, 300, 43200, 120, 120 };

#define SECOND_NS 1000000000ULL

static uint64_t profile_ns(uint32_t profile)
{
	return profile < sizeof(profile_seconds) / sizeof(*profile_seconds)
		       ? profile_seconds[profile] * SECOND_NS
		       : 0;
}

uint64_t pipeline_now(const struct pipeline *p)
{
	return p->clock ? *p->clock : now_ns();
}

static bool ran_out(const struct tp4_timer *t, uint64_t now)
{
	return t->idle && now >= t->since && now - t->since >= t->idle;
}

int pipeline_record_delete(struct pipeline *p, struct tp4_table *t, struct record *r)
{
	const struct tp4_table_desc *d = table_desc(t);
	uint32_t member = r->entry.member;
	struct meter_cell *meter = r->entry.meter;
	struct note *note = r->note;
	int ret = table_delete(t, r);

	if (ret)
		return ret;
	free(meter);
	free(note);
	if (d->profile >= 0)
		profile_release(p->ctx.profiles[d->profile], member);
	return 0;
}

bool pipeline_record_expired(const struct tp4_table *t, struct record *r, uint64_t now)
{
	return table_desc(t)->timeout == TP4_EXPIRE && !r->is_const &&
	       ran_out(table_timer(t, &r->entry), now);
}

bool pipeline_record_expire(struct pipeline *p, struct tp4_table *t, struct record *r)
{
	return pipeline_record_expired(t, r, pipeline_now(p)) && !pipeline_record_delete(p, t, r);
}

bool tp4_timer_expired(struct tp4_ctx *c, uint32_t table, struct tp4_entry *e)
{
	struct tp4_table *t = c->tables[table];
	struct tp4_timer *timer = table_timer(t, e);

	c->timer = NULL;
	if (table_desc(t)->timeout == TP4_EXPIRE && ran_out(timer, c->p.timestamp))
		return !pipeline_record_delete(
			c->host, t, (struct record *)((char *)e - offsetof(struct record, entry)));
	if (table_desc(t)->match_restarts)
		timer->since = c->p.timestamp;
	c->timer = timer;
	return false;
}

void tp4_timer_restart(struct tp4_ctx *c)
{
	if (c->timer)
		c->timer->since = c->p.timestamp;
}

void tp4_timer_set(struct tp4_ctx *c, uint32_t profile)
{
	if (c->timer)
		c->timer->idle = profile_ns(profile);
	tp4_timer_restart(c);
}

/* Those that have expired, linked by what only control's notices need: a table must not
 * change while it is visited. */
struct search {
	struct tp4_table *table;
	uint64_t now;
	struct record *found;
};

static int find_expired(void *arg, struct record *r)
{
	struct search *s = arg;

	if (pipeline_record_expired(s->table, r, s->now)) {
		table_timer(s->table, &r->entry)->told = (uintptr_t)s->found;
		s->found = r;
	}
	return 0;
}

bool pipeline_expire(struct pipeline *p, struct tp4_table *t)
{
	struct search s = { t, pipeline_now(p), NULL };
	struct record *r;
	bool any = false;

	if (table_desc(t)->timeout != TP4_EXPIRE)
		return false;
	table_visit(t, NULL, find_expired, &s);
	while ((r = s.found)) {
		s.found = (struct record *)(uintptr_t)table_timer(t, &r->entry)->told;
		any |= !pipeline_record_delete(p, t, r);
	}
	return any;
}

struct idle_visit {
	struct pipeline *p;
	uint32_t looks;
	struct tp4_table *table;
	uint64_t now;
	int (*visit)(void *arg, const struct pipeline_entry *e);
	void *arg;
};

static int show_idle(void *arg, struct record *r)
{
	struct idle_visit *v = arg;
	struct tp4_timer *t = table_timer(v->table, &r->entry);
	int ret;

	if (!v->looks--)
		return 1;
	/* Again after each such time, as long as nothing matches the entry. */
	if (!ran_out(t, v->now) || (t->told >= t->since && v->now - t->told < t->idle))
		return 0;
	ret = pipeline_record_show(v->p, v->table, r, v->visit, v->arg);
	if (!ret)
		t->told = v->now;
	return ret;
}

int pipeline_idle_visit(struct pipeline *p, struct place *at,
			int (*visit)(void *arg, const struct pipeline_entry *e), void *arg)
{
	struct idle_visit v = { p, PIPELINE_LOOKS, NULL, pipeline_now(p), visit, arg };
	int ret = 0;

	for (; at->table < p->program->n_tables; *at = (struct place){ .table = at->table + 1 }) {
		v.table = p->ctx.tables[at->table];
		if (table_desc(v.table)->timeout == TP4_NOTIFY)
			ret = table_visit(v.table, at, show_idle, &v);
		if (ret)
			break;
	}
	return ret;
}

static bool may_look(struct tp4_table *t, uint64_t now)
{
	uint64_t *looked = table_looked(t);
	bool may = now - *looked >= SECOND_NS;

	if (may)
		*looked = now;
	return may;
}

/* pna's add_entry(): an entry of exact fields, from the data plane */
bool tp4_add_entry(struct tp4_ctx *c, uint32_t action, const void *data, uint32_t profile)
{
	struct tp4_table *t = c->miss_key ? c->tables[c->miss_table] : NULL;
	const struct tp4_table_desc *d = t ? table_desc(t) : NULL;
	uint8_t mask[TP4_KEY_MAX];
	struct record *r = NULL;
	uint32_t at = 0, i = 0;
	int ret;

	if (!t)
		return false;
	for (uint32_t k = 0; k < d->n_keys; k++) {
		if (d->keys[k].match != TP4_EXACT)
			return false;
		pipeline_mask_all(mask + at, d->keys[k].width);
		at += (d->keys[k].width + 7) / 8;
	}
	while (i < d->n_actions && d->actions[i].action != action)
		i++;
	if (i == d->n_actions)
		return false;
	ret = table_insert(t, c->miss_key, mask, NULL, 0, i, data, 0, false, &r);
	if (ret == -ENOSPC && may_look(t, c->p.timestamp) && pipeline_expire(c->host, t))
		ret = table_insert(t, c->miss_key, mask, NULL, 0, i, data, 0, false, &r);
	if (ret)
		return false;
	if (d->timeout)
		*table_timer(t, &r->entry) =
			(struct tp4_timer){ .idle = profile_ns(profile), .since = c->p.timestamp };
	return true;
}
