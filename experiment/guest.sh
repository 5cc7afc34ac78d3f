# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# experiment/guest.sh - the user's VM and the P4 VM as QEMU guests, for
# experiment/lab.sh.  p1 is the user VM's tap device, m0 another one, over
# which its agent reaches the P4 VM; what it measures comes by virtio-serial.

IMAGE=$LAB_ROOT/build/experiment/guest
nic=csum=off,guest_csum=off,gso=off,guest_tso4=off,guest_tso6=off,guest_ecn=off,guest_ufo=off
nic=$nic,host_tso4=off,host_tso6=off,host_ecn=off,host_ufo=off,mrg_rxbuf=off

kvm_usable && accel="kvm -cpu host" || accel="tcg,thread=single -cpu max"

user_make() {
	modprobe tun
	for _tap in p1 m0; do
		ip tuntap add dev $_tap mode tap
		sysctl -qw "net.ipv6.conf.$_tap.disable_ipv6=1"
		ip link set $_tap up
	done
	ip addr add 192.168.9.1/30 dev m0
	# One after the other: both emulated at a time, neither gets anywhere.
	vm_start "$FORWARD"
	say "the P4 VM is ready"
	rm -f "$LAB_OUT/user-console" # of a run before
	# shellcheck disable=SC2086
	qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot -monitor none \
		-machine pc,usb=off,hpet=off -accel $accel -smp 1 -m 256 \
		-netdev tap,id=n0,ifname=p1,script=no,downscript=no -device virtio-net-pci,netdev=n0,$nic \
		-netdev tap,id=n1,ifname=m0,script=no,downscript=no -device virtio-net-pci,netdev=n1,$nic \
		-device virtio-serial-pci \
		-chardev "file,id=values,path=$LAB_OUT/values" -device virtserialport,chardev=values,nr=1 \
		-chardev "file,id=packets,path=$LAB_OUT/all-packets" -device virtserialport,chardev=packets,nr=2 \
		-chardev "file,id=console,path=$LAB_OUT/user-console" -serial chardev:console \
		-kernel "$IMAGE/kernel" -initrd "$IMAGE/initramfs" \
		-append "$("$LAB_ROOT/runtime/guest/start" --boot-options) net.ifnames=0 key=$(cat /run/invm.key) rate=$MBIT" &
	wait_for 900 grep -q "user's VM is ready" "$LAB_OUT/user-console" || fail "the user's VM does not start"
	say "the user's VM is ready"
}

agent_start() { :; } # it is there, and connects by itself
agent_stop() { :; }
packets_begin() { _from=$(wc -l <"$LAB_OUT/all-packets"); }
packets_end() {
	sleep 2
	tail -n +$((_from + 1)) "$LAB_OUT/all-packets" >"$LAB_OUT/packets"
}
