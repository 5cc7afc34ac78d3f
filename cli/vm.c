// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * vm.c - starts, stops and lists P4 VMs.
 *
 * A P4 VM is two things: a channel in the kernel, which ports name, and a
 * process (or guest) that serves it.  `vm add` makes the first, `vm start` what
 * is missing of both; `vm stop` ends the process, and removes the channel unless
 * ports name it, for these go on by their policy and wait for a new process;
 * `vm del` removes both and refuses, before it does anything, where ports are left.
 */
#include <ctype.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cgroup.h"
#include "cli/command.h"
#include "cli/find.h"
#include "cli/kernel.h"
#include "cli/launch.h"
#include "cli/listen.h"
#include "cli/output.h"
#include "cli/vmstate.h"
#include "control/session.h"

/* How long, unless told, the kernel looks for work before it sleeps: for what a
 * guest has decided, which saves it the bell; for packets, before a process
 * sleeps (then only on a processor that has nothing else to do, as KVM's
 * halt_poll_ns, whose default this is). */
#define GUEST_SPIN_US   50
#define PROCESS_SPIN_US 200

#define MEMORY_MIN 96 /* MiB that a distribution's kernel boots in */

/* MiB: what a process may have by its own limits (runtime/isolate.c) and what the kernel
 * has for it; what QEMU has beside the guest's memory, with its own limits in
 * runtime/guest/start. */
#define PROCESS_MEMORY 1280
#define QEMU_MEMORY    512

/* The channel of this name: 1; 0: there is none; -1: complained. */
static int channel_find(struct kernel *k, const char *name, struct kernel_vm *out)
{
	struct kernel_vm *list;
	int found = 0;
	size_t n;

	if (kernel_vm_list(k, &list, &n)) {
		kernel_complain(k, "cannot list the P4 VMs", "see dmesg");
		return -1;
	}
	for (size_t i = 0; i < n && !found; i++)
		if (!strcmp(list[i].name, name)) {
			*out = list[i];
			found = 1;
		}
	free(list);
	return found;
}

