/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * port.h - a port as JSON, for the commands that show one.
 */
#ifndef CLI_PORT_H
#define CLI_PORT_H

#include "cli/kernel.h"
#include "cli/output.h"

json_object *port_json(const struct kernel_port *p);

#endif
