// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * capture.c - packets with their verdicts, as lines or to a pcapng file.
 *
 * Listening switches the kernel's side on, and leaving switches it off.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/kernel.h"
#include "cli/output.h"
#include "cli/pcapng.h"

struct capture {
	const char *ifname; /* NULL: all */
	int64_t queue;      /* -1: all */
	uint32_t left;      /* 0: no end */
	uint64_t taken;
	unsigned int overruns;
	struct pcapng *pcapng; /* NULL: print lines */
	int err;
	bool done;
};

static bool stat_passes(uint8_t stat)
{
	return stat == TP4_STAT_FORWARDED || stat == TP4_STAT_PASSED;
}

static const char *stat_name(uint8_t stat)
{
	return stat < TP4_STAT_MAX ? kernel_stat_names[stat] : "unknown";
}

static void packet_print(struct capture *cap, const struct kernel_packet *p)
{
	char stamp[TIME_TEXT], hex[2 * 64 + 1] = "";

	time_text(p->time / 1000000000, p->time % 1000000000, stamp);
	for (uint32_t i = 0; i < p->data_len && i < 64; i++)
		snprintf(hex + 2 * i, 3, "%02x", p->data[i]);
	if (output_json) {
		json_object *o = json_object_new_object();

		put_string(o, "time", stamp);
		put_string(o, "interface", p->ifname);
		put_number(o, "queue", p->queue);
		put_string(o, "direction", kernel_dir_name(p->dir));
		put_string(o, "verdict", stat_name(p->stat));
		put_number(o, "length", p->len);
		put_string(o, "data", hex);
		cap->err = output_document(o);
		return;
	}
	printf("%s %s queue %u %s %s %u bytes: %s%s\n", stamp, p->ifname, p->queue,
	       kernel_dir_name(p->dir), stat_name(p->stat), p->len, hex, p->len > 64 ? "..." : "");
	cap->err = output_flush();
}

static void packet_write(struct capture *cap, const struct kernel_packet *p)
{
	struct pcapng_packet out = {
		.ifname = p->ifname,
		.queue = p->queue,
		.outbound = p->dir == TP4_TX,
		.dropped = !stat_passes(p->stat),
		.time = p->time,
		.len = p->len,
		.data = p->data,
		.data_len = p->data_len,
	};
	char comment[96];

	snprintf(comment, sizeof(comment), "transp4: %s, %s", stat_name(p->stat),
		 p->dir == TP4_TX ? "from the switch (tx)" : "towards the switch (rx)");
	out.comment = comment;
	pcapng_write(cap->pcapng, &out);
}

static void packet_take(void *arg, const struct kernel_packet *p)
{
	struct capture *cap = arg;

	if (cap->done || (cap->ifname && strcmp(cap->ifname, p->ifname)) ||
	    (cap->queue >= 0 && cap->queue != p->queue))
		return;
	if (cap->pcapng)
		packet_write(cap, p);
	else
		packet_print(cap, p);
	cap->taken++;
	if (cap->err || (cap->left && !--cap->left))
		cap->done = true;
}

static int capture_loop(struct capture *cap, struct kernel *k)
{
	struct pollfd pfd = { .fd = kernel_fd(k), .events = POLLIN };
	int err;

	while (!cap->done && !stopped) {
		err = poll(&pfd, 1, 200);
		if (err <= 0) {
			if (cap->pcapng)
				pcapng_flush(cap->pcapng); /* idle: let readers see it all */
		} else {
			err = kernel_next(k, NULL, packet_take, cap);
			if (err == -ENOBUFS)
				cap->overruns++;
			else if (err && err != -EINTR && err != -EAGAIN)
				return kernel_complain(k, "cannot read packets", "start it again");
		}
		if (cap->pcapng && pcapng_error(cap->pcapng))
			break;
	}
	if (cap->pcapng)
		pcapng_flush(cap->pcapng);
	if (!cap->pcapng || !pcapng_error(cap->pcapng))
		return cap->err;
	/* Who reads from us went away, and knows. */
	if (pcapng_error(cap->pcapng) != EPIPE)
		complain("cannot write the capture: %s; free space or choose another file",
			 strerror(pcapng_error(cap->pcapng)));
	return EXIT_FAILED;
}

/* It may come later, or be the wrong name. */
static void notice_uncovered(struct kernel *k, const char *ifname)
{
	struct kernel_port *list;
	bool found = false;
	size_t n;

	if (kernel_port_list(k, &list, &n))
		return;
	for (size_t i = 0; i < n; i++)
		found |= !strcmp(list[i].ifname, ifname);
	if (!found)
		notice("no P4 VM covers %s yet; 'transp4 port list' shows the ports", ifname);
	kernel_port_list_free(list, n);
}

static int capture_run(const struct call *c)
{
	const char *path = call_option(c, "-w");
	struct capture cap = { .ifname = call_word(c, 0), .queue = -1 };
	uint32_t queue = 0;
	FILE *file = NULL;
	struct kernel *k;
	int err;

	err = call_number(c, "--count", UINT32_MAX, &cap.left);
	if (!err)
		err = call_number(c, "--queue", UINT16_MAX, &queue);
	if (err)
		return err;
	if (call_option(c, "--queue"))
		cap.queue = queue;
	if (path && !strcmp(path, "-") && isatty(STDOUT_FILENO))
		return complain_usage(c, "a capture is not for the terminal: name a file, or pipe "
					 "it on");
	stop_catch();
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	/* Before the file, which stays as it is when we may not. */
	err = kernel_listen(k, TP4_GROUP_CAPTURE);
	if (err) {
		err = kernel_complain(k, "cannot listen to packets", "run it as root");
		goto out;
	}
	if (path) {
		/* Ours alone: it holds what people sent. */
		int fd = strcmp(path, "-")
				 ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)
				 : dup(STDOUT_FILENO);

		file = fd < 0 ? NULL : fdopen(fd, "wb");
		if (!file) {
			err = complain("cannot write '%s': %s; choose another file", path,
				       strerror(errno));
			goto out;
		}
		cap.pcapng = pcapng_new(file, "transp4 " TP4_VERSION);
		if (!cap.pcapng) {
			err = complain("out of memory; try again later");
			goto out;
		}
		pcapng_flush(cap.pcapng);
	}
	if (cap.ifname)
		notice_uncovered(k, cap.ifname);
	/* A script that waits for this line misses no packet. */
	fprintf(stderr, "listening\n");
	err = capture_loop(&cap, k);
	if (cap.overruns)
		notice("packets were left out %u times, they came faster than they were written; "
		       "capture fewer interfaces or to a faster disk",
		       cap.overruns);
	fprintf(stderr, "%llu packets\n", (unsigned long long)cap.taken);
out:
	pcapng_free(cap.pcapng);
	if (file)
		fclose(file);
	kernel_close(k);
	return err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

const struct command capture_command = {
	.name = "capture",
	.brief = "show packets with what became of them, or write them to a pcapng file",
	.run = capture_run,
	.words = (const struct word[]){ { "IFACE", WORD_INTERFACE, .optional = true }, { NULL } },
	.options = (const struct option[]){
		{ "-w", "FILE.pcapng", WORD_FILE, .help = "write to this file; - is standard output" },
		{ "--count", "N", WORD_NUMBER, .help = "end after so many packets; 0: never" },
		{ "--queue", "N", WORD_NUMBER, .help = "only packets of this queue" },
		{ NULL } },
	.more = "In Wireshark each packet has its verdict as comment and as epb_verdict, and its\n"
		"direction: inbound is towards the switch.  'transp4 capture -w - | wireshark -k -i -'\n"
		"shows them live.\n",
};
