# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.12
# timeout: 900
#
# A P4 VM that is a QEMU guest, by the command: a start that is interrupted,
# then started, loaded, under load with packets in huge pages, replaced, told by an
# agent whose packets may leave, stopped and killed under traffic, succeeded and
# cleared up.
. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAM=$LAB_ROOT/build/tests/cli/kinds.tp4

ask() { $T -j "$@" >/run/j; }
json() { jq -c "$1" /run/j; }
# Huge pages that were split since boot.
split() { awk '$1 == "thp_split_page" { print $2 }' /proc/vmstat; }

[ -e "$LAB_ROOT/build/guest/initramfs" ] || skip "no guest image; run 'make guest'"
kvm_usable || say "without KVM, this takes minutes"
module_load

# A start that is interrupted while the guest boots leaves nothing.
$T vm start g --program "$PROGRAM" 2>/run/stderr &
start=$!
wait_for 60 pgrep qemu-system >/run/stdout || fail "QEMU does not come up: $(cat /run/stderr)"
kill -TERM $start
wait_for 20 gone $start || fail "vm start does not hear SIGTERM"
expect "it says so" grep -q "interrupted; nothing of it stays" /run/stderr
ask vm list
equal "no P4 VM" "$(json .)" "[]"
[ ! -e /run/transp4/g ] || fail "/run/transp4/g is left"
[ ! -e /sys/fs/cgroup/transp4-g ] || fail "its control group is left"
! pgrep qemu-system >/dev/null || fail "QEMU is left"

# Killed, it leaves a guest that the next command ends.
$T vm start g --program "$PROGRAM" 2>/run/stderr &
start=$!
wait_for 60 test -s /run/transp4/g/state || fail "QEMU does not come up: $(cat /run/stderr)"
kill -KILL $start
wait_for 20 gone $start || fail "vm start survives SIGKILL"
left=$(jq .pid /run/transp4/g/state)
ask vm list
equal "a start that was killed" "$(json 'map(.state)')" '["dead"]'

modprobe vsock_loopback
(umask 077; $T invm key >/run/invm.key; $T invm key >/run/host.key)
# The tenant's key comes with the image, and the host cannot give another.
"$LAB_ROOT/runtime/guest/build" --invm-key /run/invm.key /run/image || fail "no image with a key"
equal "nobody else can read the image" "$(stat -c %a /run/image)" 700
! $T vm start g --program "$PROGRAM" --image /run/image --invm-listen vsock:4444 --invm-key /run/host.key \
	2>/run/stderr || fail "the host gives another key than the image's"
grep -q "its image brought the agent's key" /run/stderr || fail "it does not say why: $(cat /run/stderr)"
$T vm start g --program "$PROGRAM" --image /run/image --invm-listen vsock:4444 2>/run/stderr ||
	fail "vm start: $(cat /run/stderr)"
say "ok: vm start: $(cat /run/stderr)"
ask vm list
equal "vm list" "$(json 'map([.name, .state, .isolation])')" '[["g","running","vm"]]'
pid=$(json '.[0].pid')
gone "$left" || fail "the guest of the start that was killed is left"
equal "its process" "$(cat "/proc/$pid/comm")" "qemu-system-x86"
equal "a user of its own" "$(stat -c '%u %g' "/proc/$pid")" "$((pid + 0x54000000)) $((pid + 0x54000000))"
equal "no capabilities, none to be had" \
	"$(sed -n 's/^\(Cap[PEB]..\|NoNewPrivs\):\t//p' "/proc/$pid/status" | tr '\n' ' ')" \
	"0000000000000000 0000000000000000 0000000000000000 1 "
[ "$(readlink "/proc/$pid/ns/net")" != "$(readlink /proc/self/ns/net)" ] || fail "QEMU has our network"
equal "its control group" "$(cd /sys/fs/cgroup/transp4-g && cat cgroup.procs memory.max | tr '\n' ' ')" "$pid 671088640 "
expect "its console has an end" grep -q "^Max file size *16777216 " "/proc/$pid/limits"
expect "table add" $T table add g route dst=10.0.0.0/24 allow index=2
ask program show g
equal "it says where it is" "$(json .isolation)" '"vm"'

