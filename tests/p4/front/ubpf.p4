/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <ubpf_model.p4>
header E { bit<48> d; bit<48> s; bit<16> t; }
struct H { E e; } struct M { bit<32> x; }
parser prs(packet_in p, out H h, inout M m, inout standard_metadata s) { state start { p.extract(h.e); transition accept; } }
control pipe(inout H h, inout M m, inout standard_metadata s) { Register<bit<32>, bit<32>>(10) r; apply { m.x = r.read(1); r.write(1, m.x + 1); mark_to_drop(); mark_to_pass(); hash(m.x, HashAlgorithm.lookup3, { h.e.d }); bit<48> t = ubpf_time_get_ns(); } }
control dp(packet_out p, in H h) { apply { p.emit(h.e); } }
ubpf(prs(), pipe(), dp()) main;
