// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * cell.c - counters, registers and meters of a running program.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/entry.h"
#include "cli/output.h"
#include "cli/running.h"

/* The cells that a command is about: of one of the three. */
struct cells {
	struct running running;
	const offer_counter_t *counter;
	const offer_register_t *reg;
	struct offer_number cell; /* of the register */
	const offer_meter_t *meter;
	uint32_t id;
	int64_t index; /* -1: several */
	int64_t first, last;
	bool all;           /* those that say nothing, too */
	json_object *array; /* what was read */
};

enum cell_kind { COUNTER, REGISTER, METER };

/* The number of a word; false: complained. */
static bool number_read(const struct call *c, int word, const char *what, int64_t max, int64_t *out)
{
	uint64_t v;

	if (!number_parse(call_word(c, word), max, &v)) {
		complain("%s '%s' is not a number from 0 to %lld; write one", what,
			 call_word(c, word), (long long)max);
		return false;
	}
	*out = v;
	return true;
}

/* INDEX or FIRST..LAST, up to @max; false: complained. */
static bool index_read(struct cells *x, const struct call *c, int64_t max)
{
	const char *text = call_word(c, 2), *dots = strstr(text, "..");
	uint64_t first, last;
	char left[24];

	if (!dots) {
		if (!number_read(c, 2, "index", max, &x->index))
			return false;
		x->first = x->last = x->index;
		return true;
	}
	snprintf(left, sizeof(left), "%.*s", (int)(dots - text), text);
	if (dots >= text + sizeof(left) || !number_parse(left, max, &first) ||
	    !number_parse(dots + 2, max, &last) || first > last) {
		complain("'%s' is no range of numbers from 0 to %lld; write it as FIRST..LAST",
			 text, (long long)max);
		return false;
	}
	x->first = first;
	x->last = last;
	return true;
}

