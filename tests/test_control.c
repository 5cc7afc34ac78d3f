/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_control.c - the control protocol from end to end, and what enemies send.
 *
 * The server runs in a child, as it does in a P4 VM: driven by SIGIO.  The
 * client here speaks to it through a unix socket, or through one lasting
 * stream as behind a virtio-serial port.  The fuzzer calls the server in the
 * parent, where the sanitizers see it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control/client.h"
#include "control/code.h"
#include "control/frame.h"
#include "control/p4runtime.pb-c.h"
#include "control/server.h"
#include "control/unpack.h"
#include "tests/fake_pipeline.h"
#include "tests/tap.h"

/* A host with nothing but a program */

struct host {
	struct server_host host;
	struct pipeline *program;
};

static struct pipeline *host_program(struct server_host *h)
{
	return ((struct host *)h)->program;
}

static void host_replace(struct server_host *h, struct pipeline *p)
{
	struct host *host = (struct host *)h;

	if (host->program)
		pipeline_free(host->program);
	host->program = p;
}

static void host_status(struct server_host *h, Transp4__V1__StatusResponse *s)
{
	s->uptime_ns = 42;
	s->isolation = "test";
}

static struct host host = { { host_program, host_replace, host_status, NULL, NULL }, NULL };

static volatile sig_atomic_t due;

static void on_sigio(int sig)
{
	due = 1;
}

/* Serve until killed; wakes by SIGIO only, as poll.c does. */
static pid_t serve(int fd, bool listening)
{
	struct sigaction sa = { .sa_handler = on_sigio };
	struct pollfd fds[SERVER_CLIENTS];
	sigset_t block, old;
	struct server *s;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid) {
		close(fd);
		return pid;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGIO, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&block);
	sigaddset(&block, SIGIO);
	sigprocmask(SIG_BLOCK, &block, &old);
	s = server_new(&host.host, fd, listening);
	server_patience_set(s, 1000000000);
	for (;;) {
		struct timespec limit = { .tv_nsec = 10000000 };
		unsigned int n;

		while (server_turn(s))
			;
		n = server_blocked(s, fds);
		/* Without blocked output there is no time limit: SIGIO must come. */
		ppoll(fds, n, n ? &limit : NULL, &old);
	}
}

static char socket_path[64];

static int listen_at(void)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(addr.sun_path, socket_path);
	unlink(socket_path);
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, 16))
		abort();
	return fd;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool alive(pid_t pid)
{
	return waitpid(pid, NULL, WNOHANG) == 0;
}

static struct client *connected(void)
{
	struct client_error err;
	struct client *c;

	if (client_open(socket_path, 120000, &c, &err)) {
		printf("# %s\n", err.text);
		abort();
	}
	return c;
}

static struct pipeline_bytes bytes(const char *s, size_t n)
{
	return (struct pipeline_bytes){ (const uint8_t *)s, n };
}

/* Entries */

static void entry_make(struct pipeline_entry *e, struct pipeline_match *m, struct pipeline_arg *a,
		       const uint8_t *key)
{
	*e = (struct pipeline_entry){ .table_id = FAKE_TABLE,
				      .match = m,
				      .n_match = 5,
				      .priority = 7,
				      .action_id = FAKE_ACTION,
				      .args = a,
				      .n_args = 1 };
	m[0] = (struct pipeline_match){ .field_id = 1, .value = { key, 4 } };
	m[1] = (struct pipeline_match){ .field_id = 2,
					.value = bytes("\x0a\0\0\0", 4),
					.prefix_len = 8 };
	m[2] = (struct pipeline_match){ .field_id = 3,
					.value = bytes("\x12", 1),
					.mask = bytes("\xff", 1) };
	m[3] = (struct pipeline_match){ .field_id = 4,
					.value = bytes("\x01", 1),
					.mask = bytes("\x10\0", 2) };
	m[4] = (struct pipeline_match){ .field_id = 5, .value = bytes("\x05", 1) };
	a[0] = (struct pipeline_arg){ 1, bytes("\x01\xff", 2) };
}

struct seen {
	unsigned int entries, defaults, good;
	uint64_t sum;
};

