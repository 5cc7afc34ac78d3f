/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
struct H { } struct M { }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) { state start { transition accept; } }
control V(inout H h, inout M m) { apply { } }
control I(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control D(packet_out b, in H h) { apply { } }
V1Switch<_, _>(P(), V(), I(), I(), V(), D()) a;
V1Switch<H, _>(P(), V(), I(), I(), V(), D()) b;
V1Switch<H, M>(p = P(), vr = V(), ig = I(), eg = I(), ck = V(), dep = D()) main;
