// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * invm_vm - a P4 VM without a channel, for tests of the agent and its channel.
 *
 *	invm_vm CONTROL_SOCKET [vsock:]INVM_PORT KEY_FILE [PROGRAM.tp4]
 *
 * The loop of the P4 VM with memory that nobody else sees for a channel, and a
 * bell that never rings.  Prints "ready".
 */
#include <arpa/inet.h>
#include <linux/vm_sockets.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "control/session.h"
#include "include/transp4.h"
#include "runtime/poll.h"

static int listen_at(const struct sockaddr *addr, socklen_t len)
{
	int fd = socket(addr->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (addr->sa_family == AF_INET) /* as cli/listen.c has it */
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (bind(fd, addr, len) || listen(fd, 16)) {
		perror("invm_vm: listen");
		exit(1);
	}
	return fd;
}

static void *memory(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

int main(int argc, char **argv)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_ANY) } };
	struct sockaddr_vm vs = { .svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct tp4_view *view = memory(TP4_VIEW_SIZE);
	struct poll_config config = {
		.view = view,
		.verdict = memory(TP4_VERDICT_SIZE),
		.control_listening = true,
		.invm_listening = true,
		.isolation = "test",
	};
	static uint8_t program[8 << 20], key[INVM_KEY_SIZE];
	struct poll *p;
	int pair[2];

	if (argc < 4 || key_read(argv[3], key) || !config.view || !config.verdict ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return 2;
	view->magic = TP4_CHANNEL_MAGIC;
	view->version = TP4_CHANNEL_VERSION;
	snprintf(un.sun_path, sizeof(un.sun_path), "%s", argv[1]);
	unlink(argv[1]);
	in.sin_port = htons(atoi(argv[2]));
	if (sscanf(argv[2], "vsock:%u", &vs.svm_port) == 1)
		config.invm = listen_at((struct sockaddr *)&vs, sizeof(vs));
	else
		config.invm = listen_at((struct sockaddr *)&in, sizeof(in));
	config.invm_key = key;
	config.bell = pair[0];
	config.control = listen_at((struct sockaddr *)&un, sizeof(un));
	poll_signals();
	if (poll_new(&config, &p))
		return 1;
	if (argc > 4) {
		FILE *f = fopen(argv[4], "rb");

		if (!f || poll_load(p, program, fread(program, 1, sizeof(program), f)))
			return 1;
	}
	puts("ready");
	fflush(stdout);
	poll_run(p);
	poll_free(p);
	return 0;
}
