/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_isolate.c - the wall around a P4 VM process: what is behind it cannot
 * open, connect, trace, start or look at anything, and can still load a program.
 *
 * A child goes behind the wall and tries; it reports through a descriptor that
 * it was allowed to keep.  Run as root the wall is complete; run as a user the
 * system must allow user namespaces, else the test is skipped.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/isolate.h"
#include "tests/tap.h"

/* One attempt behind the wall: what it returned and errno. */
struct attempt {
	char what[100];
	long ret;
	int err;
};

static int report_fd;
static void *held; /* memory that stays; NULL: the kernel cannot */

static void report(const char *what, long ret)
{
	struct attempt a = { .ret = ret, .err = errno };

	strncpy(a.what, what, sizeof(a.what) - 1);
	if (write(report_fd, &a, sizeof(a)) != sizeof(a))
		_exit(7);
}

#define TRY(call) (errno = 0, report(#call, (long)(call)))

/* Loaded from a memfd, as programs are. */
static long load(const char *text, size_t len)
{
	int fd = memfd_create("p", MFD_CLOEXEC);
	char path[64];
	void *so;
	int (*answer)(void);

	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	close(fd);
	if (!so)
		return -2;
	answer = (int (*)(void))dlsym(so, "answer");
	return answer ? answer() : -3;
}

/* How many such pieces are to be had? */
static int read_only_memory(int most, size_t size)
{
	for (int n = 0; n < most; n++) {
		void *piece = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				   -1, 0);

		if (piece == MAP_FAILED || mprotect(piece, size, PROT_READ))
			return n;
	}
	return most;
}

static void behind(const char *so, size_t so_len, int closed_fd)
{
	char buf[16];
	struct rlimit lim;
	int file;

	TRY(open("/etc/passwd", O_RDONLY));
	TRY(open("/", O_RDONLY | O_DIRECTORY));
	TRY(open("x", O_CREAT | O_WRONLY, 0600));
	TRY(open("/proc/self/mem", O_RDWR));
	TRY(open("/proc/self/fd/1000", O_RDONLY));
	TRY(open("/proc/self/fd/../../1/mem", O_RDONLY));
	TRY(open("/dev/null", O_RDWR));
	TRY(syscall(SYS_open, "/etc/passwd", O_RDONLY));
	TRY(syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", buf, 24));
	TRY(mkdir("/x", 0700));
	TRY(unlink("/etc/passwd"));
	TRY(chdir("/etc"));
	TRY(syscall(SYS_readlink, "/proc/self/exe", buf, sizeof(buf)));
	TRY(socket(AF_UNIX, SOCK_STREAM, 0));
	TRY(socket(AF_INET, SOCK_DGRAM, 0));
	TRY(socketpair(AF_UNIX, SOCK_STREAM, 0, (int *)buf));
	TRY(connect(report_fd, (struct sockaddr *)buf, 2));
	TRY(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
	TRY(ptrace(PTRACE_ATTACH, 1, NULL, NULL));
	TRY(syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0));
	TRY(kill(-1, 0));
	TRY(kill(1, 0));
	TRY(fork());
	TRY(syscall(SYS_clone3, buf, 88));
	TRY(execl("/bin/true", "true", NULL));
	TRY(mount("none", "/", "tmpfs", 0, NULL));
	TRY(umount2("/", MNT_DETACH));
	TRY(unshare(CLONE_NEWUSER));
	TRY(syscall(SYS_setns, report_fd, 0));
	TRY(setuid(0));
	TRY(setgid(0));
	TRY(prctl(PR_SET_NAME, "x", 0, 0, 0));
	TRY(syscall(SYS_bpf, 0, NULL, 0));
	TRY(syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0));
	TRY(syscall(SYS_io_uring_setup, 1, buf));
	TRY(syscall(SYS_userfaultfd, 0));
	TRY(syscall(SYS_keyctl, 0, 0, 0, 0, 0));
	TRY(syscall(SYS_init_module, buf, 0, ""));
	TRY(syscall(SYS_reboot, 0, 0, 0, NULL));
	TRY(syscall(SYS_ioctl, STDERR_FILENO, 0x5412, buf)); /* TIOCSTI */
	TRY(syscall(SYS_fcntl, report_fd, F_NOTIFY, 0));
	TRY(syscall(SYS_shmget, 1, 4096, 01600));
	TRY(setrlimit(RLIMIT_NOFILE, &lim));
	TRY(write(closed_fd, "x", 1));
	TRY(syscall(SYS_sched_yield));
	TRY(mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	TRY(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0));
	TRY(mmap(NULL, 1 << 21, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0));
	TRY(memfd_create("x", MFD_HUGETLB));
	file = memfd_create("x", MFD_CLOEXEC);
	TRY(ftruncate(file, 1L << 40));
	close(file);
	if (held)
		TRY(munmap(held, 4096));

	report("allowed: getpid is 1", syscall(SYS_getpid) == 1 ? 42 : -1);
	report("allowed: load a program", load(so, so_len));
	report("allowed: load it again", load(so, so_len));
	report("allowed: memory", mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
				       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED
					  ? 42
					  : -1);
	report("limited: 2 GiB of memory", mmap(NULL, 2UL << 30, PROT_READ | PROT_WRITE,
						MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
						   ? 42
						   : -1);
	report("limited: memory that is read only in the end",
	       read_only_memory(64, 64UL << 20) < 17 ? 42 : -1);
	isolate_ready();
	report("end", 0);
	for (;;)
		syscall(SYS_nanosleep, &(struct timespec){ 1000, 0 }, NULL);
}

/* A shared object whose answer() is 42, made by the compiler at hand. */
static char *make_so(size_t *len)
{
	char dir[] = "/tmp/test_isolate.XXXXXX", cmd[200], path[64];
	char *bytes = malloc(1 << 20);
	FILE *f;

	if (!mkdtemp(dir))
		abort();
	snprintf(cmd, sizeof(cmd),
		 "echo 'int answer(void) { return 42; }' | cc -shared -fPIC -x c -o %s/p.so -",
		 dir);
	if (system(cmd))
		abort();
	snprintf(path, sizeof(path), "%s/p.so", dir);
	f = fopen(path, "rb");
	*len = f ? fread(bytes, 1, 1 << 20, f) : 0;
	if (f)
		fclose(f);
	unlink(path);
	rmdir(dir);
	return bytes;
}

/* From outside: /proc says the same. */
static long status_field(pid_t pid, const char *name)
{
	char path[64], line[256];
	long value = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, name, strlen(name)))
			value = strtol(line + strlen(name), NULL,
				       strncmp(name, "Cap", 3) ? 10 : 16);
	if (f)
		fclose(f);
	return value;
}

