/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern Virt { Virt(); abstract bit<16> f(in bit<16> x); abstract void g(inout bit<16> x); void run(); }
control c(inout bit<16> p) {
  bit<16> loc;
  action act() { }
  Virt() v1 = { bit<16> f(in bit<16> x) { return x; } }; //~ P526
  Virt() v2; //~ P526
  Virt() v3 = { bit<16> f(in bit<16> x) { return x; } void g(inout bit<16> x) { } };
  Virt() v4 = { bit<16> f(in bit<8> x) { return 1; } void g(inout bit<16> x) { } }; //~ P558
  Virt() v5 = { bit<8> f(in bit<16> x) { return 1; } void g(inout bit<16> x) { } }; //~ P558
  Virt() v6 = { bit<16> f(in bit<16> x) { return x; } void g(in bit<16> x) { } }; //~ P558
  Virt() v7 = { bit<16> f(in bit<16> x) { return x; } void g(inout bit<16> x) { } void h() { } }; //~ P527
  Virt() v8 = { bit<16> f(in bit<16> x) { return x; } void g(inout bit<16> x) { } void run() { } }; //~ P527
  Virt() v9 = { bit<16> f(in bit<16> x) { return true; } void g(inout bit<16> x) { } }; //~ P305
  Virt() v10 = { bit<16> f(in bit<16> x) { this.run(); x = 1; return x; } void g(inout bit<16> x) { x = this.f(x); } }; //~ P318
  Virt() v18 = { bit<16> f(in bit<16> x) { return this.f(x); } void g(inout bit<16> x) { } }; //~ P501
  Virt() v11 = { bit<16> f<T>(in bit<16> x) { return x; } void g(inout bit<16> x) { } }; //~ P558
  Virt() v12 = { bit<16> f(in bit<16> x) { return x; } void h(inout bit<16> x) { } }; //~ P527
  Virt() v13 = { bit<16> f(in bit<16> x) { return x; } bit<16> g; }; //~ P529
  Virt() v15 = { bit<16> f(in bit<16> x) { act(); return x; } void g(inout bit<16> x) { } }; //~ P516
  Virt() v16 = { bit<16> f(in bit<16> x) { bit<16> y = x; this.g(y); return y; } void g(inout bit<16> x) { x = this.f(x); } }; //~ P501
  Virt() v14 = { bit<16> f(in bit<16> x) { return x; } void g(inout bit<16> x) { } void g(inout bit<16> x) { } }; //~ P304
  apply { v3.run(); p = v3.f(p); this.run(); } //~ P351
}
control takes()(Virt v) { apply { v.run(); } }
control gives() { takes(Virt()) t; apply { t.apply(); } } //~ P526
control nothing() { apply { } }
Virt() holds = { nothing() n; bit<16> f(in bit<16> x) { return x; } void g(inout bit<16> x) { } }; //~ P523
control held() {
  Virt() v = { nothing() n; bit<16> f(in bit<16> x) { return x; } void g(inout bit<16> x) { } };
  apply { v.run(); }
}
extern Plain { Plain(); void run(); }
control plain() {
  Plain() p = { }; //~ P528
  Plain() q;
  apply { p.run(); q.run(); }
}
extern Maybe { Maybe(); @optional abstract void when(); }
Maybe() maybe = { };
Maybe() never; //~ P526
