// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * pcapng.c - writes pcapng.
 *
 * A block is: type, length, body, length again; options are padded to 4 bytes
 * and end with opt_endofopt.  Numbers are in the machine's byte order, which
 * the section header's magic tells to the reader.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "cli/pcapng.h"

enum { BLOCK_SECTION = 0x0a0d0d0a, BLOCK_INTERFACE = 1, BLOCK_PACKET = 6 };
enum {
	OPT_END = 0,
	OPT_COMMENT = 1,
	SHB_OS = 3,
	SHB_APPLICATION = 4,
	IF_NAME = 2,
	IF_DESCRIPTION = 3,
	IF_TSRESOL = 9,
	EPB_FLAGS = 2,
	EPB_VERDICT = 7,
};
enum { LINKTYPE_ETHERNET = 1 };
enum { VERDICT_XDP = 2, XDP_ACTION_DROP = 1, XDP_ACTION_PASS = 2 };

struct interface {
	char name[32];
	uint32_t queue;
};

struct pcapng {
	FILE *file;
	int error;
	struct interface *interfaces;
	uint32_t n_interfaces;
	uint8_t *block; /* being made */
	size_t len, room;
};

static void put(struct pcapng *p, const void *data, size_t len)
{
	size_t padded = (len + 3) & ~(size_t)3;

	if (p->error || !len)
		return;
	if (p->len + padded > p->room) {
		size_t room = (p->len + padded) * 2;
		uint8_t *block = realloc(p->block, room);

		if (!block) {
			p->error = ENOMEM;
			return;
		}
		p->block = block;
		p->room = room;
	}
	memcpy(p->block + p->len, data, len);
	memset(p->block + p->len + len, 0, padded - len);
	p->len += padded;
}

static void put_u32(struct pcapng *p, uint32_t v)
{
	put(p, &v, sizeof(v));
}

static void put_option(struct pcapng *p, uint16_t code, const void *data, size_t len)
{
	uint16_t head[2] = { code, len };

	if (len > UINT16_MAX)
		return;
	put(p, head, sizeof(head));
	put(p, data, len);
}

static void block_begin(struct pcapng *p, uint32_t type)
{
	p->len = 0;
	put_u32(p, type);
	put_u32(p, 0); /* the length, when it is known */
}

static void block_end(struct pcapng *p)
{
	uint32_t len = p->len + sizeof(len);

	put_u32(p, len);
	if (p->error)
		return;
	memcpy(p->block + 4, &len, sizeof(len));
	if (fwrite(p->block, 1, p->len, p->file) != p->len)
		p->error = errno ? errno : EIO;
}

static void section_write(struct pcapng *p, const char *application)
{
	uint16_t version[2] = { 1, 0 };
	int64_t length = -1; /* until the end of the file */
	struct utsname u;
	char os[200];

	uname(&u);
	snprintf(os, sizeof(os), "%.64s %.64s %.64s", u.sysname, u.release, u.machine);
	block_begin(p, BLOCK_SECTION);
	put_u32(p, 0x1a2b3c4d);
	put(p, version, sizeof(version));
	put(p, &length, sizeof(length));
	put_option(p, SHB_OS, os, strlen(os));
	put_option(p, SHB_APPLICATION, application, strlen(application));
	put_option(p, OPT_END, NULL, 0);
	block_end(p);
}

/* The number of the interface, which is described first where it is new. */
static uint32_t interface_number(struct pcapng *p, const char *name, uint32_t queue)
{
	uint16_t link[2] = { LINKTYPE_ETHERNET, 0 };
	struct interface *i;
	char text[64];
	uint8_t ns = 9;

	for (uint32_t n = 0; n < p->n_interfaces; n++)
		if (p->interfaces[n].queue == queue && !strcmp(p->interfaces[n].name, name))
			return n;
	i = reallocarray(p->interfaces, p->n_interfaces + 1, sizeof(*i));
	if (!i) {
		p->error = ENOMEM;
		return 0;
	}
	p->interfaces = i;
	i += p->n_interfaces;
	snprintf(i->name, sizeof(i->name), "%s", name);
	i->queue = queue;
	block_begin(p, BLOCK_INTERFACE);
	put(p, link, sizeof(link));
	put_u32(p, 0); /* no snapshot length: each packet tells its own */
	snprintf(text, sizeof(text), "%s.%u", i->name, queue);
	put_option(p, IF_NAME, text, strlen(text));
	snprintf(text, sizeof(text), "AF_XDP port %s queue %u", i->name, queue);
	put_option(p, IF_DESCRIPTION, text, strlen(text));
	put_option(p, IF_TSRESOL, &ns, sizeof(ns));
	put_option(p, OPT_END, NULL, 0);
	block_end(p);
	return p->n_interfaces++;
}

struct pcapng *pcapng_new(FILE *file, const char *application)
{
	struct pcapng *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->file = file;
	section_write(p, application);
	return p;
}

void pcapng_write(struct pcapng *p, const struct pcapng_packet *packet)
{
	uint32_t flags = packet->outbound ? 2 : 1;
	uint32_t captured = packet->data_len < packet->len ? packet->data_len : packet->len;
	uint64_t action = packet->dropped ? XDP_ACTION_DROP : XDP_ACTION_PASS;
	uint8_t verdict[9] = { VERDICT_XDP };
	uint32_t number = interface_number(p, packet->ifname, packet->queue);

	if (p->error)
		return;
	memcpy(verdict + 1, &action, sizeof(action));
	block_begin(p, BLOCK_PACKET);
	put_u32(p, number);
	put_u32(p, packet->time >> 32);
	put_u32(p, packet->time);
	put_u32(p, captured);
	put_u32(p, packet->len);
	put(p, packet->data, captured);
	if (packet->comment)
		put_option(p, OPT_COMMENT, packet->comment, strlen(packet->comment));
	put_option(p, EPB_FLAGS, &flags, sizeof(flags));
	put_option(p, EPB_VERDICT, verdict, sizeof(verdict));
	put_option(p, OPT_END, NULL, 0);
	block_end(p);
}

void pcapng_flush(struct pcapng *p)
{
	if (!p->error && fflush(p->file))
		p->error = errno;
}

int pcapng_error(const struct pcapng *p)
{
	return p->error;
}

void pcapng_free(struct pcapng *p)
{
	if (!p)
		return;
	free(p->interfaces);
	free(p->block);
	free(p);
}
