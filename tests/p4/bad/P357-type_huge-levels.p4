/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#define LEVEL(i, j) struct S##i { S##j a; }
#define TEN(i, j) LEVEL(i##0, j##9) LEVEL(i##1, i##0) LEVEL(i##2, i##1) LEVEL(i##3, i##2) LEVEL(i##4, i##3) \
    LEVEL(i##5, i##4) LEVEL(i##6, i##5) LEVEL(i##7, i##6) LEVEL(i##8, i##7) LEVEL(i##9, i##8)
#define HUNDRED(i, j) TEN(i##0, j##9) TEN(i##1, i##0) TEN(i##2, i##1) TEN(i##3, i##2) TEN(i##4, i##3) \
    TEN(i##5, i##4) TEN(i##6, i##5) TEN(i##7, i##6) TEN(i##8, i##7) TEN(i##9, i##8)
struct S099 { bit<8> a; }
HUNDRED(1, 0) HUNDRED(2, 1) HUNDRED(3, 2) HUNDRED(4, 3) HUNDRED(5, 4)
