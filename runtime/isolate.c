/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * isolate.c - locking a process down.
 */
#include "runtime/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef SYS_mseal
#define SYS_mseal 462 /* from Linux 6.10 on */
#endif

#define UID_BASE   0x54000000U
#define MEMORY_MAX (1ULL << 30)  /* bytes of memory beside the channel's */
#define FILE_MAX   (16ULL << 20) /* bytes of one memfd: a compiled program; of the log */

static int ready_fd = -1;

static int fail(const char *what)
{
	fprintf(stderr, "transp4: cannot isolate the P4 VM: %s: %s\n", what, strerror(errno));
	return -1;
}

/* Files */

/* Everything but stdio and @keep is closed. */
static int close_others(const int *keep, unsigned int n)
{
	int from = STDERR_FILENO + 1;

	for (;;) {
		int next = -1;

		for (unsigned int i = 0; i < n; i++)
			if (keep[i] >= from && (next < 0 || keep[i] < next))
				next = keep[i];
		if (next < 0)
			return syscall(SYS_close_range, from, ~0U, 0) ? fail("close_range") : 0;
		if (next > from && syscall(SYS_close_range, from, next - 1, 0))
			return fail("close_range");
		from = next + 1;
	}
}

/* An empty root, read only.  Mounted over a folder that is always there. */
static int empty_root(void)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return fail("making mounts private");
	if (mount("none", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY,
		  "size=4k,nr_inodes=2,mode=555"))
		return fail("mounting an empty root");
	if (chdir("/proc") || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
	    chdir("/"))
		return fail("changing to the empty root");
	return 0;
}

/* Privileges */

static int drop_user(uid_t id)
{
	if (setgroups(0, NULL) || setresgid(id, id, id) || setresuid(id, id, id))
		return fail("changing the user");
	return 0;
}

static int drop_bounding(void)
{
	for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) && errno != EPERM)
			return fail("dropping the bounding set");
	return 0;
}

static int drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0))
		return fail("dropping ambient capabilities");
	if (syscall(SYS_capset, &header, none))
		return fail("dropping capabilities");
	return 0;
}

static int limit(int what, rlim_t most)
{
	struct rlimit r = { most, most }, old;

	if (!getrlimit(what, &old) && old.rlim_max < most)
		r.rlim_cur = r.rlim_max = old.rlim_max;
	return setrlimit(what, &r) ? fail("limiting resources") : 0;
}

/* The address space as it is, in bytes; 0: unknown. */
static rlim_t address_space(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	unsigned long long pages = 0;

	if (f && fscanf(f, "%llu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* When memory is short, it is the first to be killed, whatever its memory is called. */
static int first_to_go(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, "1000", 4) == 4;

	if (fd >= 0)
		close(fd);
	return done ? 0 : fail("/proc/self/oom_score_adj");
}

/* RLIMIT_DATA is for honest programs: what is read only in the end does not count there. */
static int limit_all(rlim_t space)
{
	signal(SIGXFSZ, SIG_IGN); /* a full log is no reason to end */
	return limit(RLIMIT_CORE, 0) || limit(RLIMIT_NPROC, 0) || limit(RLIMIT_NOFILE, 64) ||
			       limit(RLIMIT_FSIZE, FILE_MAX) || limit(RLIMIT_DATA, MEMORY_MAX) ||
			       limit(RLIMIT_AS, space + MEMORY_MAX) || limit(RLIMIT_MEMLOCK, 0) ||
			       limit(RLIMIT_MSGQUEUE, 0) || limit(RLIMIT_RTPRIO, 0)
		       ? -1
		       : 0;
}

/* System calls */

/* The one openat that is answered: /proc/self/fd/N. */
static long open_own(const char *path)
{
	static const char prefix[] = "/proc/self/fd/";
	long fd = 0, new;

	if (strncmp(path, prefix, sizeof(prefix) - 1))
		return -ENOENT;
	path += sizeof(prefix) - 1;
	if (!*path)
		return -ENOENT;
	for (; *path; path++) {
		if (*path < '0' || *path > '9' || fd > 1 << 20)
			return -ENOENT;
		fd = fd * 10 + (*path - '0');
	}
	new = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (new < 0)
		return -errno;
	/* What was opened anew would be at its beginning. */
	lseek(new, 0, SEEK_SET);
	return new;
}

static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	int saved = errno;

#if defined(__x86_64__)
	uc->uc_mcontext.gregs[REG_RAX] = open_own((const char *)uc->uc_mcontext.gregs[REG_RSI]);
#elif defined(__aarch64__)
	uc->uc_mcontext.regs[0] = open_own((const char *)uc->uc_mcontext.regs[1]);
#else
#error "say where this processor keeps the second argument and the result of a system call"
#endif
	errno = saved;
}

/*
 * What the loop, the control server, the C library and dlopen() need.  None of
 * them can name a file, make a socket or touch another process.
 */
static const int allowed[] = {
	/* descriptors that are there */
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(pread64),
	SCMP_SYS(lseek),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(accept4),
	SCMP_SYS(ppoll),
	SCMP_SYS(poll),
	/* memory, and a compiled program's */
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mprotect),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(ftruncate),
	/* time, signals, threads of the C library */
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(futex),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(tgkill),
	SCMP_SYS(getrandom),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

static const int allowed_fcntl[] = {
	F_GETFL,
	F_SETFL,
	F_SETOWN,
	F_DUPFD_CLOEXEC,
};

/*
 * Flags that may be set, in the argument at @arg.  Shared, growing and huge
 * memory counts against no limit, and huge pages are the switch's.
 */
static const struct {
	int call, arg, flags, must;
} allowed_flags[] = {
	{ SCMP_SYS(mmap), 3, MAP_FIXED | MAP_ANONYMOUS | MAP_NORESERVE | MAP_DENYWRITE | MAP_STACK,
	  MAP_PRIVATE },
	{ SCMP_SYS(memfd_create), 1, MFD_CLOEXEC, 0 },
};

static int filter_calls(void)
{
	struct sigaction sa = { .sa_sigaction = on_sigsys, .sa_flags = SA_SIGINFO };
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int ret = ctx ? 0 : -ENOMEM;

	sigaction(SIGSYS, &sa, NULL);
	for (size_t i = 0; !ret && i < sizeof(allowed) / sizeof(allowed[0]); i++)
		ret = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; !ret && i < sizeof(allowed_fcntl) / sizeof(allowed_fcntl[0]); i++)
		ret = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
				       SCMP_A1(SCMP_CMP_EQ, allowed_fcntl[i]));
	for (size_t i = 0; !ret && i < sizeof(allowed_flags) / sizeof(allowed_flags[0]); i++)
		ret = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed_flags[i].call, 1,
				       SCMP_CMP(allowed_flags[i].arg, SCMP_CMP_MASKED_EQ,
						~(scmp_datum_t)allowed_flags[i].flags,
						allowed_flags[i].must));
	if (!ret)
		ret = seccomp_rule_add(ctx, SCMP_ACT_TRAP, SCMP_SYS(openat), 0);
	if (!ret)
		ret = seccomp_load(ctx);
	if (ctx)
		seccomp_release(ctx);
	errno = -ret;
	return ret ? fail("filtering system calls") : 0;
}

