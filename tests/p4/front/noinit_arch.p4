/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern packet_in { void extract<T>(out T h); }
match_kind { exact }
match_kind { lpm, foo, }
error { NoError }
error { Other, Another }
parser p<H>(packet_in pi, out H h);
control pipe<H>(inout H h, in bit<4> port, out bit<4> o, in error e);
package sw<H>(p<H> a, pipe<H> b);
header h1 { bit<8> x; }
struct hs { h1 h; }
parser myp(packet_in pi, out hs h) { state start { pi.extract(h.h); transition accept; } }
control mypipe(inout hs h, in bit<4> port, out bit<4> o, in error e) { apply { if (e == error.NoError) { o = 1; } else { o = port; } } }
sw(myp(), mypipe()) main;
