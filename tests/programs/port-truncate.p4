/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port-truncate.p4 - cuts every packet to as many bytes as its first byte says, and drops what has none. */
#include <v1model.p4>

header first_t {
    bit<8> length;
}

struct headers_t {
    first_t first;
}

struct meta_t {
}

parser Parse(packet_in p, out headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    state start {
        p.extract(hdr.first);
        transition accept;
    }
}

control Check(inout headers_t hdr, inout meta_t m)
{
    apply {
    }
}

control In(inout headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    apply {
        if (s.parser_error == error.PacketTooShort)
            mark_to_drop(s);
        truncate((bit<32>)hdr.first.length);
        log_msg("cut to {}", { hdr.first.length });
    }
}

control Out(inout headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    apply {
    }
}

control Deparse(packet_out p, in headers_t hdr)
{
    apply {
        p.emit(hdr);
    }
}

V1Switch(Parse(), Check(), In(), Out(), Check(), Deparse()) main;
