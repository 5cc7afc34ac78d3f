/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-ubpf-maps.p4 - ubpf's registers are maps: any key, as many as they have room for */
#include <ubpf_model.p4>
header h_t { bit<8> op; bit<32> a; bit<32> b; bit<8> result; }
header long_t { bit<128> src; bit<128> dst; }
struct H { h_t h; long_t l; }
struct M { }
struct pair_t { bit<32> low; bit<32> high; bit<8> op; }
struct state_t { bit<8> n; bit<32> first; }
parser P(packet_in p, out H hdr, inout M m, inout standard_metadata std) {
    state start { p.extract(hdr.h); transition select(hdr.h.op) { 3: more; default: accept; } }
    state more { p.extract(hdr.l); transition accept; }
}
control C(inout H hdr, inout M m, inout standard_metadata std) {
    Register<state_t, bit<32>>(64) flows;
    Register<bit<8>, pair_t>(64) pairs;
    Register<bit<8>, bit<256>>(64) hosts;
    Register<bit<8>, bit<100>>(64) odd;
    Register<bit<8>, bit<32>>(2) few;
    apply {
        switch (hdr.h.op) {
            1: {
                bit<32> key;
                hash(key, HashAlgorithm.lookup3, { hdr.h.a ^ hdr.h.b });
                state_t s = flows.read(key);
                if (s.n == 0) s.first = hdr.h.a;
                s.n = s.n + 1;
                flows.write(key, s);
                hdr.h.result = s.n;
                if (s.first != hdr.h.a) hdr.h.result = s.n | 0x80;
            }
            2: {
                pair_t key = { hdr.h.a, hdr.h.b, hdr.h.op };
                hdr.h.result = pairs.read(key);
                pairs.write(key, hdr.h.result + 1);
            }
            3: {
                hdr.h.result = hosts.read(hdr.l.src ++ hdr.l.dst);
                hosts.write(hdr.l.src ++ hdr.l.dst, hdr.h.result + 1);
            }
            4: {
                hdr.h.result = few.read(hdr.h.a);
                few.write(hdr.h.a, hdr.h.result + 1);
            }
            5: {
                hdr.h.result = odd.read((bit<100>)hdr.h.a << 68);
                odd.write((bit<100>)hdr.h.a << 68, hdr.h.result + 1);
            }
        }
    }
}
control D(packet_out p, in H hdr) { apply { p.emit(hdr); } }
ubpf(P(), C(), D()) main;
