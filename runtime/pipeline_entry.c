/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_entry.c - entries of tables and value sets in P4Runtime's terms. */
#include "runtime/pipeline_entry.h"

#include <errno.h>
#include <stdlib.h>

/* A value set is kept as a table; NULL: there is none of this kind. */
static struct tp4_table **find_place(struct pipeline *p, uint32_t id, bool set)
{
	for (uint32_t i = 0; i < p->program->n_tables; i++)
		if (p->program->tables[i].id == id && TP4_IS_SET(id) == set)
			return &p->ctx.tables[i];
	return NULL;
}

static struct tp4_table *find_table(struct pipeline *p, uint32_t id)
{
	struct tp4_table **place = find_place(p, id, false);

	return place ? *place : NULL;
}

bool pipeline_place_bytes(uint8_t *to, uint32_t size, uint32_t width,
			  const struct pipeline_bytes *b)
{
	const uint8_t *d = b->data;
	size_t n = b->len;

	while (n && !*d) {
		d++;
		n--;
	}
	memset(to, 0, size);
	if (n > size)
		return false;
	if (n)
		memcpy(to + size - n, d, n);
	if (n == size && width % 8 && size == (width + 7) / 8 && to[0] >> width % 8)
		return false;
	return true;
}

void pipeline_place_native(uint8_t *to, uint32_t size, const uint8_t *be, uint32_t bytes,
			   uint32_t width, bool is_signed)
{
	bool negative =
		is_signed && width && (be[bytes - 1 - (width - 1) / 8] >> (width - 1) % 8 & 1);

	for (uint32_t i = 0; i < size; i++)
		to[i] = i < bytes ? be[bytes - 1 - i] : negative ? 0xff : 0;
	if (negative && width % 8)
		to[width / 8] |= (uint8_t)(0xff << width % 8);
}

struct key {
	uint8_t value[TP4_KEY_MAX], mask[TP4_KEY_MAX];
	uint16_t prefix[64];
};

void pipeline_mask_all(uint8_t *m, uint32_t width)
{
	memset(m, 0xff, (width + 7) / 8);
	if (width % 8)
		m[0] = (uint8_t)((1U << width % 8) - 1);
}

/* Signed numbers below zero come before the others, though their bytes are the greater. */
static bool range_inverted(const struct tp4_key_desc *k, const uint8_t *low, const uint8_t *high,
			   uint32_t bytes)
{
	uint8_t sign = k->is_signed ? (uint8_t)(1U << (k->width - 1) % 8) : 0;

	if ((low[0] ^ high[0]) & sign)
		return high[0] & sign;
	return memcmp(low, high, bytes) > 0;
}

static int key_field(const struct tp4_key_desc *k, const struct pipeline_match *m, uint32_t i,
		     uint32_t at, struct key *key, struct pipeline_error *err)
{
	uint32_t bytes = (k->width + 7) / 8;
	uint8_t *v = key->value + at, *mask = key->mask + at;

	switch (k->match) {
	case TP4_EXACT:
		if (!m)
			return pipeline_refuse(err, -EINVAL,
					       "field '%s' is exact: it needs a value", k->name);
		pipeline_mask_all(mask, k->width);
		break;
	case TP4_OPTIONAL:
		if (m)
			pipeline_mask_all(mask, k->width);
		break;
	case TP4_LPM:
		if (!m)
			break;
		if (m->prefix_len < 0 || (uint32_t)m->prefix_len > k->width)
			return pipeline_refuse(err, -EINVAL,
					       "field '%s' has %u bits, so no prefix of %d",
					       k->name, k->width, m->prefix_len);
		key->prefix[i] = (uint16_t)m->prefix_len;
		for (uint32_t b = k->width - (uint32_t)m->prefix_len; b < k->width; b++)
			mask[bytes - 1 - b / 8] |= (uint8_t)(1U << b % 8);
		break;
	case TP4_TERNARY:
		if (m && m->mask.data && !pipeline_place_bytes(mask, bytes, k->width, &m->mask))
			return pipeline_refuse(err, -ERANGE,
					       "the mask of field '%s' has more than %u bits",
					       k->name, k->width);
		if (m && !m->mask.data)
			pipeline_mask_all(mask, k->width);
		break;
	case TP4_RANGE:
		pipeline_mask_all(mask, k->width);
		if (m && m->mask.data && !pipeline_place_bytes(mask, bytes, k->width, &m->mask))
			return pipeline_refuse(err, -ERANGE,
					       "the end of field '%s' has more than %u bits",
					       k->name, k->width);
		break;
	case TP4_SELECTOR: break;
	}
	if (!m)
		return 0;
	if (!pipeline_place_bytes(v, bytes, k->width, &m->value))
		return pipeline_refuse(err, -ERANGE,
				       "the value of field '%s' has more than %u bits", k->name,
				       k->width);
	if (k->match == TP4_RANGE) {
		if (range_inverted(k, v, mask, bytes))
			return pipeline_refuse(err, -EINVAL,
					       "the range of field '%s' ends before it begins",
					       k->name);
		return 0;
	}
	for (uint32_t b = 0; b < bytes; b++)
		v[b] &= mask[b];
	return 0;
}

