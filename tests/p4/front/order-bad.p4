/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser p(packet_in b, out bit<8> x) {
 const bit<8> k = 1;
 state start { x = k; transition next; }
 bit<8> late; //~ P201
 state next { transition accept; }
}
control c(inout bit<8> x) {
 bit<8> y = 1;
 apply { x = y; }
 action late() { } //~ P201
}
extern E { E(); abstract E2(); } //~ P201
