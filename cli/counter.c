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

/* The cells of a counter or of a register that a command is about. */
struct cells {
	struct running running;
	const offer_counter_t *counter;
	const offer_register_t *reg;
	int64_t index;      /* -1: all */
	bool all;           /* those that are 0, too */
	json_object *array; /* what was read */
};

/* Of the words VM, COUNTER or REGISTER, [INDEX]; false: complained. */
static bool cells_open(struct cells *x, const struct call *c, bool counter)
{
	const char *name = call_word(c, 1);
	struct offer_error why;
	int64_t size;

	*x = (struct cells){ .all = call_flag(c, "--all") || call_word(c, 2) };
	if (!running_open(&x->running, call_word(c, 0)))
		return false;
	if (counter)
		x->counter = offer_counter(x->running.info, name, &why);
	else
		x->reg = offer_register(x->running.info, name, &why);
	if (!x->counter && !x->reg) {
		complain("%s", why.text);
	} else {
		size = counter ? x->counter->size : x->reg->size;
		if (index_read(c, 2, size, &x->index)) {
			x->array = json_object_new_array();
			return true;
		}
	}
	running_close(&x->running);
	return false;
}

/* @columns NULL: print nothing; the exit status. */
static int cells_close(struct cells *x, int err, const struct column *columns, int n)
{
	if (err)
		err = running_complain(&x->running, err);
	else if (columns)
		err = output_table(json_object_get(x->array), columns, n);
	json_object_put(x->array);
	running_close(&x->running);
	return err;
}

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
	struct cells *x = arg;
	json_object *o;

	if (!x->all && !count->packets && !count->bytes)
		return 0;
	o = json_object_new_object();
	put_string(o, "counter", x->counter->preamble->name);
	put_number(o, "index", index);
	if (counts_packets(x->counter))
		put_number(o, "packets", count->packets);
	if (counts_bytes(x->counter))
		put_number(o, "bytes", count->bytes);
	json_object_array_add(x->array, o);
	return 0;
}

static int counter_visit(struct cells *x)
{
	return client_counter_visit(x->running.client, x->counter->preamble->id, x->index,
				    counter_take, x, &x->running.error);
}

static int counter_read(const struct call *c)
{
	struct column columns[3] = { { "index", "INDEX" } };
	struct cells x;
	int n = 1;

	if (!cells_open(&x, c, true))
		return EXIT_FAILED;
	if (counts_packets(x.counter))
		columns[n++] = (struct column){ "packets", "PACKETS" };
	if (counts_bytes(x.counter))
		columns[n++] = (struct column){ "bytes", "BYTES" };
	return cells_close(&x, counter_visit(&x), columns, n);
}

static int counter_reset(const struct call *c)
{
	struct pipeline_count zero = { 0 };
	struct cells x;
	int err;

	if (!cells_open(&x, c, true))
		return EXIT_FAILED;
	x.all = false; /* only those that have counted */
	err = counter_visit(&x);
	for (size_t i = 0; !err && i < json_object_array_length(x.array); i++) {
		json_object *o = json_object_array_get_idx(x.array, i);

		err = client_counter_write(
			x.running.client, x.counter->preamble->id,
			json_object_get_int64(json_object_object_get(o, "index")), &zero,
			&x.running.error);
	}
	return cells_close(&x, err, NULL, 0);
}

/*
 * Registers
 */

static int register_take(void *arg, uint32_t id, int64_t index, const struct pipeline_bytes *value)
{
	struct cells *x = arg;
	const char *name = x->reg->preamble->name;
	unsigned int width = offer_register_width(x->reg);
	char text[VALUE_TEXT_MAX];
	json_object *o;
	struct value v;
	bool zero = true;

	for (size_t i = 0; i < value->len; i++)
		zero &= !value->data[i];
	if (!x->all && zero)
		return 0;
	value_from_bytes(value->data, value->len, width, &v);
	value_print(&v, width, offer_style(name, width, NULL, 0), text, sizeof(text));
	o = json_object_new_object();
	put_string(o, "register", name);
	put_number(o, "index", index);
	put_string(o, "value", text);
	json_object_array_add(x->array, o);
	return 0;
}

static int register_read(const struct call *c)
{
	static const struct column columns[] = { { "index", "INDEX" }, { "value", "VALUE" } };
	struct cells x;
	int err;

	if (!cells_open(&x, c, false))
		return EXIT_FAILED;
	err = client_register_visit(x.running.client, x.reg->preamble->id, x.index, register_take,
				    &x, &x.running.error);
	return cells_close(&x, err, columns, 2);
}

static int register_write(const struct call *c)
{
	struct pipeline_bytes bytes;
	unsigned int width;
	const char *wrong;
	struct cells x;
	struct value v;
	int err;

	if (!cells_open(&x, c, false))
		return EXIT_FAILED;
	width = offer_register_width(x.reg);
	wrong = value_parse(call_word(c, 3), width, &v);
	if (wrong) {
		complain("register %s cannot hold '%s': %s; it is bit<%u>", x.reg->preamble->name,
			 call_word(c, 3), wrong, width);
		cells_close(&x, 0, NULL, 0);
		return EXIT_FAILED;
	}
	bytes = (struct pipeline_bytes){ v.bytes, v.len };
	err = client_register_write(x.running.client, x.reg->preamble->id, x.index, &bytes,
				    &x.running.error);
	return cells_close(&x, err, NULL, 0);
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
