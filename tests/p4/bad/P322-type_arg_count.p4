/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S<T> {
    T x;
}
control c(in S<bit<8>, bit<8>> k)
{
    
    apply {
        
    }
}
