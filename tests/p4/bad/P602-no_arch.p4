/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c()
{
    apply {
    }
}
control k();
package Own(k a);
Own(c()) main;
