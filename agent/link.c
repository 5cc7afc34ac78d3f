/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * link.c - one connection after the other, each with a session of its own.
 */
#include "agent/link.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/clock.h"
#include "control/address.h"
#include "control/frame.h"
#include "control/unpack.h"

enum state { WAITING, CONNECTING, GREETING, LIVE };

struct link {
	const char *address;
	uint8_t key[INVM_KEY_SIZE];
	enum state state;
	int fd;
	uint64_t until; /* when the state is given up */
	uint64_t pause; /* before the next attempt */
	uint64_t live;  /* since when */
	bool told;      /* that it was lost, or nothing yet */
	uint64_t told_at;
	struct session_try try;
	struct session session;
	struct frame_reader in;
	uint64_t sent, acked, echo, echo_at;
	uint64_t sent_at; /* the last one */
	uint8_t *out;     /* INVM_FRAME_MAX and its frame */
	size_t out_len, out_sent;
};

struct link *link_new(const char *address, const uint8_t key[INVM_KEY_SIZE])
{
	/* Keys: not for a core dump, and, where the limit allows it, not for swap. */
	struct link *l = sodium_malloc(sizeof(*l));

	if (!l)
		return NULL;
	memset(l, 0, sizeof(*l));
	l->out = malloc(frame_room(INVM_FRAME_MAX));
	if (!l->out) {
		sodium_free(l);
		return NULL;
	}
	l->address = address;
	memcpy(l->key, key, sizeof(l->key));
	l->fd = -1;
	l->pause = LINK_WAIT_MIN;
	l->told = true;
	return l;
}

/* The end of an attempt or of a session, with the reason. */
static void link_lose(struct link *l, const char *why)
{
	uint64_t now = clock_now();

	if (!l->told_at || now - l->told_at >= LINK_QUIET) {
		fprintf(stderr, "transp4-agent: %s: %s; trying again\n", l->address, why);
		l->told = true;
		l->told_at = now;
	}
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	frame_reader_free(&l->in);
	sodium_memzero(&l->session, sizeof(l->session));
	l->out_len = l->out_sent = 0;
	l->sent = l->acked = 0;
	if (l->state == LIVE && now - l->live >= LINK_GOOD)
		l->pause = LINK_WAIT_MIN;
	l->state = WAITING;
	l->until = now + l->pause;
	l->pause = 2 * l->pause < LINK_WAIT_MAX ? 2 * l->pause : LINK_WAIT_MAX;
}

static void put_frame(struct link *l, enum invm_step step, uint8_t flags, const uint8_t *body,
		      size_t len)
{
	struct frame f = {
		.kind = FRAME_INVM, .method = step, .flags = flags, .body = body, .length = len
	};

	/* A zero byte ends what another client may have left in the stream. */
	l->out_sent = 0;
	l->out_len = 0;
	if (step == INVM_HELLO)
		l->out[l->out_len++] = 0;
	l->out_len += frame_write(&f, l->out + l->out_len);
}

static void link_flush(struct link *l)
{
	while (l->out_sent < l->out_len) {
		ssize_t n =
			send(l->fd, l->out + l->out_sent, l->out_len - l->out_sent, MSG_NOSIGNAL);

		if (n < 0) {
			if (errno != EAGAIN && errno != EINTR)
				link_lose(l, strerror(errno));
			return;
		}
		l->out_sent += n;
	}
	l->out_len = l->out_sent = 0;
}

static void link_connect(struct link *l)
{
	struct sockaddr_storage addr;
	socklen_t len;
	int one = 1;

	if (!address_parse(l->address, false, &addr, &len))
		return;
	l->fd = socket(addr.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	l->state = CONNECTING;
	l->until = clock_now() + LINK_PATIENCE;
	if (l->fd < 0) {
		link_lose(l, strerror(errno));
		return;
	}
	if (addr.ss_family != AF_VSOCK)
		setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(l->fd, (struct sockaddr *)&addr, len) && errno != EINPROGRESS)
		link_lose(l, strerror(errno));
}

static void link_greet(struct link *l)
{
	uint8_t hello[INVM_HELLO_SIZE];
	socklen_t size = sizeof(int);
	int err = 0;

	if (getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &err, &size) || err) {
		link_lose(l, strerror(err ? err : errno));
		return;
	}
	frame_reader_init(&l->in);
	l->in.max = INVM_FRAME_MAX;
	session_hello(&l->try, l->key, hello);
	put_frame(l, INVM_HELLO, 0, hello, sizeof(hello));
	l->state = GREETING;
	l->until = clock_now() + LINK_PATIENCE;
	link_flush(l);
}

static bool on_welcome(struct link *l, const struct frame *f)
{
	/* Somebody else's, or for a HELLO before this one: what we wait for may still come. */
	if (!session_finish(&l->try, l->key, f->body, f->length, &l->session, &l->echo))
		return false;
	l->echo_at = l->live = clock_now();
	l->state = LIVE;
	l->until = UINT64_MAX;
	if (l->told)
		fprintf(stderr, "transp4-agent: connected to the P4 VM at %s\n", l->address);
	l->told = false;
	return true;
}

