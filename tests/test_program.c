/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_program.c - whose program is it: agent/program.c as it is, as the first process of
 * a PID namespace and with mounts and a cgroup v2 of its own.
 */
#include "agent/program.c"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sodium.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "tests/tap.h"

#define CGROUP "/sys/fs/cgroup"

static char work[] = "/tmp/transp4-program-XXXXXX";

/* A path in the folder of the test. */
static const char *at(const char *name)
{
	static char path[2][4096];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", work, name);
	return path[turn];
}

static void copy(const char *to)
{
	static char bytes[1 << 20];
	FILE *in = fopen("/bin/sleep", "re"), *out = fopen(to, "we");
	size_t n = in ? fread(bytes, 1, sizeof(bytes), in) : 0;

	if (!out || fwrite(bytes, 1, n, out) != n || fclose(out) || fclose(in) || chmod(to, 0755))
		perror(to);
}

enum where { HERE, COVERED, BOUND, ELSEWHERE };

/* Run the program at that path: here, or where the folder or the file is another one. */
static pid_t start(const char *path, enum where where)
{
	int ready[2];
	char c;
	pid_t pid;

	if (pipe2(ready, O_CLOEXEC))
		return 0;
	pid = fork();
	if (!pid) {
		if (where != HERE && unshare(CLONE_NEWNS))
			_exit(1);
		if (where == COVERED && mount("none", at("d"), "tmpfs", 0, NULL))
			_exit(1);
		if (where == COVERED)
			copy(path);
		if (where == BOUND && mount(at("other"), path, NULL, MS_BIND, NULL))
			_exit(1);
		execl(path, path, "1000", NULL);
		_exit(1);
	}
	close(ready[1]);
	/* The end, when it runs. */
	c = read(ready[0], &c, 1);
	close(ready[0]);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static uint64_t program(pid_t pid)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", pid);
	return program_of_pid(text);
}

/* Is the program of @path, started there, what @told says?  0: nobody knows. */
static bool known(const char *path, enum where where, const char *told)
{
	pid_t pid = start(path, where);
	bool is = program(pid) == (told ? invm_id(told) : 0);

	end(pid);
	return is;
}

/* A path of that many bytes, and the folders of it. */
static const char *long_path(size_t len)
{
	static char path[600];
	size_t n = (size_t)snprintf(path, sizeof(path), "%s/", work);

	while (n < len) {
		path[n++] = 'p';
		if (n % 200 == 0 && n + 1 < len) {
			path[n] = 0;
			mkdir(path, 0755);
			path[n++] = '/';
		}
	}
	path[n] = 0;
	copy(path);
	return path;
}

static void check_paths(void)
{
	char real[512];
	pid_t pid;

	ok(known("/bin/sleep", HERE, realpath("/bin/sleep", real)), "a program");
	ok(known("/bin/sleep", ELSEWHERE, real), "and in other mounts, where it is the same file");
	ok(known(long_path(511), HERE, long_path(511)), "a path of 511 bytes");
	ok(known(long_path(512), HERE, NULL), "one that is longer names nobody");
	copy(at("p (deleted)"));
	ok(known(at("p (deleted)"), HERE, at("p (deleted)")), "a name that looks deleted");
	copy(at("q"));
	pid = start(at("q"), HERE);
	unlink(at("q"));
	ok(program(pid) == invm_id(at("q")), "deleted, it is what it was");
	copy(at("q"));
	ok(program(pid) == invm_id(at("q")), "and replaced, too");
	end(pid);
	pid = start(at("q"), HERE);
	link(at("q"), at("r"));
	unlink(at("q"));
	ok(!program(pid), "but not where the file lives on under another name");
	end(pid);
}

