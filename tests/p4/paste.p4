/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* paste.p4 - ## joins what its macro's arguments were expanded to */
#include <ebpf_model.p4>

#define JOIN_NOW(a, b) a##b
#define JOIN(a, b)     JOIN_NOW(a, b)
#define KIND           byte
#define NUMBER         7
#define FIELD(n)       bit<8> JOIN(JOIN(KIND, _), n);

header two_t {
    FIELD(NUMBER)
    FIELD(1)
}

struct H {
    two_t two;
}

parser prs(packet_in p, out H h)
{
    state start {
        p.extract(h.two);
        transition accept;
    }
}

control pipe(inout H h, out bool pass)
{
    apply {
        pass = h.two.byte_7 == JOIN(NUMBER, 0) && h.two.byte_1 == JOIN(1, NUMBER);
    }
}

ebpfFilter(prs(), pipe()) main;
