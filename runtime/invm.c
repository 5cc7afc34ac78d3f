/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * invm.c - connections and sessions of the agent's channel.
 */
#include "runtime/invm.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "control/clock.h"
#include "control/frame.h"
#include "control/server.h"
#include "runtime/invm_apply.h"

#define READ_CHUNK  16384U
#define HELLO_PAUSE 20000000ULL    /* ns between two HELLOs that are looked at */
#define SAY_PAUSE   60000000000ULL /* ns between two lines of one kind */

struct conn {
	int fd; /* -1: free */
	uint64_t since;
	struct frame_reader in;
	struct session next, now; /* offered; proven */
	bool offered, proven;
	uint64_t ack; /* to be acknowledged; 0: nothing */
	uint8_t out[512];
	size_t out_len, out_sent;
};

enum kind {
	KIND_HELLO,
	KIND_OFTEN,
	KIND_SEALED,
	KIND_FRAME,
	KIND_BEGIN,
	KIND_TWO,
	KIND_END,
	KIND_CROWD,
	KINDS
};

struct invm {
	int listen_fd; /* -1: conn[0] is the only one and stays */
	bool has_key;
	uint8_t key[INVM_KEY_SIZE];
	struct conn conn[INVM_CONNS];
	struct conn *live; /* the agent's */
	struct invm_apply apply;
	uint64_t last_hello, sessions, refused;
	struct {
		uint64_t told;
		unsigned int more;
	} say[KINDS];
};

__attribute__((format(printf, 3, 4))) static void say(struct invm *v, enum kind kind,
						      const char *format, ...)
{
	uint64_t now = now_ns();
	char text[256];
	va_list ap;

	if (v->say[kind].told && now - v->say[kind].told < SAY_PAUSE) {
		v->say[kind].more++;
		return;
	}
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (v->say[kind].more)
		fprintf(stderr, "transp4: agent: %s (and %u times before)\n", text,
			v->say[kind].more);
	else
		fprintf(stderr, "transp4: agent: %s\n", text);
	v->say[kind].told = now;
	v->say[kind].more = 0;
}

/* Connections */

static void conn_open(struct conn *c, int fd)
{
	memset(c, 0, sizeof(*c));
	c->fd = fd;
	c->since = now_ns();
	frame_reader_init(&c->in);
	c->in.max = INVM_FRAME_MAX;
	server_arm(fd);
}

static bool conn_flush(struct conn *c)
{
	while (c->out_sent < c->out_len) {
		ssize_t n = write(c->fd, c->out + c->out_sent, c->out_len - c->out_sent);

		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		c->out_sent += n;
	}
	c->out_len = c->out_sent = 0;
	return true;
}

/* Into the buffer of what waits, where it has room. */
static bool conn_send(struct conn *c, enum invm_step step, const uint8_t *body, size_t len)
{
	struct frame f = { .kind = FRAME_INVM, .method = step, .body = body, .length = len };

	if (c->out_len + frame_room(len) > sizeof(c->out))
		return false;
	c->out_len += frame_write(&f, c->out + c->out_len);
	return true;
}

static void session_end(struct invm *v, struct conn *c)
{
	if (v->live == c)
		v->live = NULL;
	sodium_memzero(&c->now, sizeof(c->now));
	c->proven = false;
	c->ack = 0;
}

/* The peer is gone, or not believed any more.  A stream stays, and tells it. */
static void conn_end(struct invm *v, struct conn *c, bool tell)
{
	session_end(v, c);
	sodium_memzero(&c->next, sizeof(c->next));
	c->offered = false;
	if (v->listen_fd >= 0) {
		frame_reader_free(&c->in);
		close(c->fd);
		c->fd = -1;
		return;
	}
	if (tell)
		conn_send(c, INVM_RESET, NULL, 0);
}

static void refuse(struct invm *v, struct conn *c, enum kind kind, const char *why)
{
	v->refused++;
	say(v, kind, "%s", why);
	conn_end(v, c, true);
}

/* Steps */

