/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-ubpf-all.p4 - all that a ubpf program can call; lookup3 by its author's test value */
#include <core.p4>
#include <ubpf_model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> d; }
header long_t { bit<240> s; }
struct H { long_t l; h_t h; h_t h2; }
struct M { bit<8> x; }
parser prs(packet_in p, out H headers, inout M meta, inout standard_metadata std) {
    state start { transition select(p.lookahead<bit<8>>()) { 0x46: lng; default: short_; } }
    state lng { p.extract(headers.l); transition accept; }
    state short_ { p.extract(headers.h); meta.x = 1; transition select(headers.h.op) { 0xee: reject; 0x20: two; default: accept; } }
    state two { p.extract(headers.h2); transition accept; }
}
control pipe(inout H headers, inout M meta, inout standard_metadata std) {
    Register<bit<32>, bit<32>>(4) reg;
    Register<bit<8>, bit<8>>(300) reg2;
    action mark(bit<8> v) { headers.h.a = v; }
    action drop_it() { mark_to_drop(); }
    table t { key = { headers.h.a : exact; } actions = { mark; drop_it; NoAction; } default_action = NoAction; }
    table l { key = { headers.h.d : lpm; headers.h.a : exact; } actions = { mark; drop_it; } const default_action = drop_it; }
    bit<8> op;
    table v { key = { op : exact; headers.h.a + 1 : exact @name("sum"); headers.h2.isValid() : exact; } actions = { mark; NoAction; } default_action = NoAction; }
    apply {
        op = headers.h.op;
        if (op == 11) { v.apply(); }
        if (headers.h.op == 0) { t.apply(); }
        if (headers.h.op == 1) { if (l.apply().hit) { headers.h.b = 1; } }
        if (headers.h.op == 2) { mark_to_drop(); mark_to_pass(); std.output_port = std.input_port + 1; }
        if (headers.h.op == 3) { bit<32> v = reg.read(1); reg.write(1, v + headers.h.d); headers.h.d = v; reg2.write(headers.h.a, headers.h.a); headers.h.b = 8w0 ++ reg2.read(9); }
        if (headers.h.op == 4) { headers.h.b = csum_replace2(headers.h.b, 1, 2); truncate(7); }
        if (headers.h.op == 9) { truncate(3); truncate(8); }
        if (headers.h.op == 10) { truncate(3); truncate(0); }
        if (headers.h.op == 5) { headers.h.setInvalid(); }
        if (headers.h.op == 6) { headers.h2.setValid(); headers.h2 = headers.h; headers.h2.op = 9; }
        if (headers.h.op == 7) { exit; }
        if (headers.h.op == 8) { bit<32> r1; bit<32> r2; hash(r1, HashAlgorithm.lookup3, { headers.h.a, headers.h.b }); hash(r2, HashAlgorithm.lookup3, { headers.h.a, headers.h.b }); headers.h.a = r1 == r2 ? 8w1 : 0; headers.h.d = ubpf_time_get_ns() == 1 ? 32w1 : 2; }
        if (headers.l.isValid()) { bit<32> r; hash(r, HashAlgorithm.lookup3, { headers.l.s }); headers.l.s[239:208] = r; }
        std.output_port = std.output_port;
    }
}
control dprs(packet_out p, in H headers) { apply { p.emit(headers.h); p.emit(headers.h2); p.emit(headers.l); } }
ubpf(prs(), pipe(), dprs()) main;
