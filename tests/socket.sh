# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# What the scenarios of single sockets share: our own switch (tests/xsk) on
# veth, the stand-in P4 VM (tests/judge) and exact counts.  After tests/lib.sh:
#
#	. "$LAB_ROOT/tests/socket.sh"
#
#	 namespace h1                 the lab
#	+------------+       +-------------------------+
#	| eth0       |  veth | p1                      |
#	| 10.0.0.1   +-------+  xsk reflect, the       |
#	|            |       |  answerer at 10.0.0.99   |
#	+------------+       +-------------------------+

T=$LAB_ROOT/build/transp4
JUDGE=$LAB_ROOT/build/tests/judge
XSK=$LAB_ROOT/build/tests/xsk

# judge_start VM MODE - sets JUDGE_PID.
judge_start() {
	"$JUDGE" "$1" "$2" >"/run/judge-$1.log" 2>&1 &
	JUDGE_PID=$!
	wait_for 10 vm_open "$1" || fail "the judge of $1 does not start: $(cat "/run/judge-$1.log")"
}

vm_openers() { $T -j vm list | jq -r ".[] | select(.name == \"$1\").openers"; }
vm_open() { [ "$(vm_openers "$1")" != 0 ]; }
vm_shut() { [ "$(vm_openers "$1")" = 0 ]; }

# xsk_start NAME ARGUMENTS... - sets XSK_PID; its words go to /run/xsk-NAME.log.
xsk_start() {
	_name=$1
	shift
	: >"/run/xsk-$_name.log"
	"$XSK" "$@" >"/run/xsk-$_name.log" 2>&1 &
	XSK_PID=$!
	eval "XSK_PID_$_name=$XSK_PID"
	if ! wait_for 20 xsk_ready "$_name" "$XSK_PID" || ! grep -q '^ready' "/run/xsk-$_name.log"; then
		cat "/run/xsk-$_name.log"
		fail "xsk $* does not start"
	fi
}

xsk_ready() { grep -q '^ready' "/run/xsk-$1.log" || gone "$2"; }

# xsk_result NAME WHAT - its end, and what it says about its frames.
xsk_result() {
	eval "_pid=\$XSK_PID_$1"
	wait_for 20 gone "$_pid" || fail "$2: xsk does not end: $(tail -n 3 "/run/xsk-$1.log")"
	_status=0
	wait "$_pid" || _status=$?
	[ $_status = 0 ] || fail "$2: frames are missing: $(tail -n 3 "/run/xsk-$1.log")"
	say "ok: $2: $(tail -n 1 "/run/xsk-$1.log")"
}

# xsk_end NAME WHAT - stop it: nothing that it sent is missing.
xsk_end() {
	eval "kill -TERM \$XSK_PID_$1"
	xsk_result "$1" "$2"
}

# xsk_collect NAME WHAT [NS] - every frame comes back to it, exactly once, while
# NS goes on sending: for half a minute, and to each answerer three times.
xsk_collect() {
	eval "_pid=\$XSK_PID_$1"
	kill -USR1 "$_pid"
	_end=$(($(date +%s) + 30))
	_n=0
	until gone "$_pid"; do
		[ "$(date +%s)" -lt $_end ] || [ $_n -lt 30 ] || break
		_n=$((_n + 1))
		in_ns "${3:-h1}" ping -q -l 200 -c 200 -i 0.01 -W 0.2 10.0.0.9$((_n % 10)) >/dev/null 2>&1 || true
	done
	gone "$_pid" || kill -TERM "$_pid" # it says what is missing
	xsk_result "$1" "$2: every frame came back"
}

# host_answerers NS - 10.0.0.90 to 99 need not be asked for; that they are several
# spreads what is sent to them over queues.
host_answerers() {
	for _n in 0 1 2 3 4 5 6 7 8 9; do
		ip -n "$1" neigh replace 10.0.0.9$_n lladdr 02:00:00:00:00:02 dev eth0 nud permanent
	done
}

# host_alone NUMBER [VETH OPTIONS] - a host that knows 10.0.0.99 without asking.
host_alone() {
	host_make "$@"
	in_ns "h$1" sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1 # it talks unasked
	host_answerers "h$1"
}

# pings COUNT [NS [OPTIONS]] - sets GOT and DUPLICATES.
pings() {
	_n=$1 _from=${2:-h1}
	shift
	[ $# = 0 ] || shift
	ping_count "$_from" "$_n" -f -W 2 "$@" 10.0.0.99
}

# answered WHAT COUNT [NS [OPTIONS]] - COUNT pings, each answered exactly once.
answered() {
	_what=$1
	shift
	pings "$@"
	[ "$GOT" = "$1" ] && [ "$DUPLICATES" = 0 ] ||
		fail "$_what: $GOT of $1 answered, $DUPLICATES twice; $($T stats 2>&1 | tr '\n' ' ')"
	say "ok: $_what: $1 of $1 answered"
}

# unanswered WHAT COUNT [NS]
unanswered() {
	_what=$1
	pings "$2" "${3:-h1}" -W 1
	[ "$GOT" = 0 ] || fail "$_what: $GOT of $2 answered"
	say "ok: $_what: none of $2 answered"
}

# stat IFACE DIRECTION NAME - a counter, over the interface's sockets.
stat() { $T -j stats "$1" | jq "[.[].$2.$3] | add // 0"; }

# state IFACE - of its first socket.
state() { $T -j port list "$1" | jq -r '.[0].sockets[0].state // "none"'; }

in_state() { [ "$(state "$1")" = "$2" ]; }

# becomes IFACE STATE
becomes() {
	wait_for 10 in_state "$1" "$2" || fail "$1 is $(state "$1"), not $2"
	say "ok: $1 is $2"
}

newer() { # newer THAN - is this kernel at least as new?
	[ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | head -n 1)" = "$1" ]
}
