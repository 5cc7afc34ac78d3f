// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * doctor.c - looks at the machine and says what is missing and what to do.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/find.h"
#include "cli/kernel.h"
#include "cli/kvm.h"
#include "cli/output.h"
#include "cli/xsk.h"

struct doctor {
	json_object *checks;
	bool can_run;
};

/* good: as it should be; note: works without, or with less; bad: cannot run */
static json_object *check(struct doctor *d, const char *name, const char *status,
			  const char *advice, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
static json_object *check(struct doctor *d, const char *name, const char *status,
			  const char *advice, const char *fmt, ...)
{
	json_object *o = json_object_new_object();
	char finding[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(finding, sizeof(finding), fmt, ap);
	va_end(ap);
	put_string(o, "check", name);
	put_string(o, "status", status);
	put_string(o, "finding", finding);
	put_string(o, "advice", advice);
	json_object_array_add(d->checks, o);
	if (!strcmp(status, "bad"))
		d->can_run = false;
	return o;
}

static bool file_begins(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, out, size - 1);

	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = 0;
	out[strcspn(out, "\n")] = 0;
	return n > 0;
}

/*
 * The kernel and the module
 */

static void check_kernel(struct doctor *d)
{
	unsigned int major = 0, minor = 0;
	struct utsname u;
	int fd;

	uname(&u);
	sscanf(u.release, "%u.%u", &major, &minor);
	if (strcmp(u.machine, "x86_64"))
		check(d, "kernel", "bad", "use an x86_64 machine", "%s on %s", u.release,
		      u.machine);
	else if (major < 6 || (major == 6 && minor < 1))
		check(d, "kernel", "bad", "boot a kernel from 6.1 on", "%s is too old", u.release);
	else
		check(d, "kernel", "good", NULL, "%s", u.release);
	fd = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0 && errno == EAFNOSUPPORT)
		check(d, "af_xdp", "bad", "boot a kernel with CONFIG_XDP_SOCKETS",
		      "the kernel has no AF_XDP sockets");
	else
		check(d, "af_xdp", "good", NULL, "the kernel has AF_XDP sockets");
	if (fd >= 0)
		close(fd);
	if (access("/sys/kernel/btf/vmlinux", R_OK))
		check(d, "btf", "bad", "boot a kernel with CONFIG_DEBUG_INFO_BTF",
		      "the kernel does not describe its structures, the module would not load");
	else
		check(d, "btf", "good", NULL, "the kernel describes its structures");
}

static void check_module(struct doctor *d)
{
	enum kernel_absence absence = kernel_probe();
	char text[200], path[PATH_MAX];
	struct utsname u;

	uname(&u);
	if (absence == KERNEL_THERE) {
		file_begins("/sys/module/transp4/version", text, sizeof(text));
		check(d, "module", "good", NULL, "loaded%s%s", *text ? ", version " : "", text);
		return;
	}
	if (absence == KERNEL_NO_FAMILY)
		check(d, "module", "bad",
		      "load it anew: rmmod transp4, modprobe transp4; see dmesg",
		      "loaded, but it does not answer");
	else if (find_module(path, sizeof(path)))
		check(d, "module", "note", *path ? "insmod it" : "modprobe transp4",
		      "not loaded; there is %s", *path ? path : "one for this kernel");
	else
		check(d, "module", "bad", KERNEL_MODULE_ADVICE,
		      "not loaded, and there is none for kernel %s", u.release);
	if (file_begins("/sys/kernel/security/lockdown", text, sizeof(text)) &&
	    !strstr(text, "[none]"))
		check(d, "lockdown", "note", "sign the module, or switch secure boot off",
		      "the kernel is locked down, it loads signed modules only");
}

/*
 * What P4 VMs need
 */

static bool module_says_yes(const char *path)
{
	char text[16];

	return file_begins(path, text, sizeof(text)) && (*text == 'Y' || *text == '1');
}

