/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
action a() {}
control c(inout bit<32> z) {
 action a() {}
 action b(inout bit<32> x, bit<8> data) { }
 action d(in bit<32> x) { }
 action o(in bit<32> x = 5) { }
 table t0 { actions = { NoAction; } }
 table t { actions = { a; .a; } } //~ P304
 table t2 { actions = { d; } } //~ P535
 table t3 { actions = { b(z, 3); } } //~ P535
 table t4 { actions = { b(); } } //~ P535
 table t5 { actions = { d(5); b(z); } default_action = d(5); }
 table t6 { actions = { d(5); b(z); } default_action = b(z, 8w8); }
 table t7 { actions = { d(5); b(z); } default_action = d(z); } //~ P536
 table t8 { actions = { d(5); b(z); } default_action = b(z); } //~ P324
 table t9 { actions = { d(5); b(z); } default_action = b(z, 8w8, 1); } //~ P324
 table t10 { actions = { d(t0.apply().hit ? 32w5 : 3); } } //~ P514
 table t11 { actions = { b(5); } } //~ P318
 table t12 { actions = { NoAction; } default_action = NoAction; default_action = NoAction; } //~ P304
 table t13 { actions = { NoAction; } actions = { NoAction; } } //~ P304
 table t14 { actions = { NoAction; } entries = { } entries = { } } //~ P304
 table t15 { actions = { NoAction; } foo = 1; foo = 2; } //~ P304
 table t16 { actions = { NoAction; } default_action = 5; } //~ P533
 table t17 { actions = { NoAction; } default_action = z; } //~ P533
 table t18 { actions = { z; } } //~ P533
 table t19 { actions = { t0; } } //~ P533
 table t20 { key = { z : t0; } actions = { NoAction; } } //~ P531
 table t21 { key = { z : NoAction; } actions = { NoAction; } } //~ P531
 table t22 { key = { 5 : exact; } actions = { NoAction; } } //~ P320
 table t23 { key = { z + 1 : exact; } actions = { NoAction; } } //~ P554
 table t24 { key = { z : exact; } actions = { NoAction; } largest_priority_wins = 5; } //~ P305
 table t25 { key = { z : exact; } actions = { NoAction; } priority_delta = 0; } //~ P402
 table t26 { key = { z : exact; } actions = { NoAction; @defaultonly d(z); } const entries = { 1 : d(z); } } //~ P541
 table t27 { key = { z : exact; } actions = { NoAction; @tableonly d(z); } default_action = d(z); } //~ P542
 table t28 { key = { z : exact; } actions = { b(z); } const entries = { 1 : b(z, z[7:0]); } } //~ P401
 table t29 { key = { z : exact; } actions = { b(z); } const entries = { 1 : b(z, true); } } //~ P305
 table t30 { key = { z : exact; } actions = { b(z); } const entries = { 1 : b; } } //~ P324
 table t31 { key = { z : exact; } actions = { b(z); } const entries = { 1..3 : b(z, 1); } } //~ P538
 table t32 { key = { z : exact; } actions = { b(z); } const entries = { _ : b(z, 1); } }
 table t33 { key = { z : lpm; } actions = { b(z); } const entries = { 1 &&& 3: b(z, 1); 4 &&& 0xff000000: b(z, 1); } } //~ P562
 table t34 { key = { z : exact; } actions = { b(z); } const entries = { "x" : b(z, 1); } } //~ P305
 table t35 { key = { z : exact; z : exact; } actions = { b(z); } const entries = { 1 : b(z, 1); } } //~ P537
 table t36 { key = { z : exact; z : exact; } actions = { b(z); } const entries = { (1, 2, 3) : b(z, 1); } } //~ P537
 table t37 { } //~ P530
 table t44 { key = { } actions = { NoAction; } entries = { 1 : NoAction; } } //~ P540
 table t39 { default_action = NoAction; } //~ P530
 table t38 { key = { z : exact; } actions = { b(z); } size = -1; } //~ P402
 table t40 { actions = { o; } default_action = o(5); }
 table t41 { actions = { o(z); } default_action = o; } //~ P536
 table t42 { actions = { o(z, z); } } //~ P535
 apply { }
}
control named(inout bit<32> z) {
 action f(bit<8> a, bit<8> b) { z = (bit<32>)(a ++ b); }
 table u1 { actions = { f; } default_action = f(a = 1, b = 2); }
 table u2 { actions = { f; } default_action = f(a = 1); } //~ P325
 table u3 { actions = { f; } default_action = f(a = 1, a = 2); } //~ P304
 table u4 { actions = { f; } default_action = f(a = 1, 2); } //~ P327
 table u5 { actions = { f; } default_action = f(a = 1, c = 2); } //~ P326
 table u6 { actions = { f; } default_action = f(_, 2); } //~ P329
 table u7 { key = { z : exact; } actions = { f; } const entries = { 1 : f(b = 1, b = 2); } } //~ P304
 table u8 { actions = { f; } default_action = "f"; } //~ P533
 table u9 { default_action = f(1, 2); actions = { f; } } //~ P566
 table u10 { key = { z : exact; } entries = { 1 : f(1, 2); } actions = { f; } } //~ P566
 table u11 { actions = { f; } entries = { 1 : f(1, 2); } key = { z : exact; } } //~ P566
 table u13 { key = { z : exact @name("k"); z[7:0] : exact @name("k"); } actions = { f; } } //~ P304
 table u12 { key = { z : exact; } actions = { f; } default_action = f(1, 2); entries = { 1 : f(1, 2); } }
 apply { u1.apply<bit<8>>(); } //~ P322
}
control unbound(inout bit<32> z) {
 action f(in bit<32> a, in bit<32> b, bit<32> d) { z = a + b + d; }
 table v1 { actions = { f(a = z, z); } default_action = f(z, z, 1); } //~ P327
 table v3 { actions = { f(z + 1, z[7:0] ++ 24w1); } default_action = f(z + 1, z[7:0] ++ 24w1, 1); }
 table v4 { actions = { f(z + 1, z); } default_action = f(z + 2, z, 1); } //~ P536
 table v5 { actions = { f(z, z[7:0] ++ 24w1); } default_action = f(z, z[8:1] ++ 24w1, 1); } //~ P536
 table v6 { actions = { f(z, z); } default_action = f(1); } //~ P324
 table w1 { key = { z : ternary; } actions = { NoAction; } entries = { priority = 1: 1 : NoAction(); 2 : NoAction(); 3 : NoAction(); } } //~ P402
 table w2 { key = { z : lpm; } actions = { NoAction; } entries = { priority = 1: 1 : NoAction(); } } //~ P567
 table v2 { actions = { f(z, _); } default_action = f(1); } //~ P329
 apply { }
}
control mended(inout bit<32> z) {
 apply { z = nowhere; } //~ P301
}
control wanted(inout bit<32> z, inout bit<32> y);
package Takes(wanted w);
Takes(mended()) takes;
