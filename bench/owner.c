// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * owner.c - how long after its SYN the owner of a connection is known; a part of
 * bench/agent.
 *
 *	owner CONTROL_SOCKET PORT TIMES
 *
 * Opens connections to PORT of 127.0.0.1, where nobody need accept them, and asks
 * the P4 VM after each, again and again, whether it knows whose it is.  Prints the
 * microseconds from before connect() until it did, one a line; the question's own
 * time, some tens of microseconds, is in it.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "control/client.h"
#include "control/flow_record.h"

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ULL + t.tv_nsec / 1000;
}

/* Is there a TCP connection from this port? */
static bool known(struct client *c, uint16_t port)
{
	Transp4__V1__InVmRequest ask = TRANSP4__V1__IN_VM_REQUEST__INIT;
	Transp4__V1__InVmResponse *state;
	struct client_error err;
	bool found = false;

	/* An answer has those of some places of the table, and says where the next one goes on. */
	do {
		if (client_invm(c, &ask, &state, &err)) {
			fprintf(stderr, "owner: %s\n", err.text);
			exit(1);
		}
		for (size_t i = 0; i < state->flows.len; i += FLOW_RECORD_SIZE) {
			const uint8_t *key = state->flows.data + i;

			found |= key[0] == IPPROTO_TCP && flow_get(key + 1, 2) == port &&
				 flow_get(key + 3, 2);
		}
		ask.from = state->next;
		client_invm_free(state);
	} while (!found && ask.from);
	return found;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timespec pause = { .tv_nsec = 20000000 };
	struct client_error err;
	struct client *c;

	if (argc != 4 || client_open(argv[1], 10000, &c, &err))
		return 2;
	to.sin_port = htons(atoi(argv[2]));
	for (int i = atoi(argv[3]); i > 0; i--) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		struct linger hard = { 1, 0 };
		struct sockaddr_in me;
		socklen_t len = sizeof(me);
		uint64_t begin = now_us();

		if (connect(fd, (struct sockaddr *)&to, sizeof(to)) ||
		    getsockname(fd, (struct sockaddr *)&me, &len))
			return 1;
		while (!known(c, ntohs(me.sin_port)))
			if (now_us() - begin > 5000000)
				return 1;
		printf("%llu\n", (unsigned long long)(now_us() - begin));
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
		close(fd);
		nanosleep(&pause, NULL);
	}
	client_close(c);
	return 0;
}
