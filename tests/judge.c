// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * judge - a P4 VM reduced to its verdicts, for the module's scenarios.
 *
 *	judge NAME MODE
 *
 * Opens the channel of P4 VM NAME and decides every packet:
 *	forward   all go on
 *	drop      none does
 *	third     every third UDP datagram over IPv4 to port 9000 is dropped
 *	any3      every third packet of a direction, of any kind, is dropped
 *	ttl       all go on, IPv4 ones with TTL decremented and checksum updated
 *	pad       all go on, with 4 bytes inserted behind the Ethernet addresses
 *	slow      all go on, each 100 us after the one before
 *	hold      all go on, but those that do not fill a batch of 32 wait for more
 *	silent    says hello, never decides
 *	ahead     claims to have decided more than there is
 *	again     the same, having said hello to the epoch that it foresees
 *	zero      publishes verdicts that are neither forward nor drop
 *	patch     all go on, with new headers that no packet can have
 *	random    writes random bytes over everything that it can write
 * Ends on SIGTERM; prints what it decided.  On SIGUSR1 it prints how many of the
 * first 256 pages of the UMEM in slot 1 hold anything, as it sees them.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ring/lane.h"

static volatile sig_atomic_t over, look;
static unsigned long long decided, dropped;

static void on_signal(int sig)
{
	if (sig == SIGUSR1)
		look = 1;
	else
		over = 1;
}

