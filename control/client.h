/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * client.h - speak with a P4 VM.
 *
 * A client is one connection to the control socket of one P4 VM, whether that
 * is a process or a QEMU guest.  Calls block, each at most for the time limit
 * given at client_open(), or where a Read has a long answer, for as long as that
 * comes at some pace; one thread uses a client at a time.
 *
 * Errors: every function returns 0 or -errno and fills *err: `code` is the
 * canonical code of the P4 VM's answer (control/code.h), 0 when there was no
 * answer (no such socket, time limit, connection cut); `text` is one line for
 * people, without prefix or newline.  After -EPIPE, -ETIMEDOUT and -EPROTO the
 * connection is of no more use: close it.
 * The P4 VM is not believed: sizes are bounded, nesting is bounded, and text
 * that comes from it is made printable.
 * Ownership: what is passed in is copied; what a visitor is shown is valid
 * during that call only.  A visitor stops the walk by returning non-zero,
 * which is then the function's result.
 * Ids and byte strings are those of runtime/pipeline.h and the program's
 * p4info.
 */
#ifndef TP4_CONTROL_CLIENT_H
#define TP4_CONTROL_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/pipeline.h"
#include "control/p4info.pb-c.h" /* generated: build/gen/control/ */
#include "control/p4runtime.pb-c.h"
#include "control/invm.pb-c.h"
#include "control/vm.pb-c.h"

#define CLIENT_TIMEOUT_DEFAULT 10000U /* ms */

struct client;

struct client_error {
	int code;
	char text[512];
};

/* Connect to the unix socket at @path; @timeout_ms bounds each call. */
int client_open(const char *path, unsigned int timeout_ms, struct client **out,
		struct client_error *err);
void client_close(struct client *c);

/* The P4 VM's account of itself.  Free with client_status_free(). */
int client_status(struct client *c, Transp4__V1__StatusResponse **out, struct client_error *err);
void client_status_free(Transp4__V1__StatusResponse *status);

/*
 * What the agent said, and the key for it.  Free with client_invm_free().
 * -ENODATA (code FAILED_PRECONDITION): the P4 VM listens to no agent.
 */
int client_invm(struct client *c, const Transp4__V1__InVmRequest *request,
		Transp4__V1__InVmResponse **out, struct client_error *err);
void client_invm_free(Transp4__V1__InVmResponse *state);

/*
 * Load the compiled object in bytes[0..len) and let it decide from now on;
 * tables, counters and registers start afresh.  The program that runs stays
 * where an error is returned.
 */
enum client_program {
	CLIENT_REPLACE,
	CLIENT_VERIFY, /* load, tell, and forget it again */
	CLIENT_KEEP,   /* replace, with all table entries that control has added */
};
int client_program_set(struct client *c, const void *bytes, size_t len, enum client_program what,
		       struct client_error *err);

/*
 * What the running program offers; its binary form too where @bytes is not
 * NULL (free() it).  Free with client_p4info_free().  -ENODATA (code
 * FAILED_PRECONDITION): no program is loaded.
 */
int client_p4info(struct client *c, P4__Config__V1__P4Info **out, void **bytes, size_t *len,
		  struct client_error *err);
void client_p4info_free(P4__Config__V1__P4Info *info);

/* A p4info from elsewhere (a file), as carefully: NULL where it is none. */
P4__Config__V1__P4Info *client_p4info_parse(const void *bytes, size_t len);

/* Table entries. */
int client_entry_update(struct client *c, enum pipeline_update op, const struct pipeline_entry *e,
			struct client_error *err);
/*
 * Of *n entries, above 0, as many as one call takes: *n becomes their number, and
 * done[] says which of them were done; every one is tried.  *err speaks of the
 * first that was refused.  Default actions are modified, whatever @op is.
 */
#define CLIENT_UPDATES 64U /* at most */
int client_entry_update_some(struct client *c, enum pipeline_update op,
			     const struct pipeline_entry *e, size_t *n, bool *done,
			     struct client_error *err);
enum client_entries { CLIENT_ALL, CLIENT_ENTRIES, CLIENT_DEFAULTS };
/* @table_id 0: all tables.  Default actions have is_default set. */
int client_entry_visit(struct client *c, uint32_t table_id, enum client_entries what,
		       int (*visit)(void *arg, const struct pipeline_entry *e), void *arg,
		       struct client_error *err);

/* A value set: all its members, of which only the match counts. */
int client_set_write(struct client *c, uint32_t id, const struct pipeline_entry *members, size_t n,
		     struct client_error *err);
/* @id 0: all value sets; a member's table_id is its set's id. */
int client_set_visit(struct client *c, uint32_t id,
		     int (*visit)(void *arg, const struct pipeline_entry *member), void *arg,
		     struct client_error *err);

/* The digests that wait; the P4 VM has them no more. */
int client_digest_take(struct client *c, int (*visit)(void *arg, const P4__V1__DigestList *list),
		       void *arg, struct client_error *err);

/* Counters, meters and registers; @index < 0: all cells, @id 0: all counters. */
int client_counter_visit(struct client *c, uint32_t id, int64_t index,
			 int (*visit)(void *arg, uint32_t id, int64_t index,
				      const struct pipeline_count *count),
			 void *arg, struct client_error *err);
int client_counter_write(struct client *c, uint32_t id, int64_t index,
			 const struct pipeline_count *count, struct client_error *err);
int client_meter_visit(struct client *c, uint32_t id, int64_t index,
		       int (*visit)(void *arg, uint32_t id, int64_t index,
				    const struct pipeline_rates *rates),
		       void *arg, struct client_error *err);
/* @rates NULL: none, which is green for ever. */
int client_meter_write(struct client *c, uint32_t id, int64_t index,
		       const struct pipeline_rates *rates, struct client_error *err);
int client_register_visit(struct client *c, uint32_t id, int64_t index,
			  int (*visit)(void *arg, uint32_t id, int64_t index,
				       const struct pipeline_bytes *value),
			  void *arg, struct client_error *err);
int client_register_write(struct client *c, uint32_t id, int64_t index,
			  const struct pipeline_bytes *value, struct client_error *err);

#endif
