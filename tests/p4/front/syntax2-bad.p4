/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c02(inout bit<8> x) { apply { x ++= 1; } } //~ P201
control c03(inout bool x) { apply { x &&= true; } } //~ P201
control c04(inout bit<8> x) { apply { x++; } } //~ P201
control c05(inout bit<8> x) { apply { bit<8> a$b = 1; } } //~ P101
abstract bit<8> f(in bit<8> x) { return x; } //~ P201
control c06(inout bit<8> x) { apply { for (bit<8> i = 0; i < 3) { } } } //~ P201
control c07(inout bit<8> x) { apply { for (i in 0..3) { } } } //~ P201
parser p15() { state start { transition select(1, ) { } } } //~ P201
parser p16() { state start { transition accept } } //~ P201
parser p17() { bit<8> x; state start { transition accept; x = 1; } } //~ P201
parser p18() { state start { transition accept; transition reject; } } //~ P201
parser p19() { state start { if (true) transition accept; } } //~ P201
control c20() { table t { key = { } actions = { } default_action = ; } apply { } } //~ P201
control c21() { apply { table t { actions = { } } } } //~ P201
control c22() { apply { action a22() { } } } //~ P201
control c23() { apply { return } } //~ P201
control c24() { const bit<8> x; apply { } } //~ P201
enum bit<8> E { A = 1; B = 2 } //~ P201
typedef bit<8> a b; //~ P201
struct S27 { bit<8> x = 1; } //~ P201
extern E28 { bit<8> x; } //~ P201
extern E29 { E29(); bit<8> f(in bit<8> x) { return x; } } //~ P201
package P { } //~ P201
control c31() { state s { } apply { } } //~ P201
control c36() { apply { @x; } } //~ P201
control c38(inout bit<8> x) { apply {
 bti<8> y = 1; //~ P201
 x = x++; //~ P201
} }
control const_list() { table t { const actions = { NoAction; } } apply { } } //~ P201
