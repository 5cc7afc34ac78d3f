# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: FAIL .*the kernel panicked
#
# The kernel dies.

echo 1 >/proc/sys/kernel/sysrq
echo c >/proc/sysrq-trigger
sleep 10
