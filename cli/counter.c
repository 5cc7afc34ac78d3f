// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * counter.c - counters and registers of a running program.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/running.h"

/* -1: none was given; false: complained */
static bool index_read(const struct call *c, int word, int64_t size, int64_t *out)
{
	const char *text = call_word(c, word);
	uint64_t v;

	*out = -1;
	if (!text)
		return true;
	if (!number_parse(text, INT64_MAX, &v)) {
		complain("index '%s' is not a number; write one from 0 to %lld", text,
			 (long long)size - 1);
		return false;
	}
	if (size && (int64_t)v >= size) {
		complain("index %s is out of range; write one from 0 to %lld", text,
			 (long long)size - 1);
		return false;
	}
	*out = v;
	return true;
}

struct reading {
	json_object *array;
	const offer_counter_t *counter;
	const offer_register_t *reg;
	bool all; /* cells that are 0, too */
};

/*
 * Counters
 */

static bool counts_packets(const offer_counter_t *c)
{
	return !c->spec || c->spec->unit != P4__CONFIG__V1__COUNTER_SPEC__UNIT__BYTES;
}

static bool counts_bytes(const offer_counter_t *c)
{
	return !c->spec || c->spec->unit != P4__CONFIG__V1__COUNTER_SPEC__UNIT__PACKETS;
}

static int counter_take(void *arg, uint32_t id, int64_t index, const struct pipeline_count *count)
{
	struct reading *r = arg;
	json_object *o;

	if (!r->all && !count->packets && !count->bytes)
		return 0;
	o = json_object_new_object();
	put_string(o, "counter", r->counter->preamble->name);
	put_number(o, "index", index);
	if (counts_packets(r->counter))
		put_number(o, "packets", count->packets);
	if (counts_bytes(r->counter))
		put_number(o, "bytes", count->bytes);
	json_object_array_add(r->array, o);
	return 0;
}

static int print_counters(const struct reading *r)
{
	struct column columns[3] = { { "index", "INDEX" } };
	int n = 1;

	if (counts_packets(r->counter))
		columns[n++] = (struct column){ "packets", "PACKETS" };
	if (counts_bytes(r->counter))
		columns[n++] = (struct column){ "bytes", "BYTES" };
	return output_table(r->array, columns, n);
}

static int counter_read(const struct call *c)
{
	struct reading reading = { .all = call_flag(c, "--all") || call_word(c, 2) };
	struct offer_error why;
	struct running r;
	int64_t index;
	int err = EXIT_FAILED;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	reading.counter = offer_counter(r.info, call_word(c, 1), &why);
	if (!reading.counter) {
		complain("%s", why.text);
		goto out;
	}
	if (!index_read(c, 2, reading.counter->size, &index))
		goto out;
	reading.array = json_object_new_array();
	err = client_counter_visit(r.client, reading.counter->preamble->id, index, counter_take,
				   &reading, &r.error);
	if (err) {
		err = running_complain(&r, err);
		json_object_put(reading.array);
		goto out;
	}
	err = print_counters(&reading);
out:
	running_close(&r);
	return err;
}

/* Indices of the cells that have counted. */
static int counter_reset(const struct call *c)
{
	struct reading reading = { 0 };
	struct pipeline_count zero = { 0 };
	struct offer_error why;
	struct running r;
	int64_t index;
	int err = EXIT_FAILED;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	reading.array = json_object_new_array();
	reading.counter = offer_counter(r.info, call_word(c, 1), &why);
	if (!reading.counter) {
		complain("%s", why.text);
		goto out;
	}
	if (!index_read(c, 2, reading.counter->size, &index))
		goto out;
	err = client_counter_visit(r.client, reading.counter->preamble->id, index, counter_take,
				   &reading, &r.error);
	for (size_t i = 0; !err && i < json_object_array_length(reading.array); i++) {
		json_object *o = json_object_array_get_idx(reading.array, i);

		index = json_object_get_int64(json_object_object_get(o, "index"));
		err = client_counter_write(r.client, reading.counter->preamble->id, index, &zero,
					   &r.error);
	}
	if (err)
		err = running_complain(&r, err);
out:
	json_object_put(reading.array);
	running_close(&r);
	return err;
}

/*
 * Registers
 */

