/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S<T> { T f; }
struct S2<A, B> { S<A> a; B b; }
header H<T> { T f; }
header H2<T> { T g; }
header_union HU<A, B> { H<A> a; H2<B> b; }
