/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <ebpf_model.p4>
header h_t { bit<8> a; }
struct H { h_t h; }
parser P(packet_in b, out H h) { state start { b.extract(h.h); transition accept; } }
control F(inout H h, out bool pass)
{
    CounterArray(0, true) none;
    table t { key = { h.h.a : exact; } actions = { NoAction; } implementation = hash_table(0); }
    apply { none.increment(0); t.apply(); pass = true; }
}
ebpfFilter(P(), F()) main;
