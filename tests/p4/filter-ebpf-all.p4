/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-ebpf-all.p4 - counters, tables of every kind and verdicts of an ebpf filter */
#include <core.p4>
#include <ebpf_model.p4>
#define IS(x) (headers.h.op == x)
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> d; }
header o_t { bit<4> hi; bit<4> lo; }
struct H { h_t h; o_t[2] o; }
parser prs(packet_in p, out H headers) {
    state start { p.extract(headers.h); transition select(headers.h.op, headers.h.a) { (0x80 &&& 0x80, _): more; (0x40, 7): reject; default: accept; } }
    state more { p.extract(headers.o.next); transition select(headers.o.last.lo) { 0: accept; default: more; } }
}
control pipe(inout H headers, out bool pass) {
    CounterArray(32w10, true) counters;
    CounterArray(10, false) sums;
    action Reject(bit<8> x) { pass = false; headers.h.a = x; }
    action Accept_() { pass = true; }
    table ex { key = { headers.h.a : exact; headers.h.b : exact; } actions = { Reject; Accept_; NoAction; } implementation = hash_table(64); const default_action = NoAction(); }
    table lp { key = { headers.h.d : lpm; } actions = { Reject; Accept_; } implementation = hash_table(64); default_action = Reject(0); }
    table te { key = { headers.h.d : ternary; headers.o[0].isValid() : exact; } actions = { Reject; Accept_; } implementation = hash_table(8); default_action = Accept_; const entries = { (0x1 &&& 0x1, false) : Reject(1); (_, true) : Accept_; } }
    table ar { key = { headers.h.d : exact; } actions = { Reject; Accept_; } implementation = array_table(8); default_action = Accept_; }
    apply {
        pass = true;
        counters.increment((bit<32>)headers.h.op);
        if IS(0) { ex.apply(); }
        if (headers.h.op == 1) { switch (lp.apply().action_run) { Reject: { sums.add(1, headers.h.d); } default: { sums.add(2, 5); } } }
        if (headers.h.op == 2 || headers.h.op[7:7] == 1) { if (!te.apply().hit) { counters.increment(9); } }
        if (headers.h.op == 3) { pass = false; return; }
        if (headers.h.op == 4) { bool h = ar.apply().hit; if (h) exit; pass = !pass; }
    }
}
ebpfFilter(prs(), pipe()) main;
