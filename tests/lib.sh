# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# What scenarios share.  A scenario runs as root in the lab (lab/guest) and
# starts with
#
#	. "$LAB_ROOT/tests/lib.sh"
#
# It passes by ending with status 0.  fail and skip end it at once, with a
# reason.  It need not clean up: processes, namespaces, links and the module
# are removed after it, and the kernel log is read.
#
#	 namespace h1                  the lab                 namespace h2
#	+--------------+        +-----------------------+      +--------------+
#	| eth0         |  veth  | p1                 p2 |      |         eth0 |
#	| 10.0.0.1     +--------+       a switch        +------+     10.0.0.2 |
#	| fd00::1      |        |   (OVS or testpmd)    |      |      fd00::2 |
#	+--------------+        +-----------------------+      +--------------+

: "${LAB_ROOT:?a scenario runs in the lab: lab/run SCENARIO}"
# What fails ends a scenario; a shell for people (make lab-shell) is back at its prompt.
case $- in
*i*)
	LAB_REASON=/dev/null
	leave() { kill -INT $$; }
	;;
*)
	set -eu
	leave() { exit "$1"; }
	;;
esac

# say TEXT - with the seconds since the lab's boot.
say() {
	read -r _now _ </proc/uptime
	echo "  $_now $*"
}

fail() {
	say "FAIL: $*"
	echo "$*" >"$LAB_REASON"
	leave 1
}

skip() {
	say "skip: $*"
	echo "$*" >"$LAB_REASON"
	leave 77
}

# expect WHAT COMMAND... - fail, naming WHAT, unless the command succeeds.
expect() {
	_what=$1
	shift
	"$@" || fail "$_what"
	say "ok: $_what"
}

# refuse WHAT COMMAND... - fail, naming WHAT, unless the command fails.
refuse() {
	_what=$1
	shift
	! "$@" || fail "$_what"
	say "ok: $_what"
}

# equal WHAT GOT WANTED
equal() {
	[ "$2" = "$3" ] || fail "$1: got $2, want $3"
	say "ok: $1: $2"
}

# within WHAT GOT LEAST MOST - whole numbers.
within() {
	{ [ "$2" -ge "$3" ] && [ "$2" -le "$4" ]; } || fail "$1: got $2, want $3 to $4"
	say "ok: $1: $2"
}

