/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* own-psa.p4 - a copy of psa's interface with narrow ports, its own port for recirculation, few fields */
#include <core.p4>
typedef bit<9> PortId_t;
const PortId_t PSA_PORT_RECIRCULATE = 68;
enum PSA_PacketPath_t { NORMAL, NORMAL_UNICAST, NORMAL_MULTICAST, CLONE_I2E, CLONE_E2E, RESUBMIT, RECIRCULATE }
struct parser_in_t { PortId_t ingress_port; }
struct egress_parser_in_t { PortId_t egress_port; int<4> more; }
struct in_t { bit<16> ingress_timestamp; PSA_PacketPath_t packet_path; PortId_t ingress_port; }
struct out_t { bit<1> drop; PortId_t egress_port; }
struct egress_in_t { PortId_t egress_port; }
struct egress_out_t { bool unheard_of; }
struct deparser_in_t { PortId_t egress_port; }
extern bool psa_recirculate(in out_t o, in deparser_in_t d);
extern PacketReplicationEngine { PacketReplicationEngine(); }
extern BufferingQueueingEngine { BufferingQueueingEngine(); }
parser IngressParser<H, M, RM, CM>(packet_in b, out H h, inout M m, in parser_in_t i, in RM r, in CM c);
control Ingress<H, M>(inout H h, inout M m, in in_t i, inout out_t o);
control IngressDeparser<H, M, C, RM, NM>(packet_out b, out C c, out RM r, out NM n, inout H h, in M m, in out_t o);
parser EgressParser<H, M, NM, C, E>(packet_in b, out H h, inout M m, in egress_parser_in_t i, in NM n, in C c, in E e);
control Egress<H, M>(inout H h, inout M m, in egress_in_t i, inout egress_out_t o);
control EgressDeparser<H, M, E, CM>(packet_out b, out E e, out CM c, inout H h, in M m, in egress_out_t o, in deparser_in_t d);
package IngressPipeline<IH, IM, NM, C, RM, CM>(IngressParser<IH, IM, RM, CM> p, Ingress<IH, IM> i, IngressDeparser<IH, IM, C, RM, NM> d);
package EgressPipeline<EH, EM, NM, C, E, CM>(EgressParser<EH, EM, NM, C, E> p, Egress<EH, EM> e, EgressDeparser<EH, EM, E, CM> d);
package PSA_Switch<IH, IM, EH, EM, NM, C, E, RM, CM>(IngressPipeline<IH, IM, NM, C, RM, CM> i, PacketReplicationEngine r,
    EgressPipeline<EH, EM, NM, C, E, CM> e, BufferingQueueingEngine q);

header h_t { bit<8> op; bit<16> in_port; bit<16> out_port; }
struct H { h_t h; }
struct M { }
parser IP(packet_in b, out H h, inout M m, in parser_in_t i, in M r, in M c) {
    state start { b.extract(h.h); transition accept; }
}
control IC(inout H h, inout M m, in in_t i, inout out_t o) {
    apply {
        h.h.in_port = (bit<16>)i.ingress_port;
        if (h.h.op != 3)
            o.drop = 0;
        o.egress_port = h.h.op == 1 && i.packet_path != PSA_PacketPath_t.RECIRCULATE ? PSA_PORT_RECIRCULATE : 2;
        if (i.packet_path == PSA_PacketPath_t.RECIRCULATE && i.ingress_port != PSA_PORT_RECIRCULATE)
            o.egress_port = 3;
    }
}
control ID(packet_out b, out M c, out M r, out M n, inout H h, in M m, in out_t o) { apply { b.emit(h); } }
parser EP(packet_in b, out H h, inout M m, in egress_parser_in_t i, in M n, in M c, in M e) {
    state start { b.extract(h.h); transition accept; }
}
control EC(inout H h, inout M m, in egress_in_t i, inout egress_out_t o) {
    apply { h.h.out_port = h.h.out_port + (bit<16>)i.egress_port; }
}
control ED(packet_out b, out M e, out M c, inout H h, in M m, in egress_out_t o, in deparser_in_t d) {
    apply {
        if (psa_recirculate({ 0, d.egress_port }, d))
            h.h.out_port[15:8] = 0xaa;
        b.emit(h);
    }
}
PSA_Switch(IngressPipeline(IP(), IC(), ID()), PacketReplicationEngine(), EgressPipeline(EP(), EC(), ED()), BufferingQueueingEngine()) main;
