# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# experiment/tcp.sh SECONDS ROUNDS - what TCP makes of a verdict stage in its way, under
# conditions that are bad on purpose, and what it would make of a worse stage.
# experiment/tcp runs it; docs/tcp.md has what came of it.
#
# A line for each condition: rate, retransmissions, the longest time without a
# byte of all streams together, and whether a connection was cut, or never ended.

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAMS=$LAB_ROOT/build/tests/programs
seconds=$1 rounds=$2

vm_pid() { $T -j vm list 2>/dev/null | jq '.[0].pid // empty'; }

stalls() { # PID MS_STOPPED MS_BETWEEN - that process stands still now and then.
	while sleep "$(awk "BEGIN { print $3 / 1000 }")"; do
		kill -STOP "$1"
		sleep "$(awk "BEGIN { print $2 / 1000 }")"
		kill -CONT "$1"
	done
}
replaces() { while sleep 0.3; do $T program replace a "$PROGRAMS/forward-all.tp4" || return; done; }
restarts() { # once
	sleep 2
	$T vm stop a 2>/dev/null
	sleep 0.5
	$T vm start a --program "$PROGRAMS/forward-all.tp4" --isolation process
	sleep 1000
}
datagrams() { exec "$LAB_ROOT/build/tests/stream" 10000000 32 200; } # drop-third drops some
nothing() { sleep 1000; }

# run NAME STREAMS DISTURBANCE... - on the ports as they are.
run() {
	_name=$1 _streams=$2
	shift 2
	iperf_serve
	"$@" &
	_disturb=$!
	_status=0
	iperf_watch -t "$seconds" -P "$_streams" &
	_iperf=$!
	wait_for $((seconds + 20)) gone $_iperf || pkill -f 'iperf3 -c'
	wait $_iperf || _status=$?
	kill $_disturb 2>/dev/null || true
	wait $_disturb 2>/dev/null || true
	kill -CONT $(vm_pid) "$(ovs_pid)"
	stop "$(tr -d '\0' </run/iperf3.pid)"
	_cut=cut
	[ $_status != 0 ] || _cut="not cut"
	echo "$_name: $(iperf_told), $_cut" | tee -a "$LAB_OUT/tcp"
}

# drops - everything that was not delivered since the last time, by its counter.
drops() {
	$T -j stats | jq -r '[.[] | .rx, .tx | to_entries[] | select(.key | test("^drop|lost|full|fail|pass")) | select(.value != 0)]
		| group_by(.key) | map("\(.[0].key) \(map(.value) | add)") | "    " + join(", ")' | tee -a "$LAB_OUT/tcp"
}

cover() { # MODULE DECIDER POLICY DEADLINE
	if [ "$1" = good ]; then
		module_load
	else
		insmod "$LAB_ROOT/build/faults/$1.ko"
	fi
	case $2 in
	slow | hold)
		$T vm add a
		"$LAB_ROOT/build/tests/judge" a "$2" &
		judge=$!
		;;
	*) $T vm start a --program "$PROGRAMS/$2.tp4" --isolation process ;;
	esac
	for p in p1 p2; do $T port add $p --vm a --on-failure "$3" --deadline "$4"; done
	bare
}
bare() { # nobody decides
	ovs_ports p1 p2
	wait_for 20 afxdp_bound p1 p2
	wait_for 20 in_ns h1 ping -q -c 1 -W 1 10.0.0.2 || true
}
bare_end() { ovs-vsctl --timeout=180 del-port br0 p1 -- del-port br0 p2; }
uncover() {
	drops
	bare_end
	for p in p1 p2; do $T port del $p; done
	if [ "$(vm_pid)" ]; then
		$T vm stop a
	else
		stop "$judge"
		$T vm del a
	fi
	wait_for 10 rmmod transp4 || fail "the module stays"
}

# stage NAME MODULE DECIDER POLICY DEADLINE DISTURBANCE... - one run with such a stage.
stage() {
	_stage=$1
	cover "$2" "$3" "$4" "$5"
	shift 5
	run "$_stage" 8 "$@"
	uncover
}

: >"$LAB_OUT/tcp"
ports_make veth
ovs_start
bare
run "without TransP4, 8 streams" 8 nothing
run "without TransP4, 64 streams" 64 nothing
run "without TransP4, the switch stands still 50 ms of 200" 8 stalls "$(ovs_pid)" 50 150
bare_end

cover good forward-all drop 2000
run "forward all, 8 streams" 8 nothing
run "forward all, 64 streams" 64 nothing
run "program replaced every 0.3 s" 8 replaces
run "P4 VM stands still 50 ms of 200" 8 stalls "$(vm_pid)" 50 150
run "P4 VM stands still 500 ms of 1500, deadline 2000" 8 stalls "$(vm_pid)" 500 1000
uncover
cover good forward-all drop 100
run "P4 VM stands still 500 ms of 1500, deadline 100, drop" 8 stalls "$(vm_pid)" 500 1000
run "P4 VM restarted, drop" 8 restarts
uncover
cover good forward-all pass 100
run "P4 VM stands still 500 ms of 1500, deadline 100, pass" 8 stalls "$(vm_pid)" 500 1000
run "P4 VM restarted, pass" 8 restarts
run "the switch stands still 50 ms of 200" 8 stalls "$(ovs_pid)" 50 150
uncover

for round in $(seq "$rounds"); do
	stage "forward all" good forward-all drop 2000 nothing
	stage "... taking all of the switch's frames" all-frames-taken forward-all drop 2000 nothing
	stage "... behind a ring of 64" small-ring forward-all drop 2000 nothing
	stage "... each batch's first packet last" first-goes-last forward-all drop 2000 nothing
	stage "every third datagram beside it dropped" good drop-third drop 2000 datagrams
	stage "... FILL as long as the switch's" fill-as-the-switch-has-it drop-third drop 2000 datagrams
	stage "batches of 32, deadline 100, pass" good hold pass 100 nothing
	stage "... deadline 20000" good hold drop 20000 nothing
	stage "100 us a packet" good slow drop 2000 nothing
	stage "... dropping what waits for 5 ms" good slow drop 5 nothing
done
ovs_stop
