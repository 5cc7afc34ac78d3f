/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stf_run.h - a packet test under way, for the files that play it. */
#ifndef TP4_STF_RUN_H
#define TP4_STF_RUN_H

#include "runtime/pipeline_state.h"
#include "runtime/stf.h"
#include "runtime/switch.h"

struct stf_packet {
	struct stf_packet *next;
	uint8_t *data; /* got */
	uint32_t len;
	char *pattern; /* expected; NULL: any content */
	int line;
};

struct stf_port {
	struct stf_port *next;
	uint32_t number;
	bool named;
	struct stf_packet *want, *got;
};

struct stf_name {
	struct stf_name *next;
	char *name;
	struct record *record;
};

struct stf {
	struct pipeline *p;
	struct tp4_switch sw;
	struct pipeline
		*traced; /* its program tells of headers; NULL: none, or not yet asked for */
	bool asked;
	const struct stf_options *o;
	FILE *out;
	int line, failures;
	struct stf_port *ports;
	struct stf_name *names;
};

/* A failure counts. */
void stf_tell(struct stf *s, enum stf_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Two digits a byte; the end of what is written to @to */
char *stf_hex(char *to, const uint8_t *data, size_t len);

/* The number at *p, which then is behind it */
bool stf_number(const char **p, uint64_t *v);

/* A name at *at: up to a blank or one of stop, or what is in double quotes */
char *stf_word(const char **at, const char *stop);

/* A value as it is written; * matches any digit, and 10.0.0.1 is a number, too. */
struct stf_number {
	uint8_t v[TP4_FIELD_MAX], mask[TP4_FIELD_MAX];
	uint32_t written; /* bits of the digits written, don't-cares left out at the end */
	bool wild;
};

bool stf_number_read(const char **text, struct stf_number *n);

/* Each reads the rest of its line; false: the line cannot be understood (told). */
bool stf_add(struct stf *s, const char *rest);
bool stf_remove(struct stf *s, const char *rest);
bool stf_setdefault(struct stf *s, const char *rest);
bool stf_check_counter(struct stf *s, const char *rest);
bool stf_counter_read(struct stf *s, const char *rest);
bool stf_counter_write(struct stf *s, const char *rest);
bool stf_register_read(struct stf *s, const char *rest);
bool stf_register_write(struct stf *s, const char *rest);
bool stf_register_reset(struct stf *s, const char *rest);
bool stf_meter_rates(struct stf *s, const char *rest);
bool stf_meter_array(struct stf *s, const char *rest);
bool stf_meter_show(struct stf *s, const char *rest);
bool stf_mirror_add(struct stf *s, const char *rest);
bool stf_mirror_add_mc(struct stf *s, const char *rest);
bool stf_mirror_delete(struct stf *s, const char *rest);
bool stf_group_create(struct stf *s, const char *rest);
bool stf_node_create(struct stf *s, const char *rest);
bool stf_node_associate(struct stf *s, const char *rest);
bool stf_gauge_set(struct stf *s, const char *rest);
bool stf_owner_add(struct stf *s, const char *rest);
bool stf_nothing(struct stf *s, const char *rest);

/* stf_show.c: the fields of the headers in a packet, in their order; zeroed, and @f freed by the caller. */
struct stf_fields {
	struct stf_field {
		char header[96], name[96];
		size_t at, bits;
		bool first; /* of its header */
		bool differs;
	} * f;
	size_t n;
};

/* What is not known of the packet is taken from @like, which may be NULL, as the packet may. */
void stf_dissect(struct stf *s, struct stf_fields *to, uint32_t port, const struct stf_packet *k,
		 const struct stf_packet *like);

bool stf_differs(const struct stf_packet *want, const struct stf_packet *have, size_t at,
		 size_t bits);

/* Marks the fields that differ and gives their names, to be freed. */
char *stf_compare(struct stf_fields *wanted, struct stf_fields *came, const struct stf_packet *want,
		  const struct stf_packet *have);

void stf_show(struct stf *s, const char *what, const struct stf_fields *fields,
	      const struct stf_packet *k);

#endif
