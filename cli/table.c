// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * table.c - entries of a running program's tables.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/entry.h"
#include "cli/output.h"
#include "cli/running.h"
#include "control/line.h"

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
	json_object *array;
	int defaults; /* 1: only those, 0: only others, -1: all */
	bool idle;    /* only those that nothing has matched for their timeout */
};

static int entry_list(void *arg, const struct pipeline_entry *e)
{
	struct listing *l = arg;

	if (l->idle && (!e->idle_ns || e->age_ns < e->idle_ns))
		return 0;
	if (l->defaults < 0 || e->is_default == l->defaults)
		json_object_array_add(l->array, entry_json(l->info, e));
	return 0;
}

static int list_entries(struct running *r, const char *name, int defaults, bool idle)
{
	struct listing l = { r->info, json_object_new_array(), defaults, idle };
	const offer_table_t *t = NULL;
	struct offer_error why;
	int err;

	if (name) {
		t = offer_table(r->info, name, &why);
		if (!t) {
			json_object_put(l.array);
			return complain("%s", why.text);
		}
	}
	err = client_entry_visit(r->client, t ? t->preamble->id : 0, entry_list, &l, &r->error);
	if (err) {
		json_object_put(l.array);
		return running_complain(r, err);
	}
	if (output_json)
		return output_document(l.array);
	for (size_t i = 0; i < json_object_array_length(l.array); i++)
		entry_json_print(json_object_array_get_idx(l.array, i));
	json_object_put(l.array);
	return output_flush();
}

static int table_list(const struct call *c)
{
	struct running r;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	err = list_entries(&r, call_word(c, 1), call_flag(c, "--no-default") ? 0 : -1,
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
	err = list_entries(&r, call_word(c, 1), 1, false);
	running_close(&r);
	return err;
}

/*
 * Loading a file: all of it or nothing
 */

struct line {
	unsigned int number;
	char *text;
};

struct file {
	const char *name;
	struct line *lines; /* those that say something */
	size_t n;
};

static void file_free(struct file *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->lines[i].text);
	free(f->lines);
}

static bool file_read(const char *name, struct file *f)
{
	bool standard = !strcmp(name, "-");
	FILE *in = standard ? stdin : fopen(name, "re");
	unsigned int number = 0;
	char *text = NULL;

	*f = (struct file){ .name = standard ? "standard input" : name };
	if (!in) {
		complain("cannot read '%s': %s; name a file with one entry a line", name,
			 strerror(errno));
		return false;
	}
	while (line_read(&text, in) >= 0) {
		struct line *lines;

		number++;
		text[strcspn(text, "#\r\n")] = 0;
		if (!text[strspn(text, " \t")])
			continue;
		lines = reallocarray(f->lines, f->n + 1, sizeof(*lines));
		if (lines)
			f->lines = lines;
		if (!lines || !(lines[f->n].text = strdup(text))) {
			complain("%s is too large for the memory; load it in parts", f->name);
			goto fail;
		}
		lines[f->n++].number = number;
	}
	if (errno) {
		complain("cannot read line %u of %s: %s; name a file with one entry a line",
			 number + 1, f->name, line_wrong());
		goto fail;
	}
	free(text);
	if (!standard)
		fclose(in);
	return true;
fail:
	free(text);
	if (!standard)
		fclose(in);
	file_free(f);
	return false;
}

static bool line_parse(const struct running *r, const struct file *f, size_t i, struct entry *out)
{
	char *copy = strdup(f->lines[i].text), *save = NULL;
	enum entry_form form = ENTRY_WHOLE;
	const char *words[512];
	struct offer_error why = { "out of memory; try again later" };
	size_t n = 0, first = 0;
	bool ok;

	for (char *w = copy ? strtok_r(copy, " \t", &save) : NULL; w && n < 512;
	     w = strtok_r(NULL, " \t", &save))
		words[n++] = w;
	/* `default` is a word of the language, no table has this name. */
	if (n && !strcmp(words[0], "default")) {
		form = ENTRY_DEFAULT;
		first = 1;
	}
	ok = copy && entry_parse(r->info, form, words + first, n - first, out, &why);
	if (!ok)
		complain("%s:%u: %s", f->name, f->lines[i].number, why.text);
	free(copy);
	return ok;
}

