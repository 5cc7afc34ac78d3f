# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# experiment/lab.sh - the paper's two experiments, inside the lab, in one boot.
#
#	experiment/lab.sh namespace|guest ROUNDS SECONDS PINGS STEP_MS
#
# The user's VM is a namespace or a QEMU guest, the P4 VM a process or a QEMU
# guest, and the switch Debian's Open vSwitch with AF_XDP ports:
#
#	 the user's VM                         the lab                  client h2
#	+------------------------------+      +-----------------+      +------+
#	| eth0 10.0.0.1 ---------------+------+ p1  (OVS)    p2 +------+ eth0 |
#	| agent  m1 192.168.9.2 -------+------+ m0 192.168.9.1  |      +------+
#	+------------------------------+      +---- P4 VM ------+
#
# What was measured goes to $LAB_OUT: `raw` (VARIANT WHAT VALUE...), `values`
# and `packets` (the agent's utilisation and the received packets of experiment
# 1, both on the clock of the user's VM).

. "$LAB_ROOT/tests/lib.sh"

kind=$1 rounds=$2 seconds=$3 pings=$4 step_ms=$5
T=$LAB_ROOT/build/transp4
UDP=$LAB_ROOT/build/experiment/udp
A=$LAB_ROOT/build/transp4-agent
FORWARD=$LAB_ROOT/build/tests/programs/forward-all.tp4
FILTER=$LAB_ROOT/build/tests/programs/utilisation.tp4
raw=$LAB_OUT/raw
: >"$raw"
PACKET=1000
THRESHOLD=500

connected() { $T -j invm show exp | jq -e '.[0].connected' >/dev/null; }

# ---------------------------------------------------------------- the user's VM

# MBIT: what counts as 1000 per mille of its interface.  A VM that is emulated in an
# emulated machine drowns in 20, and then the agent in it is late.
case $kind in
namespace)
	isolation=process spin=1000 deadline=2000 MBIT=20
	user() { in_ns h1 "$@"; }
	user_make() {
		host_make 1
		ip link add m0 type veth peer name m1 netns h1
		ip addr add 192.168.9.1/30 dev m0
		ip link set m0 up
		ip -n h1 addr add 192.168.9.2/30 dev m1
		ip -n h1 link set m1 up
		user iperf3 -s -D -I /run/iperf3.pid --logfile /run/iperf3.log
	}
	agent_start() { # OPTIONS...
		# No function: $! is to be the agent itself.
		ip netns exec h1 "$A" run --connect tcp:192.168.9.1:4444 --key /run/invm.key --socket /run/agent.sock \
			--rate eth0=$MBIT --trace net.eth0.rx "$@" >/run/values 2>>/run/agent.log &
		AGENT=$!
	}
	agent_stop() { stop $AGENT; }
	packets_begin() {
		ip netns exec h1 "$UDP" receive 7000 >"$LAB_OUT/packets" &
		RECEIVER=$!
	}
	packets_end() {
		stop $RECEIVER
		cp /run/values "$LAB_OUT/values" # the next agent begins anew
	}
	;;
guest)
	isolation=vm spin=50 deadline=20000 MBIT=4
	. "$LAB_ROOT/experiment/guest.sh"
	;;
*) fail "no such kind of user's VM: $kind" ;;
esac

# ---------------------------------------------------------------- with and without

ports_bind() {
	ovs_ports p1 p2
	wait_for 20 afxdp_bound p1 p2
	wait_for 120 in_ns h2 ping -q -c 1 -W 1 10.0.0.1 || fail "the client does not reach the user's VM"
}

vm_start() { # PROGRAM
	module_load
	$T vm start exp --program "$1" --isolation $isolation --spin-us $spin \
		--invm-listen tcp:192.168.9.1:4444 --invm-key /run/invm.key
}

# A guest that is emulated boots too long to be started for each variant: it
# stays, and `without` means that it has no port.
begin() {
	if [ "$1" != without ]; then
		[ "$1" = forward ] && program=$FORWARD || program=$FILTER
		if [ $kind = guest ]; then
			$T program replace exp "$program"
		else
			vm_start "$program"
		fi
		$T port add p1 --vm exp --deadline $deadline
	fi
	if [ "$1" = filter ]; then
		# Read for each packet; never reached but in experiment 1.
		$T register write exp Filter.threshold 0 1000000
		agent_start
		wait_for 60 connected || fail "the agent does not connect"
	fi
	ports_bind
}

