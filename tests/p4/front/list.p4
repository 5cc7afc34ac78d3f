/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern X { X(list<tuple<bit<8>, bit<16>>> t); }
struct P { bit<8> a; bit<16> b; }
extern Y { Y(list<P> t); }
extern Z<T> { Z(list<T> t); }
control c() {
  X({ { 1, 2 }, { 3, 4 } }) x;
  Y({ { 1, 2 }, { a = 3, b = 4 } }) y;
  Y((list<P>){ { 1, 2 }, { a = 3, b = 4 } }) y2;
  Z<P>({ { 1, 2 } }) z;
  Z({ (P){ 1, 2 } }) z2;
  Z<bit<8>>({}) z3;
  Z((list<bit<8>>){ 1 }) z4;
  apply {}
}
