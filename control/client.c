/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * client.c - calls to a P4 VM, over its control socket.
 */
#include "control/client.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "control/code.h"
#include "control/entry.h"
#include "control/frame.h"
#include "control/p4runtime.pb-c.h"
#include "control/unpack.h"

struct client {
	int fd;
	unsigned int timeout_ms;
	uint64_t id; /* of the last call; starts anywhere, so that an answer to
		      * somebody before us is not taken for ours */
	struct frame_reader in;
	P4__Config__V1__P4Info *info; /* the program's, as far as we know */
};

__attribute__((format(printf, 3, 4))) static int fail(struct client_error *err, int ret,
						      const char *format, ...)
{
	va_list ap;

	err->code = 0;
	va_start(ap, format);
	vsnprintf(err->text, sizeof(err->text), format, ap);
	va_end(ap);
	/* Words of the P4 VM may be in it. */
	for (char *p = err->text; *p; p++)
		if (!isprint((unsigned char)*p))
			*p = '?';
	return ret;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

/* The connection */

int client_open(const char *path, unsigned int timeout_ms, struct client **out,
		struct client_error *err)
{
	struct timeval limit = { timeout_ms / 1000, timeout_ms % 1000 * 1000 };
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct client *c;

	if (strlen(path) >= sizeof(addr.sun_path))
		return fail(err, -ENAMETOOLONG, "the path %s is too long for a socket", path);
	strcpy(addr.sun_path, path);
	c = calloc(1, sizeof(*c));
	if (!c)
		return fail(err, -ENOMEM, "no memory");
	c->timeout_ms = timeout_ms;
	frame_reader_init(&c->in);
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* A full backlog is waited for, as long as an answer would be. */
	if (c->fd < 0 || setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) ||
	    connect(c->fd, (struct sockaddr *)&addr, sizeof(addr)) ||
	    fcntl(c->fd, F_SETFL, O_NONBLOCK) ||
	    getrandom(&c->id, sizeof(c->id), 0) != sizeof(c->id)) {
		int e = errno;

		client_close(c);
		if (e == ENOENT || e == ECONNREFUSED)
			return fail(err, -e, "no P4 VM listens at %s; is it running?", path);
		if (e == EAGAIN)
			return fail(err, -e,
				    "the P4 VM at %s does not take calls, or only others'; is it "
				    "stopped?",
				    path);
		return fail(err, -e, "cannot connect to %s: %s", path, strerror(e));
	}
	*out = c;
	return 0;
}

void client_close(struct client *c)
{
	if (!c)
		return;
	if (c->fd >= 0)
		close(c->fd);
	frame_reader_free(&c->in);
	client_p4info_free(c->info);
	free(c);
}

static int await(struct client *c, short events, int64_t deadline, struct client_error *err)
{
	struct pollfd p = { .fd = c->fd, .events = events };
	int64_t left = deadline - now_ms();
	int n = poll(&p, 1, left > 0 ? left : 0);

	if (n > 0 || (n < 0 && errno == EINTR))
		return 0;
	return fail(err, -ETIMEDOUT, "the P4 VM did not answer within %u ms", c->timeout_ms);
}

static int send_call(struct client *c, uint8_t method, const ProtobufCMessage *m, int64_t deadline,
		     struct client_error *err)
{
	size_t len = protobuf_c_message_get_packed_size(m), room = frame_room(len), sent = 0;
	uint8_t *body, *out;
	struct frame f = { .kind = FRAME_CALL, .method = method, .id = ++c->id, .length = len };
	int ret = 0;

	if (len > FRAME_MAX)
		return fail(err, -EMSGSIZE, "the call is longer than %u bytes", FRAME_MAX);
	body = malloc(len + 1);
	out = malloc(room + 1);
	if (!body || !out) {
		ret = fail(err, -ENOMEM, "no memory");
		goto out;
	}
	protobuf_c_message_pack(m, body);
	f.body = body;
	out[0] = 0; /* ends what somebody before us left unfinished */
	room = 1 + frame_write(&f, out + 1);
	while (!ret && sent < room) {
		ssize_t n = send(c->fd, out + sent, room - sent, MSG_NOSIGNAL);

		if (n >= 0)
			sent += n;
		else if (errno == EAGAIN || errno == EINTR)
			ret = await(c, POLLOUT, deadline, err);
		else
			ret = fail(err, -EPIPE, "the P4 VM closed the connection");
	}
out:
	free(body);
	free(out);
	return ret;
}

