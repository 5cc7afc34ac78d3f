/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// default params and optional
struct Empty {}
extern packet_in { }
control nothing(inout Empty h, inout Empty m) { apply {} }
parser parserProto<H, M>(packet_in p, out H h, inout M m);
control controlProto<H, M>(inout H h, inout M m);
package pack<HP, MP, HC, MC>(@optional parserProto<HP, MP> _parser, controlProto<HC, MC> _control = nothing());
extern void h(in bit<32> a, in bool b = true);
extern void f(in bit a, in bit<3> b = 2, in bit<5> c);
void g() { f(a = 1, b = 2, c = 3); f(a = 1, c = 3); f(1, 2, 3); h(10); h(a = 10); h(a = 10, b = true);
 f(1, 3); //~ P324
}
pack() main;
package pipeline(bit<8> x);
package switch_t(pipeline first, @optional pipeline second);
pipeline(1) ingress;
switch_t(ingress) m2;
control fixed(inout Empty h);
control fix(inout Empty h) { apply { } }
package whole(fixed a, fixed b = fix());
whole(fix()) m3;
