// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * port.c - which interfaces and queues are decided by which P4 VM.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/kernel.h"
#include "cli/output.h"
#include "cli/vmstate.h"

/*
 * What was asked for
 */

struct ask {
	const char *ifname;
	uint32_t queue; /* TP4_QUEUE_ALL where none was named */
	const char *vm;
	const uint8_t *on_failure; /* NULL: not named */
	const uint32_t *deadline;
	uint8_t on_failure_value;
	uint32_t deadline_value;
};

static int ask_read(const struct call *c, struct ask *a)
{
	const char *queue = call_option(c, "--queue");
	const char *on_failure = call_option(c, "--on-failure");
	int err;

	a->ifname = call_word(c, 0);
	if (strlen(a->ifname) >= IF_NAMESIZE)
		return complain("'%s' is no interface name, it has more than %d characters; "
				"'ip link' lists the interfaces",
				a->ifname, IF_NAMESIZE - 1);
	a->queue = TP4_QUEUE_ALL;
	if (queue && strcmp(queue, "all")) {
		err = call_number(c, "--queue", UINT16_MAX, &a->queue);
		if (err)
			return err;
	}
	a->vm = call_option(c, "--vm");
	if (a->vm && !vmstate_name_check(a->vm))
		return EXIT_FAILED;
	if (on_failure) {
		a->on_failure_value =
			strcmp(on_failure, "pass") ? TP4_ON_FAILURE_DROP : TP4_ON_FAILURE_PASS;
		a->on_failure = &a->on_failure_value;
	}
	if (call_option(c, "--deadline")) {
		err = call_number(c, "--deadline", TP4_DEADLINE_MAX, &a->deadline_value);
		if (err)
			return err;
		if (!a->deadline_value)
			return complain_usage(c, "--deadline is at least 1");
		a->deadline = &a->deadline_value;
	}
	return 0;
}

/* "eth0" or "eth0 queue 3", for people */
static const char *port_name(const char *ifname, uint32_t queue, char *out, size_t size)
{
	if (queue == TP4_QUEUE_ALL)
		snprintf(out, size, "%s", ifname);
	else
		snprintf(out, size, "%s queue %u", ifname, queue);
	return out;
}

static int port_complain(const struct kernel *k, int err, const struct ask *a)
{
	char about[64];
	const char *advice = "see dmesg";

	port_name(a->ifname, a->queue, about, sizeof(about));
	if (err == -ENODEV)
		advice = "'ip link' lists the interfaces";
	else if (err == -ERANGE)
		advice = "'ethtool -l' shows the interface's queues";
	else if (err == -ENOENT)
		advice = a->vm ? "'transp4 vm list' shows the P4 VMs"
			       : "'transp4 port list' shows the ports";
	else if (err == -EEXIST)
		advice = "'transp4 port list' shows whose it is; 'transp4 port del' it first";
	return kernel_complain(k, about, advice);
}

/*
 * The policy for exactly this interface and queue; NULL: there is none.  One that has
 * its interface goes before one that waits for one of that name, as in the kernel.
 */
static const struct kernel_port *port_find(const struct kernel_port *list, size_t n,
					   const struct ask *a)
{
	const struct kernel_port *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i].ifname, a->ifname) && list[i].queue == a->queue &&
		    (!found || list[i].ifindex))
			found = &list[i];
	return found;
}

/* A switch that was there first is not decided: say so, it is easily missed. */
static void warn_uncovered(struct kernel *k, const struct ask *a)
{
	const struct kernel_port *port;
	struct kernel_port *list;
	unsigned int uncovered = 0;
	size_t n;

	if (kernel_port_list(k, &list, &n))
		return;
	port = port_find(list, n, a);
	for (size_t i = 0; port && i < port->n_sockets; i++)
		uncovered += port->sockets[i].state == TP4_STATE_UNCOVERED;
	if (uncovered)
		notice("%s: %u AF_XDP socket%s bound earlier %s NOT decided; restart the switch, or "
		       "let it reopen the interface",
		       a->ifname, uncovered, uncovered == 1 ? "" : "s",
		       uncovered == 1 ? "is" : "are");
	kernel_port_list_free(list, n);
}

