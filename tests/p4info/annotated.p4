/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* annotated.p4 - ids, documentation and annotations of all kinds of things; what a table begins with */
#define V1MODEL_VERSION 20200408
#include <core.p4>
#include <v1model.p4>
@p4runtime_translation("x/port", bit<32>) @note("n") type bit<9> port_t;
enum bit<8> ser_t { @aa A = 1 }
@hh header h_t { @fa @fb[1] bit<8> a; bit<8> b; ser_t s; }
@kind("s") struct dig_t { @first bit<8> op; port_t port; ser_t s; h_t h; }
struct H { h_t h; }
struct pvs_t { @id(3) bit<8> x; @match(ternary) bit<8> y; bit<8> z; }
struct M { port_t p; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    value_set<pvs_t>(4) vs;
    state start { b.extract(hdr.h); transition select(hdr.h.a, hdr.h.b, hdr.h.a) { vs: two; default: accept; } } state two { transition accept; } }
control V(inout H hdr, inout M meta) { apply {} }
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) { apply {} }
control D(packet_out b, in H hdr) { apply { b.emit(hdr.h); } }
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
  counter<port_t>(4, CounterType.bytes) c;
  register<bit<8>, port_t>(4) r;
  register<bit<8>, bit<32>>(4) r0;
  @single_rate_two_color meter<port_t>(4, MeterType.bytes) m;
  action set(@brief("the x") @id(2) bit<8> x, @description("d") bit<16> y, bool z, ser_t s) { hdr.h.a = x; }
  table t { key = { hdr.h.a : exact @id(2) @brief("the key") @description("longer"); hdr.h.b : exact; }
    actions = { @st[a=1] set; NoAction; } default_action = set(5, 300, true, ser_t.A); entries = { (1, 2) : NoAction(); } }
  apply { t.apply(); c.count(meta.p); bit<8> v; r.read(v, meta.p); hdr.h.b = v; r0.read(v, 1); hdr.h.b = v; bit<8> col; m.execute_meter(meta.p, col); hdr.h.b = col; digest<dig_t>(1, { 1, meta.p, ser_t.A, hdr.h}); }
}
@pkginfo(name="simple", arch="nope") @pkginfo(version="1")
@platform_property(multicast_group_table_size=5, multicast_group_table_total_replicas=7)
V1Switch(P(), V(), I(), E(), V(), D()) main;
