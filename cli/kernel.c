// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * kernel.c - speaks the module's generic netlink family.
 */
#include <errno.h>
#include <fnmatch.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "cli/command.h"
#include "cli/kernel.h"

/* A dump's message may have this size: the kernel fills what the reader offers. */
#define BUFFER_SIZE (256 * 1024)

struct kernel {
	struct mnl_socket *nl;
	uint16_t family;
	uint32_t events, capture; /* multicast groups; 0: not known */
	uint32_t seq;
	char error[512];
	char buffer[BUFFER_SIZE];
};

const char *const kernel_stat_names[TP4_STAT_MAX] = {
#define NAME(id, name) [TP4_STAT_##id] = name,
	TP4_STATS(NAME)
#undef NAME
};

/*
 * Names
 */

static const char *name_of(const char *const *names, size_t n, uint8_t v)
{
	return v < n && names[v] ? names[v] : "unknown";
}
#define NAME_OF(names, v) name_of(names, sizeof(names) / sizeof(*(names)), v)

const char *kernel_state_name(uint8_t state)
{
	static const char *const names[] = {
		[TP4_STATE_UNCOVERED] = "uncovered", [TP4_STATE_WAITING] = "waiting",
		[TP4_STATE_LIVE] = "live",	     [TP4_STATE_FAILED] = "failed",
		[TP4_STATE_RELEASED] = "released",
	};
	return NAME_OF(names, state);
}

const char *kernel_event_name(uint8_t event)
{
	static const char *const names[] = {
		[TP4_EVENT_ATTACH] = "attach",	   [TP4_EVENT_DETACH] = "detach",
		[TP4_EVENT_LIVE] = "live",	   [TP4_EVENT_FAILED] = "failed",
		[TP4_EVENT_UNCOVERED] = "uncovered", [TP4_EVENT_REFUSED] = "refused",
		[TP4_EVENT_OPEN] = "open",	   [TP4_EVENT_CLOSE] = "close",
	};
	return NAME_OF(names, event);
}

const char *kernel_on_failure_name(uint8_t on_failure)
{
	static const char *const names[] = {
		[TP4_ON_FAILURE_DROP] = "drop",
		[TP4_ON_FAILURE_PASS] = "pass",
	};
	return NAME_OF(names, on_failure);
}

const char *kernel_dir_name(uint8_t dir)
{
	static const char *const names[] = { [TP4_RX] = "rx", [TP4_TX] = "tx" };

	return NAME_OF(names, dir);
}

/*
 * Requests
 */

static struct nlmsghdr *request(struct kernel *k, uint16_t type, uint8_t cmd, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(k->buffer);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++k->seq;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = type == GENL_ID_CTRL ? 1 : TP4_GENL_VERSION;
	return nlh;
}

/* Keep the kernel's sentence, without the module's name that it may begin with. */
static void keep_error(struct kernel *k, const struct nlmsghdr *nlh, size_t offset, int err)
{
	const struct nlattr *attr;
	const char *text = NULL;
	size_t len = 0;

	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS && nlh->nlmsg_len > offset)
		mnl_attr_for_each(attr, nlh, offset - MNL_NLMSG_HDRLEN)
			if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG) {
				text = mnl_attr_get_payload(attr);
				len = strnlen(text, mnl_attr_get_payload_len(attr));
			}
	if (!text) {
		text = strerror(-err);
		len = strlen(text);
	} else if (len > 9 && !strncmp(text, "transp4: ", 9)) {
		text += 9;
		len -= 9;
	}
	snprintf(k->error, sizeof(k->error), "%.*s", (int)len, text);
}

typedef void (*message_fn)(void *arg, const struct nlmsghdr *nlh);

