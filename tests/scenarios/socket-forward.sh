# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 300
#
# Our own switch between two ports, numbered datagrams both ways: none lost,
# none reordered, none duplicated, or exactly those that the P4 VM drops.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"
STREAM=$LAB_ROOT/build/tests/stream

module_load
$T vm add a
ports_make veth
ip -n h1 neigh replace 10.0.0.2 lladdr "$(ip netns exec h2 cat /sys/class/net/eth0/address)" dev eth0 nud permanent
ip -n h2 neigh replace 10.0.0.1 lladdr "$(ip netns exec h1 cat /sys/class/net/eth0/address)" dev eth0 nud permanent
$T port add p1 --vm a --deadline 5000
$T port add p2 --vm a --deadline 5000

stream() { # WHAT COUNT SIZE
	"$STREAM" "$2" 16 "$3" >/run/stream.log || fail "$1: $(cat /run/stream.log)"
	[ "$(grep -c "sent $2 received $2 lost 0 reordered 0 duplicated 0 damaged 0" /run/stream.log)" = 2 ] ||
		fail "$1: $(cat /run/stream.log); $($T stats | tr '\n' ' ')"
	say "ok: $1: $2 each way, all there, in order"
}

judge_start a forward
for way in "" "-w" "-S -w" "-n 4096 -r 2048 -t 2048 -f 2048 -o 2048 -w -p epoll" "-u -s 2500 -H 64"; do
	xsk_start s forward -n 256 $way p1 p2
	becomes p2 live
	stream "forward $way" 2000 200
	equal "failures" "$(($(stat p1 rx failures) + $(stat p2 rx failures)))" 0
	xsk_end s "forward $way"
done

# While it is captured.
xsk_start s forward -n 256 -w p1 p2
becomes p2 live
$T capture p1 -w /run/c.pcapng >/dev/null 2>&1 &
capture=$!
sleep 0.5
stream "captured" 1000 1000
kill $capture
xsk_end s "captured"

# Packets that span frames.
if newer 6.6; then
	for link in "p1" "p2" "-n h1 eth0" "-n h2 eth0"; do
		set -- $link
		case $# in
		1) ip link set "$1" mtu 65000 ;;
		3) ip -n "$2" link set "$3" mtu 65000 ;;
		esac
	done
	for way in "" "-S -w" "-w"; do
		xsk_start s forward -n 512 -g $way p1 p2
		becomes p2 live
		equal "the port knows it" "$($T -j port list p1 | jq '.[0].sockets[0].multi_buffer')" true
		stream "packets of several frames $way" 500 8000
		xsk_end s "packets of several frames $way"
		grep -q 'parts 0 ' /run/xsk-s.log && fail "no packet had parts"
	done
	# In copy mode more frames are received of one packet than can be sent.
	xsk_start s sink -g -n 512 p1
	becomes p1 live
	in_ns h1 ping -q -c 10 -i 0.1 -W 1 -s 60000 10.0.0.2 >/dev/null || true
	equal "packets of 34 frames that were dropped" "$(stat p1 rx drop_bad_packet)" 0
	xsk_end s "packets of 34 frames"
	grep -q "parts $((10 * 33)) " /run/xsk-s.log || fail "not all frames of 10 packets arrived"
	stop $JUDGE_PID
	judge_start a any3
	xsk_start s forward -n 512 -g -w p1 p2
	becomes p2 live
	"$STREAM" 300 16 8000 >/run/stream.log || true
	say "$(cat /run/stream.log)"
	equal "every frame that was sent is completed" "$(stat p1 tx drop_bad_packet)" 0
	xsk_end s "packets of several frames, every third dropped"
	stop $JUDGE_PID
	judge_start a drop
	xsk_start s source -g -R -n 64 -o 4 -l 20000 -C 100 p1
	xsk_result s "packets of more frames than COMPLETION has entries, dropped"
fi
stop $JUDGE_PID
