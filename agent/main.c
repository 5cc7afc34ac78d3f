/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * main.c - transp4-agent: tells the tenant's P4 VM what happens in this VM.
 *
 *	transp4-agent run --connect ADDRESS --key FILE [OPTION...]
 *	transp4-agent set NAME NUMBER        hand a number to the agent that runs
 *	transp4-agent wait NAME NUMBER       ... until packets see it; prints ns
 *	transp4-agent genkey                 print a new key
 *
 * One thread, one poll(); everything that was put off has its time in it.
 */
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/clock.h"
#include "agent/diag.h"
#include "agent/flows.h"
#include "agent/link.h"
#include "agent/local.h"
#include "agent/measure.h"
#include "agent/program.h"
#include "agent/values.h"
#include "control/address.h"
#include "control/gauge_name.h"
#include "control/standard.h"

#define SLOW_MS 200 /* between measures of what changes slowly */

static volatile sig_atomic_t stop;

struct options {
	const char *address, *key, *socket;
	unsigned int interval_ms, round_ms;
	bool owners;
	bool run; /* it has options that only `run` takes */
};

/* The exit status of what prints something */
static int printed(const char *what)
{
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	fprintf(stderr, "transp4-agent: cannot write the %s: %s; free space\n", what,
		strerror(errno));
	return 1;
}

static int usage(void)
{
	printf("usage: transp4-agent run --connect ADDRESS --key FILE [OPTION...]\n"
	       "       transp4-agent set|wait NAME NUMBER [--socket PATH]   (wait: until packets "
	       "see it)\n"
	       "       transp4-agent genkey\n"
	       "       transp4-agent --help | --version\n"
	       "\n"
	       "  --connect ADDRESS   of the P4 VM: tcp:ADDR:PORT, tcp:[ADDR6]:PORT, "
	       "vsock:CID:PORT\n"
	       "  --key FILE          the key that the P4 VM has, too (genkey)\n"
	       "  --rate IF=MBIT      what counts as 1000 per mille of interface IF\n"
	       "  --interval-ms N     between measures (50)\n"
	       "  --round-ms N        between looks at all sockets, at least (100)\n"
	       "  --no-owners         tell nothing of sockets\n"
	       "  --trace NAME        print each measure of NAME: time in ns, value\n"
	       "  --socket PATH       where programs hand numbers over (" LOCAL_DEFAULT ")\n");
	return printed("help");
}

/* The one line about a wrong call; the exit status */
static int misused(const char *what)
{
	fprintf(stderr, "transp4-agent: %s; see transp4-agent --help\n", what);
	return 2;
}

static bool number(const char *text, unsigned int least, unsigned int *out)
{
	char *end;
	unsigned long v;

	if (*text < '0' || *text > '9') /* strtoul() takes blanks and signs, too */
		return false;
	v = strtoul(text, &end, 10);
	if (*end || v < least || v > 3600000)
		return false;
	*out = v;
	return true;
}

static bool is_value(const char *text)
{
	errno = 0;
	strtoull(text, NULL, 10);
	return *text && !text[strspn(text, "0123456789")] && !errno;
}

/* False: what is wrong was said. */
static bool parse(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {
		{ "connect", required_argument, NULL, 'c' },
		{ "key", required_argument, NULL, 'k' },
		{ "rate", required_argument, NULL, 'r' },
		{ "interval-ms", required_argument, NULL, 'i' },
		{ "round-ms", required_argument, NULL, 'd' },
		{ "trace", required_argument, NULL, 't' },
		{ "no-owners", no_argument, NULL, 'n' },
		{ "socket", required_argument, NULL, 's' },
		{ NULL },
	};
	struct sockaddr_storage addr;
	socklen_t len;
	int opt, i;

	*o = (struct options){ NULL, NULL, LOCAL_DEFAULT, 50, 100, true, false };
	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":", longs, &i)) != -1) {
		bool ok = opt != '?' && opt != ':';

		o->run |= opt != 's';
		switch (opt) {
		case 'c':
			o->address = optarg;
			ok = address_parse(optarg, false, &addr, &len);
			break;
		case 'k': o->key = optarg; break;
		case 's': o->socket = optarg; break;
		case 'n': o->owners = false; break;
		case 't': value_trace(optarg); break;
		case 'r': ok = measure_rate(optarg); break;
		case 'i': ok = number(optarg, 1, &o->interval_ms); break;
		case 'd': ok = number(optarg, 1, &o->round_ms); break;
		}
		if (!ok) {
			char what[256];

			if (optarg)
				snprintf(what, sizeof(what), "--%s '%s' is not understood",
					 longs[i].name, optarg);
			else
				snprintf(what, sizeof(what), "'%s' %s", argv[optind - 1],
					 opt == ':' ? "needs a value" : "is not understood");
			misused(what);
			return false;
		}
	}
	return true;
}

static void on_signal(int sig)
{
	stop = 1;
}