/* Send, then read all answers up to the acknowledgement or the dump's end. */
static int exchange(struct kernel *k, struct nlmsghdr *nlh, message_fn fn, void *arg)
{
	bool interrupted = false;
	int err, len;

	if (mnl_socket_sendto(k->nl, nlh, nlh->nlmsg_len) < 0) {
		snprintf(k->error, sizeof(k->error), "cannot send to the kernel: %s",
			 strerror(errno));
		return -errno;
	}
	for (;;) {
		len = mnl_socket_recvfrom(k->nl, k->buffer, sizeof(k->buffer));
		if (len < 0) {
			if (errno == EINTR)
				continue;
			snprintf(k->error, sizeof(k->error), "no answer from the kernel: %s",
				 strerror(errno));
			return -errno;
		}
		for (nlh = (struct nlmsghdr *)k->buffer; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_seq != k->seq)
				continue;
			if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
				interrupted = true;
			if (nlh->nlmsg_type == NLMSG_ERROR) {
				const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
				size_t offset = MNL_NLMSG_HDRLEN + sizeof(*e);

				if (!e->error)
					return 0;
				/* Without NLM_F_CAPPED the request follows. */
				if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
					offset += e->msg.nlmsg_len - sizeof(e->msg);
				keep_error(k, nlh, MNL_ALIGN(offset), e->error);
				return e->error;
			}
			if (nlh->nlmsg_type == NLMSG_DONE) {
				err = 0;
				if (mnl_nlmsg_get_payload_len(nlh) >= sizeof(int))
					err = *(int *)mnl_nlmsg_get_payload(nlh);
				if (err < 0) {
					keep_error(k, nlh,
						   MNL_NLMSG_HDRLEN + MNL_ALIGN(sizeof(int)), err);
					return err;
				}
				return interrupted ? -EINTR : 0;
			}
			if (fn && nlh->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof(struct genlmsghdr))
				fn(arg, nlh);
		}
	}
}

/* Attributes of one message or nest, by type; too short ones are left out. */
struct attrs {
	const struct nlattr *a[TP4_A_MAX + 1 > TP4_S_MAX + 1 ? TP4_A_MAX + 1 : TP4_S_MAX + 1];
};

static const void *attr_get(const struct attrs *t, int type, size_t size)
{
	const struct nlattr *a = t->a[type];

	return a && mnl_attr_get_payload_len(a) >= size ? mnl_attr_get_payload(a) : NULL;
}

static uint8_t attr_u8(const struct attrs *t, int type)
{
	const uint8_t *v = attr_get(t, type, 1);

	return v ? *v : 0;
}

static uint32_t attr_u32(const struct attrs *t, int type)
{
	const void *p = attr_get(t, type, 4);
	uint32_t v = 0;

	if (p)
		memcpy(&v, p, sizeof(v));
	return v;
}

static uint64_t attr_u64(const struct attrs *t, int type)
{
	const void *p = attr_get(t, type, 8);
	uint64_t v = 0;

	if (p)
		memcpy(&v, p, sizeof(v));
	return v;
}

/* NULL where it is absent or has no end */
static const char *attr_text(const struct attrs *t, int type)
{
	const struct nlattr *a = t->a[type];
	size_t len = a ? mnl_attr_get_payload_len(a) : 0;
	const char *text = a ? mnl_attr_get_payload(a) : NULL;

	return text && len && memchr(text, 0, len) ? text : NULL;
}

static void attr_copy(const struct attrs *t, int type, char *out, size_t size)
{
	const char *text = attr_text(t, type);

	snprintf(out, size, "%s", text ? text : "");
}

static void attrs_note(struct attrs *t, const struct nlattr *a)
{
	uint16_t type = mnl_attr_get_type(a);

	if (type < sizeof(t->a) / sizeof(*t->a))
		t->a[type] = a;
}

static void attrs_read(struct attrs *t, const struct nlmsghdr *nlh)
{
	const struct nlattr *a;

	memset(t, 0, sizeof(*t));
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		attrs_note(t, a);
}

static void attrs_read_nest(struct attrs *t, const struct nlattr *nest)
{
	const struct nlattr *a;

	memset(t, 0, sizeof(*t));
	mnl_attr_for_each_nested(a, nest)
		attrs_note(t, a);
}

