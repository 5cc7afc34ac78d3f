/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* gauge.c - the store of gauges: slots that stay, found by name. */
#include "runtime/gauge.h"

#include <string.h>

#define CHAIN_END (-1)

static struct slot {
	struct tp4_gauge gauge;
	char name[GAUGE_NAME_MAX + 1]; /* "": free */
	unsigned int users;
	int next; /* of the same hash */
} slots[GAUGE_MAX];

/* First slot of each hash, plus one; 0: none. */
static int heads[GAUGE_MAX];
static int n_used;

static int *head_of(const char *name)
{
	return &heads[tp4_sum(TP4_SUM_START, name, strlen(name)) % GAUGE_MAX];
}

int gauge_find(const char *name)
{
	int *head;

	if (!gauge_name_ok(name))
		return -1;
	head = head_of(name);
	for (int i = *head - 1; i != CHAIN_END; i = slots[i].next)
		if (!strcmp(slots[i].name, name))
			return i;
	for (int i = 0; n_used < GAUGE_MAX && i < GAUGE_MAX; i++) {
		if (slots[i].name[0])
			continue;
		n_used++;
		slots[i] = (struct slot){ .next = *head - 1 };
		strcpy(slots[i].name, name);
		*head = i + 1;
		return i;
	}
	return -1;
}

struct tp4_gauge *gauge_use(const char *name)
{
	int i = gauge_find(name);

	if (i < 0)
		return NULL;
	slots[i].users++;
	return &slots[i].gauge;
}

void gauge_unuse(struct tp4_gauge *g)
{
	if (g)
		((struct slot *)g)->users--; /* the gauge is its first member */
}

void gauge_set(int slot, uint64_t value, uint64_t time)
{
	struct tp4_gauge *g = &slots[slot].gauge;

	__atomic_store_n(&g->value, value, __ATOMIC_RELAXED);
	__atomic_store_n(&g->time, time, __ATOMIC_RELAXED);
}

void gauge_drop(int slot)
{
	int *at = head_of(slots[slot].name);

	if (slots[slot].users || !slots[slot].name[0])
		return;
	/* A head counts from one, a link from zero. */
	if (*at == slot + 1) {
		*at = slots[slot].next + 1;
	} else {
		for (at = &slots[*at - 1].next; *at != slot; at = &slots[*at].next)
			;
		*at = slots[slot].next;
	}
	slots[slot].name[0] = 0;
	n_used--;
}

void gauge_tidy(void)
{
	memset(heads, 0, sizeof(heads));
	n_used = 0;
	for (int i = 0; i < GAUGE_MAX; i++) {
		if (!slots[i].users)
			slots[i].name[0] = 0;
		if (slots[i].name[0]) {
			int *head = head_of(slots[i].name);

			slots[i].next = *head - 1;
			*head = i + 1;
			n_used++;
		}
	}
}

bool gauge_show(int slot, struct gauge_seen *out)
{
	const struct slot *s = &slots[slot];

	*out = (struct gauge_seen){ s->name, s->gauge.value, s->gauge.time, s->users };
	return s->name[0];
}
