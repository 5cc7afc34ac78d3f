/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * session.h - the channel between the agent and the P4 VM that the cloud
 * carries but can neither read nor forge.
 *
 * Both hold the tenant's key (32 random bytes).  Frames are those of frame.h,
 * of kind FRAME_INVM; the frame's method says which step it is:
 *
 *   agent                                               P4 VM
 *     HELLO    pk_a, H(key, "agent", pk_a)          ───►
 *     ◄───     WELCOME  pk_b, header_b, clock, H(key, "vm", pk_a, pk_b, header_b, clock)
 *     SEALED   header_a, first message              ───►   the session begins here
 *     SEALED   message                              ◄──►
 *     ◄───     RESET    (the P4 VM has no session for what came)
 *
 * pk_a and pk_b are X25519 keys made for this session alone.  crypto_kx gives a
 * secret for each direction; H(key, secret, pk_a, pk_b) keys that direction's
 * crypto_secretstream_xchacha20poly1305.  H is crypto_generichash (BLAKE2b)
 * with the tenant's key.  Nothing else is done with cryptography here.
 *
 * Why that is enough:
 *   who           only who has the key makes a MAC or the stream's keys
 *   what was read stays secret even if the key is stolen later (pk are forgotten)
 *   replay        a recorded session meets another pk_b, so its keys are wrong
 *                 and its first sealed message is refused.  A replayed HELLO
 *                 alone gets an answer that is of no use, and ends no session:
 *                 a new session replaces the old with its first sealed message
 *   reordering, omission, repetition
 *                 the secretstream authenticates each message in its place
 *   truncation    an orderly end is the stream's FINAL tag; without it, values
 *                 simply get old (invm.proto)
 *   staleness     by the clock in WELCOME and in each acknowledgement, which
 *                 the agent sends back (invm.proto)
 *   reflection    directions have different keys, steps different labels
 * And where it is not: a machine that is copied while it runs goes on twice with the
 * same keys and nonces, until both sessions end.  Who copies it has its keys anyway.
 *
 * Errors: what does not authenticate is refused by false and changes nothing
 * but the session that it was for, which is over.
 */
#ifndef TP4_CONTROL_SESSION_H
#define TP4_CONTROL_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sodium.h>

#define INVM_KEY_SIZE     32U
#define INVM_HELLO_SIZE   64U
#define INVM_HEADER_SIZE  crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define INVM_WELCOME_SIZE (32U + INVM_HEADER_SIZE + 8U + 32U)
/* A sealed message is so much longer than its text; the first one also has the header. */
#define INVM_SEAL_EXTRA   crypto_secretstream_xchacha20poly1305_ABYTES
#define INVM_TEXT_MAX     16384U /* bytes of one message */
#define INVM_FRAME_MAX    (INVM_TEXT_MAX + INVM_SEAL_EXTRA + INVM_HEADER_SIZE)

enum invm_step { INVM_HELLO = 1, INVM_WELCOME, INVM_SEALED, INVM_RESET };

/* Of a SEALED frame's flags: it begins with the header of the agent's stream. */
#define INVM_FIRST (1U << 1)

struct session {
	crypto_secretstream_xchacha20poly1305_state push, pull;
	uint8_t pull_key[32];             /* until the peer's header is known */
	uint8_t header[INVM_HEADER_SIZE]; /* of push */
	bool pulling, pushed, over;
};

/* The agent, while it waits for WELCOME. */
struct session_try {
	uint8_t pk[32], sk[32];
};

/* The agent's part. */
void session_hello(struct session_try *t, const uint8_t key[INVM_KEY_SIZE],
		   uint8_t out[INVM_HELLO_SIZE]);
bool session_finish(struct session_try *t, const uint8_t key[INVM_KEY_SIZE], const uint8_t *welcome,
		    size_t len, struct session *s, uint64_t *clock);

/* The P4 VM's part: is it a HELLO of one who has the key (cheap)?  If so, @out is the answer. */
bool session_greets(const uint8_t key[INVM_KEY_SIZE], const uint8_t *hello, size_t len);
bool session_welcome(const uint8_t key[INVM_KEY_SIZE], const uint8_t hello[INVM_HELLO_SIZE],
		     uint64_t clock, struct session *s, uint8_t out[INVM_WELCOME_SIZE]);

/*
 * Seal text[0..len), len <= INVM_TEXT_MAX, to @out, which has INVM_FRAME_MAX
 * bytes; returns the length.  *first: the frame needs INVM_FIRST.
 * @last: no more will follow.
 */
size_t session_seal(struct session *s, const uint8_t *text, size_t len, bool last, uint8_t *out,
		    bool *first);
/* @text has INVM_TEXT_MAX bytes.  False: not authentic, too long, or over. */
bool session_open(struct session *s, const uint8_t *sealed, size_t len, bool first, uint8_t *text,
		  size_t *text_len);

/* Keys are files with one line of 64 hex digits or 44 characters of base64. */
bool key_parse(const char *text, uint8_t key[INVM_KEY_SIZE]);
/* NULL, or what is wrong with the file: "cannot read it", ... */
const char *key_read(const char *path, uint8_t key[INVM_KEY_SIZE]);
/* Is it a file that is open to everybody?  NULL: standard output. */
bool key_exposed(const char *path);

/* The number that stands for a path in a P4 program: 64 bits of BLAKE2b.  Never 0. */
uint64_t invm_id(const char *text);

#endif
