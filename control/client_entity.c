/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * client_entity.c - what a P4 VM's program has: entries, value sets, counters, meters, registers,
 * digests.
 */
#include "control/client_call.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "control/code.h"
#include "control/entry.h"

/* Writing */

static int write_updates(struct client *c, P4__V1__Update *const *updates, size_t n, bool *done,
			 struct client_error *err)
{
	P4__V1__WriteRequest m = P4__V1__WRITE_REQUEST__INIT;

	m.updates = (P4__V1__Update **)updates;
	m.n_updates = n;
	return client_call(c, FRAME_WRITE, &m.base, &p4__v1__write_response__descriptor, NULL, NULL,
			   done, done ? n : 0, err);
}

/* The kinds of matches are in the p4info; fetched when first needed. */
static int need_info(struct client *c, struct client_error *err)
{
	return c->info ? 0 : client_p4info(c, &c->info, NULL, NULL, err);
}

static int update_type(enum pipeline_update op)
{
	return op == PIPELINE_INSERT   ? P4__V1__UPDATE__TYPE__INSERT
	       : op == PIPELINE_MODIFY ? P4__V1__UPDATE__TYPE__MODIFY
				       : P4__V1__UPDATE__TYPE__DELETE;
}

/* One update with what it points to. */
struct update_box {
	P4__V1__Update update;
	P4__V1__Entity entity;
	struct message_box entry;
};

/* No more goes into one call but for one entry: packets wait for it. */
#define CALL_BYTES (64U << 10)

int client_entry_update_some(struct client *c, enum pipeline_update op,
			     const struct pipeline_entry *e, size_t *n, bool *done,
			     struct client_error *err)
{
	struct update_box *box = calloc(CLIENT_UPDATES, sizeof(*box));
	P4__V1__Update *updates[CLIENT_UPDATES];
	size_t some = 0, used = 0, bytes = 0;
	struct pipeline_error why;
	int ret = box ? need_info(c, err) : client_fail(err, -ENOMEM, "no memory");

	memset(done, false, *n * sizeof(*done));
	if (ret)
		goto out;
	while (used < *n && used < CLIENT_UPDATES && bytes < CALL_BYTES) {
		struct update_box *b = &box[used];

		ret = entry_to_message(c->info, &e[used++], &b->entry, &why);
		if (ret)
			break;
		p4__v1__update__init(&b->update);
		p4__v1__entity__init(&b->entity);
		b->update.type = update_type(e[some].is_default ? PIPELINE_MODIFY : op);
		b->update.entity = &b->entity;
		b->entity.entity_case = P4__V1__ENTITY__ENTITY_TABLE_ENTRY;
		b->entity.table_entry = &b->entry.entry;
		updates[some++] = &b->update;
		bytes += p4__v1__update__get_packed_size(&b->update);
	}
	if (some) {
		*n = some;
		ret = write_updates(c, updates, some, done, err);
		if (!ret)
			memset(done, true, some * sizeof(*done));
	} else {
		*n = 1;
		client_fail(err, 0, "%s", why.text);
		err->code = code_from_errno(ret);
	}
out:
	while (used)
		message_box_free(&box[--used].entry);
	free(box);
	return ret;
}

int client_entry_update(struct client *c, enum pipeline_update op, const struct pipeline_entry *e,
			struct client_error *err)
{
	size_t n = 1;
	bool done;

	return client_entry_update_some(c, op, e, &n, &done, err);
}

/* Of a counter, meter or register; below 0: all of them. */
static P4__V1__Index *cell_index(P4__V1__Index *i, int64_t index)
{
	p4__v1__index__init(i);
	i->index = index;
	return index < 0 ? NULL : i;
}

static int write_entity(struct client *c, P4__V1__Entity__EntityCase kind, void *message,
			struct client_error *err)
{
	P4__V1__Update update = P4__V1__UPDATE__INIT, *list = &update;
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;

	entity.entity_case = kind;
	entity.table_entry = message; /* all members share this place */
	update.type = P4__V1__UPDATE__TYPE__MODIFY;
	update.entity = &entity;
	return write_updates(c, &list, 1, NULL, err);
}

