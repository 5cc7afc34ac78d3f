/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
#define EIGHT(C) C() a; C() b; C() c; C() d; C() e; C() f; C() g; C() h;
#define ALL(m) a.apply(m); b.apply(m); c.apply(m); d.apply(m); e.apply(m); f.apply(m); g.apply(m); h.apply(m);
struct h_t { }
struct m_t { bit<8> x; }
control one(inout m_t m) { apply { m.x = m.x + 1; } }
control eight(inout m_t m) { EIGHT(one) apply { ALL(m) } }
control many(inout m_t m) { EIGHT(eight) apply { ALL(m) } }
control more(inout m_t m) { EIGHT(many) apply { ALL(m) } }
control most(inout m_t m) { EIGHT(more) apply { ALL(m) } }
parser P(packet_in b, out h_t h, inout m_t m, inout standard_metadata_t s) { state start { transition accept; } }
control V(inout h_t h, inout m_t m) { apply { } }
control I(inout h_t h, inout m_t m, inout standard_metadata_t s) { EIGHT(most) apply { ALL(m) } }
control E(inout h_t h, inout m_t m, inout standard_metadata_t s) { apply { } }
control C(inout h_t h, inout m_t m) { apply { } }
control D(packet_out b, in h_t h) { apply { } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
