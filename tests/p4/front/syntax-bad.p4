/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
parser p12(packet_in p, in bit<8> x) { table t { actions = { NoAction; } } state start { } } //~ P201
control c30(inout bit<8> x) { state start { } apply { } } //~ P201
control c34(inout bit<8> x) { apply { x; } } //~ P201
control c35(inout bit<8> x) { apply { x + 1; } } //~ P201
control c61(inout bit<8> x) { apply { { 1, 2 } = { 1, 2 }; } } //~ P201
struct A1 { bit<8> x } //~ P201
bit<8> h4(in bit<8> x) { while (true) { } } //~ P201
control c9(inout bit<8> x) { apply { if (x = 1) { } } } //~ P201
control c10(inout bit<8> x) { apply { x == 1; } } //~ P201
control c12(inout bit<8> x) { apply { bit<8> y = 1, z = 2; } } //~ P201
struct S13 { bit<8> a, b; } //~ P201
control c14(inout bit<8> x) { apply { else { } } } //~ P201
control c16 { apply { } } //~ P201
parser p17() { transition accept; } //~ P201
action a18(bit<8> x); //~ P201
control c19() { apply { } apply { } } //~ P204
control c20() { table t { actions = { a, b } } apply { } } //~ P201
enum E21 { } //~ P201
const x = 1; //~ P201
struct { bit<8> x; } //~ P201
error { } //~ P201
control c26(bit<8>) { apply { } } //~ P201
control c41() { apply { x = ; } } //~ P201
control c42() { apply { if x == 1 { } } } //~ P201
const bit<8> x44 = 8w; //~ P102
const bit<8> x45 = 0xZZ; //~ P102
control c46( { } //~ P201
typedef bit<8; //~ P201
$%&
parser p51() { state start { transition select(1) } } //~ P201
control c52(inout bit<8> x) { table t { key { x : exact; } actions = { } } apply { } } //~ P201
const bit<8> x53 = 1w2w3; //~ P102
const bit<8> x54 = 0b12; //~ P102
const bit<8> x55 = 0o8; //~ P102
const bit<8> x56 = 0_8w1; //~ P102
const bit<8> x56 = 1a; //~ P102
