/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * invm_apply.c - what the agent says, into gauges and owners, and out again.
 */
#include "runtime/invm_apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control/unpack.h"

/* In one answer: so many flows, from so many places, since packets wait meanwhile. */
#define SHOW_FLOWS  2048U
#define SHOW_PLACES 16384U

#define LABEL_PLACES 8U /* where a text may be; then it takes the first one's place */

void invm_apply_begin(struct invm_apply *a)
{
	for (int i = 0; i < GAUGE_MAX; i++)
		a->slot[i] = -1;
	memset(a->numbers, 0, sizeof(a->numbers));
	a->seq = 0;
	a->told_names = a->told_owners = a->told_clock = false;
	gauge_tidy();
}

static void told_once(bool *told, const char *text)
{
	if (!*told)
		fprintf(stderr, "transp4: agent: %s\n", text);
	*told = true;
}

static void apply_names(struct invm_apply *a, const Transp4__V1__InVmUpdate *u)
{
	for (size_t i = 0; i < u->n_names; i++) {
		uint32_t number = u->names[i]->number;
		int slot = -1;

		if (number < GAUGE_MAX) {
			/* Its last name is used no more, unless it has got another number. */
			slot = a->slot[number];
			if (slot >= 0 && !--a->numbers[slot])
				gauge_drop(slot);
			slot = a->slot[number] = gauge_find(u->names[i]->name);
			if (slot >= 0)
				a->numbers[slot]++;
		}
		if (slot < 0) {
			a->names_refused++;
			told_once(&a->told_names,
				  "more than 1024 gauges, or one with a name that is "
				  "none; those beyond are ignored");
		}
	}
}

/* When it was measured, on our clock: never younger than it is (invm.proto). */
static uint64_t measured(struct invm_apply *a, const Transp4__V1__InVmUpdate *u, uint64_t time,
			 uint64_t now)
{
	uint64_t ours = u->echo + (time - u->echo_at);

	if (!time)
		return 0;
	if ((int64_t)(now - ours) < 0) {
		told_once(&a->told_clock, "its clock has jumped, or runs fast; what comes from the "
					  "future counts as of now");
		return now;
	}
	return ours ? ours : 1;
}

static void apply_values(struct invm_apply *a, const Transp4__V1__InVmUpdate *u, uint64_t now)
{
	for (size_t i = 0; i < u->n_values; i++) {
		const Transp4__V1__InVmValue *value = u->values[i];

		if (value->number < GAUGE_MAX && a->slot[value->number] >= 0)
			gauge_set(a->slot[value->number], value->value,
				  measured(a, u, value->time, now));
	}
}

static bool apply_owners(struct invm_apply *a, const Transp4__V1__InVmUpdate *u)
{
	if (u->owners.len % FLOW_RECORD_SIZE || u->gone.len % FLOW_KEY_SIZE)
		return false;
	if (u->owners_anew)
		owner_anew();
	for (size_t i = 0; i < u->gone.len; i += FLOW_KEY_SIZE)
		owner_del(u->gone.data + i);
	for (size_t i = 0; i < u->owners.len; i += FLOW_RECORD_SIZE) {
		struct flow_record r;

		memcpy(&r, u->owners.data + i, sizeof(r));
		if (owner_set(&r)) {
			a->owners_refused++;
			told_once(
				&a->told_owners,
				"more than 131072 flows; the owners of those beyond are not known");
		}
	}
	if (u->owners_whole)
		owner_whole();
	return true;
}

/* The place of that id's text, or, if it has none, where it would go; its own id is another then. */
static size_t label_place(const struct invm_apply *a, uint64_t id)
{
	for (size_t i = 0; i < LABEL_PLACES; i++) {
		size_t place = (id + i) % INVM_LABELS;

		if (!a->label[place].id || a->label[place].id == id)
			return place;
	}
	return id % INVM_LABELS;
}

static void apply_labels(struct invm_apply *a, const Transp4__V1__InVmUpdate *u)
{
	if (u->n_labels && !a->label)
		a->label = calloc(INVM_LABELS, sizeof(*a->label));
	for (size_t i = 0; a->label && i < u->n_labels; i++) {
		const Transp4__V1__InVmLabel *l = u->labels[i];
		size_t place = label_place(a, l->id);

		a->label[place].id = l->id;
		snprintf(a->label[place].text, LABEL_MAX + 1, "%s", l->text);
	}
}

