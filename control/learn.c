/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * learn.c - lists of digests, and what of them was told already.
 */
#include "control/learn.h"

#include <stdlib.h>
#include <string.h>

#include "control/clock.h"
#include "control/digest.h"

#define LIST_MAX 16U  /* digests in a list */
#define SENT_MAX 256U /* as many as wait in a program */

/* One that was sent and not acknowledged */
struct sent {
	uint32_t digest_id;
	uint64_t list_id, at;
	uint8_t *bytes;
	size_t len;
};

struct rule {
	uint32_t id;
	bool set, off; /* by an entry that was written, or deleted */
	int64_t max_timeout, ack_timeout;
	int32_t max_size;
};

struct learn {
	struct sent sent[SENT_MAX]; /* a ring; what is overwritten may be told twice */
	unsigned int next;
	size_t n;
	struct rule rules[];
};

struct learn *learn_new(const P4__Config__V1__P4Info *info)
{
	struct learn *l = calloc(1, sizeof(*l) + info->n_digests * sizeof(l->rules[0]));

	for (size_t i = 0; l && i < info->n_digests; i++)
		if (info->digests[i]->preamble)
			l->rules[l->n++].id = info->digests[i]->preamble->id;
	return l;
}

static void sent_forget(struct sent *s)
{
	free(s->bytes);
	*s = (struct sent){ 0 };
}

void learn_free(struct learn *l)
{
	for (unsigned int i = 0; l && i < SENT_MAX; i++)
		sent_forget(&l->sent[i]);
	free(l);
}

static struct rule *rule_find(struct learn *l, uint32_t id)
{
	for (size_t i = 0; l && i < l->n; i++)
		if (l->rules[i].id == id)
			return &l->rules[i];
	return NULL;
}

void learn_update(struct learn *l, int type, const P4__V1__DigestEntry *e, struct outcome *o)
{
	const P4__V1__DigestEntry__Config *c = e->config;
	struct rule *r = rule_find(l, e->digest_id);
	bool insert = type == P4__V1__UPDATE__TYPE__INSERT;

	if (!r)
		outcome_refuse(o, CODE_NOT_FOUND, "the program has no digest 0x%08x", e->digest_id);
	else if (insert == r->set)
		outcome_refuse(o, insert ? CODE_ALREADY_EXISTS : CODE_NOT_FOUND,
			       "digest 0x%08x has %s entry", e->digest_id, insert ? "an" : "no");
	else if (type == P4__V1__UPDATE__TYPE__DELETE)
		*r = (struct rule){ .id = r->id, .off = true };
	else if (c && (c->max_timeout_ns < 0 || c->max_list_size < 0 || c->ack_timeout_ns < 0))
		outcome_refuse(o, CODE_INVALID_ARGUMENT,
			       "a digest's times and sizes are not negative");
	else
		*r = (struct rule){ r->id,
				    true,
				    false,
				    c ? c->max_timeout_ns : 0,
				    c ? c->ack_timeout_ns : 0,
				    c ? c->max_list_size : 0 };
}

bool learn_entry(struct learn *l, uint32_t id, P4__V1__DigestEntry *out,
		 P4__V1__DigestEntry__Config *config)
{
	const struct rule *r = rule_find(l, id);

	if (!r || !r->set)
		return false;
	p4__v1__digest_entry__config__init(config);
	config->max_timeout_ns = r->max_timeout;
	config->max_list_size = r->max_size;
	config->ack_timeout_ns = r->ack_timeout;
	p4__v1__digest_entry__init(out);
	out->digest_id = id;
	out->config = config;
	return true;
}

/* Was it told, in this list or in one that control may still act on?  If not, it is now. */
static bool told_before(struct learn *l, const struct rule *r, uint64_t list_id,
			const P4__V1__P4Data *data)
{
	struct sent new = { r->id, list_id, now_ns(), NULL, 0 };

	new.len = p4__v1__p4_data__get_packed_size(data);
	new.bytes = malloc(new.len + 1);
	if (!new.bytes)
		return false;
	p4__v1__p4_data__pack(data, new.bytes);
	for (unsigned int i = 0; i < SENT_MAX; i++) {
		const struct sent *s = &l->sent[i];

		if (s->bytes && s->digest_id == r->id && s->len == new.len &&
		    (s->list_id == list_id || new.at - s->at < (uint64_t)r->ack_timeout) &&
		    !memcmp(s->bytes, new.bytes, new.len)) {
			sent_forget(&new);
			return true;
		}
	}
	sent_forget(&l->sent[l->next % SENT_MAX]);
	l->sent[l->next++ % SENT_MAX] = new;
	return false;
}

static size_t list_max(const struct rule *r)
{
	if (!r->max_timeout)
		return 1;
	return r->max_size && (size_t)r->max_size < LIST_MAX ? (size_t)r->max_size : LIST_MAX;
}

bool learn_tell(struct learn *l, struct pipeline *p, const P4__Config__V1__P4Info *info,
		uint64_t epoch, uint64_t *lists,
		bool (*send)(const struct call *c, const P4__V1__DigestList *list),
		const struct call *c)
{
	uint8_t *room = malloc((size_t)LIST_MAX * DIGEST_ROOM);
	P4__V1__DigestList list = P4__V1__DIGEST_LIST__INIT;
	P4__V1__P4Data *data[LIST_MAX];
	struct pipeline_digest d;
	bool ok = true;

	list.data = data;
	while (room && ok && pipeline_digest_next(p, &d)) {
		const struct rule *r = rule_find(l, d.id);

		if (!r || r->off)
			continue;
		if (list.n_data && (list.digest_id != d.id || list.n_data == list_max(r))) {
			ok = send(c, &list);
			list.n_data = 0;
		}
		if (!list.n_data) {
			list.digest_id = d.id;
			list.list_id = *lists + 1;
			list.timestamp = (int64_t)(epoch + d.timestamp);
		}
		data[list.n_data] = digest_data(info, &d, room + list.n_data * DIGEST_ROOM);
		if (!data[list.n_data] ||
		    (r->set && told_before(l, r, list.list_id, data[list.n_data])))
			continue;
		*lists = list.list_id;
		list.n_data++;
	}
	if (ok && list.n_data)
		ok = send(c, &list);
	free(room);
	return ok;
}

void learn_ack(struct learn *l, const P4__V1__DigestListAck *ack)
{
	for (unsigned int i = 0; l && i < SENT_MAX; i++)
		if (l->sent[i].digest_id == ack->digest_id && l->sent[i].list_id == ack->list_id)
			sent_forget(&l->sent[i]);
}
