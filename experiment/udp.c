// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * udp - a stream of numbered packets whose rate changes in steps, and its end.
 *
 *	udp send ADDR PORT BYTES PPS:MS...    one step after the other
 *	udp receive PORT                      a line "NS NUMBER PPS" for each packet
 *
 * NS is CLOCK_BOOTTIME, the agent's clock; PPS is that of the step, as sent.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "control/clock.h"

struct packet {
	uint32_t number, pps;
};

static int udp_send(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[3])) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), bytes = atoi(argv[4]);
	static union {
		struct packet p;
		char bytes[65536];
	} data;
	uint32_t number = 0;

	inet_pton(AF_INET, argv[2], &to.sin_addr);
	for (int i = 5; i < argc; i++) {
		uint64_t start = now_ns(), sent = 0;
		unsigned int pps, ms;

		if (sscanf(argv[i], "%u:%u", &pps, &ms) != 2 || !pps)
			return 2;
		for (;;) {
			uint64_t passed = now_ns() - start;
			struct timespec pause = { .tv_nsec = 1000000000 / pps };

			if (passed >= ms * 1000000ULL)
				break;
			/* What was slept through is caught up, but not all at once. */
			for (int burst = 0; sent * 1000000000ULL < passed * pps && burst < 8;
			     burst++) {
				data.p.number = number++;
				data.p.pps = pps;
				sendto(fd, &data, bytes, 0, (struct sockaddr *)&to, sizeof(to));
				sent++;
			}
			if (sent * 1000000000ULL < passed * pps)
				sent = passed * pps / 1000000000ULL;
			nanosleep(&pause, NULL);
		}
	}
	printf("%u\n", number);
	return 0;
}

static int udp_receive(const char *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), big = 4 << 20;
	struct timeval patience = { .tv_usec = 200000 };
	static char data[65536];

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof(big));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)))
		return 1;
	for (;;) {
		struct packet p;

		if (recv(fd, data, sizeof(data), 0) < (ssize_t)sizeof(p)) {
			fflush(stdout);
			continue;
		}
		memcpy(&p, data, sizeof(p));
		printf("%llu %u %u\n", (unsigned long long)clock_ns(CLOCK_BOOTTIME), p.number,
		       p.pps);
	}
}

int main(int argc, char **argv)
{
	if (argc > 5 && !strcmp(argv[1], "send"))
		return udp_send(argc, argv);
	if (argc == 3 && !strcmp(argv[1], "receive"))
		return udp_receive(argv[2]);
	fprintf(stderr, "usage: see the head of experiment/udp.c\n");
	return 2;
}