uint64_t invm_apply(struct invm_apply *a, const uint8_t *text, size_t len, uint64_t now)
{
	Transp4__V1__InVmUpdate *u = unpack(&transp4__v1__in_vm_update__descriptor, text, len);
	uint64_t seq = 0;

	if (!u)
		return 0;
	if (u->seq == a->seq + 1 && apply_owners(a, u)) {
		apply_names(a, u);
		apply_values(a, u, now);
		apply_labels(a, u);
		/* As old as the echo that it carries. */
		a->heard = u->echo && u->echo <= now ? u->echo : now;
		owner_heard(a->heard);
		seq = a->seq = u->seq;
		a->updates++;
	}
	unpack_free(u);
	return seq;
}

bool invm_apply_turn(struct invm_apply *a)
{
	return owner_sweep();
}

/* For people */

static bool show_gauges(uint64_t now, Transp4__V1__InVmResponse *out)
{
	out->gauges = calloc(GAUGE_MAX, sizeof(*out->gauges));
	for (int i = 0; out->gauges && i < GAUGE_MAX; i++) {
		Transp4__V1__InVmResponse__Gauge *g;
		struct gauge_seen seen;

		if (!gauge_show(i, &seen))
			continue;
		g = malloc(sizeof(*g));
		if (!g)
			return false;
		transp4__v1__in_vm_response__gauge__init(g);
		g->name = (char *)seen.name;
		g->value = seen.value;
		g->reported = seen.time;
		g->age_ns = (int64_t)(now - seen.time) > 0 ? now - seen.time : 0;
		g->used = seen.used;
		out->gauges[out->n_gauges++] = g;
	}
	return out->gauges;
}

static void show_label(const struct invm_apply *a, uint64_t id, bool *shown,
		       Transp4__V1__InVmResponse *out)
{
	size_t i = a->label ? label_place(a, id) : 0;
	Transp4__V1__InVmLabel *l;

	if (!a->label || !id || a->label[i].id != id || shown[i])
		return;
	l = malloc(sizeof(*l));
	if (!l)
		return;
	transp4__v1__in_vm_label__init(l);
	l->id = id;
	l->text = (char *)a->label[i].text;
	out->labels[out->n_labels++] = l;
	shown[i] = true;
}

static bool show_flows(const struct invm_apply *a, uint32_t at, Transp4__V1__InVmResponse *out)
{
	uint32_t end = at < OWNER_PLACES ? at + SHOW_PLACES : at;
	bool shown[INVM_LABELS] = { false };
	struct flow_record r;

	out->labels = calloc(INVM_LABELS, sizeof(*out->labels));
	out->flows.data = malloc(SHOW_FLOWS * sizeof(r));
	if (!out->labels || !out->flows.data)
		return false;
	while (out->flows.len < SHOW_FLOWS * sizeof(r) && owner_next(&at, end, &r)) {
		memcpy(out->flows.data + out->flows.len, &r, sizeof(r));
		out->flows.len += sizeof(r);
		show_label(a, flow_get(r.cgroup, 8), shown, out);
		show_label(a, flow_get(r.program, 8), shown, out);
	}
	out->next = at < OWNER_PLACES ? at : 0;
	return true;
}

bool invm_apply_show(struct invm_apply *a, const Transp4__V1__InVmRequest *request, uint64_t now,
		     Transp4__V1__InVmResponse *out)
{
	out->updates = a->updates;
	out->silent_ns = a->heard && a->heard < now ? now - a->heard : 0;
	out->names_refused = a->names_refused;
	out->owners_refused = a->owners_refused;
	out->owners = owner_count();
	return (!request->gauges || show_gauges(now, out)) && show_flows(a, request->from, out);
}

void invm_show_end(Transp4__V1__InVmResponse *out)
{
	for (size_t i = 0; i < out->n_gauges; i++)
		free(out->gauges[i]);
	for (size_t i = 0; i < out->n_labels; i++)
		free(out->labels[i]);
	free(out->gauges);
	free(out->labels);
	free(out->flows.data);
}
