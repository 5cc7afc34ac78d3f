/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * transp4_invm.p4 - what only the tenant's own VM knows, for P4 programs.
 *
 * transp4.p4 includes this file; a v1model.p4 program includes it itself.
 *
 * An agent in the tenant's VM (transp4-agent) reports numbers and the owners of
 * sockets over an encrypted channel.  The P4 VM keeps what it was told last; a
 * read here is a load from memory and waits for nothing and nobody.  All that
 * is kept survives a replacement of the program.
 *
 * Age.  Every value has the time at which it was measured.  A value looks never
 * younger than it is: the way from the agent is counted as age.  An agent that
 * dies, a link that breaks, a message that is held back: all show as age.
 */
#ifndef _TRANSP4_INVM_P4_
#define _TRANSP4_INVM_P4_

/*
 * A number that the agent reports.
 *
 * The agent's own, each for every network interface IF where it says so:
 *   net.IF.rx, net.IF.tx          utilisation, per mille of the line rate or of
 *                                 the rate that the agent was told
 *   net.IF.rx_bps, net.IF.tx_bps  bits per second
 *   net.IF.rx_pps, net.IF.tx_pps  packets per second
 *   cpu                           per mille of all processors
 *   mem                           per mille of the memory in use
 *   run                           tasks that run or wait for a processor
 * and whatever programs in the VM hand to it: `transp4-agent set NAME NUMBER`.
 *
 * T is bit<W>, W at most 64; what does not fit is read as the largest T.
 *
 * Gauges of one name are one gauge.
 */
extern Gauge<T> {
    // max_age 0: a value never goes stale (but a gauge without one always is).
    Gauge(string name, T initial, bit<32> max_age_ms);
    // The value; `initial` while it is stale.
    T read();
    // Was no value reported, or none for max_age_ms?
    bool is_stale();
}

/* Who has a socket.  Ids are of paths: `transp4 invm id PATH` prints them. */
struct flow_owner_t {
    bit<32> uid;      // who made the socket; 0xffffffff: sockets of several users have this address
    bit<64> cgroup;   // of its path below /sys/fs/cgroup, as /system.slice/nginx.service; 0: not known
    bit<64> program;  // of the path of its executable file; 0: not known
}

/*
 * The owner of the packet's flow.  Either end may be the tenant's VM, so one
 * call serves both directions.  Searched for in this order: the connection, a
 * socket bound to the packet's local address and port, one bound to its port;
 * local is the source of what comes from the VM, the destination of the rest.
 *
 * False, and an owner of zeros, where no socket is known, or where nothing was
 * heard from the agent for max_age_ms (0: forever).  Of one that lives something is
 * heard within a second, however seldom it measures.
 */
extern FlowOwner {
    FlowOwner(bit<32> max_age_ms);
    bool lookup4(in bit<8> protocol, in bit<32> src, in bit<16> src_port, in bit<32> dst,
                 in bit<16> dst_port, out flow_owner_t owner);
    bool lookup6(in bit<8> protocol, in bit<128> src, in bit<16> src_port, in bit<128> dst,
                 in bit<16> dst_port, out flow_owner_t owner);
}

#endif
