// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * table.c - entries of a running program's tables.
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/entry.h"
#include "cli/output.h"
#include "cli/running.h"

/*
 * One entry
 */

static int entry_update(const struct call *c, enum pipeline_update op, enum entry_form form)
{
	struct offer_error why;
	struct running r;
	struct entry e;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	if (!entry_parse(r.info, form, c->word + 1, c->n_words - 1, &e, &why)) {
		err = complain("%s", why.text);
	} else {
		err = client_entry_update(r.client, op, &e.e, &r.error);
		if (err)
			err = running_complain(&r, err);
		entry_free(&e);
	}
	running_close(&r);
	return err;
}

static int table_add(const struct call *c)
{
	return entry_update(c, PIPELINE_INSERT, ENTRY_WHOLE);
}

static int table_modify(const struct call *c)
{
	return entry_update(c, PIPELINE_MODIFY, ENTRY_WHOLE);
}

static int table_del(const struct call *c)
{
	return entry_update(c, PIPELINE_DELETE, ENTRY_KEYS);
}

/*
 * Listing
 */

struct listing {
	const offer_t *info;
	bool idle; /* only those that nothing has matched for their timeout */
	size_t n;
};

static int entry_list(void *arg, const struct pipeline_entry *e)
{
	struct listing *l = arg;
	json_object *o;

	if (l->idle && (!e->idle_ns || e->age_ns < e->idle_ns))
		return 0;
	o = entry_json(l->info, e);
	if (output_json)
		output_item(l->n++, o);
	else
		entry_json_print(o);
	json_object_put(o);
	return 0;
}

/* One after the other, for there may be very many. */
static int list_entries(struct running *r, const char *name, enum client_entries what, bool idle)
{
	struct listing l = { r->info, idle, 0 };
	const offer_table_t *t = NULL;
	struct offer_error why;
	int err;

	if (name) {
		t = offer_table(r->info, name, &why);
		if (!t)
			return complain("%s", why.text);
	}
	err = client_entry_visit(r->client, t ? t->preamble->id : 0, what, entry_list, &l,
				 &r->error);
	if (err && !l.n)
		return running_complain(r, err);
	if (output_json)
		output_items_end(l.n);
	return err ? running_complain(r, err) : output_flush();
}

static int table_list(const struct call *c)
{
	struct running r;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	err = list_entries(&r, call_word(c, 1),
			   call_flag(c, "--no-default") ? CLIENT_ENTRIES : CLIENT_ALL,
			   call_flag(c, "--idle"));
	running_close(&r);
	return err;
}

static int table_default(const struct call *c)
{
	struct running r;
	int err;

	if (c->n_words > 2) {
		err = entry_update(c, PIPELINE_MODIFY, ENTRY_DEFAULT);
		return err || !output_json ? err : output_document(NULL);
	}
	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	err = list_entries(&r, call_word(c, 1), CLIENT_DEFAULTS, false);
	running_close(&r);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

/*
 * The commands
 */

#define VM    { .name = "NAME", .kind = WORD_VM }
#define TABLE { .name = "TABLE", .kind = WORD_TABLE }
#define ENTRY                                                                                \
	{ .name = "[KEY=VALUE...] ACTION [ARG=VALUE...] [priority N] [timeout SECONDS] "     \
		  "[rate RATE:BURST]",                                                       \
	  .repeated = true }
#define VALUES                                                                               \
	"Values are decimal, 0x.., 0b.., IPv4, IPv6 or MAC.  By the key's match kind:\n"     \
	"  exact     VALUE\n"                                                                \
	"  lpm       VALUE/LENGTH\n"                                                         \
	"  ternary   VALUE&&&MASK, VALUE/LENGTH, VALUE or *\n"                               \
	"  range     LOW..HIGH or *\n"                                                       \
	"  optional  VALUE or *\n"                                                           \
	"A key that is left out matches everything; exact keys must be given.  Tables with\n" \
	"ternary, range or optional keys want a priority; the higher one wins.  Names may be\n" \
	"shortened to an end that only one has: ipv4.dst for hdr.ipv4.dst.\n"                 \
	"A table with a selector takes several actions: ACTION ARG=VALUE... weight N or\n"    \
	"ACTION...; a timeout needs a table whose program asks for it, a rate one with a direct\n" \
	"meter, and may be RATE:BURST:PEAK:PEAK-BURST (see 'transp4 meter write help').\n"     \
	"In place of an action, 'member ID' and 'group ID' are what a controller has put into\n" \
	"the table's profile.\n"

static const struct command add_command = {
	.name = "add",
	.brief = "add an entry",
	.run = table_add,
	.acts = true,
	.words = (const struct word[]){ VM, TABLE, ENTRY, { NULL } },
	.more = VALUES,
};

static const struct command del_command = {
	.name = "del",
	.brief = "remove an entry",
	.run = table_del,
	.acts = true,
	.words = (const struct word[]){
		VM, TABLE,
		{ .name = "[KEY=VALUE...] [priority N]", .optional = true, .repeated = true },
		{ NULL } },
	.more = "The action may be written too; only keys and priority count.\n",
};

static const struct command modify_command = {
	.name = "modify",
	.brief = "give an entry another action, timeout and rate",
	.run = table_modify,
	.acts = true,
	.words = (const struct word[]){ VM, TABLE, ENTRY, { NULL } },
	.more = VALUES,
};

static const struct command list_command = {
	.name = "list",
	.brief = "print entries, in the form that 'table load' reads",
	.run = table_list,
	.words = (const struct word[]){
		VM, { .name = "TABLE", .kind = WORD_TABLE, .optional = true }, { NULL } },
	.options = (const struct option[]){
		{ "--no-default", NULL, WORD_TEXT, .help = "leave out the default actions" },
		{ "--idle", NULL, WORD_TEXT, .help = "only entries that nothing has matched for their timeout" },
		{ NULL } },
	.more = "Behind an entry stands, as a comment, what the table's direct counter has counted.\n"
		"@format(HEX_STR) of a key or parameter in the program prints its values so;\n"
		"IPV4_ADDRESS, IPV6_ADDRESS and MAC_ADDRESS where the name does not tell.\n",
};

static const struct command default_command = {
	.name = "default",
	.brief = "show or set a table's default action",
	.run = table_default,
	.words = (const struct word[]){
		VM, TABLE,
		{ .name = "[ACTION [ARG=VALUE...] [rate RATE:BURST]]", .optional = true, .repeated = true },
		{ NULL } },
};

const struct command table_command = {
	.name = "table",
	.brief = "read and write table entries",
	.sub = (const struct command *const[]){ &add_command, &del_command, &modify_command,
						&list_command, &default_command, &table_load_command,
						&table_clear_command, NULL },
};
