// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * listen.c - a listening TCP or vsock socket.
 */
#include <errno.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/listen.h"

/* "ADDR:PORT" in two; brackets around an IPv6 address go. */
static bool split(const char *text, char *addr, size_t size, const char **port)
{
	const char *end = *text == '[' ? strchr(text, ']') : strchr(text, ':');
	size_t len;

	text += *text == '[';
	if (!end || (size_t)(end - text) >= size)
		return false;
	len = end - text;
	memcpy(addr, text, len);
	addr[len] = 0;
	end += *end == ']';
	*port = end + 1;
	return *end == ':' && len;
}

static int listen_on(int family, const struct sockaddr *addr, socklen_t len, const char *text)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	/*
	 * Connections inherit this: a peer that vanishes without a word is given up
	 * after half a minute.  Who serves one at a time (QEMU) would wait for ever.
	 */
	if (fd >= 0 && family != AF_VSOCK) {
		int idle = 15, pause = 5, tries = 3, ms = 30000;

		setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &pause, sizeof(pause));
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof(tries));
		setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof(ms));
	}
	if (fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) &&
	    !bind(fd, addr, len) && !listen(fd, 4))
		return fd;
	complain("cannot listen on %s: %s; choose an address of this machine and a free port", text,
		 strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

int listen_open(const char *text)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
				  .ai_socktype = SOCK_STREAM },
			*ai;
	struct sockaddr_vm vm = { .svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY };
	const char *port;
	char addr[64];
	uint64_t n;
	int fd;

	if (!strncmp(text, "vsock:", 6) && number_parse(text + 6, UINT32_MAX, &n)) {
		vm.svm_port = n;
		return listen_on(AF_VSOCK, (struct sockaddr *)&vm, sizeof(vm), text);
	}
	if (strncmp(text, "tcp:", 4) || !split(text + 4, addr, sizeof(addr), &port) ||
	    getaddrinfo(addr, port, &hints, &ai)) {
		complain(
			"'%s' is no address to listen on; write tcp:ADDR:PORT, tcp:[ADDR6]:PORT or "
			"vsock:PORT",
			text);
		return -1;
	}
	fd = listen_on(ai->ai_family, ai->ai_addr, ai->ai_addrlen, text);
	freeaddrinfo(ai);
	return fd;
}
