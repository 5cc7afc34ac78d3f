/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header h { bit<8> x; }
typedef h h_t;
typedef h_t[3] st_t;
typedef tuple<bit<8>, h> tt;
struct g<T> { T a; }
typedef g<bit<8>> gb;
typedef struct s1 { bit<8> q; } s1_t;
type bit<8> N;
type N M;
typedef N NN;
type bool NB;
control c(inout st_t s, inout gb g1, inout N n, inout s1_t s2) { apply { s[0].x = g1.a; n = (N)g1.a; M m = (M)n; n = (N)m; s2.q = 1; bit<8> b = (bit<8>)n; } }