/* The next answer to the call under way. */
static int receive(struct client *c, uint8_t method, int64_t deadline, struct frame *f,
		   struct client_error *err)
{
	for (;;) {
		uint8_t *room;
		ssize_t n;
		int ret;

		while (frame_reader_next(&c->in, f))
			if (f->kind == FRAME_ANSWER && f->id == c->id && f->method == method)
				return 0;
		room = frame_reader_room(&c->in, 65536);
		if (!room)
			return fail(err, -ENOMEM, "no memory");
		n = recv(c->fd, room, 65536, 0);
		if (n > 0)
			frame_reader_fed(&c->in, n);
		else if (!n || (errno != EAGAIN && errno != EINTR))
			return fail(err, -EPIPE, "the P4 VM closed the connection");
		else if ((ret = await(c, POLLIN, deadline, err)))
			return ret;
		if (now_ms() > deadline)
			return fail(err, -ETIMEDOUT, "the P4 VM did not answer within %u ms",
				    c->timeout_ms);
	}
}

/*
 * An answer that is an error.  Of a Write's errors, the first counts; *failed
 * (may be NULL) becomes its index.
 */
static int refused(const struct frame *f, size_t *failed, struct client_error *err)
{
	Google__Rpc__Status *st = unpack(&google__rpc__status__descriptor, f->body, f->length);
	int code = f->code, ret;

	fail(err, 0, "%s", st && st->message[0] ? st->message : code_name(code));
	for (size_t i = 0; st && i < st->n_details; i++) {
		P4__V1__Error *e = unpack(&p4__v1__error__descriptor, st->details[i]->value.data,
					  st->details[i]->value.len);
		bool first = e && e->canonical_code != CODE_OK;

		if (first) {
			code = e->canonical_code;
			fail(err, 0, "%s", e->message[0] ? e->message : code_name(code));
			if (failed)
				*failed = i;
		}
		unpack_free(e);
		if (first)
			break;
	}
	unpack_free(st);
	err->code = code;
	ret = code_to_errno(code);
	return ret ? ret : -EIO;
}

/* Send @m; unpack each answer as @type and give it to @take, which may stop. */
static int call(struct client *c, uint8_t method, const ProtobufCMessage *m,
		const ProtobufCMessageDescriptor *type, int (*take)(void *arg, void *answer),
		void *arg, size_t *failed, struct client_error *err)
{
	int64_t deadline = now_ms() + c->timeout_ms;
	bool more = true;
	int ret, stopped = 0;

	err->code = 0;
	err->text[0] = 0;
	ret = send_call(c, method, m, deadline, err);
	while (!ret && more) {
		struct frame f;
		void *answer;

		ret = receive(c, method, deadline, &f, err);
		if (ret)
			break;
		if (f.code)
			return refused(&f, failed, err);
		more = f.flags & FRAME_MORE;
		answer = unpack(type, f.body, f.length);
		if (!answer)
			return fail(err, -EPROTO, "the P4 VM's answer makes no sense");
		if (take && !stopped)
			stopped = take(arg, answer);
		unpack_free(answer);
	}
	return ret ? ret : stopped;
}

/* Keeps the answer in place of freeing it: swaps in an empty one. */
struct keep {
	void *answer;
	size_t size;
};

static int take_keep(void *arg, void *answer)
{
	struct keep *k = arg;

	if (k->answer)
		return 0;
	k->answer = malloc(k->size);
	if (!k->answer)
		return -ENOMEM;
	memcpy(k->answer, answer, k->size);
	protobuf_c_message_init(((ProtobufCMessage *)answer)->descriptor, answer);
	return 0;
}

/* Status and program */

int client_status(struct client *c, Transp4__V1__StatusResponse **out, struct client_error *err)
{
	Transp4__V1__StatusRequest m = TRANSP4__V1__STATUS_REQUEST__INIT;
	struct keep k = { NULL, sizeof(**out) };
	int ret = call(c, FRAME_STATUS, &m.base, &transp4__v1__status_response__descriptor,
		       take_keep, &k, NULL, err);

	if (!ret)
		*out = k.answer;
	return ret;
}

void client_status_free(Transp4__V1__StatusResponse *status)
{
	unpack_free(status);
}

