/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* tables.p4 - every match kind, from the program's entries and from the test's */
#include <core.p4>
#include <v1model.p4>
enum bit<8> E8 { A = 1, B = 2, C = 0xf0 }
enum Plain { X, Y, Z }
type bit<16> New_t;
typedef bit<9> Nine;
header h_t { bit<8> op; E8 e; bit<8> a; bit<8> b; bit<16> w; bit<32> d; }
header v_t { bit<8> x; }
struct H { h_t h; v_t v; v_t[2] st; }
struct M { bool flag; Plain p; New_t n; error er; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); transition select(hdr.h.op[7:7], hdr.h.e) { (1, _): vv; (_, E8.C): vv; default: accept; } }
    state vv { b.extract(hdr.v); transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    action out_(bit<9> port) { sm.egress_spec = port; }
    action val(bit<8> a, bit<16> w) { sm.egress_spec = 2; hdr.h.a = a; hdr.h.w = w; }
    action drop_() { mark_to_drop(sm); }
    direct_counter(CounterType.packets_and_bytes) dc;
    counter(4, CounterType.packets) cnt;
    table exact_t { key = { hdr.h.a : exact; hdr.h.e : exact @name("ee"); } actions = { out_; val; drop_; NoAction; } default_action = out_(9); counters = dc; size = 4; }
    table valid_t { key = { hdr.v.isValid() : exact; hdr.v.x : ternary; hdr.st[0].isValid() : exact; } actions = { val; @defaultonly NoAction; } const default_action = NoAction(); }
    table lpm_t { key = { hdr.h.d : lpm; hdr.h.b : exact; } actions = { val; out_; } default_action = val(0xdd, 0xdddd); }
    table tern_t { key = { hdr.h.d : ternary; hdr.h.w : ternary; } actions = { val; out_; drop_; } const default_action = drop_; }
    table range_t { key = { hdr.h.w : range; hdr.h.a: optional; } actions = { val; drop_; } default_action = drop_(); }
    table ce { key = { hdr.h.a : exact; hdr.h.d[15:8] : ternary; hdr.h.w : lpm; }
        actions = { val; out_; drop_; }
        const entries = {
            (1, 0x10 &&& 0xf0, 0xab00 &&& 0xff00) : val(0x11, 1);
            (1, _, 0xabcd) : val(0x12, 2);
            (2, 0x10, _) : val(0x13, 3);
            (2, 0x00 &&& 0x0f, _) : val(0x14, 4);
            (2, _, _) : out_(5);
        }
        default_action = drop_;
    }
    table en { key = { hdr.h.a : ternary; } actions = { val; out_; drop_; } largest_priority_wins = false; priority_delta = 10;
        entries = { const priority = 20 : 0x1 &&& 0x1 : val(1, 1); priority = 10 : 0x3 &&& 0x3 : val(3, 3); 0x8 &&& 0x8 : val(8, 8); priority=5: 0x18 &&& 0x18 : out_(7); }
        default_action = out_(3); }
    table en2 { key = { hdr.h.a : ternary; } actions = { val; out_; drop_; }
        entries = { 0x1 &&& 0x1 : val(1, 1); 0x3 &&& 0x3 : val(3, 3); _ : out_(1); }
        default_action = out_(3); }
    table enum_t { key = { meta.p : exact; meta.flag : exact; meta.n : exact; } actions = { val; out_; }
        const entries = { (Plain.Y, true, (New_t)7) : val(0x77, 7); (Plain.Z, false, (New_t)8) : val(0x88, 8); } default_action = out_(4); }
    table nokey { actions = { val; } default_action = val(5, 0x505); }
    table noact { key = { hdr.h.a : exact; } actions = { } }
    apply {
        cnt.count((bit<32>)hdr.h.op & 3);
        switch (hdr.h.op & 0x7f) {
            0: { if (exact_t.apply().hit) { hdr.h.b = 0xf1; } else { hdr.h.b = 0xf0; } }
            1: { sm.egress_spec = 1; if (!valid_t.apply().miss) hdr.h.b = 0xf1; }
            2: { sm.egress_spec = 1; lpm_t.apply(); }
            3: { tern_t.apply(); }
            4: { range_t.apply(); }
            5: { switch (ce.apply().action_run) { val: { hdr.h.b = 0x1a; } out_: drop_: { hdr.h.b = 0x2a; } } }
            6: { switch (en.apply().action_run) { val: { hdr.h.b = 0x1a; } default: { hdr.h.b = 0x2a; } } }
            7: { en2.apply(); }
            8: { meta.p = Plain.Y; meta.flag = true; meta.n = (New_t)hdr.h.w; enum_t.apply(); }
            9: { meta.p = Plain.Z; meta.n = (New_t)hdr.h.w; enum_t.apply(); }
            10: { nokey.apply(); noact.apply(); }
            11: { if (exact_t.apply().hit || valid_t.apply().hit) sm.egress_spec = 6; }
            12: { if (exact_t.apply().hit && valid_t.apply().hit) sm.egress_spec = 6; }
            13: { bool x = valid_t.apply().hit ? lpm_t.apply().hit : tern_t.apply().hit; if (x) hdr.h.b = 0x33; sm.egress_spec = 2; }
        }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