static int key_make(const struct tp4_table_desc *t, const struct pipeline_entry *e, struct key *key,
		    struct pipeline_error *err)
{
	bool priority = false, twice = e->n_match > t->n_keys;

	memset(key, 0, sizeof(*key));
	for (size_t i = 0; i < e->n_match; i++) {
		bool found = false;

		for (uint32_t k = 0; k < t->n_keys; k++)
			found |= t->keys[k].id == e->match[i].field_id;
		for (size_t k = 0; k < i && i < t->n_keys; k++)
			twice |= e->match[k].field_id == e->match[i].field_id;
		if (!found)
			return pipeline_refuse(err, -EINVAL, "table '%s' has no field %u", t->name,
					       e->match[i].field_id);
	}
	if (twice)
		return pipeline_refuse(err, -EINVAL, "a field of table '%s' is given twice",
				       t->name);
	for (uint32_t k = 0, at = 0; k < t->n_keys && k < 64; k++) {
		const struct pipeline_match *m = NULL;
		int ret;

		for (size_t i = 0; i < e->n_match; i++)
			if (e->match[i].field_id == t->keys[k].id)
				m = &e->match[i];
		ret = key_field(&t->keys[k], m, k, at, key, err);
		if (ret)
			return ret;
		at += (t->keys[k].width + 7) / 8;
		priority |= t->keys[k].match == TP4_TERNARY || t->keys[k].match == TP4_RANGE ||
			    t->keys[k].match == TP4_OPTIONAL;
	}
	if (!priority && e->priority)
		return pipeline_refuse(err, -EINVAL, "table '%s' takes no priorities", t->name);
	return 0;
}

int pipeline_action_make(struct pipeline *p, const struct tp4_table_desc *t,
			 const struct pipeline_entry *e, uint32_t *index, uint8_t *data,
			 size_t room, struct pipeline_error *err)
{
	const struct tp4_action_desc *a = NULL;
	bool twice = false;

	for (uint32_t i = 0; i < t->n_actions && !a; i++)
		if (p->program->actions[t->actions[i].action].id == e->action_id) {
			a = &p->program->actions[t->actions[i].action];
			*index = i;
			if (t->actions[i].scope == TP4_DEFAULT_ONLY && !e->is_default)
				return pipeline_refuse(err, -EPERM,
						       "action '%s' is for the default entry only",
						       a->name);
			if (t->actions[i].scope == TP4_TABLE_ONLY && e->is_default)
				return pipeline_refuse(
					err, -EPERM, "action '%s' cannot be the default", a->name);
		}
	if (!a)
		return pipeline_refuse(err, -EINVAL, "table '%s' has no action 0x%08x", t->name,
				       e->action_id);
	if (a->data_size > room)
		return pipeline_refuse(err, -EINVAL, "action '%s' is too large", a->name);
	memset(data, 0, a->data_size);
	for (size_t k = 0; k < e->n_args; k++) {
		bool found = false;

		for (uint32_t i = 0; i < a->n_params; i++)
			found |= a->params[i].id == e->args[k].param_id;
		for (size_t i = 0; i < k && k < a->n_params; i++)
			twice |= e->args[i].param_id == e->args[k].param_id;
		if (!found)
			return pipeline_refuse(err, -EINVAL, "action '%s' has no parameter %u",
					       a->name, e->args[k].param_id);
	}
	if (twice || e->n_args > a->n_params)
		return pipeline_refuse(err, -EINVAL, "a parameter of action '%s' is given twice",
				       a->name);
	for (uint32_t i = 0; i < a->n_params; i++) {
		const struct tp4_param_desc *d = &a->params[i];
		uint32_t bytes = (d->width + 7) / 8;
		uint8_t be[1024];
		const struct pipeline_arg *arg = NULL;

		for (size_t k = 0; k < e->n_args; k++)
			if (e->args[k].param_id == d->id)
				arg = &e->args[k];
		if (!arg)
			return pipeline_refuse(err, -EINVAL, "action '%s' needs '%s'", a->name,
					       d->name);
		if (bytes > sizeof(be) || !pipeline_place_bytes(be, bytes, d->width, &arg->value))
			return pipeline_refuse(err, -ERANGE,
					       "'%s' of action '%s' has more than %u bits", d->name,
					       a->name, d->width);
		pipeline_place_native(data + d->offset, d->size, be, bytes, d->width, d->is_signed);
	}
	return 0;
}

