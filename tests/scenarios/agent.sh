# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 5.10
# timeout: 1200
#
# The agent on the oldest kernel that it runs on.  Our module does not, nor does a
# switch: the P4 VM is one without packets (tests/invm_vm.c).

. "$LAB_ROOT/tests/lib.sh"

expect "the agent tells what it should, whatever happens" "$LAB_ROOT/tests/test_agent"
# The lab's root is an overlay, in which the test could not make another.
expect "it runs under its unit" env TMPDIR=/dev/shm "$LAB_ROOT/tests/test_agent_unit"
