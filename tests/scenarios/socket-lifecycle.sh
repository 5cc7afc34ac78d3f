# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 300
#
# Things come and go under traffic: the P4 VM, the policy, the switch.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
$T vm add a
host_alone 1
$T port add p1 --vm a --on-failure pass --deadline 3000

# ---------------------------------------------------------------- P4 VM
xsk_start s reflect -n 64 -w p1
judge_start a forward
becomes p1 live
traffic 300 10.0.0.99
for n in 1 2 3; do
	sleep 0.5
	stop $JUDGE_PID
	judge_start a forward
done
traffic_all "the P4 VM restarts three times, on-failure pass" 300
becomes p1 live
# More than the ring holds: the next one would see none of what came if the epoch went on.
answered "the next P4 VM decides" 300
before=$(stat p1 rx failures)
kill -KILL $JUDGE_PID
wait_for 10 vm_shut a || fail "the channel of a killed P4 VM stays open"
judge_start a forward
becomes p1 live
answered "it begins with an epoch of its own" 50
equal "failures by its restart" $(($(stat p1 rx failures) - before)) 1
refuse "its channel cannot go while it is open" $T vm del a
refuse "a second interface of the same name is no port" $T port add p1 --vm a

# ---------------------------------------------------------------- policy
$T port change p1 --on-failure drop --deadline 5000
traffic 400 10.0.0.99
for n in 1 2 3; do
	sleep 0.5
	$T port del p1
	sleep 0.5
	$T port add p1 --vm a --deadline 5000
done
traffic_all "the policy goes and comes three times" 400
becomes p1 live
answered "the port was adopted" 100
refuse "the channel is named by a port" $T vm del a

# What the P4 VM sees of the UMEM comes and goes with the policy.
sees() {
	_lines=$(grep -c '^sees' /run/judge-a.log || true)
	wait_for 10 look_again $((_lines + 1)) || fail "the P4 VM does not look"
	sed -n '$s/^sees \([0-9]*\) pages/\1/p' /run/judge-a.log
}
look_again() {
	kill -USR1 $JUDGE_PID
	[ "$(grep -c '^sees' /run/judge-a.log)" -ge "$1" ]
}
within "pages of the UMEM that the P4 VM sees" "$(sees)" 1 256
$T port del p1
equal "pages that it sees with the policy gone" "$(sees)" 0
$T port add p1 --vm a --deadline 5000
becomes p1 live
within "pages that it sees with the policy back" "$(sees)" 1 256

# Adopted with no P4 VM there: the deadline counts.
$T port del p1
stop $JUDGE_PID
$T port change p1 2>/dev/null && fail "changed a policy that is gone"
$T port add p1 --vm a --deadline 50
pings 20
becomes p1 failed
unanswered "adopted without a P4 VM" 50
$T port change p1 --deadline 5000
judge_start a forward
becomes p1 live
answered "the P4 VM comes" 100
xsk_collect s "P4 VM and policy"

# ---------------------------------------------------------------- switch
for n in 1 2 3; do
	xsk_start s reflect -n 64 -w p1
	becomes p1 live
	traffic 200 10.0.0.99
	sleep 0.5
	kill -KILL $XSK_PID
	wait_for 5 in_state p1 none || fail "the socket of a killed switch stays"
	xsk_start s reflect -n 64 -w p1
	traffic_end
	becomes p1 live
	answered "the switch was killed and came back" 100
	xsk_end s "after a kill"
done
xsk_start s reflect -n 64 -w p1
becomes p1 live
traffic 100 10.0.0.99
sleep 0.2
kill -KILL $XSK_PID $JUDGE_PID
traffic_end
wait_for 5 in_state p1 none || fail "the socket of a killed switch stays"
judge_start a forward
stop $JUDGE_PID

# ---------------------------------------------------------------- events
# Two processes open and close the channel at the same time: its lives take turns.
$T -j monitor >/run/events 2>/run/listening &
monitor=$!
wait_for 10 grep -q listening /run/listening || fail "monitor does not listen"
for n in 1 2; do
	/usr/bin/python3 -c 'import os
for n in range(3000):
    os.close(os.open("/dev/transp4/a.verdict", os.O_RDWR))' &
	eval "opener$n=$!"
done
wait $opener1 $opener2
stop $monitor INT
jq -r .event </run/events >/run/lives
within "lives of the channel" "$(grep -c open /run/lives)" 2 6000
equal "closes that are told after the next open" "$(uniq -d /run/lives | wc -l)" 0

# Who opens a channel that is being deleted comes too late, or prevents it.
expect "no channel is deleted while it is open" "$LAB_ROOT/build/tests/vm_race" 5
