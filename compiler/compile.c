/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* compile.c - the compiler's entry points: which stage follows which. */
#include "compiler/compile.h"

#include "compiler/cc.h"
#include "compiler/check.h"
#include "compiler/emit.h"
#include "compiler/format.h"
#include "compiler/info.h"
#include "compiler/text.h"
#include "include/transp4.h"
#include "runtime/program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { ACCEPTED = 0, REJECTED = 1, FAULT = 2 };

/* Big numbers live in the arena of the compilation under way, and die with it. */
static struct arena *number_arena;

static void *number_alloc(size_t n)
{
	return arena_alloc(number_arena, n);
}

static void *number_realloc(void *p, size_t old, size_t n)
{
	return n <= old ? p : arena_grow(number_arena, p, old, n);
}

static void number_free(void *p, size_t n)
{
}

static FILE *messages(const struct tp4_compile_options *o)
{
	return o->messages ? o->messages : stderr;
}

static void unit_begin(struct unit *u, const struct tp4_compile_options *o)
{
	memset(u, 0, sizeof(*u));
	u->includes = o->includes;
	u->defines = o->defines;
	u->no_warnings = o->no_warnings;
	u->trace = o->trace;
	number_arena = &u->arena;
	mp_set_memory_functions(number_alloc, number_realloc, number_free);
}

static int unit_end(struct unit *u, const struct tp4_compile_options *o, int status)
{
	if (status != FAULT) {
		unit_print(u, messages(o), o->json);
		if (u->errors)
			status = REJECTED;
	}
	mp_set_memory_functions(NULL, NULL, NULL);
	arena_free(&u->arena);
	return status;
}

