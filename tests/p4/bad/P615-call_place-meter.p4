/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
struct headers { }
struct meta { bit<8> x; bit<2> colour; }
parser p(packet_in b, out headers h, inout meta m, inout standard_metadata_t s)
{
    state start { transition accept; }
}
control v(inout headers h, inout meta m) { apply { } }
control i(inout headers h, inout meta m, inout standard_metadata_t s)
{
    direct_meter<bit<2>>(MeterType.bytes) of_no_table;
    action a() { of_no_table.read(m.colour); }
    table t { key = { m.x : exact; } actions = { a; NoAction; } }
    apply { t.apply(); }
}
control e(inout headers h, inout meta m, inout standard_metadata_t s) { apply { } }
control d(packet_out b, in headers h) { apply { } }
V1Switch(p(), v(), i(), e(), v(), d()) main;
