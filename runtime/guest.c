/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * guest.c - process 1 of the P4 VM guest.
 */
#include "runtime/guest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "control/session.h"
#include "include/transp4.h"

#define PCI_DEVICES  "/sys/bus/pci/devices"
#define VIRTIO_PORTS "/sys/class/virtio-ports"
#define WAIT_MS      10000 /* for devices that the kernel still looks at */

/* One ivshmem device: address space for all of it, mapped piece by piece. */
struct memory {
	int fd;
	uint64_t base; /* of the device in fd */
	int prot;
	uint8_t *start;
	uint64_t mapped[TP4_SLOTS]; /* bytes of each slot, from its beginning */
};

static struct memory view_memory = { .fd = -1, .prot = PROT_READ };
static struct memory verdict_memory = { .fd = -1, .prot = PROT_READ | PROT_WRITE };

static int fail(const char *what, const char *more)
{
	fprintf(stderr, "transp4: P4 VM guest: %s%s: %s\n", what, more, strerror(errno));
	return -1;
}

/* The first word of a small file, "" if it cannot be read. */
static void read_word(const char *dir, const char *name, const char *file, char *out, size_t size)
{
	char path[512];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "%s/%s/%s", dir, name, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, out, size - 1);
		close(fd);
	}
	out[n > 0 ? n : 0] = 0;
	out[strcspn(out, "\n")] = 0;
}

static int mount_all(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	if (mount("devtmpfs", "/dev", "devtmpfs", 0, NULL) && errno != EBUSY)
		return fail("mounting /dev", "");
	if (mount("proc", "/proc", "proc", 0, NULL))
		return fail("mounting /proc", "");
	if (mount("sysfs", "/sys", "sysfs", 0, NULL))
		return fail("mounting /sys", "");
	return 0;
}

/* /modules/NN-NAME.ko, in the order of their names. */
static int load_modules(void)
{
	struct dirent **list = NULL;
	int n = scandir("/modules", &list, NULL, alphasort), ret = 0;

	for (int i = 0; i < n; i++) {
		char path[300];
		int fd;

		snprintf(path, sizeof(path), "/modules/%s", list[i]->d_name);
		if (!ret && list[i]->d_name[0] != '.') {
			fd = open(path, O_RDONLY | O_CLOEXEC);
			if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
				ret = fail("loading ", path);
			if (fd >= 0)
				close(fd);
		}
		free(list[i]);
	}
	free(list);
	return ret;
}

static bool memory_map(struct memory *m, uint32_t slot, uint64_t slot_size, uint64_t bytes)
{
	uint64_t at = slot * slot_size;

	bytes = (bytes + 4095) & ~4095ULL;
	if (bytes <= m->mapped[slot])
		return true;
	if (mmap(m->start + at, bytes, m->prot, MAP_SHARED | MAP_FIXED, m->fd, m->base + at) ==
	    MAP_FAILED) {
		fail("mapping the channel", "");
		return false;
	}
	m->mapped[slot] = bytes;
	return true;
}

bool guest_reach(uint32_t slot, uint64_t umem_size)
{
	return memory_map(&view_memory, slot, TP4_VIEW_SLOT, TP4_VIEW_UMEM + umem_size) &&
	       memory_map(&verdict_memory, slot, TP4_VERDICT_SLOT, TP4_VERDICT_SLOT);
}