/* The same, after a process that has just ended: its file may be released a moment later. */
static int channel_rest(struct kernel *k, const char *name, struct kernel_vm *out)
{
	int found;

	for (int i = 0; (found = channel_find(k, name, out)) == 1 && out->openers && i < 50; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	return found;
}

/* "eth0, eth1 queue 3": the ports that name the P4 VM; "" where none does. */
static const char *ports_of(struct kernel *k, const char *name, char *out, size_t size)
{
	struct kernel_port *list;
	size_t n, len = 0;

	*out = 0;
	if (kernel_port_list(k, &list, &n))
		return out;
	for (size_t i = 0; i < n && len + 40 < size; i++) {
		if (strcmp(list[i].vm, name))
			continue;
		len += snprintf(out + len, size - len, "%s%s", len ? ", " : "", list[i].ifname);
		if (list[i].queue != TP4_QUEUE_ALL)
			len += snprintf(out + len, size - len, " queue %u", list[i].queue);
	}
	kernel_port_list_free(list, n);
	return out;
}

/*
 * add and start
 */

/* --isolation: is it a guest? */
static bool isolation_guest(const struct call *c)
{
	const char *isolation = call_option(c, "--isolation");

	return !isolation || !strcmp(isolation, "vm");
}

static int vm_add(const struct call *c)
{
	const char *name = call_word(c, 0);
	uint32_t spin_us = 0;
	struct kernel *k;
	int err = call_number(c, "--spin-us", TP4_SPIN_MAX, &spin_us);

	if (err)
		return err;
	if (!vmstate_name_check(name))
		return EXIT_FAILED;
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	err = kernel_vm_add(k, name, &spin_us, !isolation_guest(c));
	if (err)
		err = kernel_complain(k, name,
				      err == -EEXIST ? "choose another name, or 'transp4 vm "
						       "start' it"
						     : "see dmesg");
	kernel_close(k);
	return err;
}

/* Makes the channel or takes the one that is there; -1: complained, else: was it made? */
static int channel_take(struct kernel *k, const char *name, const uint32_t *spin_us, bool wanted,
			bool guest)
{
	struct kernel_vm there;
	int err = kernel_vm_add(k, name, spin_us, !guest);

	if (!err)
		return 1;
	if (err != -EEXIST) {
		kernel_complain(k, name, "see dmesg");
		return -1;
	}
	if (channel_rest(k, name, &there) != 1) {
		complain("the channel of P4 VM %s has just gone; try again", name);
		return -1;
	}
	if (there.openers) {
		complain("the channel of P4 VM %s is open in another process; end it, or choose "
			 "another name",
			 name);
		return -1;
	}
	if (guest && there.process) {
		complain("P4 VM %s was made for a process: switches keep their huge pages then, "
			 "which no guest of this kernel maps; use --isolation process, or 'transp4 "
			 "vm del' it and restart the switch",
			 name);
		return -1;
	}
	if (wanted && there.spin_us != *spin_us)
		notice("%s: the channel that was kept spins for %u us; 'transp4 vm del' it to change "
		       "that",
		       name, there.spin_us);
	return 0;
}

static int channel_del(struct kernel *k, const char *name)
{
	int err = kernel_vm_del(k, name);
	struct kernel_vm there;

	if (err == -EBUSY && channel_rest(k, name, &there) == 1 && !there.openers)
		err = kernel_vm_del(k, name);
	return err;
}

static bool process_kill(const struct vmstate *s)
{
	if (vmstate_kill(s))
		return true;
	complain("process %d of P4 VM %s does not end; see dmesg", s->pid, s->name);
	return false;
}

static int vm_launch(struct kernel *k, struct vmstate *s, struct launch *l, bool guest)
{
	bool wanted = l->spin_us != LAUNCH_SPIN_UNSET;
	uint32_t spin = wanted ? l->spin_us : guest ? GUEST_SPIN_US : PROCESS_SPIN_US;
	int made = channel_take(k, l->name, &spin, wanted, guest);
	bool ok;

	if (made < 0)
		return EXIT_FAILED;
	l->cgroup = cgroup_make(l->name, guest ? l->memory + QEMU_MEMORY : PROCESS_MEMORY);
	ok = guest ? launch_guest(l, s) : launch_process(l, s);
	if (l->cgroup >= 0)
		close(l->cgroup);
	s->ready = ok;
	ok = ok && vmstate_write(s);
	launch_guard(false);
	if (launch_interrupted()) {
		complain("P4 VM %s: interrupted; nothing of it stays, start it again", l->name);
		ok = false;
	}
	if (!ok && s->ready)
		vmstate_kill(s);
	if (!ok && made)
		channel_del(k, l->name);
	return ok ? EXIT_OK : EXIT_FAILED;
}

/* From here on this process, and the P4 VM that it starts, run on these processors only. */
static bool cpus_take(const char *list)
{
	cpu_set_t set;
	const char *p = list;
	char *end;

	CPU_ZERO(&set);
	do {
		unsigned long first = strtoul(p, &end, 10), last = first;
		bool number = isdigit((unsigned char)*p);

		if (number && *end == '-') {
			number = isdigit((unsigned char)end[1]);
			last = strtoul(end + 1, &end, 10);
		}
		if (!number || last >= CPU_SETSIZE || (*end && *end != ',')) {
			complain("'%s' is no list of processors below %d; write it as 2,4-7", list,
				 CPU_SETSIZE);
			return false;
		}
		for (; first <= last; first++)
			CPU_SET(first, &set);
		p = end + 1;
	} while (*end);
	if (sched_setaffinity(0, sizeof(set), &set)) {
		complain("cannot run on the processors %s: %s; 'lscpu' shows those that are there",
			 list, strerror(errno));
		return false;
	}
	return true;
}

/* The agent's way in and its key; false: complained. */
static bool invm_options(const struct call *c, struct launch *l, uint8_t key[INVM_KEY_SIZE])
{
	const char *address = call_option(c, "--invm-listen"), *path = call_option(c, "--invm-key");
	const char *wrong = path ? key_read(path, key) : NULL;

	if (wrong) {
		complain("%s: %s; make one with 'transp4 invm key'", path, wrong);
		return false;
	}
	if (address)
		l->invm = listen_open(address);
	l->invm_key = path ? key : NULL;
	return !address || l->invm >= 0;
}

/* Is a guest's image there? */
static bool image_check(const char *image)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/initramfs", image);
	if (!access(path, R_OK))
		return true;
	complain("no guest image in %s: %s; make it with runtime/guest/build", image,
		 strerror(errno));
	return false;
}

