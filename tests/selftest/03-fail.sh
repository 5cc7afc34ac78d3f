# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: FAIL .*one is not two: got 1, want 2
#
# A scenario that finds a fault.

. "$LAB_ROOT/tests/lib.sh"
equal "one is not two" 1 2