static void check_guises(void)
{
	pid_t pid;

	copy(at("curl"));
	copy(at("other"));
	mkdir(at("d"), 0755);
	ok(known(at("curl"), BOUND, NULL), "another file at its path, in mounts of its own");
	mount("none", at("d"), "tmpfs", 0, NULL);
	copy(at("d/curl"));
	ok(known(at("d/curl"), COVERED, NULL), "another file system's, with the same number");
	umount(at("d"));
	ok(known(at("d/curl"), COVERED, NULL), "one that is nowhere else");
	pid = start(at("d/curl"), COVERED);
	if (!fork()) {
		char gone[64];

		/* Delete it where it is. */
		snprintf(gone, sizeof(gone), "/proc/%d/root%s", pid, at("d/curl"));
		_exit(unlink(gone) != 0);
	}
	wait(NULL);
	ok(!program(pid), "and deleted there");
	end(pid);
}

/* What a process in mounts of its own tells of others. */
static void check_views(void)
{
	pid_t child, pid = start(at("curl"), HERE);
	int status = 1;

	child = fork();
	if (!child) {
		if (unshare(CLONE_NEWNS) || mount("none", work, "tmpfs", 0, NULL))
			_exit(1);
		_exit(program(pid) != invm_id(at("curl")));
	}
	waitpid(child, &status, 0);
	ok(!status, "an agent that does not see the file believes the machine's first process");
	end(pid);
	child = fork();
	if (!child) {
		if (unshare(CLONE_NEWNS) || mount("none", work, "tmpfs", 0, NULL))
			_exit(1);
		copy(at("mine"));
		_exit(!known(at("mine"), HERE, at("mine")));
	}
	waitpid(child, &status, 0);
	ok(!status, "or its own eyes");
}

/* Cgroups */

static uint64_t cgroup_make(const char *path)
{
	struct stat st;

	if (mkdir(path, 0755) || stat(path, &st)) {
		perror(path);
		return 0;
	}
	return st.st_ino;
}

static void cgroup_join(const char *path, pid_t pid)
{
	char procs[4200];
	FILE *f;

	snprintf(procs, sizeof(procs), "%s/cgroup.procs", path);
	f = fopen(procs, "we");
	if (!f || fprintf(f, "%d\n", pid) < 0 || fclose(f))
		perror(procs);
}

/* Ask anew, as after ALIKE_AGE. */
static uint64_t program_now(uint64_t kernel_id)
{
	cgroup_find(kernel_id)->looked = 0;
	return program_of_cgroup(kernel_id);
}

/* Cgroups that were made since a walk, more of which must wait. */
static void check_new(const char *around)
{
	char name[140];
	uint64_t id[3];
	int status = 1;

	for (unsigned int i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s/%u", around, i);
		id[i] = cgroup_make(name);
	}
	walks.earned = UINT64_MAX;
	ok(cgroup_id(id[2]) == invm_id(name + strlen(CGROUP)), "one that is new, at once");
	rmdir(name);
	name[strlen(name) - 1] = '1';
	rmdir(name);
	ok(!cgroup_id(id[1]), "one that was, and is no more");
	name[strlen(name) - 1] = '0';
	if (!fork()) {
		if (setuid(65534) || cgroup_id(id[0]))
			_exit(1);
		walks.earned = 0;
		_exit(cgroup_id(id[0]) != invm_id(name + strlen(CGROUP)));
	}
	wait(&status);
	ok(!status, "without privileges, at the next walk");
	rmdir(name);
}