static void on_hello(struct invm *v, struct conn *c, const struct frame *f)
{
	uint8_t out[INVM_WELCOME_SIZE];
	uint64_t now = now_ns();

	if (!v->has_key) {
		refuse(v, c, KIND_HELLO, "a connection, but this P4 VM was given no key");
		return;
	}
	if (!session_greets(v->key, f->body, f->length)) {
		refuse(v, c, KIND_HELLO,
		       "a connection with another key was refused; give agent and P4 VM the same "
		       "key");
		return;
	}
	if (now - v->last_hello < HELLO_PAUSE ||
	    !session_welcome(v->key, f->body, now, &c->next, out)) {
		refuse(v, c, KIND_OFTEN,
		       "a greeting with the key came right after another, and was refused; do two "
		       "have the key?");
		return;
	}
	v->last_hello = now;
	c->offered = true;
	if (!conn_send(c, INVM_WELCOME, out, sizeof(out)))
		conn_end(v, c, false);
}

/* The first message of a session has proven itself. */
static void session_live(struct invm *v, struct conn *c)
{
	c->now = c->next;
	c->proven = true;
	c->offered = false;
	sodium_memzero(&c->next, sizeof(c->next));
	if (v->live && v->live != c) {
		say(v, KIND_TWO, "another one takes the place of this one; do two have the key?");
		conn_end(v, v->live, false);
	}
	v->live = c;
	v->sessions++;
	invm_apply_begin(&v->apply);
	say(v, KIND_BEGIN, "connected");
}

static void on_sealed(struct invm *v, struct conn *c, const struct frame *f)
{
	static uint8_t text[INVM_TEXT_MAX];
	bool first = f->flags & INVM_FIRST;
	struct session *s = first ? &c->next : &c->now;
	uint64_t seq;
	size_t len;

	if (!(first ? c->offered : c->proven)) {
		/* The rest of what was refused, or a session that this P4 VM never had. */
		v->refused++;
		conn_end(v, c, true);
		return;
	}
	if (!session_open(s, f->body, f->length, first, text, &len)) {
		refuse(v, c, KIND_SEALED,
		       "a message that is not authentic, repeated or out of order was refused");
		return;
	}
	if (first)
		session_live(v, c);
	seq = invm_apply(&v->apply, text, len, now_ns());
	if (!seq) {
		refuse(v, c, KIND_SEALED,
		       "a message that makes no sense was refused; are agent and "
		       "P4 VM of one version?");
		return;
	}
	c->ack = seq;
	if (c->now.over) {
		say(v, KIND_END, "said good-bye");
		conn_end(v, c, false);
	}
}

static void on_frame(struct invm *v, struct conn *c, const struct frame *f)
{
	if (f->kind == FRAME_INVM && f->method == INVM_HELLO)
		on_hello(v, c, f);
	else if (f->kind == FRAME_INVM && f->method == INVM_SEALED)
		on_sealed(v, c, f);
	else
		refuse(v, c, KIND_FRAME, "something else than the agent's protocol was refused");
}

/* What was applied is visible to the next packet. */
static void send_ack(struct invm *v, struct conn *c)
{
	Transp4__V1__InVmAck m = TRANSP4__V1__IN_VM_ACK__INIT;
	uint8_t text[64], sealed[sizeof(text) + INVM_SEAL_EXTRA + INVM_HEADER_SIZE];
	bool first;
	size_t len;

	m.seq = c->ack;
	m.clock = now_ns();
	len = transp4__v1__in_vm_ack__pack(&m, text);
	len = session_seal(&c->now, text, len, false, sealed, &first);
	c->ack = 0;
	if (!conn_send(c, INVM_SEALED, sealed, len))
		conn_end(v, c, false);
}

