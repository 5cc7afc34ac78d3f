/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
@my_anno(1) @my_anno(2) const bit<8> a = 1;
@my_anno[1] @my_anno[2] const bit<8> b = 1; //~ P304
@my_anno(1) @my_anno[2] const bit<8> c = 1; //~ P304
@IllegalMixing[key=4, 5] const bit<8> d = 1; //~ P550
@DupKey[k1=4,k1=5] const bit<8> e = 1; //~ P304
@Empty[] const bit<8> f = 1;
@Mixed[1, "hello", true, 1 == 2, 5 + 6] const bit<8> g = 1;
@Labels[short="Short Label", hover="x",] const bit<8> h = 1;
@X[8w5] const bit<8> i = 1; //~ P551
@X[{1,2}] const bit<8> j = 1; //~ P551
@X[nosuch] const bit<8> k = 1; //~ P301
@name("x", "y") const bit<8> l = 1; //~ P561
@name() const bit<8> m = 1; //~ P561
@name const bit<8> n = 1; //~ P561
@pragma one two
const bit<8> o = 1;
@pragma name "foo"
const bit<8> p = 1;
@hidden("x") action ha() { } //~ P568
@pure(1) extern void pu(@optional(2) in bit<8> y); //~ P568 P568
@hidden() action hb() { }
@name["q"] const bit<8> q = 1; //~ P561
@deprecated["no"] const bit<8> r = 1; //~ P561
@unroll(4) @max_group_size("x") const bit<8> s = 1; //~ P568 P572
void looped() { @unroll(4) for (bit<8> i in 1 .. 2) { } @persistent(1) { } } //~ P568 P568
@id(-1) @max_member_weight() const bit<8> t = 1; //~ P572 P572
@brief(5) @description("a", "b") const bit<8> u = 1; //~ P561 P561
@brief["a"] @description("a" ++ "b") @id[7] const bit<8> v = 1;
@controller_header("packet_in") header in_t { bit<8> a; }
@controller_header("packet_out") header out_t { bit<8> a; }
@controller_header("packet_in") header again_t { bit<8> a; } //~ P555
@controller_header header nameless_t { bit<8> a; } //~ P561
@p4runtime_translation("x", 16) type bit<8> w16_t;
@p4runtime_translation("x", bit<16>) type bit<8> b16_t;
#define AS string
@p4runtime_translation("x", AS) type bit<8> text_t;
@p4runtime_translation["x", 16] type bit<8> pair_t;
@p4runtime_translation type bit<8> none_t; //~ P573
@p4runtime_translation(16, "x") type bit<8> swapped_t; //~ P573
@p4runtime_translation("x", 16, 17) type bit<8> more_t; //~ P573
@p4runtime_translation("x", int<16>) type bit<8> signed_t; //~ P573
const bit<8> one = 1;
enum bit<8> lists_t { A = 2 }
struct kept_t { @field_list(one, lists_t.A, 1 + 2) bit<8> a; @field_list() bit<8> b; @field_list(two) bit<8> c; @field_list(true) bit<8> d; @field_list("x") bit<8> e; @field_list(-1) bit<8> f; } //~ P301 P317 P317 P402
