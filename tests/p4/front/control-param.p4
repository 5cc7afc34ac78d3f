/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control E(out bit<1> b);
control Ingress(out bit<1> b)(E e) { apply { e.apply(b); } }
control MyE(out bit<1> b) { apply { b = 1; } }
package top(E _e);
top(Ingress(MyE())) main;