static int see_entry(void *arg, const struct pipeline_entry *e)
{
	struct seen *s = arg;

	if (e->is_default) {
		s->defaults++;
		return 0;
	}
	s->entries++;
	s->good += e->table_id == FAKE_TABLE && e->n_match == 5 && e->priority == 7 &&
		   e->action_id == FAKE_ACTION && e->n_args == 1 && e->args[0].param_id == 1 &&
		   e->args[0].value.len == 2 && e->match[1].prefix_len == 8 &&
		   e->match[2].mask.len == 1 && e->match[3].mask.len == 2 &&
		   e->match[4].value.data[0] == 5;
	for (size_t i = 0; i < e->match[0].value.len; i++)
		s->sum += (uint64_t)e->match[0].value.data[i]
			  << 8 * (e->match[0].value.len - 1 - i);
	return 0;
}

static int stop_at_once(void *arg, const struct pipeline_entry *e)
{
	++*(int *)arg;
	return 77;
}

static void test_entries(struct client *c)
{
	enum { N = 2500 };
	static struct pipeline_entry e[N];
	static struct pipeline_match m[N][5];
	static struct pipeline_arg a[N][1];
	static uint8_t key[N][4];
	struct pipeline_entry def = { .table_id = FAKE_TABLE,
				      .action_id = FAKE_ACTION,
				      .is_default = true };
	struct seen seen = { 0 };
	struct client_error err;
	static char long_value[20000] = { 1 };
	static bool done[N];
	size_t n;
	uint64_t sum = 0;
	int calls = 0;

	for (int i = 0; i < N; i++) {
		key[i][2] = i >> 8;
		key[i][3] = i;
		key[i][1] = 1;
		sum += 0x10000 + i;
		entry_make(&e[i], m[i], a[i], key[i]);
	}
	ok(!client_entry_update(c, PIPELINE_INSERT, &e[0], &err),
	   "an entry with a key of every kind");
	ok(client_entry_update(c, PIPELINE_INSERT, &e[0], &err) == -EEXIST &&
		   err.code == CODE_ALREADY_EXISTS &&
		   !strcmp(err.text, "the entry is there already"),
	   "twice: %s", err.text);
	n = 3;
	ok(client_entry_update_some(c, PIPELINE_INSERT, e, &n, done, &err) == -EEXIST && n == 3 &&
		   !done[0] && done[1] && done[2],
	   "of three the first is there already, and they say so: %s", err.text);
	m[5][0].field_id = 9;
	n = 4;
	ok(!client_entry_update_some(c, PIPELINE_INSERT, e + 3, &n, done, &err) && n == 2 &&
		   done[0] && done[1],
	   "those before one that cannot be sent");
	n = 4;
	ok(client_entry_update_some(c, PIPELINE_INSERT, e + 5, &n, done, &err) == -EINVAL &&
		   err.code && n == 1 && !done[0],
	   "and this one: %s", err.text);
	m[5][0].field_id = 1;
	for (int i = 5; i < 69; i++)
		a[i][0].value = bytes(long_value, sizeof(long_value));
	n = 64;
	ok(client_entry_update_some(c, PIPELINE_INSERT, e + 5, &n, done, &err) && n == 4 &&
		   err.code != CODE_RESOURCE_EXHAUSTED,
	   "64 long ones are no call that is too long: %s", err.text);
	for (int i = 5; i < 69; i++)
		entry_make(&e[i], m[i], a[i], key[i]);
	for (size_t i = 5; i < N; i += n, calls++) {
		n = N - i;
		if (client_entry_update_some(c, PIPELINE_INSERT, e + i, &n, done, &err))
			break;
	}
	ok(calls == (N - 5 + CLIENT_UPDATES - 1) / CLIENT_UPDATES, "all others in %d calls: %s",
	   calls, err.text);
	calls = 0;
	ok(!client_entry_update(c, PIPELINE_MODIFY, &def, &err), "default action");
	ok(!client_entry_visit(c, FAKE_TABLE, CLIENT_ALL, see_entry, &seen, &err) &&
		   seen.entries == N && seen.good == N && seen.defaults == 1 && seen.sum == sum,
	   "all come back, in parts: %u entries, %u as written", seen.entries, seen.good);
	seen = (struct seen){ 0 };
	ok(!client_program_set(c, "FAKE forward", 12, CLIENT_KEEP, &err) &&
		   !client_entry_visit(c, FAKE_TABLE, CLIENT_ALL, see_entry, &seen, &err) &&
		   seen.entries == N && seen.good == N && seen.defaults == 1 && seen.sum == sum,
	   "another program keeps them, and the default that was set: %u entries", seen.entries);
	ok(client_entry_visit(c, 0, CLIENT_ALL, stop_at_once, &calls, &err) == 77 && calls == 1,
	   "a visitor can stop the walk");
	ok(!client_entry_update(c, PIPELINE_DELETE, &e[3], &err), "delete");
	ok(client_entry_update(c, PIPELINE_DELETE, &e[3], &err) == -ENOENT &&
		   err.code == CODE_NOT_FOUND,
	   "delete twice: %s", err.text);
	e[0].table_id = 0x02000009;
	ok(client_entry_update(c, PIPELINE_INSERT, &e[0], &err) == -ENOENT, "no such table: %s",
	   err.text);
	e[0].table_id = FAKE_TABLE;
	m[0][0].field_id = 9;
	ok(client_entry_update(c, PIPELINE_INSERT, &e[0], &err) == -EINVAL, "no such field: %s",
	   err.text);
	ok(client_entry_visit(c, 0x02000009, CLIENT_ALL, see_entry, &seen, &err) == -ENOENT,
	   "read of no table: %s", err.text);
	e[1].action_id = 0;
	ok(client_entry_update(c, PIPELINE_INSERT, &e[1], &err) == -EINVAL, "no action: %s",
	   err.text);
	def.priority = 1;
	ok(client_entry_update(c, PIPELINE_MODIFY, &def, &err) == -EINVAL,
	   "default with priority: %s", err.text);
}

