# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: debug
# expect: ok
# expect-boot: FAIL .*kmemleak: unreferenced object
#
# All is well but for the kernel's memory.

modprobe kmemleak-test
