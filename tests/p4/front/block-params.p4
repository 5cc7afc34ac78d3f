/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser Parser<T>(packet_in p, out T data);
control Ctl<T>(in T d, out bool b);
package Top<T>(Parser<T> p, Ctl<T> c);
parser Inner(packet_in p, out bit<8> d) { state start { d = 1; transition accept; } }
parser Outer(packet_in p, out bit<8> d)(Parser<bit<8>> sub) { state start { sub.apply(p, d); transition accept; } }
control CC(in bit<8> d, out bool b)(Ctl<bit<8>> inner, bit<8> k) { apply { inner.apply(d, b); b = d == k; } }
control C0(in bit<8> d, out bool b) { apply { b = false; } }
Top(Outer(Inner()), CC(C0(), 3)) main;