/* Counters and registers */

static int see_count(void *arg, uint32_t id, int64_t index, const struct pipeline_count *n)
{
	uint64_t *sum = arg;

	if (id == FAKE_COUNTER)
		sum[0]++;
	sum[1] += n->packets * (index + 1);
	sum[2] += n->bytes;
	return 0;
}

static int see_cell(void *arg, uint32_t id, int64_t index, const struct pipeline_bytes *v)
{
	uint64_t *sum = arg;

	sum[0]++;
	sum[1] += v->len == 4 ? v->data[3] + v->data[2] * 256 : 1000000;
	return 0;
}

static void test_cells(struct client *c)
{
	struct pipeline_count n = { 3, 0xffffffffffffULL };
	struct pipeline_bytes v = bytes("\x01\x02", 2), wide = bytes("\1\2\3\4\5", 5);
	struct client_error err;
	uint64_t sum[3] = { 0 };

	ok(!client_counter_write(c, FAKE_COUNTER, 999, &n, &err), "write the last counter");
	ok(!client_counter_visit(c, FAKE_COUNTER, -1, see_count, sum, &err) &&
		   sum[0] == FAKE_COUNTER_SIZE && sum[1] == 3000 && sum[2] == n.bytes,
	   "read all counters, in parts");
	memset(sum, 0, sizeof(sum));
	ok(!client_counter_visit(c, 0, -1, see_count, sum, &err) && sum[0] == FAKE_COUNTER_SIZE,
	   "id 0 means all counters");
	memset(sum, 0, sizeof(sum));
	ok(!client_counter_visit(c, FAKE_COUNTER, 999, see_count, sum, &err) && sum[0] == 1, "one");
	ok(client_counter_visit(c, FAKE_COUNTER, 1000, see_count, sum, &err) == -ERANGE &&
		   err.code == CODE_OUT_OF_RANGE,
	   "index too large: %s", err.text);
	ok(client_counter_visit(c, 1, -1, see_count, sum, &err) == -ENOENT, "no counter: %s",
	   err.text);
	ok(client_counter_write(c, FAKE_COUNTER, 1000, &n, &err) == -ERANGE, "write there: %s",
	   err.text);
	memset(sum, 0, sizeof(sum));
	ok(!client_register_write(c, FAKE_REGISTER, -1, &v, &err) &&
		   !client_register_visit(c, FAKE_REGISTER, -1, see_cell, sum, &err) &&
		   sum[0] == 8 && sum[1] == 8 * 0x102,
	   "all cells of a register");
	ok(client_register_write(c, FAKE_REGISTER, 0, &wide, &err) == -ERANGE, "too wide: %s",
	   err.text);
	ok(client_register_write(c, 5, 0, &v, &err) == -ENOENT, "no register: %s", err.text);
}

