/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna.p4 - the Portable NIC Architecture as of version 0.7. */
#define PNA_V0_7
#include <pna.p4>
