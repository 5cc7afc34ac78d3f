/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* lengths.p4 - psa's counters and meters that are told a length, hashes of bits that are no whole bytes */
#include <dpdk/psa.p4>
struct empty { }
header h_t { bit<12> a; bit<4> b; bit<16> id; bit<16> sum; bit<8> range; }
struct H { h_t h; }
parser IP(packet_in p, out H hdr, inout empty m, in psa_ingress_parser_input_metadata_t i, in empty r, in empty c) {
    state start { p.extract(hdr.h); transition accept; }
}
control IC(inout H hdr, inout empty m, in psa_ingress_input_metadata_t i, inout psa_ingress_output_metadata_t o) {
    Counter<bit<32>, bit<4>>(16, PSA_CounterType_t.PACKETS_AND_BYTES) cnt;
    DirectCounter<bit<32>>(PSA_CounterType_t.PACKETS_AND_BYTES) direct;
    DirectCounter<bit<32>>(PSA_CounterType_t.PACKETS) unseen;
    DirectCounter<bit<32>>(PSA_CounterType_t.PACKETS) of_no_table;
    Meter<bit<4>>(16, PSA_MeterType_t.BYTES) mtr;
    DirectMeter(PSA_MeterType_t.BYTES) dmtr;
    DirectMeter(PSA_MeterType_t.BYTES) second;
    PSA_MeterColor_t colour = PSA_MeterColor_t.RED;
    Hash<bit<16>>(PSA_HashAlgorithm_t.IDENTITY) id;
    Hash<bit<16>>(PSA_HashAlgorithm_t.ONES_COMPLEMENT16) sum;
    action fwd(PortId_t port) { direct.count(16w0 ++ hdr.h.id); unseen.count(); of_no_table.count(); send_to_port(o, port); }
    action told() { second.execute(); colour = dmtr.dpdk_execute(PSA_MeterColor_t.GREEN, 60); }
    table d { key = { hdr.h.a : exact; } actions = { told; } psa_direct_meter = { dmtr, second }; }
    table t { key = { hdr.h.a : exact; } actions = { fwd; NoAction; } psa_direct_counter = { direct, unseen }; }
    apply {
        cnt.count(hdr.h.b, 77);
        cnt.count(hdr.h.b);
        t.apply();
        hdr.h.id = id.get_hash(hdr.h.a);
        hdr.h.sum = sum.get_hash({ hdr.h.b });
        d.apply();
        if (colour == PSA_MeterColor_t.YELLOW)
            hdr.h.id = hdr.h.id + 0x1000;
        if (mtr.dpdk_execute(hdr.h.b, 60) == PSA_MeterColor_t.YELLOW)
            hdr.h.id = hdr.h.id + 0x4000;
        hdr.h.range = (bit<8>)id.get_hash(16w1, { hdr.h.b, hdr.h.a[0:0] }, 16w16);
    }
}
control ID(packet_out p, out empty c, out empty r, out empty n, inout H hdr, in empty m, in psa_ingress_output_metadata_t i) { apply { p.emit(hdr.h); } }
parser EP(packet_in p, out empty hdr, inout empty m, in psa_egress_parser_input_metadata_t i, in empty n, in empty c, in empty e) { state start { transition accept; } }
control EC(inout empty hdr, inout empty m, in psa_egress_input_metadata_t i, inout psa_egress_output_metadata_t o) { apply { } }
control ED(packet_out p, out empty c, out empty r, inout empty hdr, in empty m, in psa_egress_output_metadata_t o, in psa_egress_deparser_input_metadata_t d) { apply { } }
IngressPipeline(IP(), IC(), ID()) ip;
EgressPipeline(EP(), EC(), ED()) ep;
PSA_Switch(ip, PacketReplicationEngine(), ep, BufferingQueueingEngine()) main;
