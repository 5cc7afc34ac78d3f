/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* names.p4 - names that mean something in C */
#include <core.p4>
#include <v1model.p4>
header int_t {
    bit<8> int_;
    bit<8> register_;
    bit<8> valid_;
    bit<8> long;
}
header empty_h { }
struct struct_t {
    int_t char;
    empty_h e;
}
struct struct_q {
    bit<8> q;
}
struct M {
    bit<8> errno;
    bit<8> SIZE_MAX;
    bit<8> NULL;
    bit<8> stdin;
    bit<8> main;
    bit<0> z;
    bit<8> c;
    bit<8> f;
    int<1> one;
    bool unsigned;
}
typedef bit<8> uint8_t;
const uint8_t memcpy = 3;
bit<8> memset(in bit<8> double) {
    bit<8> float = double + memcpy;
    return float;
}
parser P(packet_in b, out struct_t hdr, inout M meta, inout standard_metadata_t sm) {
    bit<8> tmp = 1;
    state start {
        b.extract(hdr.char);
        b.extract(hdr.e);
        transition default_;
    }
    state default_ {
        transition select(hdr.char.long) {
            tmp: while;
            default: accept;
        }
    }
    state while {
        tmp = tmp + 1;
        transition accept;
    }
}
control V(inout struct_t hdr, inout M meta) {
    apply { }
}
control I(inout struct_t hdr, inout M meta, inout standard_metadata_t sm) {
    bit<8> c = 1;
    bit<8> f = 2;
    bit<8> e = 3;
    bit<8> key_ = 4;
    bit<8> frame = 5;
    bit<8> en = 6;
    bit<8> done = 7;
    bit<8> leave = 8;
    @name("\"*/ \\") action switch_(@name("\"") bit<8> c, bit<8> arg, bit<8> f) {
        hdr.char.int_ = c + arg + f + en + done;
    }
    action return_() {
        leave = frame;
    }
    table case {
        key = {
            hdr.char.long: exact;
            meta.one : exact;
            meta.unsigned: exact;
        }
        actions = {
            switch_;
            return_;
        }
        default_action = switch_(1, 2, 3);
    }
    @name("\"c") counter(1, CounterType.packets) c_quoted;
    @name("r\"") register<bit<8>>(1) r_quoted;
    @name("m\"") direct_meter<bit<2>>(MeterType.packets) m_quoted;
    table quoted {
        key = {
            hdr.char.long: exact @name("\"k");
        }
        actions = {
            @defaultonly switch_;
        }
        default_action = switch_(0, 0, 0);
        meters = m_quoted;
    }
    apply {
        sm.egress_spec = 1;
        bit<8> leave = memset(3);
        if (en == 0) {
            c_quoted.count(0);
            r_quoted.write(0, 1);
            digest<struct_q>(0, { 1 });
            quoted.apply();
        }
        case.apply();
        hdr.char.register_ = leave + c + f + e + key_;
        hdr.char.valid_ = (bit<8>)(bit<1>)hdr.e.isValid();
        meta.one = -1;
    }
}
control E(inout struct_t hdr, inout M meta, inout standard_metadata_t sm) {
    apply { }
}
control C(inout struct_t hdr, inout M meta) {
    apply { }
}
control D(packet_out b, in struct_t hdr) {
    apply {
        b.emit(hdr);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
