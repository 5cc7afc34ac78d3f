# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 240
#
# Which socket is whose: by interface, queue, tenant and namespace, before and
# after the switch; what is refused says why, and leaves nothing behind.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

# wrong PART COMMAND... - it fails with one line that has PART.
wrong() {
	_part=$1
	shift
	! "$@" 2>/run/stderr || fail "$* is not refused"
	[ "$(wc -l </run/stderr)" = 1 ] && grep -qF -- "$_part" /run/stderr ||
		fail "$*: want one line with '$_part': $(cat /run/stderr)"
	say "ok: refused: $(cat /run/stderr)"
}

# A ping takes either queue, by a hash.
host_alone 1 numrxqueues 2 numtxqueues 2
# ---------------------------------------------------------------- too early
xsk_start early reflect -n 64 p1:0 p1:1
module_load
$T vm add a
$T vm add b
judge_start a drop
$T port add p1 --vm a
equal "a socket bound before the module" "$(state p1)" uncovered
answered "it is not decided" 100
xsk_end early "before the module"
$T port del p1
xsk_start early reflect -n 64 p1:0 p1:1
$T port add p1 --vm a
equal "a socket bound before the policy" "$(state p1)" uncovered
answered "it is not decided" 100
xsk_end early "before the policy"
xsk_start s reflect -n 64 p1:0 p1:1
becomes p1 live
unanswered "bound after the policy" 50
xsk_end s "after the policy"

# ---------------------------------------------------------------- who may what
wrong "no such interface" $T port add nosuch0 --vm a
$T port del p1
ip link property add dev p1 altname other1
$T port add other1 --vm a
equal "another name of an interface is the interface" "$($T -j port list | jq -r '.[].interface')" p1
wrong "no such queue" $T port add p1 --queue 2 --vm b
wrong "covers that port already" $T port add p1 --queue 1 --vm b
$T port del p1
$T port add p1 --queue 0 --vm a
wrong "covers that port already" $T port add p1 --vm b
wrong "covers that port already" $T port add p1 --queue 0 --vm b
$T port add p1 --queue 1 --vm b
wrong "covers that port" $T port del p1
equal "policies" "$($T -j port list | jq length)" 2

# Two queues, two tenants, two UMEMs: fine.  One UMEM: refused.
judge_start b forward
xsk_start s reflect -n 64 p1:0 p1:1
becomes p1 live
equal "both sockets are attached" "$($T -j port list | jq '[.[].sockets[].state] | map(select(. == "live")) | length')" 2
xsk_end s "two queues, two tenants"
"$XSK" reflect -S -n 64 p1:0 p1:1 >/run/shared.log 2>&1 && fail "two tenants share a UMEM"
grep -q "Permission denied" /run/shared.log || fail "two tenants share a UMEM: $(cat /run/shared.log)"
say "ok: refused: $(cat /run/shared.log)"
dmesg | grep -q 'transp4: bind of p1 queue 1 refused: its UMEM is shared' || fail "the log does not say why"

# Shared on one tenant's queues; then a queue changes hands: the other tenant
# must not see the UMEM.
$T port del p1 --queue 1
$T port add p1 --queue 1 --vm a
xsk_start s reflect -S -n 64 p1:0 p1:1
wait_for 5 in_state p1 live
$T port del p1 --queue 1
$T port add p1 --queue 1 --vm b
sleep 0.5
equal "the queue is not given to another tenant" \
	"$($T -j port list | jq -r '.[] | select(.queue == 1).sockets[0].state')" released
xsk_end s "a queue changed hands"
$T port del p1 --queue 0
$T port del p1 --queue 1
stop $JUDGE_PID

# One tenant, all queues, one UMEM, also two sockets on each.
pkill -P $$ -x judge || true
wait_for 5 sh -c "! $T -j vm list | jq -e '.[] | select(.openers > 0)'" || fail "a judge stays"
judge_start a forward
$T port add p1 --vm a --deadline 5000
for how in -S -2; do
	xsk_start s reflect $how -n 64 -w p1:0 p1:1
	answered "one UMEM, $how" 200
	xsk_collect s "one UMEM, $how"
done
$T port del p1

# ---------------------------------------------------------------- too many
ip link add m1 numrxqueues 16 numtxqueues 16 type veth peer name m2 numrxqueues 16 numtxqueues 16
ip link set m1 up
ip link set m2 up
$T port add m1 --vm a
xsk_start many sink -n 16 $(seq -f m1:%g 0 14)
equal "15 sockets" "$($T -j port list m1 | jq '.[0].sockets | length')" 15
"$XSK" sink -n 16 m1:15 >/run/many.log 2>&1 && fail "a 16th socket"
grep -q "No space left" /run/many.log || fail "a 16th socket: $(cat /run/many.log)"
say "ok: refused: $(cat /run/many.log)"
xsk_end many "15 sockets"
xsk_start many sink -n 16 m1:15
xsk_end many "then there is room"
$T port del m1

# More than a message of the kernel's holds.
"$LAB_ROOT/build/tests/xsk_odd" many m1 1700 >/run/odd.log 2>&1 &
pid=$!
wait_for 60 grep -q ready /run/odd.log || fail "so many sockets: $(cat /run/odd.log)"
$T port add m1 --vm a
equal "1700 sockets that nobody covers" "$($T -j port list m1 | jq '.[0].sockets | length')" 1700
kill -KILL $pid
wait_for 60 in_state m1 none || fail "some of them stay"
$T port del m1

# ---------------------------------------------------------------- namespaces
for how in kill keep; do
	ip netns add n1
	ip netns add h3
	ip link add p3 netns n1 type veth peer name eth0 netns h3
	ip -n n1 link set p3 up
	host_setup h3 3
	host_answerers h3
	in_ns n1 $T port add p3 --vm a
	equal "one namespace does not see the other's ports" "$($T -j port list | jq length)" 0
	# Not in_ns: the process must be ours to kill.
	ip netns exec n1 "$XSK" reflect -n 64 p3 >/run/xsk-n.log 2>&1 &
	pid=$!
	wait_for 10 grep -q ready /run/xsk-n.log || fail "xsk in n1: $(cat /run/xsk-n.log)"
	answered "in a namespace" 100 h3
	case $how in
	kill)
		kill -KILL $pid
		ip netns del n1
		;;
	keep) # it lives on without a name until its last process ends
		ip netns del n1
		answered "in a nameless namespace" 100 h3
		kill -KILL $pid
		;;
	esac
	wait_for 10 gone $pid
	ip netns del h3
	stop $JUDGE_PID
	# The policy went with its namespace, so the channel can go.
	expect "the namespace took its policies along" wait_for 20 $T vm del a
	$T vm add a
	judge_start a forward
done
