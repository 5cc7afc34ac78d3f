/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* table_trie.c - longest prefixes: an array, and tree bitmaps below it. */
#include "runtime/table_trie.h"
#include "runtime/table_hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STEP     6U
/* Nodes on the way of one key: the shortest array has 8 bits. */
#define PATH_MAX ((TRIE_BITS_MAX - 8) / STEP + 1)

struct node {
	uint64_t ends;          /* bit 1 << len | bits: a prefix of len < 6 bits ends here */
	uint64_t down;          /* bit v: there is a child for these 6 bits */
	struct node *child;     /* in the order of their bits; room for a power of two */
	struct record **record; /* the same for ends */
};

struct direct {
	struct record *best;
	struct node *node;
};

struct trie {
	uint32_t width, bits; /* of the key, of the array's index */
	struct direct *direct;
	uint8_t *len; /* of each best */
};

/* A key from its first bit on. */
struct bits {
	uint64_t high, low;
};

static inline uint32_t count(uint64_t x)
{
#ifdef __x86_64__
	/* With -mpopcnt all of the runtime would need it; nearly all processors have it. */
	if (__builtin_expect(__builtin_cpu_supports("popcnt") != 0, 1)) {
		__asm__("popcnt %0, %0" : "+r"(x) : : "cc");
		return (uint32_t)x;
	}
#endif
	return (uint32_t)__builtin_popcountll(x);
}

/* How many of the set bits of x stand below bit n. */
static inline uint32_t rank(uint64_t x, uint32_t n)
{
	return count(x & ((1ULL << n) - 1));
}

static inline uint64_t load_be(const uint8_t *p, uint32_t n)
{
	uint64_t v = 0;

	if (n == 4) {
		uint32_t w;

		memcpy(&w, p, 4);
		return __builtin_bswap32(w);
	}
	if (n == 8) {
		memcpy(&v, p, 8);
		return __builtin_bswap64(v);
	}
	while (n--)
		v = v << 8 | *p++;
	return v;
}

static inline struct bits key_bits(const struct trie *t, const uint8_t *key)
{
	uint32_t bytes = (t->width + 7) / 8, over;
	struct bits k;

	if (t->width <= 64)
		return (struct bits){ load_be(key, bytes) << (64 - t->width), 0 };
	over = bytes - 8;
	k = (struct bits){ load_be(key, over), load_be(key + over, 8) };
	/* width - 64 bits are in high */
	if (t->width < 128) {
		uint32_t sh = 128 - t->width;

		k.high = k.high << sh | k.low >> (64 - sh);
		k.low <<= sh;
	}
	return k;
}

static inline uint32_t take(struct bits *k, uint32_t n)
{
	uint32_t v = (uint32_t)(k->high >> (64 - n));

	k->high = k->high << n | k->low >> (64 - n);
	k->low <<= n;
	return v;
}

/* The bits of `ends` that 6 bits v can match: v's own beginnings, 0 to 5 bits long; by v >> 1. */
#define UP(i)                                                                                      \
	(1ULL << (i) | 1ULL << ((i) >> 1) | 1ULL << ((i) >> 2) | 1ULL << ((i) >> 3) |              \
	 1ULL << ((i) >> 4) | 1ULL << ((i) >> 5))
#define UP4(i) UP(i), UP((i) + 1), UP((i) + 2), UP((i) + 3)
static const uint64_t ancestors[32] = {
	UP4(32), UP4(36), UP4(40), UP4(44), UP4(48), UP4(52), UP4(56), UP4(60),
};

struct record *trie_find(const struct trie *t, const uint8_t *key)
{
	struct bits k = key_bits(t, key);
	const struct direct *d = &t->direct[take(&k, t->bits)];
	const struct node *n = d->node, *last = NULL;
	uint64_t hits = 0;

	while (n) {
		uint32_t v = take(&k, STEP);
		uint64_t here = n->ends & ancestors[v >> 1];

		if (here) {
			hits = here;
			last = n;
		}
		if (!(n->down >> v & 1))
			break;
		n = &n->child[rank(n->down, v)];
	}
	if (!last)
		return d->best;
	return last->record[rank(last->ends, 63 - (uint32_t)__builtin_clzll(hits))];
}

void trie_prefetch(const struct trie *t, const uint8_t *key)
{
	struct bits k = key_bits(t, key);

	__builtin_prefetch(&t->direct[take(&k, t->bits)]);
}

/* Room in *list, which has n of them, for one more at place i; lists double. */
static bool list_open(void **list, size_t size, uint32_t n, uint32_t i)
{
	char *v = *list;

	if (!(n & (n - 1))) {
		v = realloc(v, (n ? 2 * n : 1) * size);
		if (!v)
			return false;
		*list = v;
	}
	memmove(v + (i + 1) * size, v + i * size, (n - i) * size);
	memset(v + i * size, 0, size);
	return true;
}

static void list_close(void **list, size_t size, uint32_t n, uint32_t i)
{
	char *v = *list;

	memmove(v + i * size, v + (i + 1) * size, (n - i - 1) * size);
	if (n == 1) {
		free(v);
		*list = NULL;
	}
}

