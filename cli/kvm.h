/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * kvm.h - can this machine run a guest by hardware?
 */
#ifndef CLI_KVM_H
#define CLI_KVM_H

enum kvm_verdict {
	KVM_USABLE,    /* one instruction ran in a guest */
	KVM_ABSENT,    /* no /dev/kvm, and the processor could not either */
	KVM_UNLOADED,  /* no /dev/kvm, though the processor could */
	KVM_FORBIDDEN, /* no permission to open it */
	KVM_SOFT,      /* it is there without vmx and svm: guests with a kernel may hang */
	KVM_BROKEN,    /* it is there, and a guest does not run */
	KVM_SILENT,    /* it is there, and a guest did not end in time */
	KVM_OLD,       /* it runs guests, but would end one that uses a channel */
};

/* Takes at most three seconds. */
enum kvm_verdict kvm_probe(void);
const char *kvm_verdict_text(enum kvm_verdict verdict);

#endif
