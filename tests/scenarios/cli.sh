# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1
# timeout: 500
#
# The command against the real module: what it refuses and how, ports before
# and after the switch, statistics, events and captures, with the stand-in
# P4 VM (tests/judge) and Open vSwitch.
. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
JUDGE=$LAB_ROOT/build/tests/judge

# json FILTER - what jq makes of the last ask.
json() { jq -c "$1" /run/j; }
ask() { $T -j "$@" >/run/j; }

# wrong STATUS PART COMMAND... - it fails with this status and one line that has PART.
wrong() {
	_status=$1 _part=$2
	shift 2
	_got=0
	"$@" >/run/stdout 2>/run/stderr || _got=$?
	[ $_got = "$_status" ] || fail "$*: status $_got, want $_status: $(cat /run/stderr)"
	[ "$(wc -l </run/stderr)" = 1 ] || fail "$*: not one line: $(cat /run/stderr)"
	[ ! -s /run/stdout ] || fail "$*: it failed, yet printed: $(cat /run/stdout)"
	grep -q '^transp4: .*; ' /run/stderr || fail "$*: no advice: $(cat /run/stderr)"
	grep -qF -- "$_part" /run/stderr || fail "$*: want '$_part' in: $(cat /run/stderr)"
	say "ok: refused: $(cat /run/stderr)"
}

# ---------------------------------------------------------------- no module
wrong 1 "module is not loaded" $T port list
wrong 1 "module is not loaded" $T vm list
ask doctor || true
equal "doctor knows that the module is not loaded" \
	"$(json '[.checks[] | select(.check == "module") | .finding | startswith("not loaded")]')" '[true]'
module_load
ask doctor || true
equal "doctor sees the module" "$(json '[.checks[] | select(.check == "module").status]')" '["good"]'

# ---------------------------------------------------------------- channels
expect "vm add" $T vm add a
wrong 1 "exists" $T vm add a
wrong 1 "name" $T vm add a/b
wrong 1 "name" $T vm add ""x.y
wrong 2 "number" $T vm add b --spin-us 1001
equal "vm add with spin, in JSON" "$($T -j vm add b --spin-us 7)" null
ask vm list
equal "vm list" "$(json 'sort_by(.name) | map([.name, .state, .spin_us])')" \
	'[["a","stopped",0],["b","stopped",7]]'
wrong 1 "not running" $T vm stop b
wrong 1 "no P4 VM" $T vm stop nosuch
wrong 1 "no P4 VM" $T vm del nosuch
ask vm list b
equal "vm list of one" "$(json 'map(.name)')" '["b"]'
expect "vm del" $T vm del b
wrong 1 "no P4 VM b" $T vm list b
ask vm list
equal "vm list" "$(json 'map(.name)')" '["a"]'

# ---------------------------------------------------------------- ports
ports_make veth
wrong 1 "no such interface" $T port add nosuch0 --vm a
wrong 1 "no such queue" $T port add p1 --queue 1000 --vm a
wrong 1 "no P4 VM" $T port add p1 --vm nosuch
wrong 2 "deadline" $T port add p1 --vm a --deadline 0
wrong 2 "60000" $T port add p1 --vm a --deadline 60001
wrong 1 "no P4 VM covers" $T port del p1
wrong 1 "no port" $T port change p1 --deadline 5
expect "port add" $T port add p1 --vm a --on-failure pass --deadline 250
ask port list
equal "port list" "$(json 'map([.interface, .queue, .vm, .on_failure, .deadline_ms, .sockets])')" \
	'[["p1","all","a","pass",250,[]]]'