static long number_in(const char *path)
{
	FILE *f = fopen(path, "r");
	long value = -1;

	if (f && fscanf(f, "%ld", &value) != 1)
		value = -1;
	if (f)
		fclose(f);
	return value;
}

static bool other_ns(pid_t pid, const char *ns)
{
	char path[64], a[64] = "", b[64] = "";

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, ns);
	if (readlink(path, a, sizeof(a) - 1) < 0)
		return false;
	snprintf(path, sizeof(path), "/proc/self/ns/%s", ns);
	if (readlink(path, b, sizeof(b) - 1) < 0)
		return false;
	return strcmp(a, b);
}

static void look_from_outside(pid_t pid)
{
	static const char *const spaces[] = { "mnt", "net", "ipc", "uts", "pid", "cgroup", "user" };
	char path[64];
	int fds = 0;

	/* What cannot be traced can only be looked into by root. */
	for (unsigned int i = 0; !geteuid() && i < sizeof(spaces) / sizeof(spaces[0]); i++)
		ok(other_ns(pid, spaces[i]), "its own namespace: %s", spaces[i]);
	if (!geteuid())
		ok(status_field(pid, "Uid:") == 0x54000000L + pid &&
			   status_field(pid, "Gid:") == 0x54000000L + pid,
		   "its own user and group");
	ok(!status_field(pid, "CapEff:") && !status_field(pid, "CapPrm:") &&
		   !status_field(pid, "CapBnd:") && !status_field(pid, "CapAmb:") &&
		   !status_field(pid, "CapInh:"),
	   "no capabilities, none to be had");
	ok(status_field(pid, "NoNewPrivs:") == 1 && status_field(pid, "Seccomp:") == 2,
	   "no_new_privs, a seccomp filter");
	snprintf(path, sizeof(path), "/proc/%d/oom_score_adj", pid);
	ok(number_in(path) == 1000, "the first to go when memory is short");
	for (int fd = 0; fd < 300; fd++) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
		fds += !access(path, F_OK) || readlink(path, (char[8]){ 0 }, 7) > 0;
	}
	ok(fds == 3 || geteuid(), "descriptors: stdin, stderr and the one that was kept (%d)", fds);
}

/* Whoever waited for it has gone: then it must not stay. */
static void unheard(void)
{
	int pair[2], out[2];
	char c;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) || pipe(out))
		abort();
	close(out[0]);
	fflush(NULL);
	if (!fork()) {
		close(pair[0]);
		signal(SIGPIPE, SIG_DFL);
		dup2(out[1], STDOUT_FILENO);
		close(out[1]);
		if (isolate_enter(&pair[1], 1))
			_exit(9);
		isolate_ready();
		syscall(SYS_nanosleep, &(struct timespec){ 5, 0 }, NULL);
		_exit(write(pair[1], "x", 1) != 1);
	}
	close(pair[1]);
	ok(!read(pair[0], &c, 1), "what nobody has heard of ends");
}

int main(void)
{
	int pair[2], out[2], closed = open("/etc/passwd", O_RDONLY), status;
	unsigned int refused = 0;
	struct attempt a = { 0 };
	char line[64] = "";
	int inner = -1;
	size_t so_len;
	char *so = make_so(&so_len);
	pid_t starter;

	signal(SIGPIPE, SIG_IGN);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) || pipe(out))
		abort();
	fflush(NULL);
	starter = fork();
	if (!starter) {
		close(out[0]);
		close(pair[0]);
		report_fd = pair[1];
		dup2(out[1], STDOUT_FILENO);
		held = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (isolate_hold(held, 4096))
			held = NULL;
		if (isolate_enter(&report_fd, 1))
			_exit(9);
		behind(so, so_len, closed);
	}
	close(pair[1]);
	close(out[1]);
	while (read(pair[0], &a, sizeof(a)) == sizeof(a) && strcmp(a.what, "end")) {
		if (!strncmp(a.what, "allowed", 7) || !strncmp(a.what, "limited", 7))
			ok(a.ret == 42, "%s (%ld)", a.what, a.ret);
		else
			refused += ok(a.ret == -1, "refused: %s: %s", a.what, strerror(a.err));
	}
	ok(!strcmp(a.what, "end") && refused > 40, "all attempts were made, %u refused", refused);
	waitpid(starter, &status, 0);
	ok(WIFEXITED(status) && !WEXITSTATUS(status), "the starter ends with 0");
	ok(read(out[0], line, sizeof(line) - 1) > 0 && sscanf(line, "ready %d\n", &inner) == 1 &&
		   inner > 1,
	   "and says who is ready");
	if (inner > 1) {
		look_from_outside(inner);
		kill(inner, SIGKILL);
	}
	unheard();
	free(so);
	return tap_end();
}
