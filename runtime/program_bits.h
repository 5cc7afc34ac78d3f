/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program_bits.h - small functions that generated C calls for bits and bytes.
 *
 * All are inline and total: no input is undefined.  Buffers given to
 * tp4_get() are readable TP4_PARSE_PAD bytes beyond the bits asked for.
 */
#ifndef TP4_PROGRAM_BITS_H
#define TP4_PROGRAM_BITS_H

#include "program.h"

#define TP4_HIT     0x80000000U
#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

static inline uint16_t tp4_be16(const uint8_t *b)
{
	uint16_t v;

	memcpy(&v, b, 2);
	return __builtin_bswap16(v);
}

static inline uint32_t tp4_be32(const uint8_t *b)
{
	uint32_t v;

	memcpy(&v, b, 4);
	return __builtin_bswap32(v);
}

static inline uint64_t tp4_be64(const uint8_t *b)
{
	uint64_t v;

	memcpy(&v, b, 8);
	return __builtin_bswap64(v);
}

static inline uint64_t tp4_low(uint64_t v, unsigned int w)
{
	return w >= 64 ? v : v & ((1ULL << w) - 1);
}

/* w <= 64 bits from bit `at` of b */
static inline uint64_t tp4_get(const uint8_t *b, uint64_t at, unsigned int w)
{
	unsigned int sh = at & 7;
	uint64_t v;

	b += at >> 3;
	v = tp4_be64(b) << sh;
	if (sh + w > 64)
		v |= (uint64_t)b[8] >> (8 - sh);
	return w ? v >> (64 - w) : 0;
}

/* w <= 128 bits */
static inline tp4_u128 tp4_get128(const uint8_t *b, uint64_t at, unsigned int w)
{
	if (w <= 64)
		return tp4_get(b, at, w);
	return (tp4_u128)tp4_get(b, at, w - 64) << 64 | tp4_get(b, at + w - 64, 64);
}

/* w <= 64 bits of v to bit `at` of b, whose bits from there on are zero */
static inline void tp4_put(uint8_t *b, uint64_t at, unsigned int w, uint64_t v)
{
	unsigned int sh = at & 7;

	b += at >> 3;
	if (sh == 0 && w == 8) {
		b[0] = (uint8_t)v;
	} else if (sh == 0 && w == 16) {
		uint16_t x = __builtin_bswap16((uint16_t)v);

		memcpy(b, &x, 2);
	} else if (sh == 0 && w == 32) {
		uint32_t x = __builtin_bswap32((uint32_t)v);

		memcpy(b, &x, 4);
	} else if (sh == 0 && w == 48) {
		uint16_t x = __builtin_bswap16((uint16_t)(v >> 32));
		uint32_t y = __builtin_bswap32((uint32_t)v);

		memcpy(b, &x, 2);
		memcpy(b + 2, &y, 4);
	} else if (sh == 0 && w == 64) {
		uint64_t x = __builtin_bswap64(v);

		memcpy(b, &x, 8);
	} else if (sh + w <= 8) {
		b[0] |= (uint8_t)(tp4_low(v, w) << (8 - sh - w));
	} else if (sh + w <= 16) {
		v = tp4_low(v, w) << (16 - sh - w);
		b[0] |= (uint8_t)(v >> 8);
		b[1] |= (uint8_t)v;
	} else {
		v = tp4_low(v, w);
		while (w) {
			unsigned int room = 8 - sh, take = w < room ? w : room;

			w -= take;
			*b = (uint8_t)(*b | (v >> w & 0xff) << (room - take));
			v = tp4_low(v, w);
			sh = 0;
			b++;
		}
	}
}

static inline void tp4_put128(uint8_t *b, uint64_t at, unsigned int w, tp4_u128 v)
{
	if (w <= 64) {
		tp4_put(b, at, w, (uint64_t)v);
	} else {
		tp4_put(b, at, w - 64, (uint64_t)(v >> 64));
		tp4_put(b, at + w - 64, 64, (uint64_t)v);
	}
}

/* A wide number (w > 128, words least significant first) from or to bits. */
static inline void tp4_get_wide(uint64_t *to, const uint8_t *b, uint64_t at, unsigned int w)
{
	for (unsigned int i = 0; w; i++) {
		unsigned int take = w < 64 ? w : 64;

		w -= take;
		to[i] = tp4_get(b, at + w, take);
	}
}

static inline void tp4_put_wide(uint8_t *b, uint64_t at, unsigned int w, const uint64_t *v)
{
	for (unsigned int i = 0; w; i++) {
		unsigned int take = w < 64 ? w : 64;

		w -= take;
		tp4_put(b, at + w, take, v[i]);
	}
}

