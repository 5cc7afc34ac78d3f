/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info.c - p4info (P4Runtime v1.4, section 6). */
#include "compiler/info.h"

#include "compiler/emit.h"
#include "compiler/info_text.h"
#include "compiler/info_type.h"
#include "runtime/program.h"

#include <string.h>

void **info_grow(struct info *i, void ***list, size_t *n)
{
	/* There is room up to the next power of two. */
	if (!(*n & (*n - 1)))
		*list = arena_grow(&i->u->arena, *list, sizeof(void *) * *n,
				   sizeof(void *) * (*n ? *n * 2 : 1));
	return &(*list)[(*n)++];
}

/* What the names of one kind of object end in: behind a dot, or altogether. */
struct suffixes {
	struct intern all, shared;
};

static void suffixes_add(struct info *i, struct suffixes *s, const char *name)
{
	for (const char *p = name + strlen(name); p-- > name;)
		if ((p == name || p[-1] == '.') && !intern_new(&i->u->arena, &s->all, p))
			intern_new(&i->u->arena, &s->shared, p);
}

/* The shortest suffix that no other object of this kind has. */
static const char *alias(struct info *i, struct suffixes *s, const char *name)
{
	/* What is new in the set is no other's, and nobody will ask for it again. */
	for (const char *p = name + strlen(name); p-- > name;)
		if (p > name && p[-1] == '.' && intern_new(&i->u->arena, &s->shared, p))
			return p;
	return name;
}

static P4__Config__V1__Preamble *preamble(struct info *i, const char *name, uint32_t id,
					  const char *short_name, const struct node *n)
{
	P4__Config__V1__Preamble *p =
		NEW(i, P4__Config__V1__Preamble, p4__config__v1__preamble__init);

	p->id = id;
	p->name = (char *)name;
	p->alias = (char *)short_name;
	info_annotations(i, n, &p->annotations, &p->n_annotations, &p->structured_annotations,
			 &p->n_structured_annotations);
	p->doc = info_doc(i, n);
	return p;
}

/* The controller's width: a translated type has its own, none for strings (6.5.3). */
static int width_of(struct type *t)
{
	const char *uri;
	int width;

	if (info_translated(t, &uri, &width))
		return width;
	t = type_under(t);
	return t->kind == T_BITS || t->kind == T_VARBIT ? t->width : t->kind == T_BOOL ? 1 : 32;
}

static P4__Config__V1__P4NamedType *named(struct info *i, struct type *t)
{
	P4__Config__V1__P4NamedType *n;

	t = type_real(t);
	if (t->kind != T_NEWTYPE)
		return NULL;
	n = NEW(i, P4__Config__V1__P4NamedType, p4__config__v1__p4_named_type__init);
	n->name = (char *)t->decl->name;
	info_type(i, t);
	return n;
}

static P4__Config__V1__MatchField *match_field(struct info *i, uint32_t id, const char *name,
					       struct type *t, const char *kind, struct node *n)
{
	P4__Config__V1__MatchField *f =
		NEW(i, P4__Config__V1__MatchField, p4__config__v1__match_field__init);
	static const struct {
		const char *name;
		int type;
	} kinds[] = {
		{ "exact", P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__EXACT },
		{ "lpm", P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__LPM },
		{ "ternary", P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__TERNARY },
		{ "range", P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__RANGE },
		{ "optional", P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__OPTIONAL },
	};

	f->id = id;
	f->name = (char *)name;
	f->bitwidth = width_of(t);
	f->type_name = named(i, t);
	f->match_case = P4__CONFIG__V1__MATCH_FIELD__MATCH_OTHER_MATCH_TYPE;
	f->other_match_type = (char *)kind;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (!strcmp(kinds[k].name, kind)) {
			f->match_case = P4__CONFIG__V1__MATCH_FIELD__MATCH_MATCH_TYPE;
			f->match_type = (P4__Config__V1__MatchField__MatchType)kinds[k].type;
		}
	info_annotations(i, n, &f->annotations, &f->n_annotations, &f->structured_annotations,
			 &f->n_structured_annotations);
	f->doc = info_doc(i, n);
	return f;
}

