/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* cc.c - run the system's C compiler on generated C. */
#include "compiler/cc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool file_write(const char *dir, const char *name, const char *text, size_t len)
{
	char path[512];
	FILE *f;
	bool ok;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (!f)
		return false;
	ok = fwrite(text, 1, len, f) == len;
	return fclose(f) == 0 && ok;
}

static bool in_path(const char *name)
{
	const char *path = getenv("PATH");
	char full[1024];

	if (strchr(name, '/'))
		return access(name, X_OK) == 0;
	for (const char *p = path ? path : "/usr/bin:/bin"; *p;) {
		size_t n = strcspn(p, ":");

		snprintf(full, sizeof(full), "%.*s/%s", (int)n, p, name);
		if (access(full, X_OK) == 0)
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}

/* NULL: why[] says what is not there. */
static const char *find_cc(const char *wanted, char *why, size_t why_size)
{
	static const char *const names[] = { "gcc", "clang", "cc" };

	if (!wanted)
		wanted = getenv("TP4_CC");
	if (wanted && *wanted) {
		if (in_path(wanted))
			return wanted;
		snprintf(why, why_size,
			 "there is no C compiler '%s'; name another one, or leave out --cc and "
			 "$TP4_CC",
			 wanted);
		return NULL;
	}
	for (size_t i = 0; i < 3; i++)
		if (in_path(names[i]))
			return names[i];
	snprintf(why, why_size, "no C compiler found; install gcc or clang, or name one with --cc");
	return NULL;
}

static volatile pid_t running; /* a process group of its own */

/* What would end us ends the C compiler and all that it started; then we clean up. */
static void pass_on(int sig)
{
	if (running > 0)
		kill(-running, sig);
}

/* Its exit status; < 0: a signal ended it. */
static int run(char **argv, const char *dir, const char *errors)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	enum { N = sizeof(signals) / sizeof(*signals) };
	const struct sigaction act = { .sa_handler = pass_on };
	struct sigaction old[N];
	sigset_t held, mask;
	int status = -1;
	pid_t pid;

	sigemptyset(&held);
	for (int i = 0; i < N; i++) {
		sigaddset(&held, signals[i]);
		sigaction(signals[i], &act, &old[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &mask);
	pid = fork();
	if (pid == 0) {
		int fd = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);

		setpgid(0, 0);
		for (int i = 0; i < N; i++)
			sigaction(signals[i], &old[i], NULL);
		sigprocmask(SIG_SETMASK, &mask, NULL);
		if (fd >= 0) {
			dup2(fd, 2);
			dup2(fd, 1);
		}
		if (chdir(dir))
			_exit(127);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid > 0)
		setpgid(pid, pid);
	running = pid;
	sigprocmask(SIG_SETMASK, &mask, NULL);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	running = 0;
	for (int i = 0; i < N; i++)
		sigaction(signals[i], &old[i], NULL);
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool file_read(const char *path, void **data, size_t *len)
{
	FILE *f = fopen(path, "r");
	struct stat st;
	bool ok;

	if (!f)
		return false;
	if (fstat(fileno(f), &st)) {
		fclose(f);
		return false;
	}
	*len = (size_t)st.st_size;
	*data = malloc(*len + 1);
	ok = *data && fread(*data, 1, *len, f) == *len;
	fclose(f);
	if (ok)
		((char *)*data)[*len] = 0;
	else
		free(*data);
	return ok;
}

bool cc_compile(const char *cc, const char *flags, const char *text, size_t text_len, void **object,
		size_t *len, char *why, size_t why_size)
{
	const char *tmp = getenv("TMPDIR");
	char dir[256], path[512], errors[512], *words = NULL;
	char *argv[64];
	int argc = 0, status;
	bool ok = false;

	cc = find_cc(cc, why, why_size);
	if (!cc)
		return false;
	if (!tmp || !*tmp)
		tmp = "/tmp";
	snprintf(dir, sizeof(dir), "%s/transp4-XXXXXX", tmp);
	if (!mkdtemp(dir)) {
		snprintf(why, why_size, "cannot make a folder in %s: %s; set TMPDIR", tmp,
			 strerror(errno));
		return false;
	}
	snprintf(errors, sizeof(errors), "%s/errors", dir);
	ok = file_write(dir, "program.c", text, text_len);
	for (const struct include_file *f = abi_files; f->name && ok; f++)
		ok = file_write(dir, f->name, f->text, strlen(f->text));
	if (!ok) {
		snprintf(why, why_size, "cannot write to %s: %s; set TMPDIR", dir, strerror(errno));
		goto out;
	}
	argv[argc++] = (char *)cc;
	words = strdup(flags ? flags : "-O2");
	for (char *w = strtok(words, " "); w && argc < 40; w = strtok(NULL, " "))
		argv[argc++] = w;
	/* Its own limit is 256; from 1,000 on it crashes. */
	if (strstr(cc, "clang"))
		argv[argc++] = "-fbracket-depth=800";
	argv[argc++] = "-std=gnu11";
	argv[argc++] = "-w";
	/* Above this, GCC's constant propagation takes minutes for a function; clang ignores it. */
	argv[argc++] = "--param=max-gcse-memory=16";
	argv[argc++] = "-shared";
	argv[argc++] = "-fPIC";
	argv[argc++] = "-fno-strict-aliasing";
	argv[argc++] = "-fvisibility=default";
	argv[argc++] = "-o";
	argv[argc++] = "program.so";
	argv[argc++] = "program.c";
	argv[argc] = NULL;
	status = run(argv, dir, errors);
	snprintf(path, sizeof(path), "%s/program.so", dir);
	ok = status == 0 && file_read(path, object, len);
	if (!ok) {
		void *said = NULL;
		size_t said_len = 0;

		if (status == 127) {
			snprintf(why, why_size, "%s could not be run; name a C compiler with --cc",
				 cc);
		} else if (status < 0) {
			snprintf(why, why_size, "%s was interrupted; start it again", cc);
		} else if (status && file_read(errors, &said, &said_len)) {
			snprintf(why, why_size,
				 "%s failed on the generated C; unless what it says is of your own "
				 "C or %s is full, report it: %.*s",
				 cc, tmp, 1500, (char *)said);
			free(said);
		} else {
			snprintf(why, why_size, "cannot read what %s wrote to %s; set TMPDIR", cc,
				 tmp);
		}
	}
out:
	free(words);
	snprintf(path, sizeof(path), "%s/program.so", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/program.c", dir);
	unlink(path);
	unlink(errors);
	for (const struct include_file *f = abi_files; f->name; f++) {
		snprintf(path, sizeof(path), "%s/%s", dir, f->name);
		unlink(path);
	}
	rmdir(dir);
	return ok;
}
