/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* own-externs.p4 - extern functions that own-externs.c defines */
#include <core.p4>
#include <ebpf_model.p4>

header e_t {
    bit<8> a;
    bit<16> b;
    int<8> c;
    bit<200> wide;
}

struct H {
    e_t e;
}

enum choice_t {
    no,
    yes
}

extern bool my_filter(in H h, bit<8> least);
extern void swap(inout bit<8> x, inout int<8> y, out bit<16> sum);
extern bit<200> wide_low(in bit<200> x);
extern choice_t choose(in e_t e);
extern void count();
extern T most<T>(in T x, in T y);
extern void bump<T, S>(inout T x, @optional in S by);
extern Window;
extern Window<T> {
    Window(bit<8> size);
    T add(in T x);
    bool seen<X>(in X x, out T last);
}

parser prs(packet_in p, out H h)
{
    state start {
        p.extract(h.e);
        transition accept;
    }
}

control use(inout bit<8> x)(Window<bit<8>> which) {
    apply {
        x = which.add(x);
    }
}

control pipe(inout H h, out bool pass)
{
    Window<bit<8>>(4) narrow;
    Window<int<32>>(8) wide;
    use(narrow) one;
    apply {
        bit<16> sum;

        count();
        pass = my_filter(h, 8w5);
        swap(h.e.a, h.e.c, sum);
        if (sum != h.e.b || h.e.a != 0xfe || h.e.c != 7) {
            pass = false;
        }
        if (wide_low(h.e.wide) != 0x99 || choose(h.e) != choice_t.yes) {
            pass = false;
        }
        bit<8> total = 3;
        int<32> last;
        bit<8> none;
        one.apply(total);
        one.apply(total);
        bump(total);
        bump<bit<8>, _>(total);
        bump(total, 8w254);
        if (total != 6 || wide.add(-5) != -10 || !wide.seen(h.e, last) || last != -5 ||
            narrow.seen(8w1, none) || most(8w7, 9) != 9 || most(-32s7, 2) != 2) {
            pass = false;
        }
        if (!my_filter(h, 0xfd)) {
            pass = false;
        }
    }
}

ebpfFilter(prs(), pipe()) main;