static inline int64_t tp4_sext(uint64_t v, unsigned int w)
{
	return w >= 64 ? (int64_t)v : (int64_t)(v << (64 - w)) >> (64 - w);
}

static inline tp4_i128 tp4_sext128(tp4_u128 v, unsigned int w)
{
	return w >= 128 ? (tp4_i128)v : (tp4_i128)(v << (128 - w)) >> (128 - w);
}

static inline tp4_u128 tp4_low128(tp4_u128 v, unsigned int w)
{
	return w >= 128 ? v : v & (((tp4_u128)1 << w) - 1);
}

/* Shifts by any amount; `by` is cut to 64 bits with saturation by the caller. */
static inline uint64_t tp4_shl(uint64_t v, uint64_t by)
{
	return by >= 64 ? 0 : v << by;
}

static inline uint64_t tp4_shr(uint64_t v, uint64_t by)
{
	return by >= 64 ? 0 : v >> by;
}

static inline int64_t tp4_sar(int64_t v, uint64_t by)
{
	return v >> (by >= 64 ? 63 : by);
}

static inline tp4_u128 tp4_shl128(tp4_u128 v, uint64_t by)
{
	return by >= 128 ? 0 : v << by;
}

static inline tp4_u128 tp4_shr128(tp4_u128 v, uint64_t by)
{
	return by >= 128 ? 0 : v >> by;
}

static inline tp4_i128 tp4_sar128(tp4_i128 v, uint64_t by)
{
	return v >> (by >= 128 ? 127 : by);
}

static inline uint64_t tp4_amount128(tp4_u128 by)
{
	return by >> 32 ? 0xffffffffU : (uint64_t)by;
}

/* |+| and |-| */
static inline tp4_u128 tp4_sat_add(tp4_u128 a, tp4_u128 b, unsigned int w)
{
	tp4_u128 max = tp4_low128(~(tp4_u128)0, w), r = a + b;

	return r < a || r > max ? max : r;
}

static inline tp4_u128 tp4_sat_sub(tp4_u128 a, tp4_u128 b)
{
	return a < b ? 0 : a - b;
}

static inline tp4_i128 tp4_sat_range(tp4_i128 r, bool over, bool negative, unsigned int w)
{
	tp4_i128 max = (tp4_i128)(tp4_low128(~(tp4_u128)0, w - 1)), min = -max - 1;

	if (over)
		return negative ? min : max;
	return r > max ? max : r < min ? min : r;
}

static inline tp4_i128 tp4_sat_sadd(tp4_i128 a, tp4_i128 b, unsigned int w)
{
	tp4_i128 r;
	bool over = __builtin_add_overflow(a, b, &r);

	return tp4_sat_range(r, over, a < 0, w);
}

static inline tp4_i128 tp4_sat_ssub(tp4_i128 a, tp4_i128 b, unsigned int w)
{
	tp4_i128 r;
	bool over = __builtin_sub_overflow(a, b, &r);

	return tp4_sat_range(r, over, a < 0, w);
}

/* A stack's element; a stray index means the spare element behind the last. */
static inline uint32_t tp4_index(uint64_t i, uint32_t size)
{
	return i < size ? (uint32_t)i : size;
}

/* That index, where what was written to the spare element before is gone. */
static inline uint32_t tp4_stray(uint64_t i, uint32_t size, const void *spare, size_t n)
{
	if (likely(i < size))
		return (uint32_t)i;
	for (size_t k = 0; k < n; k++)
		if (((const uint8_t *)spare)[k]) { /* so it is no constant's */
			memset((void *)(uintptr_t)spare, 0, n);
			break;
		}
	return size;
}

#define tp4_at(stack, i, size)                                                                     \
	(*({                                                                                       \
		__auto_type stack_ = &(stack);                                                     \
		&stack_->e[tp4_stray(i, size, &stack_->e[size], sizeof(stack_->e[size]))];         \
	}))

/* Data of hashes and checksums, bit after bit. */
struct tp4_bits {
	uint64_t pos;
	uint8_t *data;
};

static inline void tp4_bits_add(struct tp4_bits *b, unsigned int w, tp4_u128 v)
{
	tp4_put128(b->data, b->pos, w, v);
	b->pos += w;
}

/* w bits, left aligned at `from`, as in a varbit */
static inline void tp4_bits_add_bytes(struct tp4_bits *b, const uint8_t *from, uint64_t w)
{
	uint64_t i = 0;

	for (; i + 8 <= w; i += 8)
		tp4_bits_add(b, 8, from[i / 8]);
	if (i < w)
		tp4_bits_add(b, (unsigned int)(w - i), from[i / 8] >> (8 - (w - i)));
}