/* The way in */

/* Tell the child who it is, wait for its word and pass it on; never returns. */
static void outside(pid_t child, int fd)
{
	char c;

	signal(SIGPIPE, SIG_IGN);
	if (write(fd, &child, sizeof(child)) == sizeof(child) && read(fd, &c, 1) == 1 &&
	    printf("ready %d\n", child) > 0 && !fflush(stdout))
		_exit(0);
	/* One that nobody has heard of, nobody could stop. */
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	_exit(1);
}

static int inside(const int *keep, unsigned int n, bool root)
{
	rlim_t space = address_space();
	pid_t self; /* as the starter sees it; here it is 1 */

	/*
	 * The order matters: mounts need capabilities, and the last user
	 * namespace is one in which nobody is mapped to anything.
	 */
	if (read(ready_fd, &self, sizeof(self)) != sizeof(self))
		return fail("the starter has gone");
	if (close_others(keep, n) || first_to_go() || empty_root() || drop_bounding())
		return -1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail("no_new_privs");
	if (root && drop_user(UID_BASE + (uid_t)self))
		return -1;
	/* Where the system allows none to users, there is no more to lose. */
	if (root && unshare(CLONE_NEWUSER) && errno != EPERM && errno != ENOSPC)
		return fail("new user namespace");
	if (prctl(PR_SET_DUMPABLE, 0))
		return fail("no core dumps");
	if (drop_bounding() || drop_capabilities() || limit_all(space) || filter_calls())
		return -1;
	return 0;
}

int isolate_enter(const int *keep, unsigned int n)
{
	int others = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP |
		     CLONE_NEWPID;
	bool root = !geteuid();
	int pair[2], null, kept[16];
	pid_t child;

	if (n >= 15) {
		errno = EINVAL;
		return fail("too many descriptors");
	}
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0)
		return fail("/dev/null");
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return fail("socketpair");
	if (unshare(root ? others : others | CLONE_NEWUSER))
		return fail(root ? "new namespaces"
				 : "new namespaces (without root, the system must allow user "
				   "namespaces)");
	fflush(NULL);
	child = fork();
	if (child < 0)
		return fail("fork");
	if (child) {
		close(pair[1]);
		outside(child, pair[0]);
	}
	ready_fd = pair[1];
	memcpy(kept, keep, n * sizeof(*keep));
	kept[n] = ready_fd;
	return inside(kept, n + 1, root);
}

int isolate_hold(void *mem, size_t size)
{
	return syscall(SYS_mseal, mem, size, 0);
}

void isolate_ready(void)
{
	char c = '!';

	if (ready_fd < 0)
		return;
	if (write(ready_fd, &c, 1) != 1)
		_exit(1); /* the starter gave up */
	close(ready_fd);
	close(STDOUT_FILENO);
	ready_fd = -1;
}