int client_invm(struct client *c, const Transp4__V1__InVmRequest *request,
		Transp4__V1__InVmResponse **out, struct client_error *err)
{
	struct keep k = { NULL, sizeof(**out) };
	int ret = call(c, FRAME_INVM_STATE, &request->base,
		       &transp4__v1__in_vm_response__descriptor, take_keep, &k, NULL, err);

	if (!ret)
		*out = k.answer;
	return ret;
}

void client_invm_free(Transp4__V1__InVmResponse *state)
{
	unpack_free(state);
}

int client_program_set(struct client *c, const void *bytes, size_t len, enum client_program what,
		       struct client_error *err)
{
#define ACTION(x) P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__ACTION__##x
	static const P4__V1__SetForwardingPipelineConfigRequest__Action actions[] = {
		[CLIENT_REPLACE] = ACTION(VERIFY_AND_COMMIT),
		[CLIENT_VERIFY] = ACTION(VERIFY),
		[CLIENT_KEEP] = ACTION(RECONCILE_AND_COMMIT),
	};
#undef ACTION
	P4__V1__SetForwardingPipelineConfigRequest m =
		P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__INIT;
	P4__V1__ForwardingPipelineConfig config = P4__V1__FORWARDING_PIPELINE_CONFIG__INIT;

	config.p4_device_config.data = (uint8_t *)bytes;
	config.p4_device_config.len = len;
	m.config = &config;
	m.action = actions[what];
	return call(c, FRAME_SET_CONFIG, &m.base,
		    &p4__v1__set_forwarding_pipeline_config_response__descriptor, NULL, NULL, NULL,
		    err);
}

P4__Config__V1__P4Info *client_p4info_parse(const void *bytes, size_t len)
{
	return unpack(&p4__config__v1__p4_info__descriptor, bytes, len);
}

void client_p4info_free(P4__Config__V1__P4Info *info)
{
	unpack_free(info);
}

int client_p4info(struct client *c, P4__Config__V1__P4Info **out, void **bytes, size_t *len,
		  struct client_error *err)
{
	P4__V1__GetForwardingPipelineConfigRequest m =
		P4__V1__GET_FORWARDING_PIPELINE_CONFIG_REQUEST__INIT;
	P4__V1__GetForwardingPipelineConfigResponse *r;
	struct keep k = { NULL, sizeof(*r) };
	ProtobufCBinaryData info = { 0 };
	int ret;

	m.response_type =
		P4__V1__GET_FORWARDING_PIPELINE_CONFIG_REQUEST__RESPONSE_TYPE__P4INFO_AND_COOKIE;
	ret = call(c, FRAME_GET_CONFIG, &m.base,
		   &p4__v1__get_forwarding_pipeline_config_response__descriptor, take_keep, &k,
		   NULL, err);
	if (ret)
		return ret;
	r = k.answer;
	if (r->config)
		info = r->config->p4info;
	*out = client_p4info_parse(info.data, info.len);
	if (!*out) {
		ret = fail(err, -EPROTO, "the P4 VM's p4info makes no sense");
	} else if (bytes) {
		*bytes = malloc(info.len + 1);
		*len = info.len;
		if (*bytes && info.len) {
			memcpy(*bytes, info.data, info.len);
		} else if (!*bytes) {
			client_p4info_free(*out);
			ret = fail(err, -ENOMEM, "no memory");
		}
	}
	unpack_free(r);
	return ret;
}

/* Writing */

static int write_updates(struct client *c, P4__V1__Update *const *updates, size_t n, size_t *failed,
			 struct client_error *err)
{
	P4__V1__WriteRequest m = P4__V1__WRITE_REQUEST__INIT;

	m.updates = (P4__V1__Update **)updates;
	m.n_updates = n;
	return call(c, FRAME_WRITE, &m.base, &p4__v1__write_response__descriptor, NULL, NULL,
		    failed, err);
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

int client_entry_update_all(struct client *c, enum pipeline_update op,
			    const struct pipeline_entry *e, size_t n, size_t *failed,
			    struct client_error *err)
{
	struct update_box *box = NULL;
	P4__V1__Update **updates = NULL;
	struct pipeline_error why;
	size_t done = 0;
	int ret;

