/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port-expire.p4 - pna: each new key makes an entry for ten seconds, of two. */
#include <core.p4>
#include <pna.p4>

header first_t {
    bit<8> key;
}

struct headers_t {
    first_t first;
}

struct meta_t {
}

parser Parse(packet_in p, out headers_t hdr, inout meta_t m, in pna_main_parser_input_metadata_t i)
{
    state start {
        p.extract(hdr.first);
        transition accept;
    }
}

control Before(in headers_t hdr, inout meta_t m, in pna_pre_input_metadata_t i, inout pna_pre_output_metadata_t o)
{
    apply { }
}

control Main(inout headers_t hdr, inout meta_t m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o)
{
    action known() { }
    action unknown() {
        add_entry("known", {}, (ExpireTimeProfileId_t)0);
    }
    table keys {
        key = { hdr.first.key : exact; }
        actions = { @tableonly known; @defaultonly unknown; }
        add_on_miss = true;
        pna_idle_timeout = PNA_IdleTimeout_t.AUTO_DELETE;
        const default_action = unknown;
        size = 2;
    }
    // Entries from control only: many, at one key.
    table many {
        key = { hdr.first.key : ternary; }
        actions = { NoAction; }
        pna_idle_timeout = PNA_IdleTimeout_t.AUTO_DELETE;
        size = 5000;
    }
    apply {
        keys.apply();
        many.apply();
    }
}

control Write(packet_out p, in headers_t hdr, in meta_t m, in pna_main_output_metadata_t o)
{
    apply { p.emit(hdr); }
}

PNA_NIC(Parse(), Before(), Main(), Write()) main;
