/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
bit<8> f(in bit<8> x) { if (x == 1) { return 1; } } //~ P513
bit<8> g(in bit<8> x) { for (bit<8> i in 0..3) { return 1; } } //~ P513
bit<8> h(in bit<8> x) { switch (x) { 1: { return 1; } } } //~ P513
bit<8> h2(in bit<8> x) { switch (x) { 1: { return 1; } default: { return 2; } } }
bit<8> h3(in bit<8> x) { { return 1; } }
