/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header Eth { bit<48> d; bit<48> s; bit<16> t; }
header Vlan { bit<16> t; bit<3> p; bit<1> c; bit<12> v; }
header Ip { bit<4> ver; bit<4> ihl; bit<8> l; }
header Opt { varbit<320> o; }
header_union IU { Ip a; Opt b; }
struct Hd { Eth e; Vlan[3] v; Ip ip; Opt o; IU u; IU[2] us; }
error { Bad }
struct M { bit<16> k; bool b; }
parser sub(packet_in p, inout Hd h)(bit<8> n) { state start { transition accept; } }
parser sub2(packet_in p, inout Hd h) { state start { transition accept; } }
parser pr(packet_in p, out Hd h, inout M m)(bit<16> ty) {
  const bit<16> K = 0x800;
  bit<8> cnt = 0;
  value_set<bit<16>>(4) vs;
  value_set<tuple<bit<16>, bit<8>>>(4) vs2;
  value_set<M>(8) vs3;
  sub(8w3) s1;
  sub2() s2;
  Eth tmp;
  state start {
    p.extract(h.e);
    bit<16> loc = h.e.t;
    verify(loc != 0, error.Bad);
    cnt = cnt + 1;
    if (loc == 1) { cnt = 2; } else { cnt = 3; }
    { bit<8> q; q = 1; }
    ;
    transition select(h.e.t, cnt) {
      (0x800, _) : ip;
      (0x8100 &&& 0xff00, 1 .. 3) : vlan;
      (K, 8w1) : ip;
      (ty, default) : ip;
      (vs, 2) : ip;
      vs2 : ip;
      _ : accept;
    }
  }
  state vlan {
    p.extract(h.v.next);
    cnt = (bit<8>)h.v.lastIndex;
    transition select(h.v.last.t) { 0x8100 : vlan; 0x800: ip; vs : ip; (0x86dd) : ip; default: reject; }
  }
  @name("ip_state") state ip {
    p.extract(h.ip);
    p.extract(h.o, (bit<32>)(h.ip.ihl - 5) * 32);
    p.extract<Ip>(_);
    Ip look = p.lookahead<Ip>();
    bit<8> b = p.lookahead<bit<8>>();
    p.advance(8);
    s1.apply(p, h);
    s2.apply(p, h);
    sub2.apply(p, h);
    p.extract(h.u.a);
    p.extract(h.us.next.b, 32);
    p.extract(tmp);
    tmp.setInvalid();
    bit<32> len = p.length();
    transition select(p.lookahead<bit<4>>(), m.b, h.ip.isValid()) { (4, true, _): more; (_, _, false): reject; _ : accept; }
  }
  state more { transition select(h.e.d[15:0] ++ h.e.s[15:0]) { 32w1: acc2; 0..5: accept; } }
  state acc2 { m.k = 1; transition select({h.e.t, h.e.s}) { {1, 2}: accept; (1, 3): accept; default : e3; } }
  state e3 { transition select(m.b) { true: e4; false: reject; } }
  state e4 { }
}