/* What was in the tables' default actions before, to put it back. */
struct saved {
	struct pipeline_entry e;
	void *bytes;
};
struct defaults {
	struct saved *list;
	size_t n;
	bool failed;
};

static int default_save(void *arg, const struct pipeline_entry *e)
{
	struct defaults *d = arg;
	struct pipeline_arg *args;
	struct saved *list;
	size_t size = e->metadata.len;
	uint8_t *at;

	if (!e->is_default)
		return 0;
	for (size_t i = 0; i < e->n_args; i++)
		size += e->args[i].value.len;
	list = reallocarray(d->list, d->n + 1, sizeof(*list));
	if (list)
		d->list = list;
	args = calloc(1, e->n_args * sizeof(*args) + size + 1);
	if (!list || !args) {
		free(args);
		d->failed = true;
		return 0;
	}
	at = (uint8_t *)(args + e->n_args);
	for (size_t i = 0; i < e->n_args; i++) {
		memcpy(at, e->args[i].value.data, e->args[i].value.len);
		args[i].param_id = e->args[i].param_id;
		args[i].value = (struct pipeline_bytes){ at, e->args[i].value.len };
		at += e->args[i].value.len;
	}
	list[d->n].e = *e;
	list[d->n].e.has_count = false; /* it goes on */
	list[d->n].e.args = args;
	if (e->metadata.len)
		memcpy(at, e->metadata.data, e->metadata.len);
	list[d->n].e.metadata.data = at;
	list[d->n].bytes = args;
	d->n++;
	return 0;
}

static void default_restore(struct running *r, const struct defaults *d, uint32_t table_id)
{
	struct client_error ignored;

	for (size_t i = 0; i < d->n; i++)
		if (d->list[i].e.table_id == table_id)
			client_entry_update(r->client, PIPELINE_MODIFY, &d->list[i].e, &ignored);
}

/* Entries of lines that follow one another, for one call. */
struct batch {
	struct entry entry[CLIENT_UPDATES];
	struct pipeline_entry e[CLIENT_UPDATES]; /* theirs */
	bool done[CLIENT_UPDATES];
	size_t n;
};

static void batch_free(struct batch *b)
{
	while (b->n)
		entry_free(&b->entry[--b->n]);
}

/* Of the lines from @i to @end, as many as there is room for. */
static bool batch_parse(const struct running *r, const struct file *f, size_t i, size_t end,
			struct batch *b)
{
	for (b->n = 0; i < end && b->n < CLIENT_UPDATES; i++) {
		if (!line_parse(r, f, i, &b->entry[b->n])) {
			batch_free(b);
			return false;
		}
		b->e[b->n] = b->entry[b->n].e;
		b->done[b->n++] = true;
	}
	return true;
}

/* Takes back what is done of the batch. */
static void batch_undo(struct running *r, const struct defaults *d, struct batch *b)
{
	struct client_error ignored;
	size_t n = 0, some;

	for (size_t i = 0; i < b->n; i++)
		if (b->done[i] && b->e[i].is_default)
			default_restore(r, d, b->e[i].table_id);
		else if (b->done[i])
			b->e[n++] = b->e[i];
	for (size_t i = 0; i < n; i += some) {
		some = n - i;
		client_entry_update_some(r->client, PIPELINE_DELETE, b->e + i, &some, b->done,
					 &ignored);
	}
}

/* Takes back the lines before @end; @b is room. */
static void lines_undo(struct running *r, const struct file *f, const struct defaults *d,
		       size_t end, struct batch *b)
{
	for (size_t i = 0; i < end; i += CLIENT_UPDATES) {
		if (batch_parse(r, f, i, end, b))
			batch_undo(r, d, b);
		batch_free(b);
	}
}

/* The batch of the lines from @i on has failed: takes it back, and all lines before. */
static int load_fail(struct running *r, const struct file *f, const struct defaults *d, size_t i,
		     struct batch *b)
{
	const struct line *bad = &f->lines[i];

