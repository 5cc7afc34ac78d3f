/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> x) { apply { if (x == 1) x = 2; else if (x == 2) { x = 3; } else x = 4; if (x == 1) ; else ; if (true) {} {} ;;; { { { x = 1; } } } } }
