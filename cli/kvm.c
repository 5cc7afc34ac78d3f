// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * kvm.c - runs one instruction in a guest, in a child, with a time limit.
 *
 * The device may be there and a guest hang on it all the same (virtualisation
 * that the outer machine does not pass on), so only a guest that ran counts.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/kvm.h>

#include "cli/kvm.h"

#define TIME_LIMIT 3000 /* ms */

#ifdef __x86_64__
static enum kvm_verdict run_guest(int kvm)
{
	struct kvm_userspace_memory_region region = { .memory_size = 4096 };
	struct kvm_regs regs = { .rflags = 2 };
	struct kvm_sregs sregs;
	struct kvm_run *run;
	int vm, cpu, size;
	char *memory;

	memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	vm = ioctl(kvm, KVM_CREATE_VM, 0);
	size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	if (memory == MAP_FAILED || vm < 0 || size <= 0)
		return KVM_BROKEN;
	memory[0] = (char)0xf4; /* hlt */
	region.userspace_addr = (unsigned long)memory;
	if (ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region))
		return KVM_BROKEN;
	cpu = ioctl(vm, KVM_CREATE_VCPU, 0);
	if (cpu < 0)
		return KVM_BROKEN;
	run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, cpu, 0);
	if (run == MAP_FAILED || ioctl(cpu, KVM_GET_SREGS, &sregs))
		return KVM_BROKEN;
	sregs.cs.base = 0;
	sregs.cs.selector = 0;
	if (ioctl(cpu, KVM_SET_SREGS, &sregs) || ioctl(cpu, KVM_SET_REGS, &regs) ||
	    ioctl(cpu, KVM_RUN, 0))
		return KVM_BROKEN;
	return run->exit_reason == KVM_EXIT_HLT ? KVM_USABLE : KVM_BROKEN;
}
#else
static enum kvm_verdict run_guest(int kvm)
{
	return ioctl(kvm, KVM_CREATE_VM, 0) < 0 ? KVM_BROKEN : KVM_USABLE;
}
#endif

static bool cpu_has(const char *flag)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	bool found = false;
	size_t size = 0, len = strlen(flag);
	char *line = NULL;

	while (f && getline(&line, &size, f) > 0) {
		if (strncmp(line, "flags", 5))
			continue;
		for (const char *at = line; !found && (at = strstr(at, flag)); at += len)
			found = at[-1] == ' ' && (at[len] == ' ' || at[len] == '\n');
		break;
	}
	free(line);
	if (f)
		fclose(f);
	return found;
}

const char *kvm_verdict_text(enum kvm_verdict verdict)
{
	static const char *const texts[] = {
		[KVM_USABLE] = "a guest ran on /dev/kvm",
		[KVM_ABSENT] = "no /dev/kvm, and the processor has no vmx or svm",
		[KVM_UNLOADED] = "no /dev/kvm, though the processor could",
		[KVM_FORBIDDEN] = "/dev/kvm may not be opened",
		[KVM_SOFT] = "/dev/kvm is there, but the processor shows neither vmx nor svm",
		[KVM_BROKEN] = "/dev/kvm is there, but no guest runs on it",
		[KVM_SILENT] = "/dev/kvm is there, but a guest hangs on it",
		[KVM_OLD] = "KVM of a kernel before 6.3 gives a guest no rings of several pages",
	};

	return texts[verdict];
}

/* docs/design.md, Limits, says why. */
static bool kernel_is_old(void)
{
	unsigned int major, minor;
	struct utsname u;

	return !uname(&u) && sscanf(u.release, "%u.%u", &major, &minor) == 2 &&
	       (major < 6 || (major == 6 && minor < 3));
}

enum kvm_verdict kvm_probe(void)
{
	bool flags = cpu_has("vmx") || cpu_has("svm");
	enum kvm_verdict verdict = KVM_SILENT;
	struct pollfd pfd = { .events = POLLIN };
	int status, kvm;
	pid_t child;

	kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm < 0)
		return errno == EACCES || errno == EPERM ? KVM_FORBIDDEN
		       : flags                           ? KVM_UNLOADED
							 : KVM_ABSENT;
	child = fork();
	if (!child) {
		verdict = ioctl(kvm, KVM_GET_API_VERSION, 0) == KVM_API_VERSION ? run_guest(kvm)
										: KVM_BROKEN;
		_exit(verdict);
	}
	close(kvm);
	if (child < 0)
		return KVM_BROKEN;
	pfd.fd = syscall(SYS_pidfd_open, child, 0);
	if (pfd.fd >= 0 && poll(&pfd, 1, TIME_LIMIT) == 1)
		verdict = waitpid(child, &status, 0) == child && WIFEXITED(status)
				  ? (enum kvm_verdict)WEXITSTATUS(status)
				  : KVM_BROKEN;
	else
		kill(child, SIGKILL); /* it may never end; it is not waited for */
	if (pfd.fd >= 0)
		close(pfd.fd);
	/* Where one instruction runs, a whole kernel may hang all the same. */
	if (verdict == KVM_USABLE && !flags)
		return KVM_SOFT;
	return verdict == KVM_USABLE && kernel_is_old() ? KVM_OLD : verdict;
}
