/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_compiler.c - any bytes are a possible program.
 *
 * Takes the programs of the tree, changes them (fuzz.h) and gives them, under the
 * sanitizers, to the lexer, the parser and the whole front end, each alone, and, where
 * that accepts them, to the formatter and all later stages but the C compiler.  A crash,
 * a leak or a hang is a failure, and so is a run in which too few got past one of them:
 * that would test nothing.
 * With LIBFUZZER=lexer, parser, front_end or stages it is libFuzzer's target of that name.
 *
 *   fuzz_compiler [RUNS [SEED]]
 */
#include "compiler/compile.h"
#include "compiler/unit.h"
#include "tests/fuzz.h"

#include <sys/mman.h>

static FILE *nowhere;

/* Every byte belongs to a token or stands between two, and there is an end. */
static bool lexer(const char *text, size_t len)
{
	struct unit u = { 0 };
	struct source src = { .name = "fuzz.p4", .len = len };
	const char *at;
	int line = 1;
	bool good;

	src.text = at = arena_copy(&u.arena, text, len);
	for (;;) {
		const char *was = at;
		struct token t = lex_token(&u, &src, &at, &line, false);

		if (t.value)
			mpz_clear(*t.value);
		if (t.kind == TK_EOF)
			break;
		if (at <= was || t.at < was || t.at + t.len > src.text + len ||
		    at > src.text + len) {
			fprintf(stderr, "a token is outside of its text\n");
			abort();
		}
	}
	good = !u.errors;
	arena_free(&u.arena);
	return good;
}

static const struct tp4_compile_options *options(void)
{
	static struct tp4_compile_options o = { .program = "fuzz.p4" };

	if (!o.messages)
		o.messages = nowhere = fopen("/dev/null", "w");
	if (!nowhere)
		abort();
	return &o;
}

static bool parser(const char *text, size_t len)
{
	return tp4_parse_text(options(), text, len) == 0;
}

static bool front_end(const char *text, size_t len)
{
	return tp4_check_text(options(), text, len) == 0;
}

/* What later stages make of it: they take files.  Is there a program to run? */
static bool stages(const char *text, size_t len)
{
	static const enum tp4_emit emits[] = { TP4_EMIT_TREE, TP4_EMIT_P4INFO, TP4_EMIT_C };
	struct tp4_compile_options o = *options();
	int fd = memfd_create("fuzz.p4", 0), status = 0;
	char path[64];

	o.program = path;
	o.out = "build/tests/fuzz_compiler.out";
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		abort();
	tp4_format(&o);
	for (size_t i = 0; i < 3; i++) {
		o.emit = emits[i];
		status = tp4_compile(&o);
	}
	close(fd);
	return status == 0;
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	LIBFUZZER((const char *)data, len);
	return 0;
}
#else

static const char *const words[] = {
	"0",
	"-1",
	"bit<8>",
	"{",
	"}",
	"(",
	")",
	"<",
	">",
	"...",
	"_",
	"1 << 70000",
	"error",
	"int",
	"tuple<bit<8>>",
	"header",
	"apply",
	"h.x",
	"{#}",
	"1w1",
	"99999999999999999999",
	"~",
	"? 1 : 2",
	"list<bit<8>>",
	"select",
	"extern",
	"bit<65536>",
	"=",
	"this",
	"in",
	"out",
	"&&&",
	"..",
	"\"s\"",
	"#define A A(",
	"#if",
	"#include <core.p4>\n",
	"@name(",
	"varbit<9>",
	"state",
	"exit;",
	"[3:0]",
	"bit<0>",
	"8s128",
	"2147483648",
	"-2147483648",
	"bool",
	"default",
	"<T>",
	"inout",
	"match_kind",
	".next",
	".last",
	"[1]",
	"(bit<4>)",
	"header_union",
	"enum",
	"type",
	"typedef",
	"priority=3:",
	"const",
	"true",
	"reject",
	"|+|",
	"|-|",
	"++",
	">>",
	"/ 0",
	"% 0",
	"varbit<0>",
	"value_set<bit<8>>(4)",
	"for (bit<8> i in 0 .. 3)",
	"break;",
	"switch (",
	"return",
	"package",
	"list",
	"int<1>",
	".apply()",
	"optional",
	"lpm",
	"ternary",
	"range",
	"abstract",
	"static_assert(",
	"@optional",
	"-",
	"!",
	"/*",
	"//",
};

/* How many of the inputs must get past each of them, in percent of those given to it */
enum { LEXER, PARSER, FRONT_END, STAGES, TARGETS };
static const struct {
	const char *name;
	bool (*run)(const char *text, size_t len);
	int floor;
} targets[TARGETS] = {
	[LEXER] = { "lexer", lexer, 95 },
	[PARSER] = { "parser", parser, 35 },
	[FRONT_END] = { "front end", front_end, 10 },
	[STAGES] = { "later stages", stages, 25 },
};

static long given[TARGETS], taken[TARGETS];

static bool give(int to)
{
	bool good;

	fuzz_watch(FUZZ_SECONDS);
	good = targets[to].run(fuzz_now, fuzz_len);
	fuzz_watch(0);
	given[to]++;
	taken[to] += good;
	return good;
}

int main(int argc, char **argv)
{
	long runs = fuzz_begin("fuzz_compiler", argc, argv, 6000);
	int failed = 0;

	fuzz_load("tests/p4/*.p4");
	fuzz_load("tests/p4/bad/*.p4");
	fuzz_load("tests/p4/front/*.p4");
	fuzz_load("tests/programs/*.p4");
	fuzz_load("examples/*/*.p4");
	for (long i = 0; i < runs; i++) {
		fuzz_make(words, sizeof(words) / sizeof(words[0]), 4);
		give(LEXER);
		give(PARSER);
		if (give(FRONT_END))
			give(STAGES);
	}
	for (int i = 0; i < TARGETS; i++) {
		bool good = taken[i] * 100 >= given[i] * targets[i].floor && taken[i];

		failed += !good;
		printf("%s %d - %ld runs of the %s, %ld %% without an error (floor %d %%)\n",
		       good ? "ok" : "not ok", i + 1, given[i], targets[i].name,
		       given[i] ? taken[i] * 100 / given[i] : 0, targets[i].floor);
	}
	unlink("build/tests/fuzz_compiler.out");
	fuzz_end();
	fclose(nowhere);
	return failed > 0;
}
#endif
