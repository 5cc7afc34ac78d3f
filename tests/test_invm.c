/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_invm.c - the agent's channel and what it fills: sessions, an endpoint
 * with an agent that this test plays (also a bad one), gauges, owners.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "control/clock.h"
#include "control/frame.h"
#include "control/server.h"
#include "control/unpack.h"
#include "runtime/gauge.h"
#include "runtime/invm.h"
#include "runtime/invm_apply.h"
#include "runtime/owner.h"
#include "tests/tap.h"

static const uint8_t key[INVM_KEY_SIZE] = "the key of agent and P4 VM, ours";

/* The server is not here, but for this. */
void server_arm(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* Sessions */

struct pair {
	struct session agent, vm;
	uint64_t clock;
};

static bool pair_make(struct pair *p, const uint8_t *vm_key)
{
	uint8_t hello[INVM_HELLO_SIZE], welcome[INVM_WELCOME_SIZE];
	struct session_try try;

	session_hello(&try, key, hello);
	return session_greets(vm_key, hello, sizeof(hello)) &&
	       session_welcome(vm_key, hello, 77, &p->vm, welcome) &&
	       session_finish(&try, key, welcome, sizeof(welcome), &p->agent, &p->clock);
}

static bool sends(struct session *from, struct session *to, const char *text, int flip)
{
	uint8_t sealed[INVM_FRAME_MAX], out[INVM_TEXT_MAX];
	bool first;
	size_t n, len = session_seal(from, (const uint8_t *)text, strlen(text), false, sealed,
				     &first);

	if (flip >= 0)
		sealed[flip % len] ^= 1;
	return session_open(to, sealed, len, first, out, &n) && n == strlen(text) &&
	       !memcmp(out, text, n);
}

static void test_session(void)
{
	uint8_t other[INVM_KEY_SIZE] = "another key", sealed[4][INVM_FRAME_MAX], out[INVM_TEXT_MAX];
	uint8_t hello[INVM_HELLO_SIZE], welcome[INVM_WELCOME_SIZE];
	struct session_try try;
	struct pair p, q;
	size_t len[4], n;
	bool first[4], bad = false;

	ok(pair_make(&p, key) && p.clock == 77 && sends(&p.agent, &p.vm, "one", -1) &&
		   sends(&p.vm, &p.agent, "two", -1) && sends(&p.agent, &p.vm, "", -1),
	   "a session carries messages both ways");
	ok(!pair_make(&q, other), "not with another key");
	for (int i = 0; i < 300 && !bad; i++) {
		pair_make(&p, key);
		sends(&p.agent, &p.vm, "one", -1);
		bad = sends(&p.agent, &p.vm, "a longer message than that", i);
		bad |= sends(&p.agent, &p.vm, "after it", -1);
	}
	ok(!bad, "a bit that was changed: refused, and so is all that follows");
	bad = false;
	session_hello(&try, key, hello);
	for (unsigned int i = 0; i < 8 * sizeof(hello); i++) {
		hello[i / 8] ^= 1 << i % 8;
		bad |= session_greets(key, hello, sizeof(hello));
		hello[i / 8] ^= 1 << i % 8;
	}
	bad |= session_greets(key, hello, sizeof(hello) - 1);
	session_welcome(key, hello, 1, &p.vm, welcome);
	bad |= session_finish(&try, key, welcome, sizeof(welcome) - 1, &p.agent, &p.clock);
	for (unsigned int i = 0; i < 8 * sizeof(welcome); i++) {
		struct session_try again = try;

		welcome[i / 8] ^= 1 << i % 8;
		bad |= session_finish(&again, key, welcome, sizeof(welcome), &p.agent, &p.clock);
		welcome[i / 8] ^= 1 << i % 8;
	}
	ok(!bad, "a bit of the greetings that was changed, or one that is too short: refused");
	session_hello(&try, key, hello);
	ok(!session_finish(&try, key, welcome, sizeof(welcome), &p.agent, &p.clock),
	   "an answer to an older greeting: refused");

	for (int order = 0; order < 3; order++) {
		static const int orders[3][4] = { { 0, 2, 1, 3 }, { 0, 1, 1, 2 }, { 0, 2, 3, 1 } };

		pair_make(&p, key);
		for (int i = 0; i < 4; i++)
			len[i] = session_seal(&p.agent, (const uint8_t *)"message", 7, false,
					      sealed[i], &first[i]);
		n = 0;
		for (int i = 0; i < 4; i++) {
			int k = orders[order][i];
			size_t got;

			n += session_open(&p.vm, sealed[k], len[k], first[k], out, &got);
		}
		ok(n == (order == 1 ? 2 : 1), "%s: refused",
		   order == 0   ? "two exchanged"
		   : order == 1 ? "one twice"
				: "one left out");
	}
	pair_make(&p, key);
	pair_make(&q, key);
	sends(&p.agent, &p.vm, "x", -1);
	sends(&q.agent, &q.vm, "x", -1);
	ok(!sends(&p.agent, &q.vm, "y", -1), "a message of another session: refused");
	pair_make(&p, key);
	len[0] = session_seal(&p.agent, (const uint8_t *)"bye", 3, true, sealed[0], &first[0]);
	ok(session_open(&p.vm, sealed[0], len[0], first[0], out, &n) && p.vm.over &&
		   !sends(&p.agent, &p.vm, "more", -1),
	   "the last message ends it");
	bad = false;
	for (int i = 0; i < 2; i++) {
		pair_make(&p, key);
		len[0] = session_seal(&p.agent, (const uint8_t *)"x", 1, false, sealed[0],
				      &first[0]);
		if (i) /* the same header a second time */
			session_open(&p.vm, sealed[0], len[0], first[0], out, &n);
		else
			len[0] = INVM_HEADER_SIZE - 1;
		bad |= session_open(&p.vm, sealed[0], len[0], first[0], out, &n) || !p.vm.over;
	}
	ok(!bad, "half a header, and a second one: refused");
}

static void test_keys(void)
{
	uint8_t k[INVM_KEY_SIZE];
	char hex[65], base64[64];

	sodium_bin2hex(hex, sizeof(hex), key, sizeof(key));
	sodium_bin2base64(base64, sizeof(base64), key, sizeof(key), sodium_base64_VARIANT_ORIGINAL);
	ok(key_parse(hex, k) && !memcmp(k, key, 32) && key_parse(base64, k) && !memcmp(k, key, 32),
	   "keys in hex and base64");
	hex[63] = 0;
	ok(!key_parse(hex, k) && !key_parse("", k) && !key_parse("zz", k) &&
		   key_read("/nonexistent", k) && key_read("/dev/zero", k),
	   "and what is none");
	ok(invm_id("/usr/sbin/nginx") != invm_id("/usr/sbin/nginy") && invm_id("") != 0,
	   "ids of paths");
}

/* An endpoint, and an agent that is this test */

static struct invm *vm;
static int fd = -1;
static struct frame_reader in;
static struct session agent;
static uint64_t seq, echo, echo_at;
static size_t rest = SIZE_MAX; /* bytes that the connection still carries */

static void turn(void)
{
	while (invm_turn(vm))
		;
}

static void put(enum invm_step step, unsigned int flags, const uint8_t *body, size_t len)
{
	struct frame f = {
		.kind = FRAME_INVM, .method = step, .flags = flags, .body = body, .length = len
	};
	uint8_t *out = malloc(frame_room(len));
	size_t n = frame_write(&f, out);

	n = n < rest ? n : rest;
	rest -= n;
	if (send(fd, out, n, MSG_NOSIGNAL) != (ssize_t)n && errno != EPIPE)
		abort();
	free(out);
	turn();
}

static bool get(struct frame *f)
{
	ssize_t n;

	if (frame_reader_next(&in, f))
		return true;
	n = read(fd, frame_reader_room(&in, 4096), 4096);
	if (n <= 0)
		return false;
	frame_reader_fed(&in, n);
	return frame_reader_next(&in, f);
}

/* True: acknowledged. */
static bool tell(Transp4__V1__InVmUpdate *u)
{
	static uint8_t text[INVM_TEXT_MAX], sealed[INVM_FRAME_MAX];
	Transp4__V1__InVmAck *ack;
	struct frame f;
	size_t len;
	bool first;

	u->seq = ++seq;
	u->echo = echo;
	u->echo_at = echo_at;
	len = transp4__v1__in_vm_update__pack(u, text);
	len = session_seal(&agent, text, len, false, sealed, &first);
	put(INVM_SEALED, first ? INVM_FIRST : 0, sealed, len);
	if (!get(&f) || f.method != INVM_SEALED ||
	    !session_open(&agent, f.body, f.length, false, text, &len))
		return false;
	ack = unpack(&transp4__v1__in_vm_ack__descriptor, text, len);
	echo = ack->clock;
	echo_at = 1000; /* the agent's clock is what it likes */
	unpack_free(ack);
	return true;
}

static bool connect_agent(void)
{
	uint8_t hello[INVM_HELLO_SIZE];
	struct session_try try;
	struct timespec pause = { .tv_nsec = 30000000 };
	struct frame f;

	nanosleep(&pause, NULL);
	session_hello(&try, key, hello);
	put(INVM_HELLO, 0, hello, sizeof(hello));
	seq = 0;
	echo_at = 1000;
	return get(&f) && f.method == INVM_WELCOME &&
	       session_finish(&try, key, f.body, f.length, &agent, &echo);
}

static bool tell_value(const char *name, uint32_t number, uint64_t value, uint64_t time)
{
	Transp4__V1__InVmUpdate u = TRANSP4__V1__IN_VM_UPDATE__INIT;
	Transp4__V1__InVmName n = TRANSP4__V1__IN_VM_NAME__INIT, *names = &n;
	Transp4__V1__InVmValue v = TRANSP4__V1__IN_VM_VALUE__INIT, *values = &v;

	n.number = v.number = number;
	n.name = (char *)name;
	v.value = value;
	v.time = time;
	u.names = &names;
	u.values = &values;
	u.n_names = name ? 1 : 0;
	u.n_values = 1;
	return tell(&u);
}

static void test_endpoint(void)
{
	struct tp4_gauge *g = gauge_use("app.x"), *h = gauge_use("app.h");
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	Transp4__V1__InVmResponse s = TRANSP4__V1__IN_VM_RESPONSE__INIT;
	uint8_t rubbish[9000];
	uint64_t before, age;
	struct frame f;
	int ends[2];
	bool good;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		abort();
	fd = ends[0];
	fcntl(fd, F_SETFL, O_NONBLOCK);
	frame_reader_init(&in);
	vm = invm_new(ends[1], false);
	ok(!connect_agent(), "without a key nobody is welcome");
	invm_key(vm, key);
	while (get(&f))
		;
	ok(connect_agent() && tell_value("app.x", 5, 17, 1000) && g->value == 17,
	   "a value arrives");
	age = now_ns() - g->time;
	ok(g->time && age < 60000000000ULL, "with its age");

	before = now_ns();
	ok(tell_value(NULL, 5, 18, 1000 + 3600000000000ULL) && g->value == 18 && g->time >= before,
	   "a clock that jumps ahead: it counts as of now");
	ok(tell_value(NULL, 5, 19, 999) && g->value == 19 && g->time < now_ns(),
	   "or back a little");
	ok(tell_value(NULL, 5, 20, 1) && g->value == 20 && g->time && g->time < echo,
	   "or to its beginning");
	ok(tell_value(NULL, 5, 21, UINT64_MAX) && g->time <= now_ns() &&
		   tell_value(NULL, 5, 21, 0) && !g->time,
	   "or to its end, or to no time at all");
	/* Held back on the way: as old as the echo that it carries. */
	before = echo;
	good = tell_value(NULL, 5, 22, 1000);
	good &= g->time == before;
	ok(good, "a message that was held back is as old as the echo in it");

	good = true;
	for (uint32_t i = 0; i < 1000000 && good; i += 1) {
		char name[32];

		snprintf(name, sizeof(name), "flood.%u", i);
		/* All of the first ones, then some: each is a message here. */
		if (i < 3000 || i % 997 == 0)
			good = tell_value(name, i, i, 1000);
	}
	ask.gauges = true;
	good &= invm_show(vm, &ask, &s);
	ok(good && s.n_gauges == GAUGE_MAX && s.names_refused > 2000,
	   "a million names: %zu are kept, %llu refused", s.n_gauges,
	   (unsigned long long)s.names_refused);
	invm_show_end(&s);
	ok(tell_value("app.x", 5, 23, 1000) && g->value == 23, "those of the program stay");
	ok(!gauge_use("one more") && gauge_use("one.more") && !gauge_use("two.more"),
	   "there is room for the one whose number it took, and for no more");

	for (size_t i = 0; i < sizeof(rubbish); i++)
		rubbish[i] = rand();
	if (write(fd, rubbish, sizeof(rubbish)) != sizeof(rubbish))
		abort();
	turn();
	for (good = false; get(&f);)
		good |= f.method == INVM_RESET;
	ok(good && !tell_value(NULL, 5, 24, 1000) && g->value == 23,
	   "rubbish ends the session of a stream, which is told");
	while (get(&f))
		;
	ok(connect_agent() && tell_value("app.h", 0, 1, 1000) && h->value == 1 && g->value == 23,
	   "the next one begins, values stay");
	ok(gauge_use("two.more"), "and there is room again");

	/* A greeting that is played again, in the middle of a session. */
	{
		uint8_t hello[INVM_HELLO_SIZE];
		struct session_try try;
		struct timespec pause = { .tv_nsec = 30000000 };

		nanosleep(&pause, NULL);
		session_hello(&try, key, hello);
		put(INVM_HELLO, 0, hello, sizeof(hello));
		ok(get(&f) && f.method == INVM_WELCOME && tell_value(NULL, 0, 2, 1000) &&
			   h->value == 2,
		   "a greeting alone ends no session");
	}
	invm_free(vm);
	frame_reader_free(&in);
	close(fd);
}

/* A socket that listens: anybody may connect. */

static struct sockaddr_un place = { .sun_family = AF_UNIX };

static int dial(void)
{
	int to = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (connect(to, (struct sockaddr *)&place, sizeof(place)))
		abort();
	turn();
	return to;
}

/* Another agent. */
static void dial_agent(void)
{
	frame_reader_free(&in);
	fd = dial();
}

static uint64_t refused(void)
{
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	Transp4__V1__InVmResponse s = TRANSP4__V1__IN_VM_RESPONSE__INIT;

	if (!invm_show(vm, &ask, &s))
		abort();
	invm_show_end(&s);
	return s.refused;
}

static void test_listening(void)
{
	static const uint8_t endless[2 * INVM_FRAME_MAX] = { [0 ... 2 * INVM_FRAME_MAX - 1] = 2 };
	int listening = socket(AF_UNIX, SOCK_STREAM, 0), first, one, silent[8];
	struct tp4_gauge *g = gauge_use("app.l");
	uint64_t before;
	bool good = true;
	char c;

	/* An abstract name needs no file. */
	snprintf(place.sun_path + 1, sizeof(place.sun_path) - 1, "test_invm.%d", getpid());
	if (bind(listening, (struct sockaddr *)&place, sizeof(place)) || listen(listening, 16))
		abort();
	vm = invm_new(listening, true);
	invm_key(vm, key);

	for (size_t cut = 0;; cut += 3) {
		dial_agent();
		rest = cut;
		if (connect_agent() && tell_value("app.l", 0, cut, 1000))
			break;
		good &= !g->time;
		close(fd);
	}
	ok(good && g->value > 150 && rest < 3, "cut anywhere up to %u bytes: nothing is believed",
	   (unsigned int)g->value);
	rest = SIZE_MAX;

	one = dial();
	before = refused();
	if (write(one, endless, sizeof(endless)) < (ssize_t)INVM_FRAME_MAX)
		abort();
	turn();
	ok(refused() == before + 1 && read(one, &c, 1) <= 0 && errno != EAGAIN,
	   "what does not end is refused before it ends");
	close(one);

	first = fd;
	for (int i = 0; i < 10000; i++) {
		if (i >= 8)
			close(silent[i % 8]);
		silent[i % 8] = dial();
		if (i == 5000) {
			good = tell_value(NULL, 0, 1, 1000) && g->value == 1;
			dial_agent();
			good &= connect_agent();
		}
	}
	ok(good, "10,000 who say nothing: the session goes on");
	ok(tell_value("app.l", 0, 2, 1000) && g->value == 2,
	   "and the next one begins, which has greeted before most of them");
	invm_key(vm, key);
	good = tell_value(NULL, 0, 3, 1000);
	invm_key(vm, (const uint8_t *)"another key, for this P4 VM only");
	ok(good && !tell_value(NULL, 0, 4, 1000) && g->value == 3,
	   "its key is changed, and not the agent's: the session is over, the value stays");
	for (int i = 0; i < 8; i++)
		close(silent[i]);
	close(first);
	close(fd);
	invm_free(vm);
	frame_reader_free(&in);
	gauge_unuse(g);
}

/* An agent with many names gives a name another number before it takes the first one away. */
static void test_numbers(void)
{
	static const struct {
		const char *name;
		uint32_t number;
	} steps[] = {
		{ "num.a", 9 },
		{ "num.a", 5 },
		{ "num.b", 9 },
	};
	static struct invm_apply a;
	struct gauge_seen seen;
	uint8_t text[200];

	invm_apply_begin(&a);
	for (unsigned int i = 0; i < 3; i++) {
		Transp4__V1__InVmUpdate u = TRANSP4__V1__IN_VM_UPDATE__INIT;
		Transp4__V1__InVmName n = TRANSP4__V1__IN_VM_NAME__INIT, *names = &n;
		Transp4__V1__InVmValue v = TRANSP4__V1__IN_VM_VALUE__INIT, *values = &v;

		n.name = (char *)steps[i].name;
		n.number = v.number = steps[i].number;
		v.value = 10 + i;
		v.time = 1;
		u.seq = i + 1;
		u.names = &names;
		u.values = &values;
		u.n_names = u.n_values = 1;
		invm_apply(&a, text, transp4__v1__in_vm_update__pack(&u, text), 1000);
	}
	ok(gauge_show(gauge_find("num.a"), &seen) && seen.value == 11 &&
		   gauge_show(gauge_find("num.b"), &seen) && seen.value == 12,
	   "a name that has got another number keeps its value");
}

static uint64_t age_shown(struct invm_apply *a, const char *name, uint64_t now)
{
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	Transp4__V1__InVmResponse s = TRANSP4__V1__IN_VM_RESPONSE__INIT;
	uint64_t age = 0;

	ask.gauges = true;
	if (!invm_apply_show(a, &ask, now, &s))
		abort();
	for (size_t i = 0; i < s.n_gauges; i++)
		if (!strcmp(s.gauges[i]->name, name))
			age = s.gauges[i]->age_ns;
	invm_show_end(&s);
	return age;
}

/* The P4 VM's own clock jumps: it was restored from an image, or moved to another host. */

static void test_clock(void)
{
	static const struct {
		uint64_t now, want;
		const char *what;
	} steps[] = {
		{ 2000000, 1000500, "as old as the echo says" },
		{ 500, 500, "back: what is from the future counts as of now" },
		{ 2000000000000000000, 1000500, "ahead: it looks old" },
	};
	/* A number of an hour ago, told to a P4 VM that began a moment ago. */
	const uint64_t hour = 3600000000000, minute = 60000000000;
	Transp4__V1__InVmUpdate u = TRANSP4__V1__IN_VM_UPDATE__INIT;
	Transp4__V1__InVmName n = TRANSP4__V1__IN_VM_NAME__INIT, *names = &n;
	Transp4__V1__InVmValue v = TRANSP4__V1__IN_VM_VALUE__INIT, *values = &v;
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	struct tp4_gauge *g = gauge_use("app.x");
	static struct invm_apply a;
	uint8_t text[200];

	invm_apply_begin(&a);
	n.name = "app.x";
	v.time = 1500;
	u.echo = 1000000;
	u.echo_at = 1000;
	u.names = &names;
	u.values = &values;
	u.n_names = u.n_values = 1;
	for (unsigned int i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		Transp4__V1__InVmResponse s = TRANSP4__V1__IN_VM_RESPONSE__INIT;

		u.seq = i + 1;
		ok(invm_apply(&a, text, transp4__v1__in_vm_update__pack(&u, text), steps[i].now) &&
			   g->time == steps[i].want && invm_apply_show(&a, &ask, 100, &s) &&
			   !s.silent_ns,
		   "the P4 VM's clock, %s", steps[i].what);
		invm_show_end(&s);
	}
	u.seq++;
	u.echo_at = v.time + hour;
	invm_apply(&a, text, transp4__v1__in_vm_update__pack(&u, text), 2000000);
	ok(!tp4_fresh(g->time, 2000000, minute) && tp4_fresh(g->time, 2000000, 2 * hour) &&
		   tp4_fresh(g->time, 2000000, 0) && tp4_fresh(5000000, 2000000, minute),
	   "what is older than the P4 VM's clock is as old as it is");
	ok(age_shown(&a, "app.x", 2000000) == hour + 1000000, "and shown so");
	gauge_unuse(g);
}

/* Owners */

static struct flow_record record(unsigned int n, uint32_t uid)
{
	uint8_t local[16] = { 0xfd }, remote[16] = { 0xfe };
	struct flow_record r;

	memset(&r, 0, sizeof(r));
	flow_put(remote + 12, n, 4);
	flow_key(r.key, 6, local, 1000 + n % 7, remote, 443);
	flow_put(r.uid, uid, 4);
	return r;
}

static uint32_t look_at(unsigned int n, bool back, uint64_t max_age)
{
	struct flow_record r = record(n, 0);
	struct tp4_ctx c = { .p.timestamp = 2000 };
	struct tp4_owner o;
	const uint8_t *local = r.key + 5, *remote = r.key + 21;

	if (!(back ? tp4_owner_lookup(&c, max_age, 6, remote, 443, local, 1000 + n % 7, &o)
		   : tp4_owner_lookup(&c, max_age, 6, local, 1000 + n % 7, remote, 443, &o)))
		return 0;
	return o.uid;
}

static uint32_t look(unsigned int n, bool back)
{
	return look_at(n, back, 0);
}

static uint32_t look_fresh(unsigned int n, uint64_t max_age)
{
	return look_at(n, false, max_age);
}

static void bind_at(uint8_t protocol, const uint8_t *addr, uint16_t port, uint32_t uid)
{
	static const uint8_t any[16];
	struct flow_record r = { 0 };

	flow_key(r.key, protocol, addr, port, any, 0);
	flow_put(r.uid, uid, 4);
	owner_set(&r);
}

/* Packets wait for no answer to people: each looks at a part of the table. */
static void test_show(void)
{
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	static struct invm_apply a;
	unsigned int answers = 0;
	size_t n = 0;

	do {
		Transp4__V1__InVmResponse s = TRANSP4__V1__IN_VM_RESPONSE__INIT;

		if (!invm_apply_show(&a, &ask, 1, &s))
			abort();
		n += s.flows.len / FLOW_RECORD_SIZE;
		ask.from = s.next;
		answers++;
		invm_show_end(&s);
	} while (ask.from);
	ok(n == owner_count() && answers >= 16, "%zu flows are shown, in %u answers", n, answers);
}

/* As many texts as a VM has programs and cgroups. */
static void test_labels(void)
{
	enum { TEXTS = 300 };
	Transp4__V1__InVmUpdate u = TRANSP4__V1__IN_VM_UPDATE__INIT;
	Transp4__V1__InVmLabel l = TRANSP4__V1__IN_VM_LABEL__INIT, *labels = &l;
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	static struct invm_apply a;
	static bool known[TEXTS];
	unsigned int n = 0, good = 0;
	uint8_t out[200];

	invm_apply_begin(&a);
	u.labels = &labels;
	u.n_labels = 1;
	for (unsigned int i = 0; i < TEXTS; i++) {
		struct flow_record r = record(i, i);
		char text[32];

		snprintf(text, sizeof(text), "/usr/bin/program-%u", i);
		l.id = invm_id(text);
		l.text = text;
		u.seq = i + 1;
		invm_apply(&a, out, transp4__v1__in_vm_update__pack(&u, out), 1000);
		flow_put(r.program, l.id, 8);
		owner_set(&r);
	}
	do {
		Transp4__V1__InVmResponse s = TRANSP4__V1__IN_VM_RESPONSE__INIT;

		if (!invm_apply_show(&a, &ask, 1, &s))
			abort();
		for (size_t i = 0; i < s.n_labels; i++) {
			if (sscanf(s.labels[i]->text, "/usr/bin/program-%u", &n) == 1 &&
			    n < TEXTS && s.labels[i]->id == invm_id(s.labels[i]->text))
				known[n] = true;
		}
		ask.from = s.next;
		invm_show_end(&s);
	} while (ask.from);
	for (unsigned int i = 0; i < TEXTS; i++)
		good += known[i];
	ok(good == TEXTS, "the texts of %u ids: %u are known", TEXTS, good);
	free(a.label);
}

static void test_owners(void)
{
	static uint32_t model[OWNER_MAX];
	static const uint8_t any[16], any4[16] = { [10] = 0xff, [11] = 0xff }, local[16] = { 0xfd },
				      local4[16] = { [10] = 0xff, [11] = 0xff, [12] = 10 },
				      remote[16] = { 0xfe };
	struct tp4_ctx c = { .p.timestamp = 2000000 };
	struct flow_record r;
	struct tp4_owner o;
	bool good = true;
	uint32_t at = 0, count = 0;

	owner_heard(1000);
	srand(1);
	for (int i = 0; i < 2000000; i++) {
		unsigned int n = rand() % 20000;

		r = record(n, i + 1);
		if (rand() % 2) {
			good &= !owner_set(&r);
			count += !model[n];
			model[n] = i + 1;
		} else {
			owner_del(r.key);
			count -= !!model[n];
			model[n] = 0;
		}
	}
	for (unsigned int n = 0; n < 20000; n++)
		good &= look(n, n & 1) == model[n];
	ok(good && owner_count() == count, "two million changes: as in an array, either direction");

	for (unsigned int n = 0; n < OWNER_MAX; n++) {
		r = record(n, n + 1);
		good &= !owner_set(&r);
	}
	r = record(OWNER_MAX, 1);
	ok(good && owner_set(&r) < 0 && owner_count() == OWNER_MAX, "%u flows, and not one more",
	   OWNER_MAX);
	for (unsigned int n = 0; n < OWNER_MAX; n++)
		good &= look(n, n & 1) == n + 1;
	ok(good, "all of them are found");

	/* Another agent, or the same one later: not all sockets of before are closed in order. */
	owner_anew();
	for (unsigned int n = OWNER_MAX; n < OWNER_MAX + 70000; n++) {
		r = record(n, n + 1);
		good &= !owner_set(&r);
	}
	for (unsigned int n = OWNER_MAX; n < OWNER_MAX + 70000; n++)
		good &= look(n, n & 1) == n + 1;
	ok(good && owner_count() == OWNER_MAX,
	   "told anew, others are what a full table has room for");
	for (unsigned int n = OWNER_MAX; n < OWNER_MAX + 70000; n++)
		owner_del(record(n, 0).key);
	for (unsigned int n = 0; n < OWNER_MAX; n++) {
		r = record(n, n + 1);
		owner_set(&r);
	}

	owner_whole();
	owner_heard(1000);
	owner_anew();
	for (unsigned int n = 0; n < 1000; n++) {
		r = record(n, n + 5);
		owner_set(&r);
	}
	owner_heard(1500);
	ok(look_fresh(5000, 1000) == 5001, "told anew: what is not told yet is still there");
	ok(!look_fresh(5000, 999) && look_fresh(999, 999) == 1004,
	   "but as old as the last word before");
	owner_anew();
	ok(!look_fresh(999, 999) && look_fresh(5000, 1000) == 5001,
	   "and so is what was told since, after a second time");
	for (unsigned int n = 0; n < 1000; n++) {
		r = record(n, n + 5);
		owner_set(&r);
	}
	owner_whole();
	good = !look(5000, false) && look(999, true) == 1004;
	while (owner_sweep())
		;
	for (r = (struct flow_record){ 0 }, count = 0; owner_next(&at, OWNER_PLACES, &r); count++)
		;
	ok(good && owner_count() == 1000 && count == 1000, "and then gone");
	test_show();

	/* port: 0 from the VM, 1 to it */
	bind_at(6, any, 80, 33);
	c.p.port = 1;
	ok(tp4_owner_lookup(&c, 0, 6, remote, 5555, local, 80, &o) && o.uid == 33 &&
		   !tp4_owner_lookup(&c, 0, 17, remote, 5555, local, 80, &o),
	   "who listens at a port has its connections, of that protocol");
	ok(!tp4_owner_lookup(&c, 0, 6, remote, 80, local, 5555, &o), "but not those to far ports");
	bind_at(6, local, 80, 34);
	c.p.port = 0;
	ok(tp4_owner_lookup(&c, 0, 6, local, 80, remote, 5555, &o) && o.uid == 34,
	   "before that, who listens at the address");
	ok(!tp4_owner_lookup(&c, 0, 6, local, 5555, remote, 80, &o),
	   "and not what goes to far ports");
	bind_at(17, any, 53, 35);
	ok(tp4_owner_lookup(&c, 0, 17, local4, 53, remote, 9, &o) && o.uid == 35,
	   "an IPv6 socket at any address has IPv4, too");
	bind_at(17, any4, 53, 36);
	ok(tp4_owner_lookup(&c, 0, 17, local4, 53, remote, 9, &o) && o.uid == 36 &&
		   tp4_owner_lookup(&c, 0, 17, local, 53, remote, 9, &o) && o.uid == 35,
	   "unless there is an IPv4 socket, which has no IPv6");
	owner_heard(1000000);
	ok(tp4_owner_lookup(&c, 1000000, 6, local, 80, any, 9, &o) &&
		   !tp4_owner_lookup(&c, 999999, 6, local, 80, any, 9, &o) && !o.uid,
	   "an agent that is silent for too long: nobody is known");
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	test_session();
	test_keys();
	test_endpoint();
	test_listening();
	test_numbers();
	test_clock();
	test_owners();
	test_labels();
	return tap_end();
}
