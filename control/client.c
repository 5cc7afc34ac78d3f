/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * client.c - calls to a P4 VM, over its control socket.
 */
#include "control/client_call.h"

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
#include <unistd.h>

#include "control/clock.h"
#include "control/code.h"
#include "control/unpack.h"

int client_fail(struct client_error *err, int ret, const char *format, ...)
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

/* The connection */

int client_open(const char *path, unsigned int timeout_ms, struct client **out,
		struct client_error *err)
{
	struct timeval limit = { timeout_ms / 1000, timeout_ms % 1000 * 1000 };
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct client *c;

	if (strlen(path) >= sizeof(addr.sun_path))
		return client_fail(err, -ENAMETOOLONG, "the path %s is too long for a socket",
				   path);
	strcpy(addr.sun_path, path);
	c = calloc(1, sizeof(*c));
	if (!c)
		return client_fail(err, -ENOMEM, "no memory");
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
			return client_fail(err, -e, "no P4 VM listens at %s; is it running?", path);
		if (e == EAGAIN)
			return client_fail(
				err, -e,
				"the P4 VM at %s does not take calls, or only others'; is it "
				"stopped?",
				path);
		return client_fail(err, -e, "cannot connect to %s: %s", path, strerror(e));
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
	return client_fail(err, -ETIMEDOUT, "the P4 VM did not answer within %u ms", c->timeout_ms);
}

static int send_call(struct client *c, uint8_t method, const ProtobufCMessage *m, int64_t deadline,
		     struct client_error *err)
{
	size_t len = protobuf_c_message_get_packed_size(m), room = frame_room(len), sent = 0;
	uint8_t *body, *out;
	struct frame f = { .kind = FRAME_CALL, .method = method, .id = ++c->id, .length = len };
	int ret = 0;

	if (len > FRAME_MAX)
		return client_fail(err, -EMSGSIZE, "the call is longer than %u bytes", FRAME_MAX);
	body = malloc(len + 1);
	out = malloc(room + 1);
	if (!body || !out) {
		ret = client_fail(err, -ENOMEM, "no memory");
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
			ret = client_fail(err, -EPIPE, "the P4 VM closed the connection");
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
			return client_fail(err, -ENOMEM, "no memory");
		n = recv(c->fd, room, 65536, 0);
		if (n > 0)
			frame_reader_fed(&c->in, n);
		else if (!n || (errno != EAGAIN && errno != EINTR))
			return client_fail(err, -EPIPE, "the P4 VM closed the connection");
		else if ((ret = await(c, POLLIN, deadline, err)))
			return ret;
		if (now_ms() > deadline)
			return client_fail(err, -ETIMEDOUT, "the P4 VM did not answer within %u ms",
					   c->timeout_ms);
	}
}

/* An answer that is an error.  Of the errors of a Write's n updates, the first counts. */
static int refused(const struct frame *f, bool *done, size_t n, struct client_error *err)
{
	Google__Rpc__Status *st = unpack(&google__rpc__status__descriptor, f->body, f->length);
	int code = f->code, ret;
	bool any = false;

	client_fail(err, 0, "%s", st && st->message[0] ? st->message : code_name(code));
	for (size_t i = 0; st && i < st->n_details; i++) {
		P4__V1__Error *e = unpack(&p4__v1__error__descriptor, st->details[i]->value.data,
					  st->details[i]->value.len);

		if (i < n)
			done[i] = e && e->canonical_code == CODE_OK;
		if (e && e->canonical_code != CODE_OK && !any) {
			any = true;
			code = e->canonical_code;
			client_fail(err, 0, "%s", e->message[0] ? e->message : code_name(code));
		}
		unpack_free(e);
	}
	unpack_free(st);
	err->code = code;
	ret = code_to_errno(code);
	return ret ? ret : -EIO;
}

/*
 * The parts of an answer.  They are all read before the first is looked at: a P4 VM cuts
 * off who reads no further, as who prints each to somebody that waits.
 */
struct parts {
	uint8_t *bytes; /* each behind its length */
	size_t len, size;
};

