// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * compile.c - the compiler and the packet tests, from the command line.
 *
 * Exit status is the compiler's: 0 accepted, 1 rejected, 2 the machine is at
 * fault; of `test`: 0 passed, 1 failed, 2 program rejected, 3 unreadable test.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output.h"
#include "compiler/compile.h"
#include "runtime/program.h"
#include "runtime/stf.h"

enum { TEST_FAILED = 1, TEST_REJECTED = 2, TEST_UNREADABLE = 3 };

/* What is compiled already is a file that one names by mistake. */
static bool is_compiled(const char *path)
{
	char magic[sizeof(TP4_CONTAINER_MAGIC) - 1];
	struct stat st;
	FILE *f;
	bool is;

	/* What can be read but once is for the compiler. */
	if (stat(path, &st) || !S_ISREG(st.st_mode) || !(f = fopen(path, "re")))
		return false;
	is = fread(magic, sizeof(magic), 1, f) == 1 &&
	     !memcmp(magic, TP4_CONTAINER_MAGIC, sizeof(magic));
	fclose(f);
	if (is)
		complain("'%s' is compiled already; name the P4 program that it was made from",
			 path);
	return is;
}

/* With -j, what the compiler says is a value like others. */
static struct {
	char *text;
	size_t len;
} told;

/* What all of them have in common; for told_take() to free.  False: complained. */
static bool options_read(const struct call *c, struct tp4_compile_options *o)
{
	size_t n;

	if (is_compiled(call_word(c, 0)))
		return false;
	*o = (struct tp4_compile_options){
		.program = call_word(c, 0),
		.externs = call_option(c, "--extern"),
		.cc = call_option(c, "--cc"),
		.cc_flags = call_option(c, "--cc-flags"),
		.json = output_json,
		.no_warnings = call_flag(c, "--no-warnings"),
		.messages = output_json ? open_memstream(&told.text, &told.len) : stderr,
	};
	o->includes = call_options(c, "-I", &n);
	o->defines = call_options(c, "-D", &n);
	if (o->includes && o->defines && o->messages)
		return true;
	complain("out of memory; try again later");
	return false;
}

/* The diagnostics; NULL: they were printed, or the machine is at fault. */
static json_object *told_take(struct tp4_compile_options *o)
{
	json_object *list = NULL;

	free((void *)o->includes);
	free((void *)o->defines);
	if (o->json && !fclose(o->messages) && told.len)
		list = json_tokener_parse(told.text);
	free(told.text);
	return list;
}

/*
 * Diagnostics never mix with what was asked for, and are the answer where they are alone.
 * The exit status; @err: the compiler's.
 */
static int told_print(json_object *list, bool alone, int err)
{
	if (list && alone)
		document_print(list, stdout);
	else if (list && json_object_array_length(list))
		document_print(list, stderr);
	else
		json_object_put(list);
	/* A compiler that could not write has said so.  1 would mean that it is rejected. */
	return err ? err : output_flush() ? EXIT_USAGE : EXIT_OK;
}

