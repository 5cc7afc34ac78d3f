# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: debug
# timeout: 200
#
# A queue that is leased to a netkit device (newer kernels): who binds there gets round
# no policy of the device that it comes from.
#
#	 namespace h1                 the lab
#	+------------+       +-------------------------------------+
#	| eth0       | net-  | p1, queue 0 <--- lease --- nk0      |
#	| 10.0.0.1   | devsim|                        queue 1: xsk |
#	|            +-------+                                     |
#	+------------+       +-------------------------------------+
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

# simulated NUMBER NAME - a device that has queues to lend.
simulated() {
	echo "$1 1 1" >/sys/bus/netdevsim/new_device
	ip link set "$(ls "/sys/bus/netdevsim/devices/netdevsim$1/net")" name "$2"
}

# refused_for IFACE - how many binds.
refused_for() { jq -r "select(.event == \"refused\" and .interface == \"$1\").reason" </run/events | grep -c leased; }

[ -e /sys/bus/netdevsim ] || modprobe netdevsim 2>/dev/null || skip "this kernel has no netdevsim"
simulated 1 p1
simulated 2 far
ip netns add h1
exec 5</proc/self/ns/net 6</run/netns/h1
ip link set far netns h1 name eth0
echo "5:$(cat /sys/class/net/p1/ifindex) 6:$(in_ns h1 cat /sys/class/net/eth0/ifindex)" \
	>/sys/bus/netdevsim/link_device
ip link set p1 up
host_setup h1 1
in_ns h1 sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1
host_answerers h1
_status=0
"$LAB_ROOT/tests/lease" nk0 p1 0 || _status=$?
[ $_status != 77 ] || skip "this kernel leases no queues"
equal "a lease is made" $_status 0
ip link set nk0 up

module_load
$T vm add a
judge_start a forward
$T -j monitor >/run/events 2>/run/listening &
monitor=$!
wait_for 10 grep -q listening /run/listening || fail "monitor does not listen"
xsk_start s sink -k -X -P p1 nk0:1
pings 20
expect "port add" $T port add p1 --vm a --deadline 5000
equal "a socket that was there before is shown at the port it takes from" "$(state p1)" uncovered
xsk_end s "it has what was sent"
refuse "a bind is refused while a P4 VM covers that port" "$XSK" sink -X -P p1 nk0:1
ip netns add c
ip link set nk0 netns c
ip -n c link set nk0 up
refuse "so it is from another network namespace" in_ns c "$XSK" source -R nk0:1
expect "and elsewhere it is not" in_ns c "$XSK" source -R -C 1 nk0:0
ip -n c link set nk0 netns 1
ip link set nk0 up

expect "the device is covered by its own name" $T port add nk0 --queue 1 --vm a --deadline 5000
xsk_start s sink -k -X -P p1 nk0:1
becomes nk0 live
pings 20
equal "the P4 VM decides what p1 receives" "$(stat nk0 rx forwarded)" 20
xsk_end s "the P4 VM forwards"
equal "it was no socket of p1's policy" "$(state p1)" none
stop $monitor INT
equal "events say so where the policy is" "$(refused_for p1)" 2
equal "and where the socket is" "$(refused_for nk0)" 1

ip link del nk0
for device in 1 2; do
	echo $device >/sys/bus/netdevsim/del_device
done
