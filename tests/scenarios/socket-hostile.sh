# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.12 debug rt
# timeout: 600
#
# P4 VMs that break the law, or do not answer, are killed or stopped: the port
# follows its policy within its deadline, no frame is lost, and the next P4 VM
# takes over.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
$T vm add a
host_alone 1

# sum - packets towards the switch, by all their outcomes.
sum() {
	$T -j stats p1 | jq '[.[].rx | .forwarded, .dropped, .passed, .drop_no_vm, .drop_deadline,
		.drop_protocol, .drop_bad_patch, .drop_bad_packet, .drop_closed] | add // 0'
}

# flowing COUNT - so many have been forwarded.
flowing() { [ "$(stat p1 rx forwarded)" -ge "$1" ]; }

recovers() { # WHAT - with a deadline that an honest P4 VM keeps on a busy machine, too
	$T port change p1 --deadline 5000
	judge_start a forward
	becomes p1 live
	answered "$1: a new P4 VM takes over" 100
	xsk_collect s "$1"
	stop "$JUDGE_PID"
	$T port change p1 --deadline 100
}

for policy in drop pass; do
	$T port add p1 --vm a --on-failure $policy --deadline 100
	modes="silent ahead zero random none"
	[ $policy = drop ] || modes="silent again zero"
	for mode in $modes; do
		xsk_start s reflect -n 64 -w p1
		[ $mode = none ] || judge_start a $mode
		# Whatever waits before the first failure follows the policy, too.
		pings 20 h1 -W 1
		# It says hello after each failure, so the state goes to and fro.
		before=$(sum)
		pings 50 h1 -W 1
		case $policy-$mode in
		*-random) ;;
		drop-*) equal "$mode, on-failure drop: answers" "$GOT" 0 ;;
		pass-*) equal "$mode, on-failure pass: answers" "$GOT" 50 ;;
		esac
		case $policy-$mode in
		drop-none) why=drop_no_vm ;;
		drop-silent) why=drop_deadline ;;
		drop-zero | drop-ahead) why=drop_protocol ;;
		pass-random | drop-random) why= ;;
		pass-*) why=passed ;;
		esac
		within "failures" "$(stat p1 rx failures)" 1 1000000
		equal "each packet is counted once" $(($(sum) - before)) 50
		[ -z "$why" ] || within "$why" "$(stat p1 rx $why)" 50 250
		[ $mode != again ] || within "failures, each of which lets a packet pass" \
			"$(stat p1 rx failures)" 1 $(($(stat p1 rx passed) + $(stat p1 tx passed)))
		[ $mode = none ] || stop "$JUDGE_PID" KILL
		recovers "$mode, $policy"
	done

	# Killed and stopped under traffic.
	# What arrives within a deadline must find frames.
	xsk_start s reflect -n 256 -w p1
	for signal in KILL STOP; do
		judge_start a forward
		becomes p1 live
		$T port change p1 --deadline 300
		before=$(stat p1 rx forwarded)
		traffic 300 10.0.0.99
		wait_for 10 flowing $((before + 20)) || fail "no traffic"
		kill -$signal $JUDGE_PID
		becomes p1 failed
		traffic_end
		case $policy in
		drop) within "$signal, on-failure drop: answers" "$GOT" 0 290 ;;
		pass) equal "$signal, on-failure pass: answers" "$GOT" 300 ;;
		esac
		if [ $signal = STOP ]; then
			$T port change p1 --deadline 5000
			kill -CONT $JUDGE_PID
			becomes p1 live
			answered "continued" 100
			stop $JUDGE_PID
		fi
	done
	recovers "killed and stopped, $policy"
	$T port del p1
done

$T port add p1 --vm a --on-failure drop --deadline 100
# New headers that no packet can have: a drop with its own name, and no failure.
xsk_start s reflect -n 64 -w p1
judge_start a patch
becomes p1 live
unanswered "headers that no packet can have" 51
equal "drop_bad_patch" "$(stat p1 rx drop_bad_patch)" 51
equal "failures" "$(stat p1 rx failures)" 0
stop $JUDGE_PID
recovers patch
