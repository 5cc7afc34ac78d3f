/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* address.c - reads the address of the agent's channel. */
#include "control/address.h"

#include <arpa/inet.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* From 1 to @max, in digits as one writes them; else 0. */
static uint32_t number(const char *text, uint32_t max)
{
	size_t n = strspn(text, "0123456789");
	unsigned long long v = strtoull(text, NULL, 10);

	return n && n <= 10 && !text[n] && *text != '0' && v <= max ? (uint32_t)v : 0;
}

static bool parse_vsock(const char *cid, uint32_t port, struct sockaddr_vm *out)
{
	out->svm_family = AF_VSOCK;
	out->svm_cid = cid ? number(cid, UINT32_MAX - 1) : VMADDR_CID_ANY;
	out->svm_port = port;
	return out->svm_cid && port;
}

/* Not to many at once: 224.0.0.0 and above. */
static bool parse_v4(const char *text, uint32_t port, struct sockaddr_in *out)
{
	out->sin_family = AF_INET;
	out->sin_port = htons((uint16_t)port);
	return port && inet_pton(AF_INET, text, &out->sin_addr) == 1 &&
	       ntohl(out->sin_addr.s_addr) < 0xe0000000U;
}

static bool parse_v6(char *text, uint32_t port, struct sockaddr_in6 *out)
{
	char *interface = strchr(text, '%');

	if (interface) {
		*interface++ = 0;
		out->sin6_scope_id = if_nametoindex(interface);
	}
	out->sin6_family = AF_INET6;
	out->sin6_port = htons((uint16_t)port);
	return port && inet_pton(AF_INET6, text, &out->sin6_addr) == 1 &&
	       (!interface || out->sin6_scope_id) && !IN6_IS_ADDR_MULTICAST(&out->sin6_addr);
}

bool address_parse(const char *text, bool listening, struct sockaddr_storage *out, socklen_t *len)
{
	char copy[96], *port, *host;
	size_t n = strlen(text);

	memset(out, 0, sizeof(*out));
	if (n >= sizeof(copy))
		return false;
	memcpy(copy, text, n + 1);
	port = strrchr(copy, ':');
	if (!port)
		return false;
	*port++ = 0;
	if (!strncmp(copy, "vsock:", 6) || !strcmp(copy, "vsock")) {
		host = copy[5] ? copy + 6 : NULL;
		*len = sizeof(struct sockaddr_vm);
		return !host == listening &&
		       parse_vsock(host, number(port, UINT32_MAX - 1), (struct sockaddr_vm *)out);
	}
	if (strncmp(copy, "tcp:", 4))
		return false;
	host = copy + 4;
	n = strlen(host);
	if (n > 1 && host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = 0;
		*len = sizeof(struct sockaddr_in6);
		return parse_v6(host + 1, number(port, 65535), (struct sockaddr_in6 *)out);
	}
	*len = sizeof(struct sockaddr_in);
	return parse_v4(host, number(port, 65535), (struct sockaddr_in *)out);
}
