# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 300
#
# One port, every way to use a socket: each ping is answered exactly once, and
# at the end every frame comes back to the switch exactly once.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
expect "vm add" $T vm add a
host_alone 1
expect "port add" $T port add p1 --vm a --deadline 5000
judge_start a forward

try() {
	_way=$*
	xsk_start s reflect "$@" p1
	answered "reflect $_way" 100
	equal "nothing failed" "$(stat p1 rx failures)" 0
	xsk_collect s "reflect $_way"
}

try
try -c
try -w
try -w -p epoll
try -p busy
try -w -p recv
try -k
try -H 256
listen() {
	$T -j monitor >/run/events 2>/run/listening &
	monitor=$!
	wait_for 10 grep -q listening /run/listening || fail "monitor does not listen"
}
warnings() { # as uniq -c says
	stop $monitor INT
	jq -r 'select(.event == "attach").reason' </run/events | cut -d: -f1 | uniq -c | xargs
}
# Of its last page the P4 VM sees what is behind it: so the owner is told, and again when it comes
# under a policy again.
listen
xsk_start s reflect -u -s 3000 p1
answered "reflect -u -s 3000" 100
$T port del p1
$T port add p1 --vm a --deadline 5000
answered "covered again" 100
equal "nothing failed" "$(stat p1 rx failures)" 0
xsk_collect s "reflect -u -s 3000"
equal "attach warns of a UMEM that ends inside a page" "$(warnings)" "2 its UMEM ends inside a page"
# Pages of hugetlbfs cannot be split: a guest under KVM of these kernels would end.
sysctl -qw vm.nr_hugepages=1
warning=null
! newer 6.3 || newer 6.13 || warning="its UMEM has huge pages"
listen
try -L
equal "attach warns of huge pages, if KVM does not map them" "$(warnings)" "1 $warning"
try -u -s 2500 -H 100
try -s 4096 -n 64
try -r 4 -t 4 -f 4 -o 4 -n 32
try -r 2048 -t 1024 -f 64 -o 512 -n 128
try -r 65536 -t 65536 -f 131072 -o 131072 -n 1024 -w
try -2
try -2 -w
try -F -w
! newer 6.3 || try -m
! newer 6.3 || try -m -w -2

# What the module needs for a socket is charged to its switch.
echo +memory >/sys/fs/cgroup/cgroup.subtree_control
# charged NAME - sets CHARGED, the kernel's memory of a switch on p1.
charged() {
	mkdir "/sys/fs/cgroup/$1"
	echo $$ >"/sys/fs/cgroup/$1/cgroup.procs"
	xsk_start s reflect -r 1024 -t 1024 -f 131072 -o 131072 p1
	echo $$ >/sys/fs/cgroup/cgroup.procs
	CHARGED=$(awk '$1 == "kernel" { print $2 }' "/sys/fs/cgroup/$1/memory.stat")
	xsk_end s "charged"
}
charged covered
covered=$CHARGED
$T port del p1
charged uncovered
within "bytes more that it is charged for patch slots and rings" $((covered - CHARGED)) \
	$(((2 * 1024 * 256 + 2 * 131072 * 8) * 98 / 100)) 10000000
$T port add p1 --vm a --deadline 5000

# One way only.
xsk_start s sink -X p1
pings 100
equal "a sink answers nothing" "$GOT" 0
equal "it received" "$(stat p1 rx forwarded)" 100
xsk_collect s "sink without TX"
xsk_start s source -R -C 2000 p1
xsk_result s "source without RX"
xsk_start s source -w -C 2000 -n 16 p1
xsk_result s "source with few frames"
