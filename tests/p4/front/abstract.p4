/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern Virtual { Virtual(); abstract bit<16> f(in bit<16> ix); }
extern State { State(int<16> size); bit<16> get(in bit<16> index); }
extern bit<16> ext(in bit<16> x);
const bit<16> G = 3;
bit<16> helper(in bit<16> x) { return x + G; }
control c(inout bit<16> p) {
  Virtual() cntr = { State(16s1024) state; bit<16> f(in bit<16> ix) { bit<16> t = helper(ix); if (t == 0) { return ext(t); } return state.get(ix) + t; } };
  apply { p = cntr.f(6); }
}
control d(inout bit<16> p)(bit<16> k) {
  bit<16> local = 3;
  Virtual() v = { bit<16> f(in bit<16> ix) { local = local + p; return local + k; } };
  apply { p = v.f(6); }
}
control ctr(inout bit<16> x); package top(ctr ctrl); top(c()) main;
