/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* values.c - numbers by name, and which have changed. */
#include "agent/values.h"

#include <stdio.h>
#include <string.h>

#include "agent/clock.h"

#define ENTRY_BYTES 40 /* of a value with its number and time, at most */

static struct value {
	char name[GAUGE_NAME_MAX + 1];
	uint64_t value, time;
	bool named, changed; /* the P4 VM has the name; has not the value */
} values[VALUES_MAX];
static unsigned int n_values;
static const char *traced;

bool value_name_free(const char *name)
{
	return strncmp(name, "net.", 4) && strcmp(name, "cpu") && strcmp(name, "mem") &&
	       strcmp(name, "run");
}

static struct value *value_find(const char *name)
{
	static bool said;
	struct value *v = values;

	for (unsigned int i = 0; i < n_values; i++) {
		if (!strcmp(values[i].name, name))
			return &values[i];
		if (values[i].time < v->time)
			v = &values[i];
	}
	if (!gauge_name_ok(name))
		return NULL;
	if (n_values < VALUES_MAX) {
		v = &values[n_values++];
	} else if (value_name_free(name) && clock_now() - v->time < VALUE_OLD) {
		if (!said)
			fprintf(stderr,
				"transp4-agent: more than %d numbers; those beyond, as %s, are not "
				"told\n",
				VALUES_MAX, name);
		said = true;
		return NULL;
	}
	*v = (struct value){ .named = false };
	strcpy(v->name, name);
	return v;
}

void value_trace(const char *name)
{
	traced = name;
	setvbuf(stdout, NULL, _IOLBF, 0);
}

bool value_set(const char *name, uint64_t value, uint64_t time)
{
	struct value *v = value_find(name);

	if (!v)
		return false;
	v->value = value;
	v->time = time;
	v->changed = true;
	if (traced && !strcmp(traced, name))
		printf("%llu %llu\n", (unsigned long long)time, (unsigned long long)value);
	return true;
}

void values_forget(void)
{
	for (unsigned int i = 0; i < n_values; i++) {
		values[i].named = false;
		values[i].changed = true;
	}
}

bool values_take(Transp4__V1__InVmUpdate *u, size_t room)
{
	static Transp4__V1__InVmName name[VALUES_MAX], *names[VALUES_MAX];
	static Transp4__V1__InVmValue value[VALUES_MAX], *list[VALUES_MAX];

	u->names = names;
	u->values = list;
	for (unsigned int i = 0; i < n_values; i++) {
		struct value *v = &values[i];
		size_t need = ENTRY_BYTES + (v->named ? 0 : strlen(v->name) + 12);

		if (!v->changed)
			continue;
		if (need > room)
			break;
		room -= need;
		if (!v->named) {
			transp4__v1__in_vm_name__init(&name[u->n_names]);
			name[u->n_names].number = i;
			name[u->n_names].name = v->name;
			names[u->n_names] = &name[u->n_names];
			u->n_names++;
		}
		transp4__v1__in_vm_value__init(&value[u->n_values]);
		value[u->n_values].number = i;
		value[u->n_values].value = v->value;
		value[u->n_values].time = v->time;
		list[u->n_values] = &value[u->n_values];
		u->n_values++;
		v->named = true;
		v->changed = false;
	}
	return u->n_values;
}
