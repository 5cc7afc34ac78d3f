/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What v1model has, declared in another way */
#include <core.p4>
struct standard_metadata_t {
    bit<9> egress_spec;
}
enum HashAlgorithm {
    crc16
}
extern counter {
    counter(bit<32> size);
    void count();
}
extern void hash<T>(in HashAlgorithm a, in T data);
extern void random<T>(in T result, in T lo, in T hi);
extern void truncate();
extern bool resubmit(in bit<8> x);
parser Parser<H, M>(packet_in b, out H h, inout M m, inout standard_metadata_t s);
control Verify<H, M>(inout H h, inout M m);
control Pipe<H, M>(inout H h, inout M m, inout standard_metadata_t s);
control Deparser<H>(packet_out b, in H h);
package V1Switch<H, M>(Parser<H, M> p, Verify<H, M> v, Pipe<H, M> i, Pipe<H, M> e, Verify<H, M> c, Deparser<H> d);
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
control V(inout H h, inout M m)
{
    apply {
    }
}
control I(inout H h, inout M m, inout standard_metadata_t s)
{
    counter(4) packets;

    apply {
        packets.count();
        hash(HashAlgorithm.crc16, h.e.x);
        random(8w1, 8w2, 8w3);
        truncate();
        if (resubmit(h.e.x)) {
            truncate();
        }
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
V1Switch(P(), V(), I(), E(), V(), D()) main;
