// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * listen.c - a listening TCP or vsock socket.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/listen.h"
#include "control/address.h"

bool listen_address(const char *text)
{
	struct sockaddr_storage addr;
	socklen_t len;

	return address_parse(text, true, &addr, &len);
}

int listen_open(const char *text)
{
	struct sockaddr_storage addr;
	int fd = -1, one = 1;
	socklen_t len;

	if (address_parse(text, true, &addr, &len))
		fd = socket(addr.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	else
		errno = EINVAL;
	/*
	 * Connections inherit this: a peer that vanishes without a word is given up
	 * after half a minute.  Who serves one at a time (QEMU) would wait for ever.
	 * What is answered is not held back for the acknowledgement of the answer before it.
	 */
	if (fd >= 0 && addr.ss_family != AF_VSOCK) {
		int idle = 15, pause = 5, tries = 3, ms = 30000;

		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &pause, sizeof(pause));
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof(tries));
		setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof(ms));
	}
	if (fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) &&
	    !bind(fd, (struct sockaddr *)&addr, len) && !listen(fd, 4))
		return fd;
	complain("cannot listen on %s: %s; choose an address of this machine and a free port", text,
		 strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}
