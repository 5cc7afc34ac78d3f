/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* functions.p4 - functions, generic ones, named and default arguments, tuples */
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

struct Pair<T> {
    T l;
    T r;
}
Pair<T> turn<T>(in Pair<T> p)
{
    return { l = p.r, r = p.l };
}
void swap<T>(inout T a, inout T b)
{
    T t = a;
    a = b;
    b = t;
}
bit<16> both(in bit<8> hi, in bit<8> lo = 2)
{
    return hi ++ lo;
}
T pick<T>(in bool first, in T x, in T y)
{
    if (first) {
        return x;
    }
    return y;
}

/* What is told apart in P4 is told apart in C: on one line, and whatever the types are called. */
#define PLUS(x, n) bit<8> plus(in bit<8> x) { return x + n; }
#define BOTH PLUS(one, 1) PLUS(two, 2)
BOTH
struct byte {
    bit<8> v;
}
struct Of<T> {
    T v;
}
struct Of_byte_ {
    bit<8> v;
}
T same<T>(in T x)
{
    return x;
}
bool equal<T>(in T x, in T y)
{
    return x == y;
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
    apply {
        s.egress_spec = 1;
        Pair<bit<8>> p = { l = h.x.a, r = h.x.b };
        p = turn(p);
        swap(h.x.a, h.x.b);
        h.x.c = both(lo = p.r, hi = p.l) + both(1);
        tuple<bit<8>, bit<16>> t = { 3, 4 };
        t[0] = t[0] + 1;
        h.x.c = h.x.c + t[1] + (bit<16>)t[0] + (bit<16>)pick(t[0] == 4, 8w10, 20) + pick(false, 1, 16w0);
        Of<byte> of = { { plus(one = h.x.a) } };
        Of_byte_ plain = { plus(two = h.x.b) };
        h.x.a = same(of).v.v;
        h.x.b = same(plain).v;
        h.x.c = h.x.c + pick(equal(t, { 4, 4 }), 16w0, 1) + pick(equal(p, turn(p)), 16w1, 0);
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