static void test_program(struct client *c)
{
	Transp4__V1__StatusResponse *st = NULL;
	P4__Config__V1__P4Info *info;
	struct client_error err;
	struct pipeline_entry e;
	struct pipeline_match m[5];
	struct pipeline_arg a[1];
	void *raw = NULL;
	size_t len;

	entry_make(&e, m, a, (const uint8_t *)"\0\0\0\1");
	ok(client_p4info(c, &info, NULL, NULL, &err) == -ENODATA, "no program yet: %s", err.text);
	ok(client_entry_update(c, PIPELINE_INSERT, &e, &err) == -ENODATA, "an entry neither");
	ok(client_program_set(c, "rubbish", 7, CLIENT_REPLACE, &err) == -EINVAL,
	   "a foreign program: %s", err.text);
	ok(client_program_set(c, "", 0, CLIENT_REPLACE, &err) == -EINVAL, "an empty one: %s",
	   err.text);
	ok(!client_program_set(c, "FAKE drop", 9, CLIENT_VERIFY, &err), "verify");
	ok(!client_status(c, &st, &err) && !st->program[0] && !st->program_generation,
	   "verifying does not load");
	client_status_free(st);
	ok(!client_program_set(c, "FAKE forward", 12, CLIENT_KEEP, &err),
	   "commit, with no entries to keep");
	ok(!client_status(c, &st, &err) && !strcmp(st->program, "forward") &&
		   st->program_generation == 1 && st->uptime_ns == 42,
	   "status names it");
	client_status_free(st);
	ok(client_program_set(c, "rubbish", 7, CLIENT_REPLACE, &err) &&
		   !client_status(c, &st, &err) && !strcmp(st->program, "forward"),
	   "a bad one leaves it where it is");
	client_status_free(st);
	ok(!client_p4info(c, &info, &raw, &len, &err) && info->n_tables == 1 &&
		   info->tables[0]->n_match_fields == 5 && len > 10,
	   "p4info");
	client_p4info_free(info);
	info = client_p4info_parse(raw, len);
	ok(info, "p4info from bytes");
	client_p4info_free(info);
	free(raw);
}

/* What only a program without client.c would send */

static bool answered(int fd, struct frame *answer, struct frame_reader *r)
{
	while (!frame_reader_next(r, answer)) {
		ssize_t got = read(fd, frame_reader_room(r, 65536), 65536);

		if (got <= 0)
			return false;
		frame_reader_fed(r, got);
	}
	return true;
}

static int raw_call(int fd, uint8_t method, const void *body, size_t len, struct frame *answer,
		    struct frame_reader *r)
{
	struct frame f = { FRAME_CALL, method, 0, 0, 99, body, len };
	uint8_t *out = malloc(frame_room(len) + 1);
	size_t n;
	ssize_t got;

	out[0] = 0;
	n = 1 + frame_write(&f, out + 1);
	for (size_t at = 0; at < n; at += got)
		if ((got = send(fd, out + at, n - at, MSG_NOSIGNAL)) <= 0)
			break;
	free(out);
	return answered(fd, answer, r) ? (int)answer->code : -1;
}

/* Of an answer that is an error: the code of its nth detail, -1: it has none */
static int detail(const struct frame *f, size_t n)
{
	Google__Rpc__Status *st = unpack(&google__rpc__status__descriptor, f->body, f->length);
	P4__V1__Error *e = NULL;
	int code;

	if (st && n < st->n_details)
		e = unpack(&p4__v1__error__descriptor, st->details[n]->value.data,
			   st->details[n]->value.len);
	code = e ? e->canonical_code : -1;
	unpack_free(e);
	unpack_free(st);
	return code;
}

static int raw_connect(void)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(addr.sun_path, socket_path);
	if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
		abort();
	return fd;
}

