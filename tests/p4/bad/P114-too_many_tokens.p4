/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#define A x + x + x + x + x + x + x + x
#define B A + A + A + A + A + A + A + A
#define C B + B + B + B + B + B + B + B
#define D C + C + C + C + C + C + C + C
#define E D + D + D + D + D + D + D + D
#define G E + E + E + E + E + E + E + E
#define H G + G + G + G + G + G + G + G
const bit<8> x = 1;
const bit<8> sum = H;
