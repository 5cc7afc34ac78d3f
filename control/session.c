/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * session.c - the agent's sealed channel; the argument is in session.h.
 */
#include "control/session.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char label_agent[] = "transp4 invm 1 agent", label_vm[] = "transp4 invm 1 vm",
		  label_key[] = "transp4 invm 1 key";

struct part {
	const void *data;
	size_t len;
};

/* BLAKE2b with the tenant's key over a label and @n parts, all of fixed length. */
static void digest(uint8_t out[32], const uint8_t key[INVM_KEY_SIZE], const char *label,
		   const struct part *part, int n)
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, key, INVM_KEY_SIZE, 32);
	crypto_generichash_update(&h, (const uint8_t *)label, strlen(label) + 1);
	for (int i = 0; i < n; i++)
		crypto_generichash_update(&h, part[i].data, part[i].len);
	crypto_generichash_final(&h, out, 32);
}

static void stream_key(uint8_t out[32], const uint8_t key[INVM_KEY_SIZE], const uint8_t *secret,
		       const uint8_t *pk_a, const uint8_t *pk_b)
{
	digest(out, key, label_key, (struct part[]){ { secret, 32 }, { pk_a, 32 }, { pk_b, 32 } },
	       3);
}

static void session_begin(struct session *s, const uint8_t key[INVM_KEY_SIZE], const uint8_t *rx,
			  const uint8_t *tx, const uint8_t *pk_a, const uint8_t *pk_b)
{
	uint8_t push_key[32];

	memset(s, 0, sizeof(*s));
	stream_key(s->pull_key, key, rx, pk_a, pk_b);
	stream_key(push_key, key, tx, pk_a, pk_b);
	crypto_secretstream_xchacha20poly1305_init_push(&s->push, s->header, push_key);
	sodium_memzero(push_key, sizeof(push_key));
}

static bool pull_begin(struct session *s, const uint8_t *header)
{
	if (s->pulling || s->over)
		return false;
	s->pulling = true;
	return !crypto_secretstream_xchacha20poly1305_init_pull(&s->pull, header, s->pull_key);
}

void session_hello(struct session_try *t, const uint8_t key[INVM_KEY_SIZE],
		   uint8_t out[INVM_HELLO_SIZE])
{
	crypto_kx_keypair(t->pk, t->sk);
	memcpy(out, t->pk, 32);
	digest(out + 32, key, label_agent, (struct part[]){ { t->pk, 32 } }, 1);
}

bool session_greets(const uint8_t key[INVM_KEY_SIZE], const uint8_t *hello, size_t len)
{
	uint8_t mac[32];

	if (len != INVM_HELLO_SIZE)
		return false;
	digest(mac, key, label_agent, (struct part[]){ { hello, 32 } }, 1);
	return !sodium_memcmp(mac, hello + 32, 32);
}

bool session_welcome(const uint8_t key[INVM_KEY_SIZE], const uint8_t hello[INVM_HELLO_SIZE],
		     uint64_t clock, struct session *s, uint8_t out[INVM_WELCOME_SIZE])
{
	uint8_t pk[32], sk[32], rx[32], tx[32];
	bool ok;

	crypto_kx_keypair(pk, sk);
	ok = !crypto_kx_server_session_keys(rx, tx, pk, sk, hello);
	if (ok) {
		session_begin(s, key, rx, tx, hello, pk);
		memcpy(out, pk, 32);
		memcpy(out + 32, s->header, INVM_HEADER_SIZE);
		for (int i = 0; i < 8; i++)
			out[32 + INVM_HEADER_SIZE + i] = clock >> (56 - 8 * i);
		digest(out + INVM_WELCOME_SIZE - 32, key, label_vm,
		       (struct part[]){ { hello, 32 }, { out, INVM_WELCOME_SIZE - 32 } }, 2);
		s->pushed = true; /* the header has gone out */
	}
	sodium_memzero(sk, sizeof(sk));
	sodium_memzero(rx, sizeof(rx));
	sodium_memzero(tx, sizeof(tx));
	return ok;
}