# wait_for SECONDS COMMAND... - until it succeeds; fails if it does not in time.
wait_for() {
	_end=$(($(date +%s) + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt $_end ] || return 1
		sleep 0.1
	done
}

# gone PID - it has ended (a zombie has).
gone() {
	[ ! -e "/proc/$1/exe" ]
}

# stop PID [SIGNAL] - and wait for its end.
stop() {
	kill "-${2:-TERM}" "$1" 2>/dev/null || return 0
	wait_for 20 gone "$1" || fail "process $1 does not stop"
}

# kvm_usable - loads KVM; can the lab run guests on it?  An emulated lab has AMD's SVM.
kvm_usable() {
	modprobe kvm_amd 2>/dev/null || modprobe kvm_intel 2>/dev/null || return 1
	"$LAB_ROOT/build/transp4" -j doctor |
		jq -e 'any(.checks[]; .check == "virtualisation" and .status == "good")' >/dev/null
}

# module_load [PARAMETER=VALUE...] - ours, as built for this kernel.
module_load() {
	_module=$LAB_ROOT/build/kmod/$(uname -r)/transp4.ko
	[ -e "$_module" ] || fail "there is no module for this kernel; build it with 'make module KERNEL=...'"
	insmod "$_module" "$@"
}

# ticks - processor time of the P4 VM and of our threads, in clock ticks.
ticks() {
	for _stat in /proc/[0-9]*/stat; do
		cat "$_stat" 2>/dev/null || true
	done | awk '/\((transp4-runtime|tp4\/)/ { sub(/.*\) /, ""); n += $12 + $13 } END { print n + 0 }'
}

# in_ns NS COMMAND...
in_ns() { ip netns exec "$@"; }

# $SWITCH - what runs a switch's programs in the root that $SWITCH_ROOT names, not in the machine's.
SWITCH=${SWITCH_ROOT:+chroot $SWITCH_ROOT}
for _dir in ${SWITCH_ROOT:+proc sys dev run}; do
	mountpoint -q "$SWITCH_ROOT/$_dir" || mount --rbind "/$_dir" "$SWITCH_ROOT/$_dir"
done

# unmodified PACKAGE FILE... - each is byte for byte what the package brought; patterns may be given.
unmodified() {
	_sums=${SWITCH_ROOT:-}/var/lib/dpkg/info/$1
	shift
	_files=$($SWITCH sh -c "readlink -e $*") || fail "$* is not there"
	for _file in $_files; do
		_sum=$($SWITCH md5sum "$_file")
		_sum=${_sum%% *}
		# A package may say /lib for what is in /usr/lib.
		grep -qsxF -e "$_sum  ${_file#/}" -e "$_sum  ${_file#/usr/}" $_sums.md5sums $_sums:amd64.md5sums ||
			fail "$_file is not as its package brought it"
		say "ok: $_file is as its package brought it"
	done
}

# ---------------------------------------------------------------- hosts

# host_setup NS NUMBER - address and name its eth0.
host_setup() {
	ip -n "$1" link set lo up
	# Software switches compute no checksums for their peers.
	in_ns "$1" ethtool -K eth0 tx off gso off tso off >/dev/null 2>&1 || true
	in_ns "$1" sysctl -qw net.ipv6.conf.eth0.accept_dad=0
	ip -n "$1" addr add "10.0.0.$2/24" dev eth0
	ip -n "$1" addr add "fd00::$2/64" dev eth0 nodad
	ip -n "$1" link set eth0 up
}

# host_make NUMBER [VETH OPTIONS] - namespace hN behind port pN, over veth.
host_make() {
	_n=$1
	shift
	ip netns add "h$_n"
	# A virtio-net card may have the name from a scenario before.
	[ ! -e "/sys/class/net/p$_n" ] || { ip link set "p$_n" down && ip link set "p$_n" name "was$_n"; }
	ip link add "p$_n" "$@" type veth peer name eth0 netns "h$_n" "$@"
	ethtool -K "p$_n" tx off >/dev/null 2>&1 || true
	sysctl -qw "net.ipv6.conf.p$_n.disable_ipv6=1"
	ip link set "p$_n" up
	host_setup "h$_n" "$_n"
}

# nic N - the name of the lab's N-th virtio-net card (lab/run --net virtio).
nic() {
	for _dev in /sys/class/net/*; do
		if [ "$(cat "$_dev/address")" = "52:54:00:00:00:0$1" ]; then
			echo "${_dev##*/}"
			return
		fi
	done
	return 1
}

# host_make_virtio NUMBER - the same over a pair of virtio-net cards.
host_make_virtio() {
	modprobe virtio_net
	_n=$1
	_port=$(nic $((_n * 2 - 2))) && _peer=$(nic $((_n * 2 - 1))) ||
		skip "the lab has no virtio-net cards (lab/run --net virtio)"
	ip netns add "h$_n"
	ip link set "$_peer" down
	ip link set "$_peer" name eth0 netns "h$_n"
	ip link set "$_port" down
	ip link set "$_port" name "p$_n"
	sysctl -qw "net.ipv6.conf.p$_n.disable_ipv6=1"
	ip link set "p$_n" up
	host_setup "h$_n" "$_n"
}

# ports_make KIND - h1 and h2 behind p1 and p2; KIND is veth or virtio.
ports_make() {
	case $1 in
	veth) host_make 1 && host_make 2 ;;
	virtio) host_make_virtio 1 && host_make_virtio 2 ;;
	*) fail "no such kind of port: $1" ;;
	esac
}

