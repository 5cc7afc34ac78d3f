/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_compiler.c - any bytes are a possible program.
 *
 * Takes the programs of the tree, changes them (tokens swapped, repeated, cut
 * out, bytes flipped, pieces of others put in) and gives them to the front end
 * under the sanitizers.  A crash, a leak or a hang is a failure, and so is a
 * run in which fewer than a tenth got past the parser: that would test nothing.
 * With LIBFUZZER defined it is a target for libFuzzer instead.
 *
 *   fuzz_compiler [RUNS [SEED]]
 */
#include "compiler/compile.h"

#include <glob.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAMS_MAX 400
#define FLOOR_PERCENT 10
#define SECONDS_MAX 20

static FILE *nowhere;

static bool one(const char *text, size_t len)
{
	struct tp4_compile_options o = { .program = "fuzz.p4", .messages = nowhere };
	bool parsed = false;

	tp4_check_text(&o, text, len, &parsed);
	return parsed;
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	one((const char *)data, len);
	return 0;
}
#else

static struct {
	char *text;
	size_t len;
} programs[PROGRAMS_MAX];
static size_t n_programs;
static uint64_t state;

static uint64_t roll(uint64_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n ? state % n : 0;
}

static void load(const char *pattern)
{
	glob_t g;

	if (glob(pattern, 0, NULL, &g))
		return;
	for (size_t i = 0; i < g.gl_pathc && n_programs < PROGRAMS_MAX; i++) {
		FILE *f = fopen(g.gl_pathv[i], "r");
		char *text = malloc(65536);
		size_t len;

		if (!f || !text)
			abort();
		len = fread(text, 1, 65535, f);
		text[len] = 0;
		fclose(f);
		programs[n_programs].text = text;
		programs[n_programs++].len = len;
	}
	globfree(&g);
}

/* A place where a word or a sign begins. */
static size_t word_at(const char *t, size_t len)
{
	size_t i = roll(len);

	while (i > 0 && strchr(" \n\t(){};,<>", t[i - 1]) == NULL)
		i--;
	return i;
}

static size_t word_len(const char *t, size_t len, size_t at)
{
	size_t n = 0;

	while (at + n < len && strchr(" \n\t(){};,<>", t[at + n]) == NULL)
		n++;
	return n ? n : 1;
}

static void splice(char *t, size_t *len, size_t room, size_t at, size_t cut, const char *in, size_t in_len)
{
	if (at > *len)
		at = *len;
	if (at + cut > *len)
		cut = *len - at;
	if (*len - cut + in_len > room)
		return;
	memmove(t + at + in_len, t + at + cut, *len - at - cut);
	memcpy(t + at, in, in_len);
	*len += in_len - cut;
}

static void mutate(char *t, size_t *len, size_t room)
{
	static const char *const words[] = {
		"0", "-1", "bit<8>", "{", "}", "(", ")", "<", ">", "...", "_", "1 << 70000", "error", "int",
		"tuple<bit<8>>", "header", "apply", "h.x", "{#}", "1w1", "99999999999999999999", "~", "? 1 : 2",
		"list<bit<8>>", "select", "extern", "bit<65536>", "=", "this", "in", "out", "&&&", "..", "\"s\"",
		"#define A A(", "#if", "#include <core.p4>\n", "@name(", "varbit<9>", "state", "exit;", "[3:0]",
	};
	const char *w = words[roll(sizeof(words) / sizeof(words[0]))];
	size_t at = word_at(t, *len), n = word_len(t, *len, at), other, from;

	switch (roll(7)) {
	case 0: splice(t, len, room, at, n, w, strlen(w)); break;
	case 1: splice(t, len, room, at, n, "", 0); break;
	case 2: splice(t, len, room, at, 0, w, strlen(w)); break;
	case 3: {
		char copy[64];
		size_t b = word_at(t, *len), m = word_len(t, *len, b);

		m = m > 64 ? 64 : m;
		memcpy(copy, t + b, m);
		splice(t, len, room, at, n, copy, m);
		break;
	}
	case 4: t[roll(*len)] ^= (char)(1 << roll(8)); break;
	case 5: *len = roll(20) ? *len : roll(*len); break;
	case 6:
		other = roll(n_programs);
		from = roll(programs[other].len);
		n = roll(200);
		if (from + n > programs[other].len)
			n = programs[other].len - from;
		splice(t, len, room, at, 0, programs[other].text + from, n);
		break;
	}
}

static char *last;
static size_t last_len;

static void too_long(int sig)
{
	(void)sig;
	fprintf(stderr, "not ok - the front end hangs on:\n%.*s\n", (int)last_len, last);
	_exit(1);
}

int main(int argc, char **argv)
{
	long runs = argc > 1 ? atol(argv[1]) : 3000, parsed = 0;
	char *text = malloc(131072 + 1);

	if (!text)
		return 1;
	state = argc > 2 ? strtoull(argv[2], NULL, 0) | 1 : 0x9e3779b97f4a7c15ULL;
	nowhere = fopen("/dev/null", "w");
	load("tests/p4/*.p4");
	load("tests/p4/bad/*.p4");
	load("tests/programs/*.p4");
	load("examples/*/*.p4");
	if (!n_programs || !nowhere) {
		puts("not ok 1 - no programs found; run from the root of the project");
		return 1;
	}
	signal(SIGALRM, too_long);
	for (long i = 0; i < runs; i++) {
		size_t k = roll(n_programs), len = programs[k].len;

		memcpy(text, programs[k].text, len);
		for (uint64_t m = roll(4); m-- && len;)
			mutate(text, &len, 131072);
		text[len] = 0;
		last = text;
		last_len = len;
		alarm(SECONDS_MAX);
		parsed += one(text, len);
		alarm(0);
	}
	printf("%s 1 - %ld runs, %ld %% past the parser (floor %d %%)\n",
	       parsed * 100 >= runs * FLOOR_PERCENT ? "ok" : "not ok", runs, parsed * 100 / runs,
	       FLOOR_PERCENT);
	for (size_t i = 0; i < n_programs; i++)
		free(programs[i].text);
	free(text);
	fclose(nowhere);
	return parsed * 100 >= runs * FLOOR_PERCENT ? 0 : 1;
}
#endif
