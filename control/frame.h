/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * frame.h - calls and answers over a byte stream.
 *
 * The stream is a unix socket or a virtio-serial port.  The latter outlives
 * its clients: one that dies in the middle of a message must not take the next
 * one's first call with it.  So a frame carries its length, and is also set
 * off by zero bytes that occur nowhere else in it (COBS): whoever joins late
 * waits for the next zero.
 *
 *   frame  = COBS(header body) 00
 *   header (little endian)
 *   0        1      2        3       4              8        16       20
 *   +--------+------+--------+-------+--------------+--------+--------+
 *   | version| kind | method | flags | code         | id     | length |
 *   +--------+------+--------+-------+--------------+--------+--------+
 *   body     `length` bytes: the message named by `method` and `kind`;
 *            google.rpc.Status where `code` is not 0
 *
 * An answer repeats the call's method and id.  Read is answered by any number
 * of frames, all but the last with FRAME_MORE.  Empty frames, and frames that
 * are not whole, are skipped without an answer; a side that connects begins
 * with a zero byte.
 *
 * Ownership: a frame that a reader returns points into the reader and is valid
 * until its next call.
 */
#ifndef TP4_CONTROL_FRAME_H
#define TP4_CONTROL_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_VERSION 1U
#define FRAME_HEADER  20U
#define FRAME_MAX     (8U << 20) /* longest body, bytes */

/* FRAME_INVM: of the agent's channel, a stream of its own (session.h). */
enum frame_kind { FRAME_CALL = 1, FRAME_ANSWER = 2, FRAME_INVM = 3 };

#define FRAME_MORE (1U << 0) /* another frame answers the same call */

/* Names and messages are those of the P4Runtime service, but for the last two. */
#define FRAME_METHODS(X)                                                                           \
	X(WRITE, 1, "Write")                                                                       \
	X(READ, 2, "Read")                                                                         \
	X(SET_CONFIG, 3, "SetForwardingPipelineConfig")                                            \
	X(GET_CONFIG, 4, "GetForwardingPipelineConfig")                                            \
	X(STREAM, 5, "StreamChannel")                                                              \
	X(CAPABILITIES, 6, "Capabilities")                                                         \
	X(STATUS, 7, "Status")                                                                     \
	X(INVM_STATE, 8, "InVm")

enum frame_method {
#define FRAME_ENUM(id, n, name) FRAME_##id = n,
	FRAME_METHODS(FRAME_ENUM)
#undef FRAME_ENUM
};

struct frame {
	uint8_t kind, method, flags;
	uint32_t code;
	uint64_t id;
	const uint8_t *body;
	uint32_t length;
};

/* Collects bytes until a frame is whole. */
struct frame_reader {
	uint8_t *buf; /* bytes since the last zero, still encoded */
	size_t len, size;
	size_t done;  /* bytes at the start that belong to a frame given out */
	size_t seen;  /* bytes already searched for a zero */
	bool skip;    /* what comes before the next zero is too long */
	uint64_t bad; /* frames skipped */
	size_t max;   /* longest body, where shorter than FRAME_MAX; 0: that */
};

void frame_reader_init(struct frame_reader *r);
void frame_reader_free(struct frame_reader *r);

/* Room for at least @want more bytes; NULL: no memory, and nothing changed. */
uint8_t *frame_reader_room(struct frame_reader *r, size_t want);
/* @n bytes were put there. */
void frame_reader_fed(struct frame_reader *r, size_t n);
/* The next whole frame; false: feed more bytes. */
bool frame_reader_next(struct frame_reader *r, struct frame *out);

/* Bytes that frame_write() may need for a body of @length. */
size_t frame_room(size_t length);
/* Encode to @out, which has frame_room(f->length) bytes; returns bytes used. */
size_t frame_write(const struct frame *f, uint8_t *out);

#endif
