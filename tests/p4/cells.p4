/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* cells.p4 - registers, counters and meters: indices and first values of every type */
#include <pna.p4>
enum bit<8> E { a = 1, b = 2 }
enum bit<200> W { a = 1, b = 1 << 199 }
enum F { x, y, z }
struct index_t { bit<2> a; bit<3> b; }
struct long_t { bit<100> a; bit<3> b; }
struct in_t { bit<4> a; bool b; }
struct cell_t { bit<16> x; in_t i; bit<136> w; int<160> s; bit<16>[2] q; }
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> c; }
struct H { h_t h; }
struct M { }
parser MP(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t i) {
    state start { p.extract(hdr.h); transition accept; }
}
control PC(in H hdr, inout M m, in pna_pre_input_metadata_t i, inout pna_pre_output_metadata_t o) { apply { } }
control MC(inout H hdr, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o) {
    Register<bit<8>, E>(4) by_enum;
    Register<bit<8>, index_t>(32) by_struct;
    Register<E, F>(4) by_plain_enum;
    Register<bool, PortId_t>(4) by_type;
    Register<bit<128>, bit<128>>(4) by_128;
    Register<error, bit<200>>(4) by_200;
    Register<bit<8>, long_t>(32) by_long;
    Register<int<12>, bit<3>>(8, -5) of_int;
    Register<bit<200>, bit<3>>(2, 200w1 << 190) of_wide;
    Register<E, bit<3>>(2, E.b) of_enum;
    Register<W, bit<3>>(2, W.b) of_wide_enum;
    Register<cell_t, bit<3>>(2, { 0x1234, { 5, true }, 136w7, -3, { 1, 2 } }) of_struct;
    Register<in_t, bit<1>>(size = 1, initial_value = { b = true, a = 2 }) of_named;
    Counter<bit<32>, E>(4, PNA_CounterType_t.PACKETS) count_enum;
    Counter<bit<32>, index_t>(32, PNA_CounterType_t.PACKETS) count_struct;
    Counter<bit<32>, bit<128>>(4, PNA_CounterType_t.PACKETS) count_128;
    Meter<index_t>(32, PNA_MeterType_t.PACKETS) meter_struct;
    action set(cell_t v, bit<8> k) {
        if (v.x == 0x4321 && v.i.b && v.w == 9 && v.s == -4 && v.q[1] == 4)
            hdr.h.a = k;
    }
    table t {
        key = { hdr.h.op : exact; }
        actions = { set; }
        default_action = set({ 0x4321, { 1, true }, 9, -4, { 3, 4 } }, 7);
    }
    apply {
        E e = E.b;
        index_t s = { 1, 3 };
        cell_t v = of_struct.read(1);
        in_t n = of_named.read(0);
        t.apply();
        by_enum.write(e, 5);
        by_struct.write(s, 6);
        by_plain_enum.write(F.z, E.a);
        by_type.write(i.input_port, true);
        by_128.write(128w2, ~128w0);
        by_128.write(128w2 << 64, 1);
        by_200.write(3, error.NoMatch);
        by_200.write(200w1 << 199 | 3, error.NoError);
        by_long.write({ 2, 1 }, 8);
        by_long.write({ 1, 1 }, 9);
        by_long.write({ 100w1 << 62 | 2, 1 }, 10);
        hdr.h.b[0:0] = (bit<1>)(by_enum.read(E.b) == 5);
        hdr.h.b[1:1] = (bit<1>)(by_struct.read({ 1, 3 }) == 6);
        hdr.h.b[2:2] = (bit<1>)(by_plain_enum.read(F.z) == E.a);
        hdr.h.b[3:3] = (bit<1>)by_type.read(i.input_port);
        hdr.h.b[4:4] = (bit<1>)(by_128.read(2) == ~128w0);
        hdr.h.b[5:5] = (bit<1>)(by_200.read(3) == error.NoMatch);
        hdr.h.b[6:6] = (bit<1>)(of_int.read(2) == -5);
        hdr.h.b[7:7] = (bit<1>)(of_wide.read(1) == 200w1 << 190);
        hdr.h.b[8:8] = (bit<1>)(of_enum.read(1) == E.b);
        hdr.h.b[9:9] = (bit<1>)(v.x == 0x1234 && v.i.a == 5 && v.i.b && v.w == 7 && v.s == -3 && v.q[1] == 2);
        hdr.h.b[10:10] = (bit<1>)(n.a == 2 && n.b);
        hdr.h.b[11:11] = (bit<1>)(meter_struct.execute(s) == PNA_MeterColor_t.GREEN);
        hdr.h.b[12:12] = (bit<1>)(by_long.read({ 2, 1 }) == 8);
        hdr.h.b[13:13] = (bit<1>)(by_long.read({ 100w1 << 62 | 2, 1 }) == 0);
        hdr.h.b[14:14] = (bit<1>)(of_wide_enum.read(1) == W.b);
        count_enum.count(E.a);
        count_struct.count(s);
        count_128.count(1);
        count_128.count(128w1 << 64 | 1);
        send_to_port((PortId_t)4);
    }
}
control MD(packet_out p, in H hdr, in M m, in pna_main_output_metadata_t o) { apply { p.emit(hdr); } }
PNA_NIC(MP(), PC(), MC(), MD()) main;