#define PARTS_MAX (256U << 20)
#define PACE      256U /* bytes a ms, at least */

static int part_keep(struct parts *p, const struct frame *f, struct client_error *err)
{
	size_t want = p->len + sizeof(f->length) + f->length;

	if (want > PARTS_MAX)
		return client_fail(err, -EPROTO, "the P4 VM's answer does not end");
	if (want > p->size) {
		size_t size = 2 * want;
		uint8_t *bytes = realloc(p->bytes, size);

		if (!bytes)
			return client_fail(err, -ENOMEM, "no memory");
		p->bytes = bytes;
		p->size = size;
	}
	memcpy(p->bytes + p->len, &f->length, sizeof(f->length));
	if (f->length)
		memcpy(p->bytes + p->len + sizeof(f->length), f->body, f->length);
	p->len = want;
	return 0;
}

/* What take() said when it stopped, if it did */
static int parts_take(const struct parts *p, const ProtobufCMessageDescriptor *type,
		      int (*take)(void *arg, void *answer), void *arg, struct client_error *err)
{
	uint32_t length;
	int ret = 0;

	for (size_t at = 0; !ret && at < p->len; at += length) {
		void *answer;

		memcpy(&length, p->bytes + at, sizeof(length));
		at += sizeof(length);
		answer = unpack(type, p->bytes + at, length);
		if (!answer)
			return client_fail(err, -EPROTO, "the P4 VM's answer makes no sense");
		if (take)
			ret = take(arg, answer);
		unpack_free(answer);
	}
	return ret;
}

int client_call(struct client *c, uint8_t method, const ProtobufCMessage *m,
		const ProtobufCMessageDescriptor *type, int (*take)(void *arg, void *answer),
		void *arg, bool *done, size_t n, struct client_error *err)
{
	int64_t deadline = now_ms() + c->timeout_ms;
	struct frame f = { .flags = FRAME_MORE };
	struct parts parts = { 0 };
	int ret;

	err->code = 0;
	err->text[0] = 0;
	ret = send_call(c, method, m, deadline, err);
	while (!ret && !f.code && f.flags & FRAME_MORE) {
		ret = receive(c, method, deadline, &f, err);
		if (ret || f.code)
			continue;
		/* What is long may take long; nothing else has an answer of so many parts. */
		if (method == FRAME_READ)
			deadline += f.length / PACE;
		ret = part_keep(&parts, &f, err);
	}
	if (!ret)
		ret = parts_take(&parts, type, take, arg, err);
	if (f.code && ret != -EPROTO)
		ret = refused(&f, done, n, err);
	free(parts.bytes);
	return ret;
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
	int ret = client_call(c, FRAME_STATUS, &m.base, &transp4__v1__status_response__descriptor,
			      take_keep, &k, NULL, 0, err);

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
	int ret =
		client_call(c, FRAME_INVM_STATE, &request->base,
			    &transp4__v1__in_vm_response__descriptor, take_keep, &k, NULL, 0, err);

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
	return client_call(c, FRAME_SET_CONFIG, &m.base,
			   &p4__v1__set_forwarding_pipeline_config_response__descriptor, NULL, NULL,
			   NULL, 0, err);
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
	ret = client_call(c, FRAME_GET_CONFIG, &m.base,
			  &p4__v1__get_forwarding_pipeline_config_response__descriptor, take_keep,
			  &k, NULL, 0, err);
	if (ret)
		return ret;
	r = k.answer;
	if (!r->config) {
		unpack_free(r);
		return client_fail(err, -ENODATA, "no program is loaded");
	}
	info = r->config->p4info;
	*out = client_p4info_parse(info.data, info.len);
	if (!*out) {
		ret = client_fail(err, -EPROTO, "the P4 VM's p4info makes no sense");
	} else if (bytes) {
		*bytes = malloc(info.len + 1);
		*len = info.len;
		if (*bytes && info.len) {
			memcpy(*bytes, info.data, info.len);
		} else if (!*bytes) {
			client_p4info_free(*out);
			ret = client_fail(err, -ENOMEM, "no memory");
		}
	}
	unpack_free(r);
	return ret;
}