static int port_add(const struct call *c)
{
	struct ask a = { 0 };
	struct kernel *k;
	int err = ask_read(c, &a);

	if (err)
		return err;
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	err = kernel_port_add(k, call_flag(c, "--replace"), a.ifname, a.queue, a.vm, a.on_failure,
			      a.deadline);
	if (err)
		err = port_complain(k, err, &a);
	else
		warn_uncovered(k, &a);
	kernel_close(k);
	return err;
}

static int port_change(const struct call *c)
{
	const struct kernel_port *port;
	struct kernel_port *list = NULL;
	struct ask a = { 0 };
	struct kernel *k;
	char name[64];
	size_t n = 0;
	int err = ask_read(c, &a);

	if (err)
		return err;
	if (!a.on_failure && !a.deadline)
		return complain_usage(c, "say what to change: --on-failure or --deadline");
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	err = kernel_port_list(k, &list, &n);
	if (err) {
		err = port_complain(k, err, &a);
		goto out;
	}
	port = port_find(list, n, &a);
	if (!port) {
		err = complain("there is no port %s; 'transp4 port list' shows the ports",
			       port_name(a.ifname, a.queue, name, sizeof(name)));
		goto out;
	}
	/* What is not named stays as it is. */
	err = kernel_port_add(k, true, a.ifname, a.queue, port->vm,
			      a.on_failure ? a.on_failure : &port->on_failure,
			      a.deadline ? a.deadline : &port->deadline);
	if (err)
		err = port_complain(k, err, &a);
out:
	kernel_port_list_free(list, n);
	kernel_close(k);
	return err;
}

static int port_del(const struct call *c)
{
	struct ask a = { 0 };
	struct kernel *k;
	int err = ask_read(c, &a);

	if (err)
		return err;
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	err = kernel_port_del(k, a.ifname, a.queue);
	if (err)
		err = port_complain(k, err, &a);
	kernel_close(k);
	return err;
}

/*
 * Showing
 */

static json_object *socket_json(const struct kernel_socket *s)
{
	json_object *o = json_object_new_object();

	put_number(o, "queue", s->queue);
	put_string(o, "state", kernel_state_name(s->state));
	if (s->slot)
		put_number(o, "slot", s->slot);
	put_flag(o, "zerocopy", s->flags & TP4_PORT_ZEROCOPY);
	put_flag(o, "need_wakeup", s->flags & TP4_PORT_WAKEUP);
	put_flag(o, "unaligned", s->flags & TP4_PORT_UNALIGNED);
	put_flag(o, "multi_buffer", s->flags & TP4_PORT_SG);
	put_number(o, "rx_entries", s->rx_entries);
	put_number(o, "tx_entries", s->tx_entries);
	put_number(o, "umem_size", s->umem_size);
	return o;
}

static json_object *port_json(const struct kernel_port *p)
{
	json_object *o = json_object_new_object();
	json_object *sockets = json_object_new_array();

	put_string(o, "interface", p->ifname);
	if (p->ifindex)
		put_number(o, "ifindex", p->ifindex);
	if (p->queue == TP4_QUEUE_ALL)
		put_string(o, "queue", "all");
	else
		put_number(o, "queue", p->queue);
	put_string(o, "vm", p->vm);
	put_string(o, "on_failure", kernel_on_failure_name(p->on_failure));
	put_number(o, "deadline_ms", p->deadline);
	for (size_t i = 0; i < p->n_sockets; i++)
		json_object_array_add(sockets, socket_json(&p->sockets[i]));
	json_object_object_add(o, "sockets", sockets);
	return o;
}

static void print_socket(const struct kernel_socket *s)
{
	printf("    queue %u %s", s->queue, kernel_state_name(s->state));
	if (s->slot)
		printf(" slot %u", s->slot);
	printf(" %s%s%s%s rings rx %u tx %u umem %llu KiB\n",
	       s->flags & TP4_PORT_ZEROCOPY ? "zerocopy" : "copy",
	       s->flags & TP4_PORT_WAKEUP ? " need-wakeup" : "",
	       s->flags & TP4_PORT_UNALIGNED ? " unaligned" : "",
	       s->flags & TP4_PORT_SG ? " multi-buffer" : "", s->rx_entries, s->tx_entries,
	       (unsigned long long)s->umem_size >> 10);
}

