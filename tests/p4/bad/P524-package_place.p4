/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
package P();
control c()
{
    P() p;
    apply {
    }
}
