# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: FAIL .*exit status 3
#
# A scenario that ends badly.

exit 3
