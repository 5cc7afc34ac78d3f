# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# expect: ok
#
# Processes, namespaces and links that stay are removed.

ip netns add stays
ip link add stays type veth peer name eth0 netns stays
ip netns exec stays sleep 1000 &
sleep 1000 &