static void print_port(const struct kernel_port *p)
{
	printf("%s queue ", p->ifname);
	if (p->queue == TP4_QUEUE_ALL)
		printf("all");
	else
		printf("%u", p->queue);
	printf(" vm %s on-failure %s deadline %u ms%s\n", p->vm,
	       kernel_on_failure_name(p->on_failure), p->deadline,
	       p->ifindex ? "" : " (waits for such an interface)");
	for (size_t i = 0; i < p->n_sockets; i++)
		print_socket(&p->sockets[i]);
}

static int port_list(const struct call *c)
{
	const char *ifname = call_word(c, 0);
	const char *vm = call_option(c, "--vm");
	json_object *array = json_object_new_array();
	struct kernel_port *list = NULL;
	struct kernel *k = kernel_open();
	size_t n = 0, shown = 0;
	int err;

	if (!k) {
		json_object_put(array);
		return EXIT_FAILED;
	}
	err = kernel_port_list(k, &list, &n);
	if (err) {
		err = kernel_complain(k, "cannot list ports", "see dmesg");
		goto out;
	}
	for (size_t i = 0; i < n; i++) {
		if ((ifname && strcmp(list[i].ifname, ifname)) || (vm && strcmp(list[i].vm, vm)))
			continue;
		shown++;
		if (output_json)
			json_object_array_add(array, port_json(&list[i]));
		else
			print_port(&list[i]);
	}
	if (ifname && !shown)
		err = complain("there is no port %s; 'transp4 port add' makes one", ifname);
	else if (output_json)
		err = output_document(json_object_get(array));
	else
		err = output_flush();
out:
	json_object_put(array);
	kernel_port_list_free(list, n);
	kernel_close(k);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define INTERFACE { .name = "IFACE", .kind = WORD_INTERFACE }
#define QUEUE     { "--queue", "N|all", WORD_NUMBER, .help = "this queue only (all)" }
#define ON_FAILURE(unless_given)                                                                \
	{ "--on-failure", "drop|pass", WORD_CHOICE,                                             \
	  .help = "what to do with packets that no P4 VM decides" unless_given }
#define DEADLINE(unless_given)                                                                  \
	{ "--deadline", "MS", WORD_NUMBER,                                                      \
	  .help = "how long packets wait for a P4 VM that is silent" unless_given }

static const struct command add_command = {
	.name = "add",
	.brief = "let a P4 VM decide the packets of an interface's AF_XDP sockets",
	.run = port_add,
	.acts = true,
	.words = (const struct word[]){ INTERFACE, { NULL } },
	.options = (const struct option[]){
		QUEUE,
		{ "--vm", "NAME", WORD_VM, .required = true, .help = "the P4 VM that decides" },
		ON_FAILURE(" (drop)"), DEADLINE(" (100)"),
		{ "--replace", NULL, WORD_TEXT,
		  .help = "change the port where it is there already" },
		{ NULL } },
	.more = "A switch that bound its socket before the port was added is not decided: restart\n"
		"it; 'transp4 port list' shows such sockets as uncovered.\n",
};

static const struct command del_command = {
	.name = "del",
	.brief = "remove a port's policy; a switch that is attached then sees every packet",
	.run = port_del,
	.acts = true,
	.words = (const struct word[]){ INTERFACE, { NULL } },
	.options = (const struct option[]){ QUEUE, { NULL } },
};

static const struct command change_command = {
	.name = "change",
	.brief = "change a port's policy; what is not named stays",
	.run = port_change,
	.acts = true,
	.words = (const struct word[]){ INTERFACE, { NULL } },
	.options = (const struct option[]){ QUEUE, ON_FAILURE(), DEADLINE(), { NULL } },
};

static const struct command list_command = {
	.name = "list",
	.brief = "show ports, their policies and their sockets",
	.run = port_list,
	.words = (const struct word[]){ { "IFACE", WORD_INTERFACE, .optional = true }, { NULL } },
	.options = (const struct option[]){
		{ "--vm", "NAME", WORD_VM, .help = "only those of this P4 VM" }, { NULL } },
};

const struct command port_command = {
	.name = "port",
	.brief = "cover interfaces and queues",
	.sub = (const struct command *const[]){ &add_command, &del_command, &change_command,
						&list_command, NULL },
};
