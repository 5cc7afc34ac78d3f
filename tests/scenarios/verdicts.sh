# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 400
# net: virtio
# arguments: ovs-veth-100000-p4@6.12 ovs-veth-6000@6.1 testpmd-veth-6000@6.12 testpmdpoll-veth-3000@6.1 ovsgeneric-veth-3000@6.1 ovspoll-veth-3000@6.1 ovsqueues-veth-3000@6.1 ovs-virtio-3000@6.12 testpmd-virtio-3000@6.1 ovs-veth-1000@debug ovs-virtio-1000@debug testpmd-veth-1000@debug ovs-veth-6000@rt ovs-virtio-3000@rt testpmdpoll-veth-3000@rt
#
# Every packet of an unmodified switch is decided, in both directions, and what
# arrives is exactly what was decided.
#
#	verdicts.sh SWITCH-PORTS-PACKETS[-p4]
#
# By compiled programs in a P4 VM with p4, else by the stand-in (tests/judge).

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
IFS=-
set -- $1
unset IFS
switch=$1 ports=$2 count=$3 by=${4:-judge} queues=1

# judge MODE - decides for P4 VM a from now on.
judge() {
	if [ "$by" = judge ]; then
		[ ! "${judge:-}" ] || stop "$judge"
		"$LAB_ROOT/build/tests/judge" a "$1" &
		judge=$!
	else
		case $1 in
		forward) _program=forward-all ;;
		third) _program=drop-third ;;
		ttl) _program=rewriter ;;
		drop) _program=drop-all ;;
		esac
		_program=$LAB_ROOT/build/tests/programs/$_program.tp4
		$T program replace a "$_program" 2>/dev/null ||
			$T vm start a --program "$_program" --isolation process
	fi
	expect "both ports are live with a judge of $1" wait_for 20 live $((2 * queues))
}

live() { [ "$($T -j port list | jq '[.[].sockets[] | select(.state == "live")] | length')" = "$1" ]; }

# stat DIRECTION COUNTER - its sum over both ports.
stat() { $T -j stats | jq "[.[].$1.$2] | add"; }

# stream COUNT - both ways; $sent, $received, $bad (reordered, doubled, damaged) and $late are sums.
stream() {
	"$LAB_ROOT/build/tests/stream" "$1" 32 200 >/run/stream || fail "stream"
	sed 's/^/    /' /run/stream
	sent=$(awk '{ n += $3 } END { print n }' /run/stream)
	received=$(awk '{ n += $5 } END { print n }' /run/stream)
	bad=$(awk '{ n += $9 + $11 + $13 } END { print n }' /run/stream)
	late=$(awk '{ n += $15 } END { print n }' /run/stream)
}

switch_unmodified "$switch"
module_load
case $switch in
ovsqueues)
	queues=2
	for n in 1 2; do
		host_make $n numrxqueues 2 numtxqueues 2
	done
	;;
*) ports_make "$ports" ;;
esac
$T vm add a --isolation process
# The machine may be slow; deadlines have a scenario of their own.
$T port add p1 --vm a --deadline 20000
$T port add p2 --vm a --deadline 20000
switch_start "$switch"
judge forward
$T port list
case $ports-$(uname -r) in
virtio-6.1.* | virtio-6.12.*) ;;
virtio-*) equal "ports in zero-copy mode, as the driver can" "$($T port list | grep -c 'live.* zerocopy')" 2 ;;
esac
reach 30
# Neighbours never expire, so that nothing but the stream counts.
for n in 1 2; do
	in_ns h$n ip neigh replace 10.0.0.$((3 - n)) dev eth0 nud permanent lladdr \
		"$(in_ns h$((3 - n)) cat /sys/class/net/eth0/address)"
done

stream "$count"
equal "sent" "$sent" $((2 * count))
equal "received" "$received" "$sent"
equal "reordered, doubled or damaged" "$bad" 0
# It sleeps for up to a second in poll() if that does not say that we asked it to come.
[ "$switch" != testpmdpoll ] || equal "a second late" "$late" 0
within "forwarded towards the switch" "$(stat rx forwarded)" "$sent" $((sent + 200))
within "forwarded from the switch" "$(stat tx forwarded)" "$sent" $((sent + 200))
equal "frames lost" "$(stat rx frames_lost)" 0

# So that a third of what is left of it is whole, too.
some=$(((count > 3000 ? 3000 : count) / 9 * 9))
judge third
dropped=$(($(stat rx dropped) + $(stat tx dropped)))
stream $some
# Each direction of the stream meets two judgements, rx and then tx.
lost=$(($(stat rx dropped) + $(stat tx dropped) - dropped))
equal "missing at the receiver, and dropped by verdict" $((sent - received)) "$lost"
equal "every third of the sent, then every third of the rest" "$lost" \
	$((some * 10 / 9))
equal "reordered, doubled or damaged" "$bad" 0

judge ttl
stream $some
equal "received with a rewritten TTL" "$received" "$sent"
equal "reordered, doubled or damaged" "$bad" 0
within "rewritten" "$(stat rx rewritten)" "$sent" $((sent + 200))
ttl=$(in_ns h1 ping -c 1 10.0.0.2 | sed -n 's/.*ttl=\([0-9]*\).*/\1/p')
equal "TTL after two rewritings" "$ttl" 62

judge drop
refuse "nothing passes" in_ns h1 ping -q -c 3 -i 0.1 -W 1 10.0.0.2
judge forward
expect "all passes again" ping_all 20
for what in drop_deadline drop_protocol drop_bad_packet drop_bad_patch frames_lost; do
	equal "$what" $(($(stat rx $what) + $(stat tx $what))) 0
done
# The switch is what its name here says.
case $switch in
ovsgeneric) equal "ports with generic XDP" "$(ip link | grep -c 'p[12]@.*xdpgeneric')" 2 ;;
ovspoll) equal "sockets with need_wakeup" "$($T -j port list | jq '[.[].sockets[] | select(.need_wakeup)] | length')" 0 ;;
ovsqueues)
	in_ns h1 /usr/bin/python3 -c '
import socket
for port in range(64):
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"flow", ("10.0.0.2", 9001))'
	wait_for 10 ping_all 1
	for queue in 0 1; do
		within "queue $queue received" \
			"$($T -j stats p1 | jq "[.[] | select(.queue == $queue).rx.packets] | add")" 1 100000
	done
	;;
esac
switch_stop "$switch"
# It registers its one memory pool for each port: they may not be of two tenants.
if [ "$switch-$ports" = testpmd-veth ]; then
	$T vm add b --isolation process
	$T port del p2
	$T port add p2 --vm b
	testpmd_start p1 p2
	expect "testpmd has no pool for two tenants" grep -q "Start ports failed" $TESTPMD_LOG
	expect "the log says why" sh -c \
		"dmesg | grep -q 'transp4: bind of p[12] queue 0 refused: its UMEM is shared'"
fi