	*failed = 0;
	ret = need_info(c, err);
	if (ret)
		return ret;
	box = calloc(n + 1, sizeof(*box));
	updates = calloc(n + 1, sizeof(*updates));
	if (!box || !updates) {
		ret = fail(err, -ENOMEM, "no memory");
		goto out;
	}
	for (; done < n; done++) {
		struct update_box *b = &box[done];

		ret = entry_to_message(c->info, &e[done], &b->entry, &why);
		if (ret) {
			*failed = done++;
			fail(err, 0, "%s", why.text);
			err->code = code_from_errno(ret);
			goto out;
		}
		p4__v1__update__init(&b->update);
		p4__v1__entity__init(&b->entity);
		b->update.type = update_type(op);
		b->update.entity = &b->entity;
		b->entity.entity_case = P4__V1__ENTITY__ENTITY_TABLE_ENTRY;
		b->entity.table_entry = &b->entry.entry;
		updates[done] = &b->update;
	}
	ret = write_updates(c, updates, n, failed, err);
out:
	for (size_t i = 0; box && i < done; i++)
		message_box_free(&box[i].entry);
	free(box);
	free(updates);
	return ret;
}

int client_entry_update(struct client *c, enum pipeline_update op, const struct pipeline_entry *e,
			struct client_error *err)
{
	size_t failed;

	return client_entry_update_all(c, op, e, 1, &failed, err);
}

/* Of a counter, meter or register; below 0: all of them. */
static P4__V1__Index *cell_index(P4__V1__Index *i, int64_t index)
{
	p4__v1__index__init(i);
	i->index = index;
	return index < 0 ? NULL : i;
}

static int write_entity(struct client *c, P4__V1__Entity *entity, struct client_error *err)
{
	P4__V1__Update update = P4__V1__UPDATE__INIT, *list = &update;

	update.type = P4__V1__UPDATE__TYPE__MODIFY;
	update.entity = entity;
	return write_updates(c, &list, 1, NULL, err);
}

int client_set_write(struct client *c, uint32_t id, const struct pipeline_entry *members, size_t n,
		     struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__ValueSetEntry e = P4__V1__VALUE_SET_ENTRY__INIT;
	struct member_box {
		struct message_box entry;
		P4__V1__ValueSetMember member;
	} *box = calloc(n + 1, sizeof(*box));
	struct pipeline_error why;
	int ret = need_info(c, err);

	e.members = calloc(n + 1, sizeof(*e.members));
	if (!ret && (!box || !e.members))
		ret = fail(err, -ENOMEM, "no memory");
	while (!ret && e.n_members < n) {
		struct member_box *b = &box[e.n_members];

		ret = entry_to_message(c->info, &members[e.n_members], &b->entry, &why);
		if (ret) {
			fail(err, 0, "%s", why.text);
			err->code = code_from_errno(ret);
		}
		p4__v1__value_set_member__init(&b->member);
		b->member.match = b->entry.entry.match;
		b->member.n_match = b->entry.entry.n_match;
		e.members[e.n_members++] = &b->member;
	}
	e.value_set_id = id;
	entity.entity_case = P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY;
	entity.value_set_entry = &e;
	if (!ret)
		ret = write_entity(c, &entity, err);
	while (e.n_members)
		message_box_free(&box[--e.n_members].entry);
	free(e.members);
	free(box);
	return ret;
}

int client_counter_write(struct client *c, uint32_t id, int64_t index,
			 const struct pipeline_count *count, struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__CounterEntry e = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__CounterData data = P4__V1__COUNTER_DATA__INIT;
	P4__V1__Index i;

	data.packet_count = count->packets;
	data.byte_count = count->bytes;
	e.counter_id = id;
	e.index = cell_index(&i, index);
	e.data = &data;
	entity.entity_case = P4__V1__ENTITY__ENTITY_COUNTER_ENTRY;
	entity.counter_entry = &e;
	return write_entity(c, &entity, err);
}

int client_meter_write(struct client *c, uint32_t id, int64_t index,
		       const struct pipeline_rates *rates, struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__MeterEntry e = P4__V1__METER_ENTRY__INIT;
	P4__V1__MeterConfig config = P4__V1__METER_CONFIG__INIT;
	P4__V1__Index i;

	e.meter_id = id;
	e.index = cell_index(&i, index);
	if (rates) {
		rates_to_message(rates, &config);
		e.config = &config;
	}
	entity.entity_case = P4__V1__ENTITY__ENTITY_METER_ENTRY;
	entity.meter_entry = &e;
	return write_entity(c, &entity, err);
}

int client_register_write(struct client *c, uint32_t id, int64_t index,
			  const struct pipeline_bytes *value, struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__RegisterEntry e = P4__V1__REGISTER_ENTRY__INIT;
	P4__V1__P4Data data = P4__V1__P4_DATA__INIT;
	P4__V1__Index i;

	data.data_case = P4__V1__P4_DATA__DATA_BITSTRING;
	data.bitstring.data = (uint8_t *)value->data;
	data.bitstring.len = value->len;
	e.register_id = id;
	e.index = cell_index(&i, index);
	e.data = &data;
	entity.entity_case = P4__V1__ENTITY__ENTITY_REGISTER_ENTRY;
	entity.register_entry = &e;
	return write_entity(c, &entity, err);
}

/* Reading */

struct walk {
	struct client *c;
	int (*entry)(void *arg, const struct pipeline_entry *e);
	int (*counter)(void *arg, uint32_t id, int64_t index, const struct pipeline_count *count);
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
	return call(c, FRAME_READ, &m.base, &p4__v1__read_response__descriptor, walk_answer, w,
		    NULL, err);
}

int client_entry_visit(struct client *c, uint32_t table_id,
		       int (*visit)(void *arg, const struct pipeline_entry *e), void *arg,
		       struct client_error *err)
{
	P4__V1__Entity entity[2] = { P4__V1__ENTITY__INIT, P4__V1__ENTITY__INIT };
	P4__V1__Entity *list[2] = { &entity[0], &entity[1] };
	P4__V1__TableEntry entry[2] = { P4__V1__TABLE_ENTRY__INIT, P4__V1__TABLE_ENTRY__INIT };
	P4__V1__TableEntry__IdleTimeout age = P4__V1__TABLE_ENTRY__IDLE_TIMEOUT__INIT;
	struct walk w = { .c = c, .entry = visit, .arg = arg };
	int ret = need_info(c, err);