/* The number in canonical form: without leading zeros, one byte at least (8.3). */
static ProtobufCBinaryData canonical(struct info *i, struct value *v, int width)
{
	size_t len = 0, room = (size_t)(width + 7) / 8 + 1;
	uint8_t *b = arena_alloc(&i->u->arena, room);
	mpz_t n;

	mpz_init(n);
	if (v && v->kind == VAL_INT)
		mpz_fdiv_r_2exp(n, v->i, (mp_bitcnt_t)width);
	else if (v && v->kind == VAL_BOOL)
		mpz_set_ui(n, v->b);
	else if (v && v->kind == VAL_ENUM && v->member->val)
		mpz_set(n, v->member->val->i);
	else if (v && v->kind == VAL_ENUM)
		mpz_set_ui(n, (unsigned long)v->member->index);
	if (mpz_sgn(n) && mpz_sizeinbase(n, 2) <= 8 * room)
		mpz_export(b, &len, 1, 1, 1, 0, n);
	mpz_clear(n);
	return (ProtobufCBinaryData){ len ? len : 1, b };
}

static P4__Config__V1__TableActionCall *default_call(struct info *i, struct table *t)
{
	struct action_use *a = t->default_ref >= 0 ? t->refs.v[t->default_ref] : NULL;
	struct local_ids ids = { .all = a ? &a->decl->params : NULL };
	P4__Config__V1__TableActionCall *p;
	int n = 0;

	if (!a || node_anno(a->decl, "hidden"))
		return NULL;
	p = NEW(i, P4__Config__V1__TableActionCall, p4__config__v1__table_action_call__init);
	p->action_id = a->id;
	for (int k = 0; k < a->decl->params.n; k++) {
		struct node *param = a->decl->params.v[k];
		P4__Config__V1__TableActionCall__Argument *q;
		struct value *v;

		if (param->dir != DIR_NONE)
			continue;
		q = NEW(i, P4__Config__V1__TableActionCall__Argument,
			p4__config__v1__table_action_call__argument__init);
		v = t->dflt && n < t->dflt->a->params.n
			    ? instance_eval(i->m, t->owner, t->dflt->a->params.v[n])
			    : NULL;
		n++;
		q->param_id = model_local_id(i->u, &ids, param);
		q->value = canonical(i, v, (int)type_width(i->u, type_under(param->type)));
		ADD(i, p->arguments, p->n_arguments, q);
	}
	return p;
}