static int vm_start(const struct call *c)
{
	const char *cpus = call_option(c, "--cpus");
	const char *path = call_option(c, "--program");
	const char *address = call_option(c, "--invm-listen");
	bool guest = isolation_guest(c);
	struct launch l = { .name = call_word(c, 0),
			    .spin_us = LAUNCH_SPIN_UNSET,
			    .memory = 128,
			    .image = call_option(c, "--image"),
			    .invm = -1 };
	uint8_t key[INVM_KEY_SIZE];
	struct object program;
	struct vmstate s;
	struct kernel *k;
	int lock, err;

	err = call_number(c, "--spin-us", TP4_SPIN_MAX, &l.spin_us);
	if (!err)
		err = call_number(c, "--memory", 1 << 20, &l.memory);
	if (err)
		return err;
	if (!vmstate_name_check(l.name) || (cpus && !cpus_take(cpus)))
		return EXIT_FAILED;
	if (!guest && (call_option(c, "--memory") || l.image))
		return complain_usage(c, "%s is for --isolation vm",
				      l.image ? "--image" : "--memory");
	if (l.memory < MEMORY_MIN)
		return complain_usage(c, "--memory is at least %d", MEMORY_MIN);
	if (address && !listen_address(address))
		return complain_usage(c,
				      "--invm-listen '%s' is no tcp:ADDR:PORT, tcp:[ADDR6]:PORT "
				      "or vsock:PORT, all numbers",
				      address);
	if (call_option(c, "--invm-key") && !address)
		return complain_usage(c, "--invm-key is of no use without --invm-listen");
	if ((l.image && !image_check(l.image)) || !object_read(path, &program))
		return EXIT_FAILED;
	l.program = &program;
	k = kernel_open();
	launch_guard(true);
	lock = k ? vmstate_lock(l.name) : -1;
	err = EXIT_FAILED;
	if (lock < 0)
		goto out;
	vmstate_read(l.name, &s);
	if (s.life == VMSTATE_RUNNING)
		complain(
			"P4 VM %s is running; give it a program with 'transp4 program replace', or "
			"'transp4 vm stop' it first",
			l.name);
	/* It may be there and not have got ready. */
	if (s.life == VMSTATE_RUNNING || !process_kill(&s)) {
		close(lock);
		goto out;
	}
	memset(&s, 0, sizeof(s));
	snprintf(s.name, sizeof(s.name), "%s", l.name);
	snprintf(s.isolation, sizeof(s.isolation), "%s", guest ? "vm" : "process");
	if (!realpath(path, s.program))
		snprintf(s.program, sizeof(s.program), "%s", path);
	if (invm_options(c, &l, key))
		err = vm_launch(k, &s, &l, guest);
	if (err)
		vmstate_remove(l.name, lock);
	else
		close(lock);
	if (!err && output_json) {
		json_object *o = json_object_new_object();

		put_string(o, "vm", s.name);
		put_number(o, "pid", s.pid);
		put_string(o, "isolation", s.isolation);
		put_string(o, "control", vmstate_path(s.name, "control.sock"));
		put_string(o, "log", vmstate_path(s.name, "log"));
		err = output_document(o);
	}
out:
	kernel_close(k);
	object_free(&program);
	if (l.invm >= 0)
		close(l.invm);
	sodium_memzero(key, sizeof(key));
	return err;
}

/*
 * stop and del
 */

/* Ends the process, as the state names it now, and removes the folder. */
static bool process_end(const char *name)
{
	int lock = vmstate_lock(name);
	struct vmstate s;

	if (lock < 0)
		return false;
	vmstate_read(name, &s);
	if (!process_kill(&s)) {
		close(lock);
		return false;
	}
	vmstate_remove(name, lock);
	return true;
}

static int vm_stop(const struct call *c)
{
	const char *name = call_word(c, 0);
	struct kernel_vm channel;
	char ports[512];
	struct vmstate s;
	struct kernel *k;
	int err, found;

	if (!vmstate_name_check(name))
		return EXIT_FAILED;
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	err = EXIT_FAILED;
	found = channel_find(k, name, &channel);
	if (found < 0)
		goto out;
	vmstate_read(name, &s);
	if (s.life == VMSTATE_NONE) {
		if (!found)
			complain("there is no P4 VM %s; 'transp4 vm list' shows the P4 VMs", name);
		else
			complain("P4 VM %s is not running; 'transp4 vm del %s' removes its channel",
				 name, name);
		goto out;
	}
	if (!process_end(name))
		goto out;
	err = EXIT_OK;
	if (!found || call_flag(c, "--keep-channel"))
		goto out;
	if (*ports_of(k, name, ports, sizeof(ports)))
		notice("%s: its channel stays, as ports name it (%s) and follow their on-failure "
		       "policy; 'transp4 vm start' serves them again",
		       name, ports);
	else if (channel_del(k, name))
		err = kernel_complain(k, name, "'transp4 vm del' removes the channel later");
out:
	kernel_close(k);
	return err;
}

