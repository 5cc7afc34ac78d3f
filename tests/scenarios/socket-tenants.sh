# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug
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

for mode in silent ahead zero random drop; do
	xsk_start bad reflect -n 64 -w p1
	judge_start bad $mode
	ip netns exec h1 ping -q -f -c 100000 -W 1 10.0.0.99 >/dev/null 2>&1 &
	ping=$!
	answered "beside a P4 VM that is $mode" 500 h2
	# Its switch, its P4 VM and its policy go while it floods.
	case $mode in
	ahead) $T port del p1 && $T port add p1 --vm bad --deadline 50 ;;
	zero) stop $JUDGE_PID KILL ;;
	random) kill -KILL $XSK_PID ;;
	esac
	answered "... which goes" 200 h2
	stop $JUDGE_PID KILL
	kill $ping
	kill -KILL $XSK_PID_bad 2>/dev/null || true
	wait_for 10 in_state p1 none || fail "the bad port stays"
done
equal "failures of the good port" "$(stat p2 rx failures)" 0
equal "what the good port forwarded" "$(stat p2 rx forwarded)" "$(stat p2 tx forwarded)"
xsk_collect good "the good switch" h2
stop $good
