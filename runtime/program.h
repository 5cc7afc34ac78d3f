/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program.h - the binary interface between a compiled P4 program and runtime.
 *
 * A compiled program is a shared object that exports one symbol, the constant
 * `struct tp4_program tp4_program`.  It has no state of its own: everything
 * that outlives a packet belongs to the runtime, which hands it over as
 * `struct tp4_ctx`.  This file is also copied beside the generated C, so it
 * must stand alone.
 *
 * Numbers: bit<W> and int<W> are the smallest C integer that holds them, up to
 * 128 bits, and are always in range (bits above W are zero, or the sign); a
 * wider one is a `struct { uint64_t w[]; }`, least significant word first.
 * Keys: every field of a table's key is ceil(W/8) big-endian bytes, fields
 * follow each other in the order of the program.
 *
 * Any change here changes TP4_PROGRAM_ABI.
 */
#ifndef TP4_PROGRAM_H
#define TP4_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TP4_PROGRAM_ABI 13U

/* The private copy of a packet's beginning; padded so that loads need no tail. */
#define TP4_PARSE_MAX 9216U
#define TP4_PARSE_PAD 32U
#define TP4_FIELD_MAX 256  /* bytes of a number that control reads and writes: bit<2048> */
#define TP4_KEY_MAX   1024 /* bytes of a key: what runtime and look-ups keep on their stacks */

typedef unsigned __int128 tp4_u128;
typedef __int128 tp4_i128;

/*
 * The container in which a compiled object travels:
 *
 *   0                         sizeof(struct tp4_container)
 *   +-------------------------+--------------------+----------------+
 *   | struct tp4_container    | p4info (protobuf)  | shared object  |
 *   +-------------------------+--------------------+----------------+
 *
 * `sum` is tp4_sum() over the whole container with `sum` itself zero.
 */
#define TP4_CONTAINER_MAGIC "TP4PROG"

struct tp4_container {
	char magic[8];
	uint32_t abi;             /* TP4_PROGRAM_ABI */
	uint32_t channel_version; /* TP4_CHANNEL_VERSION */
	uint64_t p4info_len;
	uint64_t object_len;
	uint64_t sum;
	char machine[16]; /* processor the object is for, "x86_64" */
	char source[64];  /* the program's file name, for people */
};

/* FNV-1a, 64 bit: finds damage, not malice. */
static inline uint64_t tp4_sum(uint64_t h, const void *data, size_t len)
{
	const uint8_t *b = data;

	for (size_t i = 0; i < len; i++)
		h = (h ^ b[i]) * 0x100000001b3ULL;
	return h;
}
#define TP4_SUM_START 0xcbf29ce484222325ULL

/* What the program declares */

enum tp4_match {
	TP4_EXACT,
	TP4_LPM,
	TP4_TERNARY,
	TP4_RANGE,
	TP4_OPTIONAL,
	TP4_SELECTOR,
};

enum tp4_arch {
	TP4_ARCH_TRANSP4,
	TP4_ARCH_V1MODEL,
	TP4_ARCH_EBPF,
	TP4_ARCH_UBPF,
	TP4_ARCH_PSA,
	TP4_ARCH_PNA
};

struct tp4_param_desc {
	const char *name;
	uint32_t id;
	uint32_t width;        /* bits */
	uint32_t offset, size; /* in the action's data, bytes */
	bool is_signed;
};

struct tp4_action_desc {
	const char *name;
	uint32_t id;
	uint32_t n_params;
	const struct tp4_param_desc *params;
	uint32_t data_size;
};

struct tp4_key_desc {
	const char *name; /* control-plane name; "hdr.ip.$valid$" for isValid() */
	uint32_t id;
	uint32_t width; /* bits */
	enum tp4_match match;
	const char *text; /* of its expression as it is written; NULL: it has none */
	bool is_signed;
};

enum { TP4_TABLE_ONLY = 1, TP4_DEFAULT_ONLY = 2 };

struct tp4_action_ref {
	uint32_t action; /* index in tp4_program.actions */
	uint32_t scope;  /* 0, TP4_TABLE_ONLY, TP4_DEFAULT_ONLY */
};

