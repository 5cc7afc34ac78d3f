// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * main.c - the transp4 command: the table of its commands.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "control/standard.h"

const struct command command_root = {
	.name = "transp4",
	.brief = "decide every packet of an AF_XDP switch by a P4 program",
	.sub = (const struct command *const[]){ &doctor_command, &compile_command, &check_command,
						&test_command, &format_command, &vm_command,
						&program_command, &port_command, &table_command,
						&valueset_command, &counter_command,
						&register_command, &meter_command, &digest_command,
						&invm_command, &stats_command, &monitor_command,
						&capture_command, NULL },
};

int main(int argc, char **argv)
{
	struct pollfd out = { .fd = STDOUT_FILENO };
	int status;

	/* A reader that went away is an error of write(), after which we clean up ... */
	signal(SIGPIPE, SIG_IGN);
	standard_hold();
	status = command_main(argc, argv);
	/* ... and end as others do. */
	if (ferror(stdout) && poll(&out, 1, 0) == 1 && (out.revents & POLLERR)) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return status;
}
