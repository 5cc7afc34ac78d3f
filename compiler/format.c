/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * format.c - `transp4 format`: a statement a line, indentation and blanks set right.
 *
 * Works on the raw tokens of one file, unpreprocessed, so that macros,
 * directives and comments stay as they are.
 */
#include "compiler/format.h"

#include <errno.h>
#include <string.h>

struct formatter {
	struct buffer *out;
	int depth, parens;
	bool bol;                  /* nothing on this line yet */
	bool statement;            /* the line goes on with a statement begun before */
	bool wrap;                 /* what comes next begins a line */
	uint8_t block[1024];       /* of each open brace: statements, not a list of values */
	struct token before[1024]; /* of each open parenthesis: what stood before it */
	struct token closed;       /* what stood before the parenthesis closed last */
	bool condition;            /* it closed an if's or a for's */
	int angles, brackets;      /* open < of types, open [ */
	int choices;               /* ? whose : is to come */
	bool chosen;               /* the last : was one of them */
	bool less, more;           /* the last < or > compares or shifts */
};

static bool word(const struct token *t)
{
	return t->kind == TK_NAME || t->kind == TK_KEYWORD || t->kind == TK_INT ||
	       t->kind == TK_STRING;
}

static bool binary(const struct token *t)
{
	if (t->kind != TK_PUNCT)
		return false;
	switch (t->id) {
	case TOK_PLUS:
	case TOK_MINUS:
	case TOK_MUL:
	case TOK_DIV:
	case TOK_MOD:
	case TOK_PP:
	case TOK_BAND:
	case TOK_BOR:
	case TOK_BXOR:
	case TOK_AND:
	case TOK_OR:
	case TOK_EQ:
	case TOK_NE:
	case TOK_LE:
	case TOK_GE:
	case TOK_SHL:
	case TOK_ASSIGN:
	case TOK_MASK:
	case TOK_PLUS_SAT:
	case TOK_MINUS_SAT:
	case TOK_QUESTION:
	case TOK_PLUS_ASSIGN:
	case TOK_MINUS_ASSIGN:
	case TOK_MUL_ASSIGN:
	case TOK_DIV_ASSIGN:
	case TOK_MOD_ASSIGN:
	case TOK_PLUS_SAT_ASSIGN:
	case TOK_MINUS_SAT_ASSIGN:
	case TOK_BAND_ASSIGN:
	case TOK_BOR_ASSIGN:
	case TOK_BXOR_ASSIGN:
	case TOK_SHL_ASSIGN: return true;
	}
	return false;
}

/* Would these two begin with another token, were they joined, as an annotation's may? */
static bool merges(const struct token *a, const struct token *b)
{
	for (int id = 0; id < TOK_COUNT && a->kind == TK_PUNCT && b->kind == TK_PUNCT; id++) {
		const char *both = token_spelling(id);
		size_t n = strlen(both), rest = n - (size_t)a->len;

		if (n > (size_t)a->len && !strncmp(both, a->at, (size_t)a->len) &&
		    rest <= (size_t)b->len && !strncmp(both + a->len, b->at, rest))
			return true;
	}
	return false;
}

/*
 * Is the < that stands before p one of type arguments?  Then its > comes before anything that is
 * in no type, and what may follow a type behind it.
 */
static bool opens_types(struct unit *u, const struct source *src, const struct token *before,
			const char *p)
{
	int depth = 1, parens = 0, line = 0;

	if (!word(before) || before->kind == TK_INT)
		return false;
	for (int i = 0; i < 64 && depth && depth < 8; i++) {
		struct token t = lex_token(u, src, &p, &line, true);

		parens += token_is(&t, TOK_LPAREN) - token_is(&t, TOK_RPAREN);
		depth += !parens && token_is(&t, TOK_LT);
		depth -= !parens && token_is(&t, TOK_GT);
		if (parens < 0 || t.kind == TK_EOF || token_is(&t, TOK_SEMI) ||
		    (!parens && t.kind == TK_PUNCT && !token_is(&t, TOK_LT) &&
		     !token_is(&t, TOK_GT) && !token_is(&t, TOK_COMMA) && !token_is(&t, TOK_DOT) &&
		     !token_is(&t, TOK_LBRACKET) && !token_is(&t, TOK_RBRACKET) &&
		     !token_is(&t, TOK_RPAREN)))
			return false;
	}
	return !depth && lex_token(u, src, &p, &line, true).kind != TK_INT;
}

