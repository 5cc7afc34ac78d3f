/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include "P106-include_depth.p4"
