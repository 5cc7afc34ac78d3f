/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz.h - what the fuzzers of text share: a corpus, mutations, a watchdog.
 *
 * Mutations know the words of the text: a name becomes another name of the same
 * or of another text, a pair of brackets is emptied, doubled or filled with what
 * stands between such brackets elsewhere, a statement moves.  So many of the
 * results still get past a parser, which bytes flipped at random do not.
 *
 * What a run was about to do is written to build/tests/NAME.last when it crashes,
 * hangs or leaks.
 */
#ifndef TP4_FUZZ_H
#define TP4_FUZZ_H

#include <ctype.h>
#include <glob.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#define FUZZ_TEXTS   600
#define FUZZ_ROOM    131072
#define FUZZ_SECONDS 20 /* of processor time, for one input */

/* From here on an input has @seconds; 0: none is under way. */
static inline void fuzz_watch(int seconds)
{
	struct itimerval it = { .it_value.tv_sec = seconds };

	setitimer(ITIMER_PROF, &it, NULL);
}

void __sanitizer_set_death_callback(void (*callback)(void));

struct fuzz_text {
	char *at;
	size_t len;
	const char *path;
};

static struct fuzz_text fuzz_text[FUZZ_TEXTS];
static size_t fuzz_texts;
static uint64_t fuzz_state = 0x9e3779b97f4a7c15ULL;
static char fuzz_now[FUZZ_ROOM + 1]; /* the input under way */
static size_t fuzz_len;
static size_t fuzz_made; /* the text that it was made of */
static const char *fuzz_name;

static inline uint64_t roll(uint64_t n)
{
	fuzz_state ^= fuzz_state << 13;
	fuzz_state ^= fuzz_state >> 7;
	fuzz_state ^= fuzz_state << 17;
	return n ? (fuzz_state >> 11) % n : 0;
}

static inline void fuzz_load(const char *pattern)
{
	static glob_t g;

	if (glob(pattern, fuzz_texts ? GLOB_APPEND : 0, NULL, &g)) {
		printf("not ok 1 - there is no %s; run from the root of the project\n", pattern);
		exit(1);
	}
	for (size_t i = fuzz_texts; i < g.gl_pathc && fuzz_texts < FUZZ_TEXTS; i++) {
		struct fuzz_text *t = &fuzz_text[fuzz_texts++];
		FILE *f = fopen(g.gl_pathv[i], "r");

		t->at = malloc(FUZZ_ROOM / 2);
		if (!f || !t->at)
			abort();
		t->len = fread(t->at, 1, FUZZ_ROOM / 2 - 1, f);
		t->at[t->len] = 0;
		t->path = g.gl_pathv[i];
		fclose(f);
	}
}

static inline void fuzz_keep(void)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "build/tests/%s.last", fuzz_name);
	f = fopen(path, "w");
	if (f) {
		fwrite(fuzz_now, 1, fuzz_len, f);
		fclose(f);
		fprintf(stderr, "not ok - the input is in %s\n", path);
	}
}

static inline void fuzz_hangs(int sig)
{
	(void)sig;
	fprintf(stderr, "no end within %d s of processor time\n", FUZZ_SECONDS);
	fuzz_keep();
	_exit(1);
}

static inline void fuzz_crash(int sig)
{
	fuzz_keep();
	signal(sig, SIG_DFL);
	raise(sig);
}

/* Arguments [RUNS [SEED]]; the number of runs. */
static inline long fuzz_begin(const char *name, int argc, char **argv, long runs)
{
	fuzz_name = name;
	if (argc > 2)
		fuzz_state = (strtoull(argv[2], NULL, 0) + 1) * 0x9e3779b97f4a7c15ULL | 1;
	for (int i = 0; i < 8; i++)
		roll(1);
	signal(SIGPROF, fuzz_hangs);
	signal(SIGABRT, fuzz_crash);
	__sanitizer_set_death_callback(fuzz_keep);
	return argc > 1 ? atol(argv[1]) : runs;
}

/* A word of the text: a name, a number, blanks, a string, or one sign. */
static inline size_t word_end(const char *t, size_t len, size_t at)
{
	size_t i = at + 1;

	if (isalnum((unsigned char)t[at]) || t[at] == '_')
		while (i < len && (isalnum((unsigned char)t[i]) || t[i] == '_'))
			i++;
	else if (isspace((unsigned char)t[at]))
		while (i < len && isspace((unsigned char)t[i]))
			i++;
	else if (t[at] == '"')
		while (i < len && t[i - 1 + (i == at + 1)] != '"' && t[i] != '\n')
			i++;
	return i;
}

/* A place where a word that is not blank begins, chosen at random; len: none. */
static inline size_t word_any(const char *t, size_t len)
{
	size_t i = roll(len);

	while (i > 0 && (isalnum((unsigned char)t[i - 1]) || t[i - 1] == '_') &&
	       (isalnum((unsigned char)t[i]) || t[i] == '_'))
		i--;
	while (i < len && isspace((unsigned char)t[i]))
		i++;
	return i;
}

static inline int word_class(char c)
{
	return isdigit((unsigned char)c) ? 1 : isalpha((unsigned char)c) || c == '_' ? 2 : 3;
}

/* The end of the brackets that open at `at`, behind the closing one; 0: none */
static inline size_t group_end(const char *t, size_t len, size_t at)
{
	static const char open[] = "({[<", close[] = ")}]>";
	const char *kind = t[at] ? strchr(open, t[at]) : NULL;
	int depth = 0;

	if (!kind)
		return 0;
	for (size_t i = at; i < len && i < at + 8192; i++) {
		depth += t[i] == *kind;
		if (t[i] == close[kind - open] && --depth == 0)
			return i + 1;
	}
	return 0;
}

