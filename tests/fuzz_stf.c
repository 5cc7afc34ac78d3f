/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_stf.c - any bytes are a possible packet test.
 *
 * The tests of the tree, changed (fuzz.h), are played on their own programs, under
 * the sanitizers.  Crashes, leaks and hangs fail, and so does a run in which too
 * few could be read to their end, or passed.
 * With LIBFUZZER=play it is a target for libFuzzer.
 *
 *   fuzz_stf [RUNS [SEED]]
 */
#include "runtime/stf.h"
#include "tests/fuzz.h"

#define READ_FLOOR   50 /* percent */
#define PASSED_FLOOR 30

/* Of tests/p4/NAME.p4, as tests/rules.mk has them; between them they use every statement. */
#define OBJECTS "build/tests/fuzz/"
#define MOST    32
static struct object {
	void *bytes;
	size_t len;
} objects[MOST];
static size_t n_objects, which;

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
	"wait",
	"register_reset",
	"meter_get_rates",
	"meter_set_rates",
	"meter_array_set_rates",
	"counter_read",
	"counter_write",
	"gauge_set",
	"owner_add",
};

static void load_object(const char *path)
{
	struct object *o = &objects[n_objects++];
	FILE *f = fopen(path, "r");

	o->bytes = malloc(4 << 20);
	if (!f || !o->bytes)
		abort();
	o->len = fread(o->bytes, 1, 4 << 20, f);
	fclose(f);
}

/* The programs, and as texts their tests. */
static void load_all(void)
{
	glob_t g;

	if (glob(OBJECTS "*.tp4", 0, NULL, &g) || g.gl_pathc > MOST) {
		puts("not ok 1 - no compiled programs in " OBJECTS ", or too many");
		exit(1);
	}
	for (size_t i = 0; i < g.gl_pathc; i++) {
		char path[128];

		load_object(g.gl_pathv[i]);
		snprintf(path, sizeof(path), "tests/p4/%s", g.gl_pathv[i] + strlen(OBJECTS));
		strcpy(strrchr(path, '.'), ".stf");
		fuzz_load(path);
	}
	globfree(&g);
}

/* The exit status of the test, played on objects[which]. */
static int play(const char *text, size_t len)
{
	static FILE *nowhere;
	FILE *f = fopen("build/tests/fuzz_stf.now", "w");
	struct stf_options o = { .test = "build/tests/fuzz_stf.now",
				 .object = objects[which].bytes,
				 .object_len = objects[which].len,
				 .verbose = true };

	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	o.out = nowhere;
	if (!nowhere || !f || fwrite(text, 1, len, f) != len || fclose(f))
		abort();
	return stf_run(&o);
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	if (!n_objects)
		load_all();
	which = len % n_objects;
	LIBFUZZER((const char *)data, len);
	return 0;
}
#else

int main(int argc, char **argv)
{
	long runs = fuzz_begin("fuzz_stf", argc, argv, 4000), readable = 0, passed = 0;
	bool good;

	load_all();
	for (long i = 0; i < runs; i++) {
		int status;

		fuzz_make(words, sizeof(words) / sizeof(words[0]), 3);
		which = fuzz_made;
		fuzz_watch(FUZZ_SECONDS);
		status = play(fuzz_now, fuzz_len);
		fuzz_watch(0);
		readable += status != 3;
		passed += status == 0;
	}
	unlink("build/tests/fuzz_stf.now");
	good = readable * 100 >= runs * READ_FLOOR && passed * 100 >= runs * PASSED_FLOOR;
	printf("%s 1 - %ld runs, %ld %% readable (floor %d %%), %ld %% passed (floor %d %%)\n",
	       good ? "ok" : "not ok", runs, readable * 100 / runs, READ_FLOOR, passed * 100 / runs,
	       PASSED_FLOOR);
	for (size_t i = 0; i < n_objects; i++)
		free(objects[i].bytes);
	fuzz_end();
	return !good;
}
#endif
