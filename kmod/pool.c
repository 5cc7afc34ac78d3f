// SPDX-License-Identifier: GPL-2.0-only
/*
 * pool.c - the FILL and COMPLETION rings of a queue, shared by its sockets.
 *
 * Every frame of the UMEM fits into the real FILL ring, so a dropped packet's
 * frame always finds room there; of the switch's frames it takes only as many
 * as the switch's own ring had entries, as the switch expects.
 */
#include <linux/slab.h>

#include "compat/compat.h"
#include "port.h"

static LIST_HEAD(tp4_pools);

static void tp4_pool_ring(struct tp4_ring *ring, void *mem, u32 entries)
{
	ring->mem = mem;
	ring->size = entries;
	/* Nothing has been consumed or produced on our behalf before bind. */
	ring->idx = 0;
}

int tp4_pool_get(struct tp4_port *port)
{
	struct xsk_buff_pool *xsk = port->xs->pool;
	struct tp4_xring *fill = &port->xring[TP4_XRING_FILL];
	struct tp4_xring *comp = &port->xring[TP4_XRING_COMP];
	struct tp4_pool *pool;

	lockdep_assert_held(&tp4_control);
	list_for_each_entry(pool, &tp4_pools, node)
		if (pool->xsk == xsk) {
			pool->users++;
			port->pool = pool;
			return 0;
		}
	/* Shared with a socket that was closed since: its rings went with it. */
	if (!fill->q || !comp->q)
		return -EBADF;
	pool = kzalloc(sizeof(*pool), GFP_KERNEL_ACCOUNT);
	if (!pool)
		return -ENOMEM;
	spin_lock_init(&pool->lock);
	pool->xsk = xsk;
	pool->users = 1;
	tp4_pool_ring(&pool->fill, fill->theirs, fill->entries);
	tp4_pool_ring(&pool->real_fill, fill->ours, fill->real_entries);
	tp4_pool_ring(&pool->comp, comp->theirs, comp->entries);
	tp4_pool_ring(&pool->real_comp, comp->ours, comp->real_entries);
	pool->fill_entries = fill->entries;
	pool->xring[0] = *fill;
	pool->xring[1] = *comp;
	memset(fill, 0, sizeof(*fill));
	memset(comp, 0, sizeof(*comp));
	list_add(&pool->node, &tp4_pools);
	port->pool = pool;
	return 0;
}

void tp4_pool_leave(struct tp4_port *port)
{
	struct tp4_pool *pool = port->pool;

	lockdep_assert_held(&tp4_control);
	if (pool && --pool->users)
		port->pool = NULL;
	else if (pool)
		list_del(&pool->node);
}

void tp4_pool_free(struct tp4_pool *pool)
{
	if (!pool)
		return;
	tp4_xring_free(pool->xring[0].theirs);
	tp4_xring_free(pool->xring[1].theirs);
	kfree(pool);
}

void tp4_pool_fill(struct tp4_pool *pool, const struct tp4_frees *frees)
{
	u32 room = tp4_ring_room(&pool->real_fill), i;

	for (i = 0; i < frees->n && i < room; i++)
		*tp4_ring_addr(&pool->real_fill, pool->real_fill.idx++) = frees->addr[i];
	pool->frames_lost += frees->n - i;
	tp4_ring_submit(&pool->real_fill);
}

void tp4_pool_complete(struct tp4_pool *pool, const struct tp4_frees *frees)
{
	u32 i;

	/* The caller asked tp4_ring_room() under the same lock. */
	for (i = 0; i < frees->n; i++)
		*tp4_ring_addr(&pool->comp, pool->comp.idx++) = frees->addr[i];
	tp4_ring_submit(&pool->comp);
}

/* The driver wants a system call, or we do: before it runs out of frames, or to send. */
static void tp4_pool_wakeup(struct tp4_pool *pool)
{
	u32 flags;

	if (!pool->xsk->uses_need_wakeup)
		return;
	flags = READ_ONCE(*tp4_ring_word(&pool->real_fill, TP4_RING_FLAGS));
	tp4_ring_need_wakeup(&pool->fill, pool->owed || flags & XDP_RING_NEED_WAKEUP ||
						  tp4_ring_pending(&pool->real_fill) <
							  DIV_ROUND_UP(pool->fill_entries, 4));
}

void tp4_pool_owe(struct tp4_pool *pool, bool owed)
{
	if (READ_ONCE(pool->owed) == owed)
		return;
	spin_lock_bh(&pool->lock);
	WRITE_ONCE(pool->owed, owed);
	tp4_pool_wakeup(pool);
	spin_unlock_bh(&pool->lock);
}

u32 tp4_pool_run(struct tp4_pool *pool)
{
	u32 used = tp4_ring_pending(&pool->real_fill);
	u32 n = 0, done;

	pool->starved = !used;
	if (used < pool->fill_entries)
		n = tp4_ring_move(&pool->fill, &pool->real_fill,
				  min_t(u32, pool->fill_entries - used, TP4_BATCH));
	done = tp4_ring_move(&pool->real_comp, &pool->comp, TP4_BATCH);
	pool->completed += done;
	tp4_pool_wakeup(pool);
	return max(n, done);
}
