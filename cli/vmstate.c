// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * vmstate.c - the folders of P4 VMs under /run/transp4.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <json-c/json.h>

#include "cli/cgroup.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/vmstate.h"
#include "control/client.h"

#define STOP_PATIENCE 5000 /* ms that a P4 VM has to end by itself */

bool vmstate_name_check(const char *name)
{
	size_t len = strlen(name);

	if (len && len < TP4_NAME_MAX &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
		    len &&
	    *name != '-')
		return true;
	complain(
		"'%s' is no name for a P4 VM; use up to %d letters, digits, - and _, no - in front",
		name, TP4_NAME_MAX - 1);
	return false;
}

const char *vmstate_path(const char *name, const char *file)
{
	static char buffer[4][sizeof(VMSTATE_ROOT) + TP4_NAME_MAX + 32];
	static unsigned int turn;
	char *path = buffer[turn++ % 4];

	snprintf(path, sizeof(*buffer), "%s/%s%s%s", VMSTATE_ROOT, name, *file ? "/" : "", file);
	return path;
}

const char *vmstate_advice(int err)
{
	return geteuid()                        ? "run it as root"
	       : err == ENOSPC || err == EDQUOT ? "free space in /run"
						: "let root write to " VMSTATE_ROOT;
}

const char *vmstate_life_name(enum vmstate_life life)
{
	static const char *const names[] = {
		[VMSTATE_NONE] = "stopped",
		[VMSTATE_STARTING] = "starting",
		[VMSTATE_RUNNING] = "running",
		[VMSTATE_DEAD] = "dead",
	};

	return names[life];
}

/*
 * Processes
 */

uint64_t vmstate_start_time(pid_t pid)
{
	char path[64], text[1024], *at;
	unsigned long long start = 0;
	char state = 0;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return 0;
	text[n] = 0;
	/* The name, in brackets, may hold anything: count from its end. */
	at = strrchr(text, ')');
	if (!at || sscanf(at + 1,
			  " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d "
			  "%*d %*d %*d %llu",
			  &state, &start) != 2)
		return 0;
	return state == 'Z' || state == 'X' ? 0 : start;
}

static bool is_alive(const struct vmstate *s)
{
	return s->pid > 1 && s->start_time && vmstate_start_time(s->pid) == s->start_time;
}

bool vmstate_kill(const struct vmstate *s)
{
	struct pollfd pfd = { .events = POLLIN };
	bool gone;

	if (s->pid <= 1)
		return true;
	pfd.fd = syscall(SYS_pidfd_open, s->pid, 0);
	if (pfd.fd < 0)
		return errno == ESRCH;
	/* Only now is the number certain to stay with the process that we look at. */
	if (!is_alive(s)) {
		close(pfd.fd);
		return true;
	}
	syscall(SYS_pidfd_send_signal, pfd.fd, SIGTERM, NULL, 0);
	/* A stopped process hears SIGTERM only when it goes on. */
	syscall(SYS_pidfd_send_signal, pfd.fd, SIGCONT, NULL, 0);
	gone = poll(&pfd, 1, STOP_PATIENCE) == 1;
	if (!gone) {
		syscall(SYS_pidfd_send_signal, pfd.fd, SIGKILL, NULL, 0);
		gone = poll(&pfd, 1, STOP_PATIENCE) == 1;
	}
	close(pfd.fd);
	return gone;
}

/*
 * The state
 */

static void text_take(json_object *o, const char *key, char *out, size_t size)
{
	const char *text = json_object_get_string(json_object_object_get(o, key));

	snprintf(out, size, "%s", text ? text : "");
}

/* As much as there is: whatever else is missing, the process must not be forgotten. */
static void state_parse(const char *path, struct vmstate *out)
{
	json_object *o = json_object_from_file(path), *ready;

	out->pid = json_object_get_int(json_object_object_get(o, "pid"));
	out->start_time = json_object_get_uint64(json_object_object_get(o, "start_time"));
	/* Who does not say so wrote its state when it was. */
	out->ready =
		!json_object_object_get_ex(o, "ready", &ready) || json_object_get_boolean(ready);
	text_take(o, "isolation", out->isolation, sizeof(out->isolation));
	text_take(o, "program", out->program, sizeof(out->program));
	json_object_put(o);
}