	for (size_t k = 0; k + 1 < b->n && b->done[k]; k++)
		bad++;
	if (!r->error.code)
		return complain("%s:%u: %s; entries of the file may stay loaded, see 'table list'",
				f->name, bad->number, r->error.text);
	complain("%s:%u: %s; nothing of the file stays loaded, mend the line", f->name, bad->number,
		 r->error.text);
	batch_undo(r, d, b);
	batch_free(b);
	lines_undo(r, f, d, i, b);
	return EXIT_FAILED;
}

static int load_lines(struct running *r, const struct file *f, const struct defaults *d)
{
	struct batch *b = malloc(sizeof(*b));
	int err = b ? EXIT_OK : complain("no memory; try again later");
	size_t n;

	for (size_t i = 0; !err && i < f->n; i += n) {
		if (stopped) {
			err = complain("%s: interrupted; nothing of it stays loaded, load it again",
				       f->name);
			lines_undo(r, f, d, i, b);
			break;
		}
		if (!batch_parse(r, f, i, f->n, b)) {
			err = EXIT_FAILED;
			break;
		}
		n = b->n;
		if (client_entry_update_some(r->client, PIPELINE_INSERT, b->e, &n, b->done,
					     &r->error))
			err = load_fail(r, f, d, i, b);
		batch_free(b);
	}
	free(b);
	return err;
}

static int table_load(const struct call *c)
{
	struct defaults d = { 0 };
	struct running r;
	struct entry e;
	struct file f;
	bool ok = true;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	if (!file_read(call_word(c, 1), &f)) {
		running_close(&r);
		return EXIT_FAILED;
	}
	/* Tell of every bad line before the first good one is sent. */
	for (size_t i = 0; i < f.n; i++)
		if (line_parse(&r, &f, i, &e))
			entry_free(&e);
		else
			ok = false;
	err = ok ? 0 : EXIT_FAILED;
	if (!err)
		err = client_entry_visit(r.client, 0, default_save, &d, &r.error);
	if (ok && err)
		err = running_complain(&r, err);
	if (d.failed)
		err = complain("out of memory; try again later");
	if (!err) {
		stop_catch(); /* nor does who interrupts it leave a part of it */
		err = load_lines(&r, &f, &d);
	}
	if (!err && output_json) {
		json_object *o = json_object_new_object();

		put_number(o, "loaded", f.n);
		err = output_document(o);
	}
	for (size_t i = 0; i < d.n; i++)
		free(d.list[i].bytes);
	free(d.list);
	file_free(&f);
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
	"meter, and may be RATE:BURST:PEAK:PEAK-BURST (see 'transp4 meter write help').\n"

static const struct command add_command = {
	.name = "add",
	.brief = "add an entry",
	.run = table_add,
	.acts = true,
	.words = (const struct word[]){
		VM, TABLE,
		{ .name = "[KEY=VALUE...] ACTION [ARG=VALUE...] [priority N] [timeout SECONDS] [rate RATE:BURST]", .repeated = true },
		{ NULL } },
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
	.words = (const struct word[]){
		VM, TABLE,
		{ .name = "[KEY=VALUE...] ACTION [ARG=VALUE...] [priority N] [timeout SECONDS] [rate RATE:BURST]", .repeated = true },
		{ NULL } },
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
	.more = "Behind an entry stands, as a comment, what the table's direct counter has counted.\n",
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

static const struct command load_command = {
	.name = "load",
	.brief = "add all entries of a file, or none",
	.run = table_load,
	.words = (const struct word[]){ VM, { .name = "FILE", .kind = WORD_FILE }, { NULL } },
	.more = "A line is an entry as for 'table add': TABLE KEY=VALUE... ACTION ARG=VALUE...\n"
		"[priority N] [timeout SECONDS] [rate RATE:BURST], or 'default TABLE ACTION ARG=VALUE...';\n"
		"# begins a comment; the file - is standard input.\n",
};

const struct command table_command = {
	.name = "table",
	.brief = "read and write table entries",
	.sub = (const struct command *const[]){ &add_command, &del_command, &modify_command,
						&list_command, &default_command, &load_command,
						NULL },
};
