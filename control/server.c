/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * server.c - connections, and which call goes where.
 */
#include "control/call.h"
#include "control/clock.h"
#include "control/entry.h"
#include "control/learn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_CHUNK 65536U
/* A long answer pauses while so many bytes of it wait for its reader. */
#define OUT_PAUSE  (1U << 20)
/* A reader that lets so much pile up is cut off. */
#define OUT_MAX    (4U * FRAME_MAX)
/*
 * So is one for which a long answer, and with it every other call, has waited
 * so long, or who has done nothing for so long while another one wants its place.
 */
#define PATIENCE   5000000000ULL /* ns */

struct conn {
	int fd; /* -1: free */
	struct frame_reader in;
	uint8_t *out; /* out[sent..len) waits for room */
	size_t sent, len, size;
	bool broken;   /* to be closed at the next turn */
	uint64_t used; /* when it last took or gave bytes */
};

struct server {
	struct server_host *host;
	uint64_t patience;
	int listen_fd; /* -1: conn[0] is the only one and stays */
	struct conn conn[SERVER_CLIENTS];
	unsigned int next; /* whose turn it is */
	bool waiting;      /* for a place: only time makes one */
	struct config config, saved;
	struct job job;
	uint64_t digests;  /* lists sent */
	uint64_t answered; /* when the last frame of an answer was made */
};

struct server_host *call_host(const struct call *c)
{
	return c->server->host;
}

struct config *call_config(const struct call *c)
{
	return &c->server->config;
}

struct config *call_saved(const struct call *c)
{
	return &c->server->saved;
}

struct pipeline *call_program(const struct call *c)
{
	struct pipeline *saved = c->server->saved.pipeline;

	return saved ? saved : c->server->host->program(c->server->host);
}

const P4__Config__V1__P4Info *call_info(const struct call *c)
{
	return c->server->saved.pipeline ? c->server->saved.info : c->server->config.info;
}

struct learn *call_learn(const struct call *c)
{
	return c->server->saved.pipeline ? c->server->saved.learn : c->server->config.learn;
}

struct job *call_job(const struct call *c)
{
	return &c->server->job;
}

/* Connections */

void server_arm(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	fcntl(fd, F_SETOWN, getpid());
	fcntl(fd, F_SETFL, flags | O_NONBLOCK | O_ASYNC);
}

static void conn_open(struct conn *c, int fd)
{
	memset(c, 0, sizeof(*c));
	c->fd = fd;
	c->used = now_ns();
	frame_reader_init(&c->in);
	server_arm(fd);
}

static uint8_t *conn_room(struct conn *c, size_t want)
{
	if (c->size - c->len < want && c->sent) {
		memmove(c->out, c->out + c->sent, c->len - c->sent);
		c->len -= c->sent;
		c->sent = 0;
	}
	if (c->size - c->len < want) {
		size_t size = c->len + want;
		uint8_t *out = size <= OUT_MAX ? realloc(c->out, size) : NULL;

		if (!out) {
			c->broken = true;
			return NULL;
		}
		c->out = out;
		c->size = size;
	}
	return c->out + c->len;
}

/* Forget what the last client left; the stream itself may stay. */
static void conn_reset(struct server *s, unsigned int i)
{
	struct conn *c = &s->conn[i];
	int fd = c->fd;

	if (s->job.step && s->job.call.client == i)
		job_end(&s->job);
	frame_reader_free(&c->in);
	free(c->out);
	memset(c, 0, sizeof(*c));
	c->fd = fd;
	if (s->listen_fd >= 0) {
		close(fd);
		c->fd = -1;
	} else if (conn_room(c, 1)) {
		c->out[c->len++] = 0; /* ends the frame that was cut */
	}
}