end() {
	[ "$1" = without ] || $T stats >&2
	ovs-vsctl --timeout=60 del-port br0 p1 -- del-port br0 p2
	[ "$1" != filter ] || agent_stop
	if [ "$1" != without ]; then
		$T port del p1
		if [ $kind != guest ]; then
			$T vm stop exp
			rmmod transp4
		fi
	fi
}

# ---------------------------------------------------------------- experiment 2

client_iperf() { # OPTIONS...
	# A user's VM that does not answer any more must not hold up the rest for ever.
	timeout $((seconds + 60)) ip netns exec h2 iperf3 -c 10.0.0.1 -J -t "$seconds" "$@" >/run/iperf3.json
}

tcp() { # VARIANT WHAT
	if client_iperf -O 1 && value=$(iperf_read end.sum_received.bits_per_second); then
		echo "$1 $2 $value" >>"$raw"
	else
		echo "$1 $2 cut" >>"$raw"
	fi
}

udp() { # VARIANT WHAT RATE
	# What waits for a processor that all share comes in bursts: more than a socket holds by default.
	client_iperf -u -b "$3" -l 1400 -w 2M || fail "iperf3 $1 $2"
	jq -r --arg v "$1 $2" '.end.sum | "\($v) \(((.packets - .lost_packets) * 11200 / .seconds) | floor)"' \
		/run/iperf3.json >>"$raw"
}

measure() {
	in_ns h2 ping -q -c 10 -i 0.01 10.0.0.1 >/dev/null || fail "no answers: $1"
	echo "$1 rtt$(ping_times h2 "$pings" 10.0.0.1)" >>"$raw"
	tcp "$1" tcp_free
	if [ ! "${link:-}" ]; then
		# The link is the limit, for UDP too, in which a user's VM drowns long before TCP is at
		# its limit: 60 % of what the first round gets, without us, of a stream as fast as this.
		link=$(awk '$2 == "tcp_free" { print int($3 * 0.3 / 1000); exit }' "$raw")
		[ "$link" ] || fail "TCP carries nothing"
		udp warm udp "${link}k"
		link=$(awk '$1 == "warm" { print int($3 * 0.6 / 1000) }' "$raw")
	fi
	shape h2 "$link"
	udp "$1" udp "$((link * 11 / 10))k"
	tcp "$1" tcp
	unshape h2
}

# ---------------------------------------------------------------- experiment 1

# Measures come five times as often as an agent sends them unasked: what counts is the delay.
shedding() {
	agent_stop
	agent_start --interval-ms 10
	sleep 3 # its first look at all sockets
	$T register write exp Filter.threshold 0 $THRESHOLD
	packets_begin
	sleep 1
	set --
	# Packets of 1042 bytes on the wire: 1000 per mille are 120 a second for each Mbit/s.
	for permille in 160 320 400 640 800 1000 640 320; do
		set -- "$@" $((permille * MBIT * 12 / 100)):"$step_ms"
	done
	echo "exp1 sent $(in_ns h2 "$UDP" send 10.0.0.1 7000 $PACKET "$@")" >>"$raw"
	sleep 1
	packets_end
	echo "exp1 shed $($T -j counter read exp Filter.shed 0 | jq '.[0].packets // 0')" >>"$raw"
	echo "exp1 limits $THRESHOLD $MBIT" >>"$raw"
}

echo "exp1 emulated $(grep -c TCG /proc/cpuinfo || true)" >>"$raw"
# The switch's thread has processor 1, as with isolcpus=, and all else has 0.
taskset -pc 0 $$ >/dev/null
sysctl -qw net.core.rmem_max=4194304 net.core.wmem_max=4194304
(umask 077; $T invm key >/run/invm.key)
user_make
host_make 2
ovs_start
for round in $(seq "$rounds"); do
	for variant in without forward filter; do
		say "round $round: $variant"
		begin $variant
		measure $variant
		[ "$round $variant" != "1 filter" ] || shedding
		end $variant
	done
done
ovs_stop
