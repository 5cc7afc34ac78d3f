/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> a; }
struct M { bit<8> x; }
typedef H[2] Stk;
header_union HU { H a; }
parser p(packet_in b, out Stk s, out HU[3] us, inout M m) {
  H local; H[3] ls; HU lu;
  state start { b.extract(s[0]); b.extract(s.next); local = s.last; ls = { s[0], s[1], {#} }; ls[m.x] = local; lu.a = local; us[0] = lu; b.extract(us.next.a); H q = us.last.a; m.x = us.lastIndex[7:0]; transition select(s.last.a, s[1].a, us.last.a.a, s.lastIndex, s.size) { (1, _, 2, 3, 4): start; default: done; } }
  state done { m.x = s.next.a; transition accept; }
}
