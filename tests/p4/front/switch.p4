/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
enum E { A, B }
enum bit<4> SE { X = 1, Y = 2 }
error { Foo, Bar }
control c(inout bit<8> x, inout E e, inout SE s, in error er, inout bool b) {
  const bit<8> K = 7;
  apply {
    switch (x) { 1: { x = 2; } 2: 3: { x = 4; } K: {} (4+5): { } 16w0x1234[7:0]: {} default: { return; } }
    switch (x + 1) { 0: {} }
    switch (e) { E.A: { } default: {} }
    switch (er) { error.Foo: {} error.Bar: {} }
    switch (s) { SE.X: {} SE.Y: {} }
    switch (x) { }
    switch (x) { 8w1: {} default: }
    switch (x[3:0]) { 1: {} }
  }
}
