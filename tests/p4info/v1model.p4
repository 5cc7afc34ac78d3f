/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* v1model.p4 - everything that p4info has a place for */
#include <core.p4>
#include <v1model.p4>
@p4runtime_translation("example.com/port", string) type bit<9> port_t;
@p4runtime_translation("example.com/vrf", 32) type bit<10> vrf_t;
type bit<16> plain_new_t;
enum bit<8> Ser { A = 1, B = 2 }
enum Plain { X, Y }
@controller_header("packet_in") header pin_t { @id(5) port_t ingress; @padding bit<7> pad; }
@controller_header("packet_out") header pout_t { bit<9> egress; bit<7> pad; }
header h_t { bit<8> a; Ser e; bit<32> d; plain_new_t n; bit<128> w; }
struct dig_t { bit<8> op; port_t port; Ser s; }
struct H { pin_t i; pout_t o; h_t h; }
struct M { port_t port; vrf_t vrf; bool f; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    @size(8) value_set<bit<8>>(4) vs;
    state start { b.extract(hdr.h); transition select(hdr.h.a) { vs: two; default: accept; } } state two { transition accept; } }
#include "../p4/plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    @brief("sends") @description("Sends it out.\nReally.")
    @id(0x01000123) action send(@id(2) port_t port, @id(1) @name("the_vrf") vrf_t vrf, Ser s, @refers_to(I.t, k) bit<8> x) { sm.egress_spec = (bit<9>)port; }
    action drop_() { mark_to_drop(sm); }
    @hidden action secret() { }
    direct_counter(CounterType.packets_and_bytes) dc;
    direct_meter<bit<2>>(MeterType.bytes) dm;
    counter(100, CounterType.bytes) cnt;
    meter(7, MeterType.packets) mtr;
    register<bit<48>>(16) reg;
    register<Ser>(3) rs;
    @max_group_size(5) action_selector(HashAlgorithm.crc32, 64, 16) sel;
    @max_group_size(6) @selector_size_semantics("sum_of_members") @max_member_weight(9) action_selector(HashAlgorithm.crc32, 60, 16) all;
    action_profile(32) prof;
    @id(77) @name("my.table") @my_anno("x", 3) @structured[a = 1, b = "t"] @platform_property("zz")
    table t { key = { hdr.h.a : exact @name("k"); meta.port : ternary; hdr.h.isValid() : exact; hdr.h.d[7:0] : lpm; hdr.h.e & 0xf0 : optional; meta.vrf : range; hdr.h.w : selector; }
        actions = { secret; @tableonly send; @defaultonly drop_; @proto_id(3) NoAction; } counters = dc; meters = dm; implementation = sel; size = 300; support_timeout = true; const default_action = drop_(); }
    table c { key = { hdr.h.a : exact; } actions = { drop_; } const entries = { 1 : drop_(); } }
    table p { key = { hdr.h.n : exact; } actions = { drop_; } implementation = prof; }
    apply { t.apply(); p.apply(); cnt.count(1); bit<2> col; mtr.execute_meter(1, col); digest<dig_t>(1, { 1, meta.port, Ser.A }); }
}
@pkginfo(name="simple", version="1.2", organization="org", contact="me", url="http://x")
@brief("pkg")
V1Switch(P(), V(), I(), E(), C(), D()) main;
