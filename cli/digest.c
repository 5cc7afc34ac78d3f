// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * digest.c - what a running program tells control of its packets.
 *
 * A P4 VM keeps a digest until somebody takes it.  Each look is a connection of its own,
 * for a P4 VM has few places for connections, and one that is a guest a single one.
 */
#include <stdio.h>
#include <time.h>

#include "cli/command.h"
#include "cli/data.h"
#include "cli/running.h"
#include "control/info.h"

/* So many at a time, and others wait already: look again at once. */
#define MANY     128U
#define INTERVAL 100000000L /* ns */

struct digests {
	const offer_t *info;
	json_object *array; /* NULL: print each as it comes */
	unsigned int n;
	uint64_t generation, lost; /* of the program that runs, as far as was said */
};

static json_object *digest_json(const struct digests *d, const P4__V1__DigestList *list,
				const P4__V1__P4Data *data)
{
	const P4__Config__V1__Digest *digest = info_digest(d->info, list->digest_id);
	json_object *o = json_object_new_object();
	uint64_t at = list->timestamp;
	char stamp[TIME_TEXT];

	time_text(at / 1000000000, at % 1000000000, stamp);
	put_string(o, "time", stamp);
	put_string(o, "digest", digest ? digest->preamble->name : "?");
	put_value(o, "data", data_json(d->info, "", digest ? digest->type_spec : NULL, data));
	return o;
}

static void digest_print(json_object *o)
{
	printf("%s %s", json_object_get_string(json_object_object_get(o, "time")),
	       json_object_get_string(json_object_object_get(o, "digest")));
	data_json_print(json_object_object_get(o, "data"));
	putchar('\n');
}

static int digest_take(void *arg, const P4__V1__DigestList *list)
{
	struct digests *d = arg;

	for (size_t i = 0; i < list->n_data; i++) {
		json_object *o = digest_json(d, list, list->data[i]);

		d->n++;
		if (d->array) {
			json_object_array_add(d->array, o);
		} else if (output_json) {
			document_print(o, stdout);
		} else {
			digest_print(o);
			json_object_put(o);
		}
	}
	return 0;
}

static void lost_say(struct digests *d, const Transp4__V1__StatusResponse *s)
{
	if (s->program_generation != d->generation)
		d->lost = 0;
	d->generation = s->program_generation;
	if (s->digests_lost > d->lost)
		notice("digests of this program that are lost, as too many waited: %llu so far; "
		       "let 'transp4 digest watch' run",
		       (unsigned long long)s->digests_lost);
	d->lost = s->digests_lost;
}

/* What waits now; the exit status, and what is wrong is said. */
static int digests_take(const char *name, struct digests *d)
{
	Transp4__V1__StatusResponse *status;
	struct running r;
	int err;

	if (!running_open(&r, name))
		return EXIT_FAILED;
	d->info = r.info;
	d->n = 0;
	err = client_digest_take(r.client, digest_take, d, &r.error);
	if (!err)
		err = client_status(r.client, &status, &r.error);
	if (err) {
		err = running_complain(&r, err);
	} else {
		lost_say(d, status);
		client_status_free(status);
	}
	running_close(&r);
	return err;
}

static int digest_take_run(const struct call *c)
{
	struct digests d = { .array = output_json ? json_object_new_array() : NULL };
	int err = digests_take(call_word(c, 0), &d);

	if (!err && d.array)
		return output_document(d.array);
	json_object_put(d.array);
	return err ? err : output_flush();
}

static int digest_watch(const struct call *c)
{
	struct digests d = { 0 };
	int err;

	stop_catch();
	do {
		err = digests_take(call_word(c, 0), &d);
		if (!err)
			err = output_flush();
		if (!err && !stopped && d.n < MANY)
			nanosleep(&(struct timespec){ .tv_nsec = INTERVAL }, NULL);
	} while (!err && !stopped);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define NAME { .name = "NAME", .kind = WORD_VM }

static const struct command take_command = {
	.name = "take",
	.brief = "print the digests that wait",
	.run = digest_take_run,
	.words = (const struct word[]){ NAME, { NULL } },
	.more = "A digest is told once, to who takes it first; at most 256 wait, and those that come\n"
		"then are lost and counted.\n",
};

static const struct command watch_command = {
	.name = "watch",
	.brief = "print digests as they come, until interrupted",
	.run = digest_watch,
	.words = (const struct word[]){ NAME, { NULL } },
	.more = "As 'digest take', again and again: one line for each, with -j one JSON object for each\n"
		"line.\n",
};

const struct command digest_command = {
	.name = "digest",
	.brief = "see what a program tells of its packets, as addresses to learn",
	.sub = (const struct command *const[]){ &take_command, &watch_command, NULL },
};
