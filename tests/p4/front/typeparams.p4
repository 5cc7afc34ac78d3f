/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser P<H>(packet_in b, out H h);
control C<H, M>(inout H h, inout M m);
package Pk<H, M>(P<H> p, C<H, M> c, bit<8> x = 3, @optional C<H, M> o);
header h_t { bit<8> f; }
struct Hd { h_t h; }
struct Me { bit<8> m; }
parser pp(packet_in b, out Hd h) { state start { b.extract(h.h); transition accept; } }
control cc(inout Hd h, inout Me m) { apply { m.m = h.h.f; } }
Pk(pp(), cc()) main;
