/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
type bit<8> new_t;
enum bit<8> same { A = 1, B = 1, C = 2 }
control c(inout bit<8> x, inout bool b, inout error e, in new_t n, in same m) {
 action a() {} action a2(bit<8> q) {}
 table t { actions = { a; a2; NoAction; } } table t2 { actions = { a; } }
 apply {
  switch (t.apply().action_run) { a: {} a2: {} a: {} } //~ P304
  switch (t2.apply().action_run) { a2: {} } //~ P546
  switch (t.apply().action_run) { x: {} } //~ P546
  switch (t.apply().action_run) { 1: {} } //~ P545
  switch (t.apply().hit) { true: {} } //~ P544
  switch (t.apply()) { a: {} } //~ P544
  switch (t) { } //~ P544
  switch (x) { 1: {} 2: {} 1: {} } //~ P304
  switch (x) { 300: {} 44: {} } //~ P304
  switch (x) { 1: {} default: {} 2: {} } //~ P547
  switch (x) { default: {} default: {} } //~ P304
  switch (x) { b: {} } //~ P305
  switch (x) { x: {} } //~ P401
  switch (x) { 16w1: {} } //~ P305
  switch (e) { error.NoError: {} error.NoError: {} } //~ P304
  switch ("x") { } //~ P544
  switch (n) { (new_t)1: {} } //~ P544
  switch (x) { {1}: {} } //~ P305
  switch (m) { same.A: {} same.B: {} } //~ P304
  switch (m) { same.C: {} (same) 2: {} } //~ P304
 } }