/* One blank between these two? */
static bool blank_between(const struct formatter *f, const struct token *before2,
			  const struct token *a, const struct token *b)
{
	if (b->space && merges(a, b))
		return true;
	if (token_is(b, TOK_COMMA) || token_is(b, TOK_SEMI) || token_is(b, TOK_RPAREN) ||
	    token_is(b, TOK_RBRACKET) || token_is(b, TOK_DOT) || token_is(a, TOK_DOT) ||
	    token_is(a, TOK_LPAREN) || token_is(a, TOK_LBRACKET) || token_is(a, TOK_BNOT) ||
	    token_is(a, TOK_NOT) || token_is(a, TOK_AT))
		return false;
	if (token_is(a, TOK_COMMA) || token_is(a, TOK_SEMI))
		return true;
	if (token_is(b, TOK_COLON))
		return f->choices || b->space;
	if (token_is(a, TOK_COLON))
		return f->chosen || (!f->brackets && !f->parens) || b->space;
	if (token_is(a, TOK_GT) && (token_is(b, TOK_GE) || token_is(b, TOK_GT)))
		return b->space; /* >> and >>= are two tokens */
	if ((f->less && (token_is(a, TOK_LT) || token_is(b, TOK_LT))) ||
	    (f->more && (token_is(a, TOK_GT) || token_is(b, TOK_GT))))
		return true;
	if (word(b) && (token_is(a, TOK_RBRACKET) ||
			(token_is(a, TOK_RPAREN) &&
			 (f->closed.kind == TK_NAME || token_is(&f->closed, TOK_GT)))))
		return true;
	if (token_is(b, TOK_AT) && !f->parens)
		return true;
	if (token_is(b, TOK_LBRACKET))
		return a->kind == TK_PUNCT && !token_is(a, TOK_RPAREN) &&
		       !token_is(a, TOK_RBRACKET) && !token_is(a, TOK_GT);
	if (token_is(b, TOK_LPAREN))
		return token_is(a, TOK_IF) || token_is(a, TOK_SWITCH) || token_is(a, TOK_FOR) ||
		       binary(a) || token_is(a, TOK_RETURN) ||
		       (b->space &&
			(token_is(a, TOK_GT) || token_is(a, TOK_LT) || token_is(a, TOK_COLON) ||
			 token_is(a, TOK_LBRACE) || token_is(a, TOK_IN)));
	if (token_is(b, TOK_LBRACE) || token_is(a, TOK_LBRACE) || token_is(b, TOK_RBRACE) ||
	    token_is(a, TOK_RBRACE))
		return true;
	if ((token_is(a, TOK_MINUS) || token_is(a, TOK_PLUS)) &&
	    (!before2 || binary(before2) || token_is(before2, TOK_LPAREN) ||
	     token_is(before2, TOK_COMMA) || token_is(before2, TOK_COLON) ||
	     token_is(before2, TOK_RETURN) || token_is(before2, TOK_LBRACKET)))
		return false;
	if (binary(a) || binary(b))
		return true;
	if (word(b) && (word(a) || token_is(a, TOK_GT)))
		return true;
	return b->space;
}