struct trie *trie_new(uint32_t width, uint64_t size)
{
	struct trie *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->width = width;
	for (t->bits = 8; t->bits < 16 && 1ULL << t->bits < size; t->bits++)
		;
	if (t->bits > width)
		t->bits = width;
	t->direct = large_calloc(sizeof(*t->direct) << t->bits);
	t->len = calloc(1, (size_t)1 << t->bits);
	if (!t->direct || !t->len) {
		trie_free(t);
		return NULL;
	}
	return t;
}

static void node_free(struct node *n)
{
	for (uint32_t i = 0; i < count(n->down); i++)
		node_free(&n->child[i]);
	free(n->child);
	free(n->record);
}

void trie_free(struct trie *t)
{
	if (!t)
		return;
	for (size_t i = 0; t->direct && i < (size_t)1 << t->bits; i++)
		if (t->direct[i].node) {
			node_free(t->direct[i].node);
			free(t->direct[i].node);
		}
	free(t->direct);
	free(t->len);
	free(t);
}

/* Where a prefix of len <= bits covers the array, the best of `least` to len bits is a new one. */
static void direct_set(struct trie *t, struct bits k, uint32_t len, uint32_t least,
		       struct record *best, uint32_t best_len)
{
	size_t n = (size_t)1 << (t->bits - len), first = take(&k, t->bits) & ~(n - 1);

	for (size_t i = first; i < first + n; i++)
		if (t->len[i] >= least && t->len[i] <= len) {
			t->direct[i].best = best;
			t->len[i] = (uint8_t)best_len;
		}
}

/* The nodes on the way to a prefix of len more bits, the last one that in which it ends. */
struct path {
	struct direct *direct;
	struct node *node[PATH_MAX + 1];
	uint32_t v[PATH_MAX + 1]; /* the child that is next, or the bit that ends */
	uint32_t n;
};

/* Take away what nobody needs any more at the end of a path. */
static void path_prune(struct path *p)
{
	while (p->n && !p->node[p->n - 1]->ends && !p->node[p->n - 1]->down) {
		struct node *up;
		uint32_t v;

		if (--p->n == 0) {
			free(p->direct->node);
			p->direct->node = NULL;
			return;
		}
		up = p->node[p->n - 1];
		v = p->v[p->n - 1];
		list_close((void **)&up->child, sizeof(*up), count(up->down), rank(up->down, v));
		up->down &= ~(1ULL << v);
	}
}

/* false: no memory; what was made of the path is there, and empty. */
static bool path_make(const struct trie *t, struct bits k, uint32_t len, struct path *p)
{
	struct node *n;

	p->n = 0;
	p->direct = &t->direct[take(&k, t->bits)];
	len -= t->bits;
	if (!p->direct->node)
		p->direct->node = calloc(1, sizeof(*n));
	n = p->direct->node;
	if (!n)
		return false;
	for (;; len -= STEP) {
		uint32_t v = take(&k, STEP);

		p->node[p->n] = n;
		if (len < STEP) {
			p->v[p->n++] = 1U << len | v >> (STEP - len);
			return true;
		}
		p->v[p->n++] = v;
		if (!(n->down >> v & 1)) {
			if (!list_open((void **)&n->child, sizeof(*n), count(n->down),
				       rank(n->down, v)))
				return false;
			n->down |= 1ULL << v;
		}
		n = &n->child[rank(n->down, v)];
	}
}

int trie_insert(struct trie *t, const uint8_t *key, uint32_t len, struct record *r)
{
	struct bits k = key_bits(t, key);
	struct path p;
	struct node *n;
	uint32_t v;

	if (len <= t->bits) {
		direct_set(t, k, len, 0, r, len);
		return 0;
	}
	if (!path_make(t, k, len, &p)) {
		path_prune(&p);
		return -ENOMEM;
	}
	n = p.node[p.n - 1];
	v = p.v[p.n - 1];
	if (!list_open((void **)&n->record, sizeof(*n->record), count(n->ends), rank(n->ends, v))) {
		path_prune(&p);
		return -ENOMEM;
	}
	n->ends |= 1ULL << v;
	n->record[rank(n->ends, v)] = r;
	return 0;
}

bool trie_needs_cover(const struct trie *t, uint32_t len)
{
	return len <= t->bits;
}

void trie_remove(struct trie *t, const uint8_t *key, uint32_t len, struct record *cover,
		 uint32_t cover_len)
{
	struct bits k = key_bits(t, key);
	struct path p;
	struct node *n;
	uint32_t v;

	if (len <= t->bits) {
		direct_set(t, k, len, len, cover, cover_len);
		return;
	}
	path_make(t, k, len, &p);
	n = p.node[p.n - 1];
	v = p.v[p.n - 1];
	list_close((void **)&n->record, sizeof(*n->record), count(n->ends), rank(n->ends, v));
	n->ends &= ~(1ULL << v);
	path_prune(&p);
}
