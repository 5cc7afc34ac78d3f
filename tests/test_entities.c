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
}

static void host_status(struct server_host *h, Transp4__V1__StatusResponse *s)
{
}

static uint8_t object[1 << 20];
static size_t object_len;

/* Three packets for digests, then calls until the other side hangs up. */
static void serve(int fd)
{
	struct server_host host = { .program = host_program,
				    .replace = host_replace,
				    .status = host_status };
	struct server *s;
	uint8_t patch[256];

	signal(SIGIO, SIG_IGN); /* it looks all the time */
	s = server_new(&host, fd, false);
	for (uint8_t i = 1; i < 4; i++) {
		struct pipeline_packet pkt = { .data = (uint8_t[8]){ i < 3 ? 9 : 8, i },
					       .len = 8,
					       .total_len = 8,
					       .patch = patch,
					       .patch_size = sizeof(patch) };

		pipeline_run(program, &pkt, 1);
	}
	server_program_loaded(s, object, object_len);
	for (;;)
		if (!server_turn(s))
			usleep(1000);
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
	uint8_t body[4096], out[8192];
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

/* What P4Runtime has a server refuse, and which leaves all as it was */
static void test_refused(const struct tp4_program *g)
{
	const struct tp4_table_desc *t = &g->tables[1];
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
	ternary.mask = (ProtobufCBinaryData){ 2, (uint8_t *)"\1\2" };
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
	ok(idle[0] == 301 && idle[1] == 1, "%u idle entries are told, then %u", idle[0],
	   idle[1]);

	meter.meter_id = g->meters[0].id;
	meter.index = &index;
	meter.config = &rates;
	rates.cir = -1;
	ok(detail(MODIFY, &meter_entity) == CODE_INVALID_ARGUMENT,
	   "a negative rate, which is not: no limit");
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
	case DATA(BITSTRING):
		show_bytes(f, d->bitstring);
		break;
	case DATA(BOOL):
		fputs(d->bool_ ? "true" : "false", f);
		break;
	case DATA(TUPLE):
	case DATA(STRUCT):
		fputs(d->data_case == DATA(STRUCT) ? "{" : "(", f);
		for (size_t i = 0; i < d->struct_->n_members; i++) {
			fputs(i ? " " : "", f);
			show(f, d->struct_->members[i]);
		}
		fputc('}', f);
		break;
	case DATA(HEADER):
		show_header(f, d->header);
		break;
	case DATA(HEADER_UNION):
		show_union(f, d->header_union);
		break;
	case DATA(HEADER_STACK):
		for (size_t i = 0; i < d->header_stack->n_entries; i++)
			show_header(f, d->header_stack->entries[i]);
		break;
	case DATA(HEADER_UNION_STACK):
		for (size_t i = 0; i < d->header_union_stack->n_entries; i++)
			show_union(f, d->header_union_stack->entries[i]);
		break;
	case DATA(ENUM):
		fputs(d->enum_, f);
		break;
	case DATA(ERROR):
		fputs(d->error, f);
		break;
	case DATA(ENUM_VALUE):
		show_bytes(f, d->enum_value);
		break;
	default:
		fputc('?', f);
	}
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
		   "yes 02 StackOutOfBounds (00 08} {09 0a} {false true} (0b ff}}"),
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
	int fd[2];
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
	action.action_id = g->actions[g->tables[0].actions[0].action].id;
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
	entry.table_id = g->tables[0].id;
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
	ok(!update(P4__V1__UPDATE__TYPE__MODIFY, &dm_entity), "a direct meter loses its rates");
	r = fetch(&dm_entity);
	ok(r && r->n_entities == 1 && !r->entities[0]->direct_meter_entry->config, "they are gone");
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
				   ->action->params[0]->value.data[0] == 42,
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
	test_refused(g);
	frame_reader_free(&reader);
	close(sock);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	pipeline_free(program);
	return tap_end();
}
