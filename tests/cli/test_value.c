// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * test_value.c - values and matches, as written, as bytes and as printed.
 */
#include <stdio.h>
#include <string.h>

#include "cli/value.h"

static int count, failed;

static void report(int ok, const char *what, const char *got)
{
	printf("%sok %d - %s%s%s\n", ok ? "" : "not ", ++count, what, ok ? "" : ", got ",
	       ok ? "" : got);
	failed += !ok;
}

static void hex(const struct value *v, char *out)
{
	*out = 0;
	for (size_t i = 0; i < v->len; i++)
		sprintf(out + 2 * i, "%02x", v->bytes[i]);
}

/* want: the bytes in hex, or "-" where the text must be refused */
static void value(const char *text, unsigned int width, const char *want)
{
	char got[VALUE_BITS_MAX / 4 + 1], what[128];
	struct value v;
	const char *why = value_parse(text, width, &v);

	if (why)
		strcpy(got, "-");
	else
		hex(&v, got);
	snprintf(what, sizeof(what), "bit<%u> '%.80s' is %.30s", width, text, want);
	report(!strcmp(got, want), what, got);
}

/* Of int<width>: the bytes, and what they print as; "-" where the text must be refused */
static void signed_value(const char *text, unsigned int width, const char *want, const char *print)
{
	char got[VALUE_BITS_MAX / 4 + 1] = "-", what[160], back[VALUE_TEXT_MAX] = "-";
	struct value v;

	if (!value_parse_signed(text, width, &v)) {
		hex(&v, got);
		value_print(&v, width, VALUE_SIGNED, back, sizeof(back));
	}
	snprintf(what, sizeof(what), "int<%u> '%.80s' is %.30s", width, text, want);
	report(!strcmp(got, want), what, got);
	snprintf(what, sizeof(what), "int<%u> '%.80s' prints as %.30s", width, text, print);
	report(!strcmp(back, print), what, back);
}

/* P4Runtime's bytes of an int<width> */
static void signed_bytes(const char *bytes, size_t len, unsigned int width, const char *print)
{
	char what[128], got[VALUE_TEXT_MAX];
	struct value v;

	value_from_signed((const uint8_t *)bytes, len, width, &v);
	value_print(&v, width, VALUE_SIGNED, got, sizeof(got));
	snprintf(what, sizeof(what), "%zu bytes of int<%u> print as %s", len, width, print);
	report(!strcmp(got, print), what, got);
}

/* Parse, print and compare; NULL: must be refused */
static void match(const char *text, unsigned int width, enum value_match_kind kind,
		  enum value_style style, const char *want)
{
	char got[2 * VALUE_TEXT_MAX], again[2 * VALUE_TEXT_MAX], what[160];
	struct value_match m;
	const char *why = value_match_parse(text, width, kind, &m);

	snprintf(what, sizeof(what), "kind %d bit<%u> '%.50s' prints as %s", kind, width, text,
		 want ? want : "an error");
	if (why) {
		report(!want, what, why);
		return;
	}
	value_match_print(&m, width, kind, style, got, sizeof(got));
	report(want && !strcmp(got, want), what, got);
	/* What is printed can be read, and says the same. */
	if (m.wildcard && kind == VALUE_EXACT)
		return;
	why = value_match_parse(got, width, kind, &m);
	snprintf(what, sizeof(what), "and '%.60s' is read again", got);
	report(!why && !strcmp(value_match_print(&m, width, kind, style, again, sizeof(again)),
			       got),
	       what, why ? why : again);
}

