/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* plain-headers.p4 - a number where other programs have their headers, a header for the metadata */
#include <ubpf_model.p4>
header X { bit<8> a; bit<8> b; }
parser P(packet_in p, out bit<8> h, inout X m, inout standard_metadata s) {
    state start { p.extract(m); h = m.a; transition accept; }
}
control C(inout bit<8> h, inout X m, inout standard_metadata s) { apply { h = m.b; s.output_port = 3; } }
control D(packet_out p, in bit<8> h) { X x; apply { x = { h, h }; p.emit(x); } }
ubpf(P(), C(), D()) main;
