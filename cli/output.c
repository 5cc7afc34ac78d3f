// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * output.c - prints answers as JSON or as aligned text.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "compiler/text.h"

bool output_json;
bool output_pretty;

/* Names come from programs and P4 VMs that are not ours: nothing for the terminal to obey. */
json_object *string_json(const char *text)
{
	char *copy = strdup(text);
	json_object *o;

	if (copy)
		text_clean(copy, '?');
	o = json_object_new_string(copy ? copy : "");
	free(copy);
	return o;
}

void put_value(json_object *o, const char *key, json_object *value)
{
	char *k = strdup(key);

	if (k)
		text_clean(k, '?');
	if (!k || json_object_object_add(o, k, value))
		json_object_put(value);
	free(k);
}

void put_string(json_object *o, const char *key, const char *value)
{
	if (value)
		put_value(o, key, string_json(value));
}

void put_number(json_object *o, const char *key, uint64_t value)
{
	json_object_object_add(o, key, json_object_new_uint64(value));
}

void put_flag(json_object *o, const char *key, bool value)
{
	json_object_object_add(o, key, json_object_new_boolean(value));
}

void time_text(time_t seconds, long ns, char out[TIME_TEXT])
{
	struct tm tm;
	size_t n;

	gmtime_r(&seconds, &tm);
	n = strftime(out, TIME_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + n, TIME_TEXT - n, ".%09ldZ", ns);
}

int output_flush(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return EXIT_OK;
	/* Who reads from us went away, and knows. */
	if (errno != EPIPE)
		return complain("cannot write the output: %s; free space or mend the pipe",
				strerror(errno));
	return EXIT_FAILED;
}

static const char *json_text(json_object *o)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;

	flags |= output_pretty ? JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED
			       : JSON_C_TO_STRING_PLAIN;
	return json_object_to_json_string_ext(o, flags);
}

void document_print(json_object *o, FILE *f)
{
	fprintf(f, "%s\n", json_text(o));
	json_object_put(o);
}

void output_item(size_t n, json_object *o)
{
	putchar(n ? ',' : '[');
	if (output_pretty)
		fputs("\n  ", stdout);
	for (const char *text = json_text(o); *text; text++) {
		putchar(*text);
		if (*text == '\n')
			fputs("  ", stdout);
	}
}

void output_items_end(size_t n)
{
	printf("%s%s]\n", n ? "" : "[", output_pretty ? "\n" : "");
}

int output_document(json_object *o)
{
	document_print(o, stdout);
	return output_flush();
}

static const char *cell(json_object *row, const char *member)
{
	json_object *v;

	if (!json_object_object_get_ex(row, member, &v))
		return "-";
	if (json_object_is_type(v, json_type_boolean))
		return json_object_get_boolean(v) ? "yes" : "no";
	return json_object_get_string(v);
}

static void cell_print(const char *text, int width, bool last)
{
	if (last)
		printf("%s\n", text);
	else
		printf("%-*s  ", width, text);
}

int output_table(json_object *array, const struct column *columns, int n)
{
	size_t rows = json_object_array_length(array);
	int width[16];

	if (output_json)
		return output_document(array);
	for (int c = 0; c < n; c++) {
		width[c] = strlen(columns[c].heading);
		for (size_t r = 0; r < rows; r++) {
			int len = strlen(
				cell(json_object_array_get_idx(array, r), columns[c].member));

			if (len > width[c])
				width[c] = len;
		}
	}
	for (int c = 0; rows && c < n; c++)
		cell_print(columns[c].heading, width[c], c + 1 == n);
	for (size_t r = 0; r < rows; r++)
		for (int c = 0; c < n; c++)
			cell_print(cell(json_object_array_get_idx(array, r), columns[c].member),
				   width[c], c + 1 == n);
	json_object_put(array);
	return output_flush();
}
