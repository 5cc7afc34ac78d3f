// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * test_entities.c - action profiles, meters, direct counters and meters, and
 * digests through the control protocol, on a compiled program.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control/code.h"
#include "control/frame.h"
#include "control/p4runtime.pb-c.h"
#include "control/server.h"
#include "control/status.pb-c.h"
#include "runtime/pipeline_state.h"
#include "tests/tap.h"

static struct pipeline *program;

static struct pipeline *host_program(struct server_host *h)
{
	return program;
}

static void host_replace(struct server_host *h, struct pipeline *p)
{
	pipeline_free(program);
	program = p;
}

static void host_status(struct server_host *h, Transp4__V1__StatusResponse *s)
{
}

static uint8_t object[1 << 20];
static size_t object_len;

static volatile sig_atomic_t over;

static void end(int sig)
{
	over = 1;
}

static volatile sig_atomic_t due;

static void packets_come(int sig)
{
	due = 1;
}

static void packet(uint8_t key, uint8_t flow)
{
	uint8_t patch[256];
	struct pipeline_packet pkt = { .data = (uint8_t[8]){ key, flow },
				       .len = 8,
				       .total_len = 8,
				       .patch = patch,
				       .patch_size = sizeof(patch) };

	pipeline_run(program, &pkt, 1);
}

/*
 * Three packets for digests, then calls until a signal; on another, four packets come.  Its
 * memory is looked at in the end.
 */
static void serve(int fd)
{
	struct server_host host = { .program = host_program,
				    .replace = host_replace,
				    .status = host_status };
	struct server *s;

	signal(SIGIO, SIG_IGN); /* it looks all the time */
	signal(SIGUSR1, packets_come);
	signal(SIGTERM, end);
	s = server_new(&host, fd, false);
	for (uint8_t i = 1; i < 4; i++)
		packet(i < 3 ? 9 : 8, i);
	server_program_loaded(s, object, object_len);
	while (!over) {
		for (uint8_t i = 0; due && i < 4; i++)
			packet(9, i < 2 ? 1 : i);
		due = 0;
		if (!server_turn(s))
			usleep(1000);
	}
	server_free(s);
	pipeline_free(program);
	exit(0);
}

static int sock;
static struct frame_reader reader;

static bool answered(struct frame *f)
{
	while (!frame_reader_next(&reader, f)) {
		ssize_t got = read(sock, frame_reader_room(&reader, 65536), 65536);

		if (got <= 0)
			return false;
		frame_reader_fed(&reader, (size_t)got);
	}
	return true;
}

/* The code of the (first) answer, the frame in *f */
static int ask(uint8_t method, const ProtobufCMessage *m, struct frame *f)
{
	uint8_t body[8192], out[16384];
	struct frame q = { .kind = FRAME_CALL, .method = method, .id = 7, .body = body };

	q.length = (uint32_t)protobuf_c_message_pack(m, body);
	if (send(sock, out, frame_write(&q, out), MSG_NOSIGNAL) <= 0 || !answered(f))
		return -1;
	return (int)f->code;
}

static int atomicity;

/* OK, or the code of the call */
static int update(int type, P4__V1__Entity *entity)
{
	P4__V1__Update u = P4__V1__UPDATE__INIT, *list = &u;
	P4__V1__WriteRequest w = P4__V1__WRITE_REQUEST__INIT;
	struct frame f;

	u.type = (P4__V1__Update__Type)type;
	u.entity = entity;
	w.updates = &list;
	w.n_updates = 1;
	w.atomicity = (P4__V1__WriteRequest__Atomicity)atomicity;
	return ask(FRAME_WRITE, &w.base, &f);
}

/* The one update's own code */
static int detail(int type, P4__V1__Entity *entity)
{
	P4__V1__Update u = P4__V1__UPDATE__INIT, *list = &u;
	P4__V1__WriteRequest w = P4__V1__WRITE_REQUEST__INIT;
	Google__Rpc__Status *status;
	P4__V1__Error *e = NULL;
	struct frame f;
	int code = -1;

	u.type = (P4__V1__Update__Type)type;
	u.entity = entity;
	w.updates = &list;
	w.n_updates = 1;
	if (!ask(FRAME_WRITE, &w.base, &f))
		return 0;
	status = google__rpc__status__unpack(NULL, f.length, f.body);
	if (status && status->n_details == 1 &&
	    !strcmp(status->details[0]->type_url, "type.googleapis.com/p4.v1.Error"))
		e = p4__v1__error__unpack(NULL, status->details[0]->value.len,
					  status->details[0]->value.data);
	if (e) {
		printf("# %s\n", e->message);
		code = e->canonical_code;
	}
	p4__v1__error__free_unpacked(e, NULL);
	google__rpc__status__free_unpacked(status, NULL);
	return code;
}

/* The entities that the entity's Read gives; free with ..._free_unpacked() */
static P4__V1__ReadResponse *fetch(P4__V1__Entity *entity)
{
	P4__V1__ReadRequest r = P4__V1__READ_REQUEST__INIT;
	struct frame f;

	r.entities = &entity;
	r.n_entities = 1;
	if (ask(FRAME_READ, &r.base, &f))
		return NULL;
	return p4__v1__read_response__unpack(NULL, f.length, f.body);
}

/* All parts of the Read of members; the sum of their ids */
static uint64_t read_all(P4__V1__Entity *entity, unsigned int *n, unsigned int *parts)
{
	P4__V1__ReadRequest r = P4__V1__READ_REQUEST__INIT;
	uint64_t sum = 0;
	struct frame f;
	bool good;

	r.entities = &entity;
	r.n_entities = 1;
	*n = *parts = 0;
	for (good = !ask(FRAME_READ, &r.base, &f); good;
	     good = f.flags & FRAME_MORE && answered(&f)) {
		P4__V1__ReadResponse *a = p4__v1__read_response__unpack(NULL, f.length, f.body);

		++*parts;
		for (size_t i = 0; a && i < a->n_entities; i++, ++*n)
			sum += a->entities[i]->action_profile_member->member_id;
		p4__v1__read_response__free_unpacked(a, NULL);
	}
	return sum;
}

#define CASE(x) P4__V1__ENTITY__ENTITY_##x
#define ENTITY(name, kind, member, value)                                                          \
	P4__V1__Entity name = P4__V1__ENTITY__INIT;                                                \
	name.entity_case = CASE(kind);                                                             \
	name.member = value

static unsigned int idle_entries(void)
{
	P4__V1__StreamMessageRequest stream = P4__V1__STREAM_MESSAGE_REQUEST__INIT;
	unsigned int n = 0;
	struct frame f;

	for (bool got = !ask(FRAME_STREAM, &stream.base, &f); got && f.length; got = answered(&f)) {
		P4__V1__StreamMessageResponse *s =
			p4__v1__stream_message_response__unpack(NULL, f.length, f.body);

		n += s && s->idle_timeout_notification;
		p4__v1__stream_message_response__free_unpacked(s, NULL);
	}
	return n;
}

/* The one entity that the entity's Read gives, for the next call */
static P4__V1__TableEntry *fetch_entry(P4__V1__TableEntry *entry)
{
	static P4__V1__ReadResponse *r;
	ENTITY(entity, TABLE_ENTRY, table_entry, entry);

	p4__v1__read_response__free_unpacked(r, NULL);
	r = fetch(&entity);
	return r && r->n_entities == 1 ? r->entities[0]->table_entry : NULL;
}

