// SPDX-License-Identifier: GPL-2.0-only
/*
 * device.c - the two character devices of a channel: memory and the bell.
 *
 * Pages are inserted on fault and zapped when a port comes or goes.  A page is
 * inserted under map_lock, and only while its port is in its slot; detaching
 * takes the port out of the slot under map_lock and then zaps, so no mapping
 * outlives the memory behind it.  (VM_PFNMAP: the UMEM's pages are anonymous
 * memory of the switch and must not be accounted twice.)
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/uaccess.h>

#include "chan.h"
#include "compat/compat.h"
#include "netlink.h"
#include "port.h"
#include "relay.h"

#define TP4_BELL_WAITS 0x7 /* as many of the last waits decide whether to look */

static const struct file_operations tp4_view_fops;

static int tp4_device_which(const struct file *file)
{
	const struct miscdevice *dev = file->private_data;

	return dev->fops == &tp4_view_fops ? TP4_DEV_VIEW : TP4_DEV_VERDICT;
}

static struct tp4_chan *tp4_device_chan(const struct file *file)
{
	const struct miscdevice *dev = file->private_data;

	return container_of(dev - tp4_device_which(file), struct tp4_chan, dev[0]);
}

static unsigned long tp4_virt_pfn(const void *page)
{
	return virt_to_phys((void *)page) >> PAGE_SHIFT;
}

/* Called under map_lock, which keeps port in its slot. */
static unsigned long tp4_view_pfn(struct tp4_chan *chan, u64 offset)
{
	u32 slot = offset / TP4_VIEW_SLOT;
	u64 at = offset % TP4_VIEW_SLOT;
	struct tp4_port *port;

	if (!slot)
		return tp4_virt_pfn(at ? chan->zero : chan->view);
	port = rcu_dereference_protected(chan->slot[slot], lockdep_is_held(&chan->map_lock));
	if (!port)
		return tp4_virt_pfn(chan->zero);
	if (at >= TP4_VIEW_UMEM) {
		unsigned long index = (at - TP4_VIEW_UMEM) >> PAGE_SHIFT, n = port->umem->npgs;

		/* The P4 VM chooses where it faults. */
		return index < n ? page_to_pfn(port->umem->pgs[array_index_nospec(index, n)])
				 : tp4_virt_pfn(chan->zero);
	}
	if (at >= TP4_VIEW_TX) {
		at -= TP4_VIEW_TX;
		return at < PAGE_ALIGN(port->xring[TP4_XRING_TX].size)
			       ? tp4_xring_pfn(port->flow[TP4_TX].src.mem, at)
			       : tp4_virt_pfn(chan->zero);
	}
	return at < PAGE_ALIGN(port->xring[TP4_XRING_RX].size)
		       ? tp4_xring_pfn(port->flow[TP4_RX].src.mem, at)
		       : tp4_virt_pfn(chan->zero);
}

static unsigned long tp4_verdict_pfn(struct tp4_chan *chan, u64 offset)
{
	u32 slot = offset / TP4_VERDICT_SLOT;
	u64 at = offset % TP4_VERDICT_SLOT;
	struct tp4_port *port;
	int dir;

	if (!slot)
		return tp4_virt_pfn(at ? chan->sink : (void *)chan->vm);
	port = rcu_dereference_protected(chan->slot[slot], lockdep_is_held(&chan->map_lock));
	if (!port)
		return tp4_virt_pfn(chan->sink);
	dir = at / TP4_VERDICT_DIR;
	at %= TP4_VERDICT_DIR;
	if (at >= TP4_VERDICT_PATCH) {
		at -= TP4_VERDICT_PATCH;
		return at < tp4_patches_size(port->xring[dir].entries)
			       ? vmalloc_to_pfn(port->flow[dir].patches + at)
			       : tp4_virt_pfn(chan->sink);
	}
	return at < tp4_judged_size(port->xring[dir].entries)
		       ? vmalloc_to_pfn((void *)port->flow[dir].judged + at)
		       : tp4_virt_pfn(chan->sink);
}

