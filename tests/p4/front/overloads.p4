/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <dpdk/pna.p4>
header E { bit<48> d; bit<48> s; bit<16> t; PortIdInHeader_t p; }
struct H { E e; } struct M { bit<32> x; }
parser prs(packet_in p, out H h, inout M m, in pna_main_parser_input_metadata_t i) { state start { p.extract(h.e); transition accept; } }
control mc(inout H h, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o) {
  Counter<bit<32>, bit<8>>(10, PNA_CounterType_t.BYTES) c; ipsec_accelerator() ipsec; DirectCounter<bit<32>>(PNA_CounterType_t.PACKETS) dc;
  action add_on_miss() { add_entry("n", { 1 }, (ExpireTimeProfileId_t)1); }
  action n(bit<32> x) { dc.count(10); set_entry_expire_time((ExpireTimeProfileId_t)2); restart_expire_timer(); }
  table t { key = { h.e.d : exact; } actions = { n; @defaultonly add_on_miss; } const default_action = add_on_miss(); add_on_miss = true; pna_idle_timeout = PNA_IdleTimeout_t.AUTO_DELETE; pna_direct_counter = dc; }
  apply { t.apply(); c.count(1); c.count(1, 100); ipsec.enable(); ipsec_status st; if (ipsec.from_ipsec(st)) { drop_packet(); } send_to_port((PortId_t)3); h.e.p = pna_PortId_int_to_header(i.input_port); m.x = SelectByDirection(i.direction, h.e.d[31:0], h.e.s[31:0]); mirror_packet((MirrorSlotId_t)3, (MirrorSessionId_t)4); recirculate(); } }
control dp(packet_out p, inout H h, in M m, in pna_main_output_metadata_t o) { apply { p.emit(h.e); } }
control PreC(in H h, inout M m, in pna_pre_input_metadata_t i, inout pna_pre_output_metadata_t o) { apply { } }
control dp5(packet_out p, in H h, in M m, in pna_main_output_metadata_t o) { apply { p.emit(h.e); } }
PNA_NIC(prs(), PreC(), mc(), dp5()) other;
PNA_NIC(prs(), mc(), dp()) main;
control proto(); control pc() { apply { } }
package pk(proto p); package pk(proto p, proto q); package pk(bit<8> x, proto q);
pk(pc()) k1; pk(p = pc(), q = pc()) k2; pk(x = 3, q = pc()) k3; pk(p = pc(), q = pc()) k4;
