/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <dpdk/pna.p4>
// What only some versions have is there for the program to declare, but not twice.
enum PNA_Source_t { A, B }
enum PNA_Source_t { A } //~ P304
enum MirrorType { NONE }
typedef bit<2> AddEntryErrorStatus_t;
const bit<8> ADD_ENTRY_SUCCESS = 5;
bool is_net_port(in PortId_t p) { return p == (PortId_t)2; }
struct pna_pre_input_metadata_t { bit<7> a; AddEntryErrorStatus_t b; PNA_Source_t c; }
enum PNA_IdleTimeout_t { NO_TIMEOUT } //~ P304
struct pna_main_input_metadata_t { } //~ P304
control c(inout bit<32> x, inout PortId_t p, inout pna_pre_input_metadata_t pre) {
 action send(PortId_t port, MirrorSessionId_t s) { send_to_port(port); mirror_packet((MirrorSlotId_t)1, s); }
 action back() { send_to_port(p); } //~ P354
 action recirculate() { x[7:0] = ADD_ENTRY_SUCCESS; }
 table t { actions = { send; back; recirculate; } default_action = recirculate; }
 table t2 { actions = { send; back; } add_on_miss = true; idle_timeout_with_auto_delete = false; pna_idle_timeout = PNA_IdleTimeout_t.AUTO_DELETE; }
 table t3 { actions = { send; back; } add_on_miss = 1; } //~ P305
 table t4 { actions = { send; back; } idle_timeout_with_auto_delete = "no"; } //~ P305
 table t5 { actions = { send; back; } pna_idle_timeout = PNA_Source_t.A; } //~ P305
 apply {
  t.apply();
  if (is_net_port(p)) pre.b = 3;
  pre.c = PNA_Source_t.B;
  pre.c = PNA_Source_t.FROM_NET; //~ P311
  mirror_packet((MirrorSlotId_t)(bit<8>)x, (MirrorSessionId_t)1); //~ P354
 }
}
