/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline.c - load a compiled program, give it state, run packets through it. */
#include "runtime/gauge.h"
#include "runtime/pipeline_state.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * dlopen() reads the object from memory: no file system is needed but
 * /proc/self/fd.  The descriptor stays open as long as the object, since
 * dlopen() takes a second object under the same path for the first.
 */
static int object_open(struct pipeline *p, const void *object, size_t len,
		       struct pipeline_error *err)
{
	const struct tp4_program *program;
	char path[64];
	size_t done = 0;
	int fd = memfd_create("transp4-program", MFD_CLOEXEC);

	p->fd = fd;
	if (fd < 0) {
		snprintf(err->text, sizeof(err->text), "cannot keep the program in memory: %s",
			 strerror(errno));
		return -errno;
	}
	while (done < len) {
		ssize_t n = write(fd, (const char *)object + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			snprintf(err->text, sizeof(err->text),
				 "cannot keep the program in memory: %s", strerror(errno));
			return -ENOMEM;
		}
		done += (size_t)n;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	p->object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!p->object) {
		snprintf(err->text, sizeof(err->text), "the program cannot be loaded: %.200s",
			 dlerror());
		return -ENOEXEC;
	}
	program = dlsym(p->object, "tp4_program");
	if (!program || program->abi != TP4_PROGRAM_ABI) {
		snprintf(err->text, sizeof(err->text),
			 "the object is of another version; compile it again");
		return -EPROTONOSUPPORT;
	}
	p->program = program;
	return 0;
}

static int state_make(struct pipeline *p)
{
	const struct tp4_program *g = p->program;
	struct tp4_ctx *c = &p->ctx;

	c->tables = calloc(g->n_tables + 1, sizeof(*c->tables));
	c->counters = calloc(g->n_counters + 1, sizeof(*c->counters));
	c->registers = calloc(g->n_registers + 1, sizeof(*c->registers));
	c->meters = calloc(g->n_meters + 1, sizeof(*c->meters));
	c->profiles = calloc(g->n_profiles + 1, sizeof(*c->profiles));
	p->buf = calloc(1, TP4_PARSE_MAX + TP4_PARSE_PAD);
	p->state = calloc(1, g->state_size + 16);
	c->peeks = calloc(1, sizeof(*c->peeks));
	if (!c->tables || !c->counters || !c->registers || !c->meters || !c->profiles || !p->buf ||
	    !p->state || !c->peeks)
		return -ENOMEM;
	for (uint32_t i = 0; i < g->n_tables; i++) {
		c->tables[i] = table_new(&g->tables[i], g);
		if (!c->tables[i])
			return -ENOMEM;
	}
	for (uint32_t i = 0; i < g->n_counters; i++) {
		c->counters[i].cell = calloc(g->counters[i].size + 1, sizeof(*c->counters[i].cell));
		if (!c->counters[i].cell)
			return -ENOMEM;
		c->counters[i].size = g->counters[i].size;
	}
	for (uint32_t i = 0; i < g->n_registers; i++) {
		bool map = g->arch == TP4_ARCH_UBPF;

		c->registers[i].size = g->registers[i].size * (map ? 2 : 1);
		c->registers[i].cell = calloc(c->registers[i].size + 1,
					      g->registers[i].cell ? g->registers[i].cell : 1);
		if (map)
			c->registers[i].keys =
				calloc(g->registers[i].size + 1, sizeof(*c->registers[i].keys));
		if (!c->registers[i].cell || (map && !c->registers[i].keys))
			return -ENOMEM;
		for (uint64_t k = 0; g->registers[i].initial && k < g->registers[i].size; k++)
			memcpy((uint8_t *)c->registers[i].cell + k * g->registers[i].cell,
			       g->registers[i].initial, g->registers[i].cell);
	}
	for (uint32_t i = 0; i < g->n_meters; i++) {
		c->meters[i] = meter_new(&g->meters[i]);
		if (!c->meters[i])
			return -ENOMEM;
	}
	for (uint32_t i = 0; i < g->n_profiles; i++) {
		c->profiles[i] = profile_new(&g->profiles[i]);
		if (!c->profiles[i])
			return -ENOMEM;
	}
	c->host = p;
	c->gauges = calloc(g->n_gauges + 1, sizeof(*c->gauges));
	if (!c->gauges)
		return -ENOMEM;
	for (uint32_t i = 0; i < g->n_gauges; i++) {
		c->gauges[i] = gauge_use(g->gauges[i].name);
		if (!c->gauges[i])
			return -ENOMEM;
	}
	c->random = 0x9e3779b97f4a7c15ULL;
	return 0;
}

