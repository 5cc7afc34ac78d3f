# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: ok
#
# Those that come after a fault still run.

true
