/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* xdp.p4 - all verdicts of an xdp program, and its functions */
#include <xdp_model.p4>
header h_t { bit<8> op; bit<8> port; bit<16> sum; bit<16> sum4; bit<32> time; bit<32> event; }
header ip_t {
    bit<4> version; bit<4> ihl; bit<8> diffserv; bit<16> len; bit<16> id; bit<3> flags; bit<13> offset;
    bit<8> ttl; bit<8> protocol; bit<16> sum; bit<32> src; bit<32> dst;
}
struct H { h_t h; ip_t ip; }
parser P(packet_in p, out H h) {
    state start { p.extract(h.h); transition select(h.h.op) { 9: reject; default: ip; } }
    state ip { p.extract(h.ip); transition accept; }
}
control S(inout H h, in xdp_input i, out xdp_output o) {
    action redirect(bit<32> port) { o = { xdp_action.XDP_REDIRECT, port }; }
    action tx() { o.output_action = xdp_action.XDP_TX; }
    action pass() { o.output_action = xdp_action.XDP_PASS; }
    action drop() { o.output_action = xdp_action.XDP_DROP; }
    table t {
        key = { h.h.op: exact; }
        actions = { redirect; tx; pass; drop; NoAction; }
        implementation = hash_table(16);
    }
    apply {
        t.apply();
        h.h.port = (bit<8>)i.input_port;
        h.h.sum = csum_replace2(h.h.sum, 1, 2);
        h.h.sum4 = csum_replace4(h.h.sum4, 1, 3);
        h.h.time = BPF_KTIME_GET_NS() == 0 ? 32w0 : 1;
        h.h.event = BPF_PERF_EVENT_OUTPUT();
        h.ip.sum = ebpf_ipv4_checksum(h.ip.version, h.ip.ihl, h.ip.diffserv, h.ip.len, h.ip.id, h.ip.flags,
                                      h.ip.offset, h.ip.ttl, h.ip.protocol, h.ip.src, h.ip.dst);
    }
}
control D(in H h, packet_out p) { apply { p.emit(h.h); p.emit(h.ip); } }
xdp(P(), S(), D()) main;