static void test_raw(void)
{
	struct frame_reader r;
	struct frame f;
	int fd = raw_connect();
	uint8_t *big = calloc(1, FRAME_MAX);
	static uint8_t deep[40000];
	size_t n = 0;

	frame_reader_init(&r);
	ok(raw_call(fd, 99, "", 0, &f, &r) == CODE_UNIMPLEMENTED, "a method that is none");
	ok(raw_call(fd, FRAME_STREAM, "\x0a\x00", 2, &f, &r) == CODE_UNIMPLEMENTED, "arbitration");
	ok(raw_call(fd, FRAME_STREAM, "", 0, &f, &r) == 0 && !f.length, "no digest waits");
	ok(raw_call(fd, FRAME_WRITE, "\xff\xff", 2, &f, &r) == CODE_INVALID_ARGUMENT, "no message");
	ok(raw_call(fd, FRAME_READ, "\x12\x02\x0a\x00", 4, &f, &r) == CODE_UNKNOWN &&
		   detail(&f, 0) == CODE_UNIMPLEMENTED,
	   "reading an extern of somebody's own");
	ok(raw_call(fd, FRAME_READ, "\x12\x04\x2a\x02\x08\x05", 6, &f, &r) == CODE_UNKNOWN &&
		   detail(&f, 0) == CODE_NOT_FOUND,
	   "reading a meter that is not there");
	ok(raw_call(fd, FRAME_READ, "\x12\x00", 2, &f, &r) == CODE_UNKNOWN &&
		   detail(&f, 0) == CODE_INVALID_ARGUMENT,
	   "reading nothing");
	ok(!raw_call(fd, FRAME_READ, "\x12\x00\x12\x02\x3a\x00\x12\x02\x0a\x00", 10, &f, &r) &&
		   f.flags & FRAME_MORE && f.length,
	   "of three that which can be read");
	while (f.flags & FRAME_MORE && answered(fd, &f, &r))
		;
	ok(f.code == CODE_UNKNOWN && detail(&f, 0) == CODE_INVALID_ARGUMENT &&
		   detail(&f, 1) == CODE_OK && detail(&f, 2) == CODE_UNIMPLEMENTED &&
		   detail(&f, 3) == -1,
	   "and then of each what it was told");
	ok(raw_call(fd, FRAME_READ, "", 0, &f, &r) == 0, "an empty Read is an empty answer");
	ok(raw_call(fd, FRAME_WRITE, "\x28\x01", 2, &f, &r) == CODE_UNIMPLEMENTED, "rollback");
	ok(raw_call(fd, FRAME_CAPABILITIES, "", 0, &f, &r) == 0 && f.length == 7 &&
		   !memcmp(f.body,
			   "\x0a\x05"
			   "1.4.0",
			   7),
	   "capabilities");
	ok(raw_call(fd, FRAME_WRITE, big, (1U << 20) + 1, &f, &r) == CODE_RESOURCE_EXHAUSTED,
	   "a call that is too long");
	/* Two bytes each: an update without anything in it. */
	for (n = 0; n < 500000; n += 2)
		big[n] = 0x22;
	ok(raw_call(fd, FRAME_WRITE, big, 500000, &f, &r) == CODE_RESOURCE_EXHAUSTED,
	   "250000 updates at once");
	/* A register's value: a struct in a struct in a struct ... (P4Data.struct is field 5,
	 * P4StructLike.members field 1), built from the inside.
	 */
	n = 0;
	for (size_t depth = 0; depth < 5000; depth++) {
		uint8_t head[8];
		size_t h = 0, len = n;

		head[h++] = depth % 2 ? 0x0a : 0x2a;
		do {
			head[h++] = (len & 0x7f) | (len > 0x7f ? 0x80 : 0);
			len >>= 7;
		} while (len);
		memmove(deep + h, deep, n);
		memcpy(deep, head, h);
		n += h;
	}
	ok(deep[0] == 0x0a && !unpack(&p4__v1__p4_struct_like__descriptor, deep, n),
	   "5000 messages within messages are no message");
	frame_reader_free(&r);
	close(fd);
	free(big);
}

#define ACTION(x) P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__ACTION__##x

/* @text NULL: no program is sent */
static int config_set(int fd, int action, const char *text)
{
	P4__V1__SetForwardingPipelineConfigRequest m =
		P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__INIT;
	P4__V1__ForwardingPipelineConfig config = P4__V1__FORWARDING_PIPELINE_CONFIG__INIT;
	struct frame_reader r;
	struct frame f;
	uint8_t body[100];
	int code;

	config.p4_device_config = (ProtobufCBinaryData){ text ? strlen(text) : 0, (uint8_t *)text };
	m.action = (P4__V1__SetForwardingPipelineConfigRequest__Action)action;
	m.config = text ? &config : NULL;
	frame_reader_init(&r);
	code = raw_call(fd, FRAME_SET_CONFIG, body,
			p4__v1__set_forwarding_pipeline_config_request__pack(&m, body), &f, &r);
	frame_reader_free(&r);
	return code;
}

static uint64_t generation(struct client *c)
{
	Transp4__V1__StatusResponse *st;
	struct client_error err;
	uint64_t n = 0;

	if (!client_status(c, &st, &err)) {
		n = st->program_generation;
		client_status_free(st);
	}
	return n;
}

static unsigned int entries(struct client *c)
{
	struct seen seen = { 0 };
	struct client_error err;

	return client_entry_visit(c, FAKE_TABLE, CLIENT_ALL, see_entry, &seen, &err) ? -1U
										     : seen.entries;
}

