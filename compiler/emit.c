/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit.c - the C back end: text, names, the order of things. */
#include "compiler/emit.h"
#include "runtime/program.h"

#include <ctype.h>

void raw(struct emitter *e, const char *f, ...)
{
	va_list ap;

	va_start(ap, f);
	buffer_vprintf(e->out, f, ap);
	va_end(ap);
}

/* The end of "(*NAME)", with NAME as in "f->hdr"; NULL: s begins otherwise. */
static const char *pointee_end(const char *s)
{
	if (s[0] != '(' || s[1] != '*')
		return NULL;
	for (s += 2; isalnum((unsigned char)*s) || *s == '_' || (*s == '-' && s[1] == '>'); s++)
		s += *s == '-';
	return *s == ')' ? s + 1 : NULL;
}

/* What closes the parenthesis at s; NULL: there is none, or a string that may hold others. */
static char *closing(char *s)
{
	int depth = 0;

	for (; *s && *s != '"' && *s != '\''; s++) {
		depth += (*s == '(') - (*s == ')');
		if (!depth)
			return s;
	}
	return NULL;
}

/*
 * As people write it: p->x for (*p).x, p for &(*p), and a condition or a value without
 * parentheses of its own.  Who makes a piece of text does not know where it will stand.
 */
static void simplify(char *s)
{
	char *to = s, *open, *close;
	bool quoted = false;

	if (!strncmp(s, "/*", 2))
		return; /* a line of P4 */
	for (const char *from = s, *end; *from;) {
		bool address = from[0] == '&' && from[1] == '(';

		quoted ^= *from == '"';
		if (quoted && from[0] == '\\' && from[1])
			*to++ = *from++;
		end = quoted ? NULL : pointee_end(from + address);
		if (!end || address == (*end == '.')) {
			*to++ = *from++;
			continue;
		}
		for (from += 2 + address; from < end - 1; from++)
			*to++ = *from;
		if (!address)
			to = stpcpy(to, "->");
		from = end + !address;
	}
	*to = '\0';

	open = strncmp(s, "if ((", 5) ? strstr(s, " = (") : s + 1;
	close = open ? closing(open + 3) : NULL;
	if (!close || (strcmp(close, ");") && strcmp(close, "))") && strcmp(close, ")) {")))
		return;
	memmove(close, close + 1, strlen(close));
	memmove(open + 3, open + 4, strlen(open + 3));
}

void line(struct emitter *e, const char *f, ...)
{
	va_list ap;
	bool label = f[0] == '@'; /* one tab less */
	size_t start;

	for (int i = label; i < e->indent; i++)
		buffer_str(e->out, "\t");
	start = e->out->len;
	va_start(ap, f);
	buffer_vprintf(e->out, f + label, ap);
	va_end(ap);
	simplify(e->out->text + start);
	e->out->len = start + strlen(e->out->text + start);
	buffer_str(e->out, "\n");
}

const char *fmt(struct emitter *e, const char *f, ...)
{
	va_list ap;
	char *s;

	va_start(ap, f);
	s = arena_vprintf(&e->u->arena, f, ap);
	va_end(ap);
	return s;
}

static const char *const reserved[] = {
	"auto",     "break",  "case",     "char",    "const",    "continue", "default",
	"do",       "double", "else",     "enum",    "extern",   "float",    "for",
	"goto",     "if",     "inline",   "int",     "long",     "register", "restrict",
	"return",   "short",  "signed",   "sizeof",  "static",   "struct",   "switch",
	"typedef",  "union",  "unsigned", "void",    "volatile", "while",    "bool",
	"true",     "false",  "asm",      "typeof",  "likely",   "unlikely", "NULL",
	"offsetof", "unix",   "linux",    "i386",    "uint8_t",  "uint16_t", "uint32_t",
	"uint64_t", "int8_t", "int16_t",  "int32_t", "int64_t",  "c",        "f",
	"frame",    "turns",  "memset",   "memcpy",  "memmove",  "memcmp",   "size_t",
	"errno",    "main",
};

/* Names that end in "_" are made here only, and stdint.h has macros with the other ends. */
static const char *const reserved_ends[] = { "_", "_MAX", "_MIN" };

/* A P4 name as a C name: itself, unless it is taken. */
const char *c_name(struct emitter *e, const char *name)
{
	size_t n = strlen(name);
	char *s;

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (!strcmp(reserved[i], name))
			return fmt(e, "%s_", name);
	for (size_t i = 0; i < sizeof(reserved_ends) / sizeof(reserved_ends[0]); i++)
		if (n >= strlen(reserved_ends[i]) &&
		    !strcmp(reserved_ends[i], name + n - strlen(reserved_ends[i])))
			return fmt(e, "%s_", name);
	if (name[0] == '_' || !strncmp(name, "tp4_", 4) || !strncmp(name, "TP4_", 4))
		return fmt(e, "p4%s", name);
	s = arena_copy(&e->u->arena, name, n);
	for (char *p = s; *p; p++)
		if (*p == '$' || *p == '.')
			*p = '_';
	return s;
}

