# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# demo/lab.sh - the demonstration of demo/run, inside the lab.
#
#	 namespace h1: the tenant's VM        namespace h2: two neighbours
#	+-----------+      +------------------+      +----------------------+
#	| 10.0.0.1  |      |   Open vSwitch   |      | 10.0.0.2   (welcome) |
#	| eth0      +--p1--+    (AF_XDP)      +--p2--+ 10.0.0.200 (unwanted)|
#	+-----------+  |   +------------------+      +----------------------+
#	               └ covered by P4 VM "tenant"

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAMS=$LAB_ROOT/build/tests/programs
isolation=$1
if [ "$isolation" = auto ]; then
	isolation=process
	! kvm_usable || isolation=vm
fi

step() { say "== $*"; }

# stat DIRECTION COUNTER - of p1.
stat() { $T -j stats p1 | jq "[.[].$1.$2] | add // 0"; }

step "Open vSwitch as Debian ships it, with two AF_XDP ports"
switch_unmodified ovs
module_load
ports_make veth
in_ns h2 ip addr add 10.0.0.200/24 dev eth0

step "the tenant's P4 VM starts (isolation $isolation)"
$T vm start tenant --program "$PROGRAMS/forward-all.tp4" --isolation "$isolation"
$T port add p1 --vm tenant --on-failure drop --deadline 20000
switch_start ovs
reach 60
$T vm list
$T port list

step "ping, TCP and UDP through it, every packet decided by the tenant's program"
expect "ping: 20 of 20" ping_all 20
iperf_serve
expect "TCP" iperf -t 4
say "TCP carried $(iperf_read end.sum_received.bytes) bytes"
expect "UDP" iperf -u -b 1M -t 4 -l 1000
say "UDP: $(iperf_read end.sum.packets) sent, $(iperf_read end.sum.lost_packets) lost"

step "the tenant loads a filter: nothing from 10.0.0.128/25"
expect "the program is replaced" $T program replace tenant "$PROGRAMS/prefix-filter.tp4"
expect "a table entry" $T table add tenant prefixes4 peer=10.0.0.128/25 deny
$T table list tenant
# Nobody asks for neighbours or routers meanwhile: what h1 receives and what we count shall agree.
mac() { in_ns "$1" cat /sys/class/net/eth0/address; }
for h in h1 h2; do
	in_ns $h sysctl -qw net.ipv6.conf.all.disable_ipv6=1
done
in_ns h2 ip neigh replace 10.0.0.1 dev eth0 lladdr "$(mac h1)" nud permanent
forwarded=$(stat tx forwarded) dropped=$(stat tx dropped)
# Prints what h1 received from the welcome and from the unwanted one, of 200 each.
set -- $(/usr/bin/python3 - <<'EOF'
import os, socket, time
def at(ns, address):
    os.setns(os.open(f"/run/netns/{ns}", os.O_RDONLY), os.CLONE_NEWNET) if hasattr(os, "setns") else \
        __import__("ctypes").CDLL(None).setns(os.open(f"/run/netns/{ns}", os.O_RDONLY), 0x40000000)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((address, 7000))
    return s
receiver, welcome, unwanted = at("h1", "10.0.0.1"), at("h2", "10.0.0.2"), at("h2", "10.0.0.200")
receiver.settimeout(5)
got = {"10.0.0.2": 0, "10.0.0.200": 0}
for i in range(200):
    unwanted.sendto(b"unwanted", ("10.0.0.1", 7000))
    welcome.sendto(b"welcome", ("10.0.0.1", 7000))
    try:
        got[receiver.recvfrom(64)[1][0]] += 1
    except socket.timeout:
        pass
receiver.settimeout(2)
try:
    while True:
        got[receiver.recvfrom(64)[1][0]] += 1
except socket.timeout:
    pass
print(got["10.0.0.2"], got["10.0.0.200"])
EOF
)
welcome=$1 unwanted=$2
forwarded=$(($(stat tx forwarded) - forwarded)) dropped=$(($(stat tx dropped) - dropped))
equal "from the welcome neighbour, at the receiver" "$welcome" 200
equal "from the unwanted neighbour, at the receiver" "$unwanted" 0
equal "dropped, by our counter" "$dropped" 200
equal "forwarded, by our counter" "$forwarded" 200

step "the program is replaced five times under traffic"
traffic 200 10.0.0.2
for program in forward-all prefix-filter forward-all prefix-filter forward-all; do
	$T program replace tenant "$PROGRAMS/$program.tp4" || fail "the program is not replaced"
done
traffic_end
lost=$((200 - GOT))
equal "pings lost meanwhile" "$lost" 0
$T stats

jq -n --arg kernel "$(uname -r)" --arg switch "$(ovs-vsctl --version | head -n 1)" \
	--arg isolation "$isolation" --argjson forwarded "$forwarded" --argjson dropped "$dropped" \
	--argjson received $((welcome + unwanted)) --argjson lost "$lost" \
	'$ARGS.named' >"$LAB_OUT/demo.json"

switch_stop ovs
$T port del p1
$T vm stop tenant
