/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * instance.h - the objects that a program consists of when it runs.
 *
 * Elaboration (section 18.1) starts at `main` and makes an instance of every
 * parser, control, extern and table that is reached, with its constructor
 * arguments as values and its control-plane name and P4Runtime id.
 */
#ifndef TP4_INSTANCE_H
#define TP4_INSTANCE_H

#include "compiler/type.h"

struct instance {
	struct node *decl; /* what was instantiated: N_PARSER, N_CONTROL, N_EXTERN, N_PACKAGE */
	struct node *site; /* N_INSTANCE, or the expression that made it */
	struct node *anno; /* where its annotations are */
	struct type *type;
	struct instance *up;
	const char *name;    /* control-plane name */
	const char *cname;   /* the same as a C name, unique */
	nodes *params;       /* constructor parameters ... */
	struct value **args; /* ... and their values (NULL: left out) */
	VEC(struct instance *) children;
	VEC(struct bound) bounds;   /* objects handed to apply() */
	VEC(struct table *) tables; /* a block's; those that have the extern as a property */
	int index;                  /* externs: place in its list of the model; -1: none */
	uint32_t id;
	struct digest *digest;
	bool emitted;
	bool peeks; /* has a function that says what its tables will look up */
	int state;  /* for the back end */
};

struct bound {
	struct node *param, *arg;
	struct instance *caller;
	bool several; /* calls differ: not known when compiling */
};

struct action_use {
	struct node *decl;
	struct instance *owner; /* NULL: declared at the top */
	const char *name;
	uint32_t id;
	int index;
};

struct table {
	struct node *decl;
	struct instance *owner;
	const char *name, *cname;
	uint32_t id;
	int index;
	struct node *key, *actions, *entries, *dflt;
	VEC(struct action_use *) refs;
	nodes listed;    /* where these are; a default that is not listed is behind them */
	int default_ref; /* in refs */
	bool default_const;
	bool no_default_listed; /* NoAction was added */
	uint64_t size;
	struct node *size_node; /* NULL: not given */
	struct instance *implementation, *counters, *meters;
	struct node *set; /* a parser value set, kept as a table */
	leaf_list fields; /* its keys */
};

/* Where refs' i-th stands in the list of actions; NULL: it is a default that is not listed */
static inline struct node *table_listed(const struct table *t, int i)
{
	return i < t->listed.n ? t->listed.v[i] : NULL;
}

/* v1model: of a call, in its `info`; psa: of an instance */
struct digest {
	const char *name;
	uint32_t id;
	bool again;        /* as one before it */
	struct type *type; /* of the data */
	struct node *anno;
	int index, n_leaves;
	struct digest *next; /* of the same name, with another type */
};

struct model {
	struct unit *u;
	struct node *program, *main;
	struct node *errors;
	struct instance *package;
	VEC(struct instance *) blocks;  /* parsers and controls, children first */
	VEC(struct instance *) externs; /* all */
	VEC(struct table *) tables;
	VEC(struct action_use *) actions;
	VEC(struct digest *) digests;
	struct map digests_named;
	/* What stands for a declaration or site in an instance: struct table, action_use, ... */
	struct map owned;
	/* Of names in an instance, found once: one may be made of others twice. */
	struct map values;
	struct map ids;
	struct intern table_names, cnames;
};

/* elaborate.c: NULL after a report */
struct model *elaborate(struct unit *u, struct node *program, struct node *main);

/* instance.c */
struct value *instance_arg(struct instance *i, const char *name);
/* What an action selector's annotations say of its size (P4Runtime, 6.4.3); 0: nothing. */
struct selector_size {
	bool is, by_members;
	uint32_t max_group, max_weight;
};
struct selector_size instance_selector(struct instance *i);
/* How many cells a counter, register or the like has, and what it counts (enum tp4_unit) */
uint64_t instance_size(struct instance *i, uint64_t fallback);
int instance_unit(struct instance *i);
/* The table that a direct counter or meter belongs to and shows its entries' values; or NULL */
struct table *instance_table(const struct instance *i);
struct instance *instance_own(struct model *m, struct instance *i, struct node *site);
/* Type.apply(): what its instance is known by, once for a type that is not generic. */
struct node *instance_site(struct node *block);
bool instance_differs(const struct instance *i);
struct value *instance_eval(struct model *m, struct instance *i, struct node *n);
struct instance *instance_find(struct model *m, struct instance *i, struct node *n);
/* what the type parameters of a generic block are in this instance */
struct subst instance_subst(const struct instance *i);
struct type *instance_param(struct unit *u, const struct instance *i, int at);
/* the block or package that a package has there; NULL: none */
struct instance *instance_at(const struct instance *package, int at);
/* the one that `block`.apply() means, of an instance or of a type */
struct instance *instance_applied(struct model *m, struct instance *i, struct node *block);

/* elaborate.c */
/* An object of type t, with all that it holds; NULL after a report */
struct instance *instance_make(struct model *m, struct instance *up, struct node *site,
			       struct type *t, nodes *args, const char *local);
struct action_use *model_action(struct model *m, struct node *decl, struct instance *owner);
uint32_t model_id(struct model *m, uint32_t prefix, const char *name, const struct node *anno);
/* Keys, parameters, ... that have numbers among them */
struct local_ids {
	const nodes *all;
	uint32_t last;
	bool *given; /* which of as many numbers as there are of them @id says */
};
/* Of one of @all, in their order: what @id says, else the next that it says of none. */
uint32_t model_local_id(struct unit *u, struct local_ids *l, const struct node *n);
const char *model_cname(struct model *m, const char *name);

/* What becomes of entries that nothing has matched for a time. */
struct table_timeout {
	bool notifies, expires; /* neither: nothing */
	bool match_restarts;
};

struct table_timeout table_timeout(struct model *m, struct table *t);

/* key_name.c: a key as control knows it, and as it is written */
const char *table_key_name(struct unit *u, struct node *k);
const char *table_key_text(struct unit *u, struct node *k);

#endif