expect "vm add" $T vm add other
wrong 1 "p1" $T port add p1 --vm other
wrong 1 "p1" $T port add p1 --queue 0 --vm other
equal "port change, in JSON" "$($T -j port change p1 --deadline 300)" null
ask port list p1
equal "what is not named stays" "$(json 'map([.on_failure, .deadline_ms])')" '[["pass",300]]'
expect "port add --replace" $T port add p1 --vm a --on-failure drop --deadline 2000 --replace
ask port list --vm a
equal "it was changed" "$(json 'map([.on_failure, .deadline_ms])')" '[["drop",2000]]'
wrong 1 "ports name" $T vm del a
wrong 1 "no port" $T port list p2
timeout 2 $T capture p9 2>/run/stderr || true
expect "capture says that nobody covers the interface" grep -q "no P4 VM covers p9 yet; " /run/stderr
timeout 2 $T capture p1 2>/run/stderr || true
expect "and nothing where somebody does" sh -c '! grep covers /run/stderr'
expect "vm del" $T vm del other

# Nobody but root.
cp "$T" /run/transp4-copy
chmod 755 /run/transp4-copy
mkdir -m 777 /run/nobody
for words in "port list" "vm list" "port add p1 --vm a" "port del p1" "vm add c" "stats" "monitor" "capture" \
	"capture -w /run/nobody/a.pcapng"; do
	# shellcheck disable=SC2086
	wrong 1 "root" setpriv --reuid=65534 --regid=65534 --clear-groups /run/transp4-copy $words
done
[ ! -e /run/nobody/a.pcapng ] || fail "a capture that was refused leaves a file"

# ---------------------------------------------------------------- a switch
$T monitor >/run/events 2>/run/monitor.err &
monitor=$!
$T -j monitor >/run/events.json 2>/run/monitor_json.err &
monitor_json=$!
for err in monitor monitor_json; do
	wait_for 10 grep -q listening /run/$err.err || fail "$err does not listen"
done
$JUDGE a forward >/run/judge.log 2>&1 &
judge=$!
switch_start ovs
is_live() { ask port list p1 && [ "$(json 'map(.sockets[].state)')" = '["live"]' ]; }
wait_for 20 is_live || fail "p1 is not live: $($T port list)"
ask vm list
equal "vm list knows the stand-in" "$(json 'map([.state, .ports, .sockets])')" '[["external",1,1]]'

# The second port comes after the switch: it is told that it is not covered.
$T port add p2 --vm a 2>/run/stderr || fail "port add p2: $(cat /run/stderr)"
expect "a port after the switch warns" grep -q "NOT decided; restart the switch" /run/stderr
ask port list p2
equal "its state" "$(json 'map(.sockets[].state)')" '["uncovered"]'
ask doctor || true
if modprobe -q xsk_diag; then
	equal "doctor sees both sockets" \
		"$(json '[.checks[] | select(.check == "socket") | [.interface, .process, .state]] | sort')" \
		'[["p1","ovs-vswitchd","live"],["p2","ovs-vswitchd","uncovered"]]'
else
	equal "doctor sees both sockets, though the kernel does not list them" \
		"$(json '[.checks[] | select(.check == "socket") | [.interface, .state]] | sort')" \
		'[["p1","live"],["p2","uncovered"]]'
	equal "doctor sees their holder" \
		"$(json '[.checks[] | select(.check == "holder").process] | unique')" '["ovs-vswitchd"]'
fi
equal "doctor sees the switch" "$(json '[.checks[] | select(.check == "switch").switch]')" '["Open vSwitch"]'
equal "port del, in JSON" "$($T -j port del p2)" null

# ---------------------------------------------------------------- packets
reach 20
$T capture p1 --count 40 -w /run/p1.pcapng 2>/run/capture.err &
capture=$!
$T -j capture p1 --count 5 >/run/lines.json 2>/dev/null &
lines=$!
wait_for 10 grep -q listening /run/capture.err || fail "capture does not listen"
echo 1 >/sys/kernel/tracing/events/transp4/enable
ask stats p1
before=$(json '.[0].rx.forwarded')
expect "100 pings" ping_all 100
ask stats p1
after=$(json '.[0].rx.forwarded')
echo 0 >/sys/kernel/tracing/events/transp4/enable
for dir in rx tx; do
	within "the tracepoint of packets, $dir" "$(grep -c "tp4_packet: .* dir=$dir " /sys/kernel/tracing/trace)" 100 130