ports_make veth
expect "port add" $T port add p1 --vm g --deadline 10000
before=$(split)
switch_start ovs
within "huge pages of the switch split" $(($(split) - before)) 5 1000
is() { ask port list && [ "$(json '[.[].sockets[].state]')" = "[\"$1\"]" ]; }
wait_for 60 is live || fail "the port is not live: $($T port list)"
reach 60
$T counter reset g seen
expect "10 pings" in_ns h1 ping -q -c 10 -i 0.2 -W 20 10.0.0.2
ask counter read g seen 2
within "counted by the program" "$(json '.[0].packets')" 20 30
# Frames of the whole UMEM, which the switch has in transparent huge pages.
iperf_serve
iperf -t 4 || fail "iperf3 through the guest: $(cat /run/transp4/g/log 2>/dev/null)"
say "TCP carried $(iperf_read end.sum_received.bytes) bytes"
ask vm list
equal "the guest lives" "$(json 'map(.state)')" '["running"]'
expect "program replace" $T program replace g "$PROGRAM" --keep-entries
expect "10 pings" in_ns h1 ping -q -c 10 -i 0.2 -W 20 10.0.0.2

# The agent of h1, whose word comes to the guest by virtio-serial.
in_ns h2 busybox httpd -p 8000 -h /run
fetch() { in_ns h1 setpriv --reuid "$1" --clear-groups wget -q -t 1 -T 10 -O /dev/null http://10.0.0.2:8000/page; }
echo hello >/run/page
$T program replace g "$LAB_ROOT/build/tests/programs/owner.tp4"
$T table add g may_leave meta.owner.uid=33 let_out priority 1
refuse "without an agent nobody leaves" fetch 33
nsenter --net=/run/netns/h1 "$LAB_ROOT/build/transp4-agent" run --connect vsock:1:4444 --key /run/invm.key \
	--socket /run/agent.sock &
agent=$!
wait_for 20 test -S /run/agent.sock || fail "the agent does not start"
expect "a number is visible to the guest" "$LAB_ROOT/build/transp4-agent" wait app.n 17 --socket /run/agent.sock
ask invm list g
equal "and shown" "$(json '.[] | select(.gauge == "app.n") | .value')" 17
wait_for 60 fetch 33 || fail "user 33 may leave, and cannot: $($T invm owners g)"
expect "user 33 leaves" fetch 33
refuse "user 34 does not" fetch 34
stop $agent
expect "program replace" $T program replace g "$PROGRAM"
expect "table add" $T table add g route dst=10.0.0.0/24 allow index=2

# Stopped and killed under traffic, its port follows its policy, and what comes after it takes over.
iperf -t 1000 -w 100K &
for how in STOP-drop KILL-pass; do
	$T port change p1 --on-failure ${how#*-} --deadline 300
	kill -${how%-*} "$pid"
	wait_for 10 is failed || fail "$how: $($T port list)"
	case $how in
	STOP-drop)
		expect "stopped: nothing passes by the policy" ping_none 5
		$T port change p1 --deadline 10000
		kill -CONT "$pid"
		;;
	KILL-pass)
		wait_for 20 gone "$pid" || fail "QEMU survives SIGKILL"
		expect "killed: all passes by the policy" ping_all 10
		ask vm list
		equal "it is dead" "$(json 'map(.state)')" '["dead"]'
		$T port change p1 --deadline 10000
		$T vm start g --program "$PROGRAM" --isolation process
		expect "table add" $T table add g route dst=10.0.0.0/24 allow index=2
		;;
	esac
	wait_for 60 is live || fail "after $how: $($T port list)"
	expect "10 pings after $how" in_ns h1 ping -q -c 10 -i 0.2 -W 20 10.0.0.2
done
ask counter read g seen 2
within "counted by its successor" "$(json '.[0].packets')" 20 1000000
switch_stop ovs
expect "port del" $T port del p1
expect "vm stop" $T vm stop g
ask vm list
equal "nothing is left" "$(json .)" "[]"

# For a process the switch keeps its huge pages, which no guest can have then.
expect "vm add for a process" $T vm add g --isolation process
$T port add p1 --vm g
before=$(split)
switch_start ovs
within "huge pages of the switch split for a process" $(($(split) - before)) 0 2
! $T vm start g --program "$PROGRAM" 2>/run/stderr || fail "a guest takes the channel of a process"
expect "it says why" grep -q "g was made for a process" /run/stderr
switch_stop ovs
$T port del p1
expect "vm del" $T vm del g
[ ! -e /run/transp4/g ] || fail "/run/transp4/g is left"
[ ! -e /sys/fs/cgroup/transp4-g ] || fail "its control group is left"