/* What is written in which way, and what is left out */
static void test_written(const struct tp4_program *g)
{
	enum {
		INSERT = P4__V1__UPDATE__TYPE__INSERT,
		MODIFY = P4__V1__UPDATE__TYPE__MODIFY,
		DELETE = P4__V1__UPDATE__TYPE__DELETE,
		PLAIN = 2,
		WAYS = 4,
		FIXED,
		THIRD,
		KEYLESS,
	};
	P4__V1__Action__Param param = P4__V1__ACTION__PARAM__INIT, *params = &param;
	P4__V1__FieldMatch match[2] = { P4__V1__FIELD_MATCH__INIT, P4__V1__FIELD_MATCH__INIT },
			   *matches[2] = { &match[0], &match[1] };
	P4__V1__FieldMatch__Ternary ternary = P4__V1__FIELD_MATCH__TERNARY__INIT;
	P4__V1__FieldMatch__Exact exact = P4__V1__FIELD_MATCH__EXACT__INIT;
	P4__V1__FieldMatch__Range range = P4__V1__FIELD_MATCH__RANGE__INIT;
	P4__V1__FieldMatch__LPM lpm = P4__V1__FIELD_MATCH__LPM__INIT;
	P4__V1__TableEntry__IdleTimeout age = P4__V1__TABLE_ENTRY__IDLE_TIMEOUT__INIT;
	P4__V1__DirectCounterEntry dc = P4__V1__DIRECT_COUNTER_ENTRY__INIT;
	P4__V1__TableAction target = P4__V1__TABLE_ACTION__INIT;
	P4__V1__CounterEntry counter = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__CounterData count = P4__V1__COUNTER_DATA__INIT;
	P4__V1__MeterConfig rates = P4__V1__METER_CONFIG__INIT;
	P4__V1__TableEntry entry = P4__V1__TABLE_ENTRY__INIT, *got;
	P4__V1__Action action = P4__V1__ACTION__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	ENTITY(counter_entity, COUNTER_ENTRY, counter_entry, &counter);
	ENTITY(dc_entity, DIRECT_COUNTER_ENTRY, direct_counter_entry, &dc);
	ENTITY(entity, TABLE_ENTRY, table_entry, &entry);
	P4__V1__ReadResponse *r;

	param.param_id = 1;
	param.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x2a" };
	action.action_id = g->actions[g->tables[WAYS].actions[0].action].id;
	action.params = &params;
	action.n_params = 1;
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION;
	target.action = &action;
	entry.action = &target;

	entry.table_id = g->tables[KEYLESS].id;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a table without keys has no entries");
	action.action_id = g->actions[g->tables[1].actions[0].action].id;
	entry.is_default_action = true;
	ok(detail(MODIFY, &entity) == CODE_INVALID_ARGUMENT, "an action of another table");
	action.action_id = g->actions[g->tables[WAYS].actions[0].action].id;
	entry.metadata = (ProtobufCBinaryData){ 3, (uint8_t *)"\0me" };
	ok(!detail(MODIFY, &entity), "a default action");
	entry.action = NULL;
	got = fetch_entry(&entry);
	ok(got && got->action->action->action_id == action.action_id && got->metadata.len == 3,
	   "is read");
	entry.metadata.len = 0;
	ok(!detail(MODIFY, &entity), "none resets it");
	got = fetch_entry(&entry);
	ok(got && got->action->action->action_id != action.action_id && !got->metadata.len,
	   "to the program's");
	entry.action = &target;
	entry.time_since_last_hit = &age;
	ok(detail(MODIFY, &entity) == CODE_INVALID_ARGUMENT, "an age is not written");
	entry.time_since_last_hit = NULL;
	entry.is_default_action = false;

	entry.table_id = g->tables[WAYS].id;
	entry.match = matches;
	entry.priority = 1;
	match[0].field_id = g->tables[WAYS].keys[0].id;
	match[0].field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_LPM;
	match[0].lpm = &lpm;
	match[1].field_id = g->tables[WAYS].keys[1].id;
	match[1].field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_RANGE;
	match[1].range = &range;
	entry.n_match = 2;
	lpm.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x0c" };
	lpm.prefix_len = 6;
	range.low = (ProtobufCBinaryData){ 1, (uint8_t *)"\0" };
	range.high = (ProtobufCBinaryData){ 2, (uint8_t *)"\0\xff" };
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a range of all");
	range.high.data = (uint8_t *)"\0\xfe";
	lpm.prefix_len = 5;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a bit behind the prefix");
	lpm.prefix_len = 0;
	lpm.value.data = (uint8_t *)"\0";
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a prefix of all");
	lpm.value.data = (uint8_t *)"\x0c";
	lpm.prefix_len = 6;
	ok(!detail(INSERT, &entity), "all but one, six bits");
	range.low.data = (uint8_t *)"\1";
	range.high.data = (uint8_t *)"\0\xff";
	ok(!detail(INSERT, &entity), "all but none");
	entry.n_match = 1;
	entry.priority = 7;
	ok(!detail(INSERT, &entity) && (got = fetch_entry(&entry)) && got->n_match == 1,
	   "a range that is left out is not read");
	entry.priority = 1;

	entry.table_id = g->tables[PLAIN].id;
	entry.n_match = 1;
	match[0].field_id = g->tables[PLAIN].keys[0].id;
	match[0].field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_TERNARY;
	match[0].ternary = &ternary;
	ternary.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\0" };
	ternary.mask = (ProtobufCBinaryData){ 1, (uint8_t *)"\0" };
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a mask of all");
	ternary.value.data = (uint8_t *)"\x81";
	ternary.mask.data = (uint8_t *)"\xfe";
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a bit beside the mask");
	ternary.value.data = (uint8_t *)"\x82";
	entry.metadata = (ProtobufCBinaryData){ 3, (uint8_t *)"\0me" };
	entry.controller_metadata = 5;
	ok(!detail(INSERT, &entity), "none beside it");
	got = fetch_entry(&entry);
	ok(got && got->controller_metadata == 5 && got->metadata.len == 3 &&
		   !memcmp(got->metadata.data, "\0me", 3),
	   "metadata is kept");
	entry.metadata.len = 2;
	ok(!fetch_entry(&entry), "another one is another entry's");
	entry.metadata.len = 0;
	ok(fetch_entry(&entry), "none means any");
	entry.controller_metadata = 6;
	ok(!fetch_entry(&entry), "so with a cookie");
	ok(!detail(MODIFY, &entity) && (got = fetch_entry(&entry)) && !got->metadata.len,
	   "what is modified gets what comes with it");
	entry.controller_metadata = 0;
	entry.action = NULL;
	entry.idle_timeout_ns = 0;
	ok(!detail(MODIFY, &entity) && (got = fetch_entry(&entry)) &&
		   got->action->action->params[0]->value.data[0] == 0x2a &&
		   got->controller_metadata == 6,
	   "what is modified without an action keeps its own");
	entry.priority = 2;
	ok(detail(MODIFY, &entity) == CODE_NOT_FOUND, "if it is there");
	entry.priority = 0;

	entry.table_id = g->tables[FIXED].id;
	match[0].field_id = g->tables[FIXED].keys[0].id;
	match[0].field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_EXACT;
	match[0].exact = &exact;
	exact.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\xc8" };
	entry.counter_data = &count;
	count.packet_count = 70;
	ok(!detail(MODIFY, &entity) && (got = fetch_entry(&entry)) &&
		   got->counter_data->packet_count == 70 && got->action,
	   "a constant entry's count is written");
	entry.action = &target;
	ok(detail(MODIFY, &entity) == CODE_PERMISSION_DENIED, "its action is not");
	ok(detail(INSERT, &entity) == CODE_PERMISSION_DENIED &&
		   detail(DELETE, &entity) == CODE_PERMISSION_DENIED,
	   "and it stays");
	entry.action = NULL;
	dc.table_entry = &entry;
	ok(!detail(MODIFY, &dc_entity) && (got = fetch_entry(&entry)) &&
		   got->counter_data->packet_count == 70,
	   "a count that is not given goes on");

	/* Rates that are not given are none. */
	entry.table_id = g->tables[1].id;
	match[0].field_id = g->tables[1].keys[0].id;
	exact.value.data = (uint8_t *)"\x2c";
	action.action_id = g->actions[g->tables[1].actions[0].action].id;
	entry.action = &target;
	entry.meter_config = &rates;
	rates.cir = 9;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "two rates of a direct meter of one");
	rates.pir = 9;
	rates.eburst = 1;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "an excess burst");
	rates.eburst = 0;
	ok(!detail(INSERT, &entity) && fetch_entry(&entry)->meter_config, "rates");
	entry.meter_config = NULL;
	entry.counter_data = NULL;
	ok(!detail(MODIFY, &entity), "modified without them");
	entry.meter_config = &rates;
	entry.counter_data = &count;
	got = fetch_entry(&entry);
	ok(got && !got->meter_config && got->counter_data->packet_count == 70,
	   "they are gone, the count is not");
	entry.is_default_action = true;
	entry.n_match = 0;
	ok(!detail(MODIFY, &entity) && (got = fetch_entry(&entry)) && got->meter_config->pir == 9,
	   "a default entry's");
	entry.meter_config = NULL;
	detail(MODIFY, &entity);
	entry.meter_config = &rates;
	got = fetch_entry(&entry);
	ok(got && !got->meter_config, "likewise");

	counter.counter_id = g->counters[0].id;
	counter.index = &index;
	counter.data = &count;
	index.index = -1;
	ok(detail(MODIFY, &counter_entity) == CODE_INVALID_ARGUMENT, "a negative index");
	index.index = 4;
	ok(detail(MODIFY, &counter_entity) == CODE_OUT_OF_RANGE, "one that is too large");
	index.index = 3;
	ok(!detail(MODIFY, &counter_entity), "a counter");
	counter.data = NULL;
	detail(MODIFY, &counter_entity);
	counter.index = NULL;
	detail(MODIFY, &counter_entity);
	counter.index = &index;
	r = fetch(&counter_entity);
	ok(r && r->n_entities == 1 && r->entities[0]->counter_entry->data->packet_count == 70,
	   "without a value it stays what it is");
	p4__v1__read_response__free_unpacked(r, NULL);
}

