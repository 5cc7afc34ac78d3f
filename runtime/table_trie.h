/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * table_trie.h - longest prefixes of keys of up to 128 bits.
 *
 * The first bits index an array; below it are tree bitmaps (Eatherton, Varghese,
 * Dittia, CCR 2004) of six bits a step.  A node says in one word which prefixes
 * end in it and in another which of its 64 children exist, so that the whole path
 * of a key is a few cache lines, and an update changes one node (and makes or
 * removes those that only it needs).  A prefix no longer than the array's index
 * writes each place that it covers, at most 65,536.
 *
 *   key     | direct: 8 to 16 bits | 6 | 6 | 6 ...
 *
 *   direct[]  best: longest prefix that ends above    node --> | node | node | ...
 *             node: where it goes on -------------->  ends: bit 1.. 63   children: bit 0..63
 *
 * Keys are big-endian bytes, the bits of the first one that the width leaves over
 * zero, as everywhere in tables.  The trie points to records; it does not own them.
 */
#ifndef TP4_TABLE_TRIE_H
#define TP4_TABLE_TRIE_H

#include <stdbool.h>
#include <stdint.h>

struct record;
struct trie;

#define TRIE_BITS_MAX 128U

/* size: how many prefixes are expected */
struct trie *trie_new(uint32_t width, uint64_t size);
void trie_free(struct trie *t);

/* The prefix of len bits, which is not there yet: 0 or -ENOMEM, and nothing changed. */
int trie_insert(struct trie *t, const uint8_t *key, uint32_t len, struct record *r);
/*
 * The prefix of len bits, which is there.  cover: the longest shorter one that
 * covers it, and its length, or NULL and 0; looked at only where trie_needs_cover().
 */
void trie_remove(struct trie *t, const uint8_t *key, uint32_t len, struct record *cover,
		 uint32_t cover_len);
bool trie_needs_cover(const struct trie *t, uint32_t len);

struct record *trie_find(const struct trie *t, const uint8_t *key);
void trie_prefetch(const struct trie *t, const uint8_t *key);

#endif
