/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* mixture.p4 - functions, hashes, registers, loops, wide numbers, names */
#include <core.p4>
#include <v1model.p4>
@controller_header("x") header h_t { bit<8> op; bit<8> a; bit<8> b; bit<8> c; bit<16> d; bit<32> e; int<16> s; }
header w_t { bit<200> w; int<72> z; bit<4> n4; bit<4> m4; }
struct H { h_t h; w_t w; h_t[3] st; }
struct M { bit<16> r; bit<32> c; bit<48> acc; }
const bit<8> K = 8w3 + 4;
const tuple<bit<8>, bit<8>> TT = { 1, 2 };
T ident<T>(in T x) { return x; }
bit<8> max(in bit<8> x, in bit<8> y) { if (x > y) return x; return y; }
bit<8> inc(inout bit<8> x) { x = x + 1; return x; }
void swp(inout h_t p, inout h_t q) { h_t t = p; p = q; q = t; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); transition select(hdr.h.op) { 0xf0 &&& 0xf0: w; 0xe0 &&& 0xf0: st; default: accept; } }
    state w { b.extract(hdr.w); transition accept; }
    state st { b.extract(hdr.st.next); b.extract(hdr.st.next); transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    register<bit<48>>(8) reg;
    @name(".topreg") register<bit<8>>(4) reg8;
    register<int<16>>(4) regs;
    register<bool>(4) regb;
    register<bit<200>>(4) regw;
    action adir(inout bit<8> x, in bit<8> y, bit<8> z) { x = x + y + z; }
    action aout(out bit<8> x, bit<8> z) { x = z; }
    action nop() { }
    table dirt { key = { hdr.h.op : exact; hdr.h.e & 0xff : ternary @name("masked"); hdr.h.d[3:0] : exact; hdr.h.s : exact; }
        actions = { adir(hdr.h.a, hdr.h.b); aout(hdr.h.c); nop; }
        default_action = adir(hdr.h.a, hdr.h.b, 7);
        const entries = { (0, 0x12 &&& 0xff, 3, -5) : adir(hdr.h.a, hdr.h.b, 0x10); (0, _, 4, 16s1) : aout(hdr.h.c, 0x20); } }
    @name("renamed") table tt { key = { hdr.h.a : exact @name("k.a"); hdr.h.b : exact; } actions = { @name("ren") nop; adir(hdr.h.c, 1); } }
    @name(".abs") action absa(bit<8> v) { hdr.h.c = v; }
    table abst { key = { hdr.h.a : exact; } actions = { absa; nop; } }
    apply {
        sm.egress_spec = 1;
        if (hdr.h.op == 0) { dirt.apply(); }
        if (hdr.h.op == 1) { if (tt.apply().hit) hdr.h.d = 0x1111; switch (abst.apply().action_run) { absa: { hdr.h.e = 1; } nop: { hdr.h.e = 2; } default: { hdr.h.e = 3; } } }
        if (hdr.h.op == 2) { hdr.h.a = max(inc(hdr.h.b), hdr.h.b) + inc(hdr.h.b); hdr.h.c = ident<bit<8>>(K) + ident(TT[1]); }
        if (hdr.h.op == 3) { hash(meta.r, HashAlgorithm.crc16, 16w0, { hdr.h.a, hdr.h.b, hdr.h.c }, 32w65536); hdr.h.d = meta.r; hash(hdr.h.e, HashAlgorithm.crc32, 32w0, { hdr.h.a, hdr.h.b }, 64w0x100000000); }
        if (hdr.h.op == 4) { hash(hdr.h.d, HashAlgorithm.identity, 16w5, { hdr.h.a }, 16w10); hash(hdr.h.e, HashAlgorithm.identity, 32w5, { hdr.h.b }, 32w0); }
        if (hdr.h.op == 5) { hash(hdr.h.d, HashAlgorithm.csum16, 16w0, { hdr.h.a, hdr.h.b, hdr.h.c }, 32w0x10000); hash(hdr.h.e, HashAlgorithm.xor16, 32w0, { hdr.h.a, hdr.h.b, hdr.h.c, 8w1 }, 32w0x10000); }
        if (hdr.h.op == 6) { reg.read(meta.acc, (bit<32>)hdr.h.a); meta.acc = meta.acc + 1; reg.write((bit<32>)hdr.h.a, meta.acc); hdr.h.e = (bit<32>)meta.acc; reg8.read(hdr.h.c, 1); reg8.write(1, hdr.h.c + 2); }
        if (hdr.h.op == 7) { regs.read(hdr.h.s, 0); regs.write(0, hdr.h.s - 1); bool x; regb.read(x, 1); hdr.h.c = (bit<8>)(bit<1>)x; regb.write(1, !x); reg8.read(hdr.h.d[11:4], 1); }
        if (hdr.h.op == 8) { bit<8> i = 0; for (bit<8> j in 1..5) { if (j == 2) continue; if (j == 5) break; i = i + j; } hdr.h.a = i; for (bit<8> k = 0, bit<16> l = 1; k < 4; k = k + 1, l = l << 1) { hdr.h.d = l; } for (bit<8> x in (list<bit<8>>){ 3, 5, 7 }) hdr.h.b = hdr.h.b + x; }
        if (hdr.h.op == 9) { hdr.h.d = (bit<16>)(hdr.h.s >> 2); hdr.h.a = hdr.h.s < 0 ? 8w1 : 0; hdr.h.b = (bit<8>)(bit<1>)(hdr.h.s > -3); hdr.h.s = -hdr.h.s; }
        if (hdr.h.op == 10) { random(hdr.h.a, 8w7, 8w7); hdr.h.c = (bit<8>)hdr.h.minSizeInBytes(); hdr.h.d = (bit<16>)hdr.w.minSizeInBits() + (bit<16>)hdr.st.size; }
        if (hdr.h.op == 0xf0) { hdr.w.w[199:190] = hdr.w.w[9:0]; hdr.w.w[130:60] = 71w1; hdr.w.z = hdr.w.z |+| hdr.w.z; hdr.w.n4 = hdr.w.m4 ++ hdr.w.n4 == 0x12 ? 4w15 : 2; }
        if (hdr.h.op == 0xf1) { regw.write(1, hdr.w.w); bit<200> t; regw.read(t, 1); hdr.w.w = t ^ 1; regw.read(hdr.w.w, 9); hdr.w.w = hdr.w.w | (t << 100); }
        if (hdr.h.op == 0xe0) { swp(hdr.st[0], hdr.st[1]); }
        if (hdr.h.op == 0xe1) { swp(hdr.st[hdr.h.a], hdr.h); }
        if (hdr.h.op == 0xe2) { bit<8> i = 0; hdr.st[inc(i)].a = inc(i); hdr.st[i - 2].b = i; }
        if (hdr.h.op == 0xe3) { hdr.st[0].setInvalid(); hdr.st[0].a = 4; hdr.st[1] = hdr.st[0]; hdr.st[2].setValid(); hdr.st[2].a = hdr.st[0].a; }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
