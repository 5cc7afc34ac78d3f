/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
header e_t {
    bit<8> x;
}
struct H {
    e_t e;
}
struct M {
}
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.e);
        transition accept;
    }
}
control C(inout H h, inout M m)
{
    apply {
    }
}
control I(inout H h, inout M m, inout standard_metadata_t s)
{
    meter(4, MeterType.packets) limit;

    apply {
        limit.execute_meter(0, h.e);
        random(h.e, h.e, h.e);
        hash(h, HashAlgorithm.crc16, h.e, { h.e.x }, 16w9);
    }
}
control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
    }
}
control D(packet_out b, in H h)
{
    apply {
        b.emit(h);
    }
}
V1Switch(P(), C(), I(), E(), C(), D()) main;