/* Everything that the P4 VM does not have yet, as far as it goes. */
static void tell(struct link *l)
{
	while (link_ready(l)) {
		Transp4__V1__InVmUpdate u = TRANSP4__V1__IN_VM_UPDATE__INIT;
		bool any = values_take(&u, LINK_ROOM);

		/* No long queue of sockets in front of the next number. */
		if (!any &&
		    (link_sent(l) - link_acked(l) >= LINK_WINDOW ||
		     (!labels_take(&u, LINK_ROOM) && !flows_take(&u, LINK_ROOM))) &&
		    !link_silent(l))
			return;
		link_send(l, &u);
		if (any)
			local_sent(link_sent(l));
	}
}

static int run(const struct options *o)
{
	uint64_t measure_due = 0, slow_due = 0, flows_due = UINT64_MAX, diag_next = 0;
	struct pollfd fds[1 + LOCAL_FDS + DIAG_FDS] = { { .fd = -1 } };
	unsigned int n_local = 0, n_diag = 0;
	bool diag_ready = false, ack_waits = false;
	uint8_t key[INVM_KEY_SIZE];
	const char *wrong = key_read(o->key, key);
	struct link *l;

	if (wrong) {
		fprintf(stderr, "transp4-agent: %s: %s; make one with transp4-agent genkey\n",
			o->key, wrong);
		return 1;
	}
	if (key_exposed(o->key))
		fprintf(stderr, "transp4-agent: everybody can read the key; chmod 600 %s\n",
			o->key);
	if (!local_open(o->socket))
		return 1;
	l = link_new(o->address, key);
	sodium_memzero(key, sizeof(key));
	if (!l)
		return 1;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	if (o->owners && diag_start(o->round_ms * MS))
		flows_due = 0;
	else
		flows_look_end(); /* there are none */
	while (!stop) {
		uint64_t now = clock_now(), next;
		struct timespec ts;

		if (now >= measure_due) {
			measure(now >= slow_due);
			if (now >= slow_due)
				slow_due = now + SLOW_MS * MS;
			measure_due = now + o->interval_ms * MS;
		}
		local_turn(fds + 1, n_local);
		if (diag_ready || now >= flows_due) {
			flows_due = diag_turn();
			diag_next = now + DIAG_PAUSE;
			if (flows_due < diag_next)
				flows_due = diag_next;
		}
		if (link_turn(l, fds[0].revents | (ack_waits ? POLLIN : 0))) {
			values_forget();
			labels_forget();
			flows_forget();
			local_lost();
		}
		if (!link_sent(l) && !link_ready(l))
			flows_idle();
		tell(l);
		local_acked(link_acked(l));
		next = link_poll(l, &fds[0]);
		n_local = local_poll(fds + 1);
		now = clock_now();
		n_diag = now >= diag_next ? diag_poll(fds + 1 + n_local) : 0;
		if (now < diag_next && diag_next < next)
			next = diag_next;
		/* An acknowledgement that no program waits for waits for that turn, too. */
		ack_waits = now < diag_next && link_acked(l) < link_sent(l) && !local_waits();
		if (ack_waits)
			fds[0].events &= ~POLLIN;
		if (measure_due < next)
			next = measure_due;
		if (flows_due < next)
			next = flows_due;
		now = next > now ? next - now : 0;
		ts = (struct timespec){ now / 1000000000, now % 1000000000 };
		if (ppoll(fds, 1 + n_local + n_diag, &ts, NULL) < 0)
			n_local = n_diag = fds[0].revents = 0;
		diag_ready = false;
		for (unsigned int i = 0; i < n_diag; i++)
			diag_ready |= fds[1 + n_local + i].revents;
	}
	link_free(l);
	unlink(o->socket);
	return 0;
}

static int genkey(void)
{
	uint8_t key[INVM_KEY_SIZE];
	char text[2 * INVM_KEY_SIZE + 1];

	if (key_exposed(NULL))
		fprintf(stderr, "transp4-agent: everybody can read this file; chmod 600 it\n");
	randombytes_buf(key, sizeof(key));
	puts(sodium_bin2hex(text, sizeof(text), key, sizeof(key)));
	return printed("key");
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";
	struct options o;

	standard_hold();
	if (sodium_init() < 0)
		return 1;
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return usage();
	if (!strcmp(verb, "--version") || !strcmp(verb, "-V")) {
		printf("transp4-agent %s\n", TP4_VERSION);
		return printed("version");
	}
	if (argc < 2 || !parse(argc - 1, argv + 1, &o))
		return argc < 2 ? misused("a command is missing") : 2;
	argc -= optind + 1;
	argv += optind + 1;
	if (!strcmp(verb, "genkey"))
		return argc || optind > 1 ? misused("genkey takes nothing") : genkey();
	if (!strcmp(verb, "run"))
		return !argc && o.address && o.key ? run(&o)
						   : misused("run needs --connect ADDRESS and "
							     "--key FILE, and no more words");
	if (!strcmp(verb, "set") || !strcmp(verb, "wait")) {
		if (argc != 2 || o.run)
			return misused("set and wait take NAME NUMBER and --socket");
		if (!gauge_name_ok(argv[0]))
			return misused("a name has up to 63 letters, digits and . _ - : /");
		if (!is_value(argv[1]))
			return misused("a number has digits and no more than 64 bits");
		return local_say(o.socket, verb, argv[0], argv[1]);
	}
	return misused("the commands are run, set, wait and genkey");
}
