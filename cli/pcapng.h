/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * pcapng.h - writes packets with their verdicts in the pcapng format
 * (draft-ietf-opsawg-pcapng), as Wireshark reads it.
 *
 * One section; one interface for each (interface, queue), described when its
 * first packet comes; time stamps in ns.  Direction goes to epb_flags, the
 * verdict to epb_verdict and, in words, to the packet's comment.
 * Errors: a write that fails is kept and told by pcapng_error(); nothing is
 * written after it.
 */
#ifndef CLI_PCAPNG_H
#define CLI_PCAPNG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct pcapng;

struct pcapng_packet {
	const char *ifname;
	uint32_t queue;
	bool outbound; /* from the switch to the wire */
	bool dropped;
	const char *comment; /* may be NULL */
	uint64_t time;       /* ns since 1970 */
	uint32_t len;        /* on the wire */
	const uint8_t *data;
	uint32_t data_len;
};

/* Writes the section header at once; `file` stays the caller's.  NULL: no memory. */
struct pcapng *pcapng_new(FILE *file, const char *application);
void pcapng_write(struct pcapng *p, const struct pcapng_packet *packet);
void pcapng_flush(struct pcapng *p);
int pcapng_error(const struct pcapng *p); /* 0 or the errno of the first failure */
void pcapng_free(struct pcapng *p);

#endif
