# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 240
#
# Two tenants, one hostile: the other loses nothing and never fails.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
for n in 1 2; do
	host_alone $n
done
$T vm add bad --spin-us 100
$T vm add good
$T port add p1 --vm bad --deadline 50
$T port add p2 --vm good --deadline 5000
judge_start good forward
good=$JUDGE_PID
xsk_start good reflect -n 64 -w p2

# The flood overruns a slow processor's backlog, too, and there everybody's packets are
# lost, with or without us: column 2 of softnet_stat, hexadecimal.
backlog_lost() {
	_lost=0
	while read -r _ _n _; do _lost=$((_lost + 0x$_n)); done </proc/net/softnet_stat
	echo $_lost
}

total=0
beside() { # WHAT COUNT
	before=$(backlog_lost)
	pings "$2" h2
	total=$((total + GOT))
	within "$1: answered, or lost before us" $((GOT + $(backlog_lost) - before)) "$2" 100000000
	equal "$1: answered twice" "$DUPLICATES" 0
	within "$1: answered" "$GOT" $(($2 * 9 / 10)) "$2"
}

for mode in silent ahead zero random drop; do
	xsk_start bad reflect -n 64 -w p1
	judge_start bad $mode
	ip netns exec h1 ping -q -f -c 100000 -W 1 10.0.0.99 >/dev/null 2>&1 &
	ping=$!
	beside "beside a P4 VM that is $mode" 500
	# Its switch, its P4 VM and its policy go while it floods.
	case $mode in
	ahead) $T port del p1 && $T port add p1 --vm bad --deadline 50 ;;
	zero) stop $JUDGE_PID KILL ;;
	random) kill -KILL $XSK_PID ;;
	esac
	beside "... which goes" 200
	stop $JUDGE_PID KILL
	kill $ping
	kill -KILL $XSK_PID_bad 2>/dev/null || true
	wait_for 10 in_state p1 none || fail "the bad port stays"
done
equal "failures of the good port" "$(stat p2 rx failures)" 0
within "what came to the good port" "$(stat p2 rx packets)" "$total" 3500
equal "what it forwarded" "$(stat p2 rx forwarded)" "$(stat p2 rx packets)"
equal "what it sent" "$(stat p2 tx forwarded)" "$(stat p2 rx packets)"
xsk_collect good "the good switch" h2
stop $good
