/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * call.h - one call under way in the server, and what its handlers share.
 *
 * A handler takes a call, and answers it with exactly one of call_answer(),
 * call_answer_bytes() without FRAME_MORE, and call_fail().  No memory for an
 * answer means that its connection is cut; handlers need not check.
 */
#ifndef TP4_CONTROL_CALL_H
#define TP4_CONTROL_CALL_H

#include "control/code.h"
#include "control/frame.h"
#include "control/p4info.pb-c.h"
#include "control/p4runtime.pb-c.h"
#include "control/server.h"
#include "control/unpack.h"

/* Bounds that keep a call short. */
#define CALL_BODY_MAX    (1U << 20) /* bytes, of calls that carry no program */
#define CALL_UPDATES_MAX 4096U      /* of one Write */
#define CALL_CELLS_MAX   (1U << 20) /* of arrays written whole, in one Write */
#define CALL_READS_MAX   64U        /* entities in one Read */
#define CALL_PART        256U       /* entities in one part of the answer to a Read */

struct call {
	struct server *server;
	unsigned int client;
	uint8_t method;
	uint64_t id;
};

/* What a program is, beside the pipeline itself. */
struct config {
	struct pipeline *pipeline; /* of the saved program; the running one is the host's */
	P4__Config__V1__P4Info *info;
	struct learn *learn;
	uint8_t *object; /* as it came */
	size_t object_len;
	bool has_cookie;
	uint64_t cookie;
	uint64_t generation;
};

/* A call whose answer has more parts to come. */
struct job {
	void (*step)(struct job *job); /* the next part; NULL: no job */
	struct call call;
	P4__V1__ReadRequest *request; /* of a Read ... */
	struct outcome *outcome;      /* ... and of each of its entities */
	size_t entity;                /* place in the request ... */
	size_t object;                /* ... in the p4info's list, for wildcards ... */
	uint64_t cell;                /* ... and among members, groups or cells ... */
	struct place at;              /* ... or entries */
};

struct server_host *call_host(const struct call *c);
struct config *call_config(const struct call *c); /* of the running program */
struct config *call_saved(const struct call *c);  /* of that to be committed, if there is one */
/* The program that Read and Write speak of: the saved one, or else that which runs; NULL: none. */
struct pipeline *call_program(const struct call *c);
const P4__Config__V1__P4Info *call_info(const struct call *c);
struct learn *call_learn(const struct call *c);
struct job *call_job(const struct call *c);

void call_answer(const struct call *c, const ProtobufCMessage *m);
void call_answer_bytes(const struct call *c, const uint8_t *body, size_t len, uint8_t flags);
__attribute__((format(printf, 3, 4))) void call_fail(const struct call *c, enum code code,
						     const char *format, ...);

/* What one of a Write's updates, or of a Read's entities, was told. */
struct outcome {
	enum code code; /* OK where it succeeded */
	struct pipeline_error text;
};

__attribute__((format(printf, 3, 4))) void outcome_refuse(struct outcome *o, enum code code,
							  const char *format, ...);
/* Answers with each of them if one has failed; false: none has, and the call waits. */
bool call_fail_each(const struct call *c, const char *what, const struct outcome *o, size_t n);

/* write.c, read.c, config.c: handlers by method */
void write_call(const struct call *c, const uint8_t *body, size_t len);
void read_call(const struct call *c, const uint8_t *body, size_t len);
void job_end(struct job *job);
void config_set_call(const struct call *c, const uint8_t *body, size_t len);
void config_get_call(const struct call *c, const uint8_t *body, size_t len);
void config_free(struct config *cf);
/* Remember what was loaded; false: no memory, or the p4info is damaged. */
bool config_note(struct config *cf, const struct pipeline *p, const void *object, size_t len);
/* reconcile.c: the entries of @old (its p4info: @from) go to @new; after an error, free that. */
int config_reconcile(struct pipeline *old, const P4__Config__V1__P4Info *from, struct pipeline *new,
		     struct pipeline_error *err);

#endif
