/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * confidential.h - can this machine keep a P4 VM guest secret from its host?
 */
#ifndef TP4_CONFIDENTIAL_H
#define TP4_CONFIDENTIAL_H

enum confidential {
	CONFIDENTIAL_NONE,
	CONFIDENTIAL_SNP, /* AMD SEV-SNP: kernel, firmware of the processor and /dev/sev are there */
	CONFIDENTIAL_TDX, /* Intel TDX: the kernel's KVM can start trust domains */
};

/* *why: one line for people, of what is there or missing.  Makes no guest. */
enum confidential confidential_probe(const char **why);

/* Of SEV-SNP: the address bit that marks encrypted pages, for QEMU; -1: none. */
int confidential_cbit(void);

#endif
