# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug
# timeout: 300
#
# Things come and go under traffic: the P4 VM, the policy, the switch, the
# interface, and the module, which refuses to go while it is in use.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

traffic() { # COUNT - in the background
	in_ns h1 ping -q -c "$1" -i 0.01 -W 2 10.0.0.99 >/run/ping.log 2>&1 &
	PING_PID=$!
}

traffic_all() { # WHAT COUNT - it lost nothing
	wait $PING_PID || true
	grep -q "$2 received" /run/ping.log && ! grep -q duplicates /run/ping.log ||
		fail "$1: $(grep received /run/ping.log)"
	say "ok: $1: $2 of $2 answered"
}

module_load
$T vm add a
host_alone 1
$T port add p1 --vm a --on-failure pass --deadline 3000

# ---------------------------------------------------------------- P4 VM
xsk_start s reflect -n 64 -w p1
judge_start a forward
becomes p1 live
traffic 300
for n in 1 2 3; do
	sleep 0.5
	stop $JUDGE_PID
	judge_start a forward
done
traffic_all "the P4 VM restarts three times, on-failure pass" 300
becomes p1 live
refuse "its channel cannot go while it is open" $T vm del a
refuse "a second interface of the same name is no port" $T port add p1 --vm a

# ---------------------------------------------------------------- policy
$T port change p1 --on-failure drop --deadline 5000
traffic 400
for n in 1 2 3; do
	sleep 0.5
	$T port del p1
	sleep 0.5
	$T port add p1 --vm a --deadline 5000
done
traffic_all "the policy goes and comes three times" 400
becomes p1 live
answered "the port was adopted" 100
refuse "the channel is named by a port" $T vm del a

# Adopted with no P4 VM there: the deadline counts.
$T port del p1
stop $JUDGE_PID
$T port change p1 2>/dev/null && fail "changed a policy that is gone"
$T port add p1 --vm a --deadline 50
pings 20
becomes p1 failed
unanswered "adopted without a P4 VM" 50
$T port change p1 --deadline 5000
judge_start a forward
becomes p1 live
answered "the P4 VM comes" 100
xsk_collect s "P4 VM and policy"

# ---------------------------------------------------------------- switch
for n in 1 2 3; do
	xsk_start s reflect -n 64 -w p1
	becomes p1 live
	traffic 200
	sleep 0.5
	kill -KILL $XSK_PID
	wait_for 5 in_state p1 none || fail "the socket of a killed switch stays"
	xsk_start s reflect -n 64 -w p1
	wait $PING_PID || true
	becomes p1 live
	answered "the switch was killed and came back" 100
	xsk_end s "after a kill"
done
xsk_start s reflect -n 64 -w p1
becomes p1 live
traffic 100
sleep 0.2
kill -KILL $XSK_PID $JUDGE_PID
wait $PING_PID || true
wait_for 5 in_state p1 none || fail "the socket of a killed switch stays"
judge_start a forward

# ---------------------------------------------------------------- interface
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

# ---------------------------------------------------------------- module
xsk_start s reflect -n 64 -w p1
becomes p1 live
traffic 100
refuse "rmmod while a switch and a P4 VM run" rmmod transp4 2>/dev/null
stop $JUDGE_PID
refuse "rmmod while a switch runs" rmmod transp4 2>/dev/null
wait $PING_PID || true
xsk_end s "rmmod was refused"
judge_start a forward
refuse "rmmod while a P4 VM runs" rmmod transp4 2>/dev/null
stop $JUDGE_PID
expect "rmmod when nobody does" wait_for 5 rmmod transp4
xsk_start s reflect -n 64 -w p1
pings 50
equal "without the module the switch works" "$GOT" 50
xsk_collect s "without the module"
for n in 1 2 3 4 5; do
	module_load
	$T vm add a
	$T port add p1 --vm a
	rmmod transp4 || fail "rmmod with a policy and a channel, nobody using them"
done
# Unloaded while sockets are being made.
(while :; do "$XSK" source -C 0 p1 >/dev/null 2>&1; done) &
maker=$!
for n in 1 2 3 4 5; do
	module_load
	sleep 0.3
	wait_for 20 rmmod transp4 || fail "rmmod finds no moment"
done
kill $maker
say "ok: unloaded while sockets were being made"
