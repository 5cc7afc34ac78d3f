/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * pipeline.h - a loaded P4 program together with its state.
 *
 * One pipeline is one compiled object (see program.h for what is inside it)
 * plus its tables, counters, registers and meters.  The P4 VM's poll loop, the
 * packet tests and the control protocol use programs through this header only.
 *
 * Threads: pipeline_run() and the update functions are called from one thread;
 * there is no locking inside.
 * Errors: functions return 0 or -errno; where a `struct pipeline_error` is
 * taken, it receives one line for people.
 * Ownership: bytes and strings passed in are copied; what a visitor is shown
 * is valid during that call only.
 * Ids and field widths are those of the program's p4info (P4Runtime v1.4,
 * section 6); byte strings are P4Runtime's canonical big-endian form (8.3),
 * longer ones with leading zeros are accepted.
 */
#ifndef TP4_PIPELINE_H
#define TP4_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/place.h"

struct pipeline;

struct pipeline_error {
	char text[256];
};

/* What a packet is and what becomes of it. */
enum pipeline_verdict { PIPELINE_DROP, PIPELINE_FORWARD };

struct pipeline_packet {
	const uint8_t *data; /* in: first bytes; read only, may change under us */
	uint32_t len;        /* in: bytes at data */
	uint32_t total_len;  /* in: whole packet; > len when it spans descriptors */
	uint32_t port;       /* in: ingress port; on a covered port the direction:
			       *     0 = towards the switch, 1 = from the switch */
	uint64_t timestamp;  /* in: ns, CLOCK_MONOTONIC */

	uint8_t *patch; /* in: room for a new header prefix, patch_size bytes */
	uint32_t patch_size;
	enum pipeline_verdict verdict; /* out */
	uint32_t old_prefix;           /* out: so many leading bytes of the packet ...       */
	uint32_t new_prefix;           /* out: ... are replaced by so many bytes of patch;
			       *      both 0: the packet is unchanged              */
};

/*
 * Load the compiled object in bytes[0..len).  Checks container, channel
 * version, ABI version and checksum before a byte of it is executed.
 * -ENOEXEC: not a compiled TransP4 program (foreign or truncated);
 * -EPROTONOSUPPORT: compiled for another version; both say so in *err.
 */
int pipeline_load(const void *bytes, size_t len, struct pipeline **out, struct pipeline_error *err);
void pipeline_free(struct pipeline *p);

/* The binary p4.config.v1.P4Info of the program. */
const void *pipeline_p4info(const struct pipeline *p, size_t *len);

/* Decide a batch, in order.  Never fails: a program error is a drop. */
void pipeline_run(struct pipeline *p, struct pipeline_packet *pkts, unsigned int n);

/* Table entries, in P4Runtime's terms (section 9.1). */
struct pipeline_bytes {
	const uint8_t *data;
	size_t len;
};

struct pipeline_match { /* one field; which members count follows from the kind */
	uint32_t field_id;
	struct pipeline_bytes value; /* exact, lpm, ternary, optional; range: low */
	struct pipeline_bytes mask;  /* ternary; range: high */
	int prefix_len;              /* lpm */
};

struct pipeline_arg {
	uint32_t param_id;
	struct pipeline_bytes value;
};

struct pipeline_choice { /* one of an entry's action set, chosen by the table's selector */
	uint32_t action_id;
	const struct pipeline_arg *args;
	size_t n_args;
	int32_t weight; /* > 0 */
};

struct pipeline_count {
	uint64_t packets, bytes;
};

struct pipeline_rates { /* a meter's, in bytes or packets a second (RFC 2698) */
	bool set;       /* false: none, always green */
	uint64_t cir, cburst, pir, pburst;
};

struct pipeline_entry {
	uint32_t table_id;
	/* Absent fields are wildcards; none and is_default: the default action. */
	const struct pipeline_match *match;
	size_t n_match;
	int32_t priority; /* higher wins; 0: no ternary, range or optional key */
	uint32_t action_id;
	const struct pipeline_arg *args;
	size_t n_args;
	uint32_t member_id, group_id; /* in place of an action: of the table's profile; 0: none */
	const struct pipeline_choice *set; /* in place of all these (P4Runtime, 9.2.3) */
	size_t n_set;
	uint64_t cookie; /* these two are control's own, and kept with the entry */
	struct pipeline_bytes metadata;
	uint64_t idle_ns;          /* timeout; 0: none */
	bool has_age;              /* out: the entry has a timer, which began ... */
	uint64_t age_ns;           /* out: ... so long ago: when it was last hit */
	bool is_default;           /* the table's default action */
	bool is_set;               /* out: which is not the one that the program brought */
	bool is_const;             /* out only: written in the program */
	bool has_count, has_rates; /* out: the table has direct ones; in: set them */
	struct pipeline_count count;
	struct pipeline_rates rates;
};

/* DIRECT: sets counter and meter of an entry that is there, by its match */
enum pipeline_update { PIPELINE_INSERT, PIPELINE_MODIFY, PIPELINE_DELETE, PIPELINE_DIRECT };

/*
 * -ENOENT: no such table, action or entry; -EEXIST: entry is there already;
 * -EINVAL: wrong field, kind or argument; -ERANGE: a value is too wide;
 * -ENOSPC: table is full; -EPERM: constant entry or table.  What MODIFY names no action for
 * keeps its own, and a default entry gets the program's.
 */
