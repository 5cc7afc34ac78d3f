# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# bench/lab.sh - the measurements of bench/run, inside the lab, in one boot.
#
#	bench/lab.sh ROUNDS SECONDS VARIANT...
#
# Rounds alternate the variants, so that what drifts drifts for all:
#	without    the module is not loaded
#	uncovered  it is loaded, no port is covered
#	covered    the port of h1, the tenant's machine, is covered, as in the paper:
#	           forward-all in a P4 VM (isolation process)
#	both       h2 is a tenant's, too, and one P4 VM decides twice on each packet
#
# One line per measurement goes to $LAB_OUT/raw: VARIANT WHAT VALUE...
#	rtt NS...           ping, one value per answer
#	udp|tcp|udp_shaped|tcp_shaped BITS/S
#	cpu NS              processor time per packet, of the P4 VM and our threads
#	idle PERMILLE       of one processor that they take when nothing is sent

. "$LAB_ROOT/tests/lib.sh"

rounds=$1 seconds=$2
shift 2
T=$LAB_ROOT/build/transp4
raw=$LAB_OUT/raw
: >"$raw"

# The switch's thread has processor 1, as with isolcpus=, and all else has 0.
taskset -pc 0 $$ >/dev/null
ports_make veth
ovs_start
iperf_started=

# ports_bind - OVS opens its AF_XDP sockets anew.
ports_bind() {
	ovs_ports p1 p2
	wait_for 20 afxdp_bound p1 p2
	reach 30
	[ "$iperf_started" ] || iperf_serve
	iperf_started=yes
}

ports_unbind() {
	ovs-vsctl --timeout=60 del-port br0 p1 -- del-port br0 p2
}

# ports VARIANT - those that it covers.
ports() {
	case $1 in
	covered) echo p1 ;;
	both) echo p1 p2 ;;
	esac
}

# Emulated processors are ten times slower than those that the default of --spin-us
# is for, so it is five times the default here.
begin() {
	[ "$1" = without ] || module_load
	if [ "$(ports "$1")" ]; then
		$T vm start bench --program "$LAB_ROOT/build/tests/programs/forward-all.tp4" \
			--isolation process --spin-us 1000
		for port in $(ports "$1"); do
			$T port add "$port" --vm bench --deadline 2000
		done
	fi
	ports_bind
}

end() {
	[ -z "$(ports "$1")" ] || $T stats >&2
	ports_unbind
	for port in $(ports "$1"); do
		$T port del "$port"
	done
	[ -z "$(ports "$1")" ] || $T vm stop bench
	[ "$1" = without ] || rmmod transp4
}

# packets - that went through our ports.
packets() {
	$T stats -j | /usr/bin/python3 -c '
import json, sys
def total(v):
    if isinstance(v, dict):
        return sum(v[k] if k == "forwarded" else total(v[k]) for k in v)
    return sum(map(total, v)) if isinstance(v, list) else 0
print(total(json.load(sys.stdin)))'
}

throughput() { # VARIANT WHAT OPTIONS...
	_variant=$1 _what=$2
	shift 2
	iperf -t "$seconds" -O 1 "$@" || fail "iperf3 $_variant $_what"
	echo "$_variant $_what $(iperf_read end.sum_received.bits_per_second 2>/dev/null ||
		iperf_read end.sum.bits_per_second)" | tee -a "$raw"
}

# udp - what arrives of a stream that is faster than what can arrive.
udp() { # VARIANT WHAT BITS/S
	iperf -t "$seconds" -O 1 -u -b "$3" -l 1400 || fail "iperf3 $1 $2"
	/usr/bin/python3 -c '
import json, sys
e = json.load(open("/run/iperf3.json"))["end"]["sum"]
got = (e["packets"] - e["lost_packets"]) * 1400 * 8 / e["seconds"]
print(*sys.argv[1:], int(got))' "$1" "$2" | tee -a "$raw"
}

measure() {
	if [ "$(ports "$1")" ]; then
		before=$(ticks)
		sleep 5
		echo "$1 idle $((($(ticks) - before) * 2))" | tee -a "$raw" # 500 ticks
	fi
	in_ns h1 ping -q -c 20 -i 0.01 10.0.0.2 >/dev/null || fail "no answers: $1"
	echo "$1 rtt$(ping_times h1 300 10.0.0.2)" >>"$raw"
	[ -z "$(ports "$1")" ] || before="$(ticks) $(packets)"
	udp "$1" udp 0
	throughput "$1" tcp
	if [ "$(ports "$1")" ]; then
		set -- "$1" $before "$(ticks)" "$(packets)"
		echo "$1 cpu $((($4 - $2) * 10000000 / ($5 - $3 + 1)))" | tee -a "$raw"
	fi
	shape h1 $udp_link
	udp "$1" udp_shaped $((udp_link * 1200))
	shape h1 $tcp_link
	throughput "$1" tcp_shaped
	unshape h1
}

# sixty BITS/S - 60 % of that, in kbit/s: what a warm switch carries without us is not the limit then.
sixty() { echo $((${1%.*} * 6 / 10000)); }

say "round 0: warm up"
begin without
iperf -t "$seconds" -O 1 || fail "iperf3 without us"
tcp_link=$(sixty "$(iperf_read end.sum_received.bits_per_second)")
udp_link=$(sixty "$(udp warm udp 0 | awk '{ print $3 }')")
say "links: $tcp_link kbit/s for TCP, $udp_link kbit/s for UDP"
: >"$raw"
end without
for round in $(seq "$rounds"); do
	for variant in "$@"; do
		say "round $round: $variant"
		begin "$variant"
		measure "$variant"
		end "$variant"
	done
done
ovs_stop