int main(void)
{
	char many[4000];
	struct value v;

	value("0", 1, "00");
	value("1", 1, "01");
	value("true", 1, "01");
	value("2", 1, "-");
	value("true", 8, "-");
	value("255", 8, "ff");
	value("256", 8, "-");
	value("0x1ff", 9, "01ff");
	value("0x200", 9, "-");
	value("0b101", 3, "05");
	value("0b1000", 3, "-");
	value("1_000", 16, "03e8");
	value("_1", 16, "-");
	value("", 8, "-");
	value("0x", 8, "-");
	value("-1", 8, "-");
	value("1 ", 8, "-");
	value("12a", 16, "-");
	value("0x12g", 16, "-");
	value("10.0.0.1", 32, "0a000001");
	value("10.0.0.1", 48, "-");
	value("10.0.0.256", 32, "-");
	value("10.0.0", 32, "-");
	value("00:11:22:aa:BB:ff", 48, "001122aabbff");
	value("00:11:22:aa:BB", 48, "-");
	value("00:11:22:aa:BB:f", 48, "-");
	value("00:11:22:aa:BB:ff:0", 48, "-");
	value("fd00::1", 128, "fd000000000000000000000000000001");
	value("::ffff:10.0.0.1", 128, "00000000000000000000ffff0a000001");
	value("fd00::1", 64, "-");
	value("340282366920938463463374607431768211455", 128, "ffffffffffffffffffffffffffffffff");
	value("340282366920938463463374607431768211456", 128, "-");
	value("18446744073709551616", 65, "010000000000000000");
	value("0000000000000000000000000000000000000007", 3, "07");
	value("1", 0, "-");
	value("1", VALUE_BITS_MAX + 1, "-");
	memset(many, '9', sizeof(many) - 1);
	many[sizeof(many) - 1] = 0;
	value(many, 2048, "-");
	match(many, 2048, VALUE_TERNARY, VALUE_NUMBER, NULL);
	memset(many, '1', 2050);
	many[0] = '0';
	many[1] = 'b';
	many[2050] = 0;
	report(!value_parse(many, 2048, &v) && v.bytes[0] == 0xff && v.bytes[255] == 0xff,
	       "2048 bits in binary", "something else");

	match("7", 16, VALUE_EXACT, VALUE_NUMBER, "7");
	match("*", 16, VALUE_EXACT, VALUE_NUMBER, NULL);
	match("10.0.0.0/8", 32, VALUE_LPM, VALUE_ADDRESS, "10.0.0.0/8");
	match("10.0.0.1/8", 32, VALUE_LPM, VALUE_ADDRESS, NULL);
	match("10.0.0.1", 32, VALUE_LPM, VALUE_ADDRESS, "10.0.0.1/32");
	match("0.0.0.0/0", 32, VALUE_LPM, VALUE_ADDRESS, "*");
	match("10.0.0.0/33", 32, VALUE_LPM, VALUE_ADDRESS, NULL);
	match("10.0.0.0/", 32, VALUE_LPM, VALUE_ADDRESS, NULL);
	match("10.0.0.0/-1", 32, VALUE_LPM, VALUE_ADDRESS, NULL);
	match("10.0.0.0/8x", 32, VALUE_LPM, VALUE_ADDRESS, NULL);
	match("fd00::/64", 128, VALUE_LPM, VALUE_ADDRESS, "fd00::/64");
	match("0x100/1", 9, VALUE_LPM, VALUE_NUMBER, "256/1");
	match("0x100/0", 9, VALUE_LPM, VALUE_NUMBER, NULL);
	match("10.1.2.3&&&255.255.0.0", 32, VALUE_TERNARY, VALUE_ADDRESS, "10.1.0.0/16");
	match("10.1.2.3&&&0xff00ff00", 32, VALUE_TERNARY, VALUE_ADDRESS, "10.0.2.0&&&0xff00ff00");
	match("5&&&0x5", 8, VALUE_TERNARY, VALUE_NUMBER, "5&&&0x05");
	match("5&&&0xf0", 8, VALUE_TERNARY, VALUE_NUMBER, "0&&&0xf0");
	match("5&&&0", 8, VALUE_TERNARY, VALUE_NUMBER, "*");
	match("5", 8, VALUE_TERNARY, VALUE_NUMBER, "5");
	match("*", 8, VALUE_TERNARY, VALUE_NUMBER, "*");
	match("5&&&", 8, VALUE_TERNARY, VALUE_NUMBER, NULL);
	match("&&&5", 8, VALUE_TERNARY, VALUE_NUMBER, NULL);
	match("10..20", 16, VALUE_RANGE, VALUE_NUMBER, "10..20");
	match("20..10", 16, VALUE_RANGE, VALUE_NUMBER, "20..10");
	match("10", 16, VALUE_RANGE, VALUE_NUMBER, "10..10");
	match("0..65535", 16, VALUE_RANGE, VALUE_NUMBER, "*");
	match("0..65536", 16, VALUE_RANGE, VALUE_NUMBER, NULL);
	match("1..", 16, VALUE_RANGE, VALUE_NUMBER, NULL);
	match("10.0.0.1..10.0.0.9", 32, VALUE_RANGE, VALUE_ADDRESS, "10.0.0.1..10.0.0.9");
	match("00:00:00:00:00:01", 48, VALUE_OPTIONAL, VALUE_ADDRESS, "00:00:00:00:00:01");
	match("*", 48, VALUE_OPTIONAL, VALUE_ADDRESS, "*");
	match("0x1ffffffffffffffff", 72, VALUE_EXACT, VALUE_NUMBER, "0x01ffffffffffffffff");
	match("18446744073709551615", 64, VALUE_EXACT, VALUE_NUMBER, "18446744073709551615");
	match("5", 8, 0, VALUE_NUMBER, NULL);

	signed_value("-1", 8, "ff", "-1");
	signed_value("-0", 8, "00", "0");
	signed_value("127", 8, "7f", "127");
	signed_value("0xff", 8, "ff", "-1");
	signed_value("-128", 8, "80", "-128");
	signed_value("-129", 8, "-", "-");
	signed_value("256", 8, "-", "-");
	signed_value("-1", 12, "0fff", "-1");
	signed_value("-2048", 12, "0800", "-2048");
	signed_value("-2049", 12, "-", "-");
	signed_value("-0x10", 72, "fffffffffffffffff0", "-0x10");
	signed_value("-1", 1, "01", "-1");
	signed_value("--1", 8, "-", "-");
	signed_value("-", 8, "-", "-");
	signed_bytes("\xfb", 1, 32, "-5");
	signed_bytes("\x05", 1, 32, "5");
	signed_bytes("\xff\xfb", 2, 9, "-5");
	signed_bytes("\xff\xff\xff\xfb", 4, 9, "-5");

	value_from_bytes((const uint8_t *)"\0\0\0\1\2", 5, 16, &v);
	report(v.len == 2 && v.bytes[0] == 1 && v.bytes[1] == 2, "leading zeros are cut",
	       "something else");
	value_from_bytes((const uint8_t *)"\7", 1, 32, &v);
	report(v.len == 4 && v.bytes[3] == 7 && !v.bytes[0], "short bytes are widened",
	       "something else");
	printf("1..%d\n", count);
	return failed != 0;
}
