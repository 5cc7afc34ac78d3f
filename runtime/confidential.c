/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * confidential.c - looks for SEV-SNP and TDX as kernel and processor show them.
 */
#include "runtime/confidential.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A module's parameter is on: Y or 1. */
static bool parameter_on(const char *path)
{
	FILE *f = fopen(path, "re");
	int c = f ? fgetc(f) : EOF;

	if (f)
		fclose(f);
	return c == 'Y' || c == '1';
}

/* A flag of the first processor in /proc/cpuinfo. */
static bool processor_has(const char *flag)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[8192], *word, *rest;
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f)) {
		if (strncmp(line, "flags", 5))
			continue;
		for (word = strtok_r(line, " \t\n", &rest); word && !found;
		     word = strtok_r(NULL, " \t\n", &rest))
			found = !strcmp(word, flag);
		break;
	}
	if (f)
		fclose(f);
	return found;
}

enum confidential confidential_probe(const char **why)
{
	if (parameter_on("/sys/module/kvm_intel/parameters/tdx")) {
		*why = "Intel TDX is there";
		return CONFIDENTIAL_TDX;
	}
	if (parameter_on("/sys/module/kvm_amd/parameters/sev_snp")) {
		if (!access("/dev/sev", R_OK | W_OK)) {
			*why = "AMD SEV-SNP is there";
			return CONFIDENTIAL_SNP;
		}
		*why = "KVM has SEV-SNP, but /dev/sev cannot be used";
		return CONFIDENTIAL_NONE;
	}
	if (processor_has("sev_snp"))
		*why = "the processor has SEV-SNP; firmware or kernel have it switched off";
	else
		*why = "neither SEV-SNP nor TDX on this machine";
	return CONFIDENTIAL_NONE;
}

int confidential_cbit(void)
{
#if defined(__x86_64__)
	unsigned int a, b, c, d;

	/* AMD64 Architecture Programmer's Manual, function 8000_001Fh */
	if (__get_cpuid_max(0x80000000, NULL) >= 0x8000001f &&
	    __get_cpuid_count(0x8000001f, 0, &a, &b, &c, &d) && a & 1 << 4)
		return b & 0x3f;
#endif
	return -1;
}
