/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* language.p4 - a little of everything */
#include <core.p4>
#define V1MODEL_VERSION 20200408
#include <v1model.p4>

typedef bit<48> Mac;
type bit<9> Port_t;
enum bit<16> EtherType {
    IPV4 = 0x0800, ARP = 0x0806, VLAN = 16w0x8100
}
enum Color {
    RED, GREEN
}
error {
    MyErr, Other
}
const int N = 4;
const bit<8> K = (bit<8>)(N * 2 + 1);
const tuple<bit<8>, bit<16>> TT = { 1, 2 };

header eth_h {
    Mac dst;
    Mac src;
    EtherType type;
}
header vlan_h {
    bit<3> pcp;
    bit<1> cfi;
    bit<12> vid;
    EtherType type;
}
header opt_h {
    bit<8> len;
    varbit<64> data;
}
header a_h {
    bit<8> a;
}
header b_h {
    bit<16> b;
}
header_union u_h {
    a_h a;
    b_h b;
}
struct inner_t {
    bit<4> x;
    int<8> y;
    bool z;
}
struct Pair<T> {
    T l;
    T r;
}
header wide_h {
    bit<256> w;
    int<7> i;
    bit<1> one;
}
struct H {
    eth_h eth;
    vlan_h[3] vlans;
    u_h un;
    opt_h opt;
    wide_h w;
}
struct M {
    inner_t inn;
    bit<9> port;
    Pair<bit<8>> p;
    tuple<bit<8>, bit<16>> t;
    Color c;
    error e;
}

bit<16> sum(in bit<16> a, in bit<16> b = 3) {
    return a + b;
}
T max<T>(in T a, in T b) {
    return a;
}
void swap<T>(inout T a, inout T b) {
    T t = a;
    a = b;
    b = t;
}

parser Sub(packet_in p, out opt_h o) {
    state start {
        bit<8> l = p.lookahead<bit<8>>();
        p.extract(o, (bit<32>)l * 8);
        transition accept;
    }
}

parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    Sub() sub;
    state start {
        b.extract(hdr.eth);
        meta.inn = { 1, -2, true };
        transition select(hdr.eth.type) {
            EtherType.VLAN: vlan;
            EtherType.IPV4: un;
            EtherType.ARP: opt;
            default: accept;
        }
    }
    state vlan {
        b.extract(hdr.vlans.next);
        transition select(hdr.vlans.last.type, hdr.vlans.lastIndex) {
            (EtherType.VLAN, _): vlan;
            (EtherType.ARP, 0 .. 1): opt;
            default: accept;
        }
    }
    state un {
        transition select(b.lookahead<bit<8>>()) {
            0: ua;
            1: ub;
            default: accept;
        }
    }
    state ua {
        b.extract(hdr.un.a);
        transition accept;
    }
    state ub {
        b.extract(hdr.un.b);
        verify(hdr.un.b.b != 0x0101, error.MyErr);
        transition accept;
    }
    state opt {
        sub.apply(b, hdr.opt);
        transition accept;
    }
}
control V(inout H hdr, inout M meta) {
    apply { }
}
control Helper(inout bit<8> v, in bit<8> add)(bit<8> k) {
    bit<8> x = k;
    action bump(bit<8> by) {
        v = v + by + x;
    }
    apply {
        bump(add);
        x = x + 1;
        v = v + x;
    }
}
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    Helper(10) h1;
    Helper(k = 20) h2;
    register<bit<16>, bit<8>>(8) r;
    counter<bit<8>>(4, CounterType.packets) cn;
    action nop() { }
    action out_(bit<9> p) {
        sm.egress_spec = p;
    }
    action drop_() {
        mark_to_drop(sm);
    }
    action bound(inout bit<8> x, bit<8> y) {
        x = x ^ y;
    }
    table t {
        key = {
            hdr.eth.dst: ternary @name("dst");
            hdr.eth.src[15:8]: exact;
            hdr.vlans[0].isValid(): exact;
            meta.p.l: range;
        }
        actions = {
            nop;
            out_;
            drop_;
            bound(meta.p.r);
            @defaultonly NoAction;
        }
        default_action = NoAction;
        const entries = {
            (0x1 &&& 0xff, 0, false, 0..5): out_(3);
            (_, 1, true, _): bound(meta.p.r, 7);
            (default, 2, true, 9): drop_();
        }
    }
    apply {
        bit<8> q = 5;
        meta.p = { l = 3, r = 9 };
        sm.egress_spec = 1;
        h1.apply(q, 1); // q = 5+1+10 + 11 = 27
        h2.apply(v = q, add = 2); // q = 27+2+20 + 21 = 70
        if (t.apply().hit) {
            cn.count(1);
        } else {
            cn.count(0);
        }
        switch (hdr.eth.type) {
            EtherType.IPV4: EtherType.ARP: {
                q = q + 1;
            }
            default: {
                q = q + 2;
            }
        }
        swap(meta.p.l, meta.p.r);
        bit<16> s = sum(10);
        s = sum(b = 1, a = s);
        for (bit<8> i in 1..3) {
            if (i == 2) continue;
            s = s + (bit<16>)i;
        }
        for (bit<8> i = 0, bit<8> j = 9; i < j; i = i + 1) {
            if (i == 4) break;
            s += 1;
        }
        hdr.eth.src[7:0] = q;
        hdr.eth.src[31:16] = s;
        if (hdr.un.b.isValid()) {
            hdr.un.a.setValid();
            hdr.un.a.a = 0xAA;
        }
        if (hdr.opt.isValid()) {
            hdr.opt.len = hdr.opt.len + 1;
        }
        if (hdr.vlans[1].isValid()) {
            hdr.vlans.pop_front(1);
        }
        hdr.w.setValid();
        hdr.w.w = ((bit<256>)hdr.eth.dst << 200) | 0xffff;
        hdr.w.w = hdr.w.w * 3 - 1;
        hdr.w.i = 7s3 |-| 63 |-| 7;
        hdr.w.one = (bit<1>)(meta.inn.z && meta.inn.y == -2);
        r.write(3, 0xbeef);
        if (sm.parser_error == error.MyErr) {
            sm.egress_spec = 7;
        }
    }
}
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply { }
}
control C(inout H hdr, inout M meta) {
    apply { }
}
control D(packet_out b, in H hdr) {
    apply {
        b.emit(hdr);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
