/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> apply; bit<8> key; bit<8> actions; bit<8> state; bit<8> entries; bit<8> type; bit<8> priority; bit<8> list; }
struct S { H key; H type; H list; bit<4> apply; bit<8> priority; }
control c(inout S entries, inout bit<8> priority) {
    bit<8> state = 1;
    bit<8> type = 2;
    bit<8> key = 2;
    bit<8> actions;
    action list(bit<8> type) { entries.key.apply = type; }
    action apply1() { entries.type.list = entries.list.priority; }
    table t {
        key = { entries.key.key : exact; entries.type.type : exact; key: ternary; }
        actions = { list; apply1; }
        default_action = apply1;
    }
    apply {
        actions = state + type;
        priority = actions;
        entries.list.state = key;
        type = type + 1;
        key = 1;
        state = key;
        priority = state;
        t.apply();
    }
}
parser p(packet_in state, out S type) {
    state start { state.extract(type.key); transition key; }
    state key { transition apply; }
    state apply { transition priority; }
    state priority { transition accept; }
}
