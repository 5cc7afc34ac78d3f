/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-names.p4 - names with '_' for '.', which not all are the table's own */
#include <ebpf_model.p4>
header h_t { bit<8> a; bit<8> b; }
struct H { h_t h; }
parser prs(packet_in p, out H h) { state start { p.extract(h.h); transition accept; } }
control sub(in bit<8> key, out bool r) {
    action is_good() { r = true; }
    action good() { r = false; }
    table by_key { key = { key : exact; } actions = { is_good; good; } implementation = hash_table(4); default_action = good(); }
    apply { by_key.apply(); }
}
control pipe(inout H h, out bool pass) {
    sub() one;
    sub() two;
    action set(bool p, bit<8> limit) { pass = p && h.h.b < limit; }
    table more { key = { h.h.a : exact; } actions = { set; NoAction; } implementation = hash_table(4); }
    apply { bool x; bool y; one.apply(h.h.a, x); two.apply(h.h.b, y); pass = x && y; more.apply(); }
}
ebpfFilter(prs(), pipe()) main;
