/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_compiler.c - any bytes are a possible program.
 *
 * Takes the programs of the tree, changes them (fuzz.h) and gives them, under the
 * sanitizers, to the lexer alone, to the whole front end and, where that accepts
 * them, to the formatter and all later stages but the C compiler.  A crash, a leak
 * or a hang is a failure, and so is a run in which too few got past the parser or
 * were accepted: that would test nothing.
 * With LIBFUZZER defined it is a target for libFuzzer instead.
 *
 *   fuzz_compiler [RUNS [SEED]]
 */
#include "compiler/compile.h"
#include "compiler/unit.h"
#include "tests/fuzz.h"

#include <sys/mman.h>

#define PARSED_FLOOR   35 /* percent */
#define ACCEPTED_FLOOR 10

static FILE *nowhere;

/* Every byte belongs to a token or stands between two, and there is an end. */
static void lexer(const char *text, size_t len)
{
	struct unit u = { 0 };
	struct source src = { .name = "fuzz.p4", .len = len };
	const char *at;
	int line = 1;

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
	arena_free(&u.arena);
}

/* What later stages make of it: they take files. */
static void stages(const char *text, size_t len)
{
	static const enum tp4_emit emits[] = { TP4_EMIT_C, TP4_EMIT_TREE, TP4_EMIT_P4INFO };
	int fd = memfd_create("fuzz.p4", 0);
	char path[64];
	struct tp4_compile_options o = { .program = path,
					 .messages = nowhere,
					 .out = "build/tests/fuzz_compiler.out" };

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		abort();
	for (size_t i = 0; i < 3; i++) {
		o.emit = emits[i];
		tp4_compile(&o);
	}
	tp4_format(&o);
	close(fd);
}

static bool one(const char *text, size_t len, bool *accepted)
{
	struct tp4_compile_options o = { .program = "fuzz.p4", .messages = nowhere };
	bool parsed = false;

	*accepted = tp4_check_text(&o, text, len, &parsed) == 0;
	return parsed;
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	bool accepted;

	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	one((const char *)data, len, &accepted);
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

int main(int argc, char **argv)
{
	long runs = fuzz_begin("fuzz_compiler", argc, argv, 6000), parsed = 0, taken = 0;
	bool good;

	nowhere = fopen("/dev/null", "w");
	fuzz_load("tests/p4/*.p4");
	fuzz_load("tests/p4/bad/*.p4");
	fuzz_load("tests/p4/front/*.p4");
	fuzz_load("tests/programs/*.p4");
	fuzz_load("examples/*/*.p4");
	if (!fuzz_texts || !nowhere) {
		puts("not ok 1 - no programs found; run from the root of the project");
		return 1;
	}
	for (long i = 0; i < runs; i++) {
		bool accepted;

		fuzz_make(words, sizeof(words) / sizeof(words[0]), 4);
		fuzz_watch(FUZZ_SECONDS);
		lexer(fuzz_now, fuzz_len);
		parsed += one(fuzz_now, fuzz_len, &accepted);
		taken += accepted;
		if (accepted && i % 4 == 0)
			stages(fuzz_now, fuzz_len);
		fuzz_watch(0);
	}
	good = parsed * 100 >= runs * PARSED_FLOOR && taken * 100 >= runs * ACCEPTED_FLOOR;
	printf("%s 1 - %ld runs, %ld %% past the parser (floor %d %%), %ld %% accepted (floor %d "
	       "%%)\n",
	       good ? "ok" : "not ok", runs, parsed * 100 / runs, PARSED_FLOOR, taken * 100 / runs,
	       ACCEPTED_FLOOR);
	unlink("build/tests/fuzz_compiler.out");
	fuzz_end();
	fclose(nowhere);
	return !good;
}
#endif
