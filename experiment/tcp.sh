# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# experiment/tcp.sh SECONDS - what TCP makes of a verdict stage in its way, under
# conditions that are bad on purpose; docs/tcp.md has what came of it.
#
#	lab/run --kernel 6.12 --timeout 900 experiment/tcp.sh 8
#
# A line for each condition: rate, retransmissions, the longest time without a
# byte of all streams together, and whether iperf3 lost a connection.

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAMS=$LAB_ROOT/build/tests/programs
seconds=$1

stalls() { # MS_STOPPED MS_BETWEEN - the P4 VM stands still now and then.
	pid=$($T -j vm list | jq '.[0].pid')
	while sleep "$(awk "BEGIN { print $2 / 1000 }")"; do
		kill -STOP "$pid"
		sleep "$(awk "BEGIN { print $1 / 1000 }")"
		kill -CONT "$pid"
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
nothing() { sleep 1000; }

# run NAME STREAMS DISTURBANCE... - on the ports as they are.
run() {
	_name=$1 _streams=$2
	shift 2
	"$@" &
	_disturb=$!
	_status=0
	iperf_watch -t "$seconds" -P "$_streams" || _status=$?
	kill $_disturb 2>/dev/null || true
	wait $_disturb 2>/dev/null || true
	_pid=$($T -j vm list 2>/dev/null | jq '.[0].pid // 0')
	[ "${_pid:-0}" = 0 ] || kill -CONT "$_pid"
	_cut=cut
	[ $_status != 0 ] || _cut="not cut"
	echo "$_name: $(iperf_told), $_cut" | tee -a "$LAB_OUT/tcp"
}

# drops - everything that was not delivered since the last time, by its counter.
drops() {
	$T -j stats | jq -r '[.[] | .rx, .tx | to_entries[] | select(.key | test("^drop|lost|full|fail|pass")) | select(.value != 0)]
		| group_by(.key) | map("\(.[0].key) \(map(.value) | add)") | "    " + join(", ")' | tee -a "$LAB_OUT/tcp"
}

cover() { # POLICY DEADLINE
	$T vm start a --program "$PROGRAMS/forward-all.tp4" --isolation process
	for p in p1 p2; do $T port add $p --vm a --on-failure "$1" --deadline "$2"; done
	ovs_ports p1 p2
	wait_for 20 afxdp_bound p1 p2
	reach 30
}
uncover() {
	drops
	ovs-vsctl --timeout=60 del-port br0 p1 -- del-port br0 p2
	for p in p1 p2; do $T port del $p; done
	$T vm stop a
}

: >"$LAB_OUT/tcp"
ports_make veth
ovs_start
ovs_ports p1 p2
reach 30
iperf_serve
run "without TransP4, 8 streams" 8 nothing
run "without TransP4, 64 streams" 64 nothing
ovs-vsctl --timeout=60 del-port br0 p1 -- del-port br0 p2

module_load
cover drop 2000
run "forward all, 8 streams" 8 nothing
run "forward all, 64 streams" 64 nothing
run "program replaced every 0.3 s" 8 replaces
run "P4 VM stands still 50 ms of 200" 8 stalls 50 150
run "P4 VM stands still 500 ms of 1500, deadline 2000" 8 stalls 500 1000
uncover
cover drop 100
run "P4 VM stands still 500 ms of 1500, deadline 100, drop" 8 stalls 500 1000
run "P4 VM restarted, drop" 8 restarts
uncover
cover pass 100
run "P4 VM stands still 500 ms of 1500, deadline 100, pass" 8 stalls 500 1000
run "P4 VM restarted, pass" 8 restarts
uncover
ovs_stop
