/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* own-externs.c - what own-externs.p4 leaves to C */
static unsigned int packets;

static bool my_filter(struct t_H h, uint8_t least)
{
	return packets < 3 && h.e.valid_ && h.e.a > least;
}

static void swap(uint8_t *x, int8_t *y, uint16_t *sum)
{
	uint8_t old = *x;

	*x = (uint8_t)*y;
	*y = (int8_t)old;
	*sum = (uint16_t)(*x + *y);
}

static struct t_wide_256 wide_low(struct t_wide_256 x)
{
	return (struct t_wide_256){ { x.w[0] & 0xff } };
}

static uint32_t choose(struct t_e_t e)
{
	return e.a == 0xfe;
}

static void count(void)
{
	packets++;
}

static void bump_uint8_t_bool(uint8_t *x, bool by)
{
	*x += 1 + by;
}

static void bump_uint8_t_uint8_t(uint8_t *x, uint8_t by)
{
	*x += by;
}

static uint8_t most_uint8_t(uint8_t x, uint8_t y)
{
	return x > y ? x : y;
}

static int32_t most_int32_t(int32_t x, int32_t y)
{
	return x > y ? x : y;
}

/* The objects pipe.narrow and pipe.wide, which keep what they are given. */
static uint8_t sum;
static int32_t newest;

static uint8_t pipe_narrow_add(uint8_t x)
{
	return sum += x;
}

static bool pipe_narrow_seen_uint8_t(uint8_t x, uint8_t *last)
{
	*last = x;
	return false;
}

static int32_t pipe_wide_add(int32_t x)
{
	newest = x;
	return 2 * x;
}

static bool pipe_wide_seen_t_e_t(struct t_e_t e, int32_t *last)
{
	*last = newest;
	return e.valid_;
}
