// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * vmtool - start and ask P4 VMs with fake programs (fake_pipeline.c), for scenarios.
 *
 *	vmtool process NAME RUNTIME SOCKET TEXT [ARG...]  become the runtime of channel NAME
 *	vmtool set SOCKET TEXT|@FILE                      commit a program
 *	vmtool status SOCKET                              one line per port and direction
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "control/client.h"

static int die(const char *what)
{
	fprintf(stderr, "vmtool: %s: %s\n", what, strerror(errno));
	return 1;
}

static int process(int argc, char **argv)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	char path[128], n[4][16];
	int fd[4];
	char *args[32] = { argv[3], "--view-fd",    n[0], "--verdict-fd", n[1], "--control-fd",
			   n[2],    "--program-fd", n[3] };

	snprintf(path, sizeof(path), "/dev/transp4/%s.view", argv[2]);
	fd[0] = open(path, O_RDONLY);
	snprintf(path, sizeof(path), "/dev/transp4/%s.verdict", argv[2]);
	fd[1] = open(path, O_RDWR);
	fd[2] = socket(AF_UNIX, SOCK_STREAM, 0);
	snprintf(addr.sun_path, sizeof(addr.sun_path), "%s", argv[4]);
	unlink(argv[4]);
	fd[3] = memfd_create("program", 0);
	if (fd[0] < 0 || fd[1] < 0 || fd[2] < 0 || fd[3] < 0 ||
	    bind(fd[2], (struct sockaddr *)&addr, sizeof(addr)) || listen(fd[2], 8) ||
	    write(fd[3], argv[5], strlen(argv[5])) < 0 || lseek(fd[3], 0, SEEK_SET))
		return die("cannot prepare");
	for (int i = 0; i < 4; i++)
		snprintf(n[i], sizeof(n[i]), "%d", fd[i]);
	for (int i = 6; i < argc && i < 28; i++)
		args[3 + i] = argv[i];
	execv(argv[3], args);
	return die(argv[3]);
}

static int ask(int argc, char **argv)
{
	Transp4__V1__StatusResponse *st;
	struct client_error err;
	struct client *c;

	if (client_open(argv[2], 60000, &c, &err))
		goto failed;
	if (argc == 4) {
		static char bytes[4 << 20];
		size_t len = strlen(argv[3]);
		FILE *f = argv[3][0] == '@' ? fopen(argv[3] + 1, "rb") : NULL;

		if (f)
			len = fread(bytes, 1, sizeof(bytes), f);
		if (client_program_set(c, f ? bytes : argv[3], len, CLIENT_REPLACE, &err))
			goto failed;
		return 0;
	}
	if (client_status(c, &st, &err))
		goto failed;
	printf("program %s generation %llu isolation %s\n", st->program[0] ? st->program : "-",
	       (unsigned long long)st->program_generation, st->isolation);
	for (size_t i = 0; i < st->n_ports; i++)
		for (int dir = 0; dir < 2; dir++) {
			const Transp4__V1__StatusResponse__Direction *d =
				dir ? st->ports[i]->tx : st->ports[i]->rx;

			printf("%s %u %s live %d forwarded %llu dropped %llu\n",
			       st->ports[i]->ifname, st->ports[i]->queue, dir ? "tx" : "rx",
			       st->ports[i]->live, (unsigned long long)d->forwarded,
			       (unsigned long long)d->dropped);
		}
	return 0;
failed:
	fprintf(stderr, "vmtool: %s\n", err.text);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc >= 6 && !strcmp(argv[1], "process"))
		return process(argc, argv);
	if ((argc == 4 && !strcmp(argv[1], "set")) || (argc == 3 && !strcmp(argv[1], "status")))
		return ask(argc, argv);
	fprintf(stderr, "usage: see the head of tests/vmtool.c\n");
	return 2;
}
