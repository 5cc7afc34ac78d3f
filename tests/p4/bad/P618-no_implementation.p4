/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <ebpf_model.p4>
header h_t { bit<8> a; }
struct H { h_t h; }
parser P(packet_in p, out H h) { state start { p.extract(h.h); transition accept; } }
control F(inout H h, out bool pass)
{
    action no() { pass = false; }
    table keyless { actions = { no; } default_action = no; }
    table bare { key = { h.h.a : exact; } actions = { no; NoAction; } }
    apply {
        pass = true;
        keyless.apply();
        bare.apply();
    }
}
ebpfFilter(P(), F()) main;
