// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * stream - numbered UDP datagrams between namespaces h1 and h2, both ways at
 * once, and what became of them.
 *
 *	stream COUNT [WINDOW [SIZE]]
 *
 * Sends COUNT datagrams of SIZE bytes in each direction, with at most WINDOW
 * of them under way, so that no queue on the way must overflow.  Prints for
 * each direction
 *
 *	1>2 sent 1000 received 1000 lost 0 reordered 0 duplicated 0 damaged 0 late 0
 *
 * and exits with 0 when it could send everything, whatever arrived.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORT  9000
#define QUIET 1.0 /* seconds without an arrival after which what is under way is given up */

struct direction {
	int from, to; /* sockets */
	struct sockaddr_in dest;
	uint32_t sent;
	uint32_t given_up; /* those before are late if they arrive */
	uint32_t end;      /* behind the highest received */
	uint32_t received, reordered, duplicated, damaged, late;
	bool *seen;
	double last;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "stream: %s: %s\n", what, strerror(errno));
	exit(1);
}

static struct sockaddr_in host(int number)
{
	struct sockaddr_in a = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = htonl(0x0a000000 + number),
	};

	return a;
}

/* A socket in namespace hN, bound to its address. */
static int open_in(int number)
{
	struct sockaddr_in a = host(number);
	int big = 16 << 20, fd;
	char path[64];

	snprintf(path, sizeof(path), "/run/netns/h%d", number);
	fd = open(path, O_RDONLY);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		die(path);
	close(fd);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (void *)&a, sizeof(a)))
		die("bind");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &big, sizeof(big));
	return fd;
}

static void fill(uint8_t *buf, size_t size, uint32_t seq)
{
	size_t i;

	memcpy(buf, &seq, 4);
	for (i = 4; i < size; i++)
		buf[i] = seq + i;
}

/* Those before are received or given up. */
static uint32_t settled(const struct direction *d)
{
	return d->end > d->given_up ? d->end : d->given_up;
}

static bool send_some(struct direction *d, uint32_t count, uint32_t window, size_t size)
{
	uint8_t buf[65536];
	bool any = false;

	while (d->sent < count && d->sent - settled(d) < window) {
		fill(buf, size, d->sent);
		if (sendto(d->from, buf, size, 0, (void *)&d->dest, sizeof(d->dest)) < 0) {
			if (errno != EAGAIN && errno != ENOBUFS)
				die("sendto");
			break;
		}
		d->sent++;
		any = true;
	}
	return any;
}

static bool receive_some(struct direction *d, uint32_t count, size_t size)
{
	uint8_t buf[65536], want[65536];
	bool any = false;
	ssize_t n;

	while ((n = recv(d->to, buf, sizeof(buf), 0)) >= 0) {
		uint32_t seq = 0;

		any = true;
		if (n >= 4)
			memcpy(&seq, buf, 4);
		fill(want, size, seq);
		if ((size_t)n != size || seq >= count || memcmp(buf, want, size)) {
			d->damaged++;
			continue;
		}
		if (d->seen[seq]) {
			d->duplicated++;
			continue;
		}
		d->seen[seq] = true;
		d->received++;
		d->late += seq < d->given_up;
		if (seq < d->end)
			d->reordered++;
		else
			d->end = seq + 1;
	}
	return any;
}

int main(int argc, char **argv)
{
	uint32_t count = argc > 1 ? strtoul(argv[1], NULL, 0) : 0;
	uint32_t window = argc > 2 ? strtoul(argv[2], NULL, 0) : 64;
	size_t size = argc > 3 ? strtoul(argv[3], NULL, 0) : 64;
	struct direction d[2] = { 0 };
	int s1, s2, i;

	if (!count || !window || size < 4 || size > 65000) {
		fprintf(stderr, "usage: stream COUNT [WINDOW [SIZE]]\n");
		return 2;
	}
	s1 = open_in(1);
	s2 = open_in(2);
	d[0] = (struct direction){ .from = s1, .to = s2, .dest = host(2) };
	d[1] = (struct direction){ .from = s2, .to = s1, .dest = host(1) };
	for (i = 0; i < 2; i++) {
		d[i].seen = calloc(count, sizeof(bool));
		if (!d[i].seen)
			die("calloc");
		d[i].last = now();
	}
	for (;;) {
		struct pollfd p[2] = { { s1, POLLIN, 0 }, { s2, POLLIN, 0 } };
		bool any = false;

		for (i = 0; i < 2; i++) {
			any |= send_some(&d[i], count, window, size);
			if (receive_some(&d[i], count, size)) {
				d[i].last = now();
				any = true;
			} else if (settled(&d[i]) < d[i].sent && now() - d[i].last > QUIET) {
				d[i].given_up = d[i].sent;
				d[i].last = now();
			}
		}
		if (settled(&d[0]) == count && settled(&d[1]) == count &&
		    now() - d[0].last > QUIET / 4 && now() - d[1].last > QUIET / 4)
			break;
		if (!any)
			poll(p, 2, 10);
	}
	for (i = 0; i < 2; i++)
		printf("%s sent %u received %u lost %u reordered %u duplicated %u damaged %u "
		       "late %u\n",
		       i ? "2>1" : "1>2", d[i].sent, d[i].received, d[i].sent - d[i].received,
		       d[i].reordered, d[i].duplicated, d[i].damaged, d[i].late);
	return 0;
}