static void check_cgroups(void)
{
	enum { AROUND = 1023 - sizeof("/cgroup.procs") + 1 };
	char name[64], inner[128], deep[2048];
	pid_t guise = start(at("curl"), BOUND), pids[PIDS_ALIKE + 1], pid;
	uint64_t one, two, cut;
	struct stat st;
	size_t n;

	snprintf(name, sizeof(name), "%s%s", CGROUP, strrchr(work, '/'));
	snprintf(inner, sizeof(inner), "%s/in", name);
	one = cgroup_make(name);
	two = cgroup_make(inner);
	walks.earned = 0;
	ok(cgroup_id(two) == invm_id(inner + strlen(CGROUP)), "a cgroup");
	ok(!stat(CGROUP, &st) && cgroup_id(st.st_ino) == invm_id("/"), "the first of all");
	ok(!cgroup_id(1ULL << 60), "one that has no folder");
	check_new(inner);

	ok(!program_now(one), "nobody is in it");
	for (int i = 0; i <= PIDS_ALIKE; i++) {
		pids[i] = start(at("curl"), HERE);
		if (i < PIDS_ALIKE)
			cgroup_join(name, pids[i]);
	}
	ok(program_now(one) == invm_id(at("curl")), "many that run one program");
	cgroup_join(name, pids[PIDS_ALIKE]);
	peeks.earned = UINT64_MAX;
	ok(program_of_cgroup(one) == invm_id(at("curl")),
	   "with many sockets it is not asked at once");
	peeks.earned = 0;
	ok(!program_of_cgroup(one), "else it is: too many");
	end(pids[0]);
	end(pids[1]);
	ok(program_now(one) == invm_id(at("curl")), "some have gone");
	pid = start(at("other"), HERE);
	cgroup_join(name, pid);
	ok(!program_now(one), "two programs");
	end(pid);
	cgroup_join(inner, guise);
	cgroup_join(inner, pids[2]);
	ok(!program_now(two), "one of them in a guise, and the first");
	end(guise);

	/* A folder whose list's name, cut at 1023 bytes, is that of the list of the folder around it. */
	strcpy(deep, name);
	while ((n = strlen(deep)) < AROUND) {
		size_t more = AROUND - n > 200 ? 100 : AROUND - n;

		deep[n] = '/';
		memset(deep + n + 1, 'x', more - 1);
		deep[n + more] = 0;
		cgroup_make(deep);
	}
	cgroup_join(deep, pids[2]);
	strcat(deep, "/cgroup.procs-of-another");
	cut = cgroup_make(deep);
	walks.earned = 0;
	ok(cgroup_id(cut) == invm_id(deep + strlen(CGROUP)), "a cgroup whose path is long");
	ok(!program_now(cut), "has its own processes only");
	pid = start(at("other"), HERE);
	cgroup_join(deep, pid);
	ok(program_now(cut) == invm_id(at("other")), "and they are found");
	end(pid);

	for (int i = 2; i <= PIDS_ALIKE; i++)
		end(pids[i]);
	rmdir(inner);
	for (; strlen(deep) >= strlen(name); *strrchr(deep, '/') = 0)
		if (rmdir(deep))
			perror(deep);
}

static void check_room(void)
{
	struct stat st = { .st_ino = 1U << 20 };
	unsigned int seen = 0;

	while (seen < CGROUPS && !cgroup_seen(CGROUP "/x", &st, FTW_D, NULL)) {
		seen++;
		st.st_ino++;
	}
	ok(n_cgroups == CGROUPS / 2 && seen < CGROUPS / 2, "a walk ends where there is no room");
	st.st_ino++;
	cgroup_add(st.st_ino, CGROUP "/y");
	ok(n_cgroups == CGROUPS / 2 && !cgroup_find(st.st_ino)->kernel_id, "nothing is added");
	walks.earned = 0;
	cgroup_id(st.st_ino);
	ok(n_cgroups < CGROUPS / 2 && !cgroup_find(1U << 20)->kernel_id,
	   "the next one begins anew");
}

/* The first process of its namespaces. */
static int inside(void)
{
	bool cgroup2;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (sodium_init() < 0 || unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", work, "tmpfs", 0, NULL) || mount("proc", "/proc", "proc", 0, NULL)) {
		perror("mounts");
		return 1;
	}
	mkdir(at("cgroup"), 0755);
	cgroup2 = !mount("none", at("cgroup"), "cgroup2", 0, NULL) &&
		  !mount(at("cgroup"), CGROUP, NULL, MS_BIND, NULL);
	check_paths();
	check_guises();
	check_views();
	if (cgroup2) {
		check_cgroups();
		check_room();
	} else {
		printf("# no cgroup v2 can be mounted here\n");
	}
	return tap_end();
}

int main(void)
{
	int status;
	pid_t pid;

	if (!mkdtemp(work) || unshare(CLONE_NEWPID)) {
		printf("skip: no folder, or no namespaces here: %s\n", strerror(errno));
		rmdir(work);
		return 77;
	}
	pid = fork();
	if (!pid)
		_exit(inside());
	waitpid(pid, &status, 0);
	rmdir(work);
	/* A leak checker would need a thread, and the namespace takes no more. */
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}
