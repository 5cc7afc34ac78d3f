// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * command.c - finds the command in the tables, checks words and options, helps.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "cli/command.h"
#include "cli/output.h"
#include "compiler/text.h"
#include "include/transp4.h"

static const struct option global_options[] = {
	{ "-j", NULL, WORD_TEXT, .help = "print JSON" },
	{ "-p", NULL, WORD_TEXT, .help = "print JSON, indented" },
	{ "-h", NULL, WORD_TEXT, .help = "help, the same as the word 'help'" },
	{ "-V", NULL, WORD_TEXT, .help = "print the version" },
	{ NULL },
};

static const char *const kind_names[] = {
	[WORD_TEXT] = "text",       [WORD_NUMBER] = "number",
	[WORD_CHOICE] = "choice",   [WORD_FILE] = "file",
	[WORD_FOLDER] = "folder",   [WORD_INTERFACE] = "interface",
	[WORD_VM] = "vm",           [WORD_TABLE] = "table",
	[WORD_COUNTER] = "counter", [WORD_REGISTER] = "register",
	[WORD_METER] = "meter",     [WORD_SET] = "valueset",
};

#define COMMANDS(level, s)                                                                         \
	for (const struct command *const *s##_at = (level)->sub, *s; (s = *s##_at); s##_at++)

/*
 * Complaints
 */

static void say(const char *fmt, va_list ap)
{
	char line[1024];

	vsnprintf(line, sizeof(line), fmt, ap);
	/* One line, whatever file name or message is in it. */
	text_clean(line, ' ');
	fflush(stdout);
	fprintf(stderr, "transp4: %s\n", line);
}

int complain(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	return EXIT_FAILED;
}

void notice(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

int complain_usage(const struct call *c, const char *fmt, ...)
{
	char text[700];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	notice("%s%s%s; see 'transp4 %s%shelp'", c->path, *c->path ? ": " : "", text, c->path,
	       *c->path ? " " : "");
	return EXIT_USAGE;
}

/*
 * What was given
 */

const char *call_option(const struct call *c, const char *name)
{
	for (int i = 0; i < c->n_options; i++)
		if (!strcmp(c->option[i].option->name, name))
			return c->option[i].value;
	return NULL;
}

bool call_flag(const struct call *c, const char *name)
{
	return call_option(c, name) != NULL;
}

const char **call_options(const struct call *c, const char *name, size_t *n)
{
	const char **list = calloc(c->n_options + 1, sizeof(*list));

	*n = 0;
	for (int i = 0; list && i < c->n_options; i++)
		if (!strcmp(c->option[i].option->name, name))
			list[(*n)++] = c->option[i].value;
	return list;
}

const char *call_word(const struct call *c, int i)
{
	return i < c->n_words ? c->word[i] : NULL;
}

bool number_parse(const char *text, uint64_t max, uint64_t *out)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	const char *digits = hex ? text + 2 : text;
	char *end;
	uint64_t v;

	if (!*digits ||
	    strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789") != strlen(digits))
		return false;
	errno = 0;
	v = strtoull(digits, &end, hex ? 16 : 10);
	if (errno || *end || v > max)
		return false;
	*out = v;
	return true;
}

int call_number(const struct call *c, const char *name, uint64_t max, uint32_t *out)
{
	const char *text = call_option(c, name);
	uint64_t v;

	if (!text)
		return 0;
	if (!number_parse(text, max, &v))
		return complain_usage(c, "%s '%s' is not a number from 0 to %llu", name, text,
				      (unsigned long long)max);
	*out = v;
	return 0;
}

volatile sig_atomic_t stopped;

static void stop(int sig)
{
	stopped = 1;
}

void stop_catch(void)
{
	struct sigaction hangup;

	sigaction(SIGINT, &(struct sigaction){ .sa_handler = stop }, NULL);
	sigaction(SIGTERM, &(struct sigaction){ .sa_handler = stop }, NULL);
	/* nohup(1) has its way. */
	if (!sigaction(SIGHUP, NULL, &hangup) && hangup.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &(struct sigaction){ .sa_handler = stop }, NULL);
}

/*
 * Help
 */

#define HELP_WIDTH 100

/* One part of a usage line, on a line of its own where it would be too wide. */
static int print_part(int column, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int print_part(int column, const char *fmt, ...)
{
	char text[200];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (column + 1 + len > HELP_WIDTH)
		column = printf("\n         ") - 1;
	return column + printf(" %s", text);
}

static void print_words(const struct command *cmd, int column)
{
	for (const struct word *w = cmd->words; w && w->name; w++) {
		/* A name of several words says itself what may be left out. */
		bool plain = !strchr(w->name, ' ');

		column = print_part(column, "%s%s%s%s", plain && w->optional ? "[" : "", w->name,
				    plain && w->repeated ? "..." : "",
				    plain && w->optional ? "]" : "");
	}
	for (const struct option *o = cmd->options; o && o->name; o++)
		column = print_part(column, "%s%s%s%s%s%s", o->required ? "" : "[", o->name,
				    o->value ? " " : "", o->value ? o->value : "",
				    o->repeated ? "..." : "", o->required ? "" : "]");
}

/* All commands below cmd, one line each. */
static void print_usage(const struct command *cmd, const char *path)
{
	char below[64];

	if (!cmd->sub) {
		print_words(cmd, printf("  transp4 %s", path));
		putchar('\n');
		return;
	}
	COMMANDS(cmd, s) {
		snprintf(below, sizeof(below), "%s%s%s", path, *path ? " " : "", s->name);
		print_usage(s, below);
	}
}

static void print_options(const struct option *options)
{
	for (const struct option *o = options; o && o->name; o++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%s%s", o->name, o->value ? " " : "",
			 o->value ? o->value : "");
		printf("  %-24s %s\n", left, o->help);
	}
}

static json_object *help_json(const struct command *cmd, const char *path)
{
	json_object *o = json_object_new_object();

	json_object_object_add(o, "command", json_object_new_string(path));
	json_object_object_add(o, "brief", json_object_new_string(cmd->brief));
	if (cmd->more)
		json_object_object_add(o, "more", json_object_new_string(cmd->more));
	if (cmd->sub) {
		json_object *list = json_object_new_array();

		COMMANDS(cmd, s) {
			char below[64];

			snprintf(below, sizeof(below), "%s%s%s", path, *path ? " " : "", s->name);
			json_object_array_add(list, help_json(s, below));
		}
		json_object_object_add(o, "commands", list);
	} else {
		json_object *words = json_object_new_array();

		for (const struct word *w = cmd->words; w && w->name; w++) {
			json_object *j = json_object_new_object();

			json_object_object_add(j, "name", json_object_new_string(w->name));
			json_object_object_add(j, "kind",
					       json_object_new_string(kind_names[w->kind]));
			json_object_object_add(j, "optional", json_object_new_boolean(w->optional));
			json_object_object_add(j, "repeated", json_object_new_boolean(w->repeated));
			json_object_array_add(words, j);
		}
		json_object_object_add(o, "words", words);
	}
	if (!cmd->sub || cmd == &command_root) {
		json_object *options = json_object_new_array();
		const struct option *list = cmd == &command_root ? global_options : cmd->options;

		for (const struct option *p = list; p && p->name; p++) {
			json_object *j = json_object_new_object();

			json_object_object_add(j, "name", json_object_new_string(p->name));
			if (p->value) {
				json_object_object_add(j, "value",
						       json_object_new_string(p->value));
				json_object_object_add(j, "kind",
						       json_object_new_string(kind_names[p->kind]));
			}
			json_object_object_add(j, "required", json_object_new_boolean(p->required));
			json_object_object_add(j, "repeated", json_object_new_boolean(p->repeated));
			json_object_object_add(j, "help", json_object_new_string(p->help));
			json_object_array_add(options, j);
		}
		json_object_object_add(o, "options", options);
	}
	return o;
}

static int help(const struct command *cmd, const char *path)
{
	if (output_json)
		return output_document(help_json(cmd, path));
	printf("transp4%s%s - %s\n\nUsage:\n", *path ? " " : "", path, cmd->brief);
	print_usage(cmd, path);
	if (cmd->sub) {
		printf("\nCommands:\n");
		COMMANDS(cmd, s)
			printf("  %-12s %s\n", s->name, s->brief);
	} else if (cmd->options && cmd->options->name) {
		printf("\nOptions:\n");
		print_options(cmd->options);
	}
	if (cmd == &command_root) {
		printf("\nOptions of every command:\n");
		print_options(global_options);
		printf("\n'transp4 COMMAND help' says more; exit status: 0 done, 1 failed, 2 wrong "
		       "usage\n");
	}
	if (cmd->more)
		printf("\n%s", cmd->more);
	return output_flush();
}

/*
 * Parsing
 */

/*
 * A word of the table, "show" for "list", or a beginning that only one of them
 * has, as with ip(8).
 */
static const struct command *command_find(const struct call *c, const struct command *level,
					  const char *word)
{
	const struct command *found = NULL;
	const char *other = "";

	COMMANDS(level, s)
		if (!strcmp(s->name, word))
			return s;
	COMMANDS(level, s)
		if (!strcmp(s->name, "list") && !strcmp(word, "show"))
			return s;
	COMMANDS(level, s) {
		if (!*word || strncmp(s->name, word, strlen(word)))
			continue;
		if (found) {
			complain_usage(c, "'%s' may be '%s' or '%s'", word, other, s->name);
			return NULL;
		}
		found = s;
		other = s->name;
	}
	if (!found)
		complain_usage(c, "there is no command '%s'", word);
	return found;
}

/* Does arg name this option?  *value is set where it is part of arg. */
static bool option_is(const struct option *o, const char *arg, const char **value)
{
	size_t len = strlen(o->name);

	*value = NULL;
	if (strncmp(arg, o->name, len))
		return false;
	if (!arg[len])
		return true;
	if (!o->value)
		return false;
	if (o->name[1] == '-') {
		*value = arg + len + 1;
		return arg[len] == '=';
	}
	*value = arg + len; /* -IDIR */
	return true;
}

static bool choice_has(const char *choices, const char *text)
{
	size_t len = strlen(text);

	for (const char *c = choices; c; c = strchr(c, '|'), c = c ? c + 1 : NULL)
		if (len && !strncmp(c, text, len) && (c[len] == '|' || !c[len]))
			return true;
	return false;
}

/* Takes argv[*i] (and its value) as an option of the command. */
static int option_take(struct call *c, int argc, char **argv, int *i)
{
	const char *value;

	for (const struct option *o = c->command->options; o && o->name; o++) {
		if (!option_is(o, argv[*i], &value))
			continue;
		if (o->value && !value) {
			if (*i + 1 >= argc)
				return complain_usage(c, "%s wants %s", o->name, o->value);
			value = argv[++*i];
		}
		if (!o->repeated && call_option(c, o->name))
			return complain_usage(c, "%s is given twice", o->name);
		if (c->n_options == CALL_OPTIONS_MAX)
			return complain_usage(c, "there are too many options");
		if (o->kind == WORD_CHOICE && !choice_has(o->value, value))
			return complain_usage(c, "%s '%s' is none of %s", o->name, value, o->value);
		c->option[c->n_options].option = o;
		c->option[c->n_options++].value = value ? value : "";
		return 0;
	}
	return complain_usage(c, "there is no option '%s'", argv[*i]);
}

static int words_check(const struct call *c)
{
	const struct word *w = c->command->words;
	int i = 0;

	for (; w && w->name; w++) {
		if (i >= c->n_words) {
			if (!w->optional)
				return complain_usage(c, "%s is missing", w->name);
			continue;
		}
		if (w->kind == WORD_CHOICE && !choice_has(w->name, c->word[i]))
			return complain_usage(c, "'%s' is none of %s", c->word[i], w->name);
		if (!*c->word[i])
			return complain_usage(c, "%s is empty", w->name);
		i = w->repeated ? c->n_words : i + 1;
	}
	if (i < c->n_words)
		return complain_usage(c, "'%s' is one word too many", c->word[i]);
	for (const struct option *o = c->command->options; o && o->name; o++)
		if (o->required && !call_option(c, o->name))
			return complain_usage(c, "%s %s is missing", o->name,
					      o->value ? o->value : "");
	return 0;
}

/* -1: not a global option, 0: taken, 1: taken, and help is wanted. */
static int global_take(const char *arg, bool *version)
{
	if (!strcmp(arg, "-j") || !strcmp(arg, "--json")) {
		output_json = true;
		return 0;
	}
	if (!strcmp(arg, "-p") || !strcmp(arg, "--pretty")) {
		output_json = output_pretty = true;
		return 0;
	}
	if (!strcmp(arg, "-jp") || !strcmp(arg, "-pj")) {
		output_json = output_pretty = true;
		return 0;
	}
	if (!strcmp(arg, "-V") || !strcmp(arg, "--version")) {
		*version = true;
		return 0;
	}
	if (!strcmp(arg, "-h") || !strcmp(arg, "--help"))
		return 1;
	return -1;
}

static int print_version(void)
{
	if (output_json) {
		json_object *o = json_object_new_object();

		json_object_object_add(o, "version", json_object_new_string(TP4_VERSION));
		json_object_object_add(o, "channel_version",
				       json_object_new_int(TP4_CHANNEL_VERSION));
		return output_document(o);
	}
	printf("transp4 %s, channel version %u\n", TP4_VERSION, TP4_CHANNEL_VERSION);
	return output_flush();
}

static void path_append(struct call *c, const char *name)
{
	size_t len = strlen(c->path);

	snprintf(c->path + len, sizeof(c->path) - len, "%s%s", len ? " " : "", name);
}

static int call_parse(struct call *c, int argc, char **argv, bool *want_help, bool *want_version)
{
	bool only_words = false;
	int err;

	for (int i = 1; i < argc; i++) {
		char *arg = argv[i];

		/* -5 is a number. */
		if (!only_words && arg[0] == '-' && arg[1] && !isdigit((unsigned char)arg[1])) {
			if (!strcmp(arg, "--")) {
				only_words = true;
				continue;
			}
			switch (global_take(arg, want_version)) {
			case 1:
				*want_help = true;
				/* fall through */
			case 0: continue;
			}
			err = option_take(c, argc, argv, &i);
			if (err)
				return err;
			continue;
		}
		if (c->command->sub) {
			if (!strcmp(arg, "help")) {
				*want_help = true;
				continue;
			}
			c->command = command_find(c, c->command, arg);
			if (!c->command)
				return EXIT_USAGE;
			path_append(c, c->command->name);
			continue;
		}
		if (!only_words && !c->n_words && !strcmp(arg, "help")) {
			*want_help = true;
			continue;
		}
		c->word[c->n_words++] = arg;
	}
	return 0;
}

int command_main(int argc, char **argv)
{
	struct call c = { .command = &command_root };
	bool want_help = false, want_version = false;
	int err;

	c.word = calloc(argc + 1, sizeof(*c.word));
	if (!c.word)
		return complain("out of memory; try again later");
	err = call_parse(&c, argc, argv, &want_help, &want_version);
	if (err)
		goto out;
	if (want_version) {
		err = print_version();
	} else if (want_help) {
		err = help(c.command, c.path);
	} else if (c.command->sub) {
		err = complain_usage(&c, "a command is missing");
	} else {
		err = words_check(&c);
		if (!err)
			err = c.command->run(&c);
		if (!err && c.command->acts && output_json)
			err = output_document(NULL);
	}
out:
	free(c.word);
	return err;
}
