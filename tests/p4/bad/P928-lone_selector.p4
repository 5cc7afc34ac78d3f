/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
struct headers { }
struct meta { bit<8> x; bit<8> y; }
parser p(packet_in b, out headers h, inout meta m, inout standard_metadata_t s)
{
    state start { transition accept; }
}
control v(inout headers h, inout meta m) { apply { } }
control i(inout headers h, inout meta m, inout standard_metadata_t s)
{
    action_profile(16) members;
    action_selector(HashAlgorithm.crc16, 16, 4) groups;
    table none { key = { m.x : exact; m.y : selector; } actions = { NoAction; } }
    table profile {
        key = { m.x : exact; m.y : selector; }
        actions = { NoAction; }
        implementation = members;
    }
    table chosen {
        key = { m.x : exact; m.y : selector; }
        actions = { NoAction; }
        implementation = groups;
    }
    apply { none.apply(); profile.apply(); chosen.apply(); }
}
control e(inout headers h, inout meta m, inout standard_metadata_t s) { apply { } }
control d(packet_out b, in headers h) { apply { } }
V1Switch(p(), v(), i(), e(), v(), d()) main;