/* Of the words VM, COUNTER or REGISTER or METER, [INDEX]; false: complained. */
static bool cells_open(struct cells *x, const struct call *c, enum cell_kind kind)
{
	const P4__Config__V1__Preamble *preamble = NULL;
	const char *name = call_word(c, 1);
	struct offer_error why;
	int64_t size = 0;

	*x = (struct cells){ .index = -1,
			     .last = INT64_MAX,
			     .all = call_flag(c, "--all") || call_word(c, 2) };
	if (!running_open(&x->running, call_word(c, 0)))
		return false;
	if (kind == COUNTER && (x->counter = offer_counter(x->running.info, name, &why))) {
		preamble = x->counter->preamble;
		size = x->counter->size;
	} else if (kind == REGISTER && (x->reg = offer_register(x->running.info, name, &why))) {
		preamble = x->reg->preamble;
		size = x->reg->size;
		x->cell = offer_cell(x->running.info, x->reg->type_spec);
	} else if (kind == METER && (x->meter = offer_meter(x->running.info, name, &why))) {
		preamble = x->meter->preamble;
		size = x->meter->size;
	}
	if (!preamble) {
		complain("%s", why.text);
	} else if (kind == REGISTER && (!x->cell.is || x->cell.bits > VALUE_BITS_MAX)) {
		complain(
			"register %s has no numbers of up to %u bits in its cells; only the program "
			"can read and write them",
			preamble->name, VALUE_BITS_MAX);
	} else if (!call_word(c, 2) || index_read(x, c, size ? size - 1 : INT64_MAX)) {
		x->id = preamble->id;
		x->array = json_object_new_array();
		return true;
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

/* The same of one cell. */
static bool cell_open(struct cells *x, const struct call *c, enum cell_kind kind)
{
	if (!cells_open(x, c, kind))
		return false;
	if (x->index >= 0)
		return true;
	complain("'%s' is several cells; write the index of one", call_word(c, 2));
	cells_close(x, 0, NULL, 0);
	return false;
}

/* Not among those that were asked for, or it says nothing */
static bool is_left_out(const struct cells *x, int64_t index, bool nothing)
{
	return index < x->first || index > x->last || (nothing && !x->all);
}

/*
 * Counters
 */

static int counter_take(void *arg, uint32_t id, int64_t index, const struct pipeline_count *count)
{
	struct cells *x = arg;
	json_object *o;

	if (is_left_out(x, index, !count->packets && !count->bytes))
		return 0;
	o = json_object_new_object();
	put_string(o, "counter", x->counter->preamble->name);
	put_number(o, "index", index);
	if (offer_counts_packets(x->counter->spec))
		put_number(o, "packets", count->packets);
	if (offer_counts_bytes(x->counter->spec))
		put_number(o, "bytes", count->bytes);
	json_object_array_add(x->array, o);
	return 0;
}

static int counter_visit(struct cells *x)
{
	return client_counter_visit(x->running.client, x->id, x->index, counter_take, x,
				    &x->running.error);
}

static int counter_read(const struct call *c)
{
	struct column columns[3] = { { "index", "INDEX" } };
	struct cells x;
	int n = 1;

	if (!cells_open(&x, c, COUNTER))
		return EXIT_FAILED;
	if (offer_counts_packets(x.counter->spec))
		columns[n++] = (struct column){ "packets", "PACKETS" };
	if (offer_counts_bytes(x.counter->spec))
		columns[n++] = (struct column){ "bytes", "BYTES" };
	return cells_close(&x, counter_visit(&x), columns, n);
}

/*
 * Registers
 */

static int register_take(void *arg, uint32_t id, int64_t index, const struct pipeline_bytes *value)
{
	struct cells *x = arg;
	const char *name = x->reg->preamble->name;
	unsigned int width = offer_width(x->cell.bits);
	enum value_style style = offer_style(name, width, NULL, 0);
	char text[VALUE_TEXT_MAX];
	json_object *o;
	struct value v;
	bool zero = true;

	for (size_t i = 0; i < value->len; i++)
		zero &= !value->data[i];
	if (is_left_out(x, index, zero))
		return 0;
	(x->cell.is_signed ? value_from_signed : value_from_bytes)(value->data, value->len, width,
								   &v);
	value_print(&v, width, x->cell.is_signed ? VALUE_SIGNED : style, text, sizeof(text));
	o = json_object_new_object();
	put_string(o, "register", name);
	put_number(o, "index", index);
	put_string(o, "value", text);
	json_object_array_add(x->array, o);
	return 0;
}

static int register_visit(struct cells *x)
{
	return client_register_visit(x->running.client, x->id, x->index, register_take, x,
				     &x->running.error);
}

static int register_read(const struct call *c)
{
	static const struct column columns[] = { { "index", "INDEX" }, { "value", "VALUE" } };
	struct cells x;

	if (!cells_open(&x, c, REGISTER))
		return EXIT_FAILED;
	return cells_close(&x, register_visit(&x), columns, 2);
}

static int register_write(const struct call *c)
{
	struct pipeline_bytes bytes;
	char type[16];
	unsigned int width;
	const char *wrong;
	struct cells x;
	struct value v;
	int err;

	if (!cell_open(&x, c, REGISTER))
		return EXIT_FAILED;
	width = offer_width(x.cell.bits);
	wrong = (x.cell.is_signed ? value_parse_signed : value_parse)(call_word(c, 3), width, &v);
	if (wrong) {
		complain("register %s cannot hold '%s': %s; its type is %s", x.reg->preamble->name,
			 call_word(c, 3), wrong, offer_type(x.cell, type));
		cells_close(&x, 0, NULL, 0);
		return EXIT_FAILED;
	}
	if (x.cell.is_signed && width % 8 && v.bytes[0] >> (width % 8 - 1))
		v.bytes[0] |= (uint8_t)(0xffU << width % 8);
	bytes = (struct pipeline_bytes){ v.bytes, v.len };
	err = client_register_write(x.running.client, x.id, x.index, &bytes, &x.running.error);
	return cells_close(&x, err, NULL, 0);
}

/*
 * Resetting either, cell by cell: those that are not 0
 */

static int cells_reset(const struct call *c, enum cell_kind kind)
{
	static const struct pipeline_count none;
	const struct pipeline_bytes zero = { (const uint8_t *)"", 1 };
	struct cells x;
	int err;

	if (!cells_open(&x, c, kind))
		return EXIT_FAILED;
	x.all = false;
	err = kind == COUNTER ? counter_visit(&x) : register_visit(&x);
	for (size_t i = 0; !err && i < json_object_array_length(x.array); i++) {
		json_object *o = json_object_array_get_idx(x.array, i);
		int64_t index = json_object_get_int64(json_object_object_get(o, "index"));

		if (kind == COUNTER)
			err = client_counter_write(x.running.client, x.id, index, &none,
						   &x.running.error);
		else
			err = client_register_write(x.running.client, x.id, index, &zero,
						    &x.running.error);
	}
	return cells_close(&x, err, NULL, 0);
}

static int counter_reset(const struct call *c)
{
	return cells_reset(c, COUNTER);
}

static int register_reset(const struct call *c)
{
	return cells_reset(c, REGISTER);
}

/*
 * Meters
 */

static int meter_take(void *arg, uint32_t id, int64_t index, const struct pipeline_rates *rates)
{
	struct cells *x = arg;
	json_object *o;

	if (is_left_out(x, index, !rates->set))
		return 0;
	o = json_object_new_object();
	put_string(o, "meter", x->meter->preamble->name);
	put_number(o, "index", index);
	put_rates(o, rates);
	json_object_array_add(x->array, o);
	return 0;
}

static int meter_read(const struct call *c)
{
	static const struct column columns[] = {
		{ "index", "INDEX" },           { "rate", "RATE" },
		{ "burst", "BURST" },           { "peak", "PEAK" },
		{ "peak_burst", "PEAK-BURST" },
	};
	struct cells x;
	int err;

	if (!cells_open(&x, c, METER))
		return EXIT_FAILED;
	err = client_meter_visit(x.running.client, x.id, x.index, meter_take, &x, &x.running.error);
	return cells_close(&x, err, columns, 5);
}

/* @rates NULL: take them away. */
static int meter_set(const struct call *c, const struct pipeline_rates *rates)
{
	struct cells x;

	if (!cell_open(&x, c, METER))
		return EXIT_FAILED;
	return cells_close(
		&x, client_meter_write(x.running.client, x.id, x.index, rates, &x.running.error),
		NULL, 0);
}

static int meter_write(const struct call *c)
{
	static const char *const what[] = { "rate", "burst", "peak rate", "peak burst" };
	int64_t v[4];

	if (call_word(c, 5) && !call_word(c, 6))
		return complain_usage(c, "PEAK needs PEAK-BURST");
	for (int i = 0; i < 4 && call_word(c, 3 + i); i++) {
		if (!number_read(c, 3 + i, what[i], INT64_MAX, &v[i]))
			return EXIT_FAILED;
		if (i < 2)
			v[i + 2] = v[i];
	}
	if (v[2] < v[0])
		return complain_usage(c, "PEAK is below RATE");
	return meter_set(c, &(struct pipeline_rates){ true, v[0], v[1], v[2], v[3] });
}

static int meter_reset(const struct call *c)
{
	return meter_set(c, NULL);
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

/*
 * The commands
 */

#define COUNTER_WORD  { .name = "COUNTER", .kind = WORD_COUNTER }
#define REGISTER_WORD { .name = "REGISTER", .kind = WORD_REGISTER }
#define METER_WORD    { .name = "METER", .kind = WORD_METER }
#define INDEX { .name = "INDEX", .kind = WORD_NUMBER }
#define CELLS { .name = "INDEX[..LAST]", .kind = WORD_NUMBER, .optional = true }
#define VM  { .name = "NAME", .kind = WORD_VM }
#define ALL { "--all", NULL, WORD_TEXT, .help = "show all the others, too" }

static const struct command counter_read_command = {
	.name = "read",
	.brief = "show cells of a counter; without INDEX those that have counted",
	.run = counter_read,
	.words = (const struct word[]){
		VM, COUNTER_WORD, CELLS, { NULL } },
	.options = (const struct option[]){ ALL, { NULL } },
};

static const struct command counter_reset_command = {
	.name = "reset",
	.brief = "set cells of a counter, or all of them, to 0",
	.run = counter_reset,
	.acts = true,
	.words = (const struct word[]){
		VM, COUNTER_WORD, CELLS, { NULL } },
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
		VM, REGISTER_WORD, CELLS, { NULL } },
	.options = (const struct option[]){ ALL, { NULL } },
};

static const struct command register_write_command = {
	.name = "write",
	.brief = "set a cell of a register",
	.run = register_write,
	.acts = true,
	.words = (const struct word[]){
		VM, REGISTER_WORD, INDEX, { .name = "VALUE" }, { NULL } },
	.more = "A cell of int<N> may be negative.\n",
};

static const struct command register_reset_command = {
	.name = "reset",
	.brief = "set cells of a register, or all of them, to 0",
	.run = register_reset,
	.acts = true,
	.words = (const struct word[]){
		VM, REGISTER_WORD, CELLS, { NULL } },
};

const struct command register_command = {
	.name = "register",
	.brief = "read, write and reset registers",
	.sub = (const struct command *const[]){ &register_read_command, &register_write_command,
						&register_reset_command, NULL },
};

static const struct command meter_read_command = {
	.name = "read",
	.brief = "show rates of a meter's cells; without INDEX those that have any",
	.run = meter_read,
	.words = (const struct word[]){ VM, METER_WORD, CELLS, { NULL } },
	.options = (const struct option[]){ ALL, { NULL } },
};

static const struct command meter_write_command = {
	.name = "write",
	.brief = "give a cell of a meter its rates, a second",
	.run = meter_write,
	.acts = true,
	.words = (const struct word[]){
		VM, METER_WORD, INDEX, { .name = "RATE", .kind = WORD_NUMBER },
		{ .name = "BURST", .kind = WORD_NUMBER },
		{ .name = "PEAK", .kind = WORD_NUMBER, .optional = true },
		{ .name = "PEAK-BURST", .kind = WORD_NUMBER, .optional = true }, { NULL } },
	.more = "In bytes or packets, as the program has it.  Below RATE it is green, up to PEAK\n"
		"yellow, above red; without PEAK nothing is yellow.\n",
};

static const struct command meter_reset_command = {
	.name = "reset",
	.brief = "take its rates from a cell of a meter: all is green",
	.run = meter_reset,
	.acts = true,
	.words = (const struct word[]){ VM, METER_WORD, INDEX, { NULL } },
};

const struct command meter_command = {
	.name = "meter",
	.brief = "read and set the rates of meters",
	.sub = (const struct command *const[]){ &meter_read_command, &meter_write_command,
						&meter_reset_command, NULL },
};