int client_set_write(struct client *c, uint32_t id, const struct pipeline_entry *members, size_t n,
		     struct client_error *err)
{
	P4__V1__ValueSetEntry e = P4__V1__VALUE_SET_ENTRY__INIT;
	struct member_box {
		struct message_box entry;
		P4__V1__ValueSetMember member;
	} *box = calloc(n + 1, sizeof(*box));
	struct pipeline_error why;
	int ret = need_info(c, err);

	e.members = calloc(n + 1, sizeof(*e.members));
	if (!ret && (!box || !e.members))
		ret = client_fail(err, -ENOMEM, "no memory");
	while (!ret && e.n_members < n) {
		struct member_box *b = &box[e.n_members];

		ret = entry_to_message(c->info, &members[e.n_members], &b->entry, &why);
		if (ret) {
			client_fail(err, 0, "%s", why.text);
			err->code = code_from_errno(ret);
		}
		p4__v1__value_set_member__init(&b->member);
		b->member.match = b->entry.entry.match;
		b->member.n_match = b->entry.entry.n_match;
		e.members[e.n_members++] = &b->member;
	}
	e.value_set_id = id;
	if (!ret)
		ret = write_entity(c, P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY, &e, err);
	while (e.n_members)
		message_box_free(&box[--e.n_members].entry);
	free(e.members);
	free(box);
	return ret;
}

int client_counter_write(struct client *c, uint32_t id, int64_t index,
			 const struct pipeline_count *count, struct client_error *err)
{
	P4__V1__CounterEntry e = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__CounterData data = P4__V1__COUNTER_DATA__INIT;
	P4__V1__Index i;

	data.packet_count = count->packets;
	data.byte_count = count->bytes;
	e.counter_id = id;
	e.index = cell_index(&i, index);
	e.data = &data;
	return write_entity(c, P4__V1__ENTITY__ENTITY_COUNTER_ENTRY, &e, err);
}

int client_meter_write(struct client *c, uint32_t id, int64_t index,
		       const struct pipeline_rates *rates, struct client_error *err)
{
	P4__V1__MeterEntry e = P4__V1__METER_ENTRY__INIT;
	P4__V1__MeterConfig config = P4__V1__METER_CONFIG__INIT;
	P4__V1__Index i;

	e.meter_id = id;
	e.index = cell_index(&i, index);
	if (rates) {
		rates_to_message(rates, &config);
		e.config = &config;
	}
	return write_entity(c, P4__V1__ENTITY__ENTITY_METER_ENTRY, &e, err);
}

int client_register_write(struct client *c, uint32_t id, int64_t index,
			  const struct pipeline_bytes *value, struct client_error *err)
{
	P4__V1__RegisterEntry e = P4__V1__REGISTER_ENTRY__INIT;
	P4__V1__P4Data data = P4__V1__P4_DATA__INIT;
	P4__V1__Index i;

	data.data_case = P4__V1__P4_DATA__DATA_BITSTRING;
	data.bitstring.data = (uint8_t *)value->data;
	data.bitstring.len = value->len;
	e.register_id = id;
	e.index = cell_index(&i, index);
	e.data = &data;
	return write_entity(c, P4__V1__ENTITY__ENTITY_REGISTER_ENTRY, &e, err);
}

/* Reading */

struct walk {
	struct client *c;
	int (*entry)(void *arg, const struct pipeline_entry *e);
	int (*counter)(void *arg, uint32_t id, int64_t index, const struct pipeline_count *count);
	int (*meter)(void *arg, uint32_t id, int64_t index, const struct pipeline_rates *rates);
	int (*cell)(void *arg, uint32_t id, int64_t index, const struct pipeline_bytes *value);
	void *arg;
};

static int walk_entry(struct walk *w, const P4__V1__TableEntry *t)
{
	struct pipeline_entry entry;
	struct pipeline_error why;
	struct entry_box box;
	int ret = entry_from_message(w->c->info, t, &entry, &box, &why);

	if (!ret)
		ret = w->entry(w->arg, &entry);
	entry_box_free(&box);
	return ret;
}