/* The device's memory, which begins at @base of what @path names; false: not to be had. */
static bool memory_open(struct memory *m, const char *path, uint64_t base)
{
	void *page;

	m->base = base;
	m->fd = open(path, (m->prot & PROT_WRITE ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	if (m->fd < 0)
		return false;
	page = mmap(NULL, 4096, m->prot, MAP_SHARED, m->fd, base);
	if (page == MAP_FAILED) {
		close(m->fd);
		return false;
	}
	munmap(page, 4096);
	return true;
}

/* The physical address of BAR 2; 0: unknown. */
static uint64_t device_address(const char *name)
{
	unsigned long long base = 0;
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/resource", PCI_DEVICES, name);
	f = fopen(path, "re"); /* a line of start, end and flags for each BAR */
	if (f && fscanf(f, "%*x %*x %*x %*x %*x %*x %llx", &base) != 1)
		base = 0;
	if (f)
		fclose(f);
	return base;
}

/* Open BAR 2 of one ivshmem device, if it is one; the size tells which. */
static int open_device(const char *name)
{
	char vendor[16], device[16], path[512];
	struct memory *m;
	struct stat st;
	uint64_t base;
	int fd;

	read_word(PCI_DEVICES, name, "vendor", vendor, sizeof(vendor));
	read_word(PCI_DEVICES, name, "device", device, sizeof(device));
	if (strcmp(vendor, "0x1af4") || strcmp(device, "0x1110"))
		return 0;
	snprintf(path, sizeof(path), "%s/%s/enable", PCI_DEVICES, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "1", 1) != 1)
		return fail("enabling ", name);
	close(fd);
	snprintf(path, sizeof(path), "%s/%s/resource2", PCI_DEVICES, name);
	if (stat(path, &st) || ((unsigned long long)st.st_size != TP4_VIEW_SIZE &&
				(unsigned long long)st.st_size != TP4_VERDICT_SIZE)) {
		errno = ENODEV;
		return fail("shared memory of a size that no channel has: ", name);
	}
	m = (unsigned long long)st.st_size == TP4_VIEW_SIZE ? &view_memory : &verdict_memory;
	/*
	 * /dev/mem maps it as its MTRR says: cached, for it is memory.  sysfs maps every
	 * PCI resource uncached, and where the guest's word counts (AMD), reading packets
	 * through that is slow.
	 */
	base = device_address(name);
	if (!(base && memory_open(m, "/dev/mem", base)) && !memory_open(m, path, 0))
		return fail("opening ", path);
	m->start = mmap(NULL, st.st_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			-1, 0);
	if (m->start == MAP_FAILED)
		return fail("address space for ", path);
	return 0;
}

static int map_channel(struct guest *g)
{
	DIR *dir = opendir(PCI_DEVICES);
	struct dirent *d;

	while (dir && (d = readdir(dir)))
		if (d->d_name[0] != '.' && open_device(d->d_name))
			return -1;
	if (dir)
		closedir(dir);
	if (view_memory.fd < 0 || verdict_memory.fd < 0) {
		errno = ENODEV;
		return fail("the channel's shared memory is missing", "");
	}
	g->view = view_memory.start;
	g->verdict = verdict_memory.start;
	/* Slot 0 of both: the headers. */
	return memory_map(&view_memory, 0, TP4_VIEW_SLOT, sizeof(struct tp4_view)) &&
			       memory_map(&verdict_memory, 0, TP4_VERDICT_SLOT,
					  sizeof(struct tp4_vm))
		       ? 0
		       : -1;
}

/* Open the virtio-serial port called @wanted; -1: it is not there (yet). */
static int open_port(const char *wanted)
{
	DIR *dir = opendir(VIRTIO_PORTS);
	struct dirent *d;
	int fd = -1;

	while (dir && fd < 0 && (d = readdir(dir))) {
		char name[64], path[300];

		read_word(VIRTIO_PORTS, d->d_name, "name", name, sizeof(name));
		if (d->d_name[0] == '.' || strcmp(name, wanted))
			continue;
		snprintf(path, sizeof(path), "/dev/%s", d->d_name);
		fd = open(path, O_RDWR | O_CLOEXEC);
	}
	if (dir)
		closedir(dir);
	return fd;
}

static int open_ports(struct guest *g)
{
	struct timespec tick = { .tv_nsec = 5000000 };

	for (int ms = 0; ms < WAIT_MS; ms += 5) {
		if (g->bell < 0)
			g->bell = open_port("org.transp4.bell");
		if (g->control < 0)
			g->control = open_port("org.transp4.control");
		if (g->bell >= 0 && g->control >= 0) {
			/* A port before control's: it is there by now, or not at all. */
			g->invm = open_port("org.transp4.invm");
			g->has_invm_key = !key_read("/invm.key", g->invm_key);
			return 0;
		}
		nanosleep(&tick, NULL);
	}
	errno = ENODEV;
	return fail("the bell or control port is missing", "");
}

int guest_enter(struct guest *g)
{
	int console;

	*g = (struct guest){ .bell = -1, .control = -1, .invm = -1 };
	if (mount_all())
		return -1;
	console = open("/dev/console", O_RDWR);
	if (console >= 0)
		for (int fd = 0; fd < 3; fd++)
			dup2(console, fd);
	if (console > 2)
		close(console);
	return load_modules() || map_channel(g) || open_ports(g) ? -1 : 0;
}

_Noreturn void guest_end(void)
{
	fflush(NULL);
	sync();
	reboot(RB_AUTOBOOT); /* QEMU runs with -no-reboot: it ends */
	for (;;)
		pause();
}
