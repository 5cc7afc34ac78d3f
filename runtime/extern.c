/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* extern.c - hashes, checksums, random numbers: what programs call besides tables. */
#include "runtime/pipeline_state.h"

#include <stdio.h>

static uint32_t crc32_table[256];
static uint16_t crc16_table[256];

/* CRC-32 (IEEE 802.3) and CRC-16/ARC, both reflected */
static void crc_tables(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t a = i, b = i;

		for (int k = 0; k < 8; k++) {
			a = a & 1 ? a >> 1 ^ 0xedb88320U : a >> 1;
			b = b & 1 ? b >> 1 ^ 0xa001U : b >> 1;
		}
		crc32_table[i] = a;
		crc16_table[i] = (uint16_t)b;
	}
}

static uint32_t crc32(const uint8_t *d, uint64_t n)
{
	uint32_t c = ~0U;

	while (n--)
		c = c >> 8 ^ crc32_table[(c ^ *d++) & 0xff];
	return ~c;
}

static uint16_t crc16(const uint8_t *d, uint64_t n)
{
	uint16_t c = 0;

	while (n--)
		c = (uint16_t)(c >> 8 ^ crc16_table[(c ^ *d++) & 0xff]);
	return c;
}

static uint32_t turn(uint32_t v, int by)
{
	return v << by | v >> (32 - by);
}

/* Bob Jenkins' lookup3 (2006, public domain), of bytes, with 0 to begin with */
static uint32_t lookup3(const uint8_t *d, uint64_t n)
{
	uint32_t s[3]; /* a, b, c */

	s[0] = s[1] = s[2] = 0xdeadbeefU + (uint32_t)n;
	while (n > 12) {
		static const int by[6] = { 4, 6, 8, 16, 19, 4 };

		for (int i = 0; i < 12; i++)
			s[i / 4] += (uint32_t)*d++ << i % 4 * 8;
		for (int i = 0; i < 6; i++) {
			uint32_t *x = &s[i % 3], *y = &s[(i + 1) % 3], *z = &s[(i + 2) % 3];

			*x -= *z;
			*x ^= turn(*z, by[i]);
			*z += *y;
		}
		n -= 12;
	}
	if (!n)
		return s[2];
	for (uint64_t i = 0; i < n; i++)
		s[i / 4] += (uint32_t)d[i] << i % 4 * 8;
	for (int i = 0; i < 7; i++) {
		static const int by[7] = { 14, 11, 25, 16, 4, 14, 24 };
		uint32_t *x = &s[(i + 2) % 3], *y = &s[(i + 1) % 3];

		*x ^= *y;
		*x -= turn(*y, by[i]);
	}
	return s[2];
}

/* The sum of RFC 1071 before it is complemented. */
static uint32_t sum16(const uint8_t *d, uint64_t n, uint32_t start)
{
	uint64_t sum = start;

	for (; n > 1; n -= 2, d += 2)
		sum += (uint64_t)d[0] << 8 | d[1];
	if (n)
		sum += (uint64_t)d[0] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint32_t)sum;
}

uint16_t tp4_csum16(const uint8_t *data, uint64_t bytes, uint32_t start)
{
	return (uint16_t)~sum16(data, bytes, start);
}

uint64_t tp4_hash(enum tp4_hash algo, const uint8_t *data, uint64_t bits)
{
	uint64_t bytes = (bits + 7) / 8, v = 0;

	switch (algo) {
	case TP4_HASH_CRC32:
	case TP4_HASH_CRC32_CUSTOM:
	case TP4_HASH_TARGET_DEFAULT:
	case TP4_HASH_RANDOM: return crc32(data, bytes);
	case TP4_HASH_CRC16:
	case TP4_HASH_CRC16_CUSTOM: return crc16(data, bytes);
	case TP4_HASH_LOOKUP3: return lookup3(data, bytes);
	case TP4_HASH_CSUM16:
	case TP4_HASH_ONES_COMPLEMENT16: return tp4_csum16(data, bytes, 0);
	case TP4_HASH_XOR16:
		for (uint64_t i = 0; i < bytes; i++)
			v ^= i & 1 ? data[i] : (uint64_t)data[i] << 8;
		return v & 0xffff;
	case TP4_HASH_IDENTITY:
		/* The first 64 bits, as BMv2 takes them. */
		for (uint64_t i = 0; i < bytes && i < 8; i++)
			v = v << 8 | data[i];
		return v;
	}
	return 0;
}

/* As tp4_hash() over the data and, after them, the packet's payload. */
uint64_t tp4_hash_payload(struct tp4_ctx *c, enum tp4_hash algo, const uint8_t *data, uint64_t bits)
{
	static uint8_t all[TP4_PARSE_MAX + 4096 + 8];
	uint64_t n = (bits + 7) / 8, at = (c->p.pos + 7) / 8;
	uint64_t rest = c->p.len > at ? c->p.len - at : 0;

	if (n > 4096)
		n = 4096;
	if (c->p.total_len > c->p.len) /* the rest is elsewhere, and a part's sum is wrong */
		c->p.drop = true;
	memcpy(all, data, n);
	memcpy(all + n, c->p.buf + at, rest);
	return tp4_hash(algo, all, (n + rest) * 8);
}

#define PROBES 64 /* bounds what a packet costs in a full map */

uint64_t tp4_register_find(const struct tp4_register *r, uint64_t key, bool make)
{
	uint64_t half = r->size / 2, hash = key * 0x9e3779b97f4a7c15ULL >> 32;

	if (key < half)
		return key;
	for (uint64_t i = 0; i < PROBES && i < half; i++) {
		uint64_t at = (hash + i) % half;

		if (!r->keys[at] && make)
			r->keys[at] = key;
		if (r->keys[at] == key)
			return half + at;
		if (!r->keys[at])
			break;
	}
	return UINT64_MAX;
}

/* xorshift64*, seeded by the program's start: random() of P4 promises no more. */
uint64_t tp4_random(struct tp4_ctx *c)
{
	uint64_t x = c->random;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	c->random = x;
	return x * 0x2545f4914f6cdd1dULL >> 16;
}

/* A failed assertion is a program error, and a program error is a drop. */
void tp4_assert_failed(struct tp4_ctx *c, const char *what)
{
	(void)what;
	c->p.drop = true;
	c->p.exited = true;
}

const void *const *pipeline_exports(void)
{
	static const void *const exports[] = {
		(const void *)tp4_exact_lookup,
		(const void *)tp4_lpm_lookup,
		(const void *)tp4_any_lookup,
		(const void *)tp4_profile_follow,
		(const void *)tp4_peek,
		(const void *)tp4_meter_run,
		(const void *)tp4_direct_meter_run,
		(const void *)tp4_hash,
		(const void *)tp4_hash_payload,
		(const void *)tp4_csum16,
		(const void *)tp4_random,
		(const void *)tp4_register_find,
		(const void *)tp4_log,
		(const void *)tp4_digest,
		(const void *)tp4_assert_failed,
		(const void *)tp4_add_entry,
		(const void *)tp4_timer_expired,
		(const void *)tp4_timer_restart,
		(const void *)tp4_timer_set,
		(const void *)tp4_owner_lookup,
	};

	if (!crc32_table[1])
		crc_tables();
	return exports;
}