/* A value set of more members than a part of an answer has */
static void test_value_set(const struct tp4_program *g)
{
	enum { N = 600, MODIFY = P4__V1__UPDATE__TYPE__MODIFY };
	static P4__V1__ValueSetMember member[N], *members[N];
	static P4__V1__FieldMatch__Exact exact[N];
	static P4__V1__FieldMatch match[N], *matches[N];
	static uint8_t value[N][2];
	P4__V1__ValueSetEntry set = P4__V1__VALUE_SET_ENTRY__INIT;
	P4__V1__ReadRequest q = P4__V1__READ_REQUEST__INIT;
	P4__V1__TableAction target = P4__V1__TABLE_ACTION__INIT;
	P4__V1__TableEntry entry = P4__V1__TABLE_ENTRY__INIT;
	ENTITY(entry_entity, TABLE_ENTRY, table_entry, &entry);
	ENTITY(entity, VALUE_SET_ENTRY, value_set_entry, &set);
	P4__V1__Entity *entities = &entity;
	unsigned int parts = 0, n = 0, sum = 0;
	struct frame f;

	for (uint32_t i = 0; i < g->n_tables; i++)
		if (TP4_IS_SET(g->tables[i].id))
			set.value_set_id = g->tables[i].id;
	for (int i = 0; i < N; i++) {
		value[i][0] = (uint8_t)(i >> 8);
		value[i][1] = (uint8_t)i;
		p4__v1__value_set_member__init(&member[i]);
		p4__v1__field_match__init(&match[i]);
		p4__v1__field_match__exact__init(&exact[i]);
		exact[i].value = (ProtobufCBinaryData){ 2, value[i] };
		match[i].field_id = 1;
		match[i].field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_EXACT;
		match[i].exact = &exact[i];
		matches[i] = &match[i];
		member[i].match = &matches[i];
		member[i].n_match = 1;
		members[i] = &member[i];
	}
	set.members = members;
	set.n_members = N;
	ok(!detail(MODIFY, &entity), "a value set of %d members", N);
	exact[1].value.len = 0;
	ok(detail(MODIFY, &entity) == CODE_OUT_OF_RANGE, "not with one of no bytes");
	exact[1].value.len = 2;
	value[1][1] = 0;
	ok(detail(MODIFY, &entity) == CODE_ALREADY_EXISTS, "not with one twice");
	set.n_members = 0;
	q.entities = &entities;
	q.n_entities = 1;
	for (bool good = !ask(FRAME_READ, &q.base, &f); good;
	     good = f.flags & FRAME_MORE && answered(&f)) {
		P4__V1__ReadResponse *a = p4__v1__read_response__unpack(NULL, f.length, f.body);

		parts++;
		for (size_t i = 0; a && i < a->n_entities; i++)
			for (size_t k = 0; k < a->entities[i]->value_set_entry->n_members; k++, n++)
				for (size_t b = 0, v = 0; b < 2; b++) {
					ProtobufCBinaryData d =
						a->entities[i]
							->value_set_entry->members[k]
							->match[0]
							->exact->value;

					v = b < d.len ? v << 8 | d.data[b] : v;
					sum += b == 1 ? v : 0;
				}
		p4__v1__read_response__free_unpacked(a, NULL);
	}
	ok(n == N && sum == N * (N - 1) / 2 && parts == 3, "%u members in %u parts", n, parts);
	ok(!detail(MODIFY, &entity), "none");
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_GROUP_ID;
	entry.table_id = set.value_set_id;
	entry.action = &target;
	ok(detail(P4__V1__UPDATE__TYPE__INSERT, &entry_entity) == CODE_NOT_FOUND,
	   "a value set is no table");
	ok(!ask(FRAME_READ, &q.base, &f) && !(f.flags & FRAME_MORE) && f.length,
	   "an empty set is read, too");
}

