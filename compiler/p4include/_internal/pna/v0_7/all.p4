/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* all.p4 - the Portable NIC Architecture as of version 0.7, by the name that it has beside others in p4c. */
#include <bmv2/pna.p4>