/* Move the bits to the end of their last byte, zeros in front. */
static inline void tp4_pad_front(uint8_t *data, uint64_t bits)
{
	unsigned int by = -bits & 7, v = 0;

	for (uint64_t i = 0; by && i < (bits + 7) / 8; i++) {
		v = v << 8 | data[i];
		data[i] = (uint8_t)(v >> by);
	}
}

/* What is rare stays out of the way of what is not. */
#define TP4_RARE __attribute__((unused, noinline, cold)) static

TP4_RARE void tp4_shift(const struct tp4_packet *p, uint64_t bits, uint8_t *tmp)
{
	for (uint64_t i = 0; i < (bits + 7) / 8; i++)
		tmp[i] = (uint8_t)tp4_get(p->buf, p->pos + i * 8, 8);
}

/* The next `bits` of the packet, byte aligned; tmp has room for them and a pad. */
static inline const uint8_t *tp4_here(const struct tp4_packet *p, uint64_t bits, uint8_t *tmp)
{
	if (likely(!(p->pos & 7)))
		return p->buf + (p->pos >> 3);
	tp4_shift(p, bits, tmp);
	return tmp;
}

static inline bool tp4_has(const struct tp4_packet *p, uint64_t bits)
{
	return p->pos + bits <= (uint64_t)p->len * 8;
}

/* Room for `bytes` at the end of what is emitted, zeroed; NULL: overflow or not aligned */
static inline uint8_t *tp4_room(struct tp4_packet *p, uint64_t bits)
{
	uint64_t at = (p->out_pos + 7) >> 3, n = (bits + 7) >> 3;

	if (unlikely(at + n > p->out_size)) {
		p->overflow = true;
		return NULL;
	}
	return p->out + at;
}

/* Append bits that start in a byte of their own at `from`. */
TP4_RARE void tp4_append(struct tp4_packet *p, const uint8_t *from, uint64_t bits)
{
	if (p->out_pos + bits > (uint64_t)p->out_size * 8) {
		p->overflow = true;
		return;
	}
	for (uint64_t i = 0; i < bits; i += 8) {
		unsigned int w = bits - i < 8 ? (unsigned int)(bits - i) : 8;
		uint64_t at = p->out_pos;

		if (!(at & 7))
			p->out[at >> 3] = 0;
		if ((at & 7) + w > 8)
			p->out[(at >> 3) + 1] = 0;
		tp4_put(p->out, at, w, from[i / 8] >> (8 - w));
		p->out_pos += w;
	}
}

/* The Internet checksum after `from` became `to` (RFC 1624, equation 3) */
static inline uint16_t tp4_csum_replace(uint16_t sum, uint32_t from, uint32_t to)
{
	uint32_t s = (uint16_t)~sum;

	s += (uint16_t)~from + (uint32_t)(uint16_t) ~(from >> 16) + (to & 0xffff) + (to >> 16);
	s = (s & 0xffff) + (s >> 16);
	s = (s & 0xffff) + (s >> 16);
	return (uint16_t)~s;
}

/* Checksum and InternetChecksum of psa and pna, from one apply() on */
struct tp4_checksum {
	struct tp4_bits bits;
	uint8_t data[1024 + 64];
	uint16_t sum;
};

static inline void tp4_checksum_clear(struct tp4_checksum *k)
{
	memset(k->data, 0, sizeof(k->data));
	k->bits = (struct tp4_bits){ 0, k->data };
	k->sum = 0;
}

/* More data; what does not fit is left out. */
static inline void tp4_checksum_update(struct tp4_checksum *k, const uint8_t *data, uint64_t bits)
{
	if (k->bits.pos + bits <= 1024 * 8)
		tp4_bits_add_bytes(&k->bits, data, bits);
}

/* The ones' complement sum of 16-bit words, or with their complements; zeros follow the data. */
static inline void tp4_checksum_sum(struct tp4_checksum *k, const uint8_t *data, uint64_t bits,
				    bool minus)
{
	uint32_t sum = k->sum;

	for (uint64_t i = 0; i * 8 < bits; i += 2) {
		uint16_t w = tp4_be16(data + i);

		sum += minus ? (uint16_t)~w : w;
		sum = (sum & 0xffff) + (sum >> 16);
	}
	k->sum = (uint16_t)sum;
}

static inline void tp4_counter_add(struct tp4_counter *k, uint64_t i, uint32_t len)
{
	if (likely(i < k->size)) {
		k->cell[i].packets++;
		k->cell[i].bytes += len;
	}
}

#endif
