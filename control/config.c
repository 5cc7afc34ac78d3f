/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * config.c - setting, getting and remembering the program (section 7 of P4Runtime).
 */
#include "control/learn.h"

#include <stdlib.h>
#include <string.h>

typedef P4__V1__SetForwardingPipelineConfigRequest set_request;
typedef P4__V1__GetForwardingPipelineConfigRequest get_request;

#define ACTION(x)   P4__V1__SET_FORWARDING_PIPELINE_CONFIG_REQUEST__ACTION__##x
#define RESPONSE(x) P4__V1__GET_FORWARDING_PIPELINE_CONFIG_REQUEST__RESPONSE_TYPE__##x

void config_free(struct config *cf)
{
	pipeline_free(cf->pipeline);
	unpack_free(cf->info);
	learn_free(cf->learn);
	free(cf->object);
	memset(cf, 0, sizeof(*cf));
}

bool config_note(struct config *cf, const struct pipeline *p, const void *object, size_t len)
{
	uint64_t generation = cf->generation;
	struct config new = { .generation = generation + 1, .object_len = len };
	size_t info_len;
	const void *info = pipeline_p4info(p, &info_len);

	new.info = unpack(&p4__config__v1__p4_info__descriptor, info, info_len);
	new.object = malloc(len + 1);
	new.learn = new.info ? learn_new(new.info) : NULL;
	if (!new.learn || !new.object) {
		config_free(&new);
		return false;
	}
	memcpy(new.object, object, len);
	config_free(cf);
	*cf = new;
	return true;
}

/*
 * A controller may send the p4info along; it must be the program's own.  Both
 * are packed afresh, since equal messages may be different bytes.
 */
static bool same_p4info(ProtobufCBinaryData given, const struct pipeline *p)
{
	size_t len, n[2];
	const void *own = pipeline_p4info(p, &len);
	P4__Config__V1__P4Info *m[2];
	uint8_t *b[2] = { NULL, NULL };
	bool same = false;

	m[0] = unpack(&p4__config__v1__p4_info__descriptor, given.data, given.len);
	m[1] = unpack(&p4__config__v1__p4_info__descriptor, own, len);
	for (int i = 0; i < 2 && m[i]; i++) {
		n[i] = p4__config__v1__p4_info__get_packed_size(m[i]);
		b[i] = malloc(n[i] + 1);
		if (b[i])
			p4__config__v1__p4_info__pack(m[i], b[i]);
	}
	if (b[0] && b[1])
		same = n[0] == n[1] && !memcmp(b[0], b[1], n[0]);
	for (int i = 0; i < 2; i++) {
		free(b[i]);
		unpack_free(m[i]);
	}
	return same;
}

static void config_commit(const struct call *c)
{
	struct config *cf = call_config(c), *saved = call_saved(c);
	struct pipeline *p = saved->pipeline;

	saved->pipeline = NULL;
	saved->generation = cf->generation + 1;
	config_free(cf);
	*cf = *saved;
	*saved = (struct config){ 0 };
	call_host(c)->replace(call_host(c), p);
	call_answer_bytes(c, NULL, 0, 0);
}

