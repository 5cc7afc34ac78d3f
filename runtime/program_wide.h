/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program_wide.h - arithmetic on numbers of more than 128 bits.
 *
 * A number is `n` words, the least significant first.  Results are cut to a
 * width by tp4_wide_clear() (unsigned) or tp4_wide_extend() (signed) after.
 */
#ifndef TP4_PROGRAM_WIDE_H
#define TP4_PROGRAM_WIDE_H

#include "program.h"

struct tp4_words2 {
	uint64_t w[2];
};

static inline struct tp4_words2 tp4_wide_words(tp4_u128 v)
{
	return (struct tp4_words2){ { (uint64_t)v, (uint64_t)(v >> 64) } };
}

static inline void tp4_wide_clear(uint64_t *r, unsigned int bits)
{
	if (bits % 64)
		r[bits / 64] &= (1ULL << bits % 64) - 1;
}

/* All words above the number, too */
static inline void tp4_wide_only(uint64_t *r, unsigned int bits, int n)
{
	tp4_wide_clear(r, bits);
	for (int i = (int)(bits + 63) / 64; i < n; i++)
		r[i] = 0;
}

static inline void tp4_wide_extend(uint64_t *r, unsigned int bits)
{
	unsigned int sh = 64 - bits % 64;

	if (bits % 64)
		r[bits / 64] = (uint64_t)((int64_t)(r[bits / 64] << sh) >> sh);
}

static inline void tp4_wide_add(uint64_t *r, const uint64_t *a, const uint64_t *b, int n)
{
	tp4_u128 s = 0;

	for (int i = 0; i < n; i++) {
		s += (tp4_u128)a[i] + b[i];
		r[i] = (uint64_t)s;
		s >>= 64;
	}
}

static inline void tp4_wide_not(uint64_t *r, const uint64_t *a, int n)
{
	for (int i = 0; i < n; i++)
		r[i] = ~a[i];
}

static inline void tp4_wide_sub(uint64_t *r, const uint64_t *a, const uint64_t *b, int n)
{
	uint64_t borrow = 0;

	for (int i = 0; i < n; i++) {
		tp4_u128 d = (tp4_u128)a[i] - b[i] - borrow;

		r[i] = (uint64_t)d;
		borrow = (uint64_t)(d >> 64) & 1;
	}
}

static inline void tp4_wide_neg(uint64_t *r, const uint64_t *a, int n)
{
	uint64_t carry = 1;

	for (int i = 0; i < n; i++) {
		r[i] = ~a[i] + carry;
		carry = carry && !r[i];
	}
}

static inline void tp4_wide_mul(uint64_t *r, const uint64_t *a, const uint64_t *b, int n)
{
	for (int i = 0; i < n; i++) {
		uint64_t carry = 0;

		for (int j = 0; i + j < n; j++) {
			tp4_u128 p = (tp4_u128)a[i] * b[j] + r[i + j] + carry;

			r[i + j] = (uint64_t)p;
			carry = (uint64_t)(p >> 64);
		}
	}
}

#define TP4_WIDE_BITOP(name, op)                                                                   \
	static inline void tp4_wide_##name(uint64_t *r, const uint64_t *a, const uint64_t *b,      \
					   int n)                                                  \
	{                                                                                          \
		for (int i = 0; i < n; i++)                                                        \
			r[i] = a[i] op b[i];                                                       \
	}
TP4_WIDE_BITOP(and, &)
TP4_WIDE_BITOP(or, |)
TP4_WIDE_BITOP(xor, ^)

static inline void tp4_wide_shl(uint64_t *r, const uint64_t *a, uint64_t by, int n)
{
	uint64_t w = by / 64, b = by % 64;

	for (int i = n - 1; i >= 0; i--) {
		uint64_t v = 0;

		if ((uint64_t)i >= w)
			v = a[(uint64_t)i - w] << b;
		if (b && (uint64_t)i >= w + 1)
			v |= a[(uint64_t)i - w - 1] >> (64 - b);
		r[i] = v;
	}
}

static inline void tp4_wide_shift_right(uint64_t *r, const uint64_t *a, uint64_t by, int n,
					uint64_t fill)
{
	uint64_t w = by / 64, b = by % 64;

	for (int i = 0; i < n; i++) {
		uint64_t lo = (uint64_t)i + w < (uint64_t)n ? a[(uint64_t)i + w] : fill;
		uint64_t hi = (uint64_t)i + w + 1 < (uint64_t)n ? a[(uint64_t)i + w + 1] : fill;

		r[i] = b ? lo >> b | hi << (64 - b) : lo;
	}
}

static inline void tp4_wide_shr(uint64_t *r, const uint64_t *a, uint64_t by, int n)
{
	tp4_wide_shift_right(r, a, by, n, 0);
}

static inline void tp4_wide_sar(uint64_t *r, const uint64_t *a, uint64_t by, int n)
{
	tp4_wide_shift_right(r, a, by, n, a[n - 1] >> 63 ? ~0ULL : 0);
}

