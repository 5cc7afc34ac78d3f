/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_stf.c - any bytes are a possible packet test.
 *
 * The tests of the tree, changed (fuzz.h), are played on their own programs, under
 * the sanitizers.  Crashes, leaks and hangs fail, and so does a run in which too
 * few could be read to their end.
 *
 *   fuzz_stf [RUNS [SEED]]
 */
#include "runtime/stf.h"
#include "tests/fuzz.h"

#define READ_FLOOR 15 /* percent */

/* Built from tests/p4/NAME.p4; between them they use every statement. */
static const char *const programs[] = { "entries",       "externs", "traffic-manager",
					"parser-errors", "varbits", "filter-ubpf" };
#define N_PROGRAMS (sizeof(programs) / sizeof(programs[0]))

static const char *const words[] = {
	"add",
	"remove",
	"setdefault",
	"packet",
	"expect",
	"check_counter",
	"register_write",
	"register_read",
	"mirroring_add",
	"mc_mgrp_create",
	"mc_node_create",
	"mc_node_associate",
	"mirroring_add_mc",
	"remove all",
	"0",
	"-1",
	"0x",
	"4294967296",
	"18446744073709551616",
	"0b1",
	"0xffffffffffffffffffffffffffffffffff",
	"/32",
	"/",
	"/99999999999",
	"&&&",
	"..",
	"->",
	"..0x",
	"*",
	"$",
	"#",
	":",
	"(",
	")",
	"=",
	"==",
	">=",
	",",
	"\n",
	"\"",
	"'",
	"0b1*0*",
	"0x*f*",
	"$valid$",
	"packets",
	"bytes",
	"(0)",
	"[0]",
	"e$0.x",
	"0.5:1",
	"mirroring_delete",
	"no_packet",
};

static struct object {
	void *bytes;
	size_t len;
} objects[N_PROGRAMS];

static void load_object(struct object *o, const char *name)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "build/tests/fuzz/%s.tp4", name);
	f = fopen(path, "r");
	o->bytes = malloc(4 << 20);
	if (!f || !o->bytes) {
		printf("not ok 1 - %s: no compiled program; run from the root of the project\n",
		       path);
		exit(1);
	}
	o->len = fread(o->bytes, 1, 4 << 20, f);
	fclose(f);
}

int main(int argc, char **argv)
{
	long runs = fuzz_begin("fuzz_stf", argc, argv, 4000), readable = 0, passed = 0;
	FILE *nowhere = fopen("/dev/null", "w");
	char path[128];
	bool good;

	for (size_t i = 0; i < N_PROGRAMS; i++) {
		load_object(&objects[i], programs[i]);
		snprintf(path, sizeof(path), "tests/p4/%s.stf", programs[i]);
		fuzz_load(path);
	}
	for (long i = 0; i < runs && nowhere; i++) {
		FILE *f = fopen("build/tests/fuzz_stf.now", "w");
		struct stf_options o = { .test = "build/tests/fuzz_stf.now",
					 .out = nowhere,
					 .verbose = true };
		size_t which;
		int status;

		fuzz_make(words, sizeof(words) / sizeof(words[0]), 3);
		which = fuzz_made;
		o.object = objects[which].bytes;
		o.object_len = objects[which].len;
		if (!f || fwrite(fuzz_now, 1, fuzz_len, f) != fuzz_len || fclose(f))
			abort();
		fuzz_watch(FUZZ_SECONDS);
		status = stf_run(&o);
		fuzz_watch(0);
		readable += status != 3;
		passed += status == 0;
	}
	unlink("build/tests/fuzz_stf.now");
	good = readable * 100 >= runs * READ_FLOOR && passed;
	printf("%s 1 - %ld runs, %ld %% readable (floor %d %%), %ld %% passed\n",
	       good ? "ok" : "not ok", runs, readable * 100 / runs, READ_FLOOR,
	       passed * 100 / runs);
	for (size_t i = 0; i < N_PROGRAMS; i++)
		free(objects[i].bytes);
	fuzz_end();
	fclose(nowhere);
	return !good;
}