int pipeline_load(const void *bytes, size_t len, struct pipeline **out, struct pipeline_error *err)
{
	struct pipeline_error ignored;
	const struct tp4_container *h;
	struct pipeline *p;
	int ret;

	if (!err)
		err = &ignored;
	err->text[0] = 0;
	if (!pipeline_exports())
		return -EINVAL;
	ret = container_check(bytes, len, &h, err);
	if (ret)
		return ret;
	p = calloc(1, sizeof(*p));
	if (!p)
		return -ENOMEM;
	p->fd = -1;
	p->p4info_len = h->p4info_len;
	p->p4info = malloc(p->p4info_len + 1);
	if (!p->p4info) {
		ret = -ENOMEM;
		goto fail;
	}
	memcpy(p->p4info, h + 1, p->p4info_len);
	ret = object_open(p, (const uint8_t *)(h + 1) + h->p4info_len, h->object_len, err);
	if (ret)
		goto fail;
	ret = state_make(p);
	if (ret) {
		snprintf(err->text, sizeof(err->text),
			 "the program's tables and registers need more memory than there is");
		goto fail;
	}
	*out = p;
	return 0;
fail:
	pipeline_free(p);
	return ret;
}

static int free_own(void *arg, struct record *r)
{
	(void)arg;
	free(r->entry.meter);
	free(r->note);
	return 0;
}

void pipeline_free(struct pipeline *p)
{
	const struct tp4_program *g;
	struct tp4_ctx *c;

	if (!p)
		return;
	g = p->program;
	c = &p->ctx;
	for (uint32_t i = 0; g && c->tables && i < g->n_tables; i++) {
		if (c->tables[i]) {
			table_visit(c->tables[i], NULL, free_own, NULL);
			free(table_default(c->tables[i])->meter);
			free(*table_note(c->tables[i]));
		}
		table_free(c->tables[i]);
	}
	report_free(p->reports);
	for (uint32_t i = 0; g && c->counters && i < g->n_counters; i++)
		free(c->counters[i].cell);
	for (uint32_t i = 0; g && c->registers && i < g->n_registers; i++) {
		free(c->registers[i].cell);
		free(c->registers[i].keys);
	}
	for (uint32_t i = 0; g && c->meters && i < g->n_meters; i++)
		meter_free(c->meters[i]);
	for (uint32_t i = 0; g && c->profiles && i < g->n_profiles; i++)
		profile_free(c->profiles[i]);
	for (uint32_t i = 0; g && c->gauges && i < g->n_gauges; i++)
		gauge_unuse(c->gauges[i]);
	free(c->gauges);
	free(c->tables);
	free(c->counters);
	free(c->registers);
	free(c->meters);
	free(c->profiles);
	free(c->peeks);
	free(p->buf);
	free(p->state);
	free(p->p4info);
	if (p->object)
		dlclose(p->object);
	if (p->fd >= 0)
		close(p->fd);
	free(p);
}

const void *pipeline_p4info(const struct pipeline *p, size_t *len)
{
	*len = p->p4info_len;
	return p->p4info;
}

#define BATCH 64U

/*
 * Copy once what the parser may look at: the memory may change under us, and
 * what was judged must be what is forwarded.
 */
