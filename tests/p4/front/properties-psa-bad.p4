/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <psa.p4>
control c(inout bit<8> x) {
 DirectCounter<bit<32>>(PSA_CounterType_t.BYTES) c1;
 DirectCounter<bit<32>>(PSA_CounterType_t.PACKETS) c2;
 DirectMeter(PSA_MeterType_t.BYTES) m;
 ActionProfile(16) ap;
 ActionProfile(16) ap2;
 action a() { }
 table t1 { actions = { a; } psa_direct_counter = { c1, c2 }; psa_direct_meter = { m }; psa_implementation = { ap }; }
 table t2 { actions = { a; } psa_direct_counter = { c1, 5 }; } //~ P305
 table t3 { actions = { a; } psa_direct_counter = { m }; } //~ P305
 table t4 { actions = { a; } psa_implementation = { ap, c2 }; } //~ P305
 table t5 { actions = { a; } psa_direct_meter = { nothing }; } //~ P301
 table t6 { actions = { a; } psa_idle_timeout = PSA_IdleTimeout_t.NOTIFY_CONTROL; add_on_miss = 5; }
 table t7 { actions = { a; } psa_idle_timeout = true; } //~ P305
 apply { }
}
