/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* ids2-bad.p4 - two objects of one kind with one id */
#include <core.p4>
#include <ebpf_model.p4>

struct headers_t {
}

parser Parse(packet_in p, out headers_t h)
{
    state start {
        transition accept;
    }
}

control Filter(inout headers_t h, out bool pass)
{
    @id(5) action one() {
    }
    @id(5) table t {
        actions = {
            one;
            NoAction;
        }
        default_action = NoAction();
    }
    @id(0x02000005) table u { //~ P304
        actions = {
            NoAction;
        }
        default_action = NoAction();
    }
    apply {
        pass = true;
        t.apply();
        u.apply();
    }
}

ebpfFilter(Parse(), Filter()) main;