/* May there be such a set, in the place of what @old refers to? */
static int set_check(const struct tp4_profile *f, const struct pipeline_entry *e, uint32_t old,
		     struct pipeline_error *err)
{
	const struct tp4_profile_desc *d = profile_desc(f);
	uint64_t count = 0;
	int ret;

	if (!d->selector)
		return pipeline_refuse(err, -EINVAL, "'%s' has no selector, so no action sets",
				       d->name);
	if (profile_members(f))
		return pipeline_refuse(err, -EINVAL, "'%s' has members, so no action sets",
				       d->name);
	for (size_t i = 0; i < e->n_set; i++) {
		ret = pipeline_weight_check(d, e->set[i].weight, err);
		if (ret)
			return ret;
		count += d->by_members ? 1 : (uint32_t)e->set[i].weight;
	}
	if (d->max_group && count > d->max_group)
		return pipeline_refuse(err, -EINVAL, "an action set of '%s' counts %u at most",
				       d->name, d->max_group);
	if (e->n_set > 65536 || profile_room(f, old, count))
		return pipeline_refuse(err, -ENOSPC, "'%s' has no room for this action set",
				       d->name);
	return 0;
}

/* An action set of the entry's own: *member refers to it. */
static int set_make(struct pipeline *p, const struct tp4_table_desc *d,
		    const struct pipeline_entry *e, uint32_t old, uint32_t *member,
		    struct pipeline_error *err)
{
	uint8_t data[4096] __attribute__((aligned(16)));
	struct tp4_profile *f = p->ctx.profiles[d->profile];
	int ret = set_check(f, e, old, err);

	if (ret)
		return ret;
	*member = profile_set_new(f, (uint32_t)e->n_set);
	if (!*member)
		return pipeline_refuse(err, -ENOMEM, "out of memory for an action set of '%s'",
				       d->name);
	for (size_t i = 0; i < e->n_set && !ret; i++) {
		const struct pipeline_choice *k = &e->set[i];
		struct pipeline_entry one = { .action_id = k->action_id,
					      .args = k->args,
					      .n_args = k->n_args };
		uint32_t action = 0;

		ret = pipeline_action_make(p, d, &one, &action, data, sizeof(data), err);
		if (!ret)
			ret = profile_set_add(
				f, *member, action, data,
				p->program->actions[d->actions[action].action].data_size,
				k->weight);
	}
	if (ret)
		profile_release(f, *member);
	return ret;
}

/*
 * What the entry does: an action, a set of them, or a member or group of the table's profile,
 * in the place of what @old refers to.
 */
