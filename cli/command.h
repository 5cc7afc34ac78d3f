/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * command.h - the tables from which the command's syntax is made.
 *
 * Each file of commands exports one table; help, usage errors, the manual's
 * synopsis and shell completion all come from these tables and from nothing
 * else.
 *
 * Exit status: EXIT_OK, EXIT_FAILED, EXIT_USAGE; the compiler and `test` have their own.
 * Ownership: a call borrows the strings of argv; it is valid while run() runs.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

/* What a word or an option's value names: for completion, not for checks. */
enum word_kind {
	WORD_TEXT,
	WORD_NUMBER,
	WORD_CHOICE, /* the name lists the choices: "drop|pass"; these are checked */
	WORD_FILE,
	WORD_FOLDER,
	WORD_INTERFACE,
	WORD_VM,
	WORD_TABLE,
	WORD_COUNTER,
	WORD_REGISTER,
	WORD_METER,
	WORD_SET,
};

struct word {
	const char *name; /* as help shows it: "IFACE"; NULL ends the list */
	enum word_kind kind;
	bool optional;
	bool repeated; /* the last one only */
};

struct option {
	const char *name;  /* "--queue", "-o"; NULL ends the list */
	const char *value; /* as help shows it, "N"; NULL: a flag */
	enum word_kind kind;
	bool required;
	bool repeated;
	const char *help;
};

struct call;

struct command {
	const char *name;
	const char *brief;
	const struct command *const *sub;    /* either a level of commands, NULL ends ... */
	int (*run)(const struct call *call); /* ... or one command */
	bool acts; /* which has no answer: with -j that is null, as of bpftool(8) */
	const struct word *words;
	const struct option *options;
	const char *more; /* help text below the options */
};

#define CALL_OPTIONS_MAX 256

struct call {
	const struct command *command;
	char path[64]; /* "port add" */
	int n_words;
	const char **word;
	int n_options;
	struct {
		const struct option *option;
		const char *value; /* "" for a flag */
	} option[CALL_OPTIONS_MAX];
};

/* The table of all commands, for help and main. */
extern const struct command command_root;

/* Parse and run; returns the exit status. */
int command_main(int argc, char **argv);

/* The value of an option; NULL where it was not given. */
const char *call_option(const struct call *c, const char *name);
bool call_flag(const struct call *c, const char *name);
/* All values of a repeated option, in order; the array is the caller's to free. */
const char **call_options(const struct call *c, const char *name, size_t *n);
/* 0: *out has the number, or is untouched where the option is absent;
 * else EXIT_USAGE, said already. */
int call_number(const struct call *c, const char *name, uint64_t max, uint32_t *out);
const char *call_word(const struct call *c, int i); /* NULL: not given */

/* From here on SIGINT, SIGTERM and SIGHUP end no more than a wait, and set this. */
void stop_catch(void);
extern volatile sig_atomic_t stopped;

/* A decimal or 0x number up to max; false: it is not one. */
bool number_parse(const char *text, uint64_t max, uint64_t *out);

/* One line "transp4: ..." on stderr; `what is wrong; what to do`. */
int complain(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* EXIT_FAILED */
int complain_usage(const struct call *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3))); /* EXIT_USAGE */
/* The same for things that are no errors: "transp4: ...". */
void notice(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

extern const struct command doctor_command, compile_command, check_command, test_command,
	format_command, vm_command, program_command, port_command, table_command, counter_command,
	register_command, stats_command, monitor_command, capture_command, invm_command,
	meter_command, valueset_command, digest_command, table_load_command, table_clear_command;

#endif
