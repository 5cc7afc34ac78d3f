/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* abstract-methods.p4 - methods that objects give to their externs, called by the program (11.3.1) */
#include <core.p4>
#include <ebpf_model.p4>

extern Step<T> {
    Step(T by);
    abstract T next(in T x);
    abstract void split(inout T x, out T y);
}

extern Sum {
    Sum();
    abstract bit<8> of(in bit<8> x, in bit<8> y = 4);
}

header h_t { bit<8> a; bit<8> b; }
struct H { h_t h; }

Step<bit<8>>(3) flip = {
    bit<8> next(in bit<8> x) { return x ^ 0xf0; }
    void split(inout bit<8> x, out bit<8> y) { y = x; x = x + 100; }
};

Sum() sum = {
    bit<8> of(in bit<8> x, in bit<8> y) { return x + y; }
};

bit<8> twice(Step<bit<8>> s, in bit<8> x) { return s.next(s.next(x)); }

parser P(packet_in p, out H h) { state start { p.extract(h.h); transition accept; } }

control Sub(inout bit<8> x)(bit<8> k, Step<bit<8>> other)
{
    Step(8w3) outer = {
        Step<bit<8>>(k) inner = {
            bit<8> next(in bit<8> x) { return x + k; }
            void split(inout bit<8> x, out bit<8> y) { y = 1; }
        };
        bit<8> next(in bit<8> x) { if (x == 0) { return 9; } return inner.next(x) + 1; }
        void split(inout bit<8> x, out bit<8> y) { y = this.next(x); x = 2; }
    };
    apply {
        bit<8> y;
        outer.split(x, y);
        x = y + other.next(0);
    }
}

control Any<T>(inout T x)(T by)
{
    Step<T>(by) same = {
        T next(in T v) { T w = v; return w; }
        void split(inout T v, out T w) { w = v; }
    };
    apply { x = same.next(x); }
}

control F(inout H h, out bool pass)
{
    Sub(5, flip) five;
    Sub(k = 7, other = flip) seven;
    Any<bit<8>>(1) narrow;
    Any<bit<16>>(1) wide;
    Step<bit<8>>(0) inc = {
        bit<8> next(in bit<8> x) { return x + 1; }
        void split(inout bit<8> x, out bit<8> y) { y = 0; }
    };
    apply {
        bit<8> y;
        bit<8> z = h.h.a;
        bit<16> w = 0x1234;
        five.apply(z);                  // 1: 1 + 5 + 1 + 0xf0 = 0xf7
        seven.apply(z);                 // 0xf7 + 7 + 1 + 0xf0 = 0xef
        flip.split(z, y);               // 0x53, 0xef
        narrow.apply(z);
        wide.apply(w);
        pass = z == h.h.b && y + 100 == z && w == 0x1234 && twice(inc, 1) == 3 && twice(flip, 1) == 1 &&
               sum.of(1) == 5 && sum.of(y = 1, x = 1) == 2;
    }
}

ebpfFilter(P(), F()) main;
