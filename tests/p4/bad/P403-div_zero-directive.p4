/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#define WAYS 0
#if 64 / WAYS > 2
const bit<8> many = 1;
#endif