/* Does some command hold the folder's lock now? */
static bool is_locked(const char *name)
{
	int fd = open(vmstate_path(name, ""), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool locked;

	if (fd < 0)
		return false;
	locked = flock(fd, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK;
	close(fd);
	return locked;
}

void vmstate_read(const char *name, struct vmstate *out)
{
	struct stat st;

	memset(out, 0, sizeof(*out));
	snprintf(out->name, sizeof(out->name), "%s", name);
	if (stat(vmstate_path(name, ""), &st) || !S_ISDIR(st.st_mode))
		return;
	state_parse(vmstate_path(name, "state"), out);
	if (out->ready && is_alive(out))
		out->life = VMSTATE_RUNNING;
	else
		out->life = is_locked(name) ? VMSTATE_STARTING : VMSTATE_DEAD;
}

bool vmstate_write(const struct vmstate *s)
{
	json_object *o = json_object_new_object();
	const char *path = vmstate_path(s->name, "state");
	const char *temporary = vmstate_path(s->name, "state.new");
	bool ok;

	put_number(o, "pid", s->pid);
	put_number(o, "start_time", s->start_time);
	put_flag(o, "ready", s->ready);
	put_string(o, "isolation", s->isolation);
	put_string(o, "program", s->program);
	/* Whole or not at all, for whoever reads it meanwhile. */
	ok = !json_object_to_file_ext(temporary, o, JSON_C_TO_STRING_PLAIN) &&
	     !rename(temporary, path);
	json_object_put(o);
	if (!ok)
		complain("cannot write %s: %s; %s", path, strerror(errno), vmstate_advice(errno));
	return ok;
}

int vmstate_try_lock(const char *name)
{
	const char *path = vmstate_path(name, "");
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat ours, now;

	if (fd < 0 || (!flock(fd, LOCK_EX | LOCK_NB) && !fstat(fd, &ours) && !stat(path, &now) &&
		       ours.st_ino == now.st_ino))
		return fd;
	close(fd);
	errno = EWOULDBLOCK;
	return -1;
}

int vmstate_lock(const char *name)
{
	const char *path = vmstate_path(name, "");
	int fd;

	if ((mkdir(VMSTATE_ROOT, 0755) && errno != EEXIST) ||
	    (mkdir(path, 0700) && errno != EEXIST)) {
		complain("cannot make %s: %s; %s", path, strerror(errno), vmstate_advice(errno));
		return -1;
	}
	fd = vmstate_try_lock(name);
	if (fd < 0 && (errno == EWOULDBLOCK || errno == ENOENT))
		complain("another command is starting or stopping P4 VM %s; wait for it", name);
	else if (fd < 0)
		complain("cannot enter %s: %s; %s", path, strerror(errno), vmstate_advice(errno));
	return fd;
}

void vmstate_remove(const char *name, int lock)
{
	DIR *dir = opendir(vmstate_path(name, ""));
	struct dirent *d;

	cgroup_remove(name);
	while (dir && (d = readdir(dir)))
		if (strcmp(d->d_name, ".") && strcmp(d->d_name, ".."))
			unlinkat(dirfd(dir), d->d_name, 0);
	if (dir)
		closedir(dir);
	rmdir(vmstate_path(name, ""));
	if (lock >= 0)
		close(lock);
}

void vmstate_each(void (*visit)(void *arg, const struct vmstate *s), void *arg)
{
	struct dirent **list;
	int n = scandir(VMSTATE_ROOT, &list, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		struct vmstate s;

		if (*list[i]->d_name != '.' && strlen(list[i]->d_name) < TP4_NAME_MAX) {
			vmstate_read(list[i]->d_name, &s);
			if (s.life != VMSTATE_NONE)
				visit(arg, &s);
		}
		free(list[i]);
	}
	if (n >= 0)
		free(list);
}

struct client *vmstate_client(const char *name)
{
	struct client_error err;
	struct client *client;
	struct vmstate s;

	if (!vmstate_name_check(name))
		return NULL;
	vmstate_read(name, &s);
	switch (s.life) {
	case VMSTATE_NONE:
		if (geteuid() && access(VMSTATE_ROOT, X_OK))
			complain("the P4 VMs cannot be reached; run it as root");
		else
			complain("P4 VM %s is not running; 'transp4 vm list' shows the P4 VMs",
				 name);
		return NULL;
	case VMSTATE_STARTING:
		complain("P4 VM %s is being started or stopped; wait for that command", name);
		return NULL;
	case VMSTATE_DEAD:
		if (geteuid())
			complain("P4 VM %s cannot be reached; run it as root", name);
		else
			complain("P4 VM %s has died, see %s; 'transp4 vm start %s' starts it anew",
				 name, vmstate_path(name, "log"), name);
		return NULL;
	case VMSTATE_RUNNING: break;
	}
	if (!client_open(vmstate_path(name, "control.sock"), CLIENT_TIMEOUT_DEFAULT, &client, &err))
		return client;
	complain("P4 VM %s does not answer: %s; see %s", name, err.text, vmstate_path(name, "log"));
	return NULL;
}
