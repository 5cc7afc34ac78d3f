// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * serve.c - the control protocol over a compiled program, without a channel:
 * what the command's tests speak with in place of a P4 VM.
 *
 *	serve SOCKET OBJECT
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "control/server.h"

static struct pipeline *running;

static struct pipeline *program(struct server_host *host)
{
	return running;
}

static void replace(struct server_host *host, struct pipeline *p)
{
	pipeline_free(running);
	running = p;
}

static void status(struct server_host *host, Transp4__V1__StatusResponse *s)
{
	s->isolation = "process";
	s->uptime_ns = 1000000;
	s->digests_lost = pipeline_lost(running).digests;
}

/* Owners without end, as only a hostile P4 VM has them. */
static const char *invm(struct server_host *host, const Transp4__V1__InVmRequest *request,
			Transp4__V1__InVmResponse *out)
{
	static uint8_t flow[57] = { 6 };

	out->flows = (ProtobufCBinaryData){ sizeof(flow), flow };
	out->next = request->from + 1;
	return NULL;
}

static void invm_end(Transp4__V1__InVmResponse *out)
{
}

static void *whole(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	void *bytes = malloc(16 << 20);

	*len = f && bytes ? fread(bytes, 1, 16 << 20, f) : 0;
	if (f)
		fclose(f);
	return bytes;
}

/* On SIGUSR1: a packet of zeros comes. */
static void packet(void)
{
	uint8_t data[64] = { 0 }, patch[256];
	struct pipeline_packet p = { .data = data,
				     .len = sizeof(data),
				     .total_len = sizeof(data),
				     .patch = patch,
				     .patch_size = sizeof(patch) };

	pipeline_run(running, &p, 1);
}

int main(int argc, char **argv)
{
	struct server_host host = { program, replace, status, invm, invm_end };
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct pollfd fds[SERVER_CLIENTS];
	struct pipeline_error err = { "" };
	struct server *server;
	sigset_t set;
	void *bytes;
	size_t len;

	if (argc != 3 || fd < 0)
		return 2;
	snprintf(addr.sun_path, sizeof(addr.sun_path), "%s", argv[1]);
	bytes = whole(argv[2], &len);
	if (pipeline_load(bytes, len, &running, &err)) {
		fprintf(stderr, "serve: %s\n", err.text);
		return 1;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGIO);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN); /* as the runtime does */
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, 8))
		return 2;
	server = server_new(&host, fd, true);
	if (!server)
		return 2;
	server_program_loaded(server, bytes, len);
	free(bytes);
	puts("ready");
	fflush(stdout);
	for (;;) {
		unsigned int n;

		while (server_turn(server))
			;
		n = server_blocked(server, fds);
		if (n)
			poll(fds, n, 100);
		else if (sigtimedwait(&set, NULL, &(struct timespec){ .tv_nsec = 100000000 }) ==
			 SIGUSR1)
			packet();
	}
}