static void add_table(struct info *i, struct table *t, struct suffixes *names)
{
	P4__Config__V1__Table *p = NEW(i, P4__Config__V1__Table, p4__config__v1__table__init);
	struct subst s = instance_subst(t->owner);
	struct local_ids ids = { .all = t->key ? &t->key->list : NULL };

	p->preamble = preamble(i, t->name, t->id, alias(i, names, t->name), t->decl);
	for (int k = 0; t->key && k < t->key->list.n; k++) {
		struct node *e = t->key->list.v[k];

		if (!strcmp(e->name, "selector"))
			continue;
		ADD(i, p->match_fields, p->n_match_fields,
		    match_field(i, model_local_id(i->u, &ids, e), table_key_name(i->u, e),
				type_subst(i->u, e->a->type, &s), e->name, e));
	}
	for (int k = 0; k < t->refs.n; k++) {
		P4__Config__V1__ActionRef *r =
			NEW(i, P4__Config__V1__ActionRef, p4__config__v1__action_ref__init);
		struct node *ref = table_listed(t, k);

		r->id = t->refs.v[k]->id;
		if (node_anno(t->refs.v[k]->decl, "hidden"))
			continue;
		if (node_anno(ref, "tableonly"))
			r->scope = P4__CONFIG__V1__ACTION_REF__SCOPE__TABLE_ONLY;
		else if (!ref || node_anno(ref, "defaultonly"))
			r->scope = P4__CONFIG__V1__ACTION_REF__SCOPE__DEFAULT_ONLY;
		info_annotations(i, ref, &r->annotations, &r->n_annotations,
				 &r->structured_annotations, &r->n_structured_annotations);
		if (!ref)
			ADD(i, r->annotations, r->n_annotations, "@defaultonly");
		ADD(i, p->action_refs, p->n_action_refs, r);
	}
	if (t->default_const && t->default_ref >= 0)
		p->const_default_action_id = t->refs.v[t->default_ref]->id;
	p->initial_default_action = default_call(i, t);
	if (table_timeout(i->m, t).notifies && !table_timeout(i->m, t).expires)
		p->idle_timeout_behavior =
			P4__CONFIG__V1__TABLE__IDLE_TIMEOUT_BEHAVIOR__NOTIFY_CONTROL;
	p->size = (int64_t)(t->size ? t->size : 1024);
	p->is_const_table = t->entries && t->entries->is_const;
	p->has_initial_entries = t->entries && t->entries->list.n;
	if (t->implementation)
		p->implementation_id = t->implementation->id;
	p->direct_resource_ids = arena_alloc(&i->u->arena, 2 * sizeof(uint32_t));
	if (t->counters && t->counters->id)
		p->direct_resource_ids[p->n_direct_resource_ids++] = t->counters->id;
	if (t->meters && t->meters->id)
		p->direct_resource_ids[p->n_direct_resource_ids++] = t->meters->id;
	ADD(i, i->root.tables, i->root.n_tables, p);
}

static void add_value_set(struct info *i, struct table *t, struct suffixes *names)
{
	P4__Config__V1__ValueSet *v =
		NEW(i, P4__Config__V1__ValueSet, p4__config__v1__value_set__init);

	v->preamble = preamble(i, t->name, t->id, alias(i, names, t->name), t->set);
	v->size = (int32_t)t->size;
	for (int k = 0; k < t->fields.n; k++) {
		struct leaf *f = t->fields.v[k];

		ADD(i, v->match, v->n_match,
		    match_field(i, f->id, f->name, f->type, f->match, f->field));
	}
	ADD(i, i->root.value_sets, i->root.n_value_sets, v);
}

static void add_action(struct info *i, struct action_use *a, struct suffixes *names)
{
	P4__Config__V1__Action *p = NEW(i, P4__Config__V1__Action, p4__config__v1__action__init);
	struct subst s = instance_subst(a->owner);
	struct local_ids ids = { .all = &a->decl->params };

	if (node_anno(a->decl, "hidden"))
		return;
	p->preamble = preamble(i, a->name, a->id, alias(i, names, a->name), a->decl);
	for (int k = 0; k < a->decl->params.n; k++) {
		struct node *param = a->decl->params.v[k];
		struct type *t = type_subst(i->u, param->type, &s);
		P4__Config__V1__Action__Param *q;

		if (param->dir != DIR_NONE)
			continue;
		q = NEW(i, P4__Config__V1__Action__Param, p4__config__v1__action__param__init);
		q->id = model_local_id(i->u, &ids, param);
		q->name = (char *)(node_anno_string(param, "name") ? node_anno_string(param, "name")
								   : param->name);
		q->bitwidth = width_of(t);
		q->type_name = named(i, t);
		info_annotations(i, param, &q->annotations, &q->n_annotations,
				 &q->structured_annotations, &q->n_structured_annotations);
		q->doc = info_doc(i, param);
		ADD(i, p->params, p->n_params, q);
	}
	ADD(i, i->root.actions, i->root.n_actions, p);
}

/* The type of a counter's, meter's or register's index is the last that it is made for. */
static P4__Config__V1__P4NamedType *index_type(struct info *i, const struct instance *x)
{
	int n = x->type->n_args;

	return n && !(n == 1 && x->id >> 24 == 0x16) ? named(i, x->type->args[n - 1]) : NULL;
}