static int walk_set(struct walk *w, const P4__V1__ValueSetEntry *v)
{
	P4__V1__TableEntry t = P4__V1__TABLE_ENTRY__INIT;
	int ret = 0;

	t.table_id = v->value_set_id;
	for (size_t i = 0; !ret && i < v->n_members; i++) {
		t.match = v->members[i]->match;
		t.n_match = v->members[i]->n_match;
		ret = walk_entry(w, &t);
	}
	return ret;
}

static int walk_entity(struct walk *w, const P4__V1__Entity *e)
{
	if (w->entry && e->entity_case == P4__V1__ENTITY__ENTITY_TABLE_ENTRY)
		return walk_entry(w, e->table_entry);
	if (w->entry && e->entity_case == P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY)
		return walk_set(w, e->value_set_entry);
	if (w->counter && e->entity_case == P4__V1__ENTITY__ENTITY_COUNTER_ENTRY) {
		const P4__V1__CounterEntry *n = e->counter_entry;
		struct pipeline_count count = { 0 };

		if (n->data)
			count = (struct pipeline_count){ n->data->packet_count,
							 n->data->byte_count };
		return w->counter(w->arg, n->counter_id, n->index ? n->index->index : 0, &count);
	}
	if (w->meter && e->entity_case == P4__V1__ENTITY__ENTITY_METER_ENTRY) {
		const P4__V1__MeterEntry *m = e->meter_entry;
		struct pipeline_error ignored;
		struct pipeline_rates rates;

		rates_from_message(m->config, &rates, &ignored);
		return w->meter(w->arg, m->meter_id, m->index ? m->index->index : 0, &rates);
	}
	if (w->cell && e->entity_case == P4__V1__ENTITY__ENTITY_REGISTER_ENTRY) {
		const P4__V1__RegisterEntry *r = e->register_entry;
		struct pipeline_bytes value = { 0 };

		if (r->data && r->data->data_case == P4__V1__P4_DATA__DATA_BITSTRING)
			value = (struct pipeline_bytes){ r->data->bitstring.data,
							 r->data->bitstring.len };
		return w->cell(w->arg, r->register_id, r->index ? r->index->index : 0, &value);
	}
	return 0;
}

static int walk_answer(void *arg, void *answer)
{
	P4__V1__ReadResponse *r = answer;
	int ret = 0;

	for (size_t i = 0; !ret && i < r->n_entities; i++)
		ret = walk_entity(arg, r->entities[i]);
	return ret;
}

static int read_entities(struct client *c, P4__V1__Entity **entities, size_t n, struct walk *w,
			 struct client_error *err)
{
	P4__V1__ReadRequest m = P4__V1__READ_REQUEST__INIT;

	m.entities = entities;
	m.n_entities = n;
	return client_call(c, FRAME_READ, &m.base, &p4__v1__read_response__descriptor, walk_answer,
			   w, NULL, 0, err);
}

int client_entry_visit(struct client *c, uint32_t table_id, enum client_entries what,
		       int (*visit)(void *arg, const struct pipeline_entry *e), void *arg,
		       struct client_error *err)
{
	P4__V1__Entity entity[2] = { P4__V1__ENTITY__INIT, P4__V1__ENTITY__INIT };
	P4__V1__Entity *list[2] = { &entity[0], &entity[1] };
	P4__V1__TableEntry entry[2] = { P4__V1__TABLE_ENTRY__INIT, P4__V1__TABLE_ENTRY__INIT };
	P4__V1__TableEntry__IdleTimeout age = P4__V1__TABLE_ENTRY__IDLE_TIMEOUT__INIT;
	P4__V1__CounterData count = P4__V1__COUNTER_DATA__INIT;
	P4__V1__MeterConfig rates = P4__V1__METER_CONFIG__INIT;
	struct walk w = { .c = c, .entry = visit, .arg = arg };
	int ret = need_info(c, err);

	if (ret)
		return ret;
	for (int i = 0; i < 2; i++) {
		entry[i].table_id = table_id;
		entry[i].is_default_action = i;
		entry[i].time_since_last_hit = &age; /* of these, what an entry has */
		entry[i].counter_data = &count;
		entry[i].meter_config = &rates;
		entity[i].entity_case = P4__V1__ENTITY__ENTITY_TABLE_ENTRY;
		entity[i].table_entry = &entry[i];
	}
	return read_entities(c, what == CLIENT_DEFAULTS ? &list[1] : list,
			     what == CLIENT_ALL ? 2 : 1, &w, err);
}

