/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#if 1 + (2 3)
#endif
#if 1 ==
#endif