# ---------------------------------------------------------------- Open vSwitch

OVS_RUNDIR=/run/openvswitch
OVS_LOG=$OVS_RUNDIR/ovs-vswitchd.log
OVS_VSWITCHD=/usr/lib/openvswitch-switch/ovs-vswitchd

# ovs_start - an empty data base and the daemons, as the package has them.
ovs_start() {
	modprobe tun
	mkdir -p $OVS_RUNDIR
	rm -f $OVS_RUNDIR/conf.db
	$SWITCH ovsdb-tool create $OVS_RUNDIR/conf.db /usr/share/openvswitch/vswitch.ovsschema
	$SWITCH ovsdb-server $OVS_RUNDIR/conf.db --remote=punix:$OVS_RUNDIR/db.sock \
		--pidfile --detach --log-file=$OVS_RUNDIR/ovsdb-server.log -vconsole:off 2>/dev/null
	ovs-vsctl --no-wait init
	ovs_vswitchd
	ovs-vsctl --timeout=30 add-br br0 -- set bridge br0 datapath_type=netdev || ovs_fault
}

# ovs_vswitchd - the switch itself, which has its ports from the database.
ovs_vswitchd() {
	$SWITCH $OVS_VSWITCHD unix:$OVS_RUNDIR/db.sock --pidfile --detach --log-file=$OVS_LOG -vconsole:off 2>/dev/null ||
		fail "ovs-vswitchd does not start"
}

# ovs_ports IFACE... - add them as AF_XDP ports with $OVS_OPTIONS, in one go.
OVS_OPTIONS=
ovs_ports() {
	set -- $(for _if; do
		echo "-- add-port br0 $_if -- set interface $_if type=afxdp $OVS_OPTIONS"
	done)
	ovs-vsctl --timeout=180 "$@" || ovs_fault
	_err=$(ovs-vsctl --bare --columns=error list interface)
	[ -z "$(echo $_err)" ] || fail "OVS refuses a port: $_err"
}

ovs_fault() {
	tail -n 20 $OVS_LOG
	fail "Open vSwitch does not answer"
}

ovs_pid() { cat $OVS_RUNDIR/ovs-vswitchd.pid; }

ovs_stop() {
	stop "$(ovs_pid)"
	stop "$(cat $OVS_RUNDIR/ovsdb-server.pid)"
}

# ---------------------------------------------------------------- testpmd

TESTPMD_LOG=/run/testpmd.log

# testpmd_start IFACE IFACE [VDEV OPTIONS] - forward between two AF_XDP ports.
testpmd_start() {
	mkfifo /run/testpmd.in 2>/dev/null || true
	: >$TESTPMD_LOG
	$SWITCH dpdk-testpmd --no-huge -m 256 --no-pci --no-telemetry -l 0-1 --iova-mode=va \
		--vdev "net_af_xdp0,iface=$1${3:+,$3}" --vdev "net_af_xdp1,iface=$2${3:+,$3}" \
		-- -i --forward-mode=io --auto-start --total-num-mbufs=16384 \
		</run/testpmd.in >$TESTPMD_LOG 2>&1 &
	TESTPMD_PID=$!
	exec 8>/run/testpmd.in
	if ! wait_for 200 testpmd_ready || gone $TESTPMD_PID; then
		cat $TESTPMD_LOG
		fail "dpdk-testpmd does not start"
	fi
}

testpmd_ready() { grep -q 'testpmd>' $TESTPMD_LOG || gone $TESTPMD_PID; }

testpmd_stop() {
	exec 8>&-
	stop "$TESTPMD_PID"
}