static void config_set(const struct call *c, const set_request *r)
{
	struct config *saved = call_saved(c);
	struct pipeline_error err = { "" };
	ProtobufCBinaryData object;
	struct pipeline *p = NULL;
	int ret;

	switch ((int)r->action) {
	case ACTION(VERIFY):
	case ACTION(VERIFY_AND_SAVE):
	case ACTION(VERIFY_AND_COMMIT):
	case ACTION(RECONCILE_AND_COMMIT): break;
	case ACTION(COMMIT):
		if (r->config)
			call_fail(c, CODE_INVALID_ARGUMENT,
				  "a commit is of what was saved, and brings no program");
		else if (!saved->pipeline)
			call_fail(c, CODE_NOT_FOUND, "no program was saved");
		else
			config_commit(c);
		return;
	default: call_fail(c, CODE_INVALID_ARGUMENT, "no action is given for the program"); return;
	}
	if (!r->config || !r->config->p4_device_config.len) {
		call_fail(c, CODE_INVALID_ARGUMENT, "p4_device_config, the program, is missing");
		return;
	}
	object = r->config->p4_device_config;
	ret = pipeline_load(object.data, object.len, &p, &err);
	if (ret) {
		call_fail(c, code_from_errno(ret), "%s", err.text);
		return;
	}
	if (r->config->p4info.len && !same_p4info(r->config->p4info, p)) {
		pipeline_free(p);
		call_fail(c, CODE_INVALID_ARGUMENT, "p4info is not the one of the program");
		return;
	}
	if (r->action == ACTION(RECONCILE_AND_COMMIT) && call_config(c)->info) {
		ret = config_reconcile(call_host(c)->program(call_host(c)), call_config(c)->info, p,
				       &err);
		if (ret) {
			pipeline_free(p);
			call_fail(c, code_from_errno(ret), "%s", err.text);
			return;
		}
	}
	if (r->action == ACTION(VERIFY)) {
		pipeline_free(p);
		call_answer_bytes(c, NULL, 0, 0);
		return;
	}
	if (!config_note(saved, p, object.data, object.len)) {
		pipeline_free(p);
		call_fail(c, CODE_RESOURCE_EXHAUSTED,
			  "no memory for the program, or its p4info is damaged");
		return;
	}
	saved->pipeline = p;
	saved->has_cookie = r->config->cookie;
	saved->cookie = r->config->cookie ? r->config->cookie->cookie : 0;
	if (r->action == ACTION(VERIFY_AND_SAVE))
		call_answer_bytes(c, NULL, 0, 0);
	else
		config_commit(c);
}

void config_set_call(const struct call *c, const uint8_t *body, size_t len)
{
	set_request *r =
		unpack(&p4__v1__set_forwarding_pipeline_config_request__descriptor, body, len);

	if (r)
		config_set(c, r);
	else
		call_fail(c, CODE_INVALID_ARGUMENT,
			  "this is no SetForwardingPipelineConfigRequest");
	unpack_free(r);
}

void config_get_call(const struct call *c, const uint8_t *body, size_t len)
{
	get_request *r =
		unpack(&p4__v1__get_forwarding_pipeline_config_request__descriptor, body, len);
	P4__V1__GetForwardingPipelineConfigResponse m =
		P4__V1__GET_FORWARDING_PIPELINE_CONFIG_RESPONSE__INIT;
	P4__V1__ForwardingPipelineConfig config = P4__V1__FORWARDING_PIPELINE_CONFIG__INIT;
	P4__V1__ForwardingPipelineConfig__Cookie cookie =
		P4__V1__FORWARDING_PIPELINE_CONFIG__COOKIE__INIT;
	const struct pipeline *p = call_host(c)->program(call_host(c));
	const struct config *cf = call_config(c);
	int type = r ? (int)r->response_type : 0;

	unpack_free(r);
	if (!r || type < 0 || type > RESPONSE(DEVICE_CONFIG_AND_COOKIE)) {
		call_fail(c, CODE_INVALID_ARGUMENT,
			  "this is no GetForwardingPipelineConfigRequest");
		return;
	}
	if (!p) {
		call_answer(c, &m.base); /* there is no config (15) */
		return;
	}
	if (type == RESPONSE(ALL) || type == RESPONSE(P4INFO_AND_COOKIE))
		config.p4info.data = (uint8_t *)pipeline_p4info(p, &config.p4info.len);
	if (type == RESPONSE(ALL) || type == RESPONSE(DEVICE_CONFIG_AND_COOKIE)) {
		config.p4_device_config.data = cf->object;
		config.p4_device_config.len = cf->object_len;
	}
	if (cf->has_cookie) {
		cookie.cookie = cf->cookie;
		config.cookie = &cookie;
	}
	m.config = &config;
	call_answer(c, &m.base);
}
