// SPDX-License-Identifier: GPL-2.0-only
/*
 * main.c - loading and unloading.
 *
 * Unloading is refused by the module's reference count while a covered socket
 * or a P4 VM's channel is open.
 */
#include <linux/module.h>

#include "chan.h"
#include "compat/compat.h"
#include "hook.h"
#include "netlink.h"
#include "policy.h"

static char *btf = "/sys/kernel/btf/vmlinux";
module_param(btf, charp, 0444);
MODULE_PARM_DESC(btf, "the running kernel's type information");

static int __init tp4_init(void)
{
	int err;

	err = tp4_layout_check(btf);
	if (err)
		return err;
	err = tp4_policy_init();
	if (err)
		return err;
	err = tp4_netlink_init();
	if (err)
		goto err_policy;
	err = tp4_hook_init(); /* sockets come from here */
	if (err)
		goto err_netlink;
	return 0;

err_netlink:
	tp4_netlink_exit();
err_policy:
	tp4_policy_exit();
	tp4_chan_del_all(); /* made since tp4_netlink_init() */
	return err;
}

static void __exit tp4_exit(void)
{
	tp4_hook_exit();
	tp4_netlink_exit();
	tp4_policy_exit();
	tp4_chan_del_all();
}

module_init(tp4_init);
module_exit(tp4_exit);

MODULE_DESCRIPTION("TransP4: verdicts of a tenant's P4 program on an AF_XDP switch's packets");
MODULE_AUTHOR("The TransP4 developers");
MODULE_LICENSE("GPL");