static void add_extern(struct info *i, struct instance *x, struct suffixes *names)
{
	static const P4__Config__V1__CounterSpec__Unit counts[] = {
		[TP4_PACKETS] = P4__CONFIG__V1__COUNTER_SPEC__UNIT__PACKETS,
		[TP4_BYTES] = P4__CONFIG__V1__COUNTER_SPEC__UNIT__BYTES,
		[TP4_BOTH] = P4__CONFIG__V1__COUNTER_SPEC__UNIT__BOTH,
	};
	P4__Config__V1__Preamble *pre = preamble(i, x->name, x->id, alias(i, names, x->name),
						 x->anno->kind == N_INSTANCE ? x->anno : NULL);
	P4__Config__V1__CounterSpec *unit =
		NEW(i, P4__Config__V1__CounterSpec, p4__config__v1__counter_spec__init);
	P4__Config__V1__MeterSpec *rate =
		NEW(i, P4__Config__V1__MeterSpec, p4__config__v1__meter_spec__init);
	const struct table *own = instance_table(x);

	unit->unit = counts[instance_unit(x)];
	rate->unit = instance_unit(x) == TP4_BYTES ? P4__CONFIG__V1__METER_SPEC__UNIT__BYTES
						   : P4__CONFIG__V1__METER_SPEC__UNIT__PACKETS;
	if (node_anno(x->anno, "single_rate_three_color"))
		rate->type = P4__CONFIG__V1__METER_SPEC__TYPE__SINGLE_RATE_THREE_COLOR;
	else if (node_anno(x->anno, "single_rate_two_color"))
		rate->type = P4__CONFIG__V1__METER_SPEC__TYPE__SINGLE_RATE_TWO_COLOR;
	switch (x->id >> 24) {
	case 0x11: {
		P4__Config__V1__ActionProfile *p =
			NEW(i, P4__Config__V1__ActionProfile, p4__config__v1__action_profile__init);
		const struct selector_size size = instance_selector(x);

		p->preamble = pre;
		p->with_selector = size.is;
		p->size = (int64_t)instance_size(x, 0);
		p->max_group_size = (int32_t)size.max_group;
		if (size.by_members) {
			p->selector_size_semantics_case =
				P4__CONFIG__V1__ACTION_PROFILE__SELECTOR_SIZE_SEMANTICS_SUM_OF_MEMBERS;
			p->sum_of_members =
				NEW(i, P4__Config__V1__ActionProfile__SumOfMembers,
				    p4__config__v1__action_profile__sum_of_members__init);
			p->sum_of_members->max_member_weight = (int32_t)size.max_weight;
		}
		p->table_ids =
			arena_alloc(&i->u->arena, sizeof(*p->table_ids) * (size_t)x->tables.n);
		for (int k = 0; k < x->tables.n; k++)
			p->table_ids[p->n_table_ids++] = x->tables.v[k]->id;
		ADD(i, i->root.action_profiles, i->root.n_action_profiles, p);
		break;
	}
	case 0x12: {
		P4__Config__V1__Counter *p =
			NEW(i, P4__Config__V1__Counter, p4__config__v1__counter__init);

		p->preamble = pre;
		p->index_type_name = index_type(i, x);
		p->spec = unit;
		p->size = (int64_t)instance_size(x, 0);
		ADD(i, i->root.counters, i->root.n_counters, p);
		break;
	}
	case 0x13: {
		P4__Config__V1__DirectCounter *p =
			NEW(i, P4__Config__V1__DirectCounter, p4__config__v1__direct_counter__init);

		if (!own)
			break;
		p->preamble = pre;
		p->spec = unit;
		p->direct_table_id = own->id;
		ADD(i, i->root.direct_counters, i->root.n_direct_counters, p);
		break;
	}
	case 0x14: {
		P4__Config__V1__Meter *p =
			NEW(i, P4__Config__V1__Meter, p4__config__v1__meter__init);

		p->preamble = pre;
		p->index_type_name = index_type(i, x);
		p->spec = rate;
		p->size = (int64_t)instance_size(x, 0);
		ADD(i, i->root.meters, i->root.n_meters, p);
		break;
	}
	case 0x15: {
		P4__Config__V1__DirectMeter *p =
			NEW(i, P4__Config__V1__DirectMeter, p4__config__v1__direct_meter__init);

		if (!own)
			break;
		p->preamble = pre;
		p->spec = rate;
		p->direct_table_id = own->id;
		ADD(i, i->root.direct_meters, i->root.n_direct_meters, p);
		break;
	}
	case 0x16: {
		P4__Config__V1__Register *p =
			NEW(i, P4__Config__V1__Register, p4__config__v1__register__init);

		p->preamble = pre;
		p->type_spec = info_data_type(i, x->type->args[0]);
		p->index_type_name = index_type(i, x);
		p->size = (int32_t)instance_size(x, 0);
		ADD(i, i->root.registers, i->root.n_registers, p);
		break;
	}
	}
}

