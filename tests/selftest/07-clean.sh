# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: ok
#
# The one before has left nothing.

. "$LAB_ROOT/tests/lib.sh"
refuse "a link stays" ip link show stays
equal "namespaces that stay" "$(ip netns list | wc -l)" 0
refuse "a process stays" pgrep sleep
