/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control open(inout bit<8> x) {
  apply {
    if (x == 1) {
      x = 2;
  }
}
control next(inout bit<8> x) { //~ P201
  action a() { x = 1 }
  apply { a() }
}
parser last(packet_in b) { state start { transition accept } }