static void check_virtualisation(struct doctor *d)
{
	static const char slow[] = "P4 VMs run by emulation, or with --isolation process";
	enum kvm_verdict verdict = kvm_probe();

	if (verdict == KVM_USABLE)
		check(d, "virtualisation", "good", NULL, "%s", kvm_verdict_text(verdict));
	else
		check(d, "virtualisation", "note",
		      verdict == KVM_FORBIDDEN  ? "run it as root"
		      : verdict == KVM_UNLOADED ? "modprobe kvm_intel or kvm_amd"
						: slow,
		      "%s", kvm_verdict_text(verdict));
	if (module_says_yes("/sys/module/kvm_amd/parameters/sev_snp"))
		check(d, "confidential", "good", NULL, "AMD SEV-SNP");
	else if (module_says_yes("/sys/module/kvm_intel/parameters/tdx"))
		check(d, "confidential", "good", NULL, "Intel TDX");
	else
		check(d, "confidential", "note",
		      "P4 VMs are isolated, but not hidden from the host's owner",
		      "neither SEV-SNP nor TDX");
}

static void check_programs(struct doctor *d)
{
	char path[PATH_MAX];

	if (find_in_path("qemu-system-x86_64", path, sizeof(path)))
		check(d, "qemu", "good", NULL, "%s", path);
	else
		check(d, "qemu", "note",
		      "install qemu-system-x86, or use 'vm start --isolation process'",
		      "qemu-system-x86_64 is not there");
	if (find_runtime(path, sizeof(path)))
		check(d, "runtime", "good", NULL, "%s", path);
	else
		check(d, "runtime", "bad", "install it beside transp4, or run 'make'",
		      "transp4-runtime is not there");
	if (find_in_path("gcc", path, sizeof(path)) || find_in_path("clang", path, sizeof(path)) ||
	    find_in_path("cc", path, sizeof(path)))
		check(d, "compiler", "good", NULL, "%s", path);
	else
		check(d, "compiler", "note", "install gcc, or compile programs elsewhere",
		      "neither gcc nor clang is there");
}

/*
 * Switches
 */

static const struct {
	const char *process, *name;
} switches[] = {
	{ "ovs-vswitchd", "Open vSwitch" },
	{ "dpdk-testpmd", "DPDK testpmd" },
	{ "vpp_main", "VPP" },
	{ "vpp", "VPP" },
	{ "kxdpgun", "Knot kxdpgun" },
	{ "knotd", "Knot DNS" },
	{ "Suricata-Main", "Suricata" },
	{ "xdpsock", "xdpsock" },
};

static void check_switches(struct doctor *d)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;
	int found = 0;

	while (proc && (e = readdir(proc))) {
		char path[300], name[32];

		if (!isdigit((unsigned char)*e->d_name))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/comm", e->d_name);
		if (!file_begins(path, name, sizeof(name)))
			continue;
		for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
			json_object *o;

			if (strcmp(name, switches[i].process))
				continue;
			found++;
			o = check(d, "switch", "good", NULL, "%s runs, process %s",
				  switches[i].name, e->d_name);
			put_string(o, "switch", switches[i].name);
			put_number(o, "pid", atoi(e->d_name));
		}
	}
	if (proc)
		closedir(proc);
	if (!found)
		check(d, "switch", "note", "start one; transp4(8) has an example",
		      "no switch that we know runs");
}

/* The socket as the module sees it; NULL: no policy covers it. */
static const char *coverage(const struct kernel_port *ports, size_t n, const struct xsk *s)
{
	const char *state = NULL;

	for (size_t i = 0; i < n; i++) {
		if (ports[i].ifindex != s->ifindex ||
		    (ports[i].queue != TP4_QUEUE_ALL && ports[i].queue != s->queue))
			continue;
		state = "uncovered";
		for (size_t j = 0; j < ports[i].n_sockets; j++)
			if (ports[i].sockets[j].queue == s->queue)
				return kernel_state_name(ports[i].sockets[j].state);
	}
	return state;
}

static void check_socket(struct doctor *d, const struct kernel_port *ports, size_t n_ports,
			 const struct xsk *s)
{
	const char *state = coverage(ports, n_ports, s);
	const char *advice = NULL, *status = "good";
	char holder[64] = "";
	json_object *o;

	if (!s->ifindex) {
		check(d, "socket", "good", NULL, "an AF_XDP socket of %s[%d] that is not bound",
		      *s->process ? s->process : "?", s->pid);
		return;
	}
	if (!state) {
		status = "note";
		advice = "'transp4 port add' it, and restart the switch";
	} else if (!strcmp(state, "uncovered") || !strcmp(state, "released")) {
		status = "note";
		advice = "restart the switch, so that it binds the socket anew";
	} else if (!strcmp(state, "failed")) {
		status = "note";
		advice = "'transp4 vm list' shows whether its P4 VM runs";
	}
	if (s->pid)
		snprintf(holder, sizeof(holder), ", %s[%d]", s->process, s->pid);
	o = check(d, "socket", status, advice, "%s queue %u%s, %s: %s", s->ifname, s->queue, holder,
		  s->zerocopy ? "zero copy" : "copy",
		  state ? state : "no port, its packets are not decided");
	put_string(o, "interface", s->ifname);
	put_number(o, "queue", s->queue);
	if (s->pid) {
		put_number(o, "pid", s->pid);
		put_string(o, "process", s->process);
	}
	put_string(o, "state", state ? state : "none");
}