/* Does this brace, of the depth that is reached, hold statements or members, rather than values? */
static bool opens_block(const struct formatter *f, const struct token *before2,
			const struct token *a)
{
	if (token_is(a, TOK_ASSIGN))
		return before2 && (token_is(before2, TOK_KEY) || token_is(before2, TOK_ACTIONS) ||
				   token_is(before2, TOK_ENTRIES));
	if (token_is(a, TOK_RPAREN))
		return f->closed.kind == TK_NAME || token_is(&f->closed, TOK_IF) ||
		       token_is(&f->closed, TOK_SWITCH) || token_is(&f->closed, TOK_FOR) ||
		       token_is(&f->closed, TOK_SELECT) || token_is(&f->closed, TOK_GT) ||
		       token_is(&f->closed, TOK_RPAREN);
	if (token_is(a, TOK_LBRACE))
		return f->block[(f->depth - 1) & 1023];
	return word(a) ? !token_is(a, TOK_RETURN) && !token_is(a, TOK_IN)
		       : token_is(a, TOK_COLON) || token_is(a, TOK_SEMI) ||
				 token_is(a, TOK_RBRACE) || token_is(a, TOK_GT);
}

static void begin_line(struct formatter *f, int depth)
{
	for (int i = 0; i < depth; i++)
		buffer_str(f->out, "    ");
}

static void newline(struct formatter *f)
{
	buffer_str(f->out, "\n");
	f->bol = true;
}

/* What stands between two tokens: comments are copied, line ends remembered. */
static bool gap(struct formatter *f, const char *p, const char *end)
{
	int lines = 0;
	bool comment = false;

	while (p < end) {
		if (*p == '\n') {
			lines++;
			p++;
		} else if (p + 1 < end && p[0] == '/' && (p[1] == '/' || p[1] == '*')) {
			const char *q = p + 2;
			size_t n;

			if (p[1] == '/')
				while (q < end && (*q != '\n' || q[-1] == '\\'))
					q++;
			else
				while (q < end && !(q[-2] != '/' && q[-1] == '*' && q[0] == '/') &&
				       !(q > p + 3 && q[-1] == '*' && q[0] == '/'))
					q++;
			if (p[1] == '*' && q < end)
				q++;
			n = (size_t)(q - p);
			while (n && (p[n - 1] == '\r' || p[n - 1] == ' '))
				n--;
			if (lines && !f->bol)
				newline(f);
			if (lines > 1 && f->out->len)
				buffer_str(f->out, "\n");
			if (f->bol)
				begin_line(f, f->depth + (f->parens > 0) + f->statement);
			else
				buffer_str(f->out, " ");
			buffer_add(f->out, p, n);
			f->bol = false;
			lines = 0;
			comment = p[1] == '/';
			p = q;
		} else {
			p++;
		}
	}
	if (lines && !f->bol)
		newline(f);
	if (lines > 1 && f->out->len)
		buffer_str(f->out, "\n");
	return comment && !f->bol;
}

/* Where the directive's line ends, whose '#' is before p: comments go on over several. */
static const char *directive_end(struct unit *u, const struct source *src, const char *p)
{
	const char *end = p, *stop = src->text + src->len, *close;
	bool comment = false;
	int line = 0;

	for (struct token t;;) {
		t = lex_token(u, src, &p, &line, true);
		if (t.kind == TK_EOF || t.bol)
			break;
		end = p;
	}
	while (end < stop && (*end != '\n' || end[-1] == '\\')) {
		comment |= end[0] == '/' && end[1] == '/';
		close = !comment && end[0] == '/' && end[1] == '*' ? strstr(end + 2, "*/") : NULL;
		end = close ? close + 2 : end + 1;
	}
	return end;
}

