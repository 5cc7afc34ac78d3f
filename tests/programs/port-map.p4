/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port-map.p4 - how often a key came before, of which there may be more than the register has cells */
#include <ubpf_model.p4>

header key_t {
    bit<32> key;
    bit<8> seen;
}

struct headers_t {
    key_t key;
}

struct meta_t {
}

parser Parse(packet_in p, out headers_t hdr, inout meta_t m, inout standard_metadata s)
{
    state start {
        p.extract(hdr.key);
        transition accept;
    }
}

control Count(inout headers_t hdr, inout meta_t m, inout standard_metadata s)
{
    Register<bit<8>, bit<32>>(4) seen;
    apply {
        hdr.key.seen = seen.read(hdr.key.key);
        seen.write(hdr.key.key, hdr.key.seen + 1);
    }
}

control Deparse(packet_out p, in headers_t hdr)
{
    apply {
        p.emit(hdr.key);
    }
}

ubpf(Parse(), Count(), Deparse()) main;
