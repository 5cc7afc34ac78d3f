/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
@p4runtime_translation("example.com/port") type bit<9> port_t;
