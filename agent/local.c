/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * local.c - numbers from programs of the VM.
 */
#include "agent/local.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent/clock.h"
#include "agent/values.h"

#define IDLE (1000 * MS) /* after it, a client makes room for another one */

static int listen_fd = -1;
static struct client {
	int fd; /* -1: free */
	bool waits;
	uint64_t seq;   /* of the update that it waits for; 0: not sent yet */
	uint64_t since; /* its last word */
} clients[LOCAL_CLIENTS];

static bool address(const char *path, struct sockaddr_un *addr)
{
	*addr = (struct sockaddr_un){ .sun_family = AF_UNIX };
	errno = EINVAL;
	return *path && snprintf(addr->sun_path, sizeof(addr->sun_path), "%s", path) <
				(int)sizeof(addr->sun_path);
}

/* Does somebody listen there? */
static bool is_taken(const struct sockaddr_un *addr)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool taken = !connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) || errno == EAGAIN;

	close(fd);
	return taken;
}

bool local_open(const char *path)
{
	struct sockaddr_un addr;
	struct stat st;

	for (unsigned int i = 0; i < LOCAL_CLIENTS; i++)
		clients[i].fd = -1;
	listen_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (address(path, &addr) && !lstat(path, &st) && S_ISSOCK(st.st_mode)) {
		if (is_taken(&addr)) {
			fprintf(stderr,
				"transp4-agent: another agent has %s; end it, or name another "
				"with --socket\n",
				path);
			return false;
		}
		unlink(path); /* of an agent before this one */
	}
	/* Group and owner of the agent may hand it numbers. */
	umask(0117);
	if (listen_fd < 0 || !address(path, &addr) ||
	    bind(listen_fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(listen_fd, 16)) {
		fprintf(stderr, "transp4-agent: cannot make '%s': %s; name another with --socket\n",
			path, strerror(errno));
		return false;
	}
	umask(0077);
	return true;
}

/*
 * For one more: a free place, or that of who is silent for longest, and of those who wait
 * only where all do; NULL: there is none.
 */
static struct client *place(void)
{
	struct client *old = NULL;

	for (struct client *c = clients; c < clients + LOCAL_CLIENTS; c++) {
		if (c->fd < 0)
			return c;
		if (!old || c->waits < old->waits ||
		    (c->waits == old->waits && c->since < old->since))
			old = c;
	}
	return old && clock_now() - old->since > IDLE ? old : NULL;
}

unsigned int local_poll(struct pollfd *fds)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < LOCAL_CLIENTS; i++)
		if (clients[i].fd >= 0)
			fds[n++] = (struct pollfd){ .fd = clients[i].fd, .events = POLLIN };
	/* Who finds no place waits until somebody goes, or is silent. */
	if (place())
		fds[n++] = (struct pollfd){ .fd = listen_fd, .events = POLLIN };
	return n;
}

static void client_close(struct client *c)
{
	close(c->fd);
	c->fd = -1;
	c->waits = false;
}

static void answer(struct client *c, const char *text)
{
	if (send(c->fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		client_close(c);
}

static void take_line(struct client *c, const char *line)
{
	unsigned long long value;
	char verb[8], name[80];
	int at = -1, end = -1;

	errno = 0;
	if (sscanf(line, "%7s %79s %n%llu%n", verb, name, &at, &value, &end) != 3 ||
	    !isdigit((unsigned char)line[at]) || errno == ERANGE ||
	    line[end + strspn(line + end, "\n")] || (strcmp(verb, "set") && strcmp(verb, "wait"))) {
		answer(c, "error: expected: set NAME NUMBER, or wait NAME NUMBER");
	} else if (!value_name_free(name)) {
		answer(c, "error: the agent measures this itself; choose another name");
	} else if (!value_set(name, value, clock_now())) {
		answer(c,
		       "error: no room for more names, or this one has other signs than letters, "
		       "digits and . _ - : /, or more than 63");
	} else if (verb[0] == 's') {
		answer(c, "ok");
	} else {
		c->waits = true;
		c->seq = 0;
	}
}

static bool client_turn(struct client *c)
{
	char line[256];
	ssize_t n = recv(c->fd, line, sizeof(line) - 1, MSG_DONTWAIT | MSG_TRUNC);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		client_close(c);
		return false;
	}
	/* What was cut, or has zero bytes, is no line. */
	if (n >= (ssize_t)sizeof(line) || memchr(line, 0, n))
		n = 0;
	line[n] = 0;
	c->since = clock_now();
	take_line(c, line);
	return true;
}

static void client_accept(void)
{
	struct client *c = place();

	if (!c)
		return;
	if (c->fd >= 0)
		client_close(c);
	c->fd = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	c->since = clock_now();
}

void local_turn(const struct pollfd *fds, unsigned int n)
{
	bool more = false;

	for (unsigned int i = 0; i < n; i++) {
		struct client *c = clients;

		if (!fds[i].revents)
			continue;
		more |= fds[i].fd == listen_fd;
		while (c < clients + LOCAL_CLIENTS && c->fd != fds[i].fd)
			c++;
		/* Not forever: others have something to say, too. */
		for (int k = 0; c < clients + LOCAL_CLIENTS && c->fd >= 0 && k < 64; k++)
			if (!client_turn(c))
				break;
	}
	/* Last, since a new descriptor may have the number of one that was closed here. */
	if (more)
		client_accept();
}

bool local_waits(void)
{
	for (unsigned int i = 0; i < LOCAL_CLIENTS; i++)
		if (clients[i].waits)
			return true;
	return false;
}

void local_sent(uint64_t seq)
{
	for (unsigned int i = 0; i < LOCAL_CLIENTS; i++)
		if (clients[i].waits && !clients[i].seq)
			clients[i].seq = seq;
}

void local_acked(uint64_t acked)
{
	for (unsigned int i = 0; i < LOCAL_CLIENTS; i++) {
		struct client *c = &clients[i];
		char text[32];

		if (!c->waits || !c->seq || c->seq > acked)
			continue;
		c->waits = false;
		snprintf(text, sizeof(text), "ok %llu",
			 (unsigned long long)(clock_now() - c->since));
		answer(c, text);
	}
}

void local_lost(void)
{
	for (unsigned int i = 0; i < LOCAL_CLIENTS; i++)
		clients[i].seq = 0;
}

int local_say(const char *path, const char *verb, const char *name, const char *number)
{
	struct sockaddr_un addr;
	char text[256];
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	ssize_t n;

	if (fd < 0 || !address(path, &addr) ||
	    connect(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		fprintf(stderr,
			"transp4-agent: cannot reach '%s': %s; does the agent run, and are you in "
			"its group?\n",
			path, strerror(errno));
		return 1;
	}
	n = snprintf(text, sizeof(text), "%s %s %s", verb, name, number);
	if (n >= (ssize_t)sizeof(text) || send(fd, text, n, MSG_NOSIGNAL) < 0 ||
	    (n = recv(fd, text, sizeof(text) - 1, 0)) <= 0) {
		fprintf(stderr, "transp4-agent: %s does not answer; see the agent's log\n", path);
		return 1;
	}
	close(fd);
	text[n] = 0;
	if (strncmp(text, "ok", 2)) {
		fprintf(stderr, "transp4-agent: %s; %s was not set\n",
			strncmp(text, "error: ", 7) ? text : text + 7, name);
		return 1;
	}
	if (text[2])
		printf("%s\n", text + 3);
	return 0;
}
