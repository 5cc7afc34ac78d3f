# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 debug rt
# timeout: 400
#
# P4 VMs that are locked-down processes, under Open vSwitch with TCP and pings
# under way: programs are replaced, then the P4 VM of p1 is stopped and killed.
# Its port follows its policy, no connection is cut, the next P4 VM takes over,
# and between the ports of the other tenant no ping is lost.
#
#	h1 ── p1 (tenant a) ──┐
#	h2 ── p2 (tenant b) ──┼── Open vSwitch
#	h3 ── p3 (tenant b) ──┘

. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"
PROGRAMS=$LAB_ROOT/build/tests/programs
EASY=20000 # ms: the machine may be slow

vm_start() {
	$T vm start "$1" --program "$PROGRAMS/forward-all.tp4" --isolation process
	VM=$($T -j vm list | jq ".[] | select(.name == \"$1\").pid")
}

# TCP, as it reaches h2.
tcp() { in_ns h2 ss -Htni state established sport = :5201; }
tcp_there() { [ "$(tcp | grep -c bytes_received)" = 5 ]; } # iperf3's own, and 4
tcp_bytes() { tcp | grep -o 'bytes_received:[0-9]*' | awk -F: '{ n += $2 } END { print n + 0 }'; }
tcp_moved() { [ "$(tcp_bytes)" -gt $(($1 + 100000)) ]; }

# goes_on WHAT - p1 is live, and TCP, too.
goes_on() {
	becomes p1 live
	wait_for 20 tcp_moved "$(tcp_bytes)" || fail "$1: TCP stands still"
	tcp_there || fail "$1: a connection was cut: $(tcp)"
	expect "$1: 20 pings" ping_all 20
}

# failed_at - when the first event of /run/events said so, in ms.
failed_at() {
	_time=$(jq -r 'select(.event == "failed").time' /run/events | head -n 1)
	[ "$_time" ] && date -d "$_time" +%s%3N
}

module_load
$T -j monitor >>/run/events &
for n in 1 2 3; do
	host_make $n
done
vm_start b
vm_start a
$T port add p1 --vm a --deadline $EASY
$T port add p2 --vm b --deadline $EASY
$T port add p3 --vm b --deadline $EASY
ovs_start
ovs_ports p1 p2 p3
reach 20
iperf_serve
before=$(echo_replies h2)
ip netns exec h2 ping -q -i 0.02 10.0.0.3 >/run/beside &
beside=$!
# Not more under way than the rings hold, so that no ping is lost in a queue.
iperf -t 1000 -P 4 -w 100K &
wait_for 20 tcp_there || fail "TCP does not begin: $(tcp)"

traffic 300 10.0.0.2
for n in 1 2 3 4 5 6 7 8 9 10; do
	$T program replace a "$PROGRAMS/forward-all.tp4" || fail "cannot replace the program"
done
traffic_all "10 programs in a row lose nothing" 300
$T program replace a "$PROGRAMS/drop-all.tp4"
expect "a program that drops: none arrives" ping_none 5
$T program replace a "$PROGRAMS/forward-all.tp4"
goes_on "the first one again"

for how in STOP-drop STOP-pass KILL-drop KILL-pass; do
	policy=${how#*-}
	$T port change p1 --on-failure $policy --deadline 300
	: >/run/events
	from=$(date +%s%3N)
	kill -${how%-*} "$VM"
	becomes p1 failed
	wait_for 10 failed_at || fail "no event tells of it"
	within "$how: ms until the policy decided" $(($(failed_at) - from)) 0 3000
	case $how in
	*-pass) expect "$how: all pass" ping_all 20 ;;
	*-drop) expect "$how: none passes" ping_none 5 ;;
	esac
	case $how in
	STOP-drop) why=drop_deadline ;;
	KILL-drop) why=drop_no_vm ;;
	*) why=passed ;;
	esac
	within "$how: $why" "$(stat p1 rx $why)" 5 10000000
	$T port change p1 --deadline $EASY
	case $how in
	STOP-*) kill -CONT "$VM" ;;
	KILL-*) vm_start a ;;
	esac
	goes_on "after $how"
done

kill -INT $beside
wait_for 10 gone $beside || fail "ping does not end"
cat /run/beside
sleep 2 # on a busy machine, many are still under way
equal "pings of the other tenant's that were answered" $(($(echo_replies h2) - before)) \
	"$(sed -n 's/ packets transmitted.*//p' /run/beside)"
equal "failures and drops of the other tenant's ports" "$($T -j stats | jq '[.[] | select(.interface != "p1") | .rx, .tx |
	.failures, .dropped, .passed, .drop_no_vm, .drop_deadline, .drop_protocol] | add')" 0

pkill iperf3
sleep 1
before=$(ticks)
sleep 2
within "processor time while idle, of the P4 VMs and the relay, in ticks" $(($(ticks) - before)) 0 2
ovs_stop
for p in p1 p2 p3; do
	$T port del $p
done
$T vm stop a
$T vm stop b
