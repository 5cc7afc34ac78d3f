/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * spent.c - run a command, and print its microseconds of processor time and its most KiB.
 *
 * Memory is counted from what the parent had when it forked, so the parent must be small.
 *
 *   spent COMMAND [ARGUMENT ...]
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage used;
	int status;
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = fork();
	if (pid == 0) {
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) < 0 || !WIFEXITED(status))
		return 2;
	printf("%lld %ld\n",
	       (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec +
		       used.ru_stime.tv_usec,
	       used.ru_maxrss);
	return WEXITSTATUS(status);
}
