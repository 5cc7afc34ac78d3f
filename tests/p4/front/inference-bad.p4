/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f27(); void g27() { f27<bit<8>>(); } //~ P322
extern T f28<T>(); void g28() { f28(); } //~ P323
extern T f29<T>(); void g29() { bit<8> x = f29<bit<8>>(); f29<bit<8>, bit<8>>(); } //~ P322
void h29() { bit<8> x = f29(); } //~ P323
extern U f39<T, U>(in T t); void g39(in bit<8> x) { bit<8> y = f39(x); } //~ P323
extern T f40<T>(in T t); void g40(in bit<8> x) { bit<8> y = f40(x); }
extern E30<T> { E30(); } control c30() { E30() e; apply { } } //~ P323
extern E31<T> { E31(); } control c31() { E31<bit<8>, bit<8>>() e; apply { } } //~ P322
extern E32 { E32(); } control c32() { E32<bit<8>>() e; apply { } } //~ P322
struct S33<T> { T x33; } control c33() { apply { S33 s; } } //~ P321
struct S34<T> { T x34; } typedef S34 X34; //~ P321
extern void f35<T>(in T a, in T b); control c35(in bit<8> x, in bit<16> y) { apply { f35(x, y); } } //~ P305
extern void f36<T>(in T a, in T b); control c36(in bit<8> x, in bool y) { apply { f36(x, y); } } //~ P305
extern void f37<T>(in T a); control c37() { apply { f37(5); } } //~ P323
T g38<T>(in T x) { return x + 1; } //~ P307
bool g39<T>(in T x, in T y) { return x == y; }
T g40<T>(in T x) { return 8w1; } //~ P305
bit<32> g41<T>(in T x) { return (bit<32>) x.minSizeInBits(); } //~ P312
struct S42<T> { T x42; } bit<32> g42<T>(in T x) { return S42<T>.maxSizeInBytes(); } //~ P312
T same<T>(in T a) { return a; }
control twice(inout bit<8> x) { apply { x = same<bit<16>>(x); } } //~ P305
void alike<T>(in T x, in T y) { }
control unlike(inout bit<8> x) { apply { alike(1, 2); alike(1, true); alike(x, _); alike(_, _); } } //~ P323 P305 P329 P329
enum bit<8> under_t { A = 1 }
control under(inout bit<8> x, inout bit<16> y, inout under_t e) { apply { alike(e, y); alike(y, e); alike(e, 1); alike(1, e); } } //~ P305 P305 P305 P305
extern void both_out<T>(in T a, out T b);
control under_out(inout bit<8> x, inout under_t e) { apply { both_out(x, e); e = same(x); } } //~ P305 P305
struct S44<T> { T x44; T y44; } extern void f44<T>(in S44<T> a); control c44() { apply { f44({ 1, 2 }); } } //~ P323
control c45() { apply { f44({ 8w1, true }); } } //~ P305
struct both_t<T> { T a; T b; }
extern void boths<T>(in both_t<T> x);
control boths_differ(in bit<8> x, in bit<16> y, in bool b) { apply { boths({ b = x, a = y }); boths({ x, b }); alike(b ? y : y, x); } } //~ P305 P305 P305
bit<8> chosen(in bool b, in bit<16> y) { return b ? y : y; } //~ P305
extern counted { counted(); void count(); }
void takes_any<T>(in T x) { T y = x; }
void takes_object(counted c) { takes_any(c); takes_any<counted>(c); alike(c, c); } //~ P361 P361 P361
extern void says<T>(string what, in T x);
control takes_string(in bit<8> x) { apply { says("x", x); says("x", { "x", x }); says("x", "x"); says<string>("x", "x"); } } //~ P361 P361