	if (ret)
		return ret;
	for (int i = 0; i < 2; i++) {
		entry[i].table_id = table_id;
		entry[i].is_default_action = i;
		entry[i].time_since_last_hit = &age; /* where an entry has one */
		entity[i].entity_case = P4__V1__ENTITY__ENTITY_TABLE_ENTRY;
		entity[i].table_entry = &entry[i];
	}
	return read_entities(c, list, 2, &w, err);
}

int client_set_visit(struct client *c, uint32_t id,
		     int (*visit)(void *arg, const struct pipeline_entry *member), void *arg,
		     struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT, *list = &entity;
	P4__V1__ValueSetEntry e = P4__V1__VALUE_SET_ENTRY__INIT;
	struct walk w = { .c = c, .entry = visit, .arg = arg };
	int ret = need_info(c, err);

	if (ret)
		return ret;
	e.value_set_id = id;
	entity.entity_case = P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY;
	entity.value_set_entry = &e;
	return read_entities(c, &list, 1, &w, err);
}

int client_counter_visit(struct client *c, uint32_t id, int64_t index,
			 int (*visit)(void *arg, uint32_t id, int64_t index,
				      const struct pipeline_count *count),
			 void *arg, struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT, *list = &entity;
	P4__V1__CounterEntry e = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__Index i;
	struct walk w = { .c = c, .counter = visit, .arg = arg };

	e.counter_id = id;
	e.index = cell_index(&i, index);
	entity.entity_case = P4__V1__ENTITY__ENTITY_COUNTER_ENTRY;
	entity.counter_entry = &e;
	return read_entities(c, &list, 1, &w, err);
}

int client_register_visit(struct client *c, uint32_t id, int64_t index,
			  int (*visit)(void *arg, uint32_t id, int64_t index,
				       const struct pipeline_bytes *value),
			  void *arg, struct client_error *err)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT, *list = &entity;
	P4__V1__RegisterEntry e = P4__V1__REGISTER_ENTRY__INIT;
	P4__V1__Index i;
	struct walk w = { .c = c, .cell = visit, .arg = arg };

	e.register_id = id;
	e.index = cell_index(&i, index);
	entity.entity_case = P4__V1__ENTITY__ENTITY_REGISTER_ENTRY;
	entity.register_entry = &e;
	return read_entities(c, &list, 1, &w, err);
}
