/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_state.h - inside of a pipeline, for the files that make it up and the packet tests. */
#ifndef TP4_PIPELINE_STATE_H
#define TP4_PIPELINE_STATE_H

#include "runtime/pipeline.h"
#include "runtime/profile.h"
#include "runtime/program.h"
#include "runtime/table.h"

struct pipeline {
	void *object; /* dlopen()'s handle */
	int fd;       /* of the object's memory; -1: none */
	const struct tp4_program *program;
	uint8_t *p4info;
	size_t p4info_len;
	struct tp4_ctx ctx;
	uint8_t *buf;           /* TP4_PARSE_MAX + TP4_PARSE_PAD */
	void *state;            /* v1model, psa, pna: headers and metadata of the packet */
	const uint64_t *clock;  /* ns; NULL: CLOCK_MONOTONIC */
	struct report *reports; /* report.c: digests and log messages; NULL: none yet */
};

/* meter.c */
void *meter_new(const struct tp4_meter_desc *desc);
void meter_free(void *meter);
void meter_copy(void *to, const void *from); /* of the same size */

/* container.c: the parts of bytes[0..len), checked; errors as pipeline_load() */
int container_check(const void *bytes, size_t len, const struct tp4_container **out,
		    struct pipeline_error *err);
/* Writes the reason, returns `code`. */
int pipeline_refuse(struct pipeline_error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* extern.c: keeps what only compiled programs call from being left out by the linker */
const void *const *pipeline_exports(void);

/* switch.c, switch_psa.c */
void switch_run_port(struct pipeline *p, struct pipeline_packet *pkt);
void switch_psa_port(struct pipeline *p, struct pipeline_packet *pkt);

/*
 * Bytes that were emitted.  Where headers end within a byte, as those parsed
 * did (a parser may stop anywhere), the byte's rest is the packet's.
 */
static inline uint32_t packet_seam(struct tp4_packet *t, const uint8_t *packet)
{
	if (t->out_pos % 8 && t->out_pos % 8 == t->pos % 8 && t->out_pos / 8 < t->out_size)
		t->out[t->out_pos / 8] |= (uint8_t)(packet[t->pos / 8] & 0xff >> t->pos % 8);
	return (uint32_t)((t->out_pos + 7) / 8);
}

/* report.c */
void report_free(struct report *r);

#endif