int pipeline_entry_update(struct pipeline *p, enum pipeline_update op,
			  const struct pipeline_entry *e, struct pipeline_error *err);
/* Delete all but constant ones. */
void pipeline_entry_clear(struct pipeline *p, uint32_t table_id);
/*
 * From @at on, which stays at the entry that the visitor stopped at; 1: or there may
 * be more, but it is the packets' turn.  @at NULL: all at once.
 */
int pipeline_entry_visit(struct pipeline *p, uint32_t table_id, struct place *at,
			 int (*visit)(void *arg, const struct pipeline_entry *e), void *arg);

/*
 * Entries that nothing has matched for their timeout, in tables that tell of it
 * (P4Runtime, 9.1.10): each once, and again after as long a time.  From @at on,
 * which stays at the entry that the visitor stopped at; that was not told.  1: there
 * may be more, but it is the packets' turn.
 */
int pipeline_idle_visit(struct pipeline *p, struct place *at,
			int (*visit)(void *arg, const struct pipeline_entry *e), void *arg);

/*
 * A parser's value set, written as a whole (P4Runtime, 9.6): of each member only
 * the match counts.  -ENOSPC: it does not hold so many; -EEXIST: one is there twice; on
 * an error it is as before.
 */
int pipeline_set_write(struct pipeline *p, uint32_t set_id, const struct pipeline_entry *members,
		       size_t n, struct pipeline_error *err);
/* From @at on, which stays at the member that the visitor stopped at. */
int pipeline_set_visit(struct pipeline *p, uint32_t set_id, struct place *at,
		       int (*visit)(void *arg, const struct pipeline_entry *member), void *arg);

/* Indexed counters; -ENOENT: no such counter, -ERANGE: index. */
int pipeline_counter_read(struct pipeline *p, uint32_t id, uint64_t index,
			  struct pipeline_count *out);
int pipeline_counter_write(struct pipeline *p, uint32_t id, uint64_t index,
			   const struct pipeline_count *in);
int pipeline_counter_size(struct pipeline *p, uint32_t id, uint64_t *size);

/* Indexed meters, likewise. */
int pipeline_meter_read(struct pipeline *p, uint32_t id, uint64_t index,
			struct pipeline_rates *out);
int pipeline_meter_write(struct pipeline *p, uint32_t id, uint64_t index,
			 const struct pipeline_rates *in);
int pipeline_meter_size(struct pipeline *p, uint32_t id, uint64_t *size);

/*
 * Action profiles: members, and groups of them where there is a selector.
 * -ENOENT, -EEXIST, -EINVAL, -ENOSPC as for entries; -EBUSY: still referred to.
 */
struct pipeline_member {
	uint32_t profile_id, member_id, action_id;
	const struct pipeline_arg *args;
	size_t n_args;
};

struct pipeline_group_member {
	uint32_t member_id;
	int32_t weight;
};

struct pipeline_group {
	uint32_t profile_id, group_id;
	int32_t max_size; /* 0: any */
	const struct pipeline_group_member *members;
	size_t n_members;
};

int pipeline_member_update(struct pipeline *p, enum pipeline_update op,
			   const struct pipeline_member *m, struct pipeline_error *err);
/* That with the id @wanted, or 0: all from *at on, which stays where the visitor stopped. */
int pipeline_member_visit(struct pipeline *p, uint32_t profile_id, uint32_t wanted, uint64_t *at,
			  int (*visit)(void *arg, const struct pipeline_member *m), void *arg);
int pipeline_group_update(struct pipeline *p, enum pipeline_update op,
			  const struct pipeline_group *g, struct pipeline_error *err);
int pipeline_group_visit(struct pipeline *p, uint32_t profile_id, uint32_t wanted, uint64_t *at,
			 int (*visit)(void *arg, const struct pipeline_group *g), void *arg);

/*
 * What @to, which is to take over, keeps of @from beside entries and profiles: what is in
 * the cells of counters, registers of numbers and meters that have the same name, size and
 * kind, and the members of value sets.  -EINVAL: it has no such value set; -ENOSPC: no room.
 */
int pipeline_keep(struct pipeline *to, struct pipeline *from, struct pipeline_error *err);

/* Registers: numbers as P4Runtime has them (8.3); read, without spare bytes. */
int pipeline_register_read(struct pipeline *p, uint32_t id, uint64_t index, uint8_t *value,
			   size_t size, size_t *len);
int pipeline_register_write(struct pipeline *p, uint32_t id, uint64_t index, const uint8_t *value,
			    size_t len);
int pipeline_register_size(struct pipeline *p, uint32_t id, uint64_t *size);

/*
 * What the program told: digests and log messages, the oldest first; NULL or
 * false: none waits.  Shown memory is valid until the next pipeline_run().
 */
#define PIPELINE_DIGEST_MEMBERS 512

struct pipeline_digest {
	uint32_t id;
	uint64_t timestamp; /* ns, of the packet */
	size_t n_members;   /* the data's leaves (program.h), big-endian, zeros first */
	struct pipeline_bytes members[PIPELINE_DIGEST_MEMBERS];
};

struct pipeline_lost { /* what came while too many waited */
	uint64_t digests, logs;
};

bool pipeline_digest_next(struct pipeline *p, struct pipeline_digest *out);
const char *pipeline_log_next(struct pipeline *p);
struct pipeline_lost pipeline_lost(const struct pipeline *p);

#endif
