# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.12
# timeout: 900
#
# Decisions on what only the tenant's VM knows.  h1 is that VM: an agent runs in
# it, and reaches its P4 VM through a network of its own.
#
#	 namespace h1 (the tenant's VM)        the lab                   h2
#	+------------------------------+      +-----------------+      +------+
#	| eth0 10.0.0.1 ---------------+------+ p1  (OVS)    p2 +------+ eth0 |
#	| agent  m1 192.168.9.2 -------+------+ m0 192.168.9.1  |      +------+
#	+------------------------------+      +---- P4 VM ------+

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
A=$LAB_ROOT/build/transp4-agent
PROGRAMS=$LAB_ROOT/build/tests/programs

# agent_start [ADDRESS]
agent_start() {
	# No function: $! is to be the agent itself.  Nor ip netns, which hides /sys/fs/cgroup.
	nsenter --net=/run/netns/h1 "$A" run --connect "${1:-tcp:192.168.9.1:4444}" --key /run/invm.key --socket /run/agent.sock \
		--rate eth0=1 --interval-ms 10 2>>/run/agent.log &
	AGENT=$!
}
give() { "$A" wait "$@" --socket /run/agent.sock >/dev/null; }
# hold NUMBER - app.load is that from now on, measured again and again.
hold() {
	[ -z "${HOLDING:-}" ] || kill "$HOLDING"
	give app.load "$1"
	while sleep 1; do "$A" set app.load "$1" --socket /run/agent.sock 2>/dev/null || true; done &
	HOLDING=$!
}
gauge() { $T -j invm list a | jq ".[] | select(.gauge == \"$1\") | .value"; }
# carries - what leaves eth0, in bits, packets, and per mille of 1 Mbit/s, fits together.
carries() {
	$T -j invm list a | jq -e 'map({(.gauge): .value}) | add | .["net.eth0.tx"] as $u |
		.["net.eth0.tx_bps"] as $b | .["net.eth0.tx_pps"] as $p |
		$u > 0 and ($u - $b / 1000 | fabs) <= 1 and $p > 0 and $b / 8 >= 60 * $p' >/dev/null
}
shown() { [ -n "$(gauge "$1")" ]; }
serves() { in_ns h2 ss -ltn | grep -q ':8000'; }
connected() { $T -j invm show a | jq -e '.[0].connected' >/dev/null; }

# fetch USER - a page from h2 with somebody's socket in h1.
fetch() {
	in_ns h1 setpriv --reuid "$1" --clear-groups /usr/bin/python3 -c \
		'import urllib.request as u; u.urlopen("http://10.0.0.2:8000/run/page", timeout=4).read()' 2>/dev/null
}

module_load
ports_make veth
ip link add m0 type veth peer name m1 netns h1
ip addr add 192.168.9.1/30 dev m0
ip link set m0 up
ip -n h1 addr add 192.168.9.2/30 dev m1
ip -n h1 link set m1 up

$T invm key >/run/invm.key
$T compile -D 'GAUGE="app.load"' -D MAX_AGE=10000 "$LAB_ROOT/examples/utilisation/utilisation.p4" -o /run/load.tp4
$T vm start a --program /run/load.tp4 --isolation process --invm-listen tcp:192.168.9.1:4444 --invm-key /run/invm.key
$T port add p1 --vm a --deadline 2000
switch_start ovs
reach 20
agent_start
wait_for 20 connected || fail "the agent does not connect"

say "a value decides"
$T register write a Filter.threshold 0 800
hold 900
expect "above the threshold nothing gets to the VM" ping_none 5
hold 700
expect "below it everything does" ping_all 20
wait_for 10 shown net.eth0.rx_pps || fail "the agent does not measure eth0"
expect "the agent measures eth0" shown net.eth0.rx
ip netns exec h1 ping -q -c 600 -i 0.05 -s 1400 10.0.0.2 >/dev/null & # no function: $! is to be ping itself
PINGS=$!
wait_for 20 carries || fail "what eth0 carries is not what goes through it: $($T invm list a)"
say "ok: it tells what eth0 carries"
kill $PINGS

hold 900
kill -9 $AGENT
wait_for 40 ping_all 3 || fail "a dead agent's value does not go stale"
expect "the agent is dead: its value goes stale, packets go on" ping_all 10
agent_start
wait_for 20 connected || fail "the agent does not come back"
kill "$HOLDING"

