/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna.p4 - the Portable NIC Architecture as DPDK has it: version 0.5 with additions. */
#define PNA_DPDK
#include <pna.p4>