static int register_take(void *arg, uint32_t id, int64_t index, const struct pipeline_bytes *value)
{
	struct reading *r = arg;
	const char *name = r->reg->preamble->name;
	unsigned int width = offer_register_width(r->reg);
	char text[VALUE_TEXT_MAX];
	json_object *o;
	struct value v;
	bool zero = true;

	for (size_t i = 0; i < value->len; i++)
		zero &= !value->data[i];
	if (!r->all && zero)
		return 0;
	value_from_bytes(value->data, value->len, width, &v);
	value_print(&v, width, offer_style(name, width, NULL, 0), text, sizeof(text));
	o = json_object_new_object();
	put_string(o, "register", name);
	put_number(o, "index", index);
	put_string(o, "value", text);
	json_object_array_add(r->array, o);
	return 0;
}

static int register_read(const struct call *c)
{
	static const struct column columns[] = { { "index", "INDEX" }, { "value", "VALUE" } };
	struct reading reading = { .all = call_flag(c, "--all") || call_word(c, 2) };
	struct offer_error why;
	struct running r;
	int64_t index;
	int err = EXIT_FAILED;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	reading.reg = offer_register(r.info, call_word(c, 1), &why);
	if (!reading.reg) {
		complain("%s", why.text);
		goto out;
	}
	if (!index_read(c, 2, reading.reg->size, &index))
		goto out;
	reading.array = json_object_new_array();
	err = client_register_visit(r.client, reading.reg->preamble->id, index, register_take,
				    &reading, &r.error);
	if (err) {
		err = running_complain(&r, err);
		json_object_put(reading.array);
		goto out;
	}
	err = output_table(reading.array, columns, 2);
out:
	running_close(&r);
	return err;
}

static int register_write(const struct call *c)
{
	struct pipeline_bytes bytes;
	const offer_register_t *reg;
	struct offer_error why;
	const char *wrong;
	struct running r;
	struct value v;
	int64_t index;
	int err = EXIT_FAILED;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	reg = offer_register(r.info, call_word(c, 1), &why);
	if (!reg) {
		complain("%s", why.text);
		goto out;
	}
	if (!index_read(c, 2, reg->size, &index))
		goto out;
	wrong = value_parse(call_word(c, 3), offer_register_width(reg), &v);
	if (wrong) {
		complain("register %s cannot hold '%s': %s; it is bit<%u>", reg->preamble->name,
			 call_word(c, 3), wrong, offer_register_width(reg));
		goto out;
	}
	bytes = (struct pipeline_bytes){ v.bytes, v.len };
	err = client_register_write(r.client, reg->preamble->id, index, &bytes, &r.error);
	if (err)
		err = running_complain(&r, err);
out:
	running_close(&r);
	return err;
}

/*
 * The commands
 */

#define VM  { .name = "NAME", .kind = WORD_VM }
#define ALL { "--all", NULL, WORD_TEXT, .help = "show cells that are 0, too" }

static const struct command counter_read_command = {
	.name = "read",
	.brief = "show cells of a counter; without INDEX those that have counted",
	.run = counter_read,
	.words = (const struct word[]){
		VM, { .name = "COUNTER", .kind = WORD_COUNTER },
		{ .name = "INDEX", .kind = WORD_NUMBER, .optional = true }, { NULL } },
	.options = (const struct option[]){ ALL, { NULL } },
};

static const struct command counter_reset_command = {
	.name = "reset",
	.brief = "set a cell of a counter, or all of them, to 0",
	.run = counter_reset,
	.words = (const struct word[]){
		VM, { .name = "COUNTER", .kind = WORD_COUNTER },
		{ .name = "INDEX", .kind = WORD_NUMBER, .optional = true }, { NULL } },
};

const struct command counter_command = {
	.name = "counter",
	.brief = "read and reset counters",
	.sub = (const struct command *const[]){ &counter_read_command, &counter_reset_command,
						NULL },
};

static const struct command register_read_command = {
	.name = "read",
	.brief = "show cells of a register; without INDEX those that are not 0",
	.run = register_read,
	.words = (const struct word[]){
		VM, { .name = "REGISTER", .kind = WORD_REGISTER },
		{ .name = "INDEX", .kind = WORD_NUMBER, .optional = true }, { NULL } },
	.options = (const struct option[]){ ALL, { NULL } },
};

static const struct command register_write_command = {
	.name = "write",
	.brief = "set a cell of a register",
	.run = register_write,
	.words = (const struct word[]){
		VM, { .name = "REGISTER", .kind = WORD_REGISTER },
		{ .name = "INDEX", .kind = WORD_NUMBER }, { .name = "VALUE" }, { NULL } },
};

const struct command register_command = {
	.name = "register",
	.brief = "read and write registers",
	.sub = (const struct command *const[]){ &register_read_command, &register_write_command,
						NULL },
};
