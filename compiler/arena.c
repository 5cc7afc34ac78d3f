/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* arena.c - memory of one compilation, text buffers, interned names, maps. */
#include "compiler/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)65536)

struct arena_block {
	struct arena_block *next, *prev;
	size_t used, size;
	_Alignas(16) unsigned char data[];
};

static void *must(void *p)
{
	if (!p) {
		fputs("transp4: out of memory; give the machine more\n", stderr);
		abort();
	}
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct arena_block *b = a->block;
	void *p;

	size = (size + 15) & ~(size_t)15;
	if (!b || b->size - b->used < size) {
		size_t want = size > BLOCK ? size : BLOCK;

		b = must(calloc(1, sizeof(*b) + want));
		b->size = want;
		if (a->block && size > BLOCK / 4) {
			/* A large one must not hide the room left in the current block. */
			b->prev = a->block;
			b->next = a->block->next;
			a->block->next = b;
		} else {
			b->next = a->block;
			a->block = b;
		}
		if (b->next)
			b->next->prev = b;
		a->total += want;
	}
	p = b->data + b->used;
	b->used += size;
	return p;
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
	void *p = arena_alloc(a, new_size);

	if (old_size)
		memcpy(p, old, old_size);
	return p;
}

void *arena_regrow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
	struct arena_block *b;

	if (old_size <= BLOCK)
		return arena_grow(a, old, old_size, new_size);
	/* It has a block of its own. */
	old_size = (old_size + 15) & ~(size_t)15;
	new_size = (new_size + 15) & ~(size_t)15;
	b = (struct arena_block *)((unsigned char *)old - offsetof(struct arena_block, data));
	b = must(realloc(b, sizeof(*b) + new_size));
	memset(b->data + old_size, 0, new_size - old_size);
	b->used = b->size = new_size;
	a->total += new_size - old_size;
	if (b->next)
		b->next->prev = b;
	if (b->prev)
		b->prev->next = b;
	else
		a->block = b;
	return b->data;
}

char *arena_copy(struct arena *a, const char *s, size_t len)
{
	char *p = arena_alloc(a, len + 1);

	memcpy(p, s, len);
	return p;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	int len;
	char *p;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	p = arena_alloc(a, (size_t)len + 1);
	vsnprintf(p, (size_t)len + 1, fmt, ap);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

void arena_free(struct arena *a)
{
	while (a->block) {
		struct arena_block *b = a->block;

		a->block = b->next;
		free(b);
	}
	a->total = 0;
}

void buffer_add(struct buffer *b, const void *data, size_t len)
{
	if (b->cap - b->len < len + 1) {
		size_t cap = b->cap ? b->cap * 2 : 256;

		while (cap - b->len < len + 1)
			cap *= 2;
		b->text = must(realloc(b->text, cap));
		b->cap = cap;
	}
	memcpy(b->text + b->len, data, len);
	b->len += len;
	b->text[b->len] = 0;
}

void buffer_str(struct buffer *b, const char *s)
{
	buffer_add(b, s, strlen(s));
}

void buffer_vprintf(struct buffer *b, const char *fmt, va_list ap)
{
	char small[512];
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(small, sizeof(small), fmt, again);
	va_end(again);
	if ((size_t)len < sizeof(small)) {
		buffer_add(b, small, (size_t)len);
	} else {
		char *big = must(malloc((size_t)len + 1));

		vsnprintf(big, (size_t)len + 1, fmt, ap);
		buffer_add(b, big, (size_t)len);
		free(big);
	}
}

void buffer_printf(struct buffer *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buffer_vprintf(b, fmt, ap);
	va_end(ap);
}

void buffer_free(struct buffer *b)
{
	free(b->text);
	memset(b, 0, sizeof(*b));
}

static size_t hash_name(const char *s, size_t len)
{
	uint64_t h = 0xcbf29ce484222325ULL;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3ULL;
	return (size_t)(h ^ (h >> 32));
}

/* Where it is, or would be */
static size_t intern_slot(const struct intern *t, const char *s, size_t len)
{
	size_t i = hash_name(s, len) & (t->cap - 1);

	while (t->slot[i] && (strncmp(t->slot[i], s, len) || t->slot[i][len]))
		i = (i + 1) & (t->cap - 1);
	return i;
}

const char *intern_name(struct arena *a, struct intern *t, const char *s, size_t len)
{
	size_t i;

	if (t->n * 2 >= t->cap) {
		struct intern bigger = { .cap = t->cap ? t->cap * 2 : 1024 };

		bigger.slot = arena_alloc(a, sizeof(*bigger.slot) * bigger.cap);
		for (i = 0; i < t->cap; i++)
			if (t->slot[i])
				bigger.slot[intern_slot(&bigger, t->slot[i], strlen(t->slot[i]))] =
					t->slot[i];
		bigger.n = t->n;
		*t = bigger;
	}
	i = intern_slot(t, s, len);
	if (t->slot[i])
		return t->slot[i];
	t->n++;
	return t->slot[i] = arena_copy(a, s, len);
}

bool intern_new(struct arena *a, struct intern *t, const char *s)
{
	size_t before = t->n;

	intern_name(a, t, s, strlen(s));
	return t->n != before;
}

bool intern_has(const struct intern *t, const char *s)
{
	return t->cap && t->slot[intern_slot(t, s, strlen(s))];
}

struct map_slot {
	const void *a, *b;
	void *it;
};

/* Where it is, or would be */
static struct map_slot *map_slot(const struct map *m, const void *a, const void *b)
{
	size_t i = (size_t)(((uintptr_t)a * 31 + (uintptr_t)b) * 0x9e3779b97f4a7c15ULL >> 20);

	for (i &= m->cap - 1; m->slot[i].a && (m->slot[i].a != a || m->slot[i].b != b);)
		i = (i + 1) & (m->cap - 1);
	return &m->slot[i];
}

void *map_find(const struct map *m, const void *a, const void *b)
{
	return m->cap ? map_slot(m, a, b)->it : NULL;
}

void **map_place(struct arena *arena, struct map *m, const void *a, const void *b)
{
	struct map_slot *s;

	if (m->n * 2 >= m->cap) {
		struct map bigger = { .n = m->n, .cap = m->cap ? m->cap * 2 : 256 };

		bigger.slot = arena_alloc(arena, sizeof(*bigger.slot) * bigger.cap);
		for (size_t i = 0; i < m->cap; i++)
			if (m->slot[i].a)
				*map_slot(&bigger, m->slot[i].a, m->slot[i].b) = m->slot[i];
		*m = bigger;
	}
	s = map_slot(m, a, b);
	m->n += !s->a;
	s->a = a;
	s->b = b;
	return &s->it;
}
