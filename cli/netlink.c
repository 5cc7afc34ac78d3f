// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * netlink.c - requests to the module's generic netlink family, and their answers.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <linux/genetlink.h>

#include "cli/command.h"
#include "cli/find.h"
#include "cli/netlink.h"

/*
 * Requests
 */

struct nlmsghdr *netlink_request(struct kernel *k, uint16_t type, uint8_t cmd, uint16_t flags)
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

int netlink_exchange(struct kernel *k, struct nlmsghdr *nlh, message_fn fn, void *arg)
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

static const void *attr_get(const struct attrs *t, int type, size_t size)
{
	const struct nlattr *a = t->a[type];

	return a && mnl_attr_get_payload_len(a) >= size ? mnl_attr_get_payload(a) : NULL;
}

uint8_t attr_u8(const struct attrs *t, int type)
{
	const uint8_t *v = attr_get(t, type, 1);

	return v ? *v : 0;
}

uint32_t attr_u32(const struct attrs *t, int type)
{
	const void *p = attr_get(t, type, 4);
	uint32_t v = 0;

	if (p)
		memcpy(&v, p, sizeof(v));
	return v;
}

uint64_t attr_u64(const struct attrs *t, int type)
{
	const void *p = attr_get(t, type, 8);
	uint64_t v = 0;

	if (p)
		memcpy(&v, p, sizeof(v));
	return v;
}

const char *attr_text(const struct attrs *t, int type)
{
	const struct nlattr *a = t->a[type];
	size_t len = a ? mnl_attr_get_payload_len(a) : 0;
	const char *text = a ? mnl_attr_get_payload(a) : NULL;

	return text && len && memchr(text, 0, len) ? text : NULL;
}

void attr_copy(const struct attrs *t, int type, char *out, size_t size)
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

void attrs_read(struct attrs *t, const struct nlmsghdr *nlh)
{
	const struct nlattr *a;

	memset(t, 0, sizeof(*t));
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		attrs_note(t, a);
}

void attrs_read_nest(struct attrs *t, const struct nlattr *nest)
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
	nlh = netlink_request(k, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, TP4_GENL_NAME);
	if (netlink_exchange(k, nlh, family_read, k) || !k->family) {
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

struct kernel *kernel_open(void)
{
	enum kernel_absence why;
	struct kernel *k = connect_family(&why);
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
	else if (find_module(path, sizeof(path)))
		complain("the kernel module is not loaded; run '%s%s'%s",
			 *path ? "insmod " : "modprobe transp4", path, geteuid() ? " as root" : "");
	else
		complain(
			"the kernel module is not loaded, and there is none for kernel %s; " KERNEL_MODULE_ADVICE,
			u.release);
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

int kernel_complain(const struct kernel *k, const char *about, const char *advice)
{
	if (!strcmp(k->error, strerror(EPERM)))
		advice = "run it as root (CAP_NET_ADMIN)";
	/* The kernel's words stand as they are; it may have said what to do. */
	if (strchr(k->error, ';'))
		return complain("%s%s%s", about, *about ? ": " : "", k->error);
	return complain("%s%s%s; %s", about, *about ? ": " : "", k->error, advice);
}
