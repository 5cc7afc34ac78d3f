// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * pcapng_make.c - writes a capture of known packets, for test_pcapng to read
 * with Wireshark's own tools.  Argument: the file, or /dev/full to see it fail.
 */
#include <stdio.h>
#include <string.h>

#include "cli/pcapng.h"

int main(int argc, char **argv)
{
	/* Ethernet, IPv4, UDP 1234 -> 5678, no payload */
	static const uint8_t udp[42] = {
		2, 0,  0,  0,    0,    2,  2, 0, 0, 0,  0, 1, 8, 0, 0x45, 0,  0,  28, 0, 1, 0,
		0, 64, 17, 0x66, 0xce, 10, 0, 0, 1, 10, 0, 0, 2, 4, 210,  22, 46, 0,  8, 0, 0,
	};
	struct pcapng_packet p = {
		.ifname = "veth0",
		.queue = 0,
		.time = 1700000000123456789ULL,
		.len = sizeof(udp),
		.data = udp,
		.data_len = sizeof(udp),
		.comment = "transp4: forwarded, towards the switch (rx)",
	};
	FILE *file = argc == 2 ? fopen(argv[1], "wb") : NULL;
	struct pcapng *out = file ? pcapng_new(file, "transp4 test") : NULL;
	int err;

	if (!out)
		return 2;
	pcapng_write(out, &p);
	p.outbound = true;
	p.dropped = true;
	p.comment = "transp4: dropped, from the switch (tx)";
	p.time += 1;
	pcapng_write(out, &p);
	p.ifname = "veth1"; /* another interface, and a packet of which only 20 bytes are there */
	p.queue = 3;
	p.len = 1500;
	p.data_len = 20;
	p.comment = NULL;
	pcapng_write(out, &p);
	p.ifname = "veth0"; /* a known one, on another queue; an odd length */
	p.queue = 1;
	p.len = p.data_len = 41;
	pcapng_write(out, &p);
	p.data_len = 0;
	pcapng_write(out, &p);
	pcapng_flush(out);
	err = pcapng_error(out);
	pcapng_free(out);
	fclose(file);
	if (err)
		fprintf(stderr, "%s\n", strerror(err));
	return err ? 1 : 0;
}