static inline bool group_any(const char *t, size_t len, char kind, size_t *from, size_t *to)
{
	size_t start = roll(len);

	for (size_t i = start; i < len; i++)
		if (kind ? t[i] == kind : t[i] && strchr("({[<", t[i]) != NULL) {
			*from = i;
			*to = group_end(t, len, i);
			if (*to)
				return true;
		}
	return false;
}

/* From behind one ';' or brace to behind the next: a statement or a declaration. */
static inline bool statement_any(const char *t, size_t len, size_t *from, size_t *to)
{
	size_t i = roll(len);

	while (i > 0 && t[i - 1] != ';' && t[i - 1] != '{' && t[i - 1] != '}')
		i--;
	*from = i;
	while (i < len && t[i] != ';' && t[i] != '{' && t[i] != '}')
		i++;
	if (i < len && t[i] == '{')
		*to = group_end(t, len, i);
	else
		*to = i < len && t[i] == ';' ? i + 1 : 0;
	return *to > *from;
}

static inline void splice(size_t at, size_t cut, const char *in, size_t n)
{
	char copy[8192];

	if (at > fuzz_len || n > sizeof(copy))
		return;
	if (cut > fuzz_len - at)
		cut = fuzz_len - at;
	if (fuzz_len - cut + n > FUZZ_ROOM)
		return;
	memcpy(copy, in, n); /* it may be a part of the text */
	memmove(fuzz_now + at + n, fuzz_now + at + cut, fuzz_len - at - cut);
	memcpy(fuzz_now + at, copy, n);
	fuzz_len += n - cut;
}

/* One change; `words` are such as the language likes to stumble over. */
static inline void mutate(const char *const *words, size_t n_words)
{
	const struct fuzz_text *o = &fuzz_text[roll(fuzz_texts)],
			       same = { fuzz_now, fuzz_len, NULL };
	size_t from, to, at, end, was;
	const char *w;

	if (!fuzz_len || !o->len)
		return;
	at = word_any(fuzz_now, fuzz_len);
	if (at >= fuzz_len)
		return;
	end = word_end(fuzz_now, fuzz_len, at);
	switch (roll(14)) {
	case 0: /* a word that is known for trouble, instead or before */
		w = words[roll(n_words)];
		splice(at, roll(2) ? end - at : 0, w, strlen(w));
		break;
	case 1: splice(at, end - at, "", 0); break;
	case 2:
	case 3:
	case 4: /* a word of the same class from this text or another */
		if (roll(2))
			o = &same;
		for (int tries = 0; tries < 20; tries++) {
			from = word_any(o->at, o->len);
			if (from < o->len && word_class(o->at[from]) == word_class(fuzz_now[at])) {
				splice(at, end - at, o->at + from,
				       word_end(o->at, o->len, from) - from);
				break;
			}
		}
		break;
	case 5: /* two words change places */
		from = word_any(fuzz_now, fuzz_len);
		if (from < fuzz_len && end <= from) {
			char a[64];
			size_t n = end - at < sizeof(a) ? end - at : sizeof(a);

			to = word_end(fuzz_now, fuzz_len, from);
			memcpy(a, fuzz_now + at, n);
			was = to - from;
			splice(at, n, fuzz_now + from, was);
			splice(from + was - n, was, a, n);
		}
		break;
	case 6: /* brackets: emptied, doubled around, or filled from elsewhere */
	case 7:
		if (!group_any(fuzz_now, fuzz_len, 0, &at, &end))
			break;
		switch (roll(4)) {
		case 0: splice(at + 1, end - at - 2, "", 0); break;
		case 1:
			splice(end, 0, fuzz_now + end - 1, 1);
			splice(at, 0, fuzz_now + at, 1);
			break;
		default:
			if (group_any(o->at, o->len, fuzz_now[at], &from, &to))
				splice(at, end - at, o->at + from, to - from);
		}
		break;
	case 8: /* statements: twice, gone, from elsewhere */
	case 9:
	case 10:
		if (!statement_any(fuzz_now, fuzz_len, &at, &end))
			break;
		switch (roll(4)) {
		case 0: splice(end, 0, fuzz_now + at, end - at); break;
		case 1: splice(at, end - at, "", 0); break;
		default:
			if (statement_any(o->at, o->len, &from, &to))
				splice(at, roll(2) ? end - at : 0, o->at + from, to - from);
		}
		break;
	case 11: fuzz_now[roll(fuzz_len)] ^= (char)(1 << roll(8)); break;
	case 12:
		if (!roll(8))
			fuzz_len = roll(fuzz_len);
		break;
	case 13: /* much of the same */
		for (int n = 1 << roll(10); n-- && fuzz_len < FUZZ_ROOM / 2;)
			splice(at, 0, fuzz_now + at, end - at);
		break;
	}
}

/* A text of the corpus, changed up to `most` times, at fuzz_now. */
static inline void fuzz_make(const char *const *words, size_t n_words, unsigned int most)
{
	const struct fuzz_text *t = &fuzz_text[fuzz_made = roll(fuzz_texts)];

	memcpy(fuzz_now, t->at, t->len);
	fuzz_len = t->len;
	for (uint64_t n = roll(most + 1); n--;)
		mutate(words, n_words);
	fuzz_now[fuzz_len] = 0;
}

static inline void fuzz_end(void)
{
	for (size_t i = 0; i < fuzz_texts; i++)
		free(fuzz_text[i].at);
}

#endif
