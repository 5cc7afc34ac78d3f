/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* hint.c - what a name or a word that nobody knows may have been meant for. */
#include "compiler/hint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_ 64

/* Letters to change, add, leave out or swap with the next; @most stands for that and more. */
static int distance(const char *a, const char *b, int most)
{
	int la = (int)strlen(a), lb = (int)strlen(b), rows[3][NAME_MAX_ + 1];
	int *two = rows[0], *one = rows[1], *row = rows[2];

	if (la > NAME_MAX_ || lb > NAME_MAX_ || abs(la - lb) >= most)
		return most;
	for (int j = 0; j <= lb; j++)
		row[j] = j;
	for (int i = 1; i <= la; i++) {
		int *free_row = two, least = i;

		two = one;
		one = row;
		row = free_row;
		row[0] = i;
		for (int j = 1; j <= lb; j++) {
			row[j] = one[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = one[j] + 1 < row[j] ? one[j] + 1 : row[j];
			row[j] = row[j - 1] + 1 < row[j] ? row[j - 1] + 1 : row[j];
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    two[j - 2] + 1 < row[j])
				row[j] = two[j - 2] + 1;
			least = row[j] < least ? row[j] : least;
		}
		if (least >= most)
			return most;
	}
	return row[lb];
}

struct meant meant_for(const char *name)
{
	/* A third of the letters may be wrong, and three at most. */
	size_t n = (strlen(name) + 1) / 3;

	return (struct meant){ .name = name, .least = (n < 3 ? (int)n : 3) + 1 };
}

void meant_try(struct meant *m, const char *candidate)
{
	int d = distance(m->name, candidate, m->least);

	if (d && d < m->least) {
		m->least = d;
		m->best = candidate;
	}
}

void meant_try_all(struct meant *m, const nodes *list)
{
	for (int i = 0; i < list->n; i++)
		if (list->v[i]->name)
			meant_try(m, list->v[i]->name);
}

void meant_try_keywords(struct meant *m, bool all)
{
	/* What is shorter is like one by chance. */
	for (int id = TOK_NONE + 1; id < TOK_COUNT && strlen(m->name) > 3; id++)
		if (isalpha((unsigned char)*token_spelling(id)) &&
		    (all || id == TOK_TRUE || id == TOK_FALSE || id == TOK_ERROR))
			meant_try(m, token_spelling(id));
}

bool meant_hint(struct unit *u, const struct meant *m)
{
	if (m->best)
		unit_hint(u, "did you mean '%s'?", m->best);
	return m->best;
}

/* uint8_t, u8, int16, bit32, ... */
static bool hint_number(struct unit *u, const char *word)
{
	bool bits = *word == 'u' || !strncmp(word, "bit", 3);
	const char *p = word + (*word == 'u');
	size_t n;

	if (!strncmp(p, "int", 3) || !strncmp(p, "bit", 3))
		p += 3;
	else if (p == word)
		return false;
	n = strspn(p, "0123456789");
	if (!n || n > 4 || (p[n] && strcmp(p + n, "_t")))
		return false;
	unit_hint(u, "P4 calls it %s<%.*s>", bits ? "bit" : "int", (int)n, p);
	return true;
}

bool hint_word(struct unit *u, const char *word)
{
	static const char *const words[][2] = {
		{ "NULL", "whether a header is there says isValid()" },
		{ "null", "whether a header is there says isValid()" },
		{ "and", "write &&" },
		{ "auto", "say the type, as in bit<32> x = 3;" },
		{ "case", "a label stands alone, as in 1: { ... }" },
		{ "def", "a function is written bit<8> f(in bit<8> x) { ... }" },
		{ "function", "a function is written bit<8> f(in bit<8> x) { ... }" },
		{ "sizeof", "a header has minSizeInBytes()" },
		{ "static", "leave it out" },
		{ "char", "a character is a number, as in bit<8>" },
		{ "do", "loops are made with for, as in for (bit<8> i in 0 .. 7)" },
		{ "double", "P4 has whole numbers only, as in bit<32>" },
		{ "elif", "write else if" },
		{ "elsif", "write else if" },
		{ "elseif", "write else if" },
		{ "float", "P4 has whole numbers only, as in bit<32>" },
		{ "goto", "states go on with transition" },
		{ "let", "say the type, as in bit<32> x = 3;" },
		{ "long", "numbers have a width, as in bit<64> and int<64>" },
		{ "not", "write !" },
		{ "or", "write ||" },
		{ "printf", "v1model has log_msg(\"text\")" },
		{ "then", "an if has no then" },
		{ "short", "numbers have a width, as in bit<16> and int<16>" },
		{ "unsigned", "numbers have a width, as in bit<32>; bit is unsigned" },
		{ "var", "say the type, as in bit<32> x = 3;" },
		{ "while", "loops are made with for, as in for (bit<8> i in 0 .. 7)" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i][0], word)) {
			unit_hint(u, "%s", words[i][1]);
			return true;
		}
	return hint_number(u, word);
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Is the name there as a word of its own, between from and to? */
static bool has_word(const char *from, const char *to, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = from; p && p + n <= to; p = strstr(p + 1, name))
		if (!strncmp(p, name, n) && !is_word(p[n]) && (p == from || !is_word(p[-1])))
			return true;
	return false;
}

/* In our own include files a declaration begins its line. */
static bool declares(const char *text, const char *name, bool as_type)
{
	static const struct {
		const char *begin, *stop; /* the name is before any of these */
		bool is_type;             /* and nothing else */
	} kinds[] = {
		{ "struct ", "{", true },    { "header ", "{", true },
		{ "typedef ", ";", true },   { "type ", ";", true },
		{ "extern ", "({<", false }, { "package ", "(<", false },
		{ "parser ", "(<", false },  { "control ", "(<", false },
		{ "enum ", "{", false },     { "action ", "(", false },
		{ "const ", "=", false },    { "match_kind", "}", false },
	};

	for (const char *p = text; *p; p += *p == '\n') {
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
			size_t n = strlen(kinds[i].begin);

			if ((as_type || !kinds[i].is_type) && !strncmp(p, kinds[i].begin, n) &&
			    has_word(p + n, p + n + strcspn(p + n, kinds[i].stop), name))
				return true;
		}
		p += strcspn(p, "\n");
	}
	return false;
}

static bool is_included(struct unit *u, const char *file)
{
	size_t n = strlen(file);

	for (int i = 0; i < u->sources.n; i++) {
		const char *path = u->sources.v[i]->path, *slash = strrchr(path, '/');

		path = slash ? slash + 1 : path + (*path == '<');
		if (!strncmp(path, file, n) && (!path[n] || path[n] == '>'))
			return true;
	}
	return false;
}

const char *header_declaring(struct unit *u, const char *name, bool as_type, const char *first)
{
	static const char *const files[] = { "core.p4",      "v1model.p4",    "psa.p4",
					     "pna.p4",       "ebpf_model.p4", "ubpf_model.p4",
					     "xdp_model.p4", "transp4.p4" };
	const char *found = NULL;
	bool one = false;

	/* A program is of one architecture: that of another has it only if no third has. */
	for (size_t i = 1; i < sizeof(files) / sizeof(files[0]); i++)
		one |= is_included(u, files[i]);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		for (const struct include_file *f = include_files; f->name; f++) {
			if (strcmp(f->name, files[i]) || is_included(u, f->name) ||
			    !declares(f->text, name, as_type))
				continue;
			if (f->name == first || !i)
				return f->name;
			if (found && one)
				return NULL;
			found = found ? found : f->name;
		}
	return one && !as_type ? NULL : found;
}