static int vm_del(const struct call *c)
{
	const char *name = call_word(c, 0);
	struct kernel_vm channel;
	char ports[512];
	struct vmstate s;
	struct kernel *k;
	int err = EXIT_FAILED, found;

	if (!vmstate_name_check(name))
		return EXIT_FAILED;
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	found = channel_find(k, name, &channel);
	vmstate_read(name, &s);
	if (found < 0)
		goto out;
	if (!found && s.life == VMSTATE_NONE) {
		complain("there is no P4 VM %s; 'transp4 vm list' shows the P4 VMs", name);
		goto out;
	}
	if (*ports_of(k, name, ports, sizeof(ports))) {
		complain("ports name P4 VM %s: %s; 'transp4 port del' them first", name, ports);
		goto out;
	}
	if (s.life != VMSTATE_NONE && !process_end(name))
		goto out;
	err = EXIT_OK;
	if (found && channel_del(k, name))
		err = kernel_complain(k, name, "'transp4 vm list' shows who holds it");
out:
	kernel_close(k);
	return err;
}

/*
 * list
 */

struct listing {
	const char *name; /* only that; NULL: all */
	json_object *array;
	struct kernel_vm *channels;
	size_t n_channels;
	struct kernel_port *ports;
	size_t n_ports;
};

static unsigned int count_ports(const struct listing *l, const char *name)
{
	unsigned int count = 0;

	for (size_t i = 0; i < l->n_ports; i++)
		count += !strcmp(l->ports[i].vm, name);
	return count;
}

static void list_one(struct listing *l, const struct vmstate *s, const struct kernel_vm *channel)
{
	const char *state = vmstate_life_name(s->life);
	json_object *o;

	if (l->name && strcmp(l->name, s->name))
		return;
	o = json_object_new_object();
	if (s->life == VMSTATE_NONE && channel && channel->openers)
		state = "external"; /* somebody else serves it */
	put_string(o, "name", s->name);
	put_string(o, "state", state);
	if (s->life == VMSTATE_RUNNING || s->life == VMSTATE_DEAD) {
		put_string(o, "isolation", *s->isolation ? s->isolation : NULL);
		if (s->life == VMSTATE_RUNNING)
			put_number(o, "pid", s->pid);
		put_string(o, "program", *s->program ? s->program : NULL);
		put_string(o, "control", vmstate_path(s->name, "control.sock"));
		put_string(o, "log", vmstate_path(s->name, "log"));
	}
	put_flag(o, "channel", channel);
	if (channel) {
		put_number(o, "spin_us", channel->spin_us);
		put_number(o, "openers", channel->openers);
		put_number(o, "ports", count_ports(l, s->name));
		put_number(o, "sockets", channel->ports);
	}
	json_object_array_add(l->array, o);
}

static const struct kernel_vm *channel_of(const struct listing *l, const char *name)
{
	for (size_t i = 0; i < l->n_channels; i++)
		if (!strcmp(l->channels[i].name, name))
			return &l->channels[i];
	return NULL;
}

static void list_folder(void *arg, const struct vmstate *s)
{
	struct listing *l = arg;

	if (!channel_of(l, s->name))
		list_one(l, s, NULL);
}

