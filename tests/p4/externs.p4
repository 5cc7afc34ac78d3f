/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* externs.p4 - registers, counters, hashes, random numbers, a meter, direct counters */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}

struct H {
    ab_t x;
}

struct M {
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
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
    register<bit<8>>(16) r;
    counter(8, CounterType.packets_and_bytes) k;
    meter(4, MeterType.packets) mt;
    direct_counter(CounterType.packets) dc;
    action hit() {
        dc.count();
    }
    table t {
        key = { h.x.a: exact; }
        actions = { hit; NoAction; }
        counters = dc;
    }
    apply {
        s.egress_spec = 1;
        bit<8> v;
        r.read(v, 2);
        v = v + h.x.a;
        r.write(2, v);
        r.write(100, 5);
        h.x.b = v;
        k.count((bit<32>)h.x.a);
        hash(h.x.c, HashAlgorithm.crc16, 16w0, { h.x.a, h.x.b }, 32w65536);
        bit<8> n;
        random(n, 8w3, 8w5);
        if (n < 3 || n > 5) {
            h.x.c = 0;
        }
        bit<2> colour;
        mt.execute_meter(0, colour);
        if (colour != 0) {
            s.egress_spec = 2;
        }
        t.apply();
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
    }
}

control C(inout H h, inout M m)
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

V1Switch(P(), V(), I(), E(), C(), D()) main;
