/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * invm_apply.h - authentic messages of the agent, put into the tables; and what
 * the tables hold, for their owner.
 */
#ifndef TP4_INVM_APPLY_H
#define TP4_INVM_APPLY_H

#include "runtime/gauge.h"
#include "runtime/invm.h"
#include "runtime/owner.h"

#define LABEL_MAX 200U /* bytes of a text */

struct invm_apply {
	int16_t slot[GAUGE_MAX];     /* of the session's numbers; -1: none */
	uint16_t numbers[GAUGE_MAX]; /* that a slot has */
	uint64_t updates, seq, heard;
	uint64_t names_refused, owners_refused;
	bool told_names, told_owners, told_clock;
	struct {
		uint64_t id; /* 0: free */
		char text[LABEL_MAX + 1];
	} * label; /* INVM_LABELS of them, by id; NULL: none yet */
};

/* A session begins: its numbers mean nothing yet. */
void invm_apply_begin(struct invm_apply *a);
/* Returns the update's sequence number; 0: it makes no sense. */
uint64_t invm_apply(struct invm_apply *a, const uint8_t *text, size_t len, uint64_t now);
/* A piece of work that was put off; true: there is more. */
bool invm_apply_turn(struct invm_apply *a);

bool invm_apply_show(struct invm_apply *a, const Transp4__V1__InVmRequest *request, uint64_t now,
		     Transp4__V1__InVmResponse *out);

#endif
