/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * output.h - what the command prints on stdout: aligned text or JSON.
 *
 * Every command builds its answer as a JSON value; text is another look at the
 * same value, so the two cannot disagree.
 * Ownership: functions that take a json_object consume it, but for output_item().
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <json-c/json.h>

extern bool output_json;   /* -j */
extern bool output_pretty; /* -p */

/* A string for whoever reads it: '?' for what is no character. */
json_object *string_json(const char *text);

/* Shorthands; a NULL string is left out, others and keys are cleaned. */
void put_value(json_object *o, const char *key, json_object *value);
void put_string(json_object *o, const char *key, const char *value);
void put_number(json_object *o, const char *key, uint64_t value);
void put_flag(json_object *o, const char *key, bool value);

/* "2026-01-31T23:59:59.123456789Z" */
#define TIME_TEXT 64
void time_text(time_t seconds, long ns, char out[TIME_TEXT]);

/* One JSON document on a line of its own (more lines with -p). */
int output_document(json_object *o);
/* The same beside the answer, on another stream. */
void document_print(json_object *o, FILE *f);

/* The same of an array, item @n of it after the other; the caller flushes. */
void output_item(size_t n, json_object *o);
void output_items_end(size_t n);

/* Columns of a table: a member of each object, a heading; flag members print yes/no. */
struct column {
	const char *member;
	const char *heading;
};

/* JSON: the array.  Text: a table; nothing at all where the array is empty. */
int output_table(json_object *array, const struct column *columns, int n);

/* EXIT_OK, or EXIT_FAILED, with a complaint unless the reader went away. */
int output_flush(void);

#endif