say "an owner decides"
$T program replace a "$PROGRAMS/owner.tp4"
echo hello >/run/page
in_ns h2 /usr/bin/python3 -m http.server 8000 -d / >/dev/null 2>&1 &
wait_for 20 serves || fail "no server"
refuse "nobody may leave" fetch 33
$T table add a may_leave meta.owner.uid=33 let_out priority 1
wait_for 20 fetch 33 || fail "user 33 may leave, and cannot"
expect "user 33 may leave" fetch 33
refuse "user 34 may not" fetch 34
$T table add a may_leave "meta.owner.program=$($T invm id "$(readlink -f /usr/bin/python3)")" let_out priority 1
wait_for 60 fetch 34 || fail "his program may leave, and cannot"
say "ok: his program may"
$T counter read a verdicts

say "an application has its rate"
$T program replace a "$PROGRAMS/app-rate.tp4"
$T table add a limits meta.owner.uid=33 limit number=1 priority 1
expect "no rate limits nothing" fetch 33
$T meter write a Filter.rates 1 1 100 # bytes a second, and at once
refuse "user 33 has had its share" fetch 33
expect "user 34 has no limit" fetch 34
within "packets above the rate" "$($T -j counter read a Filter.dropped 1 | jq '.[0].packets')" 1 1000
$T meter write a Filter.rates 1 1000000 65536
wait_for 20 fetch 33 || fail "user 33 has a rate that is enough, and gets nothing"
say "ok: user 33 gets more"

say "a cgroup has its priority"
$T program replace a "$PROGRAMS/priority.tp4"
mkdir /sys/fs/cgroup/web
$T table add a classes "meta.owner.cgroup=$($T invm id /web)" mark dscp=46
in_ns h2 timeout 60 tcpdump -i eth0 -c 1 'udp port 9 and ip[1] = 0xb8' 2>/dev/null &
MARKED=$!
in_ns h2 timeout 60 tcpdump -i eth0 -c 1 'udp port 10 and ip[1] != 0' 2>/dev/null &
OTHER=$!
sends() { # PORT - a datagram now and then from one socket, marked by its sender
	ip netns exec h1 /usr/bin/python3 -c 'import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0x28)
while True:
    s.sendto(b"", ("10.0.0.2", int(sys.argv[1])))
    time.sleep(0.1)' "$1"
}
(echo 0 >/sys/fs/cgroup/web/cgroup.procs && sends 9) &
WEB=$!
sends 10 &
MINE=$!
wait_for 30 gone $MARKED || fail "no packet of the cgroup has its DSCP"
wait $MARKED || fail "tcpdump sees none"
say "ok: packets of the cgroup have its DSCP"
! gone $OTHER || fail "another one keeps what it has marked itself"
say "ok: others have none"
stop $OTHER
pkill -P $WEB
pkill -P $MINE

say "the key decides"
$T program replace a "$PROGRAMS/owner.tp4"
$T table add a may_leave meta.owner.uid=33 let_out priority 1
$T invm key >/run/other.key
in_ns h1 "$A" run --connect tcp:192.168.9.1:4444 --key /run/other.key --socket /run/other.sock 2>>/run/other.log &
wait_for 20 grep -q 'same key' /run/other.log || fail "another key is not refused"
equal "lines that tell who has another key" "$(grep -c 'same key' /run/other.log)" 1
expect "the agent goes on" fetch 33
cat /run/transp4/a/log
$T vm stop a
$T vm start a --program "$PROGRAMS/owner.tp4" --isolation process --invm-listen tcp:192.168.9.1:4444 \
	--invm-key /run/invm.key
wait_for 20 connected || fail "the agent does not find the new P4 VM"
$T table add a may_leave meta.owner.uid=33 let_out priority 1
wait_for 20 fetch 33 || fail "the new P4 VM does not know who may leave"
expect "a new P4 VM is told everything anew" fetch 33
cat /run/transp4/a/log

say "the same over vsock, which needs no network"
modprobe vsock_loopback
stop $AGENT
$T vm stop a
$T vm start a --program "$PROGRAMS/owner.tp4" --isolation process --invm-listen vsock:4444 --invm-key /run/invm.key
agent_start vsock:1:4444
wait_for 20 connected || fail "the agent does not connect over vsock"
give app.load 17
equal "a number" "$(gauge app.load)" 17
$T table add a may_leave meta.owner.uid=33 let_out priority 1
wait_for 20 fetch 33 || fail "user 33 may leave, and cannot"
cat /run/agent.log
switch_stop ovs
