/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c1(inout bit<8> x) { } //~ P504
control c2(inout bit<8> x) { apply { return 1; } } //~ P512
control c3(inout bit<8> x) { apply { x = y; } } //~ P301
control c4(inout bit<8> x) { apply { c4.apply(x); } } //~ P501
control c5(inout bit<8> x) { table t { key = { x : exact; } } apply { t.apply(); } } //~ P530
control c6(inout bit<8> x) { table t { key = { x : nokind; } actions = { NoAction; } } apply { t.apply(); } } //~ P531
control c7(inout bit<8> x) { table t { actions = { nothing; } } apply { t.apply(); } } //~ P301
control c8(inout bit<8> x) { action a(bit<8> v) { } table t { actions = { a; } default_action = a; } apply { t.apply(); } } //~ P324
control c9(inout bit<8> x) { action a(bit<8> v) { } table t { actions = { a; } default_action = a(1, 2); } apply { t.apply(); } } //~ P324
control c10(inout bit<8> x) { action a() { } action b() { } table t { actions = { a; } default_action = b(); } apply { t.apply(); } } //~ P534
control c11(inout bit<8> x) { table t { actions = { NoAction; NoAction; } } apply { t.apply(); } } //~ P304
control c12(inout bit<8> x) { table t { actions = { NoAction; } } apply { t.apply(x); } } //~ P324
control c13(inout bit<8> x) { table t { actions = { NoAction; } } action a() { t.apply(); } apply { a(); } } //~ P514
control c14(inout bit<8> x) { table t { actions = { NoAction; } } apply { switch (t.apply().action_run) { a : { } } } } //~ P546
control c15(inout bit<8> x) { table t { actions = { NoAction; } } apply { switch (t.apply().action_run) { NoAction : { } NoAction: { } } } } //~ P304
control c16(inout bit<8> x) { table t { actions = { NoAction; } } apply { switch (t.apply().action_run) { default : { } NoAction: { } } } } //~ P547
control c17(inout bit<8> x) { table t { actions = { NoAction; } } apply { switch (t.apply()) { default : { } } } } //~ P544
control c18(inout bit<8> x) { table t { actions = { NoAction; } } apply { if (t.apply()) { } } } //~ P305
control c19(inout bit<8> x) { table t { actions = { NoAction; } } apply { if (t.apply().foo) { } } } //~ P310
control c20(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } const entries = { 1 &&& 2 : NoAction(); } } apply { t.apply(); } } //~ P538
control c21(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } const entries = { (1, 2) : NoAction(); } } apply { t.apply(); } } //~ P537
control c22(inout bit<8> x) { table t { actions = { NoAction; } const entries = { 1 : NoAction(); } } apply { t.apply(); } } //~ P540
control c23(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } const entries = { x : NoAction(); } } apply { t.apply(); } } //~ P401
control c24(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } const entries = { 1 : foo(); } } apply { t.apply(); } } //~ P301
control c25(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } const entries = { true : NoAction(); } } apply { t.apply(); } } //~ P305
control c26(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } size = x; } apply { t.apply(); } } //~ P401
control c27(inout bit<8> x) { table t { key = { x : exact; } key = { x : exact; } actions = { NoAction; } } apply { t.apply(); } } //~ P304
control c28(inout bit<8> x) { table t { key = { x : exact; } actions = { NoAction; } size = true; } apply { t.apply(); } } //~ P317
control c29(inout bit<8> x) { parser p() { state start { } } apply { } } //~ P503
control c31(inout bit<8> x) { apply { break; } } //~ P510
control c32(inout bit<8> x) { apply { continue; } } //~ P510
control c33(inout bit<8> x) { apply { if (x) { } } } //~ P305
control c36(inout bit<8> x) { apply { switch (x) { 1 : { } 1 : { } } } } //~ P304
control c37(inout bit<8> x) { apply { switch (x) { true : { } } } } //~ P305
control c38(inout bit<8> x) { apply { switch (x) { x : { } } } } //~ P401
control c39(inout bit<8> x) { apply { for (bit<8> i in true) { } } } //~ P548
control c40(inout bit<8> x) { apply { for (bit<8> i in 1..16w5) { } } } //~ P305
control c41(inout bit<8> x) { apply { for (x = 0; x; x = x + 1) { } } } //~ P305
control c42(inout bit<8> x) { action a() { return 1; } apply { a(); } } //~ P512
control c43(inout bit<8> x) { action a() { a(); } apply { a(); } } //~ P501
control c44(inout bit<8> x) { bit<8> y; bit<8> y; apply { } } //~ P304
control c45(inout bit<8> x) { bit<8> x; apply { } }
control c46(inout bit<8> x) { apply { bit<8> y; bit<8> y; } } //~ P304
control c47(inout bit<8> x) { action a() { } action a() { } apply { } } //~ P304
control c48(inout bit<8> x) { apply { x.foo(); } } //~ P312
control c49(inout bit<8> x) { apply { x.foo = 1; } } //~ P310
control c50(inout bit<8> x) { apply { x[9:0] = 1; } } //~ P402
control c51(inout bit<8> x) { apply { 1 = x; } } //~ P318
control c52(inout bit<8> x) { apply { (x + 1) = x; } } //~ P318
control c53(inout bit<8> x) { apply { x = { 1 }; } } //~ P305
control c54(inout bit<8> x) { apply { c54 = 1; } } //~ P501
control c55(inout bit<8> x) { apply { x(); } } //~ P330
control c56(inout bit<8> x) { apply { int y = 1; x = (bit<8>)y; } } //~ P347
control c57(inout bit<8> x) { apply { packet_in y; } } //~ P347
control c58(inout bit<8> x) { apply { NoAction() y; } } //~ P303 P522
control c59(inout bit<8> x) { packet_in() y; apply { } } //~ P332
control c60(inout bit<8> x) { apply { apply(); } } //~ P301
