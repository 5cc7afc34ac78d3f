/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> x; }
control c(inout H h) { apply {
 h.x.isValid(); //~ P312
 h.isValid(1); //~ P324
 h.setValid(true); //~ P324
 h.isValid = true; //~ P310
 bool b = h.isvalid(); //~ P312
 b = h.setValid; //~ P310
 b = H.isValid(); //~ P312
 h.minSizeInBits(1); //~ P324
 bit<8> q = packet_in.minSizeInBits(); //~ P312
 q = error.minSizeInBits(); //~ P312
 h.setValid<bit<8>>(); //~ P322
} }
