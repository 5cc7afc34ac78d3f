/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
parser P<H>(out H h);
package Pk<H>(P<H> p, bit<8> x);
parser pp(out bit<8> h) { state start { h = 1; transition accept; } }
Pk<bit<8>>(x = 8w3, p = pp()) main;
