/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* all.p4 - the Portable NIC Architecture's latest version, by the name that it has beside others in p4c. */
#include <bmv2/pna.p4>