const char *fresh(struct emitter *e, const char *stem)
{
	return fmt(e, "%s_%d_", c_name(e, stem), ++e->serial); /* no P4 name ends so */
}

/* The program's line that the following C comes from. */
void show_source(struct emitter *e, const struct node *n)
{
	const struct token *t = n->tok;
	const char *p, *end, *stop;
	struct buffer b = { 0 };

	if (!t || !t->src || !t->at)
		return;
	p = t->at;
	while (p > t->src->text && p[-1] != '\n' && t->at - p < 200)
		p--;
	stop = t->src->text + t->src->len;
	for (end = p; end < stop && end - p < 400 && *end != '\n' && *end != '\r'; end++)
		;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	buffer_str(&b, "");
	for (; p < end && b.len < 100; p++) {
		/* Neither a comment's end nor a line's may slip in. */
		if (p[0] == '*' && p + 1 < end && p[1] == '/')
			p++;
		else if (p[0] == '/' && p + 1 < end && (p[1] == '*' || p[1] == '/'))
			break;
		else if ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7f && *p != '\\' &&
			 *p != '?')
			buffer_add(&b, p, 1);
	}
	line(e, "/* %d: %s */", t->line, b.text);
	buffer_free(&b);
}

bool once(struct emitter *e, const char *name)
{
	return intern_new(&e->u->arena, &e->done, name);
}

/* Functions are written one inside another's making; each into a buffer of its own. */
struct emitter function_begin(struct emitter *e, struct buffer *b)
{
	struct emitter saved = *e;

	memset(b, 0, sizeof(*b));
	buffer_str(b, "");
	e->out = b;
	e->indent = 0;
	e->brk = e->cont = e->leave = e->reject = e->ret = NULL;
	return saved;
}

void function_end(struct emitter *e, struct emitter *saved, struct buffer *b)
{
	buffer_add(&e->code, b->text, b->len);
	buffer_str(&e->code, "\n");
	buffer_free(b);
	e->out = saved->out;
	e->indent = saved->indent;
	e->inst = saved->inst;
	e->scope = saved->scope;
	e->sub = saved->sub;
	e->leave = saved->leave;
	e->reject = saved->reject;
	e->brk = saved->brk;
	e->cont = saved->cont;
	e->ret = saved->ret;
	e->in_frame = saved->in_frame;
}

static bool find_exit(const struct node *n, int depth)
{
	for (; n && depth <= 3000; n = n->c) {
		if (n->kind == N_EXIT)
			return true;
		if (find_exit(n->a, depth + 1) || find_exit(n->b, depth + 1))
			return true;
		for (int i = 0; i < n->list.n; i++)
			if (find_exit(n->list.v[i], depth + 1))
				return true;
	}
	return false;
}

/* A program may have names, and values, that it does not use. */
static const char *const unused[] = { "variable", "but-set-variable", "parameter", "label",
				      "value" };

bool emit_program(struct unit *u, struct model *m, const char *name, struct buffer *out)
{
	struct emitter e = { .u = u, .m = m };
	int lines = 3; /* with the next two */

	buffer_str(&e.types, "");
	buffer_str(&e.data, "");
	buffer_str(&e.code, "");
	for (int i = 0; i < m->program->list.n; i++)
		e.has_exit |= find_exit(m->program->list.v[i], 0);
	arch_c(&e, name);
	buffer_printf(out, "/* %s, compiled by transp4 */\n", name);
	/* GCC 12 loses what a function writes to a part, then to the whole (written-through.p4). */
	buffer_str(out, "#pragma GCC optimize(\"no-ipa-modref\")\n");
	for (size_t i = 0; i < sizeof(unused) / sizeof(unused[0]); i++)
		buffer_printf(out, "#pragma GCC diagnostic ignored \"-Wunused-%s\"\n", unused[i]);
	buffer_str(out, "#include \"program.h\"\n#include \"program_bits.h\"\n"
			"#include \"program_wide.h\"\n\n");
	buffer_add(out, e.types.text, e.types.len);
	buffer_str(out, "\n");
	if (u->externs) {
		buffer_printf(out, "#line 1 %s\n", c_string(&e, u->externs->name));
		buffer_add(out, u->externs->text, u->externs->len);
		for (size_t i = 0; i < out->len; i++)
			lines += out->text[i] == '\n';
		buffer_printf(out, "\n#line %d \"program.c\"\n", lines);
	}
	buffer_add(out, e.data.text, e.data.len);
	buffer_str(out, "\n");
	buffer_add(out, e.code.text, e.code.len);
	buffer_free(&e.types);
	buffer_free(&e.data);
	buffer_free(&e.code);
	return u->errors == 0;
}
