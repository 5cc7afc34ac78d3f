// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * meter.c - the rates of a running program's meters.
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/running.h"

/* A number word; false: complained. */
static bool number_read(const struct call *c, int word, const char *what, uint64_t *out)
{
	if (number_parse(call_word(c, word), INT64_MAX, out))
		return true;
	complain("%s '%s' is not a number; write one", what, call_word(c, word));
	return false;
}

/* @rates NULL: take them away. */
static int meter_set(const struct call *c, const struct pipeline_rates *rates)
{
	const offer_meter_t *meter;
	struct offer_error why;
	struct running r;
	uint64_t index;
	int err = EXIT_FAILED;

	if (!number_read(c, 2, "index", &index) || !running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	meter = offer_meter(r.info, call_word(c, 1), &why);
	if (!meter) {
		complain("%s", why.text);
		goto out;
	}
	err = client_meter_write(r.client, meter->preamble->id, index, rates, &r.error);
	if (err)
		err = running_complain(&r, err);
out:
	running_close(&r);
	return err;
}

static int meter_write(const struct call *c)
{
	struct pipeline_rates rates = { .set = true };

	if (!number_read(c, 3, "rate", &rates.cir) || !number_read(c, 4, "burst", &rates.cburst))
		return EXIT_FAILED;
	rates.pir = rates.cir;
	rates.pburst = rates.cburst;
	if (call_word(c, 5) && (!number_read(c, 5, "peak rate", &rates.pir) || !call_word(c, 6) ||
				!number_read(c, 6, "peak burst", &rates.pburst)))
		return call_word(c, 6) ? EXIT_FAILED :
					 complain_usage(c, "PEAK needs PEAK-BURST");
	return meter_set(c, &rates);
}

static int meter_reset(const struct call *c)
{
	return meter_set(c, NULL);
}

#define METER                                                                                      \
	{ .name = "NAME", .kind = WORD_VM }, { .name = "METER" },                                  \
	{                                                                                          \
		.name = "INDEX", .kind = WORD_NUMBER                                               \
	}

static const struct command write_command = {
	.name = "write",
	.brief = "give a cell of a meter its rates, a second",
	.run = meter_write,
	.words = (const struct word[]){ METER,
					{ .name = "RATE", .kind = WORD_NUMBER },
					{ .name = "BURST", .kind = WORD_NUMBER },
					{ .name = "PEAK", .kind = WORD_NUMBER, .optional = true },
					{ .name = "PEAK-BURST", .kind = WORD_NUMBER, .optional = true },
					{ NULL } },
	.more = "In bytes or packets, as the program has it.  Below RATE it is green, up to PEAK\n"
		"yellow, above red; without PEAK nothing is yellow.\n",
};

static const struct command reset_command = {
	.name = "reset",
	.brief = "take its rates from a cell of a meter: all is green",
	.run = meter_reset,
	.words = (const struct word[]){ METER, { NULL } },
};

const struct command meter_command = {
	.name = "meter",
	.brief = "set the rates of meters",
	.sub = (const struct command *const[]){ &write_command, &reset_command, NULL },
};
