// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * xsk.c - asks NETLINK_SOCK_DIAG for AF_XDP sockets, and /proc for their holders.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <linux/xdp_diag.h>

#include "cli/xsk.h"

struct list {
	struct xsk *list;
	size_t n;
};

static const void *payload(const struct nlattr *a, size_t size)
{
	return mnl_attr_get_payload_len(a) >= size ? mnl_attr_get_payload(a) : NULL;
}

static void socket_read(struct xsk *s, const struct nlmsghdr *nlh)
{
	const struct xdp_diag_msg *msg = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *a;

	memset(s, 0, sizeof(*s));
	s->inode = msg->xdiag_ino;
	mnl_attr_for_each(a, nlh, sizeof(*msg)) {
		const struct xdp_diag_info *info;
		const struct xdp_diag_umem *umem;

		switch (mnl_attr_get_type(a)) {
		case XDP_DIAG_INFO:
			info = payload(a, sizeof(*info));
			if (info) {
				s->ifindex = info->ifindex;
				s->queue = info->queue_id;
			}
			break;
		case XDP_DIAG_UMEM:
			umem = payload(a, sizeof(*umem));
			s->zerocopy = umem && umem->flags & XDP_DU_F_ZEROCOPY;
			break;
		}
	}
	if (!s->ifindex || !if_indextoname(s->ifindex, s->ifname))
		snprintf(s->ifname, sizeof(s->ifname), s->ifindex ? "?" : "");
}

static int message_read(const struct nlmsghdr *nlh, void *arg)
{
	struct list *l = arg;
	struct xsk *list;

	if (nlh->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(struct xdp_diag_msg))
		return MNL_CB_OK;
	list = reallocarray(l->list, l->n + 1, sizeof(*list));
	if (!list) {
		errno = ENOMEM;
		return MNL_CB_ERROR;
	}
	l->list = list;
	socket_read(&list[l->n++], nlh);
	return MNL_CB_OK;
}

static int ask(struct list *l)
{
	struct mnl_socket *nl = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
	char buffer[32768];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct xdp_diag_req *req;
	ssize_t len;
	int err = 0;

	if (!nl)
		return -errno;
	nlh->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	nlh->nlmsg_seq = 1;
	req = mnl_nlmsg_put_extra_header(nlh, sizeof(*req));
	req->sdiag_family = AF_XDP;
	req->xdiag_show = XDP_SHOW_INFO | XDP_SHOW_UMEM;
	if (mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		err = -errno;
	while (!err) {
		len = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));
		if (len < 0) {
			err = -errno;
			break;
		}
		len = mnl_cb_run(buffer, len, 1, mnl_socket_get_portid(nl), message_read, l);
		if (len < 0)
			err = -errno;
		if (len <= MNL_CB_STOP)
			break;
	}
	mnl_socket_close(nl);
	return err;
}

/*
 * Holders
 */

/* Whether the descriptor is an AF_XDP socket, asked on a copy of it. */
static bool is_xsk(int pidfd, int fd)
{
	int copy = syscall(SYS_pidfd_getfd, pidfd, fd, 0), domain = 0;
	socklen_t size = sizeof(domain);

	if (copy < 0)
		return false;
	getsockopt(copy, SOL_SOCKET, SO_DOMAIN, &domain, &size);
	close(copy);
	return domain == AF_XDP;
}

static struct xsk *find(struct list *l, unsigned int inode)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].inode == inode)
			return &l->list[i];
	return NULL;
}

static struct xsk *append(struct list *l, unsigned int inode)
{
	struct xsk *list = reallocarray(l->list, l->n + 1, sizeof(*list));

	if (!list)
		return NULL;
	l->list = list;
	list += l->n++;
	memset(list, 0, sizeof(*list));
	list->inode = inode;
	return list;
}

static void name_holder(struct xsk *s, const char *pid)
{
	char path[300];
	FILE *f;

	s->pid = atoi(pid);
	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	f = fopen(path, "re");
	if (f && fgets(s->process, sizeof(s->process), f))
		s->process[strcspn(s->process, "\n")] = 0;
	if (f)
		fclose(f);
}

/* Notes the process at those of the sockets that it has open; @search: finds them, too. */
static void process_look(struct list *l, const char *pid, bool search)
{
	int pidfd = search ? syscall(SYS_pidfd_open, atoi(pid), 0) : -1;
	char path[300], link[64];
	struct dirent *d;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	dir = opendir(path);
	while (dir && (d = readdir(dir))) {
		ssize_t n = readlinkat(dirfd(dir), d->d_name, link, sizeof(link) - 1);
		unsigned int inode;
		struct xsk *s;

		if (n <= 0)
			continue;
		link[n] = 0;
		if (sscanf(link, "socket:[%u]", &inode) != 1)
			continue;
		s = find(l, inode);
		if (!s && pidfd >= 0 && is_xsk(pidfd, atoi(d->d_name)))
			s = append(l, inode);
		if (s && !s->pid)
			name_holder(s, pid);
	}
	if (dir)
		closedir(dir);
	if (pidfd >= 0)
		close(pidfd);
}

int xsk_list(struct xsk **list, size_t *n)
{
	struct list l = { 0 };
	struct dirent *d;
	bool search;
	DIR *proc;
	int err = ask(&l);

	search = err == -ENOENT && !geteuid();
	if (err) {
		free(l.list);
		l = (struct list){ 0 };
	}
	proc = l.n || search ? opendir("/proc") : NULL;
	while (proc && (d = readdir(proc)))
		if (isdigit((unsigned char)*d->d_name))
			process_look(&l, d->d_name, search);
	if (proc)
		closedir(proc);
	*list = l.list;
	*n = l.n;
	return search ? 1 : err;
}