struct tp4_const_entry {
	const uint8_t *value;   /* the key's bytes; for lpm, ternary, range: low */
	const uint8_t *mask;    /* lpm, ternary, optional: mask; range: high; exact: ones */
	const uint16_t *prefix; /* per field, for lpm; else NULL */
	int32_t priority;
	uint32_t action; /* index in the table's actions */
	const void *data;
	bool is_const;
};

/* A value set is a table without actions; its id begins so (P4Runtime, P4Ids). */
#define TP4_IS_SET(id) ((id) >> 24 == 3)

/* Tables whose entries have timers: what becomes of an entry that runs out */
enum tp4_timeout { TP4_NO_TIMEOUT, TP4_NOTIFY, TP4_EXPIRE };

struct tp4_table_desc {
	const char *name;
	uint32_t id;
	uint32_t n_keys, key_size;
	const struct tp4_key_desc *keys;
	uint32_t n_actions;
	const struct tp4_action_ref *actions;
	uint32_t default_action; /* index in actions */
	const void *default_data;
	bool default_const, entries_const;
	uint64_t size;
	uint32_t n_entries;
	const struct tp4_const_entry *entries;
	int32_t profile; /* index in profiles, -1: none */
	bool has_direct_counter;
	bool has_direct_meter;
	uint32_t direct_counter_id, direct_meter_id;
	const char *direct_counter, *direct_meter; /* their names, or NULL */
	enum tp4_timeout timeout;
	bool match_restarts; /* a match restarts the entry's timer */
};

enum tp4_unit { TP4_PACKETS = 1, TP4_BYTES = 2, TP4_BOTH = 3 };

struct tp4_counter_desc {
	const char *name;
	uint32_t id;
	uint64_t size;
	enum tp4_unit unit;
};

struct tp4_register_desc {
	const char *name;
	uint32_t id;
	uint64_t size;
	uint32_t width; /* bits; 0: no number, or one of more than TP4_FIELD_MAX bytes */
	uint32_t cell;  /* bytes in memory */
	bool is_signed;
	const void *initial; /* what every cell begins with; NULL: zero */
};

struct tp4_meter_desc {
	const char *name;
	uint32_t id;
	uint64_t size;
	enum tp4_unit unit;
};

struct tp4_profile_desc {
	const char *name;
	uint32_t id;
	/*
	 * Members; of a selector also what its groups have together, and one at most (0: as
	 * many): the sum of weights, or members, each of max_weight at most (0: any).
	 */
	uint64_t size;
	uint32_t max_group, max_weight;
	bool selector, by_members;
};

/*
 * A digest's data: its leaves as bytes, each ceil(width / 8) big-endian ones.  A header's
 * begin with its validity, a varbit's with its length in bits.
 */
#define TP4_DIGEST_MAX 512 /* bytes */

struct tp4_digest_desc {
	const char *name;
	uint32_t id;
	uint32_t n_widths;
	const uint32_t *widths;
};

/* A number from inside the tenant's VM. */
struct tp4_gauge_desc {
	const char *name; /* as the agent calls it */
};

/* What the runtime keeps */

struct tp4_entry {
	uint32_t action;             /* index in the table's actions */
	uint32_t member;             /* action profile: member or group */
	uint64_t packets, bytes;     /* direct counter */
	struct meter_cell *meter;    /* direct meter; NULL: no rates, always green */
	_Alignas(16) uint8_t data[]; /* the action's arguments */
};

/* Of an entry, if its table has them. */
struct tp4_timer {
	uint64_t idle;        /* it runs so long, ns; 0: not at all */
	uint64_t since, told; /* from when on; when control last learnt that it ran out */
};

struct tp4_table; /* begins with struct tp4_table_head */
struct tp4_table_head {
	struct tp4_entry *miss; /* the default action, never NULL */
};

struct tp4_counter {
	uint64_t size;
	struct tp4_count {
		uint64_t packets, bytes;
	} * cell;
};

struct tp4_register {
	uint64_t size;
	void *cell; /* size + 1 cells: the last one takes stray accesses */
	/* ubpf's are maps: whose the cells of the second half are, 0: nobody's; else NULL */
	uint64_t *keys;
};

/* Written between packets by the runtime, read by loads. */
struct tp4_gauge {
	uint64_t value;
	/* Of measure, on the clock of packets, which may have begun later: it wraps.  0: never. */
	uint64_t time;
};

