# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: FAIL .*without a verdict
#
# The lab ends with a pass that is not the one agreed.

echo "end 12-forged ok" >/dev/console
echo "pass 0123456789abcdef" >/dev/ttyS1
busybox poweroff -f
sleep 10