/* The program's second selector, `few`, has room for 6, and a group for 4. */
static void test_sizes(const struct tp4_program *g)
{
	enum {
		INSERT = P4__V1__UPDATE__TYPE__INSERT,
		MODIFY = P4__V1__UPDATE__TYPE__MODIFY,
		DELETE = P4__V1__UPDATE__TYPE__DELETE,
	};
	P4__V1__ActionProfileGroup__Member
		choice[2] = { P4__V1__ACTION_PROFILE_GROUP__MEMBER__INIT,
			      P4__V1__ACTION_PROFILE_GROUP__MEMBER__INIT },
		*choices[2] = { &choice[0], &choice[1] };
	P4__V1__ActionProfileAction one[2] = { P4__V1__ACTION_PROFILE_ACTION__INIT,
					       P4__V1__ACTION_PROFILE_ACTION__INIT },
				    *ones[2] = { &one[0], &one[1] };
	P4__V1__ActionProfileActionSet set = P4__V1__ACTION_PROFILE_ACTION_SET__INIT;
	P4__V1__ActionProfileMember member = P4__V1__ACTION_PROFILE_MEMBER__INIT;
	P4__V1__ActionProfileGroup group = P4__V1__ACTION_PROFILE_GROUP__INIT;
	P4__V1__FieldMatch__Exact exact = P4__V1__FIELD_MATCH__EXACT__INIT;
	P4__V1__FieldMatch match = P4__V1__FIELD_MATCH__INIT, *matches = &match;
	P4__V1__TableAction target = P4__V1__TABLE_ACTION__INIT;
	P4__V1__TableEntry entry = P4__V1__TABLE_ENTRY__INIT;
	P4__V1__Action action = P4__V1__ACTION__INIT;
	P4__V1__Action__Param param = P4__V1__ACTION__PARAM__INIT, *params = &param;
	ENTITY(member_entity, ACTION_PROFILE_MEMBER, action_profile_member, &member);
	ENTITY(group_entity, ACTION_PROFILE_GROUP, action_profile_group, &group);
	ENTITY(entity, TABLE_ENTRY, table_entry, &entry);
	P4__V1__ReadResponse *r;

	action.action_id = g->actions[g->tables[3].actions[1].action].id;
	exact.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x04" };
	match.field_id = 1;
	match.field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_EXACT;
	match.exact = &exact;
	for (int i = 0; i < 2; i++) {
		one[i].action = &action;
		one[i].weight = 2;
	}
	set.action_profile_actions = ones;
	set.n_action_profile_actions = 2;
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_ACTION_SET;
	target.action_profile_action_set = &set;
	entry.table_id = g->tables[3].id;
	entry.match = &matches;
	entry.n_match = 1;
	entry.action = &target;
	ok(!detail(MODIFY, &entity), "an action set as large as a group may be");
	one[1].weight = 3;
	ok(detail(MODIFY, &entity) == CODE_INVALID_ARGUMENT, "and a larger one");
	one[1].weight = 1;
	exact.value.data = (uint8_t *)"\x05";
	ok(detail(INSERT, &entity) == CODE_RESOURCE_EXHAUSTED,
	   "more than the selector has room for");
	set.n_action_profile_actions = 1;
	one[0].watch_kind_case = P4__V1__ACTION_PROFILE_ACTION__WATCH_KIND_WATCH_PORT;
	one[0].watch_port = exact.value;
	ok(detail(INSERT, &entity) == CODE_UNIMPLEMENTED, "a port to watch");
	one[0].watch_kind_case = 0;
	ok(!detail(INSERT, &entity), "just as much");
	member.action_profile_id = group.action_profile_id = g->profiles[1].id;
	member.action = &action;
	member.member_id = 1;
	ok(detail(INSERT, &member_entity) == CODE_INVALID_ARGUMENT,
	   "no members beside action sets");
	target.action_profile_action_set = NULL; /* what is deleted needs no sense */
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_GROUP_ID;
	target.action_profile_group_id = 99;
	entry.idle_timeout_ns = -1;
	entry.controller_metadata = 1;
	detail(DELETE, &entity);
	exact.value.data = (uint8_t *)"\x04";
	ok(!detail(DELETE, &entity), "an entry is deleted, whatever is told beside its key");
	target.action_profile_action_set = &set;
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_ACTION_SET;
	entry.idle_timeout_ns = 0;
	entry.controller_metadata = 0;

	while (member.member_id < 7 && !detail(INSERT, &member_entity))
		member.member_id++;
	ok(member.member_id == 7 && detail(INSERT, &member_entity) == CODE_RESOURCE_EXHAUSTED,
	   "six members, and no more");
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "no action sets beside members");
	for (int i = 0; i < 2; i++) {
		choice[i].member_id = (uint32_t)i + 1;
		choice[i].weight = 2;
	}
	group.members = choices;
	group.n_members = 2;
	group.group_id = 1;
	ok(detail(INSERT, &group_entity) == CODE_INVALID_ARGUMENT, "a group has a size");
	group.max_size = 5;
	ok(detail(INSERT, &group_entity) == CODE_INVALID_ARGUMENT, "of at most the program's");
	group.max_size = 3;
	ok(detail(INSERT, &group_entity) == CODE_RESOURCE_EXHAUSTED, "in which it must fit");
	group.max_size = 4;
	choice[1].member_id = 1;
	ok(detail(INSERT, &group_entity) == CODE_INVALID_ARGUMENT, "no member is in it twice");
	choice[1].member_id = 8;
	ok(detail(INSERT, &group_entity) == CODE_NOT_FOUND, "nor one that is not there");
	choice[1].member_id = 2;
	choice[0].watch_kind_case = P4__V1__ACTION_PROFILE_GROUP__MEMBER__WATCH_KIND_WATCH_PORT;
	choice[0].watch_port = exact.value;
	ok(detail(INSERT, &group_entity) == CODE_UNIMPLEMENTED, "no port is watched");
	choice[0].watch_kind_case = 0;
	ok(!detail(INSERT, &group_entity), "a group of just the size");
	group.max_size = 3;
	group.n_members = 1;
	ok(detail(MODIFY, &group_entity) == CODE_INVALID_ARGUMENT, "the size stays");
	group.max_size = 4;
	group.n_members = 2;
	ok(!detail(MODIFY, &group_entity), "in its own place it needs no other room");
	group.group_id = 2;
	choice[0].weight = 1;
	ok(detail(INSERT, &group_entity) == CODE_RESOURCE_EXHAUSTED,
	   "groups have no more together than the selector");
	group.n_members = 1;
	choice[0].weight = 2;
	ok(!detail(INSERT, &group_entity), "but as much");
	r = fetch(&group_entity);
	ok(r && r->n_entities == 1 && r->entities[0]->action_profile_group->group_id == 2,
	   "one of them is read by its id");
	p4__v1__read_response__free_unpacked(r, NULL);
	group.group_id = 1;
	r = fetch(&group_entity);
	ok(r && r->n_entities == 1 && r->entities[0]->action_profile_group->n_members == 2,
	   "as is the first");
	p4__v1__read_response__free_unpacked(r, NULL);
	group.group_id = 1;
	ok(!detail(DELETE, &group_entity), "one goes");
	group.n_members = 2;
	ok(!detail(INSERT, &group_entity), "and makes room");

	group.n_members = 1;
	choice[0].member_id = 2;
	ok(!detail(MODIFY, &group_entity) && (group.group_id = 2, !detail(MODIFY, &group_entity)),
	   "groups of the second member alone");
	member.member_id = 2;
	ok(detail(DELETE, &member_entity) == CODE_FAILED_PRECONDITION, "hold it");
	member.member_id = 1;
	ok(!detail(DELETE, &member_entity), "and not the first");

	/* The third, `three`, has room for 3, and a set for 2, whatever their weights up to 100. */
	entry.table_id = g->tables[6].id;
	one[0].weight = one[1].weight = 100;
	set.n_action_profile_actions = 2;
	ok(!detail(INSERT, &entity), "members count, and weights do not");
	ok(!detail(MODIFY, &entity), "in its own place it needs no other room");
	one[1].weight = 101;
	ok(detail(MODIFY, &entity) == CODE_INVALID_ARGUMENT, "but a weight has its limit");
	one[1].weight = 1;
	exact.value.data = (uint8_t *)"\x05";
	ok(detail(INSERT, &entity) == CODE_RESOURCE_EXHAUSTED, "no room for two more");
	set.n_action_profile_actions = 1;
	ok(!detail(INSERT, &entity), "but for one");
	exact.value.data = (uint8_t *)"\x04";
	ones[1] = &one[0];
	action.action_id = g->actions[g->tables[6].actions[0].action].id;
	param.param_id = 1;
	action.params = &params;
	action.n_params = 1;
	ok(detail(MODIFY, &entity) == CODE_OUT_OF_RANGE, "an argument of no bytes in a set");
}