/* @controller_header("packet_in") and "packet_out" (6.4.8) */
static void controller_headers(struct info *i)
{
	for (int k = 0; k < i->m->program->list.n; k++) {
		struct node *d = i->m->program->list.v[k];
		const char *name =
			d->kind == N_HEADER ? node_anno_string(d, "controller_header") : NULL;
		struct local_ids ids = { .all = &d->list };
		P4__Config__V1__ControllerPacketMetadata *p;

		if (!name)
			continue;
		p = NEW(i, P4__Config__V1__ControllerPacketMetadata,
			p4__config__v1__controller_packet_metadata__init);
		/* As p4c has it: by the name of the header's type. */
		p->preamble = preamble(i, name, model_id(i->m, 0x04, d->name, d), name, d);
		for (int f = 0; f < d->list.n; f++) {
			P4__Config__V1__ControllerPacketMetadata__Metadata *q =
				NEW(i, P4__Config__V1__ControllerPacketMetadata__Metadata,
				    p4__config__v1__controller_packet_metadata__metadata__init);

			q->id = model_local_id(i->u, &ids, d->list.v[f]);
			info_annotations(i, d->list.v[f], &q->annotations, &q->n_annotations,
					 &q->structured_annotations, &q->n_structured_annotations);
			q->name = (char *)d->list.v[f]->name;
			q->bitwidth = width_of(d->list.v[f]->type);
			q->type_name = named(i, d->list.v[f]->type);
			ADD(i, p->metadata, p->n_metadata, q);
		}
		ADD(i, i->root.controller_packet_metadata, i->root.n_controller_packet_metadata, p);
	}
}

static void add_digests(struct info *i)
{
	for (int k = 0; k < i->m->digests.n; k++) {
		struct digest *d = i->m->digests.v[k];
		P4__Config__V1__Digest *p;

		if (d->again)
			continue;
		p = NEW(i, P4__Config__V1__Digest, p4__config__v1__digest__init);
		p->preamble = preamble(i, d->name, d->id,
				       strrchr(d->name, '.') ? strrchr(d->name, '.') + 1 : d->name,
				       d->anno);
		p->type_spec = info_data_type(i, d->type);
		ADD(i, i->root.digests, i->root.n_digests, p);
	}
}

/* What stands behind `key =` in one of main's annotations of that name, in brackets or not. */
static struct node *package_value(struct info *i, const struct node *main, const char *name,
				  const char *key)
{
	struct node *found = NULL;

	for (int k = 0; k < main->annos.n; k++) {
		struct node *a = main->annos.v[k];

		if (strcmp(a->name, name))
			continue;
		for (int w = 0; w < a->list.n; w++) {
			struct node *n = a->list.v[w], *value = NULL;

			if (n->kind == N_STRING || strcmp(n->name ? n->name : "", key))
				continue;
			if (a->flag && n->kind == N_ARG)
				value = n->a;
			else if (!a->flag && w + 2 < a->list.n)
				value = a->list.v[w + 2];
			if (value && found)
				report(i->u, duplicate, n->tok, key);
			found = value ? value : found;
		}
	}
	return found;
}

