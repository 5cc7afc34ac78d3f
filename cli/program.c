// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * program.c - the program that a P4 VM runs: show it, replace it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/entry.h"
#include "cli/object.h"
#include "cli/output.h"
#include "cli/running.h"
#include "cli/vmstate.h"
#include "control/info.h"

/*
 * show
 */

static const char *count_unit(const P4__Config__V1__CounterSpec *spec)
{
	bool packets = offer_counts_packets(spec);

	return packets == offer_counts_bytes(spec) ? "both" : packets ? "packets" : "bytes";
}

static const char *rate_unit(const P4__Config__V1__MeterSpec *spec)
{
	return spec && spec->unit == P4__CONFIG__V1__METER_SPEC__UNIT__PACKETS ? "packets"
									       : "bytes";
}

/* The table's own counter or meter */
static void put_direct(json_object *table, const char *what,
		       const P4__Config__V1__Preamble *preamble, const char *unit)
{
	json_object *o = json_object_new_object();

	put_string(o, "name", preamble ? preamble->name : "?");
	put_string(o, "unit", unit);
	json_object_object_add(table, what, o);
}

static json_object *table_json(const offer_t *info, const offer_table_t *t)
{
	json_object *o = json_object_new_object();
	json_object *keys = json_object_new_array(), *actions = json_object_new_array();
	const P4__Config__V1__DirectCounter *counter = info_direct_counter(info, t->preamble->id);
	const P4__Config__V1__DirectMeter *meter = info_direct_meter(info, t->preamble->id);

	put_string(o, "name", t->preamble->name);
	for (size_t i = 0; i < t->n_match_fields; i++) {
		json_object *key = json_object_new_object();

		put_string(key, "name", t->match_fields[i]->name);
		put_number(key, "bits", t->match_fields[i]->bitwidth);
		put_string(key, "match", offer_field_kind_name(t->match_fields[i]));
		json_object_array_add(keys, key);
	}
	json_object_object_add(o, "keys", keys);
	for (size_t i = 0; i < t->n_action_refs; i++) {
		const offer_action_t *a = offer_action_by_id(info, t->action_refs[i]->id);

		if (a)
			json_object_array_add(actions, string_json(a->preamble->name));
	}
	json_object_object_add(o, "actions", actions);
	put_number(o, "size", t->size);
	put_flag(o, "const", t->is_const_table);
	if (counter)
		put_direct(o, "counter", counter->preamble, count_unit(counter->spec));
	if (meter)
		put_direct(o, "meter", meter->preamble, rate_unit(meter->spec));
	return o;
}

static json_object *action_json(const offer_action_t *a)
{
	json_object *o = json_object_new_object(), *args = json_object_new_array();

	put_string(o, "name", a->preamble->name);
	for (size_t i = 0; i < a->n_params; i++) {
		json_object *arg = json_object_new_object();

		put_string(arg, "name", a->params[i]->name);
		put_number(arg, "bits", a->params[i]->bitwidth);
		json_object_array_add(args, arg);
	}
	json_object_object_add(o, "args", args);
	return o;
}

/* The next one of a list; its name, if it has one, and how many cells or members. */
static json_object *item_new(json_object *list, const P4__Config__V1__Preamble *preamble,
			     uint64_t size)
{
	json_object *o = json_object_new_object();

	put_string(o, "name", preamble ? preamble->name : "?");
	put_number(o, "size", size);
	json_object_array_add(list, o);
	return o;
}

static json_object *put_list(json_object *o, const char *name)
{
	json_object *list = json_object_new_array();

	json_object_object_add(o, name, list);
	return list;
}

