// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * kernel.c - what the module is told and asked, and what it notifies.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/genetlink.h>

#include "cli/netlink.h"

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
		[TP4_STATE_LIVE] = "live",           [TP4_STATE_FAILED] = "failed",
		[TP4_STATE_RELEASED] = "released",
	};
	return NAME_OF(names, state);
}

const char *kernel_event_name(uint8_t event)
{
	static const char *const names[] = {
		[TP4_EVENT_ATTACH] = "attach",       [TP4_EVENT_DETACH] = "detach",
		[TP4_EVENT_LIVE] = "live",           [TP4_EVENT_FAILED] = "failed",
		[TP4_EVENT_UNCOVERED] = "uncovered", [TP4_EVENT_REFUSED] = "refused",
		[TP4_EVENT_OPEN] = "open",           [TP4_EVENT_CLOSE] = "close",
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
 * Channels
 */

int kernel_vm_add(struct kernel *k, const char *name, const uint32_t *spin_us, bool process)
{
	struct nlmsghdr *nlh = netlink_request(k, k->family, TP4_CMD_VM_ADD, NLM_F_ACK);

	mnl_attr_put_strz(nlh, TP4_A_VM_NAME, name);
	if (spin_us)
		mnl_attr_put_u32(nlh, TP4_A_VM_SPIN_US, *spin_us);
	if (process)
		mnl_attr_put(nlh, TP4_A_VM_PROCESS, 0, NULL);
	return netlink_exchange(k, nlh, NULL, NULL);
}

int kernel_vm_del(struct kernel *k, const char *name)
{
	struct nlmsghdr *nlh = netlink_request(k, k->family, TP4_CMD_VM_DEL, NLM_F_ACK);

	mnl_attr_put_strz(nlh, TP4_A_VM_NAME, name);
	return netlink_exchange(k, nlh, NULL, NULL);
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
	vm->process = t.a[TP4_A_VM_PROCESS];
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
		err = netlink_exchange(k, netlink_request(k, k->family, TP4_CMD_VM_GET, NLM_F_DUMP),
				       vm_read, &l);
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
	struct nlmsghdr *nlh = netlink_request(k, k->family, TP4_CMD_PORT_ADD,
					       NLM_F_ACK | (change ? NLM_F_REPLACE : 0));

	mnl_attr_put_strz(nlh, TP4_A_IFNAME, ifname);
	mnl_attr_put_u32(nlh, TP4_A_QUEUE, queue);
	mnl_attr_put_strz(nlh, TP4_A_VM_NAME, vm);
	if (on_failure)
		mnl_attr_put_u8(nlh, TP4_A_ON_FAILURE, *on_failure);
	if (deadline)
		mnl_attr_put_u32(nlh, TP4_A_DEADLINE, *deadline);
	return netlink_exchange(k, nlh, NULL, NULL);
}

int kernel_port_del(struct kernel *k, const char *ifname, uint32_t queue)
{
	struct nlmsghdr *nlh = netlink_request(k, k->family, TP4_CMD_PORT_DEL, NLM_F_ACK);

	mnl_attr_put_strz(nlh, TP4_A_IFNAME, ifname);
	mnl_attr_put_u32(nlh, TP4_A_QUEUE, queue);
	return netlink_exchange(k, nlh, NULL, NULL);
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

/* NULL: no memory */
static struct kernel_port *port_new(struct port_list *l, const struct attrs *t)
{
	struct kernel_port *p = reallocarray(l->list, l->n + 1, sizeof(*p));

	if (!p)
		return NULL;
	l->list = p;
	p += l->n++;
	memset(p, 0, sizeof(*p));
	attr_copy(t, TP4_A_IFNAME, p->ifname, sizeof(p->ifname));
	p->ifindex = attr_u32(t, TP4_A_IFINDEX);
	p->queue = t->a[TP4_A_QUEUE] ? attr_u32(t, TP4_A_QUEUE) : TP4_QUEUE_ALL;
	attr_copy(t, TP4_A_VM_NAME, p->vm, sizeof(p->vm));
	p->on_failure = attr_u8(t, TP4_A_ON_FAILURE);
	p->deadline = attr_u32(t, TP4_A_DEADLINE);
	return p;
}

static void port_read(void *arg, const struct nlmsghdr *nlh)
{
	struct port_list *l = arg;
	const struct nlattr *a;
	struct kernel_port *p;
	struct attrs t;

	attrs_read(&t, nlh);
	p = t.a[TP4_A_IFNAME] || !l->n ? port_new(l, &t) : &l->list[l->n - 1];
	if (!p) {
		l->failed = true;
		return;
	}
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
		err = netlink_exchange(k,
				       netlink_request(k, k->family, TP4_CMD_PORT_GET, NLM_F_DUMP),
				       port_read, &l);
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
