/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * diag.c - diagnostics are data: collected, sorted out, printed at the end.
 *
 * Formats (diag.def) use %s, %d and %ld only.  A place gets one error: what
 * else is said of the same token, or of a line that cannot be read, is a consequence.
 */
#include "compiler/text.h"
#include "compiler/unit.h"

#include <stdlib.h>
#include <string.h>

#define DIAG_MAX 200

static const struct diag_kind {
	int code;
	enum severity severity;
	const char *tag, *format;
} kinds[] = {
#define ERROR                          SEV_ERROR
#define WARNING                        SEV_WARNING
#define DOUBT                          SEV_DOUBT
#define D(code, severity, tag, format) { code, severity, #tag, format },
#include "compiler/diag.def"
#undef D
#undef ERROR
#undef WARNING
#undef DOUBT
};

static const struct diag_kind *diag_kind(enum diag_code code)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].code == (int)code)
			return &kinds[i];
	return &kinds[0];
}

static bool is_consequence(const struct diag *d, const struct diag *before)
{
	const struct token *t = before->tok;

	if (!t || (d->severity == SEV_ERROR && before->severity != SEV_ERROR))
		return false;
	return t->at == d->tok->at ||
	       (before->code < 300 && t->src == d->tok->src && t->line == d->tok->line);
}

/* The first error: what follows from it goes, and all warnings if they leave it no room. */
static void warnings_drop(struct unit *u)
{
	enum severity from = u->diags.n >= DIAG_MAX ? SEV_WARNING : SEV_DOUBT;
	int n = 0;

	for (int i = 0; i < u->diags.n; i++)
		if (u->diags.v[i].severity < from)
			u->diags.v[n++] = u->diags.v[i];
	u->diags.n = n;
	u->diags_full = false;
}

void unit_report(struct unit *u, enum diag_code code, const struct token *tok,
		 const struct token *end, ...)
{
	const struct diag_kind *k = diag_kind(code);
	struct diag d = { .code = code, .severity = k->severity, .tok = tok, .end = end };
	va_list ap;

	u->unsaid = true;
	if (k->severity != SEV_ERROR && (u->no_warnings || (tok && tok->src && tok->src->system)))
		return;
	if (k->severity == SEV_DOUBT && u->errors)
		return;
	if (k->severity == SEV_ERROR && !u->errors++)
		warnings_drop(u);
	if (u->diags.n >= DIAG_MAX) {
		u->diags_full = true;
		return;
	}
	for (int i = 0; i < u->diags.n; i++)
		if (tok && is_consequence(&d, &u->diags.v[i]))
			return;
	va_start(ap, end);
	d.message = arena_vprintf(&u->arena, k->format, ap);
	va_end(ap);
	vec_push(&u->arena, &u->diags, d);
	u->unsaid = false;
}

void unit_hint(struct unit *u, const char *fmt, ...)
{
	va_list ap;

	if (u->unsaid)
		return;
	va_start(ap, fmt);
	u->diags.v[u->diags.n - 1].hint = arena_vprintf(&u->arena, fmt, ap);
	va_end(ap);
}

static int diag_column(const struct token *t)
{
	const char *p = t->at;

	while (p > t->src->text && p[-1] != '\n')
		p--;
	return (int)(t->at - p) + 1;
}

static int diag_end_column(const struct diag *d)
{
	const struct token *t = d->tok;
	int col = diag_column(t);

	if (d->end && d->end->src == t->src && d->end->line == t->line && d->end->at >= t->at)
		return col + (int)(d->end->at - t->at) + d->end->len;
	return col + (t->len > 0 ? t->len : 1);
}

static void json_string(FILE *f, const char *s)
{
	fputc('"', f);
	for (size_t n; s && *s; s += n ? n : 1) {
		n = text_character(s);
		if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else
			fwrite(n ? s : "?", 1, n ? n : 1, f);
	}
	fputc('"', f);
}

static void print_json(const struct diag *d, FILE *f)
{
	fprintf(f, "{\"code\":\"P%03d\",\"name\":\"%s\",\"severity\":\"%s\"", d->code,
		diag_kind(d->code)->tag, d->severity == SEV_ERROR ? "error" : "warning");
	if (d->tok && d->tok->src) {
		fputs(",\"file\":", f);
		json_string(f, d->tok->src->name);
		fprintf(f, ",\"line\":%d,\"column\":%d,\"end_column\":%d", d->tok->line,
			diag_column(d->tok), diag_end_column(d));
	}
	fputs(",\"message\":", f);
	json_string(f, d->message);
	fputs(",\"hint\":", f);
	if (d->hint)
		json_string(f, d->hint);
	else
		fputs("null", f);
	fputc('}', f);
}

/* The source line with what is meant underlined; long lines show a window. */
static void print_line(const struct diag *d, FILE *f)
{
	const char *p = d->tok->at, *end = d->tok->src->text + d->tok->src->len, *q;
	int width = diag_end_column(d) - diag_column(d->tok);
	size_t n;

	while (p > d->tok->src->text && p[-1] != '\n' && d->tok->at - p < 100)
		p--;
	fputs("    ", f);
	for (q = p; q < end && *q != '\n' && q - p < 160; q += n ? n : 1) {
		n = text_character(q);
		fwrite(n || *q == '\t' ? q : "?", 1, n ? n : 1, f);
	}
	fputs("\n    ", f);
	for (const char *s = p; s < d->tok->at; s++)
		fputc(*s == '\t' ? '\t' : ' ', f);
	fputc('^', f);
	for (int i = 1; i < width && i < q - d->tok->at; i++)
		fputc('~', f);
	fputc('\n', f);
}

static void print_text(const struct diag *d, FILE *f)
{
	const char *severity = d->severity == SEV_ERROR ? "error" : "warning";

	if (!d->tok || !d->tok->src) {
		fprintf(f, "transp4: %s P%03d: %s\n", severity, d->code, d->message);
	} else {
		fprintf(f, "%s:%d:%d: %s P%03d: %s\n", d->tok->src->name, d->tok->line,
			diag_column(d->tok), severity, d->code, d->message);
		print_line(d, f);
	}
	if (d->hint)
		fprintf(f, "    hint: %s\n", d->hint);
}

bool unit_told(const struct unit *u, enum diag_code code)
{
	for (int i = 0; i < u->diags.n; i++)
		if (u->diags.v[i].code == code)
			return true;
	return false;
}

static int compare(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;

	if (!x->tok || !y->tok || x->tok->src != y->tok->src)
		return 0;
	return x->tok->at < y->tok->at ? -1 : x->tok->at > y->tok->at;
}

void unit_print(struct unit *u, FILE *f, bool json)
{
	/* A stable order by place within one file; files in order of appearance. */
	for (int i = 0; i < u->diags.n;) {
		int j = i;

		while (j < u->diags.n && u->diags.v[j].tok && u->diags.v[i].tok &&
		       u->diags.v[j].tok->src == u->diags.v[i].tok->src)
			j++;
		if (j - i > 1)
			qsort(u->diags.v + i, (size_t)(j - i), sizeof(struct diag), compare);
		i = j > i ? j : i + 1;
	}
	if (json)
		fputc('[', f);
	for (int i = 0; i < u->diags.n; i++) {
		if (json) {
			if (i)
				fputs(",\n ", f);
			print_json(&u->diags.v[i], f);
		} else {
			print_text(&u->diags.v[i], f);
		}
	}
	if (json)
		fputs("]\n", f);
	else if (u->diags_full)
		fprintf(f, "transp4: more than %d messages; mend these first\n", DIAG_MAX);
}