static inline int tp4_wide_cmp(const uint64_t *a, const uint64_t *b, int n, bool is_signed)
{
	if (is_signed && (int64_t)a[n - 1] != (int64_t)b[n - 1])
		return (int64_t)a[n - 1] < (int64_t)b[n - 1] ? -1 : 1;
	for (int i = n - 1; i >= 0; i--)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

/* Long division; by zero gives zero. r and q: quotient or remainder into `to`. */
static inline void tp4_wide_divide(uint64_t *to, const uint64_t *a, const uint64_t *b, int n,
				   bool rest)
{
	uint64_t r[n], q[n];
	bool zero = true;

	memset(r, 0, sizeof(r));
	memset(q, 0, sizeof(q));
	for (int i = 0; i < n; i++)
		zero = zero && !b[i];
	for (int i = n * 64 - 1; !zero && i >= 0; i--) {
		for (int k = n - 1; k > 0; k--)
			r[k] = r[k] << 1 | r[k - 1] >> 63;
		r[0] = r[0] << 1 | (a[i / 64] >> i % 64 & 1);
		if (tp4_wide_cmp(r, b, n, false) >= 0) {
			tp4_wide_sub(r, r, b, n);
			q[i / 64] |= 1ULL << i % 64;
		}
	}
	memcpy(to, rest ? r : q, sizeof(r));
}

static inline void tp4_wide_div(uint64_t *r, const uint64_t *a, const uint64_t *b, int n)
{
	tp4_wide_divide(r, a, b, n, false);
}

static inline void tp4_wide_mod(uint64_t *r, const uint64_t *a, const uint64_t *b, int n)
{
	tp4_wide_divide(r, a, b, n, true);
}

/*
 * What joins two long numbers is there once, not wherever it is called: the C compiler's time
 * would grow faster than the program.  A call costs nothing beside so many words.
 */
#define TP4_LONG(name)                                                                             \
	static __attribute__((noinline, unused)) void tp4_long_##name(                             \
		uint64_t *r, const uint64_t *a, const uint64_t *b, int n)                          \
	{                                                                                          \
		tp4_wide_##name(r, a, b, n);                                                       \
	}
TP4_LONG(add)
TP4_LONG(sub)
TP4_LONG(mul)
TP4_LONG(and)
TP4_LONG(or)
TP4_LONG(xor)
TP4_LONG(div)
TP4_LONG(mod)

static inline void tp4_wide_set(uint64_t *r, int n, tp4_i128 v, bool is_signed)
{
	for (int i = 0; i < n; i++)
		r[i] = i == 0               ? (uint64_t)v
		       : i == 1             ? (uint64_t)(v >> 64)
		       : is_signed && v < 0 ? ~0ULL
					    : 0;
}

static inline void tp4_wide_copy(uint64_t *r, int n, const uint64_t *a, int an, bool is_signed)
{
	for (int i = 0; i < n; i++)
		r[i] = i < an ? a[i] : is_signed && a[an - 1] >> 63 ? ~0ULL : 0;
}

/* |+| (or |-|) with one word of room to see what does not fit */
static inline void tp4_wide_sat(uint64_t *r, const uint64_t *a, const uint64_t *b,
				unsigned int bits, bool is_signed, bool minus)
{
	int n = (int)(bits + 63) / 64;
	uint64_t x[n + 1], y[n + 1], cut[n + 1];

	tp4_wide_copy(x, n + 1, a, n, is_signed);
	tp4_wide_copy(y, n + 1, b, n, is_signed);
	if (minus)
		tp4_wide_sub(x, x, y, n + 1);
	else
		tp4_wide_add(x, x, y, n + 1);
	memcpy(cut, x, sizeof(x));
	if (is_signed) {
		tp4_wide_extend(cut, bits);
		tp4_wide_copy(cut, n + 1, cut, n, true);
	} else {
		tp4_wide_clear(cut, bits);
		cut[n] = 0;
	}
	if (memcmp(cut, x, sizeof(x))) {
		bool low = x[n] >> 63;

		for (int i = 0; i < n; i++)
			x[i] = low ? 0 : ~0ULL;
		if (is_signed) {
			unsigned int top = bits - 1;

			for (int i = 0; i < n; i++)
				x[i] = low ? 0 : ~0ULL;
			x[top / 64] = low ? 1ULL << top % 64 : (1ULL << top % 64) - 1;
			for (int i = (int)(top / 64) + 1; i < n; i++)
				x[i] = 0;
			tp4_wide_extend(x, bits);
		} else {
			tp4_wide_clear(x, bits);
		}
	}
	memcpy(r, x, sizeof(uint64_t) * (size_t)n);
}

/* What is too large saturates. */
static inline uint64_t tp4_wide_number(const uint64_t *a, unsigned int bits)
{
	for (unsigned int i = 1; i < (bits + 63) / 64; i++)
		if (a[i])
			return UINT64_MAX;
	return a[0];
}

/* A number by which to tell keys apart; a small key's is its own. */
static inline uint64_t tp4_wide_key(const uint64_t *a, unsigned int bits)
{
	uint64_t n = 0;

	for (unsigned int i = (bits + 63) / 64; i-- > 0;)
		n = (n ^ n >> 32) * 0x9e3779b97f4a7c15ULL + a[i];
	return n;
}

static inline uint64_t tp4_wide_amount(const uint64_t *a, unsigned int bits)
{
	uint64_t n = tp4_wide_number(a, bits);

	return n > 0xffffffffU ? 0xffffffffU : n;
}

/* r[lo + w - 1 : lo] = v */
static inline void tp4_wide_insert(uint64_t *r, unsigned int lo, unsigned int w, const uint64_t *v)
{
	for (unsigned int i = 0; i < w; i++) {
		uint64_t bit = v[i / 64] >> i % 64 & 1;

		r[(lo + i) / 64] =
			(r[(lo + i) / 64] & ~(1ULL << (lo + i) % 64)) | bit << (lo + i) % 64;
	}
}

#endif
