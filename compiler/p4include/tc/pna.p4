/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna.p4 - the Portable NIC Architecture as Linux's tc has it: version 0.7 and the packet's sk_buff. */
#define PNA_V0_7
#define PNA_TC
#include <pna.p4>