/* All that one message of its kind means. */
static int read_entity(struct client *c, P4__V1__Entity__EntityCase kind, void *message,
		       struct walk *w, struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT, *list = &entity;

	entity.entity_case = kind;
	entity.table_entry = message; /* all members share this place */
	return read_entities(c, &list, 1, w, err);
}

int client_set_visit(struct client *c, uint32_t id,
		     int (*visit)(void *arg, const struct pipeline_entry *member), void *arg,
		     struct client_error *err)
{
	P4__V1__ValueSetEntry e = P4__V1__VALUE_SET_ENTRY__INIT;
	struct walk w = { .c = c, .entry = visit, .arg = arg };
	int ret = need_info(c, err);

	e.value_set_id = id;
	return ret ? ret : read_entity(c, P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY, &e, &w, err);
}

int client_counter_visit(struct client *c, uint32_t id, int64_t index,
			 int (*visit)(void *arg, uint32_t id, int64_t index,
				      const struct pipeline_count *count),
			 void *arg, struct client_error *err)
{
	P4__V1__CounterEntry e = P4__V1__COUNTER_ENTRY__INIT;
	struct walk w = { .c = c, .counter = visit, .arg = arg };
	P4__V1__Index i;

	e.counter_id = id;
	e.index = cell_index(&i, index);
	return read_entity(c, P4__V1__ENTITY__ENTITY_COUNTER_ENTRY, &e, &w, err);
}

int client_meter_visit(struct client *c, uint32_t id, int64_t index,
		       int (*visit)(void *arg, uint32_t id, int64_t index,
				    const struct pipeline_rates *rates),
		       void *arg, struct client_error *err)
{
	P4__V1__MeterEntry e = P4__V1__METER_ENTRY__INIT;
	struct walk w = { .c = c, .meter = visit, .arg = arg };
	P4__V1__Index i;

	e.meter_id = id;
	e.index = cell_index(&i, index);
	return read_entity(c, P4__V1__ENTITY__ENTITY_METER_ENTRY, &e, &w, err);
}

int client_register_visit(struct client *c, uint32_t id, int64_t index,
			  int (*visit)(void *arg, uint32_t id, int64_t index,
				       const struct pipeline_bytes *value),
			  void *arg, struct client_error *err)
{
	P4__V1__RegisterEntry e = P4__V1__REGISTER_ENTRY__INIT;
	struct walk w = { .c = c, .cell = visit, .arg = arg };
	P4__V1__Index i;

	e.register_id = id;
	e.index = cell_index(&i, index);
	return read_entity(c, P4__V1__ENTITY__ENTITY_REGISTER_ENTRY, &e, &w, err);
}

struct digests {
	int (*visit)(void *arg, const P4__V1__DigestList *list);
	void *arg;
};

static int take_digest(void *arg, void *answer)
{
	const struct digests *d = arg;
	const P4__V1__StreamMessageResponse *m = answer;

	return m->update_case == P4__V1__STREAM_MESSAGE_RESPONSE__UPDATE_DIGEST
		       ? d->visit(d->arg, m->digest)
		       : 0;
}

int client_digest_take(struct client *c, int (*visit)(void *arg, const P4__V1__DigestList *list),
		       void *arg, struct client_error *err)
{
	P4__V1__StreamMessageRequest m = P4__V1__STREAM_MESSAGE_REQUEST__INIT;
	P4__V1__DigestListAck ack = P4__V1__DIGEST_LIST_ACK__INIT; /* digests alone, that is */
	struct digests d = { visit, arg };

	m.update_case = P4__V1__STREAM_MESSAGE_REQUEST__UPDATE_DIGEST_ACK;
	m.digest_ack = &ack;
	return client_call(c, FRAME_STREAM, &m.base, &p4__v1__stream_message_response__descriptor,
			   take_digest, &d, NULL, 0, err);
}
