/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* ints.p4 - numbers without a width, of any size, handed to functions and controls */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> b; bit<8> c; bit<8> d; bit<8> e; bit<8> f; bit<8> g; bit<8> h; bit<8> i; bit<8> j; }
struct H { h_t h; }
struct M { }

bit<200> third(int n) { return (bit<200>)((n << 100) / 3); }
bit<8> larger(int n) { if (n > (1 << 90)) { return 1; } return 2; }
bit<8> part(int n) { return n[71:64]; }
bit<8> square(int n) { return larger(n * n) + part(n * n); }
bit<8> with_default(int n = 1 << 95) { return larger(n); }
bit<8> two(int n, int m) { return larger(n - m) + larger(m - n); }
bit<8> plain(int n) { return (bit<8>)n; }
T typed<T>(T x, T y, int n) { return n > 0x1_0000_0000_0000_0000 ? x : y; }

control same(inout bit<8> x, int n) { apply { x = x + (bit<8>)(n >> 80); } }
control differs(inout bit<8> x, int n) { apply { x = x + (n > 3 ? (bit<8>)n : 0); } }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) { state start { b.extract(h.h); transition accept; } }
control V(inout H h, inout M m) { apply { } }
control I(inout H h, inout M m, inout standard_metadata_t s) {
    same() alike;
    differs() other;
    action data(bit<8> v) { h.h.j = plain((int)v); }
    table t { key = { h.h.a : exact; } actions = { data; } default_action = data(0x99); }
    apply {
        s.egress_spec = 1;
        h.h.a = (bit<8>)(third(3) >> 100) + (bit<8>)(third(9) >> 100);
        h.h.b = (larger(1 << 91) ++ 4w0)[7:0] | larger(1 << 89);
        h.h.c = part(0x123 << 64);
        h.h.d = square(0x1 << 33);
        h.h.e = square(0x1 << 46);
        h.h.f = with_default() + with_default(5);
        h.h.g = two(1 << 100, -(1 << 100));
        h.h.h = typed<bit<8>>(7, 0, 1 << 64) + typed<bit<8>>(8, 0, 1 << 65);
        alike.apply(h.h.i, 0x0200 << 76);
        alike.apply(h.h.i, 0x2000 << 72);
        other.apply(h.h.i, 3);
        other.apply(h.h.i, 4);
        t.apply();
    }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H h, inout M m) { apply { } }
control D(packet_out b, in H h) { apply { b.emit(h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
