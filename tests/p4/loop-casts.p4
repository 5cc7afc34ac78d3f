/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* loop-casts.p4 - loops whose variable has another type than the elements, which are cast (8.12) */
#include <core.p4>
#include <ebpf_model.p4>
enum bit<8> E2 {
    A = 1, B = 2
}
header h_t {
    bit<8> a;
    bit<8> b;
}
struct H {
    h_t h;
}
struct pair {
    bit<8> l;
    bit<8> r;
}
const list<int> all = { 1, 2, -1 };
parser p(packet_in k, out H h) {
    state start {
        k.extract(h.h);
        transition accept;
    }
}
control f(inout H h, out bool ok) {
    apply {
        bit<8> n = 0;
        bit<4> m = 0;
        bit<200> w = 0;
        E2[2] es = { E2.A, E2.B };
        for (bit<8> k in (list<int>) { 1, 2 }) {
            n = n + k;
        }
        for (bit<8> k in (list<E2>) { E2.A, E2.B }) {
            n = n + k;
        }
        for (bit<8> k in es) {
            n = n + k;
        }
        for (pair k in (list<tuple<bit<8>, bit<8>>>) { { 1, 2 } }) {
            n = n + k.l + k.r;
        }
        for (bit<8> k in (list<E2>) { h.h.b == 1 ? E2.A : E2.B, E2.A }) {
            n = n + k;
        }
        for (bit<8> k in (list<bit<8>>) { h.h.b, 1 }) {
            n = n + k;
        }
        for (bit<4> k in all) {
            m = m + k;
        }
        for (bit<4> k in all) {
            if (k == 15) {
                n = n + 100;
            }
        }
        for (bit<200> k in all) {
            w = w + k;
        }
        for (int<4> k in all) {
            if (k == -1) {
                n = n + 1;
            }
        }
        ok = n == h.h.a + 4 && m == 2 && w == 2;
    }
}
ebpfFilter(p(), f()) main;
