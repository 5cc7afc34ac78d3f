# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: skip .*there is no such card
#
# A skip carries its reason.

. "$LAB_ROOT/tests/lib.sh"
skip "there is no such card"
