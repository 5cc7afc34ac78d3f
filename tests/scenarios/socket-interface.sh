# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 400
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
	traffic 100 10.0.0.99
	sleep 0.3
	$way
	traffic_end
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
traffic 200 10.0.0.99
for n in 1 2 3; do
	sleep 0.2
	ip link set p1 down
	sleep 0.2
	ip link set p1 up
done
traffic_end
host_answerers h1
answered "down and up" 100
xsk_collect s "down and up"

# While it is down nobody looks at what waits to be sent, which goes when it is up.
xsk_start s source -w -n 64 -C 10000000 p1
becomes p1 live
ip link set p1 down
sleep 12 # the last of what was sent could come back for 10 seconds
before=$(stat p1 rx passes)
sleep 3
equal "passes while it is down" $(($(stat p1 rx passes) - before)) 0
ip link set p1 up
xsk_end s "down and up while it sends"

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

# To a name that another policy waits for: the one that came with the interface goes
# on, and the other one takes over when that is deleted.
$T vm add b
ip link add p2 type veth peer name q2
$T port add p2 --vm b
ip link del p2
xsk_start s reflect -n 64 -w p1
becomes p1 live
ip link set p1 down
ip link set p1 name p2
ip link set p2 up
equal "two policies of one name" \
	"$($T -j port list p2 | jq -c 'sort_by(.vm) | map([.vm, has("ifindex"), (.sockets | length)])')" \
	'[["a",true,1],["b",false,0]]'
host_answerers h1
answered "renamed to a name that is taken" 100
$T port del p2
equal "the other policy takes over" "$($T -j port list p2 | jq -c 'map([.vm, (.sockets | length)])')" '[["b",1]]'
judge_start b forward
becomes p2 live
answered "and by the other policy" 100
xsk_end s "renamed to a name that is taken"

# Another interface may get the index of one that has gone, another tenant its sockets must not.
xsk_start s reflect -n 64 -w p2
becomes p2 live
index=$(cat /sys/class/net/p2/ifindex)
ip link del p2
$T port del p2
ip link add p2 index "$index" type veth peer name q2
$T port add p2 --vm a
equal "sockets of the interface that had this index" "$($T -j port list p2 | jq '.[0].sockets | length')" 0
# Nor when nobody has that name.
ip link del p2
$T port change p2 --deadline 1000
equal "the other tenant does not get its socket" "$($T -j port list p2 | jq -c 'map(.sockets[].state)')" '["released"]'
kill -KILL $XSK_PID

# From 6.15 on some devices have a lock of their own, which bind takes inside the socket's.
ip link add d1 type dummy
ip link set d1 up
xsk_start d source -R -C 3 d1
xsk_result d "a device with a lock of its own"
