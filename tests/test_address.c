/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* test_address.c - what is an address of the agent's channel, and what only looks like one. */
#include "control/address.h"

#include <arpa/inet.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <string.h>

#include "tests/tap.h"

static struct sockaddr_storage addr;
static socklen_t len;

static const char *const none[] = {
	"vsock:4294967295",
	"vsock:4294967296",
	"vsock:-1",
	"vsock:0",
	"vsock:",
	"vsock:+5",
	"vsock: 5",
	"vsock:5 ",
	"vsock:0x10",
	"vsock:0x",
	"vsock:5:6",
	"vsock:abc",
	"VSOCK:5",
	"vsock",
	"tcp",
	"tcp:",
	"tcp::",
	"tcp:0",
	"tcp:4444",
	"tcp::4444",
	"tcp:127.0.0.1",
	"tcp:127.0.0.1:",
	"tcp:127.0.0.1:0",
	"tcp:127.0.0.1:00",
	"tcp:127.0.0.1:0x1000",
	"tcp:127.0.0.1:65536",
	"tcp:127.0.0.1:65616",
	"tcp:127.0.0.1:4294972096",
	"tcp:127.0.0.1:18446744073709556416",
	"tcp:127.0.0.1:-1",
	"tcp:127.0.0.1:+4801",
	"tcp:127.0.0.1: 4802",
	"tcp:127.0.0.1:4803 ",
	"tcp: 127.0.0.1:4804",
	"tcp:127.0.0.1:4805x",
	"tcp:127.0.0.1:http",
	"tcp:127.1:4806",
	"tcp:2130706433:4807",
	"tcp:0x7f000001:4808",
	"tcp:0177.0.0.1:4809",
	"tcp:127.0.0.1:4810:1",
	"tcp:localhost:4811",
	"tcp:[::1]:0",
	"tcp:[::1]4812",
	"tcp:[::1:4813",
	"tcp:::1:4814",
	"tcp:[127.0.0.1]:4815",
	"tcp:[]:4816",
	"tcp:[::1%lo ]:4817",
	"tcp:[::1%99]:4818",
	"tcp:224.0.0.1:4820",
	"tcp:255.255.255.255:4821",
	"tcp:[ff02::1]:4822",
	"tcp:*:4824",
	"udp:127.0.0.1:4825",
	"127.0.0.1:4826",
	"",
	"tcp:127.0.0.1:4827,tcp:127.0.0.1:4828",
	"tcp:127.0.0.1:04829",
	"unix:/tmp/x",
	"tcp:1.2.3.4.5:4831",
	"tcp:127.0.0.1:4832/",
	"tcp:127.0.0.1:99999999999999999999",
	"vsock::5",
	"vsock:5:",
	"vsock:01",
	"tcp:[::1%]:4833",
	"tcp:[::1%nosuch]:4834",
	"tcp:[::1%lo%lo]:4835",
	"tcp:[[::1]]:4836",
	"tcp:127.0.0.1\n:4837",
	"tcp:127.0.0.1:4838\n",
	"tcp:[1:2:3:4:5:6:7:8:9]:4839",
};

/* As numbers: family, port; *text becomes the address. */
static bool is(const char *form, bool listening, int family, unsigned int port, const char *text)
{
	const struct sockaddr_in *v4 = (struct sockaddr_in *)&addr;
	const struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&addr;
	char out[64];

	return address_parse(form, listening, &addr, &len) && addr.ss_family == family &&
	       ntohs(v4->sin_port) == port &&
	       len == (family == AF_INET ? sizeof(*v4) : sizeof(*v6)) &&
	       inet_ntop(family, family == AF_INET ? (void *)&v4->sin_addr : (void *)&v6->sin6_addr,
			 out, sizeof(out)) &&
	       !strcmp(out, text);
}

static bool is_vsock(const char *form, bool listening, unsigned int cid, unsigned int port)
{
	const struct sockaddr_vm *vm = (struct sockaddr_vm *)&addr;

	return address_parse(form, listening, &addr, &len) && vm->svm_family == AF_VSOCK &&
	       vm->svm_cid == cid && vm->svm_port == port && len == sizeof(*vm);
}

int main(void)
{
	char longest[300] = "tcp:[::1%";

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		ok(!address_parse(none[i], true, &addr, &len) &&
			   (!strncmp(none[i], "vsock:", 6) ||
			    !address_parse(none[i], false, &addr, &len)),
		   "'%s' is none", none[i]);
	memset(longest + strlen(longest), 'x', 280 - strlen(longest));
	strcat(longest, "]:1");
	ok(!address_parse(longest, true, &addr, &len), "nor is a long one");
	for (int listening = 0; listening < 2; listening++) {
		ok(is("tcp:127.0.0.1:1", listening, AF_INET, 1, "127.0.0.1"), "IPv4");
		ok(is("tcp:0.0.0.0:65535", listening, AF_INET, 65535, "0.0.0.0"), "any IPv4");
		ok(is("tcp:[::1]:4444", listening, AF_INET6, 4444, "::1"), "IPv6");
		ok(is("tcp:[fe80::1%lo]:4444", listening, AF_INET6, 4444, "fe80::1") &&
			   ((struct sockaddr_in6 *)&addr)->sin6_scope_id == if_nametoindex("lo"),
		   "of a link");
	}
	ok(is_vsock("vsock:4294967294", true, VMADDR_CID_ANY, 4294967294U), "vsock, listening");
	ok(is_vsock("vsock:2:4444", false, 2, 4444), "vsock, connecting");
	ok(!address_parse("vsock:4444", false, &addr, &len) &&
		   !address_parse("vsock:2:4444", true, &addr, &len),
	   "not the other way round");
	ok(!address_parse("vsock:4294967295:4444", false, &addr, &len) &&
		   !address_parse("vsock:2:4294967295", false, &addr, &len) &&
		   !address_parse("vsock:0:4444", false, &addr, &len) &&
		   !address_parse("vsock:2:0", false, &addr, &len),
	   "nobody in particular");
	return tap_end();
}
