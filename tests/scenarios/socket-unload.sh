# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 200
#
# The module refuses to go while it is in use, and goes when it is not, also
# while sockets are being made.  It does not come where the kernel's structures
# are not those that it was built for.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

# refused PART COMMAND... - the module is not loaded with the BTF that COMMAND writes; PART is why.
refused() {
	_part=$1
	shift
	"$@" >/run/btf
	refuse "the module is not loaded" module_load btf=/run/btf 2>/run/stderr
	equal "lines that say why" "$(dmesg | grep -c "transp4: .*$_part")" 1
}
refused "struct xdp_sock differs (its end is at [0-9]*, expected [0-9]*); build the module" /usr/bin/python3 -c '
import struct, sys
data = bytearray(open("/sys/kernel/btf/vmlinux", "rb").read())
header, types, _, strings = struct.unpack_from("=4I", data, 4)
name = data.index(b"\0xdp_sock\0", header + strings) + 1 - header - strings
at = header + types
while True:  # name, kind, size of a structure
    at = data.index(struct.pack("=I", name), at)
    _, info, size = struct.unpack_from("=3I", data, at)
    if info >> 24 & 31 == 4 and size:
        break
    at += 1
struct.pack_into("=I", data, at + 8, size + 8)
sys.stdout.buffer.write(data)'
refused "is not valid BTF" head -c 100000 /sys/kernel/btf/vmlinux
refused "cannot read .*; a kernel with CONFIG_DEBUG_INFO_BTF is needed" true
# Nor where new sockets cannot be seen, which nobody can bring about later.
sysctl -qw kernel.ftrace_enabled=0
refuse "the module is not loaded" module_load 2>/run/stderr
sysctl -qw kernel.ftrace_enabled=1
module_load
refuse "the probe is switched off" sysctl -qw kernel.ftrace_enabled=0 2>/run/stderr
rmmod transp4
sysctl -qw kernel.ftrace_enabled=0
sysctl -qw kernel.ftrace_enabled=1

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
# A setsockopt that waits for its memory (where the module reads it) refuses, and stops nobody.
if newer 6.3 && ! newer 6.13 && [ -d /sys/kernel/mm/transparent_hugepage ]; then
	module_load
	$T vm add a
	$T port add p1 --vm a
	ip link add p2 type veth peer name q2
	"$LAB_ROOT/build/tests/xsk_odd" stuck p2 >/run/odd.log 2>&1 &
	stuck=$!
	wait_for 10 grep -q ready /run/odd.log || fail "no setsockopt that waits: $(cat /run/odd.log)"
	rmmod transp4 2>/run/stderr &
	rmmod=$!
	wait_for 10 gone $rmmod || fail "rmmod waits for a switch"
	expect "rmmod is refused while setsockopt waits" grep -q "in use" /run/stderr
	stop $stuck KILL
	expect "rmmod when it is over" wait_for 5 rmmod transp4
fi
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