static int target_make(struct pipeline *p, const struct tp4_table_desc *d,
		       const struct pipeline_entry *e, uint32_t old, uint32_t *action,
		       uint8_t *data, size_t room, uint32_t *member, struct pipeline_error *err)
{
	*member = 0;
	if (!e->member_id && !e->group_id && !e->n_set)
		return pipeline_action_make(p, d, e, action, data, room, err);
	if (d->profile < 0)
		return pipeline_refuse(err, -EINVAL, "table '%s' has no action profile", d->name);
	memset(data, 0, room);
	if (e->n_set)
		return set_make(p, d, e, old, member, err);
	if (e->group_id && !profile_desc(p->ctx.profiles[d->profile])->selector)
		return pipeline_refuse(err, -EINVAL, "table '%s' has no selector, so no groups",
				       d->name);
	*member = profile_refer(p->ctx.profiles[d->profile], e->member_id, e->group_id);
	if (!*member)
		return pipeline_refuse(err, -ENOENT,
				       "the profile of table '%s' has no such member or group",
				       d->name);
	return 0;
}

/* The entry is not made, or does something else now. */
static void target_forget(struct pipeline *p, const struct tp4_table_desc *d, uint32_t member)
{
	if (d->profile >= 0)
		profile_release(p->ctx.profiles[d->profile], member);
}

/* A new or modified entry's timer begins. */
static void timer_begin(struct pipeline *p, struct tp4_table *t, struct record *r,
			const struct pipeline_entry *e)
{
	struct tp4_timer *timer = table_timer(t, &r->entry);

	if (timer)
		*timer = (struct tp4_timer){ .idle = e->idle_ns, .since = pipeline_now(p) };
}

static bool has_target(const struct pipeline_entry *e)
{
	return e->action_id || e->member_id || e->group_id || e->n_set;
}

static bool has_note(const struct pipeline_entry *e)
{
	return e->cookie || e->metadata.len;
}

static int note_write(struct note **at, const struct pipeline_entry *e, struct pipeline_error *err)
{
	struct note *n = NULL;

	if (has_note(e)) {
		n = malloc(sizeof(*n) + e->metadata.len);
		if (!n)
			return pipeline_refuse(err, -ENOMEM, "out of memory for metadata");
		n->cookie = e->cookie;
		n->len = e->metadata.len;
		if (n->len)
			memcpy(n->bytes, e->metadata.data, n->len);
	}
	free(*at);
	*at = n;
	return 0;
}

/* Written whole: rates that are not given are none, while a count goes on (P4Runtime, 9.1.9). */
static int direct_write(const struct tp4_table_desc *d, struct tp4_entry *en,
			const struct pipeline_entry *e, struct pipeline_error *err)
{
	struct pipeline_entry whole = *e;

	whole.has_rates = d->has_direct_meter;
	return pipeline_direct_set(d, en, &whole, err);
}

static int default_update(struct pipeline *p, struct tp4_table *t, enum pipeline_update op,
			  const struct pipeline_entry *e, struct pipeline_error *err)
{
	const struct tp4_table_desc *d = table_desc(t);
	uint8_t data[4096] __attribute__((aligned(16)));
	uint32_t action = 0;
	int ret;

	if (op == PIPELINE_DIRECT)
		return pipeline_direct_set(d, table_default(t), e, err);
	if (op != PIPELINE_MODIFY)
		return pipeline_refuse(err, -EINVAL,
				       "the default entry of '%s' can be modified only", d->name);
	if (d->default_const)
		return pipeline_refuse(err, -EPERM, "the default action of '%s' is constant",
				       d->name);
	ret = pipeline_direct_check(d, e, err);
	if (!ret && has_target(e))
		ret = pipeline_action_make(p, d, e, &action, data, sizeof(data), err);
	if (ret)
		return ret;
	if (has_target(e))
		table_set_default(t, action, data);
	else
		table_set_default(t, d->default_action, d->default_data);
	ret = note_write(table_note(t), e, err);
	return ret ? ret : direct_write(d, table_default(t), e, err);
}

