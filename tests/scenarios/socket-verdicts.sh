# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 200
#
# What the P4 VM decides happens, to the packet: drop, every third, rewritten,
# grown.  Counted by the sender, the switch and our counters.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
$T vm add a
host_alone 1
$T port add p1 --vm a --deadline 5000

verdicts() { # MODE XSK-OPTIONS...
	_mode=$1
	shift
	judge_start a "$_mode"
	xsk_start s reflect "$@" p1
	becomes p1 live
}

verdicts_end() {
	xsk_end s "$1"
	stop "$JUDGE_PID"
	say "$(cat /run/judge-a.log)"
}

for way in "-n 64" "-n 64 -u -s 3000 -H 64 -w"; do
	verdicts drop $way
	pings 100 h1 -W 1
	equal "answers when all is dropped" "$GOT" 0
	equal "dropped" "$(stat p1 rx dropped)" 100
	equal "forwarded" "$(stat p1 rx forwarded)" 0
	verdicts_end "drop $way"

	# A third of the requests, then a third of the answers that are left.
	verdicts any3 $way
	pings 360
	equal "answers" "$GOT" 160
	equal "dropped requests" "$(stat p1 rx dropped)" 120
	equal "forwarded requests" "$(stat p1 rx forwarded)" 240
	equal "dropped answers" "$(stat p1 tx dropped)" 80
	equal "forwarded answers" "$(stat p1 tx forwarded)" 160
	xsk_collect s "third $way"
	stop "$JUDGE_PID"

	verdicts ttl $way
	in_ns h1 ping -c 1 -t 64 -W 2 10.0.0.99 >/run/ping.log || fail "TTL: no answer"
	# The switch answers with the TTL that it got: 64, less one each way.
	grep -q 'ttl=62' /run/ping.log || fail "TTL: $(cat /run/ping.log)"
	say "ok: the TTL is 62"
	answered "TTL rewritten, checksums right" 300
	equal "rewritten" "$(stat p1 rx rewritten)" 301
	verdicts_end "ttl $way"

	# Grown by 4 bytes each way: no IP any more, so nobody answers ...
	verdicts pad $way
	before=$(in_ns h1 cat /sys/class/net/eth0/statistics/rx_bytes)
	pings 100 h1 -W 1
	equal "answers to what is no IP any more" "$GOT" 0
	# ... and what comes back is 8 bytes longer.
	after=$(in_ns h1 cat /sys/class/net/eth0/statistics/rx_bytes)
	equal "bytes that came back" $((after - before)) $((100 * (98 + 8)))
	equal "rewritten" "$(stat p1 tx rewritten)" 100
	verdicts_end "pad $way"
done

# A frame that is full cannot grow: 2048 bytes of frame, 256 of them headroom
# of XDP's in copy mode; the largest packet that the frame holds is dropped.
ip link set p1 mtu 1780
ip -n h1 link set eth0 mtu 1780
verdicts pad -n 64
pings 50 h1 -s 1750
equal "what does not fit is dropped and counted" \
	"$(($(stat p1 rx drop_bad_patch) + $(stat p1 rx rewritten)))" 50
within "drop_bad_patch" "$(stat p1 rx drop_bad_patch)" 1 50
verdicts_end "pad of full frames"