static vm_fault_t tp4_device_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct tp4_chan *chan = tp4_device_chan(file);
	u64 offset = (u64)vmf->pgoff << PAGE_SHIFT;
	unsigned long pfn;
	vm_fault_t ret;

	down_read(&chan->map_lock);
	pfn = tp4_device_which(file) == TP4_DEV_VIEW ? tp4_view_pfn(chan, offset)
						     : tp4_verdict_pfn(chan, offset);
	ret = vmf_insert_pfn(vmf->vma, vmf->address, pfn);
	up_read(&chan->map_lock);
	return ret;
}

static const struct vm_operations_struct tp4_device_vm_ops = {
	.fault = tp4_device_fault,
};

static u64 tp4_device_size(const struct file *file)
{
	return tp4_device_which(file) == TP4_DEV_VIEW ? TP4_VIEW_SIZE : TP4_VERDICT_SIZE;
}

static int tp4_device_mmap(struct file *file, struct vm_area_struct *vma)
{
	u64 end = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (vma->vm_end - vma->vm_start);
	bool view = tp4_device_which(file) == TP4_DEV_VIEW;

	if (end > tp4_device_size(file) || end < vma->vm_end - vma->vm_start)
		return -EINVAL;
	if ((view && vma->vm_flags & VM_WRITE) || vma->vm_flags & VM_EXEC)
		return -EPERM;
	/* A private mapping would copy pages; the view can never become writable. */
	if ((vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE)
		return -EINVAL;
	tp4_vma_set(vma, VM_PFNMAP | VM_IO | VM_DONTEXPAND | VM_DONTDUMP,
		    view ? VM_MAYWRITE | VM_MAYEXEC : VM_MAYEXEC);
	vma->vm_ops = &tp4_device_vm_ops;
	return 0;
}

/* Users find the size with lseek(fd, 0, SEEK_END), as of a file. */
static loff_t tp4_device_llseek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, tp4_device_size(file));
}

/* A P4 VM's life is from the first open to the last close; the next one's comes after that. */
static void tp4_verdict_open(struct tp4_chan *chan)
{
	mutex_lock(&chan->open_lock);
	if (!atomic_read(&chan->openers)) {
		WRITE_ONCE(chan->vm->sleeping, 0);
		WRITE_ONCE(chan->near, false);
		tp4_netlink_event(NULL, TP4_EVENT_OPEN, chan->name, NULL, 0, NULL);
	}
	atomic_inc(&chan->openers);
	mutex_unlock(&chan->open_lock);
}

static void tp4_verdict_close(struct tp4_chan *chan)
{
	mutex_lock(&chan->open_lock);
	if (atomic_dec_and_test(&chan->openers)) {
		tp4_relay_chan_closed(chan);
		tp4_netlink_event(NULL, TP4_EVENT_CLOSE, chan->name, NULL, 0, NULL);
	}
	mutex_unlock(&chan->open_lock);
}

static int tp4_device_open(struct inode *inode, struct file *file)
{
	struct tp4_chan *chan = tp4_device_chan(file);
	int which = tp4_device_which(file), err = 0;

	if (which == TP4_DEV_VIEW && file->f_mode & FMODE_WRITE)
		return -EPERM;
	down_write(&chan->map_lock);
	/* One inode, so that one call zaps every mapping. */
	if (chan->deleted) {
		err = -ENODEV;
	} else if (chan->mapped[which] && chan->mapping[which] != inode->i_mapping) {
		err = -EBUSY;
	} else {
		chan->mapping[which] = inode->i_mapping;
		chan->mapped[which]++;
		kref_get(&chan->ref);
	}
	up_write(&chan->map_lock);
	if (!err && which == TP4_DEV_VERDICT)
		tp4_verdict_open(chan);
	return err;
}

static int tp4_device_release(struct inode *inode, struct file *file)
{
	struct tp4_chan *chan = tp4_device_chan(file);
	int which = tp4_device_which(file);

	down_write(&chan->map_lock);
	if (!--chan->mapped[which])
		chan->mapping[which] = NULL;
	up_write(&chan->map_lock);
	if (which == TP4_DEV_VERDICT)
		tp4_verdict_close(chan);
	tp4_chan_put(chan);
	return 0;
}

