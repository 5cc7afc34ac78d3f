/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser Prs<T>(packet_in b, out T result);
control Pipe<T>(in T data);
package Switch<T>(Prs<T> p, Pipe<T> map);
parser P(packet_in b, out bit<32> index) { state start { index = 0; transition accept; } }
control Pipe1(in bit<32> data) { apply { } }
control Pipe2(in bit<8> data) { apply { } }
Switch(P(), Pipe1()) main;
Switch<bit<32>>(P(), Pipe1()) other;
Switch(P(), Pipe2()) bad; //~ P305
Switch<bit<8>>(P(), Pipe1()) bad2; //~ P305
