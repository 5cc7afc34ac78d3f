/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * transp4.p4 - the architecture of a covered port.
 *
 * A program sees every packet on its way to and from the switch.  It parses
 * headers, decides in its filter whether the packet goes on, and may rewrite
 * the headers, which the deparser puts in the place of those that were parsed.
 * A packet that the parser rejects is dropped.  What the filter does not drop
 * goes on.
 */
#ifndef _TRANSP4_P4_
#define _TRANSP4_P4_

#include <core.p4>
#include <transp4_invm.p4>

match_kind {
    range,
    optional
}

const bit<1> TO_SWITCH = 0;
const bit<1> FROM_SWITCH = 1;

struct tp4_metadata_t {
    bit<1>  direction;      // TO_SWITCH or FROM_SWITCH
    bit<32> packet_length;  // bytes, of the whole packet
    bit<64> timestamp;      // ns, a clock that only goes forward
}

// The verdict; the last call counts.
extern void drop();
extern void forward();

enum CounterType { packets, bytes, packets_and_bytes }

extern counter {
    counter(bit<32> size, CounterType type);
    void count(in bit<32> index);
}

extern direct_counter {
    direct_counter(CounterType type);
    void count();
}

// Written by the program and by the controller.
extern register<T> {
    register(bit<32> size);
    void read(out T result, in bit<32> index);
    void write(in bit<32> index, in T value);
}

enum MeterType { packets, bytes }

const bit<2> METER_GREEN = 0;
const bit<2> METER_YELLOW = 1;
const bit<2> METER_RED = 2;

// Two rates, three colours (RFC 2698); green until it is given its rates.
extern meter {
    meter(bit<32> size, MeterType type);
    void execute_meter<T>(in bit<32> index, out T result);
}

enum HashAlgorithm {
    crc32, crc32_custom, crc16, crc16_custom, random, identity, csum16, xor16
}

// result = base + hash(data) % max  (max 0: base)
extern void hash<O, T, D, M>(out O result, in HashAlgorithm algo, in T base, in D data, in M max);

// The Internet checksum of the data (RFC 1071); its bits are a multiple of 16.
extern bit<16> checksum16<T>(in T data);

// The same checksum after one field of it changed from old to new (RFC 1624).
extern bit<16> csum_replace2(in bit<16> csum, in bit<16> old, in bit<16> new);
extern bit<16> csum_replace4(in bit<16> csum, in bit<32> old, in bit<32> new);

extern void random<T>(out T result, in T lo, in T hi);

parser TP4Parser<H, M>(packet_in packet, out H hdr, inout M meta, inout tp4_metadata_t tp4);
control TP4Filter<H, M>(inout H hdr, inout M meta, inout tp4_metadata_t tp4);
control TP4Deparser<H>(packet_out packet, in H hdr);

package TransP4<H, M>(TP4Parser<H, M> parse, TP4Filter<H, M> filter, TP4Deparser<H> deparse);

#endif
