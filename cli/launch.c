// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * launch.c - starts P4 VMs.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/find.h"
#include "cli/launch.h"
#include "cli/vmstate.h"
#include "control/client.h"

#define DEVICE_WAIT  5000  /* ms until the channel's devices are in /dev */
#define PROCESS_WAIT 30000 /* ms until a process says that it is ready */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000L }, NULL);
}

/*
 * What a P4 VM gets
 */

/* devtmpfs or udev makes the node a moment after the channel. */
static int device_open(const char *name, const char *kind, int flags)
{
	int64_t end = now_ms() + DEVICE_WAIT;
	char path[64 + TP4_NAME_MAX];
	int fd;

	snprintf(path, sizeof(path), "/dev/transp4/%s.%s", name, kind);
	while ((fd = open(path, flags | O_CLOEXEC)) < 0 && errno == ENOENT && now_ms() < end)
		sleep_ms(10);
	if (fd < 0)
		complain("cannot open %s: %s; %s", path, strerror(errno),
			 errno == ENOENT ? "is /dev a devtmpfs?" : "run it as root");
	return fd;
}

static int control_listen(const char *name)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	const char *path = vmstate_path(name, "control.sock");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(addr.sun_path, sizeof(addr.sun_path), "%s", path);
	unlink(path);
	if (fd >= 0 && !fchmod(fd, 0600) &&
	    !bind(fd, (struct sockaddr *)&addr, sizeof(addr)) && !listen(fd, 16))
		return fd;
	complain("cannot make %s: %s; free space in /run", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static int log_open(const char *name)
{
	const char *path = vmstate_path(name, "log");
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		complain("cannot make %s: %s; free space in /run", path, strerror(errno));
	return fd;
}

/* The very bytes that were checked, whatever happens to the file. */
static int program_fd(const struct object *o)
{
	int fd = memfd_create("program", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < o->len) {
		ssize_t n = write(fd, o->bytes + done, o->len - done);

		if (n <= 0) {
			close(fd);
			fd = -1;
		} else {
			done += n;
		}
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET))
		complain("cannot keep the program in memory: %s; free some", strerror(errno));
	return fd;
}

/* The last line that it said, without our own prefix. */
static const char *log_last(const char *name)
{
	static char last[400];
	FILE *f = fopen(vmstate_path(name, "log"), "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	strcpy(last, "it said nothing");
	while (f && (n = getline(&line, &size, f)) > 0) {
		char *text = line;

		text[strcspn(text, "\r\n")] = 0;
		if (!strncmp(text, "transp4: ", 9))
			text += 9;
		if (*text)
			snprintf(last, sizeof(last), "%s", text);
	}
	free(line);
	if (f)
		fclose(f);
	return last;
}

static void complain_start(const char *name)
{
	const char *last = log_last(name);

	complain("P4 VM %s did not start: %s%s", name, last,
		 strchr(last, ';') ? "" : "; 'transp4 doctor' looks for the reason");
}

/*
 * A child in the background
 */

struct child {
	pid_t pid;
	int out; /* its standard output */
};

/* argv runs in a session of its own; the fds stay open in it. */
static bool child_start(struct child *c, const char *const *argv, int log, const int *fds, int n)
{
	int pair[2];

	if (pipe2(pair, O_CLOEXEC)) {
		complain("cannot make a pipe: %s; try again later", strerror(errno));
		return false;
	}
	fflush(NULL);
	c->pid = fork();
	if (!c->pid) {
		int null = open("/dev/null", O_RDONLY);

		setsid();
		dup2(null, STDIN_FILENO);
		dup2(pair[1], STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
		for (int i = 0; i < n; i++)
			fcntl(fds[i], F_SETFD, 0);
		signal(SIGPIPE, SIG_DFL);
		execv(argv[0], (char *const *)argv);
		dprintf(STDERR_FILENO, "transp4: cannot run %s: %s; install it anew\n", argv[0],
			strerror(errno));
		_exit(127);
	}
	close(pair[1]);
	c->out = pair[0];
	if (c->pid < 0) {
		complain("cannot start a process: %s; try again later", strerror(errno));
		close(c->out);
		return false;
	}
	return true;
}

/* It and all that it started. */
static void child_kill(struct child *c)
{
	kill(-c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
	close(c->out);
}

/* "ready PID" on its standard output; -1: it ended, or time ran out. */
static pid_t child_ready(struct child *c, int patience)
{
	int64_t end = now_ms() + patience;
	char text[128];
	size_t len = 0;
	int pid;

	for (;;) {
		struct pollfd pfd = { .fd = c->out, .events = POLLIN };
		int64_t left = end - now_ms();
		ssize_t n;

		if (left <= 0 || poll(&pfd, 1, left) <= 0)
			return -1;
		n = read(c->out, text + len, sizeof(text) - 1 - len);
		if (n <= 0)
			return -1;
		len += n;
		text[len] = 0;
		if (strchr(text, '\n') || len == sizeof(text) - 1)
			return sscanf(text, "ready %d\n", &pid) == 1 && pid > 1 ? pid : -1;
	}
}

/* Does the control protocol answer, with a program? */
static bool control_answers(const char *name)
{
	struct client_error err;
	struct client *client;
	Transp4__V1__StatusResponse *status;
	bool ok;

	if (client_open(vmstate_path(name, "control.sock"), CLIENT_TIMEOUT_DEFAULT, &client, &err)) {
		complain("P4 VM %s does not answer: %s; 'transp4 doctor' looks for the reason", name,
			 err.text);
		return false;
	}
	ok = !client_status(client, &status, &err);
	if (ok)
		client_status_free(status);
	else
		complain("P4 VM %s does not answer: %s; 'transp4 doctor' looks for the reason", name,
			 err.text);
	client_close(client);
	return ok;
}

bool launch_process(const struct launch *l, pid_t *pid)
{
	char runtime[PATH_MAX], number[5][16];
	const char *argv[16] = { runtime, "--view-fd", number[0], "--verdict-fd", number[1],
				 "--control-fd", number[2], "--program-fd", number[3] };
	int fds[4] = { -1, -1, -1, -1 }, log = -1;
	struct child child;
	bool ok = false;

	if (!find_runtime(runtime, sizeof(runtime))) {
		complain("transp4-runtime is not there; install it beside transp4, or run 'make'");
		return false;
	}
	if ((fds[0] = device_open(l->name, "view", O_RDONLY)) < 0 ||
	    (fds[1] = device_open(l->name, "verdict", O_RDWR)) < 0 ||
	    (fds[2] = control_listen(l->name)) < 0 || (fds[3] = program_fd(l->program)) < 0 ||
	    (log = log_open(l->name)) < 0)
		goto out;
	for (int i = 0; i < 4; i++)
		snprintf(number[i], sizeof(number[i]), "%d", fds[i]);
	if (l->spin_us != LAUNCH_SPIN_UNSET) {
		snprintf(number[4], sizeof(number[4]), "%u", l->spin_us);
		argv[9] = "--spin-us";
		argv[10] = number[4];
	}
	if (!child_start(&child, argv, log, fds, 4))
		goto out;
	*pid = child_ready(&child, PROCESS_WAIT);
	if (*pid < 0)
		complain_start(l->name);
	else
		ok = control_answers(l->name);
	if (!ok) {
		child_kill(&child);
		goto out;
	}
	waitpid(child.pid, NULL, 0); /* the starter; what is ready stays */
	close(child.out);
out:
	for (int i = 0; i < 4; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	if (log >= 0)
		close(log);
	return ok;
}

bool launch_guest(const struct launch *l, pid_t *pid)
{
	complain("not there");
	return false;
}