/* A program that is saved: what is written is for it, and it decides when it is committed. */
static void test_save(struct client *c)
{
	unsigned int before = entries(c);
	uint64_t first = generation(c);
	struct client_error err;
	struct pipeline_match m[5];
	struct pipeline_entry e;
	struct pipeline_arg a;
	int fd = raw_connect();

	entry_make(&e, m, &a, (const uint8_t *)"\1\2\3\4");
	ok(config_set(fd, ACTION(COMMIT), NULL) == CODE_NOT_FOUND, "nothing was saved");
	ok(config_set(fd, ACTION(VERIFY_AND_SAVE), NULL) == CODE_INVALID_ARGUMENT &&
		   config_set(fd, ACTION(VERIFY_AND_SAVE), "nonsense") != CODE_OK &&
		   config_set(fd, ACTION(COMMIT), NULL) == CODE_NOT_FOUND,
	   "nor is what is no program");
	ok(before > 1 && !config_set(fd, ACTION(VERIFY_AND_SAVE), "FAKE forward") &&
		   generation(c) == first && !entries(c),
	   "one is saved, and runs not yet");
	ok(!client_entry_update(c, PIPELINE_INSERT, &e, &err) && entries(c) == 1,
	   "an entry is for it: %s", err.text);
	ok(config_set(fd, ACTION(COMMIT), "FAKE drop") == CODE_INVALID_ARGUMENT &&
		   generation(c) == first,
	   "a commit brings no program");
	ok(!config_set(fd, ACTION(COMMIT), NULL) && generation(c) == first + 1 && entries(c) == 1,
	   "committed, it runs with its entry");
	ok(config_set(fd, ACTION(COMMIT), NULL) == CODE_NOT_FOUND, "once");
	ok(!config_set(fd, ACTION(VERIFY_AND_SAVE), "FAKE drop") &&
		   !config_set(fd, ACTION(VERIFY_AND_SAVE), "FAKE forward") &&
		   !config_set(fd, ACTION(VERIFY_AND_COMMIT), "FAKE forward") &&
		   config_set(fd, ACTION(COMMIT), NULL) == CODE_NOT_FOUND &&
		   generation(c) == first + 2,
	   "another one that is committed takes its place");
	close(fd);
}