static int entry_modify(struct pipeline *p, struct tp4_table *t, struct record *r,
			const struct pipeline_entry *e, struct pipeline_error *err)
{
	const struct tp4_table_desc *d = table_desc(t);
	uint8_t data[4096] __attribute__((aligned(16)));
	uint32_t action = 0, member, old = r->entry.member;
	int ret = pipeline_direct_check(d, e, err);

	if (ret)
		return ret;
	if (has_target(e)) {
		if (d->entries_const || r->is_const)
			return pipeline_refuse(err, -EPERM, "this entry of '%s' is constant",
					       d->name);
		ret = target_make(p, d, e, old, &action, data, sizeof(data), &member, err);
		if (ret)
			return ret;
		table_change(t, r, action, data, member);
		target_forget(p, d, old);
		timer_begin(p, t, r, e);
	}
	if (has_target(e) || has_note(e))
		ret = note_write(&r->note, e, err);
	return ret ? ret : direct_write(d, &r->entry, e, err);
}

static int entry_insert(struct pipeline *p, struct tp4_table *t, const struct key *key,
			const struct pipeline_entry *e, struct pipeline_error *err)
{
	const struct tp4_table_desc *d = table_desc(t);
	uint8_t data[4096] __attribute__((aligned(16)));
	uint32_t action = 0, member;
	struct record *r;
	int ret = pipeline_direct_check(d, e, err);

	if (!ret && !d->n_keys)
		ret = pipeline_refuse(err, -EINVAL, "table '%s' has no key, so no entries",
				      d->name);
	if (!ret)
		ret = target_make(p, d, e, 0, &action, data, sizeof(data), &member, err);
	if (ret)
		return ret;
	ret = table_insert(t, key->value, key->mask, key->prefix, e->priority, action, data, member,
			   false, &r);
	if (ret == -ENOSPC && pipeline_expire(p, t))
		ret = table_insert(t, key->value, key->mask, key->prefix, e->priority, action, data,
				   member, false, &r);
	if (!ret) {
		timer_begin(p, t, r, e);
		ret = note_write(&r->note, e, err);
		if (!ret)
			ret = pipeline_direct_set(d, &r->entry, e, err);
		if (ret)
			pipeline_record_delete(p, t, r);
		return ret;
	}
	target_forget(p, d, member);
	if (ret == -EEXIST)
		return pipeline_refuse(err, ret, "table '%s' has this entry already", d->name);
	if (ret == -ENOSPC)
		return pipeline_refuse(err, ret, "table '%s' is full (%llu entries)", d->name,
				       (unsigned long long)d->size);
	return pipeline_refuse(err, ret, "out of memory for an entry of '%s'", d->name);
}

int pipeline_entry_update(struct pipeline *p, enum pipeline_update op,
			  const struct pipeline_entry *e, struct pipeline_error *err)
{
	struct tp4_table *t = find_table(p, e->table_id);
	const struct tp4_table_desc *d;
	struct record *r;
	struct key key;
	int ret;

	if (!t)
		return pipeline_refuse(err, -ENOENT, "the program has no table 0x%08x",
				       e->table_id);
	d = table_desc(t);
	if (e->idle_ns && (!d->timeout || e->is_default))
		return pipeline_refuse(err, -EINVAL, "the %sentries of '%s' have no timeout",
				       e->is_default ? "default " : "", d->name);
	if (e->is_default)
		return default_update(p, t, op, e, err);
	if (d->entries_const && (op == PIPELINE_INSERT || op == PIPELINE_DELETE))
		return pipeline_refuse(err, -EPERM, "the entries of '%s' are constant", d->name);
	ret = key_make(d, e, &key, err);
	if (ret)
		return ret;
	r = table_find(t, key.value, key.mask, e->priority);
	if (r && pipeline_record_expire(p, t, r))
		r = NULL;
	if (op == PIPELINE_INSERT)
		return entry_insert(p, t, &key, e, err);
	if (!r)
		return pipeline_refuse(err, -ENOENT, "table '%s' has no such entry", d->name);
	if (op == PIPELINE_MODIFY)
		return entry_modify(p, t, r, e, err);
	if (op == PIPELINE_DIRECT)
		return pipeline_direct_set(d, &r->entry, e, err);
	ret = pipeline_record_delete(p, t, r);
	return ret ? pipeline_refuse(err, ret, "this entry of '%s' is constant", d->name) : 0;
}

struct visitor {
	struct pipeline *p;
	struct tp4_table *t;
	uint64_t looks, now;
	int (*visit)(void *arg, const struct pipeline_entry *e);
	void *arg;
};

