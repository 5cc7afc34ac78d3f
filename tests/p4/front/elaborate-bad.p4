/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E { E(bit<8> x); }
control inner()(bit<8> k) { E(8 / k) e; apply { } } //~ P403
control outer() { inner(0) i; apply { i.apply(); } }
control proto();
package top(proto p);
top(outer()) main;
