/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-ebpf.p4 - a filter: accept or not, the packet stays as it is */
#include <ebpf_model.p4>

header e_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

struct H {
    e_t e;
}

parser prs(packet_in p, out H h)
{
    state start {
        p.extract(h.e);
        transition select(h.e.type) {
            0x0806: reject;
            default: accept;
        }
    }
}

control pipe(inout H h, out bool pass)
{
    CounterArray(10, true) seen;
    action refuse(bit<48> x) {
        pass = false;
        h.e.src = x;
    }
    table t {
        key = {
            h.e.src: exact;
        }
        actions = {
            refuse;
            NoAction;
        }
        implementation = hash_table(64);
    }
    apply {
        pass = true;
        seen.increment(3);
        t.apply();
    }
}

ebpfFilter(prs(), pipe()) main;
