/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
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
    @id(0x01000005) table t {
        actions = {
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