# switch_unmodified KIND - it is as its package brought it, and so are the kernel, if it is a package's, and the
# drivers of the ports.
switch_unmodified() {
	_image=linux-image-$(uname -r)
	if [ -e "/var/lib/dpkg/info/$_image.md5sums" ]; then
		_drivers=/lib/modules/$(uname -r)/kernel/drivers/net
		(
			SWITCH='' SWITCH_ROOT=''
			unmodified "$_image" "/boot/vmlinuz-$(uname -r)" "$_drivers/veth.ko*" "$_drivers/virtio_net.ko*"
		) || leave 1
	fi
	case $1 in
	ovs*) unmodified openvswitch-switch $OVS_VSWITCHD ;;
	testpmd*)
		unmodified dpdk-dev /usr/bin/dpdk-testpmd
		unmodified 'librte-net-af-xdp*' '/usr/lib/x86_64-linux-gnu/dpdk/pmds-*/librte_net_af_xdp.so.*.*'
		;;
	esac
}

# switch_start KIND - OVS or testpmd between p1 and p2; KIND may go on with how.
switch_start() {
	case $1 in
	ovs) ;;
	ovsgeneric) OVS_OPTIONS=options:xdp-mode=generic ;;
	ovspoll) OVS_OPTIONS="options:xdp-mode=native options:use-need-wakeup=false" ;;
	ovsqueues) OVS_OPTIONS=options:n_rxq=2 ;;
	testpmd) testpmd_start p1 p2 ;;
	testpmdpoll) testpmd_start p1 p2 busy_budget=0 ;; # calls poll() where need_wakeup asks
	*) fail "no such switch: $1" ;;
	esac
	case $1 in
	ovs*)
		ovs_start
		ovs_ports p1 p2
		;;
	esac
}

switch_stop() {
	case $1 in
	ovs*) ovs_stop ;;
	testpmd*) testpmd_stop ;;
	esac
}