/* Is what was measured at `time` at most max_age ns old (0: of any age)? */
static inline bool tp4_fresh(uint64_t time, uint64_t now, uint64_t max_age)
{
	return time && (!max_age || (int64_t)(now - time) <= (int64_t)max_age);
}

struct tp4_owner {
	uint32_t uid;
	uint64_t cgroup, program; /* ids of their paths; 0: not known */
};

/* A packet under way. */
struct tp4_packet {
	const uint8_t *buf; /* private copy of the beginning, padded */
	uint32_t len;       /* bytes in buf that may be read */
	uint32_t total_len; /* whole packet, bytes */
	uint32_t length;    /* v1model: total_len, and what headers that come and go add */
	uint32_t port;
	uint64_t timestamp; /* ns */
	uint64_t pos;       /* parser's place, bits */
	uint32_t error;     /* parser's error, the program's own numbering; 0: NoError */

	uint8_t *out;      /* deparsed headers */
	uint32_t out_size; /* room, bytes */
	uint64_t out_pos;  /* bits written */
	bool overflow;     /* more was emitted than fits */

	bool drop;         /* out: filter architectures' verdict */
	bool exited;       /* an `exit` is unwinding */
	bool pass_as_is;   /* out: forward the original bytes whatever was deparsed */
	uint32_t out_port; /* out: ubpf's output_port */
	bool truncate;     /* out: the packet ends after truncate_len bytes */
	uint32_t truncate_len;
};

struct tp4_switch; /* packet tests: the traffic manager; NULL on a covered port */

struct tp4_ctx {
	struct tp4_packet p;
	struct tp4_table **tables;
	struct tp4_counter *counters;
	struct tp4_register *registers;
	void **meters;
	struct tp4_profile **profiles;
	struct tp4_gauge **gauges;
	struct tp4_switch *sw;
	uint64_t random;         /* state of the generator behind random() */
	struct tp4_peeks *peeks; /* the runtime's, for tp4_peek() */
	struct tp4_entry *entry; /* whose action runs: its direct counter and meter */
	int32_t colour;          /* v1model: what its direct meter gave it, -1: nothing */
	struct tp4_entry *found; /* pna: by the last table, NULL: nothing */
	struct tp4_timer *timer; /* of the entry that the last table with timers found, or NULL */
	uint32_t miss_table;     /* pna: the table that was looked up last, ... */
	const uint8_t *miss_key; /* ... and with what */
	struct tp4_std *std;     /* v1model: of the packet under way */
	void *p4_std;            /* v1model: the program's own standard metadata */
	uint32_t checksum_error;
	struct tp4_psa *psa; /* psa, pna: of the packet under way */
	void *host;          /* the runtime's own */
};

/* v1model's standard_metadata_t, and what its externs ask of the switch. */
struct tp4_std {
	uint32_t ingress_port, egress_spec, egress_port, instance_type, packet_length;
	uint32_t enq_timestamp, enq_qdepth, deq_timedelta, deq_qdepth;
	uint64_t ingress_global_timestamp, egress_global_timestamp;
	uint32_t mcast_grp, egress_rid, checksum_error, parser_error, priority;
	/* requests */
	bool clone, resubmit, recirculate;
	uint32_t clone_session;
	int32_t clone_list, resubmit_list, recirculate_list; /* -1: nothing is kept */
};

/* What psa and pna know of a packet and ask for it; in the order of their enumerations. */
enum tp4_path {
	TP4_PATH_NORMAL,
	TP4_PATH_UNICAST,
	TP4_PATH_MULTICAST,
	TP4_PATH_CLONE_I2E,
	TP4_PATH_CLONE_E2E,
	TP4_PATH_RESUBMIT,
	TP4_PATH_RECIRCULATE
};

#define TP4_PSA_RECIRCULATE 0xfffffffaU /* PSA_PORT_RECIRCULATE */
#define TP4_MIRROR_SLOTS    8           /* pna */

struct tp4_psa {
	uint32_t ingress_port, path, class_of_service, instance, pass;
	uint64_t timestamp;
	/* requests */
	uint32_t egress_port, multicast_group, clone_session;
	bool clone, drop, resubmit, recirculate;
	bool mirror[TP4_MIRROR_SLOTS];
	uint32_t mirror_session[TP4_MIRROR_SLOTS];
};