/*
 * Finding the family
 */

static void family_read(void *arg, const struct nlmsghdr *nlh)
{
	struct kernel *k = arg;
	const struct nlattr *a, *group, *b;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(a) == CTRL_ATTR_FAMILY_ID)
			k->family = mnl_attr_get_u16(a);
		if (mnl_attr_get_type(a) != CTRL_ATTR_MCAST_GROUPS)
			continue;
		mnl_attr_for_each_nested(group, a) {
			const char *name = "";
			uint32_t id = 0;

			mnl_attr_for_each_nested(b, group) {
				if (mnl_attr_get_type(b) == CTRL_ATTR_MCAST_GRP_NAME)
					name = mnl_attr_get_str(b);
				if (mnl_attr_get_type(b) == CTRL_ATTR_MCAST_GRP_ID)
					id = mnl_attr_get_u32(b);
			}
			if (!strcmp(name, TP4_GROUP_EVENTS))
				k->events = id;
			if (!strcmp(name, TP4_GROUP_CAPTURE))
				k->capture = id;
		}
	}
}

static struct kernel *connect_family(enum kernel_absence *why)
{
	struct kernel *k = calloc(1, sizeof(*k));
	struct nlmsghdr *nlh;
	int one = 1;

	*why = KERNEL_NO_NETLINK;
	if (!k)
		return NULL;
	k->nl = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!k->nl || mnl_socket_bind(k->nl, 0, MNL_SOCKET_AUTOPID) < 0) {
		kernel_close(k);
		return NULL;
	}
	mnl_socket_setsockopt(k->nl, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(k->nl, NETLINK_CAP_ACK, &one, sizeof(one));
	nlh = request(k, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, TP4_GENL_NAME);
	if (exchange(k, nlh, family_read, k) || !k->family) {
		*why = access("/sys/module/transp4", F_OK) ? KERNEL_NOT_LOADED : KERNEL_NO_FAMILY;
		kernel_close(k);
		return NULL;
	}
	*why = KERNEL_THERE;
	return k;
}

enum kernel_absence kernel_probe(void)
{
	enum kernel_absence why;

	kernel_close(connect_family(&why));
	return why;
}

static char found_module[512];

static int look_for_module(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	if (type != FTW_F || fnmatch("transp4.ko*", path + ftw->base, 0))
		return 0;
	snprintf(found_module, sizeof(found_module), "%s", path);
	return 1;
}

/* Beside this program, where `make module` puts it. */
static bool look_in_build(const char *release, char *path, size_t size)
{
	char exe[PATH_MAX], *slash;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n <= 0)
		return false;
	exe[n] = 0;
	slash = strrchr(exe, '/');
	if (!slash)
		return false;
	*slash = 0;
	return snprintf(path, size, "%s/kmod/%s/transp4.ko", exe, release) < (int)size &&
	       !access(path, R_OK);
}

bool kernel_module_find(char *path, size_t size, bool *installed)
{
	static const char *const folders[] = { "updates", "extra", "kernel/net" };
	struct utsname u;
	char folder[300];

	uname(&u);
	*installed = true;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(folder, sizeof(folder), "/lib/modules/%s/%s", u.release, folders[i]);
		if (nftw(folder, look_for_module, 16, FTW_PHYS) == 1) {
			snprintf(path, size, "%s", found_module);
			return true;
		}
	}
	*installed = false;
	return look_in_build(u.release, path, size);
}

struct kernel *kernel_open(void)
{
	enum kernel_absence why;
	struct kernel *k = connect_family(&why);
	bool installed;
	struct utsname u;
	char path[PATH_MAX];

