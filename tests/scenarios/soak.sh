# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1
# timeout: 400
# arguments: 60
#
# TCP under everything that may happen to a P4 VM: 64 streams of iperf3 and a
# web server under load, at the highest rate that the processor allows; the
# program is replaced every 5 s, and the P4 VM is restarted twice (policy
# `pass`).  No connection is cut.
#
#	soak.sh SECONDS
#
# The last line, also in $LAB_OUT/soak, is what `make soak` ends with.  Time is
# told, not judged, for this machine is emulated.

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAMS=$LAB_ROOT/build/tests/programs
seconds=$1

vm_start() { $T vm start a --program "$PROGRAMS/forward-all.tp4" --isolation process; }

# now - seconds since boot, as the lines below have them.
now() { cut -d' ' -f1 /proc/uptime; }

# sums - iperf3's lines for all streams together, each with the time it came.  They are of what
# arrives, as those of iperf_watch.
sums() {
	/usr/bin/python3 -u -c '
import sys, time
for line in sys.stdin:
    w = line.split()
    if w[:1] == ["[SUM]"] and "sender" not in w and "receiver" not in w:
        print(f"{time.clock_gettime(time.CLOCK_BOOTTIME):.2f}", w[1], w[3], flush=True)
    elif "error" in line:
        print(line.strip(), file=sys.stderr)'
}

module_load
ports_make veth
vm_start
$T port add p1 --vm a --on-failure pass --deadline 20000
$T port add p2 --vm a --on-failure pass --deadline 20000
switch_start ovs
# As a NIC has it.  A veth without one tells TCP of each packet that it has no room for, and a listener
# that is told so of a SYN-ACK forgets the connection, which the other side may have by then.
for h in h1 h2; do
	in_ns $h tc qdisc replace dev eth0 root pfifo
done
reach 30
iperf_serve
mkdir -p /run/www
head -c 2000 /dev/zero | tr '\0' x >/run/www/index.html
ip netns exec h2 busybox httpd -f -p 8080 -h /run/www &
wait_for 10 in_ns h1 wget -q -O /dev/null http://10.0.0.2:8080/ || fail "no web server"

ip netns exec h1 wrk -t 1 -c 8 -d "${seconds}s" --timeout 30s -H 'Connection: close' http://10.0.0.2:8080/ >/run/wrk &
WRK=$!
{
	in_ns h1 iperf3 -c 10.0.0.2 -R -l 16K -P 64 -t "$seconds" -i 0.1 --forceflush 2>&1
	echo $? >/run/iperf3.status
} | sums >/run/sums 2>/run/iperf3.errors &
IPERF=$!
wait_for 30 test -s /run/sums || fail "iperf3 does not start: $(cat /run/iperf3.errors)"

started=$(now)
: >/run/restarts
replaced=0 restarted=0
passed() { awk -v a="$started" -v b="$(now)" 'BEGIN { print int(b - a) }'; }
while [ ! -e /run/iperf3.status ]; do
	sleep 5
	if [ $restarted -lt 2 ] && [ "$(passed)" -ge $((seconds * (restarted + 1) / 3)) ]; then
		from=$(now)
		$T vm stop a
		vm_start
		restarted=$((restarted + 1))
		echo "$from $(now)" >>/run/restarts
		continue
	fi
	[ $((replaced % 2)) = 0 ] && program=utilisation || program=forward-all
	$T program replace a "$PROGRAMS/$program.tp4" || fail "program replace"
	replaced=$((replaced + 1))
done
wait $IPERF || true
wait $WRK || true
cat /run/wrk /run/iperf3.errors
for h in h1 h2; do
	echo "    $h: $(in_ns $h nstat -asz | awk '$2 && /Retrans|Timeouts|Abort|Rsts|AttemptFails|Listen/ { printf "%s %s  ", $1, $2 }')"
done
$T stats
say "$replaced programs, $restarted restarts: $(tr '\n' ' ' </run/restarts)"

/usr/bin/python3 - "$(cat /run/iperf3.status)" >"$LAB_OUT/soak" <<'EOF'
import re
import sys
restarts = [tuple(map(float, line.split())) for line in open("/run/restarts")]
rows = [(float(t), span, float(amount)) for t, span, amount in (line.split() for line in open("/run/sums"))]
wrk = open("/run/wrk").read()
requests = int(re.search(r"(\d+) requests in", wrk)[1])
errors = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", wrk)
cut = sum(map(int, errors.groups()[:3])) if errors else 0
if sys.argv[1] != "0":
    cut += 64
still, longest, at_restart, when = 0.0, 0.0, 0.0, 0.0
for t, span, amount in rows:
    a, b = map(float, span.split("-"))
    still = still + b - a if not amount else 0.0
    if any(x - 0.2 <= t <= y + 1 for x, y in restarts):
        at_restart = max(at_restart, still)
    elif still > longest:
        longest, when = still, t
print(f"at the restarts: {at_restart * 1000:.0f} ms; longest elsewhere ends at {when:.1f} s; timeouts {errors[4] if errors else 0}; intervals {len(rows)}")
print(f"{64 + requests} connections, {cut} cut, longest stall {longest * 1000:.0f} ms")
EOF
cat "$LAB_OUT/soak"
cp /run/sums "$LAB_OUT/"
expect "iperf3 ends well" [ "$(cat /run/iperf3.status)" = 0 ]
expect "no connection is cut" grep -q 'connections, 0 cut' "$LAB_OUT/soak"
equal "restarts" $restarted 2
# A busy machine takes long over each; two prove that both programs ran.
within "replaced programs" $replaced 2 1000000
switch_stop ovs