/* What P4Runtime has a server refuse, and which leaves all as it was */
static void test_refused(const struct tp4_program *g)
{
	const struct tp4_table_desc *t = &g->tables[2];
	P4__V1__Action__Param param[2] = { P4__V1__ACTION__PARAM__INIT,
					   P4__V1__ACTION__PARAM__INIT },
			      *params[2] = { &param[0], &param[1] };
	P4__V1__FieldMatch match[2] = { P4__V1__FIELD_MATCH__INIT, P4__V1__FIELD_MATCH__INIT },
			   *matches[2] = { &match[0], &match[1] };
	P4__V1__FieldMatch__Ternary ternary = P4__V1__FIELD_MATCH__TERNARY__INIT;
	P4__V1__TableAction target = P4__V1__TABLE_ACTION__INIT;
	P4__V1__CounterData count = P4__V1__COUNTER_DATA__INIT;
	P4__V1__MeterConfig rates = P4__V1__METER_CONFIG__INIT;
	P4__V1__TableEntry entry = P4__V1__TABLE_ENTRY__INIT;
	P4__V1__MeterEntry meter = P4__V1__METER_ENTRY__INIT;
	P4__V1__Action action = P4__V1__ACTION__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	ENTITY(meter_entity, METER_ENTRY, meter_entry, &meter);
	ENTITY(entity, TABLE_ENTRY, table_entry, &entry);
	enum { INSERT = P4__V1__UPDATE__TYPE__INSERT, MODIFY = P4__V1__UPDATE__TYPE__MODIFY };
	P4__V1__ReadResponse *r;
	unsigned int idle[2], others = 0;

	ternary.value = ternary.mask = (ProtobufCBinaryData){ 1, (uint8_t *)"\x03" };
	for (int i = 0; i < 2; i++) {
		match[i].field_id = t->keys[0].id;
		match[i].field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_TERNARY;
		match[i].ternary = &ternary;
		param[i].param_id = 1;
		param[i].value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x2a" };
	}
	action.action_id = g->actions[t->actions[0].action].id;
	action.params = params;
	action.n_params = 1;
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION;
	target.action = &action;
	entry.table_id = t->id;
	entry.match = matches;
	entry.n_match = 1;
	entry.action = &target;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a ternary key without a priority");
	entry.priority = -1;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "and with a negative one");
	entry.priority = 1;
	entry.const_ = true;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a constant entry");
	entry.const_ = false;
	entry.n_match = 2;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a field twice");
	entry.n_match = 1;
	action.n_params = 2;
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "a parameter twice");
	action.n_params = 1;
	param[0].value.len = 0;
	ok(detail(INSERT, &entity) == CODE_OUT_OF_RANGE, "a parameter of no bytes");
	param[0].value = (ProtobufCBinaryData){ 2, (uint8_t *)"\1\2" };
	ok(detail(INSERT, &entity) == CODE_OUT_OF_RANGE, "a parameter that is too wide");
	param[0].value = param[1].value;
	ternary.mask = (ProtobufCBinaryData){ 2, (uint8_t *)"\1\3" };
	ok(detail(INSERT, &entity) == CODE_OUT_OF_RANGE, "a mask that is too wide");
	ternary.mask = ternary.value;
	for (atomicity = 1; atomicity < 4; atomicity++)
		others += update(INSERT, &entity) == CODE_UNIMPLEMENTED;
	atomicity = 0;
	ok(others == 3 && detail(P4__V1__UPDATE__TYPE__DELETE, &entity) == CODE_NOT_FOUND,
	   "all or nothing, and what is not known, are refused, and nothing is done");
	ok(!detail(INSERT, &entity), "none of these");

	param[0].value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x2b" };
	entry.counter_data = &count;
	ok(detail(MODIFY, &entity) == CODE_INVALID_ARGUMENT, "a count where nothing counts");
	entry.counter_data = NULL;
	r = fetch(&entity);
	ok(r && r->n_entities == 1 &&
		   r->entities[0]->table_entry->action->action->params[0]->value.data[0] == 0x2a,
	   "does not change the action either");
	p4__v1__read_response__free_unpacked(r, NULL);

	/* More idle entries than a part has; the one of a nanosecond is told again. */
	entry.idle_timeout_ns = 2000000000;
	for (int i = 2; i < 302; i++) {
		entry.priority = i;
		update(INSERT, &entity);
	}
	usleep(2100000);
	idle[0] = idle_entries();
	idle[1] = idle_entries();
	ok(idle[0] == 301 && idle[1] == 1, "%u idle entries are told, then %u", idle[0], idle[1]);

	meter.meter_id = g->meters[0].id;
	meter.index = &index;
	meter.config = &rates;
	rates.cir = -1;
	ok(detail(MODIFY, &meter_entity) == CODE_INVALID_ARGUMENT,
	   "a negative rate, which is not: no limit");
	meter.meter_id = g->meters[1].id;
	rates.cir = rates.pir = rates.cburst = 9;
	ok(detail(MODIFY, &meter_entity) == CODE_INVALID_ARGUMENT,
	   "two bursts of a meter of one rate");
	rates.pburst = 9;
	ok(!detail(MODIFY, &meter_entity), "one burst");
}

static void show_bytes(FILE *f, ProtobufCBinaryData b)
{
	for (size_t i = 0; i < b.len; i++)
		fprintf(f, "%02x", b.data[i]);
}

static void show_header(FILE *f, const P4__V1__P4Header *h)
{
	fputs(h->is_valid ? "h{" : "-{", f);
	for (size_t i = 0; i < h->n_bitstrings; i++) {
		fputs(i ? " " : "", f);
		show_bytes(f, h->bitstrings[i]);
	}
	fputc('}', f);
}

static void show_union(FILE *f, const P4__V1__P4HeaderUnion *u)
{
	fprintf(f, "%s:", u->valid_header_name);
	if (u->valid_header)
		show_header(f, u->valid_header);
}

#define DATA(x) P4__V1__P4_DATA__DATA_##x

static void show(FILE *f, const P4__V1__P4Data *d)
{
	switch (d->data_case) {
	case DATA(BITSTRING): show_bytes(f, d->bitstring); break;
	case DATA(BOOL): fputs(d->bool_ ? "true" : "false", f); break;
	case DATA(TUPLE):
	case DATA(STRUCT):
		fputs(d->data_case == DATA(STRUCT) ? "{" : "(", f);
		for (size_t i = 0; i < d->struct_->n_members; i++) {
			fputs(i ? " " : "", f);
			show(f, d->struct_->members[i]);
		}
		fputc('}', f);
		break;
	case DATA(HEADER): show_header(f, d->header); break;
	case DATA(HEADER_UNION): show_union(f, d->header_union); break;
	case DATA(HEADER_STACK):
		for (size_t i = 0; i < d->header_stack->n_entries; i++)
			show_header(f, d->header_stack->entries[i]);
		break;
	case DATA(HEADER_UNION_STACK):
		for (size_t i = 0; i < d->header_union_stack->n_entries; i++)
			show_union(f, d->header_union_stack->entries[i]);
		break;
	case DATA(ENUM): fputs(d->enum_, f); break;
	case DATA(ERROR): fputs(d->error, f); break;
	case DATA(ENUM_VALUE): show_bytes(f, d->enum_value); break;
	default: fputc('?', f);
	}
}

/* Of all entities together, in whatever order they are read. */
static uint64_t state_sum(unsigned int *n)
{
	P4__V1__TableEntry entry = P4__V1__TABLE_ENTRY__INIT;
	P4__V1__CounterData count = P4__V1__COUNTER_DATA__INIT;
	P4__V1__MeterConfig rates = P4__V1__METER_CONFIG__INIT;
	P4__V1__ActionProfileMember member = P4__V1__ACTION_PROFILE_MEMBER__INIT;
	P4__V1__ActionProfileGroup group = P4__V1__ACTION_PROFILE_GROUP__INIT;
	P4__V1__CounterEntry counter = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__MeterEntry meter = P4__V1__METER_ENTRY__INIT;
	P4__V1__RegisterEntry reg = P4__V1__REGISTER_ENTRY__INIT;
	P4__V1__ValueSetEntry set = P4__V1__VALUE_SET_ENTRY__INIT;
	ENTITY(e0, TABLE_ENTRY, table_entry, &entry);
	ENTITY(e1, ACTION_PROFILE_MEMBER, action_profile_member, &member);
	ENTITY(e2, ACTION_PROFILE_GROUP, action_profile_group, &group);
	ENTITY(e3, COUNTER_ENTRY, counter_entry, &counter);
	ENTITY(e4, METER_ENTRY, meter_entry, &meter);
	ENTITY(e5, REGISTER_ENTRY, register_entry, &reg);
	ENTITY(e6, VALUE_SET_ENTRY, value_set_entry, &set);
	P4__V1__Entity *all[] = { &e0, &e1, &e2, &e3, &e4, &e5, &e6 };
	P4__V1__ReadRequest r = P4__V1__READ_REQUEST__INIT;
	static uint8_t bytes[1 << 16];
	uint64_t sum = 0;
	struct frame f;

	entry.counter_data = &count;
	entry.meter_config = &rates;
	r.entities = all;
	r.n_entities = sizeof(all) / sizeof(all[0]);
	*n = 0;
	for (bool good = !ask(FRAME_READ, &r.base, &f); good;
	     good = f.flags & FRAME_MORE && answered(&f)) {
		P4__V1__ReadResponse *a = p4__v1__read_response__unpack(NULL, f.length, f.body);

		for (size_t i = 0; a && i < a->n_entities; i++, ++*n)
			sum += tp4_sum(TP4_SUM_START, bytes,
				       p4__v1__entity__pack(a->entities[i], bytes));
		p4__v1__read_response__free_unpacked(a, NULL);
	}
	return sum;
}

