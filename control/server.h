/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * server.h - the P4 VM's end of the control protocol.
 *
 * A server answers calls for one host, the P4 VM around it, in the thread that
 * decides packets: it never blocks, and each server_turn() does a bounded
 * piece of work (one call, or one part of a long answer), so that packets wait
 * for no controller.  While a long answer is under way other calls wait, so
 * that it shows one moment; a client that does not read it for five seconds is
 * cut off.
 *
 * Errors: what a peer does wrong is answered or ends its connection; nothing
 * that it sends ends the server.
 * Ownership: the server closes the file descriptors that it is given.
 */
#ifndef TP4_CONTROL_SERVER_H
#define TP4_CONTROL_SERVER_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "control/invm.pb-c.h"
#include "control/vm.pb-c.h"
#include "runtime/pipeline.h"

/* Connections at a time; others wait in the backlog, or take the place of an idle one. */
#define SERVER_CLIENTS 4U

struct server;

/* The P4 VM, as the server sees it. */
struct server_host {
	/* The program that decides; NULL: none yet. */
	struct pipeline *(*program)(struct server_host *host);
	/* Let @p decide from the next packet on; takes it over and frees the old one. */
	void (*replace)(struct server_host *host, struct pipeline *p);
	/* Fill in everything but the program's name and generation; pointers stay the host's. */
	void (*status)(struct server_host *host, Transp4__V1__StatusResponse *status);
	/*
	 * What the agent said; invm_end() frees what was filled in.  Returns NULL, or
	 * why nothing was.  NULL: this P4 VM knows of no agents.
	 */
	const char *(*invm)(struct server_host *host, const Transp4__V1__InVmRequest *request,
			    Transp4__V1__InVmResponse *out);
	void (*invm_end)(Transp4__V1__InVmResponse *out);
};

/*
 * @fd: a listening unix socket (@listening), or one stream that outlives its
 * clients, a virtio-serial port, or that is itself the only connection.
 * NULL: no memory.
 */
struct server *server_new(struct server_host *host, int fd, bool listening);
void server_free(struct server *s);
/* How long a client may keep others waiting, if not five seconds. */
void server_patience_set(struct server *s, uint64_t ns);

/* A program was loaded without a call: its bytes, for GetForwardingPipelineConfig. */
void server_program_loaded(struct server *s, const void *bytes, size_t len);

/*
 * Every file descriptor of the server raises SIGIO when there is something to
 * do, so that a thread asleep elsewhere notices and a busy one makes no system
 * call to find out: the host catches SIGIO and then calls server_turn() until
 * that returns false.  Only where an answer waits for room or a client for a
 * place, poll for that, and call server_turn() now and then, too: returns how many
 * of @fds, at most SERVER_CLIENTS, were filled in.
 */
unsigned int server_blocked(const struct server *s, struct pollfd *fds);

/* Raise SIGIO for @fd. */
void server_arm(int fd);

/* Do one piece of work; true: there may be more, call again soon. */
bool server_turn(struct server *s);

#endif
