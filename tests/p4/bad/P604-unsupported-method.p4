/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <ebpf_model.p4>
extern Step
{
    Step();
    abstract bit<8> next(in bit<8> x);
}
header h_t { bit<8> a; }
struct H { h_t h; }
parser P(packet_in p, out H h) { state start { p.extract(h.h); transition accept; } }
control F(inout H h, out bool pass)
{
    bit<8> by = 1;
    Step() s = {
        bit<8> next(in bit<8> x) { return x + by; }
    };
    apply { pass = s.next(h.h.a) == 1; }
}
ebpfFilter(P(), F()) main;