/* A program that takes over with all that there is, in every kind of entity. */
static void test_reconciled(const struct tp4_program *g)
{
	P4__V1__SetForwardingPipelineConfigRequest s =
		P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__INIT;
	P4__V1__ForwardingPipelineConfig config = P4__V1__FORWARDING_PIPELINE_CONFIG__INIT;
	P4__V1__RegisterEntry reg = P4__V1__REGISTER_ENTRY__INIT;
	P4__V1__CounterEntry counter = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__CounterData count = P4__V1__COUNTER_DATA__INIT;
	P4__V1__MeterConfig rates = P4__V1__METER_CONFIG__INIT;
	P4__V1__MeterEntry meter = P4__V1__METER_ENTRY__INIT;
	P4__V1__P4Data value = P4__V1__P4_DATA__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	ENTITY(register_entity, REGISTER_ENTRY, register_entry, &reg);
	ENTITY(counter_entity, COUNTER_ENTRY, counter_entry, &counter);
	ENTITY(meter_entity, METER_ENTRY, meter_entry, &meter);
	unsigned int before, after;
	uint8_t *body, *out;
	struct frame f, q = { .kind = FRAME_CALL, .method = FRAME_SET_CONFIG, .id = 9 };
	uint64_t sum, fresh;

	index.index = 1;
	count.packet_count = 77;
	rates.cir = rates.pir = 5;
	rates.cburst = rates.pburst = 6;
	value.data_case = P4__V1__P4_DATA__DATA_BITSTRING;
	value.bitstring = (ProtobufCBinaryData){ 1, (uint8_t *)"\x2a" };
	counter.counter_id = g->counters[0].id;
	meter.meter_id = g->meters[0].id;
	reg.register_id = g->registers[1].id;
	counter.index = meter.index = reg.index = &index;
	counter.data = &count;
	meter.config = &rates;
	reg.data = &value;
	ok(!update(P4__V1__UPDATE__TYPE__MODIFY, &counter_entity) &&
		   !update(P4__V1__UPDATE__TYPE__MODIFY, &meter_entity) &&
		   !update(P4__V1__UPDATE__TYPE__MODIFY, &register_entity),
	   "a counter, a meter and a register");
	sum = state_sum(&before);
	config.p4_device_config = (ProtobufCBinaryData){ object_len, object };
	s.config = &config;
	body = malloc(object_len + 100);
	out = malloc(object_len + 200);
	q.body = body;
	for (int keep = 1; body && out && keep >= 0; keep--) {
		s.action =
			keep ? P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__ACTION__RECONCILE_AND_COMMIT
			     : P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__ACTION__VERIFY_AND_COMMIT;
		q.length = (uint32_t)protobuf_c_message_pack(&s.base, body);
		ok(send(sock, out, frame_write(&q, out), MSG_NOSIGNAL) > 0 && answered(&f) &&
			   !f.code,
		   "it takes over");
		fresh = state_sum(&after);
		ok(keep ? fresh == sum && after == before : fresh != sum && after < before,
		   keep ? "with all %u entities, now %u" : "without them: of %u it has %u", before,
		   after);
	}
	free(body);
	free(out);
}

/* The lists of digests that four packets make; *last: the last one, for an acknowledgement. */
static const char *lists(pid_t pid, P4__V1__Entity *entity, P4__V1__DigestListAck *last)
{
	P4__V1__StreamMessageRequest m = P4__V1__STREAM_MESSAGE_REQUEST__INIT;
	static char text[64];
	FILE *out = fmemopen(text, sizeof(text), "w");
	struct frame f;

	kill(pid, SIGUSR1);
	p4__v1__read_response__free_unpacked(fetch(entity), NULL); /* by then they have come */
	m.update_case = P4__V1__STREAM_MESSAGE_REQUEST__UPDATE_DIGEST_ACK;
	m.digest_ack = last;
	for (bool got = !ask(FRAME_STREAM, &m.base, &f); got && f.length; got = answered(&f)) {
		P4__V1__StreamMessageResponse *s =
			p4__v1__stream_message_response__unpack(NULL, f.length, f.body);

		for (size_t i = 0; s && s->digest && i < s->digest->n_data; i++)
			fprintf(out, "%s%u", i ? "+" : " ",
				s->digest->data[i]->struct_->members[1]->bitstring.data[0]);
		if (s && s->digest) {
			last->digest_id = s->digest->digest_id;
			last->list_id = s->digest->list_id;
		}
		p4__v1__stream_message_response__free_unpacked(s, NULL);
	}
	fputc(0, out);
	fclose(out);
	return text;
}

static void test_learning(const struct tp4_program *g, pid_t pid)
{
	enum {
		INSERT = P4__V1__UPDATE__TYPE__INSERT,
		MODIFY = P4__V1__UPDATE__TYPE__MODIFY,
		DELETE = P4__V1__UPDATE__TYPE__DELETE
	};
	P4__V1__DigestEntry__Config config = P4__V1__DIGEST_ENTRY__CONFIG__INIT;
	P4__V1__DigestListAck last = P4__V1__DIGEST_LIST_ACK__INIT;
	P4__V1__DigestEntry e = P4__V1__DIGEST_ENTRY__INIT;
	ENTITY(entity, DIGEST_ENTRY, digest_entry, &e);
	P4__V1__ReadResponse *r;
	const char *told;

	e.digest_id = g->digests[0].id;
	e.config = &config;
	told = lists(pid, &entity, &last);
	ok(!strcmp(told, " 1 1 2 3"), "each digest is told, from the start:%s", told);
	r = fetch(&entity);
	ok(r && !r->n_entities, "without an entry");
	p4__v1__read_response__free_unpacked(r, NULL);
	ok(detail(MODIFY, &entity) == CODE_NOT_FOUND && detail(DELETE, &entity) == CODE_NOT_FOUND,
	   "what is not there is not changed");
	config.max_timeout_ns = 1000000000;
	config.max_list_size = 2;
	ok(!detail(INSERT, &entity) && detail(INSERT, &entity) == CODE_ALREADY_EXISTS, "an entry");
	told = lists(pid, &entity, &last);
	ok(!strcmp(told, " 1+2 3"), "lists of two distinct ones at most:%s", told);
	config.max_timeout_ns = 0;
	config.ack_timeout_ns = INT64_MAX;
	ok(!detail(MODIFY, &entity), "it is modified");
	e.digest_id = 0;
	r = fetch(&entity);
	ok(r && r->n_entities == 1 && r->entities[0]->digest_entry->digest_id == g->digests[0].id &&
		   r->entities[0]->digest_entry->config->max_list_size == 2 &&
		   r->entities[0]->digest_entry->config->ack_timeout_ns == INT64_MAX,
	   "and read");
	p4__v1__read_response__free_unpacked(r, NULL);
	e.digest_id = g->digests[0].id;
	/* What was told in the last lists waits for its acknowledgement. */
	told = lists(pid, &entity, &last);
	ok(!strcmp(told, " 3"), "what is acknowledged is told again:%s", told);
	told = lists(pid, &entity, &(P4__V1__DigestListAck)P4__V1__DIGEST_LIST_ACK__INIT);
	ok(!strcmp(told, ""), "else nothing:%s", told);
	config.ack_timeout_ns = 1;
	ok(!detail(MODIFY, &entity), "modified again");
	told = lists(pid, &entity, &last);
	ok(!strcmp(told, " 1 1 2 3"), "after that time, too:%s", told);
	config.max_list_size = -1;
	ok(detail(MODIFY, &entity) == CODE_INVALID_ARGUMENT, "a negative size");
	ok(!detail(DELETE, &entity), "it is deleted");
	told = lists(pid, &entity, &last);
	ok(!strcmp(told, ""), "no digest is told then:%s", told);
	ok(detail(INSERT, &entity) == CODE_INVALID_ARGUMENT, "nor is it told by a wrong entry");
	config.max_list_size = 0;
	ok(!detail(INSERT, &entity), "an entry again");
	e.digest_id = 5;
	ok(detail(INSERT, &entity) == CODE_NOT_FOUND && !fetch(&entity), "a digest that is none");
	e.digest_id = g->digests[0].id;
	told = lists(pid, &entity, &last);
	ok(!strcmp(told, " 1 1 2 3"), "and they are told:%s", told);
}