static void put_offer(json_object *o, const offer_t *info)
{
	json_object *list = put_list(o, "tables");

	for (size_t i = 0; i < info->n_tables; i++)
		if (info->tables[i]->preamble)
			json_object_array_add(list, table_json(info, info->tables[i]));
	list = put_list(o, "actions");
	for (size_t i = 0; i < info->n_actions; i++)
		if (info->actions[i]->preamble)
			json_object_array_add(list, action_json(info->actions[i]));
	list = put_list(o, "counters");
	for (size_t i = 0; i < info->n_counters; i++) {
		const offer_counter_t *c = info->counters[i];

		put_string(item_new(list, c->preamble, c->size), "unit", count_unit(c->spec));
	}
	list = put_list(o, "registers");
	for (size_t i = 0; i < info->n_registers; i++) {
		const offer_register_t *r = info->registers[i];
		struct offer_number cell = offer_cell(info, r->type_spec);
		json_object *item = item_new(list, r->preamble, r->size);
		char type[16];

		put_string(item, "type", offer_type(cell, type));
		put_number(item, "bits", cell.bits);
	}
	list = put_list(o, "meters");
	for (size_t i = 0; i < info->n_meters; i++) {
		const offer_meter_t *m = info->meters[i];

		put_string(item_new(list, m->preamble, m->size), "unit", rate_unit(m->spec));
	}
	list = put_list(o, "valuesets");
	for (size_t i = 0; i < info->n_value_sets; i++)
		item_new(list, info->value_sets[i]->preamble, info->value_sets[i]->size);
	list = put_list(o, "digests");
	for (size_t i = 0; i < info->n_digests; i++)
		if (info->digests[i]->preamble)
			json_object_array_add(list, string_json(info->digests[i]->preamble->name));
}

static const char *text_of(json_object *o, const char *key)
{
	return json_object_get_string(json_object_object_get(o, key));
}

static const char *type_of(json_object *o, char out[16])
{
	return offer_bits(json_object_get_int(json_object_object_get(o, "bits")), out);
}

#define EACH(list, item)                                                                           \
	for (size_t i_ = 0; i_ < json_object_array_length(list) &&                                 \
			    ((item) = json_object_array_get_idx(list, i_));                        \
	     i_++)

static void print_offer(json_object *o)
{
	static const char *const direct[] = { "counter", "meter" };
	json_object *item, *part;
	char type[16];

	EACH(json_object_object_get(o, "tables"), item) {
		printf("table %s size %s%s\n", text_of(item, "name"), text_of(item, "size"),
		       json_object_get_boolean(json_object_object_get(item, "const")) ? " const"
										      : "");
		json_object *keys = json_object_object_get(item, "keys");
		json_object *actions = json_object_object_get(item, "actions");

		for (size_t i = 0; i < json_object_array_length(keys); i++) {
			part = json_object_array_get_idx(keys, i);
			printf("    key %s %s %s\n", text_of(part, "name"), type_of(part, type),
			       text_of(part, "match"));
		}
		for (size_t i = 0; i < json_object_array_length(actions); i++)
			printf("    action %s\n",
			       json_object_get_string(json_object_array_get_idx(actions, i)));
		for (int i = 0; i < 2; i++)
			if (json_object_object_get_ex(item, direct[i], &part))
				printf("    direct %s %s unit %s\n", direct[i],
				       text_of(part, "name"), text_of(part, "unit"));
	}
	EACH(json_object_object_get(o, "actions"), item) {
		json_object *args = json_object_object_get(item, "args");

		printf("action %s", text_of(item, "name"));
		for (size_t i = 0; i < json_object_array_length(args); i++) {
			part = json_object_array_get_idx(args, i);
			printf(" %s=%s", text_of(part, "name"), type_of(part, type));
		}
		putchar('\n');
	}
	EACH(json_object_object_get(o, "counters"), item)
		printf("counter %s size %s unit %s\n", text_of(item, "name"), text_of(item, "size"),
		       text_of(item, "unit"));
	EACH(json_object_object_get(o, "registers"), item)
		printf("register %s size %s %s\n", text_of(item, "name"), text_of(item, "size"),
		       text_of(item, "type"));
	EACH(json_object_object_get(o, "meters"), item)
		printf("meter %s size %s unit %s\n", text_of(item, "name"), text_of(item, "size"),
		       text_of(item, "unit"));
	EACH(json_object_object_get(o, "valuesets"), item)
		printf("valueset %s size %s\n", text_of(item, "name"), text_of(item, "size"));
	EACH(json_object_object_get(o, "digests"), item)
		printf("digest %s\n", json_object_get_string(item));
}

static json_object *direction_json(const Transp4__V1__StatusResponse__Direction *d)
{
	json_object *o = json_object_new_object();

	put_number(o, "forwarded", d ? d->forwarded : 0);
	put_number(o, "dropped", d ? d->dropped : 0);
	put_number(o, "rewritten", d ? d->rewritten : 0);
	put_number(o, "bad", d ? d->bad : 0);
	return o;
}