static void *map(const char *name, const char *suffix, int prot, size_t size, int *fd)
{
	char path[256];
	void *mem;

	snprintf(path, sizeof(path), "/dev/transp4/%s.%s", name, suffix);
	*fd = open(path, prot & PROT_WRITE ? O_RDWR : O_RDONLY);
	mem = *fd < 0 ? MAP_FAILED : mmap(NULL, size, prot, MAP_SHARED, *fd, 0);
	if (mem == MAP_FAILED) {
		fprintf(stderr, "judge: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return mem;
}

/* The bytes of descriptor @d, or NULL when it is not inside the window. */
static const __u8 *packet(const struct tp4_view *view, __u32 slot, const struct xdp_desc *d)
{
	const struct tp4_view_port *port = &view->port[slot];
	__u64 at = d->addr;

	if (port->flags & TP4_PORT_UNALIGNED)
		at = (at & ((1ULL << 48) - 1)) + (at >> 48);
	if (at > port->umem_size || d->len > port->umem_size - at)
		return NULL;
	return (const __u8 *)view + slot * TP4_VIEW_SLOT + TP4_VIEW_UMEM + at;
}

static unsigned int pages_seen(const struct tp4_view *view)
{
	const __u64 *at = (const __u64 *)((const __u8 *)view + TP4_VIEW_SLOT + TP4_VIEW_UMEM);
	unsigned int seen = 0, page, i;

	for (page = 0; page < 256; page++, at += 512) {
		for (i = 0; i < 512 && !at[i];)
			i++;
		seen += i < 512;
	}
	return seen;
}

/* Longer than a slot for it; in place of more than there is; both. */
static __u64 rewrite_unlawful(unsigned long n, __u32 len)
{
	switch (n % 3) {
	case 0: return TP4_VERDICT(TP4_FORWARD, 14, TP4_PATCH_SIZE + 1);
	case 1: return TP4_VERDICT(TP4_FORWARD, len + 1, 60);
	default: return TP4_VERDICT(TP4_FORWARD, 65535, 65535);
	}
}

static bool is_stream(const __u8 *p, __u32 len)
{
	return p && len >= 42 && p[12] == 8 && !p[13] && p[14] == 0x45 && p[23] == 17 &&
	       (p[36] << 8 | p[37]) == 9000;
}

static __u64 rewrite_ttl(const __u8 *p, __u32 len, __u8 *patch)
{
	__u32 sum;

	if (!p || len < 34 || p[12] != 8 || p[13] || p[14] != 0x45)
		return TP4_VERDICT(TP4_FORWARD, 0, 0);
	memcpy(patch, p, 34);
	patch[22]--;
	/* RFC 1624, equation 3: the word of TTL and protocol fell by 0x100. */
	sum = (patch[24] << 8 | patch[25]) + 0x100;
	sum = (sum & 0xffff) + (sum >> 16);
	patch[24] = sum >> 8;
	patch[25] = sum;
	return TP4_VERDICT(TP4_FORWARD, 34, 34);
}

static __u64 rewrite_pad(const __u8 *p, __u32 len, __u8 *patch)
{
	if (!p || len < 12)
		return TP4_VERDICT(TP4_FORWARD, 0, 0);
	memcpy(patch, p, 12);
	memcpy(patch + 12, "\x88\xb5\0\0", 4); /* the local experimental EtherType */
	return TP4_VERDICT(TP4_FORWARD, 12, 16);
}

static __u32 run(const struct tp4_view *view, struct tp4_vm *vm, __u32 slot, struct tp4_lane *lane,
		 const char *mode, unsigned long *count)
{
	__u32 n = tp4_lane_avail(lane), i;

	if (!strcmp(mode, "hold"))
		n -= n % 32;
	if (!strcmp(mode, "slow")) {
		n = n < 64 ? n : 64; /* the runtime's batch */
		usleep(n * 100);
	}
	if (n && !strcmp(mode, "again"))
		tp4_write_once(vm->port[slot].hello, tp4_read_once(view->changes) + 1);
	for (i = 0; i < n; i++) {
		struct xdp_desc d = tp4_lane_desc(lane, i);
		__u64 v = TP4_VERDICT(TP4_FORWARD, 0, 0);

		if (!strcmp(mode, "drop") || (!strcmp(mode, "any3") && *count % 3 == 2) ||
		    (!strcmp(mode, "third") && is_stream(packet(view, slot, &d), d.len) &&
		     ++*count % 3 == 0))
			v = TP4_VERDICT(TP4_DROP, 0, 0);
		else if (!strcmp(mode, "ttl"))
			v = rewrite_ttl(packet(view, slot, &d), d.len, tp4_lane_patch(lane, i));
		else if (!strcmp(mode, "pad"))
			v = rewrite_pad(packet(view, slot, &d), d.len, tp4_lane_patch(lane, i));
		else if (!strcmp(mode, "patch"))
			v = rewrite_unlawful(decided + i, d.len);
		else if (!strcmp(mode, "zero"))
			v = 0;
		tp4_lane_judge(lane, i, v);
		dropped += TP4_VERDICT_ACTION(v) == TP4_DROP;
		/* The first descriptor of a packet speaks for all. */
		*count += !strcmp(mode, "any3") && !(d.options & XDP_PKT_CONTD);
	}
	decided += n;
	if (n && strcmp(mode, "silent"))
		tp4_lane_publish(lane,
				 n + (strcmp(mode, "ahead") && strcmp(mode, "again") ? 0 : 100000));
	return n;
}

int main(int argc, char **argv)
{
	struct tp4_lane lane[TP4_SLOTS][TP4_DIRS] = { 0 };
	unsigned long count[TP4_SLOTS][TP4_DIRS] = { 0 };
	__u32 epoch[TP4_SLOTS] = { 0 };
	int view_fd, bell;
	struct sigaction sa = { .sa_handler = on_signal };
	const char *mode = argc > 2 ? argv[2] : "";
	const struct tp4_view *view;
	struct tp4_vm *vm;

	if (argc != 3) {
		fprintf(stderr, "usage: judge NAME MODE\n");
		return 2;
	}
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	view = map(argv[1], "view", PROT_READ, TP4_VIEW_SIZE, &view_fd);
	vm = map(argv[1], "verdict", PROT_READ | PROT_WRITE, TP4_VERDICT_SIZE, &bell);
	if (view->magic != TP4_CHANNEL_MAGIC || view->version != TP4_CHANNEL_VERSION) {
		fprintf(stderr, "judge: not a channel of this version\n");
		return 1;
	}

	while (!over) {
		__u32 slot, work = 0;
		char c = 0;

		if (look) {
			look = 0;
			printf("sees %u pages\n", pages_seen(view));
			fflush(stdout);
		}
		tp4_write_once(vm->sleeping, 1);
		tp4_full_barrier();
		for (slot = 1; slot < TP4_SLOTS; slot++) {
			__u32 e = tp4_read_once(view->port[slot].epoch);
			int dir;

			if (!e)
				continue;
			if (tp4_load_acquire(&view->port[slot].live) != e) {
				if (tp4_read_once(vm->port[slot].hello) != e) {
					tp4_store_release(&vm->port[slot].hello, e);
					work++;
				}
				continue;
			}
			if (epoch[slot] != e) {
				for (dir = 0; dir < TP4_DIRS; dir++)
					if (!tp4_lane_open(&lane[slot][dir], view, vm, slot, dir))
						lane[slot][dir].ring.mem = NULL;
				epoch[slot] = e;
			}
			for (dir = 0; dir < TP4_DIRS; dir++)
				work += run(view, vm, slot, &lane[slot][dir], mode,
					    &count[slot][dir]);
		}
		if (!strcmp(mode, "random")) {
			for (slot = 0; slot < 4; slot++) {
				__u8 *at = (__u8 *)vm + slot * TP4_VERDICT_SLOT;
				size_t i;

				for (i = 0; i < 256 << 10; i += 4)
					*(__u32 *)(at + i) = random() ^ random() << 16;
			}
			(void)!write(bell, &c, 1);
			continue;
		}
		if (work && strcmp(mode, "silent")) {
			tp4_write_once(vm->sleeping, 0);
			(void)!write(bell, &c, 1);
		} else {
			(void)!read(bell, &c, 1);
		}
	}
	printf("decided %llu dropped %llu\n", decided, dropped);
	return 0;
}
