// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * entries.c - many entries of a running program at once: of a file, all of a table.
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
 * A file
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
	const char *text = f->lines[i].text;
	const char **words = calloc(strlen(text) / 2 + 1, sizeof(*words));
	char *copy = strdup(text), *save = NULL;
	enum entry_form form = ENTRY_WHOLE;
	struct offer_error why = { "out of memory; try again later" };
	size_t n = 0, first = 0;
	bool ok = words && copy;

	for (char *w = ok ? strtok_r(copy, " \t", &save) : NULL; w;
	     w = strtok_r(NULL, " \t", &save))
		words[n++] = w;
	/* `default` is a word of the language, no table has this name. */
	if (n && !strcmp(words[0], "default")) {
		form = ENTRY_DEFAULT;
		first = 1;
	}
	ok = ok && entry_parse(r->info, form, words + first, n - first, out, &why);
	if (!ok)
		complain("%s:%u: %s", f->name, f->lines[i].number, why.text);
	free(words);
	free(copy);
	return ok;
}

/*
 * Entries that are there already
 */

struct saved {
	struct pipeline_entry *list;
	void **bytes; /* what each of them points to */
	size_t n;
	bool failed;
};

static void saved_free(struct saved *s)
{
	while (s->n)
		free(s->bytes[--s->n]);
	free(s->list);
	free(s->bytes);
}

static bool saved_grow(struct saved *s)
{
	struct pipeline_entry *list = reallocarray(s->list, s->n + 1, sizeof(*list));
	void **bytes = reallocarray(s->bytes, s->n + 1, sizeof(*bytes));

	if (list)
		s->list = list;
	if (bytes)
		s->bytes = bytes;
	return list && bytes;
}

static struct pipeline_bytes bytes_copy(uint8_t **at, struct pipeline_bytes b)
{
	struct pipeline_bytes copy = { *at, b.len };

	if (b.len)
		memcpy(*at, b.data, b.len);
	*at += b.len;
	return copy;
}

/* To be put back, or removed, as it is. */
static int entry_save(void *arg, const struct pipeline_entry *e)
{
	struct saved *s = arg;
	size_t size = e->metadata.len;
	struct pipeline_match *match;
	struct pipeline_arg *args;
	uint8_t *at;

	if (e->is_const && !e->is_default)
		return 0;
	for (size_t i = 0; i < e->n_args; i++)
		size += e->args[i].value.len;
	for (size_t i = 0; i < e->n_match; i++)
		size += e->match[i].value.len + e->match[i].mask.len;
	match = malloc(e->n_match * sizeof(*match) + e->n_args * sizeof(*args) + size + 1);
	if (!match || !saved_grow(s)) {
		free(match);
		s->failed = true;
		return 0;
	}
	args = (struct pipeline_arg *)(match + e->n_match);
	at = (uint8_t *)(args + e->n_args);
	for (size_t i = 0; i < e->n_match; i++) {
		match[i] = e->match[i];
		match[i].value = bytes_copy(&at, e->match[i].value);
		match[i].mask = bytes_copy(&at, e->match[i].mask);
	}
	for (size_t i = 0; i < e->n_args; i++) {
		args[i].param_id = e->args[i].param_id;
		args[i].value = bytes_copy(&at, e->args[i].value);
	}
	s->bytes[s->n] = match;
	s->list[s->n] = *e;
	s->list[s->n].match = match;
	s->list[s->n].args = args;
	s->list[s->n].n_set = 0; /* what is removed needs none, and a default action has none */
	s->list[s->n].metadata = bytes_copy(&at, e->metadata);
	s->list[s->n].has_count = false; /* it goes on */
	s->n++;
	return 0;
}

static void default_restore(struct running *r, const struct saved *defaults, uint32_t table_id)
{
	struct client_error ignored;

	for (size_t i = 0; i < defaults->n; i++)
		if (defaults->list[i].table_id == table_id)
			client_entry_update(r->client, PIPELINE_MODIFY, &defaults->list[i],
					    &ignored);
}

/*
 * Loading a file: all of it or nothing
 */

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
static void batch_undo(struct running *r, const struct saved *d, struct batch *b)
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
static void lines_undo(struct running *r, const struct file *f, const struct saved *d, size_t end,
		       struct batch *b)
{
	for (size_t i = 0; i < end; i += CLIENT_UPDATES) {
		if (batch_parse(r, f, i, end, b))
			batch_undo(r, d, b);
		batch_free(b);
	}
}

