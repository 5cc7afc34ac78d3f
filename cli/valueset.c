// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * valueset.c - the value sets that a running program's parser matches with.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/entry.h"
#include "cli/output.h"
#include "cli/running.h"
#include "control/info.h"

struct listing {
	const offer_t *info;
	json_object *array;
};

static int member_list(void *arg, const struct pipeline_entry *e)
{
	struct listing *l = arg;
	json_object *o = json_object_new_object();
	offer_table_t view;
	const offer_table_t *set = info_keys(l->info, e->table_id, &view);

	if (set) {
		put_string(o, "set", set->preamble->name);
		json_object_object_add(o, "match", entry_match_json(set, e));
	}
	json_object_array_add(l->array, o);
	return 0;
}

static void member_print(json_object *o)
{
	const char *before = " ";

	printf("%s", json_object_get_string(json_object_object_get(o, "set")));
	json_object_object_foreach(json_object_object_get(o, "match"), name, value) {
		printf("%s%s%s%s", before, name, *name ? "=" : "", json_object_get_string(value));
		before = ",";
	}
	putchar('\n');
}

static int valueset_list(const struct call *c)
{
	struct offer_error why;
	struct listing l;
	struct running r;
	offer_table_t view;
	const offer_table_t *set = NULL;
	int err = EXIT_FAILED;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	l = (struct listing){ r.info, json_object_new_array() };
	if (call_word(c, 1) && !(set = offer_set(r.info, call_word(c, 1), &view, &why))) {
		complain("%s", why.text);
		goto out;
	}
	err = client_set_visit(r.client, set ? set->preamble->id : 0, member_list, &l, &r.error);
	if (err) {
		err = running_complain(&r, err);
		goto out;
	}
	if (output_json) {
		err = output_document(json_object_get(l.array));
		goto out;
	}
	for (size_t i = 0; i < json_object_array_length(l.array); i++)
		member_print(json_object_array_get_idx(l.array, i));
	err = output_flush();
out:
	json_object_put(l.array);
	running_close(&r);
	return err;
}

static int valueset_set(const struct call *c)
{
	size_t n = 0, want = c->n_words - 2;
	struct entry *members = calloc(want + 1, sizeof(*members));
	struct pipeline_entry *list = calloc(want + 1, sizeof(*list));
	struct offer_error why = { "out of memory; try again later" };
	const offer_table_t *set;
	struct running r;
	offer_table_t view;
	bool ok;
	int err = EXIT_FAILED;

	if (!running_open(&r, call_word(c, 0))) {
		free(members);
		free(list);
		return EXIT_FAILED;
	}
	set = offer_set(r.info, call_word(c, 1), &view, &why);
	ok = set && members && list;
	while (ok && n < want) {
		ok = entry_member_parse(set, call_word(c, 2 + n), &members[n], &why);
		if (ok) {
			list[n] = members[n].e;
			n++;
		}
	}
	if (!ok) {
		complain("%s", why.text);
	} else {
		err = client_set_write(r.client, set->preamble->id, list, n, &r.error);
		if (err)
			err = running_complain(&r, err);
	}
	while (n)
		entry_free(&members[--n]);
	free(members);
	free(list);
	running_close(&r);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

static const struct command list_command = {
	.name = "list",
	.brief = "print the members of value sets",
	.run = valueset_list,
	.words = (const struct word[]){
		{ .name = "NAME", .kind = WORD_VM }, { .name = "SET", .kind = WORD_SET, .optional = true }, { NULL } },
};

static const struct command set_command = {
	.name = "set",
	.brief = "give a value set these members, and no others",
	.run = valueset_set,
	.acts = true,
	.words = (const struct word[]){
		{ .name = "NAME", .kind = WORD_VM }, { .name = "SET", .kind = WORD_SET },
		{ .name = "MEMBER", .optional = true, .repeated = true }, { NULL } },
	.more = "A member is a value, or FIELD=VALUE,... where the set is of structures; values as for\n"
		"'table add'.  Without members nothing matches the set, as when the program starts.\n",
};

const struct command valueset_command = {
	.name = "valueset",
	.brief = "read and write the parser's value sets",
	.sub = (const struct command *const[]){ &list_command, &set_command, NULL },
};