bool format_file(struct unit *u, const char *path, struct buffer *out)
{
	struct formatter f = { .out = out, .bol = true };
	struct source *src = source_open(u, path);
	struct token t, last = { 0 }, last2 = { 0 };
	const char *p, *before;
	bool pragma;
	int line = 1;

	if (!src)
		return false;
	p = before = src->text;
	for (;;) {
		t = lex_token(u, src, &p, &line, true);
		gap(&f, before, t.at);
		if (t.kind == TK_EOF)
			break;
		pragma = last.src && token_is(&last, TOK_AT) && t.len == 6 &&
			 !strncmp(t.at, "pragma", 6);
		if ((t.bol && token_is(&t, TOK_HASH)) || pragma) {
			/* A directive stays as it is, in the first column; so does what @pragma takes. */
			const char *end = directive_end(u, src, p);

			if (!f.bol && !pragma)
				newline(&f);
			buffer_add(out, t.at, (size_t)(end - t.at));
			f.bol = false;
			p = before = end;
			memset(&last, 0, sizeof(last));
			f.statement = false;
			continue;
		}
		if (token_is(&t, TOK_RBRACE) && f.depth > 0) {
			f.depth--;
			f.statement = false;
		}
		if (token_is(&t, TOK_RPAREN) && f.parens > 0)
			f.closed = f.before[--f.parens & 1023];
		if (token_is(&t, TOK_RBRACE) && f.block[(f.depth + 1) & 1023] && !f.bol &&
		    last.src && !token_is(&last, TOK_LBRACE))
			newline(&f);
		else if (f.wrap && !f.bol && !token_is(&t, TOK_RBRACE) &&
			 (!token_is(&t, TOK_ELSE) || token_is(&last, TOK_SEMI)) &&
			 !token_is(&t, TOK_SEMI))
			newline(&f);
		f.wrap = false;
		if (token_is(&t, TOK_LT)) {
			f.less = !opens_types(u, src, &last, p);
			f.angles += !f.less;
		}
		if (token_is(&t, TOK_GT)) {
			f.more = !f.angles;
			f.angles -= !f.more;
		}
		if (f.bol) {
			begin_line(&f,
				   f.depth + (f.statement && !token_is(&t, TOK_LBRACE) ? 1 : 0));
		} else if (last.src && (blank_between(&f, last2.src ? &last2 : NULL, &last, &t) ||
					(f.condition && !token_is(&t, TOK_SEMI)))) {
			buffer_str(out, " ");
		}
		buffer_add(out, t.at, (size_t)t.len);
		f.bol = false;
		f.statement = true;
		if (token_is(&t, TOK_LBRACE)) {
			f.depth++;
			f.block[f.depth & 1023] =
				opens_block(&f, last2.src ? &last2 : NULL, &last) && last.src;
			f.wrap = f.block[f.depth & 1023];
		}
		if (token_is(&t, TOK_RBRACE))
			f.wrap = f.block[(f.depth + 1) & 1023];
		if (token_is(&t, TOK_SEMI) && !f.parens)
			f.wrap = true;
		if (token_is(&t, TOK_LPAREN))
			f.before[f.parens++ & 1023] = last;
		if ((token_is(&t, TOK_SEMI) && !f.parens) || token_is(&t, TOK_LBRACE) ||
		    token_is(&t, TOK_RBRACE) || (token_is(&t, TOK_COMMA) && !f.parens) ||
		    (token_is(&t, TOK_COLON) && !f.parens))
			f.statement = false;
		if (last.src && token_is(&last, TOK_AT))
			f.statement = false;
		f.condition = token_is(&t, TOK_RPAREN) &&
			      (token_is(&f.closed, TOK_IF) || token_is(&f.closed, TOK_FOR));
		if (token_is(&t, TOK_RPAREN) && !f.parens)
			f.statement = f.condition;
		f.brackets += token_is(&t, TOK_LBRACKET) - token_is(&t, TOK_RBRACKET);
		f.choices += token_is(&t, TOK_QUESTION);
		f.chosen = token_is(&t, TOK_COLON) && f.choices;
		f.choices -= f.chosen;
		if (f.wrap)
			f.angles = f.brackets = f.choices = 0;
		last2 = last;
		last = t;
		before = p;
	}
	if (!f.bol)
		newline(&f);
	return true;
}
