// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * invm.c - what a P4 VM knows from inside the tenant's VM.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/running.h"
#include "cli/vmstate.h"
#include "control/flow_record.h"
#include "control/session.h"

#define NS_PER_MS   1000000
/* More than any P4 VM has, which is not believed: see OWNER_MAX and SHOW_PLACES. */
#define OWNERS_MAX  262144U
#define ANSWERS_MAX 1024U

typedef Transp4__V1__InVmRequest request_t;
typedef Transp4__V1__InVmResponse state_t;

/* One question; NULL: complained.  Free with client_invm_free(). */
static state_t *state_ask(const char *name, const request_t *request)
{
	struct running r = { .name = name, .client = vmstate_client(name) };
	state_t *state = NULL;
	int err;

	if (!r.client)
		return NULL;
	err = client_invm(r.client, request, &state, &r.error);
	if (err)
		running_complain(&r, err);
	client_close(r.client);
	return err ? NULL : state;
}

static int invm_show(const struct call *c)
{
	request_t request = TRANSP4__V1__IN_VM_REQUEST__INIT;
	state_t *s = state_ask(call_word(c, 0), &request);
	static const struct column columns[] = {
		{ "connected", "CONNECTED" }, { "key", "KEY" },
		{ "silent_ms", "SILENT-MS" }, { "sessions", "SESSIONS" },
		{ "updates", "UPDATES" },     { "owners", "OWNERS" },
		{ "refused", "REFUSED" },
	};
	json_object *array, *o;
	int err;

	if (!s)
		return EXIT_FAILED;
	array = json_object_new_array();
	o = json_object_new_object();
	put_flag(o, "connected", s->connected);
	put_flag(o, "key", s->has_key);
	put_number(o, "silent_ms", s->silent_ns / NS_PER_MS);
	put_number(o, "sessions", s->sessions);
	put_number(o, "updates", s->updates);
	put_number(o, "owners", s->owners);
	put_number(o, "refused", s->refused);
	put_number(o, "names_refused", s->names_refused);
	put_number(o, "owners_refused", s->owners_refused);
	json_object_array_add(array, o);
	err = output_table(array, columns, 7);
	client_invm_free(s);
	return err;
}

static int invm_list(const struct call *c)
{
	request_t request = TRANSP4__V1__IN_VM_REQUEST__INIT;
	static const struct column columns[] = {
		{ "gauge", "GAUGE" },
		{ "value", "VALUE" },
		{ "age_ms", "AGE-MS" },
		{ "used", "USED" },
	};
	json_object *array;
	state_t *s;
	int err;

	request.gauges = true;
	s = state_ask(call_word(c, 0), &request);
	if (!s)
		return EXIT_FAILED;
	array = json_object_new_array();
	for (size_t i = 0; i < s->n_gauges; i++) {
		const Transp4__V1__InVmResponse__Gauge *g = s->gauges[i];
		json_object *o = json_object_new_object();

		put_string(o, "gauge", g->name);
		if (g->reported) {
			put_number(o, "value", g->value);
			put_number(o, "age_ms", g->age_ns / NS_PER_MS);
		}
		put_flag(o, "used", g->used);
		json_object_array_add(array, o);
	}
	err = output_table(array, columns, 4);
	client_invm_free(s);
	return err;
}

static const char *protocol_name(uint8_t protocol, char out[8])
{
	snprintf(out, 8, "%u", protocol);
	return protocol == 6 ? "tcp" : protocol == 17 ? "udp" : out;
}

/* "10.0.0.1:80", "[fe80::1]:80", "*:80"; "" for a far end that is not there */
static const char *end_text(const uint8_t addr[16], uint64_t port, bool far, char out[64])
{
	static const uint8_t any[16], mapped[12] = { [10] = 0xff, [11] = 0xff };
	char text[48];

	if (!memcmp(addr, any, 16)) {
		snprintf(out, 64, far ? "" : "*:%u", (unsigned int)port);
	} else if (!memcmp(addr, mapped, 12)) {
		snprintf(out, 64, "%s:%u", inet_ntop(AF_INET, addr + 12, text, sizeof(text)),
			 (unsigned int)port);
	} else {
		snprintf(out, 64, "[%s]:%u", inet_ntop(AF_INET6, addr, text, sizeof(text)),
			 (unsigned int)port);
	}
	return out;
}

/* The path behind an id; where nobody told it, the id. */
static void put_id(json_object *o, const char *key, uint64_t id, const state_t *s)
{
	char text[32];

	if (!id)
		return;
	snprintf(text, sizeof(text), "0x%016llx", (unsigned long long)id);
	for (size_t i = 0; i < s->n_labels; i++)
		if (s->labels[i]->id == id) {
			put_string(o, key, s->labels[i]->text);
			return;
		}
	put_string(o, key, text);
}

