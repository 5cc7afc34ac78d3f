# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# timeout: 3
# expect: FAIL .*not done after 3 seconds
#
# A scenario that never ends.

sleep 1000
