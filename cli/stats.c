// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * stats.c - what became of packets, per port and direction.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/kernel.h"
#include "cli/output.h"

static json_object *dir_json(const struct kernel_socket *s, int dir)
{
	json_object *o = json_object_new_object();
	uint64_t taken = 0;

	for (int i = 0; i < TP4_STAT_OUTCOMES; i++)
		taken += s->stats[dir][i];
	put_number(o, "packets", taken);
	for (int i = 0; i < TP4_STAT_MAX; i++)
		put_number(o, kernel_stat_names[i], s->stats[dir][i]);
	return o;
}

static json_object *socket_json(const struct kernel_port *p, const struct kernel_socket *s)
{
	json_object *o = json_object_new_object();

	put_string(o, "interface", p->ifname);
	put_number(o, "queue", s->queue);
	put_string(o, "vm", p->vm);
	put_string(o, "state", kernel_state_name(s->state));
	for (int dir = 0; dir < TP4_DIRS; dir++)
		json_object_object_add(o, kernel_dir_name(dir), dir_json(s, dir));
	return o;
}

/* The first two always, of the others those that ever counted. */
static void print_dir(json_object *socket, const char *dir)
{
	json_object *stats = json_object_object_get(socket, dir);

	printf("    %s", dir);
	json_object_object_foreach(stats, name, value) {
		bool always = !strcmp(name, "packets") || !strcmp(name, "forwarded") ||
			      !strcmp(name, "dropped");

		if (always || json_object_get_uint64(value))
			printf("  %s %llu", name,
			       (unsigned long long)json_object_get_uint64(value));
	}
	putchar('\n');
}

static void print_sockets(json_object *array)
{
	for (size_t i = 0; i < json_object_array_length(array); i++) {
		json_object *s = json_object_array_get_idx(array, i);

		printf("%s queue %llu vm %s %s\n",
		       json_object_get_string(json_object_object_get(s, "interface")),
		       (unsigned long long)json_object_get_uint64(
			       json_object_object_get(s, "queue")),
		       json_object_get_string(json_object_object_get(s, "vm")),
		       json_object_get_string(json_object_object_get(s, "state")));
		for (int dir = 0; dir < TP4_DIRS; dir++)
			print_dir(s, kernel_dir_name(dir));
	}
}

/* NULL: complained */
static json_object *stats_take(struct kernel *k, const char *ifname)
{
	json_object *array;
	struct kernel_port *list;
	bool found = false;
	size_t n;

	if (kernel_port_list(k, &list, &n)) {
		kernel_complain(k, "cannot read the ports", "see dmesg");
		return NULL;
	}
	array = json_object_new_array();
	for (size_t i = 0; i < n; i++) {
		if (ifname && strcmp(list[i].ifname, ifname))
			continue;
		found = true;
		for (size_t j = 0; j < list[i].n_sockets; j++)
			json_object_array_add(array, socket_json(&list[i], &list[i].sockets[j]));
	}
	kernel_port_list_free(list, n);
	if (ifname && !found) {
		complain("there is no port %s; 'transp4 port list' shows the ports", ifname);
		json_object_put(array);
		return NULL;
	}
	return array;
}

static int stats_print(json_object *array, bool watch)
{
	if (output_json)
		return output_document(array);
	if (watch && isatty(STDOUT_FILENO))
		printf("\033[H\033[2J"); /* home, clear */
	if (!json_object_array_length(array) && !watch)
		notice("no switch has a socket on a covered port; 'transp4 port list' shows the "
		       "ports");
	print_sockets(array);
	json_object_put(array);
	return output_flush();
}

static int stats_run(const struct call *c)
{
	bool watch = call_flag(c, "--watch");
	uint32_t interval = 1;
	struct kernel *k;
	int err = call_number(c, "--interval", 86400, &interval);

	if (err)
		return err;
	if (!interval)
		return complain_usage(c, "--interval is at least 1");
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	stop_catch();
	do {
		json_object *array = stats_take(k, call_word(c, 0));

		err = array ? stats_print(array, watch) : EXIT_FAILED;
		if (watch && !err && !stopped)
			sleep(interval);
	} while (watch && !err && !stopped);
	kernel_close(k);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

const struct command stats_command = {
	.name = "stats",
	.brief = "show what became of packets, per port and direction",
	.run = stats_run,
	.words = (const struct word[]){ { "IFACE", WORD_INTERFACE, .optional = true }, { NULL } },
	.options = (const struct option[]){
		{ "--watch", NULL, WORD_TEXT, .help = "again and again, until interrupted" },
		{ "--interval", "SECONDS", WORD_NUMBER, .help = "how often with --watch (1)" },
		{ NULL } },
	.more = "rx is towards the switch, tx is from it.  'packets' is the sum of the outcomes:\n"
		"forwarded, dropped, passed and the drop_... counters; a counter that is not shown\n"
		"is 0.\n",
};
