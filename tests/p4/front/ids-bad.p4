/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* ids-bad.p4 - ids that are given twice, and numbers too large for p4info */
#include <core.p4>
#include <ebpf_model.p4>

struct headers_t {
    @id(1) bit<8> a;
    @id(1) bit<8> b; //~ P304
    @id(0) bit<8> c; //~ P402
}

parser Parse(packet_in p, out headers_t h)
{
    state start {
        transition accept;
    }
}

control Filter(inout headers_t h, out bool pass)
{
    action set(@id(4) bit<8> x, @id(4) bit<8> y) { //~ P304
    }
    @limit[1 << 70] //~ P551
    table t {
        key = {
            h.a: exact @id(7);
            h.b: exact @id(7); //~ P304
        }
        actions = {
            @tableonly @defaultonly set; //~ P542
            NoAction;
        }
        default_action = NoAction();
    }
    apply {
        pass = true;
        t.apply();
    }
}

ebpfFilter(Parse(), Filter()) main;