/* True: something was sent. */
static bool conn_flush(struct conn *c)
{
	ssize_t n;

	if (c->sent == c->len)
		return false;
	n = write(c->fd, c->out + c->sent, c->len - c->sent);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			c->broken = true;
		return false;
	}
	c->sent += n;
	c->used = now_ns();
	if (c->sent == c->len) {
		c->sent = c->len = 0;
		if (c->size > OUT_PAUSE) {
			free(c->out);
			c->out = NULL;
			c->size = 0;
		}
	}
	return n > 0;
}

/* Answers */

static void answer(const struct call *call, enum code code, uint8_t flags, const uint8_t *body,
		   size_t len)
{
	struct conn *c = &call->server->conn[call->client];
	struct frame f = {
		.kind = FRAME_ANSWER,
		.method = call->method,
		.flags = flags,
		.code = code,
		.id = call->id,
		.body = body,
		.length = len,
	};
	uint8_t *out = conn_room(c, frame_room(len));

	if (!out)
		return;
	c->len += frame_write(&f, out);
	call->server->answered = now_ns();
	conn_flush(c);
}

void call_answer_bytes(const struct call *c, const uint8_t *body, size_t len, uint8_t flags)
{
	if (len > FRAME_MAX)
		call_fail(c, CODE_RESOURCE_EXHAUSTED, "the answer is longer than a message may be");
	else
		answer(c, CODE_OK, flags, body, len);
}

static void answer_message(const struct call *c, enum code code, const ProtobufCMessage *m)
{
	size_t len = protobuf_c_message_get_packed_size(m);
	uint8_t *body = len <= FRAME_MAX ? malloc(len + 1) : NULL;

	if (!body) {
		c->server->conn[c->client].broken = true;
		return;
	}
	protobuf_c_message_pack(m, body);
	answer(c, code, 0, body, len);
	free(body);
}

void call_answer(const struct call *c, const ProtobufCMessage *m)
{
	answer_message(c, CODE_OK, m);
}

