/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
header h_t { bit<8> a; }
header_union u_t { h_t a; }
struct inner_t { h_t[3] stack; bit<8> number; }
struct H { h_t a; u_t b; inner_t c; bool flag; }
struct M { }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start { transition accept; }
}
control V(inout H h, inout M m) { apply { } }
control C(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control D(packet_out b, in H h) { apply { } }
V1Switch(P(), V(), C(), C(), V(), D()) main;
