// SPDX-License-Identifier: GPL-2.0-only
/*
 * layout.c - compare the structures that we were compiled with against the
 * running kernel's own description of itself (BTF,
 * Documentation/bpf/btf.rst), so that a mismatch refuses the load.
 */
#include <linux/btf.h>
#include <linux/fs.h>
#include <linux/vmalloc.h>

#include "compat.h"
#include "transp4.h"

/* Later kernels have more fields in it. */
#define TP4_BTF_HEADER offsetofend(struct btf_header, str_len)
#define TP4_BTF_MAX    (64 << 20) /* bytes; kernels have 4 to 10 MiB */

struct tp4_field {
	const char *type, *member; /* member NULL: the size of the type */
	u32 offset;
};

/* clang-format off */
#define FIELD(t, m) { #t, #m, offsetof(struct t, m) }
#define SIZE(t)     { #t, NULL, sizeof(struct t) }
/* clang-format on */

static const struct tp4_field tp4_fields[] = {
	FIELD(xsk_queue, ring_mask),
	FIELD(xsk_queue, nentries),
	FIELD(xsk_queue, cached_prod),
	FIELD(xsk_queue, cached_cons),
	FIELD(xsk_queue, ring),
#if TP4_MMAP_AFTER_BIND
	FIELD(xsk_queue, ring_vmalloc_size),
#endif
	FIELD(xdp_sock, rx),
	FIELD(xdp_sock, tx),
	FIELD(xdp_sock, umem),
	FIELD(xdp_sock, pool),
	FIELD(xdp_sock, dev),
	FIELD(xdp_sock, queue_id),
	FIELD(xdp_sock, zc),
	FIELD(xdp_sock, state),
	FIELD(xdp_sock, mutex),
	FIELD(xdp_sock, fq_tmp),
	FIELD(xdp_sock, cq_tmp),
	SIZE(xdp_sock),
	FIELD(xsk_buff_pool, uses_need_wakeup),
	FIELD(xdp_umem, addrs),
	FIELD(xdp_umem, size),
	FIELD(xdp_umem, chunk_size),
	FIELD(xdp_umem, chunks),
	FIELD(xdp_umem, npgs),
	FIELD(xdp_umem, flags),
	FIELD(xdp_umem, pgs),
	{ "xdp_ring", "producer", TP4_RING_PROD },
	{ "xdp_ring", "consumer", TP4_RING_CONS },
	{ "xdp_ring", "flags", TP4_RING_FLAGS },
	{ "xdp_rxtx_ring", "desc", TP4_RING_DESC },
	{ "xdp_umem_ring", "desc", TP4_RING_DESC },
};

struct tp4_btf {
	const void *types, *types_end;
	const char *strings;
	u32 strings_len;
};

static const char *tp4_btf_name(const struct tp4_btf *b, u32 off)
{
	return off < b->strings_len ? b->strings + off : "";
}

/* Bytes behind struct btf_type, or -1 for a kind that we do not know. */
static long tp4_btf_extra(const struct btf_type *t)
{
	u32 vlen = btf_type_vlen(t);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return 4;
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return vlen * sizeof(struct btf_member);
	case BTF_KIND_ENUM:
		return vlen * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64:
		return vlen * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO:
		return vlen * sizeof(struct btf_param);
	case BTF_KIND_DATASEC:
		return vlen * sizeof(struct btf_var_secinfo);
	case BTF_KIND_PTR:
	case BTF_KIND_FWD:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_FLOAT:
	case BTF_KIND_TYPE_TAG:
		return 0;
	}
	return -1;
}

static const struct btf_type *tp4_btf_struct(const struct tp4_btf *b, const char *name)
{
	const void *p = b->types;

	while (p + sizeof(struct btf_type) <= b->types_end) {
		const struct btf_type *t = p;
		long extra = tp4_btf_extra(t);

		if (extra < 0 || extra > b->types_end - p - (long)sizeof(*t))
			return NULL;
		if (BTF_INFO_KIND(t->info) == BTF_KIND_STRUCT &&
		    !strcmp(tp4_btf_name(b, t->name_off), name))
			return t;
		p += sizeof(*t) + extra;
	}
	return NULL;
}

static long tp4_btf_offset(const struct tp4_btf *b, const struct btf_type *t, const char *member)
{
	const struct btf_member *m = (const void *)(t + 1);
	u32 i;

	for (i = 0; i < btf_type_vlen(t); i++)
		if (!strcmp(tp4_btf_name(b, m[i].name_off), member))
			return BTF_INFO_KFLAG(t->info) ? BTF_MEMBER_BIT_OFFSET(m[i].offset) / 8
						       : m[i].offset / 8;
	return -1;
}

static int tp4_layout_compare(const struct tp4_btf *b)
{
	const struct btf_type *t = NULL;
	const char *type = "";
	int i;

	for (i = 0; i < ARRAY_SIZE(tp4_fields); i++) {
		const struct tp4_field *f = &tp4_fields[i];
		long is;

		if (strcmp(type, f->type)) {
			type = f->type;
			t = tp4_btf_struct(b, type);
		}
		is = !t ? -1 : f->member ? tp4_btf_offset(b, t, f->member) : t->size;
		if (is == f->offset)
			continue;
		pr_err("transp4: this kernel's struct %s differs (%s is at %ld, expected %u); build the module for this kernel\n",
		       f->type, f->member ?: "its end", is, f->offset);
		return -ENOEXEC;
	}
	return 0;
}

/* The whole file, to be freed with vfree(), or an error. */
static void *tp4_layout_read(const char *path, size_t *size)
{
	struct file *file = filp_open(path, O_RDONLY | O_LARGEFILE, 0);
	loff_t pos = 0, len;
	void *buf;

	if (IS_ERR(file))
		return file;
	len = i_size_read(file_inode(file));
	buf = len > 0 && len <= TP4_BTF_MAX ? vmalloc(len) : NULL;
	while (buf && pos < len) {
		ssize_t n = kernel_read(file, buf + pos, len - pos, &pos);

		if (n <= 0) {
			vfree(buf);
			buf = NULL;
		}
	}
	filp_close(file, NULL);
	*size = len;
	return buf ?: ERR_PTR(-EIO);
}

/* 0, or -errno after one line in the kernel log. */
int tp4_layout_check(const char *btf_path)
{
	const struct btf_header *h;
	struct tp4_btf b;
	size_t n;
	void *buf;
	int err = -ENOEXEC;

	buf = tp4_layout_read(btf_path, &n);
	if (IS_ERR(buf)) {
		pr_err("transp4: cannot read %s (%ld); a kernel with CONFIG_DEBUG_INFO_BTF is needed\n",
		       btf_path, PTR_ERR(buf));
		return PTR_ERR(buf);
	}
	h = buf;
	if (n < TP4_BTF_HEADER || h->magic != BTF_MAGIC || h->hdr_len < TP4_BTF_HEADER ||
	    (u64)h->hdr_len + h->type_off + h->type_len > n ||
	    (u64)h->hdr_len + h->str_off + h->str_len > n || !h->str_len ||
	    ((char *)buf)[h->hdr_len + h->str_off + h->str_len - 1]) {
		pr_err("transp4: %s is not valid BTF\n", btf_path);
		goto out;
	}
	b.types = buf + h->hdr_len + h->type_off;
	b.types_end = b.types + h->type_len;
	b.strings = buf + h->hdr_len + h->str_off;
	b.strings_len = h->str_len;
	err = tp4_layout_compare(&b);
out:
	vfree(buf);
	return err;
}