/* Kernels that do not list AF_XDP sockets: the holders, and what the module knows. */
static void check_holders(struct doctor *d, const struct kernel_port *ports, size_t n_ports,
			  const struct xsk *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_object *o =
			check(d, "holder", "good", NULL,
			      "%s[%d] has an AF_XDP socket; this kernel does not tell where",
			      list[i].process, list[i].pid);

		put_number(o, "pid", list[i].pid);
		put_string(o, "process", list[i].process);
	}
	for (size_t i = 0; i < n_ports; i++)
		for (size_t j = 0; j < ports[i].n_sockets; j++) {
			struct xsk s = { .ifindex = ports[i].ifindex,
					 .queue = ports[i].sockets[j].queue,
					 .zerocopy =
						 ports[i].sockets[j].flags & TP4_PORT_ZEROCOPY };

			snprintf(s.ifname, sizeof(s.ifname), "%s", ports[i].ifname);
			check_socket(d, ports, n_ports, &s);
		}
	if (!n)
		check(d, "socket", "good", NULL, "no process has an AF_XDP socket");
}

static void check_sockets(struct doctor *d)
{
	struct kernel_port *ports = NULL;
	size_t n_ports = 0, n = 0;
	struct kernel *k = NULL;
	struct xsk *list;
	int err = xsk_list(&list, &n);

	if (kernel_probe() == KERNEL_THERE)
		k = kernel_open();
	if (k && kernel_port_list(k, &ports, &n_ports))
		n_ports = 0;
	if (err < 0)
		check(d, "socket", "note", "run it as root", "AF_XDP sockets cannot be listed: %s",
		      strerror(-err));
	else if (err == 1)
		check_holders(d, ports, n_ports, list, n);
	else if (!n)
		check(d, "socket", "good", NULL, "no AF_XDP socket in this network namespace");
	for (size_t i = 0; !err && i < n; i++)
		check_socket(d, ports, n_ports, &list[i]);
	kernel_port_list_free(ports, n_ports);
	kernel_close(k);
	free(list);
}

static void print_checks(const struct doctor *d)
{
	for (size_t i = 0; i < json_object_array_length(d->checks); i++) {
		json_object *o = json_object_array_get_idx(d->checks, i), *advice;

		printf("%-5s %-15s %s\n",
		       json_object_get_string(json_object_object_get(o, "status")),
		       json_object_get_string(json_object_object_get(o, "check")),
		       json_object_get_string(json_object_object_get(o, "finding")));
		if (json_object_object_get_ex(o, "advice", &advice))
			printf("%-5s %-15s -> %s\n", "", "", json_object_get_string(advice));
	}
	printf("%s\n", d->can_run ? "This machine can run TransP4."
				  : "This machine cannot run TransP4 yet: mend what is 'bad'.");
}

static int doctor_run(const struct call *c)
{
	struct doctor d = { json_object_new_array(), true };
	int err;

	check_kernel(&d);
	check_module(&d);
	check_virtualisation(&d);
	check_programs(&d);
	check_switches(&d);
	check_sockets(&d);
	if (geteuid())
		check(&d, "root", "note", "run it as root to see everything",
		      "only root sees all processes and may control the module");
	if (output_json) {
		json_object *o = json_object_new_object();

		put_flag(o, "can_run", d.can_run);
		json_object_object_add(o, "checks", d.checks);
		err = output_document(o);
	} else {
		print_checks(&d);
		json_object_put(d.checks);
		err = output_flush();
	}
	return err ? err : d.can_run ? EXIT_OK : EXIT_FAILED;
}

const struct command doctor_command = {
	.name = "doctor",
	.brief = "say whether this machine can run TransP4, and what to do",
	.run = doctor_run,
	.more = "good: as it should be; note: it runs all the same; bad: it cannot run.  Exit\n"
		"status 0 where it can run.\n",
};
