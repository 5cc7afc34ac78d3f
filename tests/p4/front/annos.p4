/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
@a @b() @c(1, "x", foo) @d[1, 2, 3] @e[k = 1, v = "s"] @f[] @g(({[]}) if else ;) @h["x" ++ "y"]
const bit<8> x = 1;
@name(".x") @hidden @deprecated("no") @noWarn("unused")
@unlikely @likely
struct S { @field(1) bit<8> a; @name("b.c") bit<8> b; }
@foo header H { @bar[x=1+1] bit<8> f; }
@an enum E { A, B }
@an enum bit<8> F { A = 1, B = 2, }
@an typedef bit<8> t8;
@an type bit<8> n8;
@an extern E1 { @an E1(@an bit<8> x); @an void m(@an in bit<8> x); @an abstract bit<8> q(); }
@an extern void fn(@an in bit<8> x);
match_kind { foo }
@an action a(@an bit<8> x) @an { ; }
@an control c(@an inout bit<8> x)(@an bit<8> y) {
   @an bit<8> z;
   @an const bit<8> w = 1;
   @an action aa() { }
   @an action NoAct() {}
   @an table t { @an key = { x : foo @name("q") @an ; } @an actions = { @an aa; @tableonly a; @defaultonly NoAct; } @an size = 3; @an const default_action = aa(); @an myprop = 7; }
   apply @an { @an { } @an bit<8> q; @atomic { q = 1; } if (x == 1) @an { } else @an { } }
}
const string TABLE = "t" ++ "able";
@deprecated("since " ++ TABLE ++ ".") extern void since();
control named() { @name(TABLE) action a() { } @name("a" ++ TABLE) table t { actions = { a; } default_action = a; } apply { t.apply(); } }