/* The batch of the lines from @i on has failed: takes it back, and all lines before. */
static int load_fail(struct running *r, const struct file *f, const struct saved *d, size_t i,
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

/* How many programs it has had, in *out */
static int generation_ask(struct running *r, uint64_t *out)
{
	Transp4__V1__StatusResponse *status;
	int err = client_status(r->client, &status, &r->error);

	if (err)
		return running_complain(r, err);
	*out = status->program_generation;
	client_status_free(status);
	return EXIT_OK;
}

static int load_lines(struct running *r, const struct file *f, const struct saved *d)
{
	struct batch *b = malloc(sizeof(*b));
	int err = b ? EXIT_OK : complain("no memory; try again later");
	uint64_t before = 0, after = 0;
	size_t n;

	if (!err)
		err = generation_ask(r, &before);
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
	if (!err)
		err = generation_ask(r, &after);
	if (!err && after != before)
		err = complain("%s: the program was replaced meanwhile; 'table list' shows what of "
			       "the file is there",
			       f->name);
	return err;
}

#define WRONG_MAX 20U /* lines to tell of: it may be another file altogether */

static int table_load(const struct call *c)
{
	struct saved d = { 0 };
	struct running r;
	struct entry e;
	struct file f;
	unsigned int wrong = 0;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	if (!file_read(call_word(c, 1), &f)) {
		running_close(&r);
		return EXIT_FAILED;
	}
	/* Tell of every bad line before the first good one is sent. */
	for (size_t i = 0; i < f.n && wrong < WRONG_MAX; i++)
		if (line_parse(&r, &f, i, &e))
			entry_free(&e);
		else
			wrong++;
	if (wrong == WRONG_MAX)
		complain("%s: %u lines are wrong, and others may be; mend these first", f.name,
			 wrong);
	err = wrong ? EXIT_FAILED : 0;
	if (!err)
		err = client_entry_visit(r.client, 0, CLIENT_DEFAULTS, entry_save, &d, &r.error);
	if (!wrong && err)
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
	saved_free(&d);
	file_free(&f);
	running_close(&r);
	return err;
}

/*
 * Clearing a table
 */

static int table_clear(const struct call *c)
{
	struct saved s = { 0 };
	bool done[CLIENT_UPDATES];
	const offer_table_t *t;
	struct offer_error why;
	struct running r;
	size_t some;
	int err;

	if (!running_open(&r, call_word(c, 0)))
		return EXIT_FAILED;
	t = offer_table(r.info, call_word(c, 1), &why);
	if (!t) {
		running_close(&r);
		return complain("%s", why.text);
	}
	err = client_entry_visit(r.client, t->preamble->id, CLIENT_ENTRIES, entry_save, &s,
				 &r.error);
	for (size_t i = 0; !err && !s.failed && i < s.n; i += some) {
		some = s.n - i < CLIENT_UPDATES ? s.n - i : CLIENT_UPDATES;
		err = client_entry_update_some(r.client, PIPELINE_DELETE, s.list + i, &some, done,
					       &r.error);
		if (err == -ENOENT) /* somebody else has removed one */
			err = 0;
	}
	if (err)
		err = running_complain(&r, err);
	if (s.failed)
		err = complain("out of memory; try again later");
	saved_free(&s);
	running_close(&r);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define VM { .name = "NAME", .kind = WORD_VM }

const struct command table_load_command = {
	.name = "load",
	.brief = "add all entries of a file, or none",
	.run = table_load,
	.words = (const struct word[]){ VM, { .name = "FILE", .kind = WORD_FILE }, { NULL } },
	.more = "A line is an entry as for 'table add': TABLE KEY=VALUE... ACTION ARG=VALUE...\n"
		"[priority N] [timeout SECONDS] [rate RATE:BURST], or 'default TABLE ACTION ARG=VALUE...';\n"
		"# begins a comment; the file - is standard input.\n",
};

const struct command table_clear_command = {
	.name = "clear",
	.brief = "remove all entries of a table",
	.run = table_clear,
	.acts = true,
	.words = (const struct word[]){ VM, { .name = "TABLE", .kind = WORD_TABLE }, { NULL } },
	.more = "The default action stays, and so do entries that are written in the program.\n",
};
