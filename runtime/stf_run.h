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
	FILE *out;
	const char *path;
	int line, failures;
	bool verbose;
	struct stf_port *ports;
	struct stf_name *names;
};

void stf_say(struct stf *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void stf_fail(struct stf *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

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
bool stf_mirror_add(struct stf *s, const char *rest);
bool stf_mirror_add_mc(struct stf *s, const char *rest);
bool stf_mirror_delete(struct stf *s, const char *rest);
bool stf_group_create(struct stf *s, const char *rest);
bool stf_node_create(struct stf *s, const char *rest);
bool stf_node_associate(struct stf *s, const char *rest);
bool stf_gauge_set(struct stf *s, const char *rest);
bool stf_owner_add(struct stf *s, const char *rest);
bool stf_nothing(struct stf *s, const char *rest);

/* stf_show.c: a packet with its headers told apart */
void stf_show(struct stf *s, const char *what, const struct stf_packet *k);

#endif
