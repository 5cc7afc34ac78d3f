/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * frame.c - COBS framing of calls and answers.
 *
 * Consistent overhead byte stuffing (Cheshire and Baker, 1999): a run of up to
 * 254 non-zero bytes is preceded by its length + 1; a length below 255 also
 * stands for the zero that ended the run.
 */
#include "control/frame.h"

#include <stdlib.h>
#include <string.h>

#define RUN 254U

static void put_le(uint8_t *p, uint64_t v, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		p[i] = v >> (8 * i);
}

static uint64_t get_le(const uint8_t *p, unsigned int n)
{
	uint64_t v = 0;

	for (unsigned int i = 0; i < n; i++)
		v |= (uint64_t)p[i] << (8 * i);
	return v;
}

/* Writing */

size_t frame_room(size_t length)
{
	size_t raw = FRAME_HEADER + length;

	return raw + raw / RUN + 3;
}

struct cobs {
	uint8_t *out, *run; /* next byte, and where the current run's length goes */
};

static void cobs_put(struct cobs *c, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i])
			*c->out++ = p[i];
		if (!p[i] || c->out - c->run == RUN + 1) {
			*c->run = c->out - c->run;
			c->run = c->out++;
		}
	}
}

size_t frame_write(const struct frame *f, uint8_t *out)
{
	uint8_t header[FRAME_HEADER] = { FRAME_VERSION, f->kind, f->method, f->flags };
	struct cobs c = { .out = out + 1, .run = out };

	put_le(header + 4, f->code, 4);
	put_le(header + 8, f->id, 8);
	put_le(header + 16, f->length, 4);
	cobs_put(&c, header, sizeof(header));
	cobs_put(&c, f->body, f->length);
	*c.run = c.out - c.run;
	*c.out++ = 0;
	return c.out - out;
}

/* Reading */

void frame_reader_init(struct frame_reader *r)
{
	memset(r, 0, sizeof(*r));
}

void frame_reader_free(struct frame_reader *r)
{
	free(r->buf);
	frame_reader_init(r);
}

uint8_t *frame_reader_room(struct frame_reader *r, size_t want)
{
	if (r->done) {
		memmove(r->buf, r->buf + r->done, r->len - r->done);
		r->len -= r->done;
		r->seen -= r->done;
		r->done = 0;
	}
	if (r->size - r->len < want) {
		size_t size = r->size ? r->size : 4096;
		uint8_t *buf;

		while (size - r->len < want)
			size *= 2;
		buf = realloc(r->buf, size);
		if (!buf)
			return NULL;
		r->buf = buf;
		r->size = size;
	}
	return r->buf + r->len;
}

void frame_reader_fed(struct frame_reader *r, size_t n)
{
	r->len += n;
}

/* Decodes in place, which never grows; returns the length, 0 if it is no COBS. */
static size_t cobs_decode(uint8_t *p, size_t n)
{
	size_t in = 0, out = 0;

	while (in < n) {
		uint8_t run = p[in++];

		if (run - 1U > n - in)
			return 0;
		memmove(p + out, p + in, run - 1U);
		in += run - 1U;
		out += run - 1U;
		if (run <= RUN && in < n)
			p[out++] = 0;
	}
	return out;
}

static bool frame_parse(uint8_t *p, size_t n, struct frame *f)
{
	n = cobs_decode(p, n);
	if (n < FRAME_HEADER || p[0] != FRAME_VERSION)
		return false;
	f->kind = p[1];
	f->method = p[2];
	f->flags = p[3];
	f->code = get_le(p + 4, 4);
	f->id = get_le(p + 8, 8);
	f->length = get_le(p + 16, 4);
	f->body = p + FRAME_HEADER;
	return f->length == n - FRAME_HEADER && f->length <= FRAME_MAX && f->kind >= FRAME_CALL &&
	       f->kind <= FRAME_INVM;
}

bool frame_reader_next(struct frame_reader *r, struct frame *out)
{
	for (;;) {
		uint8_t *start, *zero;

		/* Empty frames cost next to nothing: whoever is not known yet may send them, too. */
		while (!r->skip && r->done < r->len && !r->buf[r->done])
			r->seen = ++r->done;
		start = r->buf + r->done;
		zero = r->len > r->seen ? memchr(r->buf + r->seen, 0, r->len - r->seen) : NULL;
		if (!zero) {
			r->seen = r->len;
			/* No frame is that long: forget it, and what follows of it. */
			if (r->len - r->done > frame_room(r->max ? r->max : FRAME_MAX)) {
				r->bad += !r->skip;
				r->skip = true;
				r->len = r->seen = r->done = 0;
			}
			return false;
		}
		r->done = r->seen = zero + 1 - r->buf;
		if (!r->skip && frame_parse(start, zero - start, out))
			return true;
		r->bad += !r->skip;
		r->skip = false;
	}
}
