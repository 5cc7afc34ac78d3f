/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_frame.c - framing: every run length, every cut, rubbish before and between.
 */
#include <stdlib.h>
#include <string.h>

#include "control/frame.h"
#include "tests/tap.h"

static void feed(struct frame_reader *r, const void *p, size_t n)
{
	if (n)
		memcpy(frame_reader_room(r, n), p, n);
	frame_reader_fed(r, n);
}

static bool same(const struct frame *a, const struct frame *b)
{
	return a->kind == b->kind && a->method == b->method && a->flags == b->flags &&
	       a->code == b->code && a->id == b->id && a->length == b->length &&
	       (!a->length || !memcmp(a->body, b->body, a->length));
}

/* One body through writer and reader, cut into pieces of @step bytes. */
static bool round_trip(const uint8_t *body, size_t len, size_t step)
{
	struct frame f = { FRAME_CALL, 7, FRAME_MORE, 11, 0x1122334455667788, body, len }, got;
	uint8_t *out = malloc(frame_room(len));
	size_t n = frame_write(&f, out), at = 0;
	struct frame_reader r;
	bool good = n <= frame_room(len) && !out[n - 1] && !memchr(out, 0, n - 1);

	frame_reader_init(&r);
	while (good && at < n) {
		size_t part = n - at < step ? n - at : step;

		feed(&r, out + at, part);
		at += part;
		good = frame_reader_next(&r, &got) == (at == n);
	}
	good = good && same(&f, &got) && !frame_reader_next(&r, &got) && !r.bad;
	frame_reader_free(&r);
	free(out);
	return good;
}

static void test_round_trips(void)
{
	uint8_t *body = malloc(70000);
	bool good = true;

	for (size_t len = 0; len < 1200 && good; len++) {
		for (size_t i = 0; i < len; i++)
			body[i] = i % 255 + 1; /* no zero: runs of every length */
		good = round_trip(body, len, 7) && round_trip(body, len, 70000);
	}
	ok(good, "bodies without zeros, 0 to 1199 bytes");
	for (size_t zero = 0; zero < 600 && good; zero++) {
		memset(body, 0x55, 600);
		body[zero] = 0;
		good = round_trip(body, 600, 13);
	}
	ok(good, "one zero at every place");
	memset(body, 0, 70000);
	ok(round_trip(body, 70000, 1000), "zeros only");
	srandom(1);
	for (int run = 0; run < 300 && good; run++) {
		size_t len = random() % 3000;

		for (size_t i = 0; i < len; i++)
			body[i] = random() % (run % 7 + 2) ? random() : 0;
		good = round_trip(body, len, random() % 500 + 1);
	}
	ok(good, "300 random bodies in random pieces");
	free(body);
}

static void test_rubbish(void)
{
	struct frame f = { FRAME_CALL, 2, 0, 0, 5, (const uint8_t *)"hello", 5 }, got;
	uint8_t frame[64], copy[64];
	size_t n = frame_write(&f, frame);
	struct frame_reader r;
	bool good = true;

	/* A client died after any number of bytes; the next one begins with a zero. */
	for (size_t cut = 0; cut < n && good; cut++) {
		frame_reader_init(&r);
		feed(&r, frame, cut);
		good = !frame_reader_next(&r, &got);
		feed(&r, "", 1);
		feed(&r, frame, n);
		good = good && frame_reader_next(&r, &got) && same(&f, &got);
		frame_reader_free(&r);
	}
	ok(good, "a call cut at any byte does not harm the next one");

	for (size_t at = 0; at + 1 < n && good; at++) {
		unsigned int wrong = 0;

		/* A changed byte is noticed, or changes a field; it never goes further. */
		for (int bit = 0; bit < 8; bit++) {
			memcpy(copy, frame, n);
			copy[at] ^= 1 << bit;
			frame_reader_init(&r);
			feed(&r, copy, n);
			while (frame_reader_next(&r, &got))
				wrong += got.length > 64;
			feed(&r, "", 1);
			feed(&r, frame, n);
			good = good && frame_reader_next(&r, &got) && same(&f, &got) && !wrong;
			frame_reader_free(&r);
		}
	}
	ok(good, "any flipped bit costs one frame at most");

	frame_reader_init(&r);
	for (size_t i = 0; i < frame_room(FRAME_MAX) / 65536 + 20; i++) {
		memset(frame_reader_room(&r, 65536), 0x41, 65536);
		frame_reader_fed(&r, 65536);
		good = good && !frame_reader_next(&r, &got);
	}
	ok(good && r.size < 4 * FRAME_MAX && r.bad == 1,
	   "an endless frame does not take endless memory, and is known to be none");
	feed(&r, "", 1);
	feed(&r, frame, n);
	ok(frame_reader_next(&r, &got) && same(&f, &got) && r.bad == 1, "and the next one is read");
	frame_reader_free(&r);
}

int main(void)
{
	test_round_trips();
	test_rubbish();
	return tap_end();
}