done
within "forwarded towards the switch by 100 pings" $((after - before)) 100 130
equal "the outcomes are the packets" \
	"$(json '.[0] | [.rx, .tx] | map(.packets == (to_entries | map(select(.key | test("^(forwarded|dropped|passed|drop_.*)$")).value) | add)) | all')" true
expect "stats as text" sh -c "$T stats p1 | grep -q '    rx  packets [0-9]*  forwarded [0-9]*'"
wait_for 20 gone $capture || fail "capture does not end after 40 packets: $(cat /run/capture.err)"
wait_for 20 gone $lines || fail "capture does not end after 5 packets"
equal "lines of JSON" "$(jq -sc '[length, (map(.verdict) | unique), (map(.interface) | unique)]' /run/lines.json)" '[5,["forwarded"],["p1"]]'
if command -v tshark >/dev/null; then
	tshark -r /run/p1.pcapng -T fields -e frame.interface_name -e frame.packet_flags_direction \
		-e frame.verdict.ebpf_xdp -e frame.protocols -e frame.comment >/run/fields 2>/dev/null
	equal "Wireshark reads them all" "$(wc -l </run/fields)" 40
	within "pings towards the switch in it" "$(grep -c '^p1.0.0x00000001.2.*icmp.*forwarded, towards' /run/fields)" 15 25
	within "pings from the switch in it" "$(grep -c '^p1.0.0x00000002.2.*icmp.*forwarded, from' /run/fields)" 15 25
fi
$T capture p1 --count 3 -w - >/run/standard.pcapng 2>/run/capture.err &
capture=$!
wait_for 10 grep -q listening /run/capture.err || fail "capture does not listen"
expect "pings" ping_all 5
wait_for 20 gone $capture || fail "capture to standard output does not end"
equal "a capture on standard output" "$(od -An -tx4 -N12 /run/standard.pcapng | tr -d ' ')" \
	"$(od -An -tx4 -N12 /run/p1.pcapng | tr -d ' ')"
within "its size" "$(stat -c %s /run/standard.pcapng)" 600 2000
{
	$T capture p1 -w - 2>/run/capture.err || true
	echo ended >>/run/capture.err
} | head -c 10 >/run/head.pcapng &
wait_for 10 grep -q listening /run/capture.err || fail "capture does not listen"
expect "pings" ping_all 5
expect "a capture ends with who reads it" wait_for 20 grep -q ended /run/capture.err
expect "and says nothing of it" sh -c '! grep "cannot write" /run/capture.err'
$T stats p1 --watch --interval 1 >/run/watch &
watch=$!
sleep 2.5
stop $watch INT
within "stats --watch" "$(grep -c '^p1 queue 0' /run/watch)" 2 4

# ---------------------------------------------------------------- a P4 VM that goes
stop $judge
ask vm list
equal "nobody serves it" "$(json 'map(.state)')" '["stopped"]'
$JUDGE a drop >/run/judge2.log 2>&1 &
judge=$!
wait_for 20 is_live || fail "p1 is not live again: $($T port list)"
expect "no ping" ping_none 5
ask stats p1
within "dropped" "$(json '.[0] | .rx.dropped + .tx.dropped')" 1 1000
stop $judge
expect "port del while the switch is there" $T port del p1
expect "everything passes then" ping_all 20
wrong 1 "no port" $T stats p1
expect "vm del" $T vm del a
switch_stop ovs
stop $monitor INT
stop $monitor_json INT
for event in open attach live failed uncovered detach close; do
	expect "monitor told of $event" grep -q "Z $event " /run/events
done
equal "monitor in JSON tells the same" \
	"$(jq -r .event /run/events.json | tr '\n' ' ')" "$(cut -d' ' -f2 /run/events | tr -d : | tr '\n' ' ')"
cat /run/events