static int vm_list(const struct call *c)
{
	const char *name = call_word(c, 0);
	static const struct column columns[] = {
		{ "name", "NAME" },       { "state", "STATE" }, { "isolation", "ISOLATION" },
		{ "pid", "PID" },         { "ports", "PORTS" }, { "sockets", "SOCKETS" },
		{ "program", "PROGRAM" },
	};
	struct listing l = { .name = name, .array = json_object_new_array() };
	struct kernel *k = kernel_open();
	int err = EXIT_FAILED;

	if (!k)
		goto out;
	if (kernel_vm_list(k, &l.channels, &l.n_channels) ||
	    kernel_port_list(k, &l.ports, &l.n_ports)) {
		kernel_complain(k, "cannot list the P4 VMs", "see dmesg");
		goto out;
	}
	for (size_t i = 0; i < l.n_channels; i++) {
		struct vmstate s;

		vmstate_read(l.channels[i].name, &s);
		list_one(&l, &s, &l.channels[i]);
	}
	/* Those whose channel is gone, with the module perhaps. */
	vmstate_each(list_folder, &l);
	if (name && !json_object_array_length(l.array)) {
		complain("there is no P4 VM %s; 'transp4 vm list' shows the P4 VMs", name);
		goto out;
	}
	err = output_table(json_object_get(l.array), columns, 7);
out:
	json_object_put(l.array);
	free(l.channels);
	kernel_port_list_free(l.ports, l.n_ports);
	kernel_close(k);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define NAME { .name = "NAME", .kind = WORD_VM }

static const struct command add_command = {
	.name = "add",
	.brief = "make a P4 VM's channel, to be served later",
	.run = vm_add,
	.acts = true,
	.words = (const struct word[]){ NAME, { NULL } },
	.options = (const struct option[]){
		{ "--spin-us", "N", WORD_NUMBER,
		  .help = "how long the kernel looks for work before it sleeps (0)" },
		{ "--isolation", "vm|process", WORD_CHOICE,
		  .help = "what will serve it; for a process the switch keeps its huge pages (vm)" },
		{ NULL } },
	.more = "Ports can name it at once; their policy rules until 'vm start' serves it.\n",
};

static const struct command start_command = {
	.name = "start",
	.brief = "start a P4 VM with a program",
	.run = vm_start,
	.words = (const struct word[]){ NAME, { NULL } },
	.options = (const struct option[]){
		{ "--program", "OUT", WORD_FILE, .required = true,
		  .help = "what 'transp4 compile' wrote" },
		{ "--isolation", "vm|process", WORD_CHOICE,
		  .help = "a QEMU guest (the default), or a locked-down process" },
		{ "--spin-us", "N", WORD_NUMBER,
		  .help = "how long both sides look for work before they sleep (50; a process: 200)" },
		{ "--cpus", "LIST", WORD_TEXT,
		  .help = "processors to run on; best those where no thread of the switch polls" },
		{ "--memory", "MB", WORD_NUMBER, .help = "of the guest (128)" },
		{ "--image", "DIR", WORD_FILE,
		  .help = "of the guest, made by its tenant, with the agent's key in it" },
		{ "--invm-listen", "ADDRESS", WORD_TEXT,
		  .help = "where the agent connects: tcp:ADDR:PORT or vsock:PORT" },
		{ "--invm-key", "FILE", WORD_FILE, .help = "the agent's key ('transp4 invm key')" },
		{ NULL } },
	.more = "It returns when the P4 VM decides, and leaves it in the background.  Where ports\n"
		"name it already, or it has died, its channel is there: then it takes over.\n",
};

static const struct command stop_command = {
	.name = "stop",
	.brief = "stop a P4 VM; ports that name it follow their policy",
	.run = vm_stop,
	.acts = true,
	.words = (const struct word[]){ NAME, { NULL } },
	.options = (const struct option[]){
		{ "--keep-channel", NULL, WORD_TEXT,
		  .help = "keep the channel, too, though no port names it" },
		{ NULL } },
	.more = "The channel is removed unless ports name it; 'vm start' takes it up again.\n",
};

static const struct command del_command = {
	.name = "del",
	.brief = "stop a P4 VM and remove its channel, unless ports name it",
	.run = vm_del,
	.acts = true,
	.words = (const struct word[]){ NAME, { NULL } },
};

static const struct command list_command = {
	.name = "list",
	.brief = "show P4 VMs: running, dead, stopped",
	.run = vm_list,
	.words = (const struct word[]){ { "NAME", WORD_VM, .optional = true }, { NULL } },
	.more = "stopped: only the channel is there.  dead: the process ended by itself or was never\n"
		"ready, see its log; 'vm start' starts it anew.  external: something else serves the channel.\n",
};

const struct command vm_command = {
	.name = "vm",
	.brief = "start and stop P4 VMs",
	.sub = (const struct command *const[]){ &add_command, &start_command, &stop_command,
						&del_command, &list_command, NULL },
};