static void on_ack(struct link *l, const struct frame *f)
{
	static uint8_t text[INVM_TEXT_MAX];
	Transp4__V1__InVmAck *ack;
	size_t len;

	if (!session_open(&l->session, f->body, f->length, false, text, &len) ||
	    !(ack = unpack(&transp4__v1__in_vm_ack__descriptor, text, len))) {
		link_lose(l, "an answer was not authentic");
		return;
	}
	if (ack->seq > l->acked && ack->seq <= l->sent && ack->clock >= l->echo) {
		l->acked = ack->seq;
		l->echo = ack->clock;
		l->echo_at = clock_now();
	}
	l->until = l->acked < l->sent ? clock_now() + LINK_PATIENCE : UINT64_MAX;
	unpack_free(ack);
}

/* True: a session has begun. */
static bool on_frame(struct link *l, const struct frame *f)
{
	if (f->kind != FRAME_INVM) {
		link_lose(l, "who answers is no P4 VM");
	} else if (f->method == INVM_RESET) {
		link_lose(l, l->state == GREETING
				     ? "the P4 VM refused; has it the same key? its log says more"
				     : "the P4 VM has lost the session");
	} else if (l->state == GREETING && f->method == INVM_WELCOME) {
		return on_welcome(l, f);
	} else if (l->state == LIVE && f->method == INVM_SEALED) {
		on_ack(l, f);
	} else if (l->state == LIVE) {
		link_lose(l, "an answer at the wrong time");
	} /* else of the session before, in a stream that outlives it */
	return false;
}

static bool link_read(struct link *l)
{
	uint8_t *room = frame_reader_room(&l->in, 4096);
	bool begun = false;
	struct frame f;
	ssize_t n;

	if (!room)
		return false;
	n = recv(l->fd, room, 4096, 0);
	if (n <= 0) {
		if (!n || (errno != EAGAIN && errno != EINTR))
			link_lose(l, n                      ? strerror(errno)
				     : l->state == GREETING ? "it hangs up; has the P4 VM the same "
							      "key? its log says more"
							    : "the connection has ended");
		return false;
	}
	frame_reader_fed(&l->in, n);
	while (l->state >= GREETING && frame_reader_next(&l->in, &f))
		begun |= on_frame(l, &f);
	return begun && l->state == LIVE;
}

uint64_t link_poll(const struct link *l, struct pollfd *pfd)
{
	*pfd = (struct pollfd){ .fd = l->fd, .events = POLLIN };
	if (l->state == CONNECTING || l->out_len)
		pfd->events |= POLLOUT;
	if (link_ready(l) && l->sent_at + LINK_ALIVE < l->until)
		return l->sent_at + LINK_ALIVE;
	return l->until;
}

bool link_turn(struct link *l, short revents)
{
	bool begun = false;

	if (l->fd >= 0 && revents) {
		if (l->state == CONNECTING)
			link_greet(l);
		else if (revents & POLLOUT)
			link_flush(l);
		if (l->state >= GREETING && revents & (POLLIN | POLLHUP | POLLERR))
			begun = link_read(l);
	}
	if (clock_now() >= l->until) {
		if (l->state == WAITING)
			link_connect(l);
		else
			link_lose(l, l->state == CONNECTING ? "no connection" : "no answer");
	}
	return begun;
}

bool link_ready(const struct link *l)
{
	return l->state == LIVE && !l->out_len;
}

bool link_silent(const struct link *l)
{
	return clock_now() - l->sent_at >= LINK_ALIVE;
}

static void link_seal(struct link *l, const uint8_t *text, size_t len, bool last)
{
	static uint8_t sealed[INVM_FRAME_MAX];
	bool first;

	len = session_seal(&l->session, text, len, last, sealed, &first);
	put_frame(l, INVM_SEALED, first ? INVM_FIRST : 0, sealed, len);
	link_flush(l);
}

void link_send(struct link *l, Transp4__V1__InVmUpdate *u)
{
	static uint8_t text[INVM_TEXT_MAX];
	size_t len;

	u->seq = ++l->sent;
	u->echo = l->echo;
	u->echo_at = l->echo_at;
	l->sent_at = clock_now();
	len = transp4__v1__in_vm_update__get_packed_size(u);
	if (len > sizeof(text)) {
		link_lose(l, "an update is too long");
		return;
	}
	transp4__v1__in_vm_update__pack(u, text);
	if (l->until == UINT64_MAX)
		l->until = clock_now() + LINK_PATIENCE;
	link_seal(l, text, len, false);
}

uint64_t link_sent(const struct link *l)
{
	return l->sent;
}

uint64_t link_acked(const struct link *l)
{
	return l->acked;
}

void link_free(struct link *l)
{
	Transp4__V1__InVmUpdate bye = TRANSP4__V1__IN_VM_UPDATE__INIT;

	if (link_ready(l)) {
		uint8_t text[64];

		bye.seq = ++l->sent;
		bye.echo = l->echo;
		bye.echo_at = l->echo_at;
		link_seal(l, text, transp4__v1__in_vm_update__pack(&bye, text), true);
	}
	if (l->fd >= 0)
		close(l->fd);
	frame_reader_free(&l->in);
	free(l->out);
	sodium_free(l); /* zeroes it, too */
}
