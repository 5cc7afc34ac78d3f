# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# bench/cost.sh - what a verdict takes in instructions; for lab/run --icount --cpus 1.
#
# Our own switch, which sleeps in poll(), between two hosts, all on one processor: a
# ping takes the instructions of everybody on its way, wake-ups and switches of tasks
# among them, and two verdicts more for each covered port.  Lines go to $LAB_OUT/cost:
# PORTS NS..., one for each answer; a nanosecond is an instruction.

. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

ports_make veth
module_load
$T vm start bench --program "$LAB_ROOT/build/tests/programs/forward-all.tp4" --isolation process
: >"$LAB_OUT/cost"
for ports in "" p1 "p1 p2"; do
	for port in $ports; do
		$T port add $port --vm bench --deadline 20000
	done
	xsk_start cost forward -w p1 p2
	reach 30
	in_ns h1 ping -q -c 20 -i 0.01 10.0.0.2 >/dev/null
	echo "$(echo $ports | wc -w)$(ping_times h1 100 10.0.0.2)" >>"$LAB_OUT/cost"
	xsk_end cost "$(tail -n 1 "$LAB_OUT/cost" | cut -c 1-40)"
	for port in $ports; do
		$T port del $port
	done
done
$T vm stop bench
