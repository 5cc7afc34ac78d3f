# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: FAIL .*kernel log: .*WARNING: planted
#
# All is well but for the kernel log.

echo "<4>WARNING: planted" >/dev/kmsg