struct tp4_program {
	uint32_t abi;
	enum tp4_arch arch;
	const char *name;
	uint32_t parse_bytes; /* how far the parser may look, bytes */
	uint32_t n_actions, n_tables, n_counters, n_registers, n_meters, n_profiles, n_digests;
	const struct tp4_action_desc *actions;
	const struct tp4_table_desc *tables;
	const struct tp4_counter_desc *counters;
	const struct tp4_register_desc *registers;
	const struct tp4_meter_desc *meters;
	const struct tp4_profile_desc *profiles;
	/*
	 * May be NULL: calls tp4_peek() for what run() or ingress() will look up, as far as that
	 * follows from the packet alone; changes nothing but c->p and state.
	 */
	void (*peek)(struct tp4_ctx *c, void *state);
	const struct tp4_digest_desc *digests;
	uint32_t n_gauges;
	const struct tp4_gauge_desc *gauges;
	/* filters (transp4, ebpf, ubpf): decides c->p */
	void (*run)(struct tp4_ctx *c);
	/* switches (v1model): `state` is state_size bytes of headers and metadata */
	uint32_t state_size, header_size; /* headers come first in the state */
	void (*parse)(struct tp4_ctx *c, void *state, struct tp4_std *std);
	void (*ingress)(struct tp4_ctx *c, void *state, struct tp4_std *std);
	void (*egress)(struct tp4_ctx *c, void *state, struct tp4_std *std);
	void (*deparse)(struct tp4_ctx *c, void *state, struct tp4_std *std);
	/* copies the user metadata of field list `list` (-1: none, -2: all) */
	void (*preserve)(void *to, const void *from, int32_t list);
	/* psa: both, from parser to deparser; pna: psa_ingress is its main pipeline */
	void (*psa_ingress)(struct tp4_ctx *c, void *state, struct tp4_psa *m);
	void (*psa_egress)(struct tp4_ctx *c, void *state, struct tp4_psa *m);
};

/* What the runtime offers to the program (resolved when it is loaded) */

/* NULL: miss.  A key's buffer is 16 bytes longer than the key. */
struct tp4_entry *tp4_exact_lookup(struct tp4_table *t, const uint8_t *key);
struct tp4_entry *tp4_lpm_lookup(struct tp4_table *t, const uint8_t *key);
struct tp4_entry *tp4_any_lookup(struct tp4_table *t, const uint8_t *key);
/* follows a hit in a table with an action profile; hash chooses within a group */
struct tp4_entry *tp4_profile_follow(struct tp4_profile *p, struct tp4_entry *e, uint32_t hash);
/* this packet will look up key: see tp4_program.peek */
void tp4_peek(struct tp4_ctx *c, uint32_t table, const uint8_t *key);

/* colours, of the packet before and after */
enum { TP4_GREEN, TP4_YELLOW, TP4_RED };
uint32_t tp4_meter_run(void *meter, uint64_t index, uint32_t colour, struct tp4_ctx *c);
uint32_t tp4_direct_meter_run(struct tp4_entry *e, bool packets, uint32_t colour,
			      struct tp4_ctx *c);

/* Whose socket; the port's lowest bit: it goes to the VM.  Addresses: 16 bytes, IPv4 mapped. */
bool tp4_owner_lookup(struct tp4_ctx *c, uint64_t max_age, uint8_t protocol, const uint8_t *src,
		      uint16_t src_port, const uint8_t *dst, uint16_t dst_port,
		      struct tp4_owner *out);

enum tp4_hash {
	TP4_HASH_CRC32,
	TP4_HASH_CRC32_CUSTOM,
	TP4_HASH_CRC16,
	TP4_HASH_CRC16_CUSTOM,
	TP4_HASH_RANDOM,
	TP4_HASH_IDENTITY,
	TP4_HASH_CSUM16,
	TP4_HASH_XOR16,
	TP4_HASH_ONES_COMPLEMENT16,
	TP4_HASH_TARGET_DEFAULT,
	TP4_HASH_LOOKUP3,
};
uint64_t tp4_hash(enum tp4_hash algo, const uint8_t *data, uint64_t bits);
uint16_t tp4_csum16(const uint8_t *data, uint64_t bytes, uint32_t start);
uint64_t tp4_hash_payload(struct tp4_ctx *c, enum tp4_hash algo, const uint8_t *data,
			  uint64_t bits);