static void test_clients(pid_t server)
{
	struct client *c[12] = { NULL };
	struct client_error err;
	Transp4__V1__StatusResponse *st;
	int fd, idle[SERVER_CLIENTS];
	unsigned int good = 0;

	/* More than the server holds: they wait for one another. */
	for (int i = 0; i < 3; i++)
		c[i] = connected();
	for (int i = 0; i < 3; i++)
		if (!client_status(c[i], &st, &err)) {
			good++;
			client_status_free(st);
		}
	ok(good == 3, "three clients at a time");
	for (int i = 0; i < 3; i++)
		client_close(c[i]);
	for (int i = 0; i < 50; i++) {
		/* Die in the middle of a call. */
		fd = raw_connect();
		(void)!write(fd, "\0\x05\x01\x02", i % 4);
		close(fd);
	}
	c[0] = connected();
	ok(!client_status(c[0], &st, &err), "50 that died in the middle of a call did no harm");
	client_status_free(st);

	/* One asks and never reads: a long answer stands before the others' until it is cut off. */
	fd = raw_connect();
	for (int i = 0; i < 200; i++) {
		struct frame f = { FRAME_CALL, FRAME_READ, 0,
				   0,          i,          (const uint8_t *)"\x12\x02\x12\x00",
				   4 };
		uint8_t out[64];
		size_t n = frame_write(&f, out);

		if (send(fd, out, n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
			break;
	}
	usleep(100000);
	st = NULL;
	ok(!client_status(c[0], &st, &err), "nor does one that never reads its answers: %s",
	   err.text);
	client_status_free(st);
	close(fd);
	client_close(c[0]);

	/* Nobody may keep others out by doing nothing: time makes room, though nobody calls. */
	for (unsigned int i = 0; i < SERVER_CLIENTS; i++)
		idle[i] = raw_connect();
	c[0] = connected();
	st = NULL;
	ok(!client_status(c[0], &st, &err), "of four that are idle one makes room: %s", err.text);
	client_status_free(st);
	client_close(c[0]);
	for (unsigned int i = 0; i < SERVER_CLIENTS; i++)
		close(idle[i]);
	ok(alive(server), "the server is alive");
}

/* One stream that outlives its clients */

static void test_stream(void)
{
	struct frame f = { .kind = FRAME_CALL, .method = FRAME_STATUS };
	uint8_t call[64];
	size_t len = frame_write(&f, call);
	struct timeval limit = { 60, 0 };
	struct frame_reader r;
	int pair[2], n;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		abort();
	fcntl(pair[1], F_SETFD, FD_CLOEXEC);
	pid = serve(pair[0], false);
	frame_reader_init(&r);
	/* A client that died left half a call of a declared megabyte. */
	(void)!write(pair[1], "\0\x0f\x01\x01\x01\x41\x41\x41\x41\x41\x41\x41\x41", 13);
	ok(raw_call(pair[1], FRAME_CAPABILITIES, "", 0, &f, &r) == 0, "half a call before ours");
	/* One that did not wait for its answer left that for us. */
	ok(raw_call(pair[1], FRAME_STATUS, "", 0, &f, &r) == 0 && f.method == FRAME_STATUS,
	   "and after");
	/* A port whose host side is not known yet reads as ended, and takes no answers. */
	for (n = 0; n < 1000; n++)
		ok(write(pair[1], call, len) == (ssize_t)len, "a call");
	shutdown(pair[1], SHUT_WR);
	setsockopt(pair[1], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	usleep(200000);
	for (n = 0; n < 1000 && answered(pair[1], &f, &r); n++)
		ok(f.method == FRAME_STATUS, "its answer");
	ok(n == 1000, "%d of 1000 answers after the port read as ended", n);
	frame_reader_free(&r);
	end(pid);
	close(pair[1]);
}

/*
 * Fuzzing: mutated calls at a server in this process.  A floor on how many get
 * through to an answer keeps the fuzzer honest.
 */

static size_t seed_call(unsigned int which, uint8_t *out)
{
	static const struct {
		uint8_t method;
		const char *body;
		size_t len;
	} seeds[] = {
		{ FRAME_SET_CONFIG,
		  "\x20\x03\x2a\x0e\x12\x0c"
		  "FAKE forward",
		  18 },
		{ FRAME_SET_CONFIG,
		  "\x20\x01\x2a\x0b\x12\x09"
		  "FAKE drop",
		  15 },
		/* insert: table, exact 1, action */
		{ FRAME_WRITE,
		  "\x22\x1e\x08\x01\x12\x1a\x12\x18\x08\x81\x80\x80\x10\x12\x07\x08\x01"
		  "\x12\x03\x0a\x01\x05\x1a\x08\x0a\x06\x08\x81\x80\x80\x08\x22\x00",
		  32 },
		/* modify: register 0 = 5 */
		{ FRAME_WRITE,
		  "\x22\x14\x08\x02\x12\x10\x5a\x0e\x08\x81\x80\x80\xb0\x01\x12\x02\x08\x01"
		  "\x1a\x03\x0a\x01\x05",
		  22 },
		{ FRAME_READ, "\x12\x07\x12\x05\x08\x81\x80\x80\x10", 9 },
		{ FRAME_READ, "\x12\x02\x3a\x00\x12\x02\x5a\x00\x12\x02\x12\x00", 12 },
		{ FRAME_GET_CONFIG, "\x10\x00", 2 },
		{ FRAME_GET_CONFIG, "", 0 },
		{ FRAME_STATUS, "", 0 },
		{ FRAME_CAPABILITIES, "", 0 },
	};
	unsigned int i = which % (sizeof(seeds) / sizeof(seeds[0]));
	uint8_t body[256];
	struct frame f = { FRAME_CALL, seeds[i].method, 0, 0, which, body, seeds[i].len };

	memcpy(body, seeds[i].body, seeds[i].len);
	/* Most changes go to the message, so that the frame stays whole. */
	for (int n = random() % 4; n > 0 && f.length; n--)
		switch (random() % 4) {
		case 0: body[random() % f.length] = random(); break;
		case 1: body[random() % f.length] ^= 1 << random() % 8; break;
		case 2: f.length = random() % (f.length + 1); break;
		default:
			if (f.length < 128) {
				memmove(body + f.length, body, f.length);
				f.length *= 2;
			}
		}
	return frame_write(&f, out);
}

static void test_fuzz(void)
{
	unsigned int runs = 60000, answers = 0, fine = 0;
	struct frame_reader r;
	struct server *s;
	struct frame f;
	int pair[2];

	signal(SIGIO, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		abort();
	fcntl(pair[1], F_SETFL, O_NONBLOCK);
	s = server_new(&host.host, pair[0], false);
	frame_reader_init(&r);
	srandom(20240607);
	for (unsigned int run = 0; run < runs; run++) {
		uint8_t out[1024];
		size_t n = seed_call(random(), out);
		ssize_t got;

		for (int k = random() % 8; k == 0; k = 1)
			out[random() % n] = random(); /* and sometimes to the frame */
		if (write(pair[1], out, n) != (ssize_t)n)
			abort();
		while (server_turn(s))
			;
		while ((got = read(pair[1], frame_reader_room(&r, 65536), 65536)) > 0) {
			frame_reader_fed(&r, got);
			while (frame_reader_next(&r, &f)) {
				answers += !(f.flags & FRAME_MORE);
				fine += !f.code && !(f.flags & FRAME_MORE);
			}
			while (server_turn(s))
				;
		}
	}
	ok(answers > runs / 10 * 8, "%u of %u fuzzed calls were answered (floor 80%%)", answers,
	   runs);
	ok(fine > runs / 10 * 3, "%u of them with success (floor 30%%)", fine);
	ok(!r.bad, "the server's own frames are whole");
	server_free(s);
	close(pair[1]);
	frame_reader_free(&r);

	/* The client believes no more: answers of a hostile P4 VM. */
	for (unsigned int run = 0; run < 20000; run++) {
		uint8_t noise[64];
		size_t n = random() % sizeof(noise);
		void *m;

		for (size_t i = 0; i < n; i++)
			noise[i] = random() % 3 ? random() % 0x30 : random();
		m = unpack(&p4__config__v1__p4_info__descriptor, noise, n);
		unpack_free(m);
		m = unpack(&p4__v1__read_response__descriptor, noise, n);
		unpack_free(m);
	}
	ok(true, "20000 random messages");
	if (host.program)
		pipeline_free(host.program);
	host.program = NULL;
	ok(!fake_pipelines, "every program that was loaded was freed");
}

/* A P4 VM whose answer to a Read takes longer than any other may, for it is long. */
static void test_slow(void)
{
	static uint8_t body[1 << 20] = { 0x7a, 0xfc, 0xff, 0x3f }; /* a field that nobody knows */
	static uint8_t out[(1 << 20) + 65536];
	struct frame f, part = { .kind = FRAME_ANSWER, .body = body };
	uint64_t sum[3] = { 0 };
	int fd = listen_at();
	struct client_error err;
	struct frame_reader r;
	struct client *c;
	pid_t pid = fork();

	if (!pid) {
		int in = accept(fd, NULL, NULL);
		ssize_t n;

		frame_reader_init(&r);
		while (!frame_reader_next(&r, &f)) {
			n = read(in, frame_reader_room(&r, 4096), 4096);
			frame_reader_fed(&r, n > 0 ? (size_t)n : 0);
		}
		part.method = f.method;
		part.id = f.id;
		for (int i = 0; i < 2; i++) {
			part.flags = i ? 0 : FRAME_MORE;
			part.length = i ? 0 : sizeof(body);
			n = (ssize_t)frame_write(&part, out);
			for (ssize_t sent = 0, s;
			     sent < n && (s = write(in, out + sent, n - sent)) > 0;)
				sent += s;
			usleep(2500000);
		}
		_exit(0);
	}
	close(fd);
	ok(!client_open(socket_path, 2000, &c, &err) &&
		   !client_counter_visit(c, 0, -1, see_count, sum, &err) && !sum[0],
	   "what is long may take long: %s", err.text);
	client_close(c);
	end(pid);
	unlink(socket_path);
}

int main(void)
{
	struct client_error err;
	struct client *c;
	pid_t pid;

	snprintf(socket_path, sizeof(socket_path), "/tmp/test_control.%d", getpid());
	ok(client_open(socket_path, 1000, &c, &err) == -ENOENT && !err.code, "nobody there: %s",
	   err.text);
	pid = serve(listen_at(), true);
	c = connected();
	test_program(c);
	test_entries(c);
	test_cells(c);
	test_save(c);
	client_close(c);
	test_raw();
	test_clients(pid);
	kill(pid, SIGSTOP);
	ok(client_open(socket_path, 300, &c, &err) == 0, "a stopped P4 VM still takes connections");
	ok(client_p4info_parse("\xff", 1) == NULL, "a p4info that is none");
	{
		Transp4__V1__StatusResponse *st;

		ok(client_status(c, &st, &err) == -ETIMEDOUT, "it does not answer: %s", err.text);
	}
	client_close(c);
	end(pid);
	unlink(socket_path);
	test_slow();
	test_stream();
	test_fuzz();
	return tap_end();
}
