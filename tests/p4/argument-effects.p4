/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* argument-effects.p4 - calls in arguments that an extern makes nothing of, or that it may not need */
#include <core.p4>
#include <v1model.p4>

header count_t {
    bit<8> a;
    bit<8> b;
    bit<24> c;
}
header size_t {
    bit<8> len;
    varbit<64> v;
}
struct H {
    count_t h;
    size_t[2] s;
    count_t gone;
}
struct M {
    bit<8> n;
}

bit<32> count(inout M m) {
    m.n = m.n + 1;
    return (bit<32>)m.n;
}
error fault(inout M m) {
    m.n = m.n + 1;
    return error.NoMatch;
}
CloneType kind(inout M m) {
    m.n = m.n + 1;
    return CloneType.I2E;
}
bit<32> size(inout bit<8> n) {
    n = n + 8;
    return (bit<32>)n;
}

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) {
    bit<8> n = 0;
    state start {
        b.extract(h.h);
        verify(true, fault(m));
        b.extract(variableFieldSizeInBits = size(n), variableSizeHeader = h.s.next);
        b.extract(h.s.next, size(n));
        transition accept;
    }
}
control V(inout H h, inout M m) {
    apply { }
}
control I(inout H h, inout M m, inout standard_metadata_t s) {
    apply {
        h.h.a = m.n; // 1, from verify()
        s.egress_spec = 1;
        digest(count(m), h.h.a);
        clone(kind(m), 5);
        h.h.b = m.n; // 3
        hash(h.h.c, HashAlgorithm.identity, 24w0, { m.n, (bit<8>)count(m), h.gone.a, m.n }, 32w0x1000000); // 3, 4, 4
        h.gone.setInvalid();
    }
}
control E(inout H h, inout M m, inout standard_metadata_t s) {
    apply { }
}
control C(inout H h, inout M m) {
    apply {
        update_checksum(false, { h.h.a, count(m) }, h.s[0].len, HashAlgorithm.csum16);
        h.s[1].len = m.n; // 5
    }
}
control D(packet_out b, in H h) {
    apply {
        b.emit(h);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