bool session_finish(struct session_try *t, const uint8_t key[INVM_KEY_SIZE], const uint8_t *welcome,
		    size_t len, struct session *s, uint64_t *clock)
{
	uint8_t mac[32], rx[32], tx[32];
	bool ok;

	if (len != INVM_WELCOME_SIZE)
		return false;
	digest(mac, key, label_vm,
	       (struct part[]){ { t->pk, 32 }, { welcome, INVM_WELCOME_SIZE - 32 } }, 2);
	if (sodium_memcmp(mac, welcome + INVM_WELCOME_SIZE - 32, 32))
		return false;
	ok = !crypto_kx_client_session_keys(rx, tx, t->pk, t->sk, welcome);
	if (ok) {
		session_begin(s, key, rx, tx, t->pk, welcome);
		ok = pull_begin(s, welcome + 32);
		*clock = 0;
		for (int i = 0; i < 8; i++)
			*clock = *clock << 8 | welcome[32 + INVM_HEADER_SIZE + i];
	}
	sodium_memzero(t, sizeof(*t));
	sodium_memzero(rx, sizeof(rx));
	sodium_memzero(tx, sizeof(tx));
	return ok;
}

size_t session_seal(struct session *s, const uint8_t *text, size_t len, bool last, uint8_t *out,
		    bool *first)
{
	unsigned long long sealed;
	size_t at = 0;

	*first = !s->pushed;
	if (*first) {
		memcpy(out, s->header, INVM_HEADER_SIZE);
		at = INVM_HEADER_SIZE;
		s->pushed = true;
	}
	crypto_secretstream_xchacha20poly1305_push(
		&s->push, out + at, &sealed, text, len, NULL, 0,
		last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
		     : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
	return at + sealed;
}

bool session_open(struct session *s, const uint8_t *sealed, size_t len, bool first, uint8_t *text,
		  size_t *text_len)
{
	unsigned long long n;
	unsigned char tag;

	if (first) {
		if (len < INVM_HEADER_SIZE || !pull_begin(s, sealed)) {
			s->over = true;
			return false;
		}
		sealed += INVM_HEADER_SIZE;
		len -= INVM_HEADER_SIZE;
	}
	if (s->over || !s->pulling || len < INVM_SEAL_EXTRA ||
	    len > INVM_TEXT_MAX + INVM_SEAL_EXTRA ||
	    crypto_secretstream_xchacha20poly1305_pull(&s->pull, text, &n, &tag, sealed, len, NULL,
						       0)) {
		s->over = true;
		return false;
	}
	s->over = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	*text_len = n;
	return true;
}

/* Keys and ids */

bool key_parse(const char *text, uint8_t key[INVM_KEY_SIZE])
{
	size_t len = strcspn(text, " \t\r\n"), n = 0;
	const char *end;

	if (text[len + strspn(text + len, " \t\r\n")])
		return false;
	if (len == 2 * INVM_KEY_SIZE)
		return !sodium_hex2bin(key, INVM_KEY_SIZE, text, len, NULL, &n, NULL) &&
		       n == INVM_KEY_SIZE;
	return len == 44 &&
	       !sodium_base642bin(key, INVM_KEY_SIZE, text, len, NULL, &n, &end,
				  sodium_base64_VARIANT_ORIGINAL) &&
	       n == INVM_KEY_SIZE && end == text + len;
}

const char *key_read(const char *path, uint8_t key[INVM_KEY_SIZE])
{
	char text[128];
	FILE *f = fopen(path, "re");
	size_t n;
	bool ok;

	if (!f)
		return "it cannot be read";
	setbuf(f, NULL); /* else a copy stays there */
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = 0;
	ok = strlen(text) == n && key_parse(text, key);
	sodium_memzero(text, sizeof(text));
	return ok ? NULL : "it has no key of 64 hex digits or 44 characters of base64";
}

bool key_exposed(const char *path)
{
	struct stat st;

	return !(path ? stat(path, &st) : fstat(STDOUT_FILENO, &st)) && S_ISREG(st.st_mode) &&
	       st.st_mode & S_IRWXO;
}

uint64_t invm_id(const char *text)
{
	uint8_t h[16];
	uint64_t id = 0;

	crypto_generichash(h, sizeof(h), (const uint8_t *)text, strlen(text), NULL, 0);
	for (int i = 0; i < 8; i++)
		id = id << 8 | h[i];
	return id ? id : 1;
}
