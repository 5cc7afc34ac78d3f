# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug
# timeout: 200
#
# The module refuses to go while it is in use, and goes when it is not, also
# while sockets are being made.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
$T vm add a
host_alone 1
$T port add p1 --vm a --deadline 5000
judge_start a forward

xsk_start s reflect -n 64 -w p1
becomes p1 live
traffic 100 10.0.0.99
refuse "rmmod while a switch and a P4 VM run" rmmod transp4 2>/dev/null
stop $JUDGE_PID
refuse "rmmod while a switch runs" rmmod transp4 2>/dev/null
traffic_end
xsk_end s "rmmod was refused"
judge_start a forward
refuse "rmmod while a P4 VM runs" rmmod transp4 2>/dev/null
stop $JUDGE_PID
expect "rmmod when nobody does" wait_for 5 rmmod transp4
xsk_start s reflect -n 64 -w p1
pings 50
equal "without the module the switch works" "$GOT" 50
xsk_collect s "without the module"
for n in 1 2 3 4 5; do
	module_load
	$T vm add a
	$T port add p1 --vm a
	rmmod transp4 || fail "rmmod with a policy and a channel, nobody using them"
done
# Unloaded while sockets are being made.
(while :; do "$XSK" source -C 0 p1 >/dev/null 2>&1 || :; sleep 0.05; done) &
maker=$!
for n in 1 2 3 4 5; do
	module_load
	sleep 0.3
	wait_for 20 rmmod transp4 || fail "rmmod finds no moment"
done
gone $maker && fail "no sockets were being made"
kill $maker
say "ok: unloaded while sockets were being made"
