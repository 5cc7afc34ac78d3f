# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: FAIL .*without a verdict
#
# The lab ends in silence.

busybox poweroff -f
sleep 10
