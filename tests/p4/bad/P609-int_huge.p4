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
bit<8> f(int n)
{
    return n > 5 ? 8w1 : 8w2;
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
control Inner(inout bit<8> x)(bit<64> k)
{
    apply {
        x = f(k);
    }
}
control I(inout H h, inout M m, inout standard_metadata_t s)
{
    Inner(0xffffffffffffffff) inner;
    apply {
        inner.apply(h.e.x);
        h.e.x = h.e.x + f(-0x8000000000000001);
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