	if (k)
		return k;
	uname(&u);
	if (why == KERNEL_NO_FAMILY)
		complain("the kernel module is loaded, but its netlink family '%s' is missing; "
			 "load it anew: rmmod transp4, modprobe transp4, and see dmesg",
			 TP4_GENL_NAME);
	else if (why == KERNEL_NO_NETLINK)
		complain("generic netlink cannot be reached: %s; run it on the host itself",
			 strerror(errno));
	else if (kernel_module_find(path, sizeof(path), &installed))
		complain("the kernel module is not loaded; run '%s%s'%s",
			 installed ? "modprobe transp4" : "insmod ", installed ? "" : path,
			 geteuid() ? " as root" : "");
	else
		complain("the kernel module is not loaded, and there is none for kernel %s; "
			 KERNEL_MODULE_ADVICE, u.release);
	return NULL;
}

void kernel_close(struct kernel *k)
{
	if (!k)
		return;
	if (k->nl)
		mnl_socket_close(k->nl);
	free(k);
}

const char *kernel_error(const struct kernel *k)
{
	return k->error;
}

int kernel_complain(const struct kernel *k, const char *about, const char *advice)
{
	if (!strcmp(k->error, strerror(EPERM)))
		advice = "run it as root (CAP_NET_ADMIN)";
	/* The kernel's words stand as they are; it may have said what to do. */
	if (strchr(k->error, ';'))
		return complain("%s%s%s", about, *about ? ": " : "", k->error);
	return complain("%s%s%s; %s", about, *about ? ": " : "", k->error, advice);
}

/*
 * Channels
 */

int kernel_vm_add(struct kernel *k, const char *name, const uint32_t *spin_us)
{
	struct nlmsghdr *nlh = request(k, k->family, TP4_CMD_VM_ADD, NLM_F_ACK);

	mnl_attr_put_strz(nlh, TP4_A_VM_NAME, name);
	if (spin_us)
		mnl_attr_put_u32(nlh, TP4_A_VM_SPIN_US, *spin_us);
	return exchange(k, nlh, NULL, NULL);
}

int kernel_vm_del(struct kernel *k, const char *name)
{
	struct nlmsghdr *nlh = request(k, k->family, TP4_CMD_VM_DEL, NLM_F_ACK);

	mnl_attr_put_strz(nlh, TP4_A_VM_NAME, name);
	return exchange(k, nlh, NULL, NULL);
}

struct vm_list {
	struct kernel_vm *list;
	size_t n;
	bool failed;
};

static void vm_read(void *arg, const struct nlmsghdr *nlh)
{
	struct vm_list *l = arg;
	struct kernel_vm *vm;
	struct attrs t;

	vm = reallocarray(l->list, l->n + 1, sizeof(*vm));
	if (!vm) {
		l->failed = true;
		return;
	}
	l->list = vm;
	vm += l->n++;
	attrs_read(&t, nlh);
	attr_copy(&t, TP4_A_VM_NAME, vm->name, sizeof(vm->name));
	vm->spin_us = attr_u32(&t, TP4_A_VM_SPIN_US);
	vm->openers = attr_u32(&t, TP4_A_VM_OPENERS);
	vm->ports = attr_u32(&t, TP4_A_VM_PORTS);
}

static int out_of_memory(struct kernel *k)
{
	snprintf(k->error, sizeof(k->error), "out of memory");
	return -ENOMEM;
}

int kernel_vm_list(struct kernel *k, struct kernel_vm **list, size_t *n)
{
	struct vm_list l;
	int err;

	do { /* a dump that something changed under us is taken again */
		l = (struct vm_list){ 0 };
		err = exchange(k, request(k, k->family, TP4_CMD_VM_GET, NLM_F_DUMP), vm_read, &l);
		if (!err && l.failed)
			err = out_of_memory(k);
		if (err)
			free(l.list);
	} while (err == -EINTR);
	*list = err ? NULL : l.list;
	*n = err ? 0 : l.n;
	return err;
}

/*
 * Ports
 */