void call_fail(const struct call *c, enum code code, const char *format, ...)
{
	Google__Rpc__Status status = GOOGLE__RPC__STATUS__INIT;
	char text[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	status.code = code;
	status.message = text;
	answer_message(c, code, &status.base);
}

void outcome_refuse(struct outcome *o, enum code code, const char *format, ...)
{
	va_list ap;

	o->code = code;
	va_start(ap, format);
	vsnprintf(o->text.text, sizeof(o->text.text), format, ap);
	va_end(ap);
}

bool call_fail_each(const struct call *c, const char *what, const struct outcome *o, size_t n)
{
	Google__Rpc__Status status = GOOGLE__RPC__STATUS__INIT;
	Google__Protobuf__Any *any, **list;
	size_t failed = 0;
	char text[64];

	for (size_t i = 0; i < n; i++)
		failed += o[i].code != CODE_OK;
	if (!failed)
		return false;
	snprintf(text, sizeof(text), "%zu of %zu %s failed", failed, n, what);
	status.code = CODE_UNKNOWN;
	status.message = text;
	any = calloc(n, sizeof(*any));
	list = calloc(n, sizeof(*list));
	for (size_t i = 0; any && list && i < n; i++) {
		P4__V1__Error error = P4__V1__ERROR__INIT;

		error.canonical_code = o[i].code;
		error.message = (char *)o[i].text.text;
		google__protobuf__any__init(&any[i]);
		any[i].type_url = "type.googleapis.com/p4.v1.Error";
		any[i].value.data = malloc(p4__v1__error__get_packed_size(&error) + 1);
		if (!any[i].value.data)
			break;
		any[i].value.len = p4__v1__error__pack(&error, any[i].value.data);
		list[status.n_details++] = &any[i];
	}
	status.details = list;
	answer_message(c, CODE_UNKNOWN, &status.base);
	for (size_t i = 0; i < status.n_details; i++)
		free(any[i].value.data);
	free(any);
	free(list);
	return true;
}

/* Calls */

static void capabilities_call(const struct call *c, const uint8_t *body, size_t len)
{
	P4__V1__CapabilitiesResponse m = P4__V1__CAPABILITIES_RESPONSE__INIT;

	m.p4runtime_api_version = "1.4.0";
	call_answer(c, &m.base);
}

static void status_call(const struct call *c, const uint8_t *body, size_t len)
{
	struct config *cf = call_config(c);
	Transp4__V1__StatusResponse m = TRANSP4__V1__STATUS_RESPONSE__INIT;

	if (cf->info)
		m.program = cf->info->pkg_info && cf->info->pkg_info->name[0]
				    ? cf->info->pkg_info->name
				    : "unnamed";
	m.program_generation = cf->generation;
	call_host(c)->status(call_host(c), &m);
	call_answer(c, &m.base);
}

static void invm_call(const struct call *c, const uint8_t *body, size_t len)
{
	Transp4__V1__InVmRequest *request =
		unpack(&transp4__v1__in_vm_request__descriptor, body, len);
	Transp4__V1__InVmResponse m = TRANSP4__V1__IN_VM_RESPONSE__INIT;
	struct server_host *host = call_host(c);
	const char *wrong;

	if (!request) {
		call_fail(c, CODE_INVALID_ARGUMENT, "this is no InVmRequest");
		return;
	}
	wrong = host->invm ? host->invm(host, request, &m) : "it knows of no agents";
	if (wrong) {
		call_fail(c, CODE_FAILED_PRECONDITION, "%s", wrong);
	} else {
		call_answer(c, &m.base);
		host->invm_end(&m);
	}
	unpack_free(request);
}

static bool stream_answer(const struct call *c, const P4__V1__StreamMessageResponse *m)
{
	size_t n = p4__v1__stream_message_response__get_packed_size(m);
	uint8_t *bytes = malloc(n + 1);

	if (!bytes) {
		c->server->conn[c->client].broken = true;
		return false;
	}
	p4__v1__stream_message_response__pack(m, bytes);
	call_answer_bytes(c, bytes, n, FRAME_MORE);
	free(bytes);
	return true;
}

struct idle_walk {
	struct call call;
	unsigned int told;
};

/* What is idle now is told when control asks: each entry with its key and timeout. */
static int idle_entry(void *arg, const struct pipeline_entry *e)
{
	struct idle_walk *w = arg;
	const struct call *c = &w->call;
	P4__V1__StreamMessageResponse m = P4__V1__STREAM_MESSAGE_RESPONSE__INIT;
	P4__V1__IdleTimeoutNotification idle = P4__V1__IDLE_TIMEOUT_NOTIFICATION__INIT;
	P4__V1__TableEntry *one;
	struct pipeline_error err;
	struct message_box box;
	bool stop = false;
	int ret;

	if (w->told++ == CALL_PART)
		return true;
	ret = entry_to_message(call_config(c)->info, e, &box, &err);
	if (!ret) {
		one = &box.entry;
		one->action = NULL;
		one->counter_data = NULL;
		one->meter_config = NULL;
		one->time_since_last_hit = NULL;
		idle.table_entry = &one;
		idle.n_table_entry = 1;
		idle.timestamp = (int64_t)clock_ns(CLOCK_REALTIME);
		m.update_case = P4__V1__STREAM_MESSAGE_RESPONSE__UPDATE_IDLE_TIMEOUT_NOTIFICATION;
		m.idle_timeout_notification = &idle;
		stop = !stream_answer(c, &m);
	} else if (ret == -ENOMEM) {
		stop = c->server->conn[c->client].broken = true;
	}
	message_box_free(&box);
	return stop;
}

static void idle_step(struct job *job)
{
	struct idle_walk w = { .call = job->call };

	if (pipeline_idle_visit(call_host(&w.call)->program(call_host(&w.call)), &job->at,
				idle_entry, &w))
		return;
	job_end(job);
	call_answer_bytes(&w.call, NULL, 0, 0);
}

static bool digests_send(const struct call *c, const P4__V1__DigestList *list)
{
	P4__V1__StreamMessageResponse m = P4__V1__STREAM_MESSAGE_RESPONSE__INIT;

	m.update_case = P4__V1__STREAM_MESSAGE_RESPONSE__UPDATE_DIGEST;
	m.digest = (P4__V1__DigestList *)list;
	return stream_answer(c, &m);
}

/*
 * The digests that wait, and the entries that have become idle, every
 * frame a StreamMessageResponse; the last frame is empty.  Who acknowledges digests
 * hears of these alone: an idle entry is told once, to who asks for it.  There is
 * nothing to arbitrate and no packet I/O.
 */
static void stream_call(const struct call *c, const uint8_t *body, size_t len)
{
	P4__V1__StreamMessageRequest *request =
		unpack(&p4__v1__stream_message_request__descriptor, body, len);
	struct pipeline *p = call_host(c)->program(call_host(c));
	uint64_t epoch = clock_ns(CLOCK_REALTIME) - now_ns();
	const struct config *cf = call_config(c);
	bool idle;

	if (!request ||
	    (request->update_case != P4__V1__STREAM_MESSAGE_REQUEST__UPDATE__NOT_SET &&
	     request->update_case != P4__V1__STREAM_MESSAGE_REQUEST__UPDATE_DIGEST_ACK)) {
		call_fail(c, CODE_UNIMPLEMENTED,
			  "only digests and idle entries are offered here; who holds the control "
			  "socket is in charge");
		unpack_free(request);
		return;
	}
	idle = p && request->update_case == P4__V1__STREAM_MESSAGE_REQUEST__UPDATE__NOT_SET;
	if (request->update_case)
		learn_ack(cf->learn, request->digest_ack);
	unpack_free(request);
	if (p)
		learn_tell(cf->learn, p, cf->info, epoch, &c->server->digests, digests_send, c);
	if (idle)
		*call_job(c) = (struct job){ .step = idle_step, .call = *c };
	else
		call_answer_bytes(c, NULL, 0, 0);
}

static const struct {
	void (*handle)(const struct call *c, const uint8_t *body, size_t len);
	size_t body_max;
} methods[] = {
	[FRAME_WRITE] = { write_call, CALL_BODY_MAX },
	[FRAME_READ] = { read_call, CALL_BODY_MAX },
	[FRAME_SET_CONFIG] = { config_set_call, FRAME_MAX },
	[FRAME_GET_CONFIG] = { config_get_call, CALL_BODY_MAX },
	[FRAME_STREAM] = { stream_call, CALL_BODY_MAX },
	[FRAME_CAPABILITIES] = { capabilities_call, CALL_BODY_MAX },
	[FRAME_STATUS] = { status_call, CALL_BODY_MAX },
	[FRAME_INVM_STATE] = { invm_call, CALL_BODY_MAX },
};

static void dispatch(struct server *s, unsigned int client, const struct frame *f)
{
	struct call c = { .server = s, .client = client, .method = f->method, .id = f->id };

	if (f->kind != FRAME_CALL)
		return; /* an echo of ourselves, or nonsense */
	if (f->method >= sizeof(methods) / sizeof(methods[0]) || !methods[f->method].handle)
		call_fail(&c, CODE_UNIMPLEMENTED, "there is no method %u", f->method);
	else if (f->length > methods[f->method].body_max)
		call_fail(&c, CODE_RESOURCE_EXHAUSTED, "the call is longer than %zu bytes",
			  methods[f->method].body_max);
	else
		methods[f->method].handle(&c, f->body, f->length);
}

/* Turns */

/* For one more: a free place, or that of who has done nothing for longest. */
static bool accept_turn(struct server *s)
{
	struct pollfd pending = { .fd = s->listen_fd, .events = POLLIN };
	unsigned int at = 0;
	int fd;

	if (s->listen_fd < 0)
		return false;
	for (unsigned int i = 1; i < SERVER_CLIENTS && s->conn[at].fd >= 0; i++)
		if (s->conn[i].fd < 0 || s->conn[i].used < s->conn[at].used)
			at = i;
	if (s->conn[at].fd >= 0 && now_ns() - s->conn[at].used <= s->patience) {
		s->waiting = poll(&pending, 1, 0) > 0;
		return false;
	}
	s->waiting = false;
	fd = accept4(s->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0)
		return false;
	if (s->conn[at].fd >= 0)
		conn_reset(s, at);
	conn_open(&s->conn[at], fd);
	return true;
}

/* One call of one client, or the next bytes of one; true: progress. */
static bool conn_turn(struct server *s, unsigned int i)
{
	struct conn *c = &s->conn[i];
	struct frame f;
	uint8_t *room;
	ssize_t n;

	if (c->fd < 0)
		return false;
	if (!c->broken && conn_flush(c))
		return true;
	if (c->broken) {
		conn_reset(s, i);
		return true;
	}
	/* One answer at a time, and no new call while the old answer stands. */
	if (s->job.step || c->len - c->sent > OUT_PAUSE)
		return false;
	if (frame_reader_next(&c->in, &f)) {
		dispatch(s, i, &f);
		return true;
	}
	room = frame_reader_room(&c->in, READ_CHUNK);
	if (!room) {
		c->broken = true;
		return true;
	}
	n = read(c->fd, room, READ_CHUNK);
	if (n > 0) {
		c->used = now_ns();
		frame_reader_fed(&c->in, n);
		return true;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return errno == EINTR;
	/*
	 * The client went away.  A virtio-serial port says so as long as it has
	 * not heard of one, although calls of the next one may be here already:
	 * what is left of the last one is told apart by the frames themselves.
	 */
	if (s->listen_fd < 0)
		return false;
	conn_reset(s, i);
	return true;
}

bool server_turn(struct server *s)
{
	bool more = accept_turn(s);

	if (s->job.step) {
		struct conn *c = &s->conn[s->job.call.client];

		if (!c->broken && c->len - c->sent <= OUT_PAUSE) {
			s->job.step(&s->job);
			more = true;
		} else if (now_ns() - s->answered > s->patience) {
			c->broken = true;
		}
	}
	for (unsigned int n = 0; n < SERVER_CLIENTS; n++) {
		unsigned int i = s->next++ % SERVER_CLIENTS;

		if (conn_turn(s, i))
			return true;
	}
	return more;
}

unsigned int server_blocked(const struct server *s, struct pollfd *fds)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < SERVER_CLIENTS; i++)
		if (s->conn[i].fd >= 0 && s->conn[i].sent < s->conn[i].len)
			fds[n++] = (struct pollfd){ .fd = s->conn[i].fd, .events = POLLOUT };
	if (!n && s->waiting)
		fds[n++] = (struct pollfd){ .fd = -1 };
	return n;
}

void server_program_loaded(struct server *s, const void *bytes, size_t len)
{
	config_note(&s->config, s->host->program(s->host), bytes, len);
}

struct server *server_new(struct server_host *host, int fd, bool listening)
{
	struct server *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->host = host;
	s->patience = PATIENCE;
	s->listen_fd = -1;
	for (unsigned int i = 0; i < SERVER_CLIENTS; i++)
		s->conn[i].fd = -1;
	if (listening) {
		s->listen_fd = fd;
		server_arm(fd);
	} else {
		conn_open(&s->conn[0], fd);
	}
	return s;
}

void server_patience_set(struct server *s, uint64_t ns)
{
	s->patience = ns;
}

void server_free(struct server *s)
{
	if (!s)
		return;
	for (unsigned int i = 0; i < SERVER_CLIENTS; i++) {
		int fd = s->conn[i].fd;

		if (fd < 0)
			continue;
		conn_reset(s, i);
		free(s->conn[i].out);
		if (s->listen_fd < 0)
			close(fd);
	}
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	config_free(&s->config);
	config_free(&s->saved);
	free(s);
}
