/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// what may be read without a value, and what of headers that may be invalid, each beside what may not
#include <core.p4>
header h_t { bit<8> a; bit<8> b; }
header_union u_t { h_t x; h_t y; }
struct s_t { bit<8> a; bit<8> b; }
struct all_t { h_t h; h_t other; h_t[3] stack; u_t u; s_t s; }
extern void use(in bit<8> x);
extern void fill<T>(out T x);
extern void change<T>(inout T x);

control branches(in bit<8> x, out bit<8> both, out bit<8> one, out s_t parts, out bit<8> none) { //~ P917 P925 P925
    apply {
        bit<8> a;
        bit<8> b;
        bit<8> c;
        if (x == 1) { a = 1; b = 1; both = 1; } else { a = 2; one = 1; both = 2; }
        use(a);
        use(b); //~ P924
        use(b);
        use(c); //~ P916
        if (x == 2 && a == 1) { c = 1; } else if (x == 3) { return; } else { exit; }
        use(c);
        parts.a = 1;
    }
}
control switches(in bit<8> x) {
    apply {
        bit<8> a;
        bit<8> b;
        bit<8> c;
        switch (x) { 1: 2: { a = 1; b = 1; c = 1; } 3: { a = 1; c = 2; } default: { a = 3; c = 1; exit; } }
        use(a);
        use(b); //~ P924
        use(c);
        switch (x) { 1: { b = 1; } }
        bit<8> d;
        bit<8> e;
        switch (x[0:0]) { 0: { d = 1; e = 1; } 1: { d = 2; } }
        use(d);
        use(e); //~ P924
        switch (x[1:0]) { 0: 1: { d = 1; } 2: { d = 2; } }
        a = x == 1 ? b : c;
        if (true) { b = 1; }
        use(b);
    }
}
bit<8> loops(in bit<8> n, in s_t s) {
    bit<8> last;
    bit<8> again;
    bit<8> maybe;
    bit<8> first;
    for (bit<8> i in 1 .. 4) {
        if (i == 2) { continue; }
        last = i;
        if (i > 2) { use(again); } //~ P924
        again = i;
    }
    for (bit<8> i = 0; i < n; i = i + 1) {
        if (i == 3) { break; }
        for (bit<8> j = 0; j < i; j = j + 1) { maybe = j; }
        first = 1;
    }
    use(maybe); //~ P924
    bit<8> always;
    for (bit<8> i = 0; i != 3; i = i + 1) { if (i == 1) { continue; } always = i; }
    use(always); //~ P924
    for (bit<8> i = 0; i < 3; i = i + 1) { maybe = i; always = 1; }
    use(always);
    for (bit<8> i = 3; i < 3; i = i + 1) { again = i; }
    use(again); //~ P924
    for (bit<8> i in 1 .. n) { first = 2; }
    use(first); //~ P924
    return last; //~ P924
}
s_t structs(in s_t given) {
    s_t a;
    s_t b = given;
    s_t c = { 1, 2 };
    s_t d;
    tuple<bit<8>, s_t> t = { 1, a }; //~ P916
    d.a = 1;
    b = d; //~ P916
    d.b = 2;
    a = d;
    change(a);
    c = a;
    bit<8> bits;
    bits[3:0] = 1;
    use(bits + t[0]);
    bit<8> more;
    more += 1; //~ P916
    s_t e;
    return e; //~ P916
}
control tables(inout all_t all, in bit<8> x) {
    bit<8> set;
    bit<8> by_default;
    bit<8> key_value;
    bit<8> only_read;
    action sets(bit<8> v) { set = v; by_default = v; }
    action defaults() { by_default = 1; }
    action leaves() { exit; }
    action reads() { use(only_read); } //~ P916
    action hands(out bit<8> v) { if (x == 1) { v = 1; } } //~ P925
    action removes() { all.h.setInvalid(); }
    table t {
        key = { x : exact; }
        actions = { sets; leaves; @defaultonly defaults; }
        const default_action = defaults;
    }
    table k { key = { key_value : exact; } actions = { NoAction; reads; } } //~ P916
    table r { actions = { removes; NoAction; } default_action = removes; }
    table only { actions = { sets; } const default_action = sets(1); }
    apply {
        bit<8> local;
        if (t.apply().hit) { use(set); } else { use(by_default); }
        switch (t.apply().action_run) {
            sets: { use(set); }
            leaves: { use(only_read); }
            default: { use(set); } //~ P924
        }
        use(by_default);
        k.apply();
        hands(local);
        use(local);
        all.h.a = 1;
        r.apply();
        all.h.a = 1; //~ P927
        only.apply();
        use(set);
        if (!t.apply().miss) { exit; }
    }
}
control headers(inout all_t all, in bit<8> x, out h_t h) {
    apply {
        h_t local;
        all_t copy;
        all.h.a = 1;
        if (!all.h.isValid()) { all.h.a = 1; } else { all.h.a = 2; } //~ P926
        use(all.h.a);
        if (all.h.isValid() && all.h.a == 1) { use(all.h.b); }
        if (all.other.isValid()) { return; }
        use(all.other.a); //~ P926
        all.h.setInvalid();
        if (all.h.isValid()) { use(all.h.b); }
        use(all.h.isValid() ? all.h.a : 0);
        use(all.h.a); //~ P926
        all.h.setValid();
        use(all.h.b);
        h.setValid();
        h.a = 1;
        use(h.b); //~ P916
        local = h;
        use(local.a);
        local.b = 1;
    }
}
control guards(inout all_t all, in bit<8> x) {
    bit<8> k;
    bit<8> plain;
    table keyed { key = { k : exact; } actions = { NoAction; } }
    apply {
        if (all.h.isValid()) { k = all.h.a; } else if (all.other.isValid() && x == 1) { k = 2; }
        if (all.h.isValid()) { use(k); keyed.apply(); }
        if (x == 1 && all.h.isValid() && k == 1) { use(k); }
        use(all.h.isValid() ? k : 0);
        use(k); //~ P924
        if (x == 1) { plain = 1; }
        if (all.h.isValid()) { use(plain); } //~ P924
    }
}
control copies(inout all_t all, in h_t given, in bit<8> x) {
    apply {
        h_t a;
        h_t b;
        h_t c = { 1, 2 };
        a = given;
        use(a.a);
        b = a;
        use(b.a);
        use(c.a);
        c = b;
        b.setInvalid();
        c = b;
        use(c.a); //~ P926
        all_t copy = all;
        use(copy.h.a);
        copy.other.setInvalid();
        all = copy;
        use(all.other.a); //~ P926
        all.stack[0].setInvalid();
        use(all.stack[1].a + all.stack[x].a);
        use(all.stack[0].a); //~ P926
        all.stack[1].setInvalid();
        all.stack.pop_front(1);
        use(all.stack[1].a);
        all.u.x.setValid();
        all.u.x.a = 1;
        use(all.u.y.a); //~ P926
        if (all.u.isValid()) { use(all.u.x.a); }
        all.u.y.setValid();
        use(all.u.y.a);
        use(all.u.x.a); //~ P926
        h_t d;
        fill(d);
        use(d.a);
        h_t e = (h_t){#};
        if (x == 1) { e.setValid(); }
        e.a = 1; //~ P927
        h_t g;
        if (x == 1) { g.setValid(); g.a = 1; }
        if (g.isValid()) { use(g.a); use(g.b); } //~ P916
        if (x == 2) { all.h.setInvalid(); }
        use(all.h.isValid() ? all.h.a : 1);
        @noWarn("invalid_header") { h_t f; f.a = 1; }
    }
}
parser states(packet_in p, out all_t all, in bit<8> x, out bit<8> given, out bit<8> left) { //~ P925 P925
    bit<8> local;
    state start {
        use(all.h.a); //~ P926
        p.extract(all.h);
        given = all.h.a;
        transition select(all.h.b) { 1: one; 2: two; 3: loop; default: both; }
    }
    state one { p.extract(all.other); local = 1; left = 2; transition both; }
    state two { left = 1; verify(all.other.isValid(), error.NoMatch); use(all.other.a); transition both; }
    state both {
        use(all.other.a); //~ P927
        transition select(local) { 1: accept; default: end; } //~ P924
    }
    state loop {
        p.extract(all.stack.next);
        use(all.stack.last.a + all.stack[0].a);
        p.extract(all.u.x);
        use(all.u.x.a);
        transition select(all.stack.last.a) { 1: loop; default: reject; }
    }
    state end {
        all.s.a = 1;
        all.s.b = 2;
        transition accept;
    }
}
parser chosen(packet_in p, in bit<8> x, out all_t all) { //~ P925
    state start { transition select(x) { 1: one; default: by; } }
    state one { p.extract(all.h); transition by; }
    state by { transition select(all.h.isValid()) { true: valid; false: invalid; } }
    state valid { use(all.h.a); all.s = { 1, 2 }; transition any; }
    state invalid { use(all.h.a); transition any; } //~ P926
    state any { transition select(all.h.isValid()) { true: more; default: accept; } }
    state more { use(all.h.a); transition reject; }
}
@noWarn("uninitialized_out_param") control quiet(out bit<8> x) {
    @noWarn("uninitialized_use") action act(out bit<8> v) { bit<8> y; v = y; }
    apply { bit<8> z; act(z); use(z); }
}
extern Object { Object(); void run(); abstract void part(in bit<8> x); }
control methods(in bit<8> x) {
    bit<8> around;
    Object() o = { void part(in bit<8> y) { around = y; use(y); bit<8> z; use(z); } }; //~ P916
    apply { o.run(); use(around); }
}
control deparser(packet_out p, in all_t all, out s_t elsewhere) { apply { p.emit(all.h); } }
extern bit<8> give(out bit<8> x);
extern void both(in bit<8> left, in bit<8> right);
control in_order() {
    apply {
        bit<8> a;
        bit<8> b;
        bit<8> c;
        bit<8> d;
        s_t s = { b = give(a), a = a };
        both(right = give(b), left = b);
        use(s.a);
        s = { b = c, a = give(c) }; //~ P916
        both(right = d, left = give(d)); //~ P916
        use(s.b);
    }
}
