# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: debug
# timeout: 200
# net: virtio
#
# Everything at the same time, at random, then all of it is killed and the module goes;
# again and again.  To repeat a failure: tests/stress SECONDS SEED.
. "$LAB_ROOT/tests/lib.sh"

ip netns add s
modprobe virtio_net
n=0
for name in p4 q4 p5 q5; do # no card keeps a name of ours from a scenario before
	card=$(nic $n) || break # then without zero copy
	ip link set "$card" down
	ip link set "$card" name $name up
	n=$((n + 1))
done
for n in 0 1 2 3; do
	ip link add p$n numrxqueues 4 numtxqueues 4 type veth peer name q$n numrxqueues 4 numtxqueues 4
	ip link set p$n up
	ip link set q$n up
done
MODULE=$LAB_ROOT/build/kmod/$(uname -r)/transp4.ko
JUDGE=$LAB_ROOT/build/tests/judge
XSK=$LAB_ROOT/build/tests/xsk
export MODULE JUDGE XSK
expect "rounds of everything" "$LAB_ROOT/build/tests/stress" "${1:-120}" ${2:+"$2"}