static int invm_owners(const struct call *c)
{
	static const struct column columns[] = {
		{ "protocol", "PROTOCOL" }, { "local", "LOCAL" },   { "remote", "REMOTE" },
		{ "uid", "UID" },           { "cgroup", "CGROUP" }, { "program", "PROGRAM" },
	};
	request_t request = TRANSP4__V1__IN_VM_REQUEST__INIT;
	json_object *array = json_object_new_array();
	unsigned int answers = 0;

	do {
		state_t *s = state_ask(call_word(c, 0), &request);

		if (!s) {
			json_object_put(array);
			return EXIT_FAILED;
		}
		for (size_t at = 0; at + FLOW_RECORD_SIZE <= s->flows.len; at += FLOW_RECORD_SIZE) {
			json_object *o = json_object_new_object();
			char local[64], remote[64], protocol[8];
			struct flow_record r;

			memcpy(&r, s->flows.data + at, sizeof(r));
			put_string(o, "protocol", protocol_name(r.key[0], protocol));
			put_string(o, "local",
				   end_text(r.key + 5, flow_get(r.key + 1, 2), false, local));
			put_string(o, "remote",
				   end_text(r.key + 21, flow_get(r.key + 3, 2), true, remote));
			put_number(o, "uid", flow_get(r.uid, 4));
			put_id(o, "cgroup", flow_get(r.cgroup, 8), s);
			put_id(o, "program", flow_get(r.program, 8), s);
			json_object_array_add(array, o);
		}
		/* Always on, whatever it says. */
		request.from = s->next > request.from ? s->next : 0;
		client_invm_free(s);
		if (++answers > ANSWERS_MAX || json_object_array_length(array) > OWNERS_MAX) {
			json_object_put(array);
			return complain("the P4 VM tells of more owners than it can have; do not "
					"believe it");
		}
	} while (request.from);
	return output_table(array, columns, 6);
}

static int print_one(const char *name, const char *text)
{
	json_object *o;

	if (!output_json) {
		puts(text);
		return output_flush();
	}
	o = json_object_new_object();
	put_string(o, name, text);
	return output_document(o);
}

static int invm_key(const struct call *c)
{
	uint8_t key[INVM_KEY_SIZE];
	char text[2 * INVM_KEY_SIZE + 1];

	if (sodium_init() < 0)
		return complain("no random numbers here; try again");
	if (key_exposed(NULL))
		complain("everybody can read this file; chmod 600 it");
	randombytes_buf(key, sizeof(key));
	return print_one("key", sodium_bin2hex(text, sizeof(text), key, sizeof(key)));
}

static int invm_print_id(const struct call *c)
{
	const char *path = call_word(c, 0);
	char text[32];

	if (*path != '/')
		return complain_usage(
			c, "PATH '%s' does not begin with /, as all that an agent reports", path);
	snprintf(text, sizeof(text), "0x%016llx", (unsigned long long)invm_id(path));
	return print_one("id", text);
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

#define NAME                                                                                       \
	{                                                                                          \
		.name = "NAME", .kind = WORD_VM                                                    \
	}

static const struct command list_command = {
	.name = "list",
	.brief = "show the numbers that the agent reported, and their age",
	.run = invm_list,
	.words = (const struct word[]){ NAME, { NULL } },
	.more = "USED: the program that runs has a Gauge of this name.\n",
};

static const struct command owners_command = {
	.name = "owners",
	.brief = "show the sockets of the tenant's VM and who has them",
	.run = invm_owners,
	.words = (const struct word[]){ NAME, { NULL } },
};

static const struct command show_command = {
	.name = "show",
	.brief = "show whether the agent is connected",
	.run = invm_show,
	.words = (const struct word[]){ NAME, { NULL } },
	.more = "REFUSED counts connections and messages that were not authentic; the log of the\n"
		"P4 VM says why.\n",
};

static const struct command key_command = {
	.name = "key",
	.brief = "print a new key for an agent and its P4 VM",
	.run = invm_key,
};

static const struct command id_command = {
	.name = "id",
	.brief = "print the number that stands for a program's or cgroup's path",
	.run = invm_print_id,
	.words = (const struct word[]){ { .name = "PATH", .kind = WORD_FILE }, { NULL } },
	.more = "It is what a flow_owner_t has: /usr/sbin/nginx, /system.slice/nginx.service.\n",
};

const struct command invm_command = {
	.name = "invm",
	.brief = "what the agent in the tenant's VM reports",
	.sub = (const struct command *const[]){ &list_command, &owners_command, &show_command,
						&key_command, &id_command, NULL },
};
