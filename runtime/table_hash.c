/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* table_hash.c - from 64-bit hashes to things, growing a piece at a time. */
#include "runtime/table_hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FIRST_SLOTS 16U
#define PIECE_SLOTS 4096U
#define DEPTH_MAX   24U
/* From here on pieces lie together on huge pages. */
#define POOL_DEPTH  4U

#define PIECE_SIZE (sizeof(struct hash_piece) + PIECE_SLOTS * sizeof(struct hash_slot))

struct hash_chunk {
	struct hash_chunk *next;
};

/*
 * With small pages, a look-up among a million entries waits for the page tables,
 * too.
 */
void *large_calloc(size_t size)
{
	void *p;

	if (size < HUGE_PAGE)
		return calloc(1, size);
	size = (size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	p = aligned_alloc(HUGE_PAGE, size);
	if (p) {
		madvise(p, size, MADV_HUGEPAGE);
		memset(p, 0, size);
	}
	return p;
}

static bool pool_fill(struct table_hash *h)
{
	size_t head = 64, n = (HUGE_PAGE - head) / PIECE_SIZE;
	struct hash_chunk *c = large_calloc(HUGE_PAGE);

	if (!c)
		return false;
	c->next = h->chunks;
	h->chunks = c;
	while (n--) {
		struct hash_piece *p = (struct hash_piece *)((char *)c + head + n * PIECE_SIZE);

		p->next = h->spare;
		h->spare = p;
	}
	return true;
}

static struct hash_piece *piece_new(struct table_hash *h, uint32_t slots)
{
	struct hash_piece *p;

	if (h->depth < POOL_DEPTH) {
		size_t size = sizeof(*p) + slots * sizeof(*p->slot);

		p = aligned_alloc(64, size);
		if (p)
			memset(p, 0, size);
		return p;
	}
	if (!h->spare && !pool_fill(h))
		return NULL;
	p = h->spare;
	h->spare = p->next;
	memset(p, 0, PIECE_SIZE);
	p->pooled = true;
	return p;
}

static void piece_free(struct table_hash *h, struct hash_piece *p)
{
	if (p->pooled) {
		p->next = h->spare;
		h->spare = p;
	} else {
		free(p);
	}
}

static void piece_put(struct hash_piece *p, uint32_t mask, uint64_t hash, void *item)
{
	uint32_t i = (uint32_t)hash & mask;

	while (p->slot[i].item)
		i = (i + 1) & mask;
	p->slot[i] = (struct hash_slot){ hash, item };
	p->used++;
}

int hash_init(struct table_hash *h)
{
	*h = (struct table_hash){ .mask = FIRST_SLOTS - 1 };
	h->dir = malloc(sizeof(*h->dir));
	if (!h->dir)
		return -ENOMEM;
	h->dir[0] = piece_new(h, FIRST_SLOTS);
	if (!h->dir[0]) {
		free(h->dir);
		return -ENOMEM;
	}
	return 0;
}

void hash_free(struct table_hash *h)
{
	for (uint64_t i = 0, step; h->dir && i < 1ULL << h->depth; i += step) {
		step = 1ULL << (h->depth - h->dir[i]->depth);
		piece_free(h, h->dir[i]);
	}
	while (h->chunks) {
		struct hash_chunk *next = h->chunks->next;

		free(h->chunks);
		h->chunks = next;
	}
	free(h->dir);
}

/* The only piece becomes twice as large. */
static int first_grow(struct table_hash *h)
{
	uint32_t slots = (h->mask + 1) * 2;
	struct hash_piece *p = piece_new(h, slots);

	if (!p)
		return -ENOMEM;
	for (uint32_t i = 0; i <= h->mask; i++)
		if (h->dir[0]->slot[i].item)
			piece_put(p, slots - 1, h->dir[0]->slot[i].hash, h->dir[0]->slot[i].item);
	piece_free(h, h->dir[0]);
	h->dir[0] = p;
	h->mask = slots - 1;
	return 0;
}

static int dir_double(struct table_hash *h)
{
	struct hash_piece **dir;

	if (h->depth == DEPTH_MAX)
		return -ENOSPC;
	dir = malloc(sizeof(*dir) << (h->depth + 1));
	if (!dir)
		return -ENOMEM;
	for (uint64_t i = 0; i < 1ULL << h->depth; i++)
		dir[2 * i] = dir[2 * i + 1] = h->dir[i];
	free(h->dir);
	h->dir = dir;
	h->depth++;
	return 0;
}

static int piece_split(struct table_hash *h, uint64_t hash)
{
	struct hash_piece *old = hash_piece(h, hash), *half[2];
	uint64_t first, n;

	if (old->depth == h->depth) {
		int err = dir_double(h);

		if (err)
			return err;
	}
	for (int k = 0; k < 2; k++) {
		half[k] = piece_new(h, PIECE_SLOTS);
		if (!half[k]) {
			if (k)
				piece_free(h, half[0]);
			return -ENOMEM;
		}
		half[k]->depth = old->depth + 1;
	}
	for (uint32_t i = 0; i < PIECE_SLOTS; i++) {
		struct hash_slot *s = &old->slot[i];

		if (s->item)
			piece_put(half[s->hash >> (63 - old->depth) & 1], h->mask, s->hash,
				  s->item);
	}
	n = 1ULL << (h->depth - old->depth);
	first = (hash >> 1 >> (63 - h->depth)) & ~(n - 1);
	for (uint64_t i = 0; i < n; i++)
		h->dir[first + i] = half[i >= n / 2];
	piece_free(h, old);
	return 0;
}

int hash_add(struct table_hash *h, uint64_t hash, void *item)
{
	while (hash_piece(h, hash)->used * 8ULL >= (h->mask + 1) * 5ULL) {
		int err = h->mask + 1 < PIECE_SLOTS ? first_grow(h) : piece_split(h, hash);

		if (err)
			return err;
	}
	piece_put(hash_piece(h, hash), h->mask, hash, item);
	h->count++;
	return 0;
}

/* Those behind it that belong before it move up, so probing needs no marks. */
void hash_remove(struct table_hash *h, struct hash_slot *slot)
{
	struct hash_piece *p = hash_piece(h, slot->hash);
	uint32_t hole = (uint32_t)(slot - p->slot), i = hole;

	for (;;) {
		i = (i + 1) & h->mask;
		if (!p->slot[i].item)
			break;
		if (((i - (uint32_t)p->slot[i].hash) & h->mask) >= ((i - hole) & h->mask)) {
			p->slot[hole] = p->slot[i];
			hole = i;
		}
	}
	p->slot[hole] = (struct hash_slot){ 0, NULL };
	p->used--;
	h->count--;
}

/* place: the first bits of the piece's hashes and, below them, the slot's number. */
struct hash_slot *hash_each(const struct table_hash *h, uint64_t *place)
{
	uint64_t i = *place >> 16 >> (48 - h->depth);
	uint32_t k = *place & 0xffff;

	while (i < 1ULL << h->depth) {
		struct hash_piece *p = h->dir[i];

		for (; k <= h->mask; k++)
			if (p->slot[k].item) {
				*place = i << (48 - h->depth) << 16 | (k + 1);
				return &p->slot[k];
			}
		i += 1ULL << (h->depth - p->depth);
		k = 0;
	}
	return NULL;
}
