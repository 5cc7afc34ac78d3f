/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-ubpf.p4 - a filter that rewrites */
#include <ubpf_model.p4>

header e_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

struct H {
    e_t e;
}

struct M {
}

parser prs(packet_in p, out H h, inout M m, inout standard_metadata std)
{
    state start {
        p.extract(h.e);
        transition select(h.e.type) {
            0x0806: reject;
            default: accept;
        }
    }
}

control pipe(inout H h, inout M m, inout standard_metadata std)
{
    Register<bit<32>, bit<32>>(4) r;
    action refuse() {
        mark_to_drop();
    }
    action change(bit<16> type) {
        h.e.type = type;
        std.output_port = 3;
    }
    table t {
        key = {
            h.e.src: exact;
        }
        actions = {
            refuse;
            change;
            NoAction;
        }
    }
    apply {
        r.write(1, r.read(1) + 1);
        if (r.read(1) == 3) {
            mark_to_drop();
        }
        t.apply();
    }
}

control dprs(packet_out p, in H h)
{
    apply {
        p.emit(h.e);
    }
}

ubpf(prs(), pipe(), dprs()) main;