static void packet_begin(struct pipeline *p, const struct pipeline_packet *pkt)
{
	uint32_t n = pkt->len < p->program->parse_bytes ? pkt->len : p->program->parse_bytes;
	struct tp4_packet *t = &p->ctx.p;

	if (n > TP4_PARSE_MAX)
		n = TP4_PARSE_MAX;
	if (pkt->len >= ((n + 63) & ~63U)) /* whole steps, and no call for them */
		for (uint32_t at = 0; at < n; at += 64)
			memcpy(p->buf + at, pkt->data + at, 64);
	else
		memcpy(p->buf, pkt->data, n);
	__asm__ volatile("" : : "r"(p->buf) : "memory");
	*t = (struct tp4_packet){
		.buf = p->buf,
		.len = n,
		.total_len = pkt->total_len,
		.port = pkt->port,
		.timestamp = pkt->timestamp,
		.out = pkt->patch,
		.out_size = pkt->patch_size,
	};
}

/*
 * Cut the packet: all of what is left of it becomes the new prefix.  This
 * needs it in one piece, and room.
 */
static void packet_cut(struct pipeline *p, struct pipeline_packet *pkt, uint32_t old, uint32_t new)
{
	const struct tp4_packet *t = &p->ctx.p;
	uint32_t to = t->truncate_len, rest = pkt->len - old;

	if (to >= pkt->total_len - old + new)
		return;
	if (pkt->len != pkt->total_len || to > pkt->patch_size) {
		pkt->verdict = PIPELINE_DROP;
		return;
	}
	if (to > new)
		memcpy(pkt->patch + new, pkt->data + old, to - new < rest ? to - new : rest);
	pkt->old_prefix = pkt->len;
	pkt->new_prefix = to;
}

/* What differs mostly does so at once: addresses come first. */
static bool same_bytes(const uint8_t *a, const uint8_t *b, uint32_t n)
{
	uint64_t x, y;

	if (n >= 8) {
		memcpy(&x, a, 8);
		memcpy(&y, b, 8);
		if (x != y)
			return false;
	}
	return !memcmp(a, b, n);
}

static void packet_end(struct pipeline *p, struct pipeline_packet *pkt)
{
	struct tp4_packet *t = &p->ctx.p;
	uint32_t old = (uint32_t)((t->pos + 7) / 8), new;

	pkt->old_prefix = pkt->new_prefix = 0;
	pkt->verdict = PIPELINE_DROP;
	if (t->drop)
		return;
	pkt->verdict = PIPELINE_FORWARD;
	if (t->pass_as_is)
		return;
	/* Headers that do not end where the payload begins, or are too long, cannot be put back. */
	if (t->overflow || t->pos % 8 != t->out_pos % 8) {
		pkt->verdict = PIPELINE_DROP;
		return;
	}
	new = packet_seam(t, p->buf);
	if (old != new || !same_bytes(t->out, p->buf, new)) {
		pkt->old_prefix = old;
		pkt->new_prefix = new;
	}
	if (t->truncate)
		packet_cut(p, pkt, old, new);
}

static bool tables_large(const struct pipeline *p)
{
	for (uint32_t i = 0; i < p->program->n_tables; i++)
		if (table_large(p->ctx.tables[i]))
			return true;
	return false;
}

/*
 * Have the entries of a batch fetched before its packets wait for them one after
 * another.  A hint: what is read of a packet here decides nothing.
 */
static void batch_peek(struct pipeline *p, const struct pipeline_packet *pkts, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		if (i + 4 < n)
			__builtin_prefetch(pkts[i + 4].data);
		packet_begin(p, &pkts[i]);
		p->program->peek(&p->ctx, p->state);
	}
	table_peeks_follow(p->ctx.peeks);
}

void pipeline_run(struct pipeline *p, struct pipeline_packet *pkts, unsigned int n)
{
	bool peek = p->program->peek && n > 1 && tables_large(p);

	for (unsigned int i = 0; i < n; i++) {
		if (peek && i % BATCH == 0)
			batch_peek(p, &pkts[i], n - i < BATCH ? n - i : BATCH);
		if (i + 2 < n)
			__builtin_prefetch(pkts[i + 2].data);
		packet_begin(p, &pkts[i]);
		if (p->program->run)
			p->program->run(&p->ctx);
		else if (p->program->psa_ingress)
			switch_psa_port(p, &pkts[i]);
		else
			switch_run_port(p, &pkts[i]);
		packet_end(p, &pkts[i]);
	}
}
