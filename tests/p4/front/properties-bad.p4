/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
struct headers { }
struct meta { bit<8> x; }
parser p(packet_in b, out headers h, inout meta m, inout standard_metadata_t s) { state start { transition accept; } }
control v(inout headers h, inout meta m) { apply { } }
control i(inout headers h, inout meta m, inout standard_metadata_t s) {
 direct_counter(CounterType.bytes) dc;
 counter(4, CounterType.bytes) ic;
 direct_meter<bit<2>>(MeterType.bytes) dm;
 action_profile(16) ap;
 action a() { }
 table t1 { actions = { a; } counters = dc; meters = dm; implementation = ap; }
 table t2 { actions = { a; } counters = 5; } //~ P305
 table t3 { actions = { a; } counters = ic; } //~ P305
 table t4 { actions = { a; } counters = dm; } //~ P305
 table t5 { actions = { a; } meters = dc; } //~ P305
 table t6 { actions = { a; } implementation = dc; } //~ P305
 table t7 { actions = { a; } implementation = "hash"; } //~ P305
 table t8 { actions = { a; } psa_direct_counter = 5; }
 table t9 { actions = { a; } counters = nothing; } //~ P301
 table t10 { actions = { a; } support_timeout = true; psa_idle_timeout = 5; }
 table t11 { actions = { a; } support_timeout = 1; } //~ P305
 apply { }
}
