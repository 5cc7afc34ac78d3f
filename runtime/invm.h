/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * invm.h - the P4 VM's end of the agent's channel (control/session.h).
 *
 * What authentic messages say goes to gauge.h and owner.h; everything else is
 * refused, counted and told in one line of the log, at most one of a kind a
 * minute.  Like the control server it works in the thread that decides
 * packets: nothing blocks, each invm_turn() does a bounded piece of work, and
 * its file descriptors raise SIGIO.
 *
 * One agent at a time: the newest that proves to have the key takes over.
 * Bounds: INVM_CONNS connections (the oldest without a session makes room), a
 * frame of INVM_FRAME_MAX each, GAUGE_MAX gauges, OWNER_MAX flows,
 * INVM_LABELS texts, one HELLO of who has the key every 20 ms.
 */
#ifndef TP4_INVM_H
#define TP4_INVM_H

#include "control/invm.pb-c.h"
#include "control/session.h"

#define INVM_CONNS  4U
#define INVM_LABELS 1024U

struct invm;

/*
 * @fd: a listening socket (@listening) or one stream that stays, a
 * virtio-serial port; taken over.  NULL: no memory.
 */
struct invm *invm_new(int fd, bool listening);
void invm_free(struct invm *v);

/* Without a key nobody is believed. */
void invm_key(struct invm *v, const uint8_t key[INVM_KEY_SIZE]);

/* Do one piece of work; true: there may be more. */
bool invm_turn(struct invm *v);

/*
 * What it knows, as the request asks; free the answer with invm_show_end().
 * False: no memory.
 */
bool invm_show(struct invm *v, const Transp4__V1__InVmRequest *request,
	       Transp4__V1__InVmResponse *out);
void invm_show_end(Transp4__V1__InVmResponse *out);

#endif
