/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* core.p4 - the core library of P4_16 (specification 1.2.5, appendix D). */
#ifndef _CORE_P4_
#define _CORE_P4_

#define P4_CORE_VERSION 20240101

error {
    NoError,
    PacketTooShort,
    NoMatch,
    StackOutOfBounds,
    HeaderTooShort,
    ParserTimeout,
    ParserInvalidArgument
}

extern packet_in {
    void extract<T>(out T hdr);
    void extract<T>(out T variableSizeHeader, in bit<32> variableFieldSizeInBits);
    T lookahead<T>();
    void advance(in bit<32> sizeInBits);
    bit<32> length();
}

extern packet_out {
    void emit<T>(in T hdr);
}

extern void verify(in bool check, in error toSignal);

@noWarn("unused")
action NoAction() {}

match_kind {
    exact,
    ternary,
    lpm
}

@some_versions extern bool static_assert(bool check, string message);
@some_versions extern bool static_assert(bool check);

#endif
