/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
struct headers { }
struct meta { bit<8> x; }
parser p(packet_in b, out headers h, inout meta m, inout standard_metadata_t s)
{
    state start { transition accept; }
}
control v(inout headers h, inout meta m) { apply { } }
control i(inout headers h, inout meta m, inout standard_metadata_t s)
{
    direct_counter(CounterType.bytes) hits;
    table t1 { actions = { NoAction; } counters = hits; }
    table t2 { actions = { NoAction; } counters = hits; }
    apply { t1.apply(); t2.apply(); }
}
control e(inout headers h, inout meta m, inout standard_metadata_t s) { apply { } }
control d(packet_out b, in headers h) { apply { } }
V1Switch(p(), v(), i(), e(), v(), d()) main;
