# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1
# timeout: 500
#
# P4 VMs by the command: start, die, start anew, stop, replace, with traffic
# through Open vSwitch; and starts that fail leave nothing behind.
. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAM=$LAB_ROOT/build/tests/cli/kinds.tp4

ask() { $T -j "$@" >/run/j; }
json() { jq -c "$1" /run/j; }

# wrong PART COMMAND... - it fails with status 1 and one line that has PART.
wrong() {
	_part=$1 _got=0
	shift
	"$@" >/run/stdout 2>/run/stderr || _got=$?
	[ $_got = 1 ] || fail "$*: status $_got, want 1: $(cat /run/stderr)"
	[ "$(wc -l </run/stderr)" = 1 ] && grep -q '^transp4: .*; ' /run/stderr && grep -qF -- "$_part" /run/stderr ||
		fail "$*: want one line with '$_part': $(cat /run/stderr)"
	say "ok: refused: $(cat /run/stderr)"
}

# nothing_of NAME - no channel, folder, control group, device, process or socket of it is left.
nothing_of() {
	ask vm list
	equal "$1 is not listed" "$(json "map(select(.name == \"$1\"))")" "[]"
	[ ! -e "/run/transp4/$1" ] || fail "/run/transp4/$1 is left: $(ls -a "/run/transp4/$1")"
	[ ! -e "/sys/fs/cgroup/transp4-$1" ] || fail "its control group is left"
	[ ! -e "/dev/transp4/$1.view" ] || fail "/dev/transp4/$1.view is left"
	! pgrep -f 'transp4-runtime|qemu-system' >/dev/null || fail "a process is left: $(pgrep -fa 'transp4-runtime|qemu-system')"
	say "ok: nothing of $1 is left"
}

module_load

# ---------------------------------------------------------------- starts that fail
printf fish >/run/fish
head -c 3000 "$PROGRAM" >/run/short
wrong "no compiled program" $T vm start a --program /run/fish --isolation process
wrong "cut off" $T vm start a --program /run/short --isolation process
nothing_of a
mkdir /run/alone
cp "$T" /run/alone/transp4
wrong "transp4-runtime is not there" /run/alone/transp4 vm start a --program "$PROGRAM" --isolation process
nothing_of a
wrong "no QEMU here" env PATH=/nonexistent $T vm start a --program "$PROGRAM" --isolation vm
nothing_of a
# A runtime that ends at once, one that says nothing, and one that is interrupted.
printf '#!/bin/sh\necho "transp4: this is why" >&2\nexit 1\n' >/run/alone/transp4-runtime
chmod +x /run/alone/transp4-runtime
wrong "this is why" /run/alone/transp4 vm start a --program "$PROGRAM" --isolation process
nothing_of a
printf '#!/bin/sh\nsleep 1000 & echo "not ready"; wait\n' >/run/alone/transp4-runtime
wrong "did not start" /run/alone/transp4 vm start a --program "$PROGRAM" --isolation process
nothing_of a
printf '#!/bin/sh\nsleep 1000\n' >/run/alone/transp4-runtime
/run/alone/transp4 vm start a --program "$PROGRAM" --isolation process 2>/run/stderr &
start=$!
wait_for 10 test -e /run/transp4/a/control.sock
wrong "another command is" $T vm start a --program "$PROGRAM" --isolation process
ask vm list
equal "it is being started" "$(json 'map([.name, .state])')" '[["a","starting"]]'
kill -INT $start
wait_for 10 gone $start || fail "vm start does not hear SIGINT"
expect "it says so" grep -q "interrupted; nothing of it stays" /run/stderr
nothing_of a
# Killed, it leaves what nobody has written down yet: the next command finds it.
/run/alone/transp4 vm start a --program "$PROGRAM" --isolation process 2>/run/stderr &
start=$!
wait_for 10 pgrep -f 'sleep 1000' >/run/stdout
kill -KILL $start
wait_for 10 gone $start || fail "vm start survives SIGKILL"
expect "vm stop clears up after it" $T vm stop a
nothing_of a
! pgrep -f 'sleep 1000' || fail "what it had started is left"

# Where there are no control groups, it says so and goes on.
unshare --mount sh -c "mount -t tmpfs none /sys/fs/cgroup &&
	$T vm start a --program $PROGRAM --isolation process" 2>/run/stderr || fail "vm start: $(cat /run/stderr)"
equal "it says that nothing else bounds it" "$(cut -d, -f1 /run/stderr)" \
	"transp4: P4 VM a: no control group bounds its memory"
expect "vm stop" $T vm stop a
nothing_of a

# ---------------------------------------------------------------- life
expect "vm start" $T vm start a --program "$PROGRAM" --isolation process
ask vm list
equal "vm list" "$(json 'map([.name, .state, .isolation, .ports])')" '[["a","running","process",0]]'
wrong "is running" $T vm start a --program "$PROGRAM" --isolation process --invm-listen tcp:192.0.2.1:4444
pid=$(json '.[0].pid')
expect "its process is there" test -e "/proc/$pid"
equal "its control group" "$(cd /sys/fs/cgroup/transp4-a && cat cgroup.procs memory.max | tr '\n' ' ')" "$pid 1342177280 "
cat >/run/entries <<'END'
route dst=10.0.0.0/24 allow index=5
acl src=10.0.0.66 direction=0 deny priority 10
END
expect "table load" $T table load a /run/entries
expect "program show" sh -c "$T program show a | grep -q '^table F.route'"

ports_make veth
expect "port add" $T port add p1 --vm a --deadline 2000
expect "port add" $T port add p2 --vm a --deadline 2000
switch_start ovs
are_live() { ask port list && [ "$(json '[.[].sockets[].state]')" = '["live","live"]' ]; }
wait_for 30 are_live || fail "the ports are not live: $($T port list)"
reach 20
$T counter reset a seen
expect "50 pings" ping_all 50
ask counter read a seen 5
# Each ping and each answer passes both ports.
within "counted by the program" "$(json '.[0].packets')" 200 220
# What the controller adds counts at once.
ip -n h1 addr add 10.0.0.66/24 dev eth0
refuse "an address that the table denies" in_ns h1 ping -q -c 3 -i 0.1 -W 2 -I 10.0.0.66 10.0.0.2
expect "table del" $T table del a acl src=10.0.0.66 direction=0 priority 10
expect "and is free again" in_ns h1 ping -q -c 3 -i 0.1 -W 2 -I 10.0.0.66 10.0.0.2

# Replaced under traffic: the entries stay, no ping is lost.
traffic 100 10.0.0.2
sleep 0.5
expect "program replace --keep-entries" $T program replace a "$PROGRAM" --keep-entries
traffic_all "program replace --keep-entries under traffic" 100
ask table list a route --no-default
equal "the entries are there" "$(json 'map(.match["hdr.ip.dst"])')" '["10.0.0.0/24"]'
expect "pings after it" ping_all 20

# It dies; the ports follow their policy; a new one takes over.
kill -KILL "$pid"
wait_for 10 gone "$pid" || fail "the P4 VM survives SIGKILL"
ask vm list
equal "vm list tells that it died" "$(json 'map([.name, .state, .ports])')" '[["a","dead",2]]'
wrong "has died" $T table list a
expect "no ping by the policy" ping_none 5
expect "vm start anew" $T vm start a --program "$PROGRAM" --isolation process
wait_for 20 are_live || fail "the ports are not live again: $($T port list)"
expect "table load" $T table load a /run/entries
expect "pings again" ping_all 20

# Stopped while ports name it: the channel stays.
wrong "ports name P4 VM a" $T vm del a
$T vm stop a 2>/run/stderr || fail "vm stop: $(cat /run/stderr)"
expect "vm stop tells why the channel stays" grep -q "its channel stays, as ports name it (p1, p2)" /run/stderr
ask vm list
equal "vm list" "$(json 'map([.name, .state, .ports, .channel])')" '[["a","stopped",2,true]]'
wrong "is not running" $T vm stop a
wrong "is not running" $T table list a
expect "no ping by the policy" ping_none 3
# Stopped by SIGSTOP, a P4 VM still obeys `vm stop`.
expect "vm start" $T vm start a --program "$PROGRAM" --isolation process
ask vm list
pid=$(json '.[0].pid')
kill -STOP "$pid"
switch_stop ovs
expect "port del" $T port del p1
expect "port del" $T port del p2
expect "vm stop of one that hangs" $T vm stop a
nothing_of a
