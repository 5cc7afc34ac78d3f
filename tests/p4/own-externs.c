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
