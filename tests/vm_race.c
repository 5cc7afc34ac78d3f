// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * vm_race SECONDS - while one thread opens and closes a P4 VM's channel, another one deletes
 * it, and makes it anew: never while it is open.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/find.h"
#include "cli/kernel.h"

static atomic_bool open_now, over;

/* What kernel_open() has to say is no news here. */
int complain(const char *format, ...)
{
	return 1;
}

bool find_module(char *path, size_t size)
{
	return false;
}

static void *come_and_go(void *arg)
{
	while (!over) {
		int fd = open("/dev/transp4/race.verdict", O_RDWR);

		if (fd < 0)
			continue;
		open_now = true;
		usleep(1000);
		open_now = false;
		close(fd);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 0);
	unsigned int deleted = 0, wrong = 0;
	struct kernel *k = kernel_open();
	pthread_t thread;

	if (!k || pthread_create(&thread, NULL, come_and_go, NULL))
		return 1;
	while (time(NULL) < end) {
		kernel_vm_add(k, "race", NULL, false);
		while (kernel_vm_del(k, "race"))
			;
		usleep(100); /* until who has just opened it says so */
		wrong += open_now;
		deleted++;
	}
	over = true;
	pthread_join(thread, NULL);
	kernel_close(k);
	printf("deleted %u times, %u of them while it was open\n", deleted, wrong);
	return !deleted || wrong;
}
