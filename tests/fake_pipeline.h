/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fake_pipeline.h - what tests know of the program that fake_pipeline.c fakes.
 */
#ifndef TP4_FAKE_PIPELINE_H
#define TP4_FAKE_PIPELINE_H

#include "runtime/pipeline.h"

#define FAKE_TABLE         0x02000001U /* fields 1 exact 2 lpm 3 ternary 4 range 5 optional */
#define FAKE_TABLE_SIZE    3000U
#define FAKE_ACTION        0x01000001U
#define FAKE_COUNTER       0x12000001U
#define FAKE_COUNTER_SIZE  1000U
#define FAKE_REGISTER      0x16000001U
#define FAKE_REGISTER_SIZE 8U

extern unsigned int fake_pipelines; /* loaded and not yet freed */

#endif
