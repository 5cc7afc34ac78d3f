/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> x, inout int<8> i, inout bit<32> y) {
  apply { x = x << 1; x = x << 8w3; x = x << y; i = i >> 1; i = i >> x; x = 8w1 << x; x = x >> (4w3 + 4w1); bit<8> z = 1 << 3; x = x << 3 << 2; y = 32w1 << y[4:0]; x = 1 << 3;
  const int k = 3; x = x << k; x = x[k:0] ++ 4w0; y = (bit<32>)x << 8; }
}