/* @platform_property(key = number, ...) */
static void platform(struct info *i, const struct node *main)
{
	P4__Config__V1__PlatformProperties *p = NEW(i, P4__Config__V1__PlatformProperties,
						    p4__config__v1__platform_properties__init);
	const struct {
		const char *key;
		int32_t *to;
	} keys[] = {
		{ "multicast_group_table_size", &p->multicast_group_table_size },
		{ "multicast_group_table_total_replicas",
		  &p->multicast_group_table_total_replicas },
		{ "multicast_group_table_max_replicas_per_entry",
		  &p->multicast_group_table_max_replicas_per_entry },
	};

	for (size_t x = 0; x < sizeof(keys) / sizeof(keys[0]); x++) {
		struct node *v = package_value(i, main, "platform_property", keys[x].key);

		if (!v || v->tok->kind != TK_INT || !mpz_fits_sint_p(*v->tok->value))
			continue;
		*keys[x].to = (int32_t)mpz_get_si(*v->tok->value);
		i->root.pkg_info->platform_properties = p;
	}
}

/* @pkginfo(name = "...", ...) on main; `arch` is ours to say. */
static void package_info(struct info *i, const struct node *main)
{
	P4__Config__V1__PkgInfo *p = i->root.pkg_info;
	const struct {
		const char *key;
		char **to;
	} keys[] = {
		{ "name", &p->name },
		{ "version", &p->version },
		{ "organization", &p->organization },
		{ "contact", &p->contact },
		{ "url", &p->url },
	};

	for (size_t x = 0; x < sizeof(keys) / sizeof(keys[0]); x++) {
		struct node *v = package_value(i, main, "pkginfo", keys[x].key);

		if (v && v->tok->kind == TK_STRING)
			*keys[x].to = (char *)v->name;
	}
	p->doc = info_doc(i, main);
	platform(i, main);
	info_annotations(i, main, &p->annotations, &p->n_annotations, &p->structured_annotations,
			 &p->n_structured_annotations);
}

bool info_make(struct model *m, const char *name, struct buffer *binary, struct buffer *text)
{
	struct info i = { .u = m->u, .m = m };
	struct suffixes tables = { 0 }, actions = { 0 }, externs = { 0 };
	size_t len;

	p4__config__v1__p4_info__init(&i.root);
	i.root.pkg_info = NEW(&i, P4__Config__V1__PkgInfo, p4__config__v1__pkg_info__init);
	i.root.pkg_info->arch = (char *)arch_name(m);
	i.root.pkg_info->name = (char *)name;
	package_info(&i, m->main);
	for (int k = 0; k < m->tables.n; k++)
		suffixes_add(&i, &tables, m->tables.v[k]->name);
	for (int k = 0; k < m->actions.n; k++)
		suffixes_add(&i, &actions, m->actions.v[k]->name);
	for (int k = 0; k < m->externs.n; k++)
		suffixes_add(&i, &externs, m->externs.v[k]->name);
	for (int k = 0; k < m->tables.n; k++) {
		if (m->tables.v[k]->set)
			add_value_set(&i, m->tables.v[k], &tables);
		else if (!node_anno(m->tables.v[k]->decl, "hidden"))
			add_table(&i, m->tables.v[k], &tables);
	}
	for (int k = 0; k < m->actions.n; k++)
		add_action(&i, m->actions.v[k], &actions);
	for (int k = 0; k < m->externs.n; k++)
		if (m->externs.v[k]->id)
			add_extern(&i, m->externs.v[k], &externs);
	controller_headers(&i);
	add_digests(&i);
	len = p4__config__v1__p4_info__get_packed_size(&i.root);
	if (len) {
		uint8_t *bytes = arena_alloc(&m->u->arena, len);

		p4__config__v1__p4_info__pack(&i.root, bytes);
		buffer_add(binary, bytes, len);
	}
	info_text(&i.root.base, text);
	return true;
}