int kernel_port_add(struct kernel *k, bool change, const char *ifname, uint32_t queue,
		    const char *vm, const uint8_t *on_failure, const uint32_t *deadline)
{
	struct nlmsghdr *nlh = request(k, k->family, TP4_CMD_PORT_ADD,
				       NLM_F_ACK | (change ? NLM_F_REPLACE : 0));

	mnl_attr_put_strz(nlh, TP4_A_IFNAME, ifname);
	mnl_attr_put_u32(nlh, TP4_A_QUEUE, queue);
	mnl_attr_put_strz(nlh, TP4_A_VM_NAME, vm);
	if (on_failure)
		mnl_attr_put_u8(nlh, TP4_A_ON_FAILURE, *on_failure);
	if (deadline)
		mnl_attr_put_u32(nlh, TP4_A_DEADLINE, *deadline);
	return exchange(k, nlh, NULL, NULL);
}

int kernel_port_del(struct kernel *k, const char *ifname, uint32_t queue)
{
	struct nlmsghdr *nlh = request(k, k->family, TP4_CMD_PORT_DEL, NLM_F_ACK);

	mnl_attr_put_strz(nlh, TP4_A_IFNAME, ifname);
	mnl_attr_put_u32(nlh, TP4_A_QUEUE, queue);
	return exchange(k, nlh, NULL, NULL);
}

struct port_list {
	struct kernel_port *list;
	size_t n;
	bool failed;
};

static void stats_read(struct kernel_socket *s, int dir, const struct nlattr *nest)
{
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, nest) {
		int stat = mnl_attr_get_type(a) - 1;

		if (stat >= 0 && stat < TP4_STAT_MAX && mnl_attr_get_payload_len(a) >= 8)
			s->stats[dir][stat] = mnl_attr_get_u64(a);
	}
}

static void socket_read(struct kernel_socket *s, const struct nlattr *nest)
{
	const struct nlattr *a;
	struct attrs t;
	int dir = 0;

	attrs_read_nest(&t, nest);
	s->queue = attr_u32(&t, TP4_S_QUEUE);
	s->state = attr_u8(&t, TP4_S_STATE);
	s->slot = attr_u32(&t, TP4_S_SLOT);
	s->flags = attr_u32(&t, TP4_S_FLAGS);
	s->rx_entries = attr_u32(&t, TP4_S_RX_ENTRIES);
	s->tx_entries = attr_u32(&t, TP4_S_TX_ENTRIES);
	s->umem_size = attr_u64(&t, TP4_S_UMEM_SIZE);
	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) == TP4_S_STATS && dir < TP4_DIRS)
			stats_read(s, dir++, a);
}

static void port_read(void *arg, const struct nlmsghdr *nlh)
{
	struct port_list *l = arg;
	const struct nlattr *a;
	struct kernel_port *p;
	struct attrs t;

	p = reallocarray(l->list, l->n + 1, sizeof(*p));
	if (!p) {
		l->failed = true;
		return;
	}
	l->list = p;
	p += l->n++;
	memset(p, 0, sizeof(*p));
	attrs_read(&t, nlh);
	attr_copy(&t, TP4_A_IFNAME, p->ifname, sizeof(p->ifname));
	p->ifindex = attr_u32(&t, TP4_A_IFINDEX);
	p->queue = t.a[TP4_A_QUEUE] ? attr_u32(&t, TP4_A_QUEUE) : TP4_QUEUE_ALL;
	attr_copy(&t, TP4_A_VM_NAME, p->vm, sizeof(p->vm));
	p->on_failure = attr_u8(&t, TP4_A_ON_FAILURE);
	p->deadline = attr_u32(&t, TP4_A_DEADLINE);
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		struct kernel_socket *s;

		if (mnl_attr_get_type(a) != TP4_A_SOCKET)
			continue;
		s = reallocarray(p->sockets, p->n_sockets + 1, sizeof(*s));
		if (!s) {
			l->failed = true;
			return;
		}
		p->sockets = s;
		s += p->n_sockets++;
		memset(s, 0, sizeof(*s));
		socket_read(s, a);
	}
}

