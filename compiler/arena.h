/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * arena.h - memory of one compilation, text buffers and growing arrays.
 *
 * Everything that the compiler makes lives in one arena and goes with it;
 * nothing is freed on its own.  Allocation does not fail: the process ends
 * with one line if the machine has no memory left.
 */
#ifndef TP4_ARENA_H
#define TP4_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena {
	struct arena_block *block;
	size_t total;
};

/* Zeroed, aligned for anything. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size);
/* The same for memory to which nothing else points: large ones may move, not be copied. */
void *arena_regrow(struct arena *a, void *old, size_t old_size, size_t new_size);
char *arena_copy(struct arena *a, const char *s, size_t len);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);
void arena_free(struct arena *a);

/* A growing array in an arena: struct { T *v; int n, cap; }. */
#define VEC(T)                                                                                     \
	struct {                                                                                   \
		T *v;                                                                              \
		int n, cap;                                                                        \
	}
#define vec_push(a, vec, x)                                                                        \
	do {                                                                                       \
		if ((vec)->n == (vec)->cap) {                                                      \
			int cap_ = (vec)->cap ? (vec)->cap * 2 : 4;                                \
			(vec)->v = arena_regrow((a), (vec)->v, sizeof(*(vec)->v) * (vec)->cap,     \
						sizeof(*(vec)->v) * cap_);                         \
			(vec)->cap = cap_;                                                         \
		}                                                                                  \
		(vec)->v[(vec)->n++] = (x);                                                        \
	} while (0)

/* Text that grows at its end; malloc()ed, always terminated. */
struct buffer {
	char *text;
	size_t len, cap;
};

void buffer_add(struct buffer *b, const void *data, size_t len);
void buffer_str(struct buffer *b, const char *s);
void buffer_printf(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *b, const char *fmt, va_list ap);
void buffer_free(struct buffer *b);

/* A string table: one pointer for equal strings. */
struct intern {
	const char **slot;
	size_t n, cap;
};
const char *intern_name(struct arena *a, struct intern *t, const char *s, size_t len);
/* false: it was there already */
bool intern_new(struct arena *a, struct intern *t, const char *s);
bool intern_has(const struct intern *t, const char *s);

/* What belongs to two pointers, or numbers as such, of which the first is not NULL */
struct map {
	struct map_slot *slot;
	size_t n, cap;
};
/* NULL: nothing */
void *map_find(const struct map *m, const void *a, const void *b);
/* Where it is kept, until there is another: NULL at first */
void **map_place(struct arena *arena, struct map *m, const void *a, const void *b);

#endif
