# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# timeout: 5
# expect: FAIL .*no word from the lab in time
#
# The machine stands still.

echo mem >/sys/power/state
sleep 10