int kernel_port_list(struct kernel *k, struct kernel_port **list, size_t *n)
{
	struct port_list l;
	int err;

	do {
		l = (struct port_list){ 0 };
		err = exchange(k, request(k, k->family, TP4_CMD_PORT_GET, NLM_F_DUMP), port_read,
			       &l);
		if (!err && l.failed)
			err = out_of_memory(k);
		if (err)
			kernel_port_list_free(l.list, l.n);
	} while (err == -EINTR);
	*list = err ? NULL : l.list;
	*n = err ? 0 : l.n;
	return err;
}

void kernel_port_list_free(struct kernel_port *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(list[i].sockets);
	free(list);
}

/*
 * Notifications
 */

int kernel_listen(struct kernel *k, const char *group)
{
	uint32_t id = !strcmp(group, TP4_GROUP_EVENTS) ? k->events : k->capture;
	int size = 16 * 1024 * 1024;

	if (!id) {
		snprintf(k->error, sizeof(k->error), "the module has no group '%s'", group);
		return -ENOENT;
	}
	/* Bursts of packets wait here; more than the usual limit where we may. */
	if (setsockopt(kernel_fd(k), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(kernel_fd(k), SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (mnl_socket_setsockopt(k->nl, NETLINK_ADD_MEMBERSHIP, &id, sizeof(id)) < 0) {
		snprintf(k->error, sizeof(k->error), "%s", strerror(errno));
		return -errno;
	}
	return 0;
}

int kernel_fd(const struct kernel *k)
{
	return mnl_socket_get_fd(k->nl);
}

static void event_read(const struct attrs *t, void (*event)(void *, const struct kernel_event *),
		       void *arg)
{
	struct kernel_event e = {
		.event = attr_u8(t, TP4_A_EVENT),
		.vm = attr_text(t, TP4_A_VM_NAME),
		.ifname = attr_text(t, TP4_A_IFNAME),
		.reason = attr_text(t, TP4_A_REASON),
		.queue = t->a[TP4_A_QUEUE] ? attr_u32(t, TP4_A_QUEUE) : TP4_QUEUE_ALL,
	};

	event(arg, &e);
}

static void packet_read(const struct attrs *t, void (*packet)(void *, const struct kernel_packet *),
			void *arg)
{
	const struct nlattr *data = t->a[TP4_A_PACKET_DATA];
	const char *ifname = attr_text(t, TP4_A_IFNAME);
	struct kernel_packet p = {
		.ifname = ifname ? ifname : "?",
		.queue = attr_u32(t, TP4_A_QUEUE),
		.dir = attr_u8(t, TP4_A_DIR),
		.time = attr_u64(t, TP4_A_PACKET_TIME),
		.stat = attr_u8(t, TP4_A_PACKET_STAT),
		.len = attr_u32(t, TP4_A_PACKET_LEN),
		.data = data ? mnl_attr_get_payload(data) : NULL,
		.data_len = data ? mnl_attr_get_payload_len(data) : 0,
	};

	packet(arg, &p);
}

int kernel_next(struct kernel *k, void (*event)(void *arg, const struct kernel_event *e),
		void (*packet)(void *arg, const struct kernel_packet *p), void *arg)
{
	int len = mnl_socket_recvfrom(k->nl, k->buffer, sizeof(k->buffer));
	struct nlmsghdr *nlh = (struct nlmsghdr *)k->buffer;

	if (len < 0) {
		snprintf(k->error, sizeof(k->error), "%s", strerror(errno));
		return -errno;
	}
	for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
		const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
		struct attrs t;

		if (nlh->nlmsg_type != k->family ||
		    nlh->nlmsg_len < MNL_NLMSG_HDRLEN + sizeof(*genl))
			continue;
		attrs_read(&t, nlh);
		if (genl->cmd == TP4_CMD_EVENT && event)
			event_read(&t, event, arg);
		if (genl->cmd == TP4_CMD_PACKET && packet)
			packet_read(&t, packet, arg);
	}
	return 0;
}
