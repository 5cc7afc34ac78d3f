# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug
# timeout: 200
#
# The interface of a bound socket is deleted, goes down and up, changes its name.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
$T vm add a
host_alone 1
$T port add p1 --vm a --deadline 5000
judge_start a forward

for way in "ip link del p1" "ip netns del h1"; do
	xsk_start s reflect -n 64 -w p1
	becomes p1 live
	traffic 100
	sleep 0.3
	$way
	wait $PING_PID || true
	sleep 0.3
	gone $XSK_PID && fail "the switch died of it"
	kill -KILL $XSK_PID
	wait_for 5 gone $XSK_PID
	ip netns del h1 2>/dev/null || true
	wait_for 10 [ ! -e /sys/class/net/p1 ] || fail "p1 does not go"
	host_alone 1
	xsk_start s reflect -n 64 -w p1
	becomes p1 live
	answered "after '$way', and again" 100
	xsk_end s "a new interface of the same name"
done

# Down and up again: what waits may be lost, frames are not.
xsk_start s reflect -n 64 -w p1
becomes p1 live
traffic 200
for n in 1 2 3; do
	sleep 0.2
	ip link set p1 down
	sleep 0.2
	ip link set p1 up
done
wait $PING_PID || true
host_answerers h1
answered "down and up" 100
xsk_collect s "down and up"

# The policy follows a new name.
xsk_start s reflect -n 64 -w p1
becomes p1 live
ip link set p1 down
ip link set p1 name r1
ip link set r1 up
becomes r1 live
answered "renamed" 100
xsk_end s "renamed"
ip link set r1 down
ip link set r1 name p1
ip link set p1 up
equal "and back" "$($T -j port list | jq -r '.[].interface')" p1