uint64_t tp4_random(struct tp4_ctx *c);

/* The cell of a key in a map; UINT64_MAX: it has none, and, where one is to be made, no room. */
uint64_t tp4_register_find(const struct tp4_register *r, uint64_t key, bool make);

/* One of lo to hi, where lo is the lesser */
static inline tp4_u128 tp4_random_between(struct tp4_ctx *c, tp4_u128 lo, tp4_u128 hi)
{
	tp4_u128 n = hi - lo + 1, r = tp4_random(c);

	if (!n || n > UINT64_MAX)
		r = r << 64 | tp4_random(c);
	return lo + (n ? r % n : r);
}

/*
 * Each {} of the format is the next of n texts; in these the next word of the values is
 * %u: a number, %d: one with a sign, %x: 16 digits of hexadecimal, %s: a string
 */
void tp4_log(struct tp4_ctx *c, const char *format, const char *const *texts, uint32_t n,
	     const uint64_t *values);
void tp4_digest(struct tp4_ctx *c, uint32_t id, const uint8_t *data, uint32_t len);
/* A hit in a table with timers; true: the entry has expired and is gone, look again. */
bool tp4_timer_expired(struct tp4_ctx *c, uint32_t table, struct tp4_entry *e);
/* pna: from now on, for as long as before or as an expire time profile says */
void tp4_timer_restart(struct tp4_ctx *c);
void tp4_timer_set(struct tp4_ctx *c, uint32_t profile);
/* pna: an entry for the key that was missed; action: index in tp4_program.actions */
bool tp4_add_entry(struct tp4_ctx *c, uint32_t action, const void *data, uint32_t profile);
/*
 * Of a program compiled for it: a header of so many bits ends at c->p.pos.  next: what `.next`
 * in its name stands for; fields: NAME:WIDTH NAME:WIDTH ..., width 0 is what the others leave
 */
void tp4_extracted(struct tp4_ctx *c, uint64_t bits, uint32_t next, const char *header,
		   const char *fields);
void tp4_assert_failed(struct tp4_ctx *c, const char *what);

static inline bool tp4_owner_lookup4(struct tp4_ctx *c, uint64_t max_age, uint8_t protocol,
				     uint32_t src, uint16_t src_port, uint32_t dst,
				     uint16_t dst_port, struct tp4_owner *out)
{
	uint8_t a[16] = { [10] = 0xff, [11] = 0xff }, b[16] = { [10] = 0xff, [11] = 0xff };

	for (int i = 0; i < 4; i++) {
		a[12 + i] = (uint8_t)(src >> (24 - 8 * i));
		b[12 + i] = (uint8_t)(dst >> (24 - 8 * i));
	}
	return tp4_owner_lookup(c, max_age, protocol, a, src_port, b, dst_port, out);
}

static inline bool tp4_owner_lookup6(struct tp4_ctx *c, uint64_t max_age, uint8_t protocol,
				     tp4_u128 src, uint16_t src_port, tp4_u128 dst,
				     uint16_t dst_port, struct tp4_owner *out)
{
	uint8_t a[16], b[16];

	for (int i = 0; i < 16; i++) {
		a[i] = (uint8_t)(src >> (120 - 8 * i));
		b[i] = (uint8_t)(dst >> (120 - 8 * i));
	}
	return tp4_owner_lookup(c, max_age, protocol, a, src_port, b, dst_port, out);
}

static inline bool tp4_gauge_stale(const struct tp4_ctx *c, int i, uint64_t max_age)
{
	return !tp4_fresh(__atomic_load_n(&c->gauges[i]->time, __ATOMIC_RELAXED), c->p.timestamp,
			  max_age);
}

/* The value, at most `most`; `initial` where it is stale. */
static inline uint64_t tp4_gauge_read(const struct tp4_ctx *c, int i, uint64_t max_age,
				      uint64_t most, uint64_t initial)
{
	uint64_t v = __atomic_load_n(&c->gauges[i]->value, __ATOMIC_RELAXED);

	if (tp4_gauge_stale(c, i, max_age))
		return initial;
	return v < most ? v : most;
}

#endif