/* One frame, or the next bytes; true: progress. */
static bool conn_turn(struct invm *v, struct conn *c)
{
	uint64_t bad = c->in.bad;
	struct frame f;
	uint8_t *room;
	ssize_t n;

	if (c->fd < 0)
		return false;
	if (!conn_flush(c)) {
		conn_end(v, c, false);
		return true;
	}
	if (c->in.len > c->in.done && frame_reader_next(&c->in, &f)) {
		on_frame(v, c, &f);
		return true;
	}
	if (c->in.bad != bad) {
		refuse(v, c, KIND_FRAME, "something else than the agent's protocol was refused");
		return true;
	}
	if (c->ack && !c->out_len) {
		send_ack(v, c);
		return true;
	}
	room = frame_reader_room(&c->in, READ_CHUNK);
	n = room ? read(c->fd, room, READ_CHUNK) : -1;
	if (n > 0) {
		frame_reader_fed(&c->in, n);
		return true;
	}
	if (room && n < 0 && (errno == EAGAIN || errno == EINTR))
		return errno == EINTR;
	if (c->proven)
		say(v, KIND_END, "the connection has ended; its values go stale");
	if (v->listen_fd >= 0) {
		conn_end(v, c, false);
		return true;
	}
	/* A stream says so until it has heard of the next peer, whose hello may be here already. */
	if (c->proven)
		session_end(v, c);
	return false;
}

static bool accept_turn(struct invm *v)
{
	struct conn *c = NULL;
	int fd;

	if (v->listen_fd < 0)
		return false;
	fd = accept4(v->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0)
		return false;
	/*
	 * A free place, else that of the one that has had most time to prove itself, first of
	 * those that have not even greeted with the key: many who say nothing keep nobody out.
	 */
	for (unsigned int i = 0; i < INVM_CONNS; i++) {
		struct conn *k = &v->conn[i];

		if (k == v->live)
			continue;
		if (!c || (c->fd >= 0 && (k->fd < 0 || k->offered < c->offered ||
					  (k->offered == c->offered && k->since < c->since))))
			c = k;
	}
	if (c->fd >= 0)
		refuse(v, c, KIND_CROWD,
		       "many connect and do not show that they have the key; the oldest makes room");
	conn_open(c, fd);
	return true;
}

bool invm_turn(struct invm *v)
{
	bool more = accept_turn(v);

	more |= invm_apply_turn(&v->apply);
	for (unsigned int i = 0; i < INVM_CONNS; i++)
		more |= conn_turn(v, &v->conn[i]);
	return more;
}

struct invm *invm_new(int fd, bool listening)
{
	struct invm *v = calloc(1, sizeof(*v));

	if (!v || sodium_init() < 0) {
		free(v);
		return NULL;
	}
	v->listen_fd = -1;
	for (unsigned int i = 0; i < INVM_CONNS; i++)
		v->conn[i].fd = -1;
	if (listening) {
		v->listen_fd = fd;
		server_arm(fd);
	} else {
		conn_open(&v->conn[0], fd);
	}
	return v;
}

void invm_free(struct invm *v)
{
	if (!v)
		return;
	for (unsigned int i = 0; i < INVM_CONNS; i++) {
		if (v->conn[i].fd < 0)
			continue;
		frame_reader_free(&v->conn[i].in);
		close(v->conn[i].fd);
	}
	if (v->listen_fd >= 0)
		close(v->listen_fd);
	free(v->apply.label);
	sodium_memzero(v, sizeof(*v));
	free(v);
}

void invm_key(struct invm *v, const uint8_t key[INVM_KEY_SIZE])
{
	/* Who proved another key proves this one. */
	for (unsigned int i = 0; v->has_key && i < INVM_CONNS; i++)
		if (v->conn[i].fd >= 0 && memcmp(v->key, key, INVM_KEY_SIZE))
			conn_end(v, &v->conn[i], true);
	memcpy(v->key, key, INVM_KEY_SIZE);
	v->has_key = true;
}

bool invm_show(struct invm *v, const Transp4__V1__InVmRequest *request,
	       Transp4__V1__InVmResponse *out)
{
	out->has_key = v->has_key;
	out->connected = v->live != NULL;
	out->sessions = v->sessions;
	out->refused = v->refused;
	return invm_apply_show(&v->apply, request, now_ns(), out);
}