/* The names of one file: writing the one would be the end of the other. */
static bool is_same(const char *a, const char *b)
{
	struct stat x, y;

	if (stat(a, &x) || stat(b, &y))
		return !strcmp(a, b);
	return S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Of what is written and read, the first that is named a second time; NULL: none is. */
static const char *file_twice(const struct tp4_compile_options *o)
{
	const char *const files[] = { o->out, o->p4info, o->program, o->externs };

	for (int i = 0; i < 2; i++)
		for (int k = i + 1; files[i] && k < 4; k++)
			if (files[k] && is_same(files[i], files[k]))
				return files[i];
	return NULL;
}

static int compile_run(const struct call *c)
{
	static const struct {
		const char *name;
		enum tp4_emit emit;
	} emits[] = { { "c", TP4_EMIT_C },
		      { "tree", TP4_EMIT_TREE },
		      { "p4info", TP4_EMIT_P4INFO } };
	const char *emit = call_option(c, "--emit"), *out = call_option(c, "-o"), *twice;
	struct tp4_compile_options o;
	int err;

	if (!emit && !out)
		return complain_usage(c, "-o OUT is missing");
	if (!emit && !strcmp(out, "-") && isatty(STDOUT_FILENO))
		return complain_usage(c, "a compiled program is not for the terminal: name a file");
	if (!options_read(c, &o))
		return EXIT_USAGE;
	o.out = out;
	o.p4info = call_option(c, "--p4info");
	for (size_t i = 0; emit && i < sizeof(emits) / sizeof(*emits); i++)
		if (!strcmp(emit, emits[i].name))
			o.emit = emits[i].emit;
	twice = file_twice(&o);
	err = twice ? complain_usage(c, "%s would be written over; name another file", twice)
		    : tp4_compile(&o);
	return told_print(told_take(&o),
			  out && strcmp(out, "-") && (!o.p4info || strcmp(o.p4info, "-")), err);
}

static int check_run(const struct call *c)
{
	struct tp4_compile_options o;
	int err;

	if (!options_read(c, &o))
		return EXIT_USAGE;
	err = tp4_check(&o);
	return told_print(told_take(&o), true, err);
}

static int format_run(const struct call *c)
{
	struct tp4_compile_options o;
	int err;

	if (!options_read(c, &o))
		return EXIT_USAGE;
	o.out = call_option(c, "-o");
	err = tp4_format(&o);
	return told_print(told_take(&o), o.out && strcmp(o.out, "-"), err);
}

struct test {
	const struct tp4_compile_options *o;
	json_object *messages; /* of -j */
	int failures;
};

/* With -j */
static void test_tell(void *arg, const struct stf_message *m)
{
	static const char *const kinds[] = {
		[STF_NOTE] = "note", [STF_FAILED] = "failure", [STF_UNREADABLE] = "error"
	};
	json_object *json = json_object_new_object(), *bytes;
	struct test *t = arg;

	t->failures += m->kind == STF_FAILED;
	put_number(json, "line", (uint64_t)m->line);
	put_string(json, "severity", kinds[m->kind]);
	put_string(json, "message", m->text);
	put_string(json, "expected", m->expected);
	put_string(json, "got", m->got);
	if (m->expected && m->got) {
		bytes = json_object_new_array();
		for (size_t i = 0; i < m->n_bytes; i++)
			json_object_array_add(bytes, json_object_new_int64((int64_t)m->bytes[i]));
		json_object_object_add(json, "bytes", bytes);
	}
	json_object_array_add(t->messages, json);
}

/* The program once more, its warnings told already. */
static bool test_traced(void *arg, void **object, size_t *len)
{
	struct tp4_compile_options o = *((struct test *)arg)->o;

	o.trace = true;
	o.no_warnings = true;
	o.json = false;
	o.messages = stderr;
	o.cc_flags = o.cc_flags ? o.cc_flags : "-O0";
	return !tp4_compile_memory(&o, object, len);
}

static int test_run(const struct call *c)
{
	static const char *const results[] = {
		[EXIT_OK] = "passed",
		[TEST_FAILED] = "failed",
		[TEST_REJECTED] = "rejected",
		[TEST_UNREADABLE] = "unreadable",
	};
	struct tp4_compile_options o;
	struct test test = { .o = &o, .messages = json_object_new_array() };
	struct stf_options t = {
		.test = call_word(c, 1),
		.out = stdout,
		.verbose = call_flag(c, "-v"),
		.tell = output_json ? test_tell : NULL,
		.traced = test_traced,
		.arg = &test,
	};
	json_object *list = NULL;
	void *object = NULL;
	int err, flush;

	/* What cannot be read is told before the compiler takes its time. */
	if (access(t.test, R_OK)) {
		complain("cannot read test '%s': %s; name an .stf file", t.test, strerror(errno));
		err = TEST_UNREADABLE;
	} else if (!options_read(c, &o)) {
		return EXIT_USAGE;
	} else {
		err = tp4_compile_memory(&o, &object, &t.object_len) ? TEST_REJECTED : EXIT_OK;
		t.object = object;
		if (!err)
			err = stf_run(&t);
		free(object);
		list = told_take(&o);
	}
	if (output_json) {
		json_object *json = json_object_new_object();

		put_string(json, "test", t.test);
		put_string(json, "result", results[err]);
		put_number(json, "failures", (uint64_t)test.failures);
		json_object_object_add(json, "messages", test.messages);
		json_object_object_add(json, "diagnostics", list ? list : json_object_new_array());
		flush = output_document(json);
	} else {
		json_object_put(test.messages);
		flush = output_flush();
	}
	return err ? err : flush;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define PROGRAM { .name = "PROG.p4", .kind = WORD_FILE }
#define INCLUDE \
	{ "-I", "DIR", WORD_FOLDER, .repeated = true, .help = "look for #include files here, too" }
#define DEFINE \
	{ "-D", "MACRO", WORD_TEXT, .repeated = true, .help = "define NAME or NAME=VALUE" }
#define NO_WARNINGS \
	{ "--no-warnings", NULL, WORD_TEXT, .help = "leave out what is legal and doubtful" }
#define EXTERN \
	{ "--extern", "FILE.c", WORD_FILE, .help = "C that defines the program's own externs" }
#define CC \
	{ "--cc", "CC", WORD_FILE, .help = "the C compiler ($TP4_CC, else gcc, clang or cc)" }
#define CC_FLAGS \
	{ "--cc-flags", "FLAGS", WORD_TEXT, .help = "its flags, in place of -O2" }

const struct command compile_command = {
	.name = "compile",
	.brief = "compile a P4 program for a P4 VM",
	.run = compile_run,
	.words = (const struct word[]){ PROGRAM, { NULL } },
	.options = (const struct option[]){
		{ "-o", "OUT", WORD_FILE, .help = "write it here; - is standard output" },
		{ "--p4info", "FILE", WORD_FILE,
		  .help = "write its p4info here, too: .txt as text, else binary" },
		{ "--emit", "c|tree|p4info", WORD_CHOICE,
		  .help = "print a stage of the compilation in place of the program" },
		INCLUDE, DEFINE, NO_WARNINGS, EXTERN, CC, CC_FLAGS, { NULL } },
	.more = "Exit status: 0 compiled, 1 the program was rejected, 2 wrong usage or the machine\n"
		"is at fault (unreadable file, no C compiler).\n",
};

const struct command check_command = {
	.name = "check",
	.brief = "say what is wrong with a P4 program",
	.run = check_run,
	.words = (const struct word[]){ PROGRAM, { NULL } },
	.options = (const struct option[]){ INCLUDE, DEFINE, NO_WARNINGS, { NULL } },
	.more = "Exit status: 0 accepted, 1 rejected, 2 wrong usage or unreadable file.\n",
};

const struct command format_command = {
	.name = "format",
	.brief = "print a P4 program well laid out",
	.run = format_run,
	.words = (const struct word[]){ PROGRAM, { NULL } },
	.options = (const struct option[]){
		{ "-o", "OUT", WORD_FILE, .help = "write it here; - is standard output" },
		INCLUDE, DEFINE, { NULL } },
	.more = "Exit status: 0 printed, 1 its macros are wrong, 2 wrong usage or unreadable file.\n",
};

const struct command test_command = {
	.name = "test",
	.brief = "run packet tests (STF) against a P4 program",
	.run = test_run,
	.words = (const struct word[]){
		PROGRAM, { .name = "TEST.stf", .kind = WORD_FILE }, { NULL } },
	.options = (const struct option[]){
		{ "-v", NULL, WORD_TEXT, .help = "show what passed, too" },
		INCLUDE, DEFINE, NO_WARNINGS, EXTERN, CC, CC_FLAGS, { NULL } },
	.more = "Packets that differ are shown with the fields that the program's parser finds in them,\n"
		"those that differ in brackets.\n"
		"Exit status: 0 passed, 1 failed, 2 the program cannot be compiled, 3 the test is\n"
		"unreadable.\n",
};
