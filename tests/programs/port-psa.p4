/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * port-psa.p4 - ingress takes a header of two bytes off, egress puts one of four on; 0xff is dropped,
 * 0xfe is resubmitted.
 */
#include <psa.p4>

struct none_t {
}

header two_t {
    bit<8> kind;
    bit<8> value;
}

header four_t {
    bit<32> value;
}

struct in_t {
    two_t two;
}

struct out_t {
    four_t four;
}

struct bridge_t {
    bit<8> value;
}

parser InParse(packet_in p, out in_t hdr, inout none_t m, in psa_ingress_parser_input_metadata_t i,
               in bridge_t again, in none_t around)
{
    state start {
        p.extract(hdr.two);
        transition select(i.packet_path) {
            PSA_PacketPath_t.RESUBMIT: resubmitted;
            default: accept;
        }
    }
    state resubmitted {
        hdr.two.value = again.value;
        transition accept;
    }
}

control In(inout in_t hdr, inout none_t m, in psa_ingress_input_metadata_t i,
           inout psa_ingress_output_metadata_t o)
{
    apply {
        if (hdr.two.kind != 0xff) {
            send_to_port(o, i.ingress_port);
            o.resubmit = hdr.two.kind == 0xfe && i.packet_path == PSA_PacketPath_t.NORMAL;
        }
    }
}

control InDeparse(packet_out p, out none_t clone, out bridge_t again, out bridge_t bridge, inout in_t hdr,
                  in none_t m, in psa_ingress_output_metadata_t i)
{
    apply {
        bridge.value = hdr.two.value;
        again.value = hdr.two.value + 0x40;
    }
}

parser OutParse(packet_in p, out out_t hdr, inout bridge_t m, in psa_egress_parser_input_metadata_t i,
                in bridge_t bridge, in none_t clone, in none_t clone2)
{
    state start {
        m = bridge;
        transition accept;
    }
}

control Out(inout out_t hdr, inout bridge_t m, in psa_egress_input_metadata_t i,
            inout psa_egress_output_metadata_t o)
{
    apply {
        hdr.four.setValid();
        hdr.four.value = (bit<32>)m.value;
    }
}

control OutDeparse(packet_out p, out none_t clone, out none_t around, inout out_t hdr, in bridge_t m,
                   in psa_egress_output_metadata_t o, in psa_egress_deparser_input_metadata_t d)
{
    apply {
        p.emit(hdr);
    }
}

PSA_Switch(IngressPipeline(InParse(), In(), InDeparse()), PacketReplicationEngine(),
           EgressPipeline(OutParse(), Out(), OutDeparse()), BufferingQueueingEngine()) main;