void tp4_device_zap(struct tp4_chan *chan, u32 slot)
{
	down_write(&chan->map_lock);
	if (chan->mapping[TP4_DEV_VIEW])
		unmap_mapping_range(chan->mapping[TP4_DEV_VIEW], slot * TP4_VIEW_SLOT,
				    TP4_VIEW_SLOT, 1);
	if (chan->mapping[TP4_DEV_VERDICT])
		unmap_mapping_range(chan->mapping[TP4_DEV_VERDICT], slot * TP4_VERDICT_SLOT,
				    TP4_VERDICT_SLOT, 1);
	up_write(&chan->map_lock);
}

static ssize_t tp4_bell_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	if (!n)
		return 0;
	tp4_relay_chan(tp4_device_chan(file));
	return n;
}

/*
 * Look for the bell for a while before sleep, as KVM does for a halted guest:
 * only while this processor has nothing else to run, and if one of the last
 * waits was short.  A wake-up costs more than most answers of a switch take.
 * Not the very last: what asks and is answered lets short and long take turns.
 */
static void tp4_bell_look(struct tp4_chan *chan, u64 end)
{
	if (!(READ_ONCE(chan->waits) & TP4_BELL_WAITS))
		return;
	while (!test_bit(0, &chan->bell) && ktime_get_ns() < end && single_task_running() &&
	       !need_resched() && !signal_pending(current))
		cpu_relax();
}

static ssize_t tp4_bell_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct tp4_chan *chan = tp4_device_chan(file);
	u64 brief = (u64)chan->spin_us * NSEC_PER_USEC, begin;
	int err;

	if (!n)
		return 0;
	tp4_relay_chan(chan);
	while (!test_and_clear_bit(0, &chan->bell)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		WRITE_ONCE(chan->near, true);
		begin = ktime_get_ns();
		tp4_bell_look(chan, begin + brief);
		err = wait_event_interruptible(chan->bell_wait, test_bit(0, &chan->bell));
		if (err)
			return err;
		WRITE_ONCE(chan->waits,
			   READ_ONCE(chan->waits) << 1 | (ktime_get_ns() - begin <= brief));
	}
	return put_user('!', buf) ?: 1;
}

static __poll_t tp4_bell_poll(struct file *file, poll_table *wait)
{
	struct tp4_chan *chan = tp4_device_chan(file);

	poll_wait(file, &chan->bell_wait, wait);
	tp4_relay_chan(chan);
	return EPOLLOUT | EPOLLWRNORM | (test_bit(0, &chan->bell) ? EPOLLIN | EPOLLRDNORM : 0);
}

static const struct file_operations tp4_view_fops = {
	.owner = THIS_MODULE,
	.open = tp4_device_open,
	.release = tp4_device_release,
	.mmap = tp4_device_mmap,
	.llseek = tp4_device_llseek,
};

static const struct file_operations tp4_verdict_fops = {
	.owner = THIS_MODULE,
	.open = tp4_device_open,
	.release = tp4_device_release,
	.mmap = tp4_device_mmap,
	.llseek = tp4_device_llseek,
	.read = tp4_bell_read,
	.write = tp4_bell_write,
	.poll = tp4_bell_poll,
};

int tp4_device_register(struct tp4_chan *chan)
{
	static const struct file_operations *const fops[] = { &tp4_view_fops, &tp4_verdict_fops };
	static const char *const suffix[] = { "view", "verdict" };
	int i, err;

	for (i = 0; i < 2; i++) {
		struct miscdevice *dev = &chan->dev[i];

		/* '!' becomes a '/' in the name of the device node. */
		snprintf(chan->dev_name[i], sizeof(chan->dev_name[i]), "transp4!%s.%s", chan->name,
			 suffix[i]);
		dev->minor = MISC_DYNAMIC_MINOR;
		dev->name = chan->dev_name[i];
		dev->fops = fops[i];
		dev->mode = i == TP4_DEV_VIEW ? 0400 : 0600;
		err = misc_register(dev);
		if (err)
			goto err_deregister;
	}
	return 0;

err_deregister:
	if (i)
		misc_deregister(&chan->dev[0]);
	return err;
}

void tp4_device_unregister(struct tp4_chan *chan)
{
	misc_deregister(&chan->dev[TP4_DEV_VERDICT]);
	misc_deregister(&chan->dev[TP4_DEV_VIEW]);
}
