/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * kernel.h - the module, reached by its generic netlink family.
 *
 * Everything that the command tells or asks the kernel module is here, typed;
 * include/transp4.h says what the parts mean.
 *
 * Errors: functions return 0 or -errno, and kernel_complain() then tells
 * sentence: the kernel's own words where it sent any.  kernel_open() complains
 * by itself.
 * Ownership: what a listener is shown is valid during that call only.
 */
#ifndef CLI_KERNEL_H
#define CLI_KERNEL_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "include/transp4.h"

struct kernel;

struct kernel_vm {
	char name[TP4_NAME_MAX];
	uint32_t spin_us;
	uint32_t openers;
	uint32_t ports;
	bool process; /* no KVM guest may serve it: its switches have huge pages */
};

struct kernel_socket {
	uint32_t queue;
	uint8_t state; /* enum tp4_state */
	uint32_t slot; /* 0: none */
	uint32_t flags;
	uint32_t rx_entries, tx_entries;
	uint64_t umem_size;
	uint64_t stats[TP4_DIRS][TP4_STAT_MAX];
};

struct kernel_port {
	char ifname[IF_NAMESIZE];
	uint32_t ifindex; /* 0: it waits for an interface of this name */
	uint32_t queue;   /* TP4_QUEUE_ALL */
	char vm[TP4_NAME_MAX];
	uint8_t on_failure;
	uint32_t deadline; /* ms */
	size_t n_sockets;
	struct kernel_socket *sockets;
};

struct kernel_event {
	uint8_t event;                    /* enum tp4_event */
	const char *vm, *ifname, *reason; /* NULL: does not speak of one */
	uint32_t queue;
};

struct kernel_packet {
	const char *ifname;
	uint32_t queue;
	uint8_t dir;
	uint64_t time; /* ns since 1970 */
	uint8_t stat;  /* enum tp4_stat */
	uint32_t len;
	const uint8_t *data;
	uint32_t data_len;
};

/* Why the family cannot be reached; for doctor. */
enum kernel_absence { KERNEL_THERE, KERNEL_NOT_LOADED, KERNEL_NO_FAMILY, KERNEL_NO_NETLINK };
enum kernel_absence kernel_probe(void);
#define KERNEL_MODULE_ADVICE                                                                       \
	"run 'dkms install transp4/" TP4_VERSION                                                   \
	"', or 'make module KERNEL=VERSION' in the source tree"

struct kernel *kernel_open(void); /* NULL: complained */
void kernel_close(struct kernel *k);
/* "what; advice" (the advice only where the kernel's sentence has none); returns EXIT_FAILED */
int kernel_complain(const struct kernel *k, const char *about, const char *advice);

/* @process: no guest will serve it */
int kernel_vm_add(struct kernel *k, const char *name, const uint32_t *spin_us, bool process);
int kernel_vm_del(struct kernel *k, const char *name);
int kernel_vm_list(struct kernel *k, struct kernel_vm **list, size_t *n);

/* NULL: the kernel's default */
int kernel_port_add(struct kernel *k, bool change, const char *ifname, uint32_t queue,
		    const char *vm, const uint8_t *on_failure, const uint32_t *deadline);
int kernel_port_del(struct kernel *k, const char *ifname, uint32_t queue);
int kernel_port_list(struct kernel *k, struct kernel_port **list, size_t *n);
void kernel_port_list_free(struct kernel_port *list, size_t n);

/* From here on kernel_next() brings what the group (TP4_GROUP_*) says. */
int kernel_listen(struct kernel *k, const char *group);
int kernel_fd(const struct kernel *k);
/* Reads what is there; -ENOBUFS: notifications were lost, go on. */
int kernel_next(struct kernel *k, void (*event)(void *arg, const struct kernel_event *e),
		void (*packet)(void *arg, const struct kernel_packet *p), void *arg);

extern const char *const kernel_stat_names[TP4_STAT_MAX];
const char *kernel_state_name(uint8_t state);
const char *kernel_event_name(uint8_t event);
const char *kernel_on_failure_name(uint8_t on_failure);
const char *kernel_dir_name(uint8_t dir);

#endif