/* The machine's, not the program's: one line, and never amid the JSON of what is. */
static int fault(const struct tp4_compile_options *o, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static int fault(const struct tp4_compile_options *o, const char *fmt, ...)
{
	char line[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	/* One line, though what others said was cut amid a character. */
	text_clean(line, ' ');
	fprintf(o->json ? stderr : messages(o), "transp4: %s\n", line);
	return FAULT;
}

static int cannot_read(const struct tp4_compile_options *o)
{
	return fault(o, "cannot read '%s': %s; name a P4 program", o->program, strerror(errno));
}

/* @path NULL: standard output. */
static int cannot_write(const struct tp4_compile_options *o, const char *path, int err)
{
	const char *quote = path ? "'" : "";

	return fault(o, "cannot write %s%s%s: %s; free space or write elsewhere", quote,
		     path ? path : "to standard output", quote, strerror(err));
}

/* Everything that can be said of the program without running it. */
static int front_tokens(struct unit *u, struct node **program, struct model **model)
{
	struct node *main;

	*program = NULL;
	*model = NULL;
	/* Each stage needs the whole of what is before it, and says nothing about holes. */
	if (u->errors)
		return REJECTED;
	*program = parse_program(u);
	if (u->errors)
		return REJECTED;
	main = check_program(u, *program);
	if (!u->errors && !u->no_warnings)
		check_flow(u, *program);
	/* A library has no main, and is checked as far as it goes. */
	if (!u->errors && main)
		*model = elaborate(u, *program, main);
	return u->errors ? REJECTED : ACCEPTED;
}

static int front(struct unit *u, const struct tp4_compile_options *o, struct node **program,
		 struct model **model)
{
	if (!preprocess(u, o->program))
		return cannot_read(o);
	u->externs = o->externs ? source_open(u, o->externs) : NULL;
	if (o->externs && !u->externs)
		return fault(o, "cannot read '%s': %s; name a C file", o->externs, strerror(errno));
	return front_tokens(u, program, model);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

int tp4_check(const struct tp4_compile_options *o)
{
	struct unit u;
	struct node *program;
	struct model *model;
	int status;

	unit_begin(&u, o);
	status = front(&u, o, &program, &model);
	return unit_end(&u, o, status);
}

int tp4_check_text(const struct tp4_compile_options *o, const char *text, size_t len)
{
	struct node *program;
	struct model *model;
	struct unit u;
	int status;

	unit_begin(&u, o);
	preprocess_text(&u, o->program, text, len);
	status = front_tokens(&u, &program, &model);
	return unit_end(&u, o, status);
}

int tp4_parse_text(const struct tp4_compile_options *o, const char *text, size_t len)
{
	struct unit u;

	unit_begin(&u, o);
	preprocess_text(&u, o->program, text, len);
	if (!u.errors)
		parse_program(&u);
	return unit_end(&u, o, ACCEPTED);
}

static int stream_write(const struct tp4_compile_options *o, FILE *f, const char *name,
			const void *data, size_t len)
{
	bool ok = f && fwrite(data, 1, len, f) == len && !fflush(f);

	if (!ok && f == stdout && errno == EPIPE)
		return FAULT; /* Who reads from us went away, and knows. */
	return ok ? ACCEPTED : cannot_write(o, name, errno);
}

/* Whole or not at all: to a file beside it first.  What is no file (a pipe) stays what it is. */
static int out_write(const struct tp4_compile_options *o, const char *path, const void *data,
		     size_t len)
{
	struct stat st;
	char *tmp;
	FILE *f;
	bool ok;

	if (!path || !strcmp(path, "-"))
		return stream_write(o, stdout, NULL, data, len);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		int status;

		f = fopen(path, "w");
		status = stream_write(o, f, path, data, len);
		if (f)
			fclose(f);
		return status;
	}
	tmp = malloc(strlen(path) + 32);
	if (!tmp)
		return cannot_write(o, path, ENOMEM);
	sprintf(tmp, "%s.%ld.new", path, (long)getpid());
	f = fopen(tmp, "w");
	if (!f) {
		free(tmp);
		return cannot_write(o, path, errno);
	}
	ok = fwrite(data, 1, len, f) == len;
	ok = fclose(f) == 0 && ok;
	if (!ok || rename(tmp, path)) {
		int err = errno;

		unlink(tmp);
		free(tmp);
		return cannot_write(o, path, err);
	}
	free(tmp);
	return ACCEPTED;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

static void container(struct buffer *out, const struct buffer *info, const void *object, size_t len,
		      const char *source)
{
	struct tp4_container h = { .magic = TP4_CONTAINER_MAGIC,
				   .abi = TP4_PROGRAM_ABI,
				   .channel_version = TP4_CHANNEL_VERSION,
				   .p4info_len = info->len,
				   .object_len = len };
	struct utsname uts;

	if (uname(&uts) == 0)
		snprintf(h.machine, sizeof(h.machine), "%.15s", uts.machine);
	snprintf(h.source, sizeof(h.source), "%.63s", source);
	h.sum = tp4_sum(TP4_SUM_START, &h, sizeof(h));
	h.sum = tp4_sum(h.sum, info->text, info->len);
	h.sum = tp4_sum(h.sum, object, len);
	buffer_add(out, &h, sizeof(h));
	buffer_add(out, info->text, info->len);
	buffer_add(out, object, len);
}

static void report_no_main(struct unit *u, const struct node *program)
{
	report(u, no_main, program->end);
	for (int i = 0; i < program->list.n; i++) {
		const struct node *n = program->list.v[i];

		if (n->kind == N_INSTANCE && type_real(n->type)->kind == T_PACKAGE)
			unit_hint(u, "call '%s' main", n->name);
	}
}

static int back(struct unit *u, const struct tp4_compile_options *o, enum tp4_emit emit,
		struct node *program, struct model *m, struct buffer *out)
{
	struct buffer c = { 0 }, info = { 0 }, text = { 0 };
	int status = REJECTED;
	char why[2048];
	void *object;
	size_t len;

	buffer_str(&info, "");
	if (!m)
		report_no_main(u, program);
	if (!m || !emit_program(u, m, base_name(o->program), &c))
		goto out;
	if (!info_make(m, base_name(o->program), &info, &text)) {
		status = fault(o, "out of memory; give the machine more");
		goto out;
	}
	if (u->errors)
		goto out;
	status = ACCEPTED;
	if (emit == TP4_EMIT_C) {
		buffer_add(out, c.text, c.len);
	} else if (emit == TP4_EMIT_P4INFO) {
		buffer_add(out, text.text, text.len);
	} else if (!cc_compile(o->cc, o->cc_flags, c.text, c.len, &object, &len, why,
			       sizeof(why))) {
		status = fault(o, "%s: %s", o->program, why);
	} else {
		container(out, &info, object, len, base_name(o->program));
		free(object);
	}
	/* When nothing can go wrong any more but this. */
	if (status == ACCEPTED && o->p4info) {
		bool as_text = ends_with(o->p4info, ".txt") || ends_with(o->p4info, ".txtpb");

		status = out_write(o, o->p4info, as_text ? text.text : info.text,
				   as_text ? text.len : info.len);
	}
out:
	buffer_free(&c);
	buffer_free(&info);
	buffer_free(&text);
	return status;
}

static int compile_to(const struct tp4_compile_options *o, struct buffer *out)
{
	struct unit u;
	struct node *program;
	struct model *model;
	int status;

	unit_begin(&u, o);
	status = front(&u, o, &program, &model);
	if (o->emit == TP4_EMIT_TREE && status != FAULT && program) {
		char *text = NULL;
		size_t len = 0;
		FILE *f = open_memstream(&text, &len);

		if (f) {
			tree_print(&u, program, f);
			fclose(f);
			buffer_add(out, text, len);
			free(text);
		}
	} else if (status == ACCEPTED) {
		status = back(&u, o, o->emit, program, model, out);
	}
	return unit_end(&u, o, status);
}

int tp4_compile(const struct tp4_compile_options *o)
{
	struct buffer out = { 0 };
	int status;

	buffer_str(&out, "");
	status = compile_to(o, &out);
	if (status == ACCEPTED)
		status = out_write(o, o->out, out.text, out.len);
	buffer_free(&out);
	return status;
}

int tp4_compile_memory(const struct tp4_compile_options *o, void **object, size_t *len)
{
	struct tp4_compile_options copy = *o;
	struct buffer out = { 0 };
	int status;

	copy.emit = TP4_EMIT_OBJECT;
	status = compile_to(&copy, &out);
	*object = out.text;
	*len = out.len;
	if (status != ACCEPTED) {
		buffer_free(&out);
		*object = NULL;
		*len = 0;
	}
	return status;
}

int tp4_format(const struct tp4_compile_options *o)
{
	struct buffer out = { 0 };
	struct unit u;
	int status = ACCEPTED;

	unit_begin(&u, o);
	buffer_str(&out, "");
	if (!format_file(&u, o->program, &out))
		status = cannot_read(o);
	status = unit_end(&u, o, status);
	if (status == ACCEPTED)
		status = out_write(o, o->out, out.text, out.len);
	buffer_free(&out);
	return status;
}