static int show_record(void *arg, struct record *r)
{
	struct visitor *v = arg;

	if (!v->looks--)
		return 1;
	if (pipeline_record_expired(v->t, r, v->now))
		return 0;
	return pipeline_record_show(v->p, v->t, r, v->visit, v->arg);
}

int pipeline_entry_visit(struct pipeline *p, uint32_t table_id, struct place *at,
			 int (*visit)(void *arg, const struct pipeline_entry *e), void *arg)
{
	struct visitor v = { p,
			     find_table(p, table_id),
			     at ? PIPELINE_LOOKS : UINT64_MAX,
			     pipeline_now(p),
			     visit,
			     arg };
	const struct tp4_table_desc *d;
	struct pipeline_shown shown;
	struct pipeline_entry e = { .table_id = table_id, .is_default = true };
	const struct tp4_entry *now;
	int ret;

	if (!v.t)
		return -ENOENT;
	ret = table_visit(v.t, at, show_record, &v);
	if (ret)
		return ret;
	d = table_desc(v.t);
	now = table_default(v.t);
	e.is_const = d->default_const;
	e.is_set = now->action != d->default_action ||
		   (d->default_data &&
		    memcmp(now->data, d->default_data,
			   p->program->actions[d->actions[now->action].action].data_size));
	pipeline_args_show(p, d, now, &e, &shown);
	pipeline_direct_show(d, now, &e);
	pipeline_note_show(*table_note(v.t), &e);
	ret = visit(arg, &e);
	pipeline_shown_free(&shown);
	return ret;
}

static int changeable(void *arg, struct record *r)
{
	*(struct record **)arg = r;
	return !r->is_const;
}

void pipeline_entry_clear(struct pipeline *p, uint32_t table_id)
{
	struct tp4_table *t = find_table(p, table_id);
	bool more = t;

	/* What is deleted may make the visit miss another one. */
	while (more) {
		struct place at = { 0 };
		struct record *r;

		for (more = false; table_visit(t, &at, changeable, &r); more = true)
			pipeline_record_delete(p, t, r);
	}
}

int pipeline_set_add(struct tp4_table *set, const struct pipeline_entry *member,
		     struct pipeline_error *err)
{
	const struct tp4_table_desc *d = table_desc(set);
	struct key key;
	int ret = key_make(d, member, &key, err);

	if (ret)
		return ret;
	ret = table_insert(set, key.value, key.mask, key.prefix, 0, 0, NULL, 0, false, NULL);
	if (ret == -EEXIST)
		return pipeline_refuse(err, ret,
				       "a member of value set '%s' is given twice; give it once",
				       d->name);
	return ret ? pipeline_refuse(err, ret,
				     "value set '%s' has room for %llu members; give fewer, or the "
				     "program a larger set",
				     d->name, (unsigned long long)d->size)
		   : 0;
}

int pipeline_set_write(struct pipeline *p, uint32_t set_id, const struct pipeline_entry *members,
		       size_t n, struct pipeline_error *err)
{
	struct tp4_table **place = find_place(p, set_id, true), *t;
	int ret = 0;

	if (!place)
		return pipeline_refuse(err, -ENOENT, "the program has no value set 0x%08x", set_id);
	t = table_new(table_desc(*place), p->program);
	if (!t)
		return pipeline_refuse(err, -ENOMEM, "out of memory for value set 0x%08x", set_id);
	for (size_t i = 0; i < n && !ret; i++)
		ret = pipeline_set_add(t, &members[i], err);
	if (!ret) {
		struct tp4_table *old = *place;

		*place = t;
		t = old;
	}
	table_free(t);
	return ret;
}

int pipeline_set_visit(struct pipeline *p, uint32_t set_id, struct place *at,
		       int (*visit)(void *arg, const struct pipeline_entry *member), void *arg)
{
	struct tp4_table **place = find_place(p, set_id, true);
	struct visitor v = { p, place ? *place : NULL, UINT64_MAX, 0, visit, arg };

	return place ? table_visit(v.t, at, show_record, &v) : -ENOENT;
}
