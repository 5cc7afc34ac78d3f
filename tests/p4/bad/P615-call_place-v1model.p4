/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
struct headers { }
struct meta { @field_list(1) bit<8> x; }
parser p(packet_in b, out headers h, inout meta m, inout standard_metadata_t s)
{
    state start { digest(1, { m.x }); transition accept; }
}
control v(inout headers h, inout meta m) { apply { } }
control part() { apply { clone(CloneType.I2E, 5); } }
control i(inout headers h, inout meta m, inout standard_metadata_t s)
{
    part() mine;
    apply {
        mine.apply();
        clone_preserving_field_list(CloneType.E2E, 5, 1);
        recirculate_preserving_field_list(1);
        verify_checksum(true, { m.x }, 16w0, HashAlgorithm.csum16);
    }
}
control e(inout headers h, inout meta m, inout standard_metadata_t s)
{
    part() mine;
    apply {
        mine.apply();
        resubmit_preserving_field_list(1);
    }
}
control d(packet_out b, in headers h) { apply { } }
V1Switch(p(), v(), i(), e(), v(), d()) main;