static void put_status(json_object *o, const Transp4__V1__StatusResponse *s)
{
	json_object *ports = json_object_new_array();

	put_string(o, "program", *s->program ? s->program : NULL);
	put_string(o, "isolation", s->isolation);
	put_number(o, "generation", s->program_generation);
	put_number(o, "uptime_ms", s->uptime_ns / 1000000);
	put_number(o, "digests_lost", s->digests_lost);
	put_number(o, "logs_lost", s->logs_lost);
	for (size_t i = 0; i < s->n_ports; i++) {
		json_object *p = json_object_new_object();

		put_number(p, "slot", s->ports[i]->slot);
		put_string(p, "interface", s->ports[i]->ifname);
		put_number(p, "queue", s->ports[i]->queue);
		put_flag(p, "live", s->ports[i]->live);
		json_object_object_add(p, "rx", direction_json(s->ports[i]->rx));
		json_object_object_add(p, "tx", direction_json(s->ports[i]->tx));
		json_object_array_add(ports, p);
	}
	json_object_object_add(o, "ports", ports);
}

static int program_show(const struct call *c)
{
	Transp4__V1__StatusResponse *status;
	struct running r;
	json_object *o;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	err = client_status(r.client, &status, &r.error);
	if (err) {
		err = running_complain(&r, err);
		goto out;
	}
	o = json_object_new_object();
	put_string(o, "vm", r.name);
	put_status(o, status);
	put_offer(o, r.info);
	if (output_json) {
		client_status_free(status);
		err = output_document(o);
		goto out;
	}
	printf("P4 VM %s runs %s, isolation %s, program %s since its start, up %s ms\n", r.name,
	       json_object_object_get_ex(o, "program", NULL) ? text_of(o, "program") : "a program",
	       text_of(o, "isolation"), text_of(o, "generation"), text_of(o, "uptime_ms"));
	if (status->digests_lost || status->logs_lost)
		printf("lost, as too many waited: %s digests, %s log lines\n",
		       text_of(o, "digests_lost"), text_of(o, "logs_lost"));
	client_status_free(status);
	print_offer(o);
	json_object_put(o);
	err = output_flush();
out:
	running_close(&r);
	return err;
}

/*
 * replace
 */

/*
 * So that `vm list` tells what runs; nothing hangs on it, and who has the lock
 * starts or stops the P4 VM and writes another state.
 */
static void state_note(const char *name, const char *path)
{
	int lock = vmstate_try_lock(name);
	struct vmstate s;

	if (lock < 0)
		return;
	vmstate_read(name, &s);
	if (s.life == VMSTATE_RUNNING) {
		if (!realpath(path, s.program))
			snprintf(s.program, sizeof(s.program), "%s", path);
		vmstate_write(&s);
	}
	close(lock);
}

static int program_replace(const struct call *c)
{
	const char *name = call_word(c, 0), *path = call_word(c, 1);
	struct running r = { .name = name };
	struct object o;
	int err = EXIT_FAILED;

	if (!object_read(path, &o))
		return EXIT_FAILED;
	r.client = vmstate_client(name);
	if (r.client) {
		err = client_program_set(
			r.client, o.bytes, o.len,
			call_flag(c, "--keep-entries") ? CLIENT_KEEP : CLIENT_REPLACE, &r.error);
		if (err)
			err = running_complain(&r, err);
		else
			state_note(name, path);
		running_close(&r);
	}
	object_free(&o);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define NAME { .name = "NAME", .kind = WORD_VM }

static const struct command show_command = {
	.name = "show",
	.brief = "show a P4 VM's program: tables, actions and what else it has",
	.run = program_show,
	.words = (const struct word[]){ NAME, { NULL } },
};

static const struct command replace_command = {
	.name = "replace",
	.brief = "let a P4 VM decide by another program from now on",
	.run = program_replace,
	.acts = true,
	.words = (const struct word[]){ NAME, { .name = "OUT", .kind = WORD_FILE }, { NULL } },
	.options = (const struct option[]){
		{ "--keep-entries", NULL, WORD_TEXT,
		  .help = "bring along the table entries, and what else was set or counted" },
		{ NULL } },
	.more = "No packet is lost or reordered by it.  Tables, counters and registers start afresh.\n"
		"With --keep-entries every entry must fit the new program, or nothing is done; it\n"
		"decides with all of them from its first packet on, for which packets wait, about a\n"
		"millisecond for a few hundred entries.  So do members of value sets and profiles, and\n"
		"default actions that were set.  Counters, registers of numbers and meters go on where\n"
		"the new program has them with the same name, size and kind.\n",
};

const struct command program_command = {
	.name = "program",
	.brief = "show and replace the program of a P4 VM",
	.sub = (const struct command *const[]){ &show_command, &replace_command, NULL },
};