# afxdp_bound IFACE... - a socket of address family XDP is bound to each.
# Debian's 6.1 cannot list them: there, that many exist, and each has a program.
afxdp_bound() {
	if modprobe xsk_diag 2>/dev/null; then
		for _if; do
			ss --xdp -a | grep -qw "$_if:q[0-9]*" || return 1
		done
		return 0
	fi
	[ "$(awk '$1 == "XDP" { print $3 }' /proc/net/protocols)" -ge $# ] || return 1
	for _if; do
		ip link show "$_if" | grep -q 'prog/xdp' || return 1
	done
}

# ---------------------------------------------------------------- traffic

# echo_replies NS - how many have reached it.
echo_replies() { in_ns "$1" nstat -asz IcmpInEchoReps | awk '/^IcmpInEchoReps/ { print $2 }'; }

# ping_count NS COUNT OPTIONS... - sets GOT and DUPLICATES.  ping itself waits for its last
# answers no longer than twice its longest round trip: too short on a busy machine.
ping_count() {
	_ns=$1 _count=$2
	shift 2
	_before=$(echo_replies "$_ns")
	_out=$(in_ns "$_ns" ping -q -c "$_count" "$@" 2>&1) || true
	DUPLICATES=$(echo "$_out" | sed -n 's/.* +\([0-9]*\) duplicates.*/\1/p')
	DUPLICATES=${DUPLICATES:-0}
	_now=$(echo_replies "$_ns") _last=
	echo "$_out" | grep -q " $_count received" || while [ "$_now" != "$_last" ]; do
		sleep 1
		_last=$_now _now=$(echo_replies "$_ns")
	done
	GOT=$((_now - _before - DUPLICATES))
}

# ping_all COUNT [OPTIONS] - h1 to h2, every one answered exactly once.
ping_all() {
	_wanted=$1
	shift
	ping_count h1 "$_wanted" -i 0.02 -W 5 "$@" 10.0.0.2
	say "$_wanted pings: $GOT answered, $DUPLICATES twice"
	[ "$GOT" = "$_wanted" ] && [ "$DUPLICATES" = 0 ]
}

# traffic COUNT ADDRESS - pings from h1, 100 a second, in the background.
traffic() {
	{
		ping_count h1 "$1" -i 0.01 -W 5 "$2"
		echo "$GOT $DUPLICATES" >/run/traffic
	} 2>/dev/null &
	TRAFFIC_PID=$!
}

# traffic_end - sets GOT and DUPLICATES; GOT is empty if its host has gone.
traffic_end() {
	wait $TRAFFIC_PID || true
	GOT= DUPLICATES=
	[ ! -e /run/traffic ] || read -r GOT DUPLICATES </run/traffic
	rm -f /run/traffic
}

# traffic_all WHAT COUNT - every one was answered exactly once.
traffic_all() {
	traffic_end
	equal "$1: answered and twice" "$GOT $DUPLICATES" "$2 0"
}

# ping_times HOST COUNT ADDRESS - ns until each answer, on one line, each behind a space.
# What else has a period (the kernel's tick of 4 ms, an agent's 10 ms) meets each ping at another moment.
# Beyond 10 ms ping would sleep until the next but two tick where the answer came within a millisecond, and
# spin where it came later: other questions, with other answers.
ping_times() {
	in_ns "$1" ping -c "$2" -i 0.009 "$3" | sed -n 's/.*time=\([0-9.]*\) ms/\1/p' |
		awk '{ printf " %d", $1 * 1e6 } END { print "" }'
}

# shape HOST KBIT/S - make that the limit of what it sends.  The bucket holds 4 ms, a tick (tc-tbf(8)): with
# less, each packet waits for a timer, and the link idles whenever the emulated processor is late for it.
shape() {
	tc -n "$1" qdisc replace dev eth0 root tbf rate "${2}kbit" latency 50ms \
		burst $(($2 / 2 > 32768 ? $2 / 2 : 32768))
}

unshape() { tc -n "$1" qdisc del dev eth0 root; }

# ping_none COUNT - h1 reaches h2 with none.
ping_none() {
	in_ns h1 ping -q -c "$1" -i 0.05 -W 2 10.0.0.2 | grep -q ' 0 received'
}

# reach SECONDS - wait until h1 and h2 know each other.
reach() {
	wait_for "$1" in_ns h1 ping -q -c 1 -W 1 10.0.0.2 || fail "h1 does not reach h2"
}

# iperf_serve - in h2, in the background.
iperf_serve() {
	in_ns h2 iperf3 -s -D -I /run/iperf3.pid --logfile /run/iperf3.log
	wait_for 10 iperf_listens || fail "iperf3 does not start"
}

iperf_listens() { in_ns h2 ss -ltn | grep -q ':5201'; }

# iperf OPTIONS... - from h1; leaves iperf3's JSON in /run/iperf3.json.
iperf() {
	in_ns h1 iperf3 -c 10.0.0.2 -J "$@" >/run/iperf3.json || {
		grep -m 1 '"error"' /run/iperf3.json || true
		return 1
	}
}

# iperf_watch OPTIONS... - iperf for iperf_told.  From h2 to h1, because what stands still must be
# seen where data arrive: a sender's socket takes a third of its buffer at a time, and waits between.
iperf_watch() { iperf -R -l 16K -i 0.1 "$@"; }

# iperf_told - in words: rate, retransmissions, longest time without a byte of all streams together.
iperf_told() {
	/usr/bin/python3 - <<'EOF'
import json
try:
    r = json.load(open("/run/iperf3.json"))
except ValueError:
    r = {}
longest = now = 0
for i in r.get("intervals", []):
    now = now + i["sum"]["seconds"] if not i["sum"]["bytes"] else 0
    longest = max(longest, now)
end = r.get("end", {})
rate = end.get("sum_received", {}).get("bits_per_second", 0) / 1e6
print(f"{rate:.0f} Mbit/s (emulated), {end.get('sum_sent', {}).get('retransmits', '?')} retransmissions, "
      f"longest stall {longest * 1000:.0f} ms" + (f", {r['error']}" if "error" in r else ""))
EOF
}

# iperf_read PATH - one number of that JSON, e.g. end.sum_received.bytes.
iperf_read() {
	jq ".$1 | floor" /run/iperf3.json
}