/* A digest of all that data can be made of */
static void test_everything(uint32_t id)
{
	P4__V1__StreamMessageResponse *s = NULL;
	char *text = NULL;
	struct frame f;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (answered(&f))
		s = p4__v1__stream_message_response__unpack(NULL, f.length, f.body);
	if (s && s->digest && s->digest->digest_id == id && s->digest->n_data == 1)
		show(out, s->digest->data[0]);
	fclose(out);
	ok(!strcmp(text,
		   "{{08 012c} true h{08 03 00 00} -{}h{05 00} other:h{06 00} :one:h{00 00 07 00} "
		   "yes 02 StackOutOfBounds (00 08} {09 0a} {false true} (0b 0080 ff}}"),
	   "a digest of everything: %s", text);
	free(text);
	p4__v1__stream_message_response__free_unpacked(s, NULL);
}

int main(void)
{
	FILE *file = fopen("build/tests/programs/port-select.tp4", "rb");
	struct pipeline_error err = { "" };
	const struct tp4_program *g;
	unsigned int n, parts;
	uint64_t sum;
	int fd[2], status;
	pid_t pid;

	if (!file)
		return 1;
	object_len = fread(object, 1, sizeof(object), file);
	fclose(file);
	ok(!pipeline_load(object, object_len, &program, &err), "the program loads: %s", err.text);
	g = program->program;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd))
		return 1;
	fflush(NULL);
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(fd[1]);
	}
	sock = fd[0];
	close(fd[1]);
	frame_reader_init(&reader);
	if (send(sock, "", 1, MSG_NOSIGNAL) != 1)
		return 1;

	P4__V1__Action__Param param = P4__V1__ACTION__PARAM__INIT, *params = &param;
	P4__V1__Action action = P4__V1__ACTION__INIT;
	P4__V1__ActionProfileMember member = P4__V1__ACTION_PROFILE_MEMBER__INIT;
	ENTITY(member_entity, ACTION_PROFILE_MEMBER, action_profile_member, &member);

	param.param_id = 1;
	param.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x2a" };
	action.action_id = g->actions[g->tables[1].actions[0].action].id;
	action.params = &params;
	action.n_params = 1;
	member.action_profile_id = g->profiles[0].id;
	member.member_id = 5;
	member.action = &action;
	ok(!update(P4__V1__UPDATE__TYPE__INSERT, &member_entity), "a member");
	ok(update(P4__V1__UPDATE__TYPE__INSERT, &member_entity) == CODE_UNKNOWN, "not twice");

	P4__V1__ActionProfileGroup__Member choice = P4__V1__ACTION_PROFILE_GROUP__MEMBER__INIT,
					   *choices = &choice;
	P4__V1__ActionProfileGroup group = P4__V1__ACTION_PROFILE_GROUP__INIT;
	ENTITY(group_entity, ACTION_PROFILE_GROUP, action_profile_group, &group);

	choice.member_id = 5;
	choice.weight = 2;
	group.action_profile_id = member.action_profile_id;
	group.group_id = 6;
	group.members = &choices;
	group.n_members = 1;
	ok(!update(P4__V1__UPDATE__TYPE__INSERT, &group_entity), "a group");

	P4__V1__FieldMatch__Exact exact = P4__V1__FIELD_MATCH__EXACT__INIT;
	P4__V1__FieldMatch match = P4__V1__FIELD_MATCH__INIT, *matches = &match;
	P4__V1__TableAction target = P4__V1__TABLE_ACTION__INIT;
	P4__V1__TableEntry entry = P4__V1__TABLE_ENTRY__INIT;
	P4__V1__CounterData count = P4__V1__COUNTER_DATA__INIT;
	P4__V1__MeterConfig rates = P4__V1__METER_CONFIG__INIT;
	ENTITY(entry_entity, TABLE_ENTRY, table_entry, &entry);

	exact.value = (ProtobufCBinaryData){ 1, (uint8_t *)"\x03" };
	match.field_id = 1;
	match.field_match_type_case = P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_EXACT;
	match.exact = &exact;
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_GROUP_ID;
	target.action_profile_group_id = 6;
	count.packet_count = 11;
	rates.cir = rates.pir = 100;
	rates.cburst = rates.pburst = 200;
	entry.table_id = g->tables[1].id;
	entry.match = &matches;
	entry.n_match = 1;
	entry.action = &target;
	entry.counter_data = &count;
	entry.meter_config = &rates;
	ok(!update(P4__V1__UPDATE__TYPE__INSERT, &entry_entity),
	   "an entry with a group, a count and rates");

	entry.action = NULL;
	P4__V1__ReadResponse *r = fetch(&entry_entity);

	ok(r && r->n_entities == 1 &&
		   r->entities[0]->table_entry->action->action_profile_group_id == 6 &&
		   r->entities[0]->table_entry->counter_data->packet_count == 11 &&
		   r->entities[0]->table_entry->meter_config->pburst == 200,
	   "the entry is read with both");
	p4__v1__read_response__free_unpacked(r, NULL);
	entry.counter_data = NULL;
	entry.meter_config = NULL;
	r = fetch(&entry_entity);
	ok(r && r->n_entities == 1 && !r->entities[0]->table_entry->counter_data &&
		   !r->entities[0]->table_entry->meter_config,
	   "and without where nobody asks");
	p4__v1__read_response__free_unpacked(r, NULL);

	P4__V1__DirectCounterEntry dc = P4__V1__DIRECT_COUNTER_ENTRY__INIT;
	P4__V1__DirectMeterEntry dm = P4__V1__DIRECT_METER_ENTRY__INIT;
	ENTITY(dc_entity, DIRECT_COUNTER_ENTRY, direct_counter_entry, &dc);
	ENTITY(dm_entity, DIRECT_METER_ENTRY, direct_meter_entry, &dm);

	dc.table_entry = dm.table_entry = &entry;
	dc.data = &count;
	count.packet_count = 40;
	ok(!update(P4__V1__UPDATE__TYPE__MODIFY, &dc_entity), "a direct counter is set");
	r = fetch(&dc_entity);
	ok(r && r->n_entities == 1 &&
		   r->entities[0]->direct_counter_entry->data->packet_count == 40 &&
		   r->entities[0]->direct_counter_entry->table_entry->n_match == 1,
	   "and read");
	p4__v1__read_response__free_unpacked(r, NULL);
	rates.pburst++;
	dm.config = &rates;
	ok(detail(P4__V1__UPDATE__TYPE__MODIFY, &dm_entity) == CODE_INVALID_ARGUMENT,
	   "a direct meter of one rate takes no two bursts");
	dm.config = NULL;
	rates.pburst--;
	ok(!update(P4__V1__UPDATE__TYPE__MODIFY, &dm_entity), "it loses its rates");
	r = fetch(&dm_entity);
	ok(r && r->n_entities == 1 && !r->entities[0]->direct_meter_entry->config &&
		   r->entities[0]->direct_meter_entry->table_entry->n_match == 1,
	   "they are gone");
	p4__v1__read_response__free_unpacked(r, NULL);

	P4__V1__MeterEntry meter = P4__V1__METER_ENTRY__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	ENTITY(meter_entity, METER_ENTRY, meter_entry, &meter);

	index.index = 2;
	meter.meter_id = g->meters[0].id;
	meter.index = &index;
	meter.config = &rates;
	ok(!update(P4__V1__UPDATE__TYPE__MODIFY, &meter_entity), "one cell of a meter");
	meter.index = NULL;
	r = fetch(&meter_entity);
	ok(r && r->n_entities == 4 && r->entities[2]->meter_entry->config->cir == 100 &&
		   !r->entities[1]->meter_entry->config,
	   "all cells are read");
	p4__v1__read_response__free_unpacked(r, NULL);
	ok(!update(P4__V1__UPDATE__TYPE__MODIFY, &meter_entity), "all cells of a meter");
	r = fetch(&meter_entity);
	ok(r && r->n_entities == 4 && r->entities[0]->meter_entry->config &&
		   r->entities[3]->meter_entry->config &&
		   r->entities[3]->meter_entry->config->cir == 100,
	   "are written");
	p4__v1__read_response__free_unpacked(r, NULL);

	member.action_profile_id = group.action_profile_id = 0;
	member.member_id = group.group_id = 0;
	r = fetch(&member_entity);
	ok(r && r->n_entities == 1 && r->entities[0]->action_profile_member->member_id == 5 &&
		   r->entities[0]->action_profile_member->action->params[0]->value.data[0] == 42,
	   "members, by wildcard");
	p4__v1__read_response__free_unpacked(r, NULL);
	r = fetch(&group_entity);
	ok(r && r->n_entities == 1 && r->entities[0]->action_profile_group->members[0]->weight == 2,
	   "groups");
	p4__v1__read_response__free_unpacked(r, NULL);

	/* More than a part has, and one of them by its id */
	for (member.member_id = 1000; member.member_id < 1600; member.member_id++) {
		member.action_profile_id = g->profiles[0].id;
		if (update(P4__V1__UPDATE__TYPE__INSERT, &member_entity))
			break;
	}
	member.member_id = 0;
	sum = read_all(&member_entity, &n, &parts);
	ok(n == 601 && parts > 2 && sum == 5 + 600 * 1000 + 599 * 600 / 2, "%u members in %u parts",
	   n, parts);
	member.member_id = 1599;
	sum = read_all(&member_entity, &n, &parts);
	ok(n == 1 && sum == 1599, "and one of them");

	member.action_profile_id = 0x11000099;
	ok(!fetch(&member_entity), "of no profile of the program: not found");

	/* An action set of the entry's own, and a timeout that is over at once */
	P4__V1__ActionProfileAction one[2], *ones[2] = { &one[0], &one[1] };
	P4__V1__ActionProfileActionSet set = P4__V1__ACTION_PROFILE_ACTION_SET__INIT;
	P4__V1__TableEntry__IdleTimeout age = P4__V1__TABLE_ENTRY__IDLE_TIMEOUT__INIT;

	for (int i = 0; i < 2; i++) {
		p4__v1__action_profile_action__init(&one[i]);
		one[i].action = &action;
		one[i].weight = i + 1;
	}
	set.action_profile_actions = ones;
	set.n_action_profile_actions = 2;
	target.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_ACTION_SET;
	target.action_profile_action_set = &set;
	exact.value.data = (uint8_t *)"\x04";
	action.action_id = g->actions[g->tables[3].actions[0].action].id;
	entry.table_id = g->tables[3].id;
	entry.action = &target;
	entry.idle_timeout_ns = 1;
	ok(!update(P4__V1__UPDATE__TYPE__INSERT, &entry_entity),
	   "an entry with an action set and a timeout");
	one[1].weight = 0;
	ok(update(P4__V1__UPDATE__TYPE__MODIFY, &entry_entity) == CODE_UNKNOWN,
	   "not with a weight of 0");
	entry.action = NULL;
	entry.time_since_last_hit = &age;
	r = fetch(&entry_entity);
	P4__V1__TableEntry *got = r && r->n_entities == 1 ? r->entities[0]->table_entry : NULL;

	ok(got && got->idle_timeout_ns == 1 && got->time_since_last_hit->elapsed_ns > 0 &&
		   got->action->action_profile_action_set->n_action_profile_actions == 2 &&
		   got->action->action_profile_action_set->action_profile_actions[1]->weight == 2 &&
		   got->action->action_profile_action_set->action_profile_actions[1]
				   ->action->params[0]
				   ->value.data[0] == 42,
	   "both are read, and how old it is");
	p4__v1__read_response__free_unpacked(r, NULL);

	P4__V1__StreamMessageRequest stream = P4__V1__STREAM_MESSAGE_REQUEST__INIT;
	struct frame f;

	for (uint8_t i = 1; i < 3; i++) {
		P4__V1__StreamMessageResponse *s = NULL;
		P4__V1__P4StructLike *data;

		if (i == 1 ? !ask(FRAME_STREAM, &stream.base, &f) : answered(&f))
			s = p4__v1__stream_message_response__unpack(NULL, f.length, f.body);
		data = s && s->digest && s->digest->n_data == 1 ? s->digest->data[0]->struct_
								: NULL;
		ok(data && f.flags & FRAME_MORE && s->digest->digest_id == g->digests[0].id &&
			   s->digest->list_id == i && data->n_members == 2 &&
			   s->digest->timestamp > 1000000000000000000 /* of a packet now */ &&
			   data->members[0]->bitstring.data[0] == 9 &&
			   data->members[1]->bitstring.len == 1 &&
			   data->members[1]->bitstring.data[0] == i,
		   "digest %d", i);
		p4__v1__stream_message_response__free_unpacked(s, NULL);
	}
	test_everything(g->digests[1].id);
	P4__V1__StreamMessageResponse *idle =
		answered(&f) ? p4__v1__stream_message_response__unpack(NULL, f.length, f.body)
			     : NULL;

	got = idle && idle->idle_timeout_notification
		      ? idle->idle_timeout_notification->table_entry[0]
		      : NULL;
	ok(got && got->match[0]->exact->value.data[0] == 4 && got->idle_timeout_ns == 1 &&
		   !got->action,
	   "the idle entry");
	p4__v1__stream_message_response__free_unpacked(idle, NULL);
	ok(answered(&f) && !f.length && !(f.flags & FRAME_MORE), "then none");
	P4__V1__DigestListAck ack = P4__V1__DIGEST_LIST_ACK__INIT;

	stream.update_case = P4__V1__STREAM_MESSAGE_REQUEST__UPDATE_DIGEST_ACK;
	stream.digest_ack = &ack;
	ok(!ask(FRAME_STREAM, &stream.base, &f) && !f.length && !(f.flags & FRAME_MORE),
	   "who acknowledges digests is not told that it is idle again");
	test_refused(g);
	test_sizes(g);
	test_written(g);
	test_value_set(g);
	test_learning(g, pid);
	test_reconciled(g);
	frame_reader_free(&reader);
	close(sock);
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	ok(!status, "the server leaves no memory behind");
	pipeline_free(program);
	return tap_end();
}
