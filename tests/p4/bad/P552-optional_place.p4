/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
action a(@optional in bit<8> x)
{
}
