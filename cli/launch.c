// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * launch.c - starts P4 VMs.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/cgroup.h"
#include "cli/command.h"
#include "cli/find.h"
#include "cli/kvm.h"
#include "cli/launch.h"
#include "cli/vmstate.h"
#include "control/client.h"
#include "control/clock.h"
#include "control/session.h"

#define DEVICE_WAIT  5000   /* ms until the channel's devices are in /dev */
#define PROCESS_WAIT 30000  /* ms until a process says that it is ready */
#define KVM_WAIT     60000  /* ms until a guest has booted */
#define TCG_WAIT     900000 /* ... that is emulated, within an emulator perhaps */

static volatile sig_atomic_t interrupted;
static volatile pid_t current; /* the child that is being started */

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000L }, NULL);
}

/*
 * What a P4 VM gets
 */

static void fds_close(int *fds, int n)
{
	for (int i = 0; i < n; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
		fds[i] = -1;
	}
}

/* devtmpfs or udev makes the node a moment after the channel. */
static int device_open(const char *name, const char *kind, int flags)
{
	int64_t end = now_ms() + DEVICE_WAIT;
	char path[64 + TP4_NAME_MAX];
	int fd;

	snprintf(path, sizeof(path), "/dev/transp4/%s.%s", name, kind);
	while ((fd = open(path, flags | O_CLOEXEC)) < 0 && errno == ENOENT && now_ms() < end &&
	       !interrupted)
		sleep_ms(10);
	if (fd < 0 && !interrupted)
		complain("cannot open %s: %s; %s", path, strerror(errno),
			 errno == ENOENT ? "is /dev a devtmpfs?" : "run it as root");
	return fd;
}

static int control_listen(const char *name)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	const char *path = vmstate_path(name, "control.sock");
	int fd;

	snprintf(addr.sun_path, sizeof(addr.sun_path), "%s", path);
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && !fchmod(fd, 0600) && !bind(fd, (struct sockaddr *)&addr, sizeof(addr)) &&
	    !listen(fd, 16))
		return fd;
	complain("cannot make %s: %s; %s", path, strerror(errno), vmstate_advice(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static int log_open(const char *name)
{
	const char *path = vmstate_path(name, "log");
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		complain("cannot make %s: %s; %s", path, strerror(errno), vmstate_advice(errno));
	return fd;
}

/* The very bytes that were checked, whatever happens to the file. */
static int program_fd(const struct object *o)
{
	int fd = memfd_create("program", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < o->len) {
		ssize_t n = write(fd, o->bytes + done, o->len - done);

		if (n <= 0) {
			close(fd);
			fd = -1;
		} else {
			done += n;
		}
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET))
		complain("cannot keep the program in memory: %s; free some", strerror(errno));
	return fd;
}

/* The last line of a file, without our own prefix; "" where it has none. */
static void last_line(const char *path, char *out, size_t size)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;

	*out = 0;
	while (f && getline(&line, &room, f) > 0) {
		char *text = line;

		text[strcspn(text, "\r\n")] = 0;
		if (!strncmp(text, "transp4: ", 9))
			text += 9;
		if (*text)
			snprintf(out, size, "%s", text);
	}
	free(line);
	if (f)
		fclose(f);
}

/* What went wrong: what it said itself, else what we saw of it; not that we ended it. */
static void complain_start(const char *name, const char *seen)
{
	char said[400];

	if (interrupted)
		return;
	last_line(vmstate_path(name, "log"), said, sizeof(said));
	if (!*said)
		last_line(vmstate_path(name, "console"), said, sizeof(said));
	if (!*said)
		snprintf(said, sizeof(said), "%s", seen);
	complain("P4 VM %s did not start: %s%s", name, said,
		 strchr(said, ';') ? "" : "; 'transp4 doctor' looks for the reason");
}

/* A call of the control protocol failed: an answer says more than what was written before. */
static void complain_call(const char *name, const struct client_error *err)
{
	if (!err->code)
		complain_start(name, err->text);
	else if (!interrupted)
		complain("P4 VM %s did not start: %s", name, err->text);
}

/*
 * Interruption: what was started is killed, and then everything that waits for
 * it fails and cleans up.
 */

/* The child and all that it started; it is not the first of its group from the beginning. */
static void group_kill(pid_t pid)
{
	kill(-pid, SIGKILL);
	kill(pid, SIGKILL);
}

static void interrupt(int sig)
{
	interrupted = 1;
	if (current > 0)
		group_kill(current);
}

bool launch_interrupted(void)
{
	return interrupted;
}

void launch_guard(bool on)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction sa = { .sa_handler = on ? interrupt : SIG_IGN };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &sa, NULL);
}

/*
 * A child in the background
 */

struct child {
	pid_t pid;
	int out; /* its standard output */
};

/*
 * argv runs in a session of its own and in the @cgroup, unless that is -1; the fds
 * stay open in it.  What it prints goes to c->out if we @listen, else to the log,
 * for it outlives us.
 */
static bool child_start(struct child *c, const char *const *argv, int cgroup, int log,
			const int *fds, int n, bool listen)
{
	int pair[2];

	if (pipe2(pair, O_CLOEXEC)) {
		complain("cannot make a pipe: %s; try again later", strerror(errno));
		return false;
	}
	fflush(NULL);
	c->pid = fork();
	if (!c->pid) {
		int null = open("/dev/null", O_RDONLY);

		setsid();
		if (cgroup >= 0 && write(cgroup, "0", 1) != 1) {
			dprintf(log, "transp4: cannot enter its control group: %s; try again\n",
				strerror(errno));
			_exit(126);
		}
		dup2(null, STDIN_FILENO);
		dup2(listen ? pair[1] : log, STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
		for (int i = 0; i < n; i++)
			fcntl(fds[i], F_SETFD, 0);
		signal(SIGPIPE, SIG_DFL);
		execv(argv[0], (char *const *)argv);
		dprintf(STDERR_FILENO, "transp4: cannot run %s: %s; install it anew\n", argv[0],
			strerror(errno));
		_exit(127);
	}
	close(pair[1]);
	c->out = pair[0];
	if (c->pid < 0) {
		complain("cannot start a process: %s; try again later", strerror(errno));
		close(c->out);
		return false;
	}
	/* An interruption that came before it was known. */
	current = c->pid;
	if (interrupted)
		group_kill(c->pid);
	return true;
}

static void child_kill(struct child *c)
{
	group_kill(c->pid);
	current = 0;
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(c->out);
}

/* "ready PID" on its standard output; -1: it ended, or time ran out. */
static pid_t child_ready(struct child *c, int patience)
{
	int64_t end = now_ms() + patience;
	char text[128];
	size_t len = 0;
	int pid;

	for (;;) {
		struct pollfd pfd = { .fd = c->out, .events = POLLIN };
		int64_t left = end - now_ms();
		ssize_t n;

		if (left <= 0 || poll(&pfd, 1, left) <= 0)
			return -1;
		n = read(c->out, text + len, sizeof(text) - 1 - len);
		if (n <= 0)
			return -1;
		len += n;
		text[len] = 0;
		if (strchr(text, '\n') || len == sizeof(text) - 1)
			return sscanf(text, "ready %d\n", &pid) == 1 && pid > 1 ? pid : -1;
	}
}

/* Should we be killed now, the next command finds the process by this. */
static bool process_note(struct vmstate *s, pid_t pid)
{
	s->pid = pid;
	s->start_time = vmstate_start_time(pid);
	return vmstate_write(s);
}

/* The key of the agent's channel, if there is one. */
static int key_give(struct client *client, const struct launch *l, struct client_error *err)
{
	Transp4__V1__InVmRequest request = TRANSP4__V1__IN_VM_REQUEST__INIT;
	Transp4__V1__InVmResponse *state;
	int ret;

	if (!l->invm_key)
		return 0;
	request.key = (ProtobufCBinaryData){ INVM_KEY_SIZE, (uint8_t *)l->invm_key };
	ret = client_invm(client, &request, &state, err);
	if (!ret)
		client_invm_free(state);
	return ret;
}

/* Does the control protocol answer, with a program? */
static bool control_answers(const struct launch *l)
{
	const char *name = l->name;
	struct client_error err;
	struct client *client;
	Transp4__V1__StatusResponse *status;
	bool ok;

	if (client_open(vmstate_path(name, "control.sock"), CLIENT_TIMEOUT_DEFAULT, &client,
			&err)) {
		complain_call(name, &err);
		return false;
	}
	ok = !client_status(client, &status, &err);
	if (ok) {
		client_status_free(status);
		ok = !key_give(client, l, &err);
	}
	if (!ok)
		complain_call(name, &err);
	client_close(client);
	return ok;
}

bool launch_process(const struct launch *l, struct vmstate *s)
{
	char runtime[PATH_MAX], number[5][16];
	/* clang-format off */
	const char *argv[16] = { runtime, "--view-fd", number[0], "--verdict-fd", number[1],
				 "--control-fd", number[2], "--program-fd", number[3] };
	/* clang-format on */
	int fds[5] = { -1, -1, -1, -1, l->invm }, log = -1;
	struct child child;
	bool ok = false;
	pid_t pid;

	if (!find_runtime(runtime, sizeof(runtime))) {
		complain("transp4-runtime is not there; install it beside transp4, or run 'make'");
		return false;
	}
	if ((fds[0] = device_open(l->name, "view", O_RDONLY)) < 0 ||
	    (fds[1] = device_open(l->name, "verdict", O_RDWR)) < 0 ||
	    (fds[2] = control_listen(l->name)) < 0 || (fds[3] = program_fd(l->program)) < 0 ||
	    (log = log_open(l->name)) < 0)
		goto out;
	for (int i = 0; i < 4; i++)
		snprintf(number[i], sizeof(number[i]), "%d", fds[i]);
	if (l->invm >= 0) {
		snprintf(number[4], sizeof(number[4]), "%d", l->invm);
		argv[9] = "--invm-fd";
		argv[10] = number[4];
	}
	if (!child_start(&child, argv, l->cgroup, log, fds, l->invm >= 0 ? 5 : 4, true))
		goto out;
	pid = child_ready(&child, PROCESS_WAIT);
	if (pid < 0)
		complain_start(l->name, "it said nothing");
	else
		ok = process_note(s, pid) && control_answers(l);
	if (!ok) {
		child_kill(&child);
		goto out;
	}
	current = 0;
	waitpid(child.pid, NULL, 0); /* the starter; what is ready stays */
	close(child.out);
out:
	fds_close(fds, 4);
	if (log >= 0)
		close(log);
	return ok;
}

/*
 * A guest
 */

/* The image, made anew where it was made before the program that goes into it was installed. */
static bool image_make(const char *name, const char *image, int log)
{
	char build[PATH_MAX], runtime[PATH_MAX], made[PATH_MAX + 16];
	const char *argv[] = { build, "--runtime", runtime, image, NULL };
	struct stat program, there;
	struct child child;
	bool made_it;
	int status;

	if (!find_runtime(runtime, sizeof(runtime)) || stat(runtime, &program)) {
		complain("transp4-runtime is not there; install it beside transp4, or run 'make'");
		return false;
	}
	snprintf(made, sizeof(made), "%s/initramfs", image);
	if (!stat(made, &there) && there.st_mtime >= program.st_ctime)
		return true;
	if (!find_guest("build", build, sizeof(build))) {
		complain("the program that makes guest images is not there; install TransP4 anew");
		return false;
	}
	notice("making the P4 VM's guest image, once");
	if (!child_start(&child, argv, -1, log, NULL, 0, false))
		return false;
	close(child.out);
	made_it = waitpid(child.pid, &status, 0) == child.pid && !status;
	current = 0;
	if (made_it)
		return true;
	complain_start(name, "its image cannot be made");
	return false;
}

/* The guest answers when it has booted; then it gets its program. */
static bool guest_program(const struct launch *l, unsigned int patience)
{
	Transp4__V1__StatusResponse *status;
	struct client_error err;
	struct client *client;
	bool ok;

	if (client_open(vmstate_path(l->name, "control.sock"), patience, &client, &err)) {
		complain_call(l->name, &err);
		return false;
	}
	ok = !client_status(client, &status, &err);
	if (ok) {
		client_status_free(status);
		ok = !key_give(client, l, &err) &&
		     !client_program_set(client, l->program->bytes, l->program->len, CLIENT_REPLACE,
					 &err);
	}
	client_close(client);
	if (!ok)
		complain_call(l->name, &err);
	return ok;
}

bool launch_guest(const struct launch *l, struct vmstate *s)
{
	char start[PATH_MAX], image[PATH_MAX], qemu[PATH_MAX], memory[16], control[16], spin[16],
		invm[16];
	char view[64 + TP4_NAME_MAX], verdict[64 + TP4_NAME_MAX];
	/* clang-format off */
	const char *argv[24] = { start, "--image", image, "--view", view, "--verdict", verdict,
				 "--control-fd", control,
				 "--console", vmstate_path(l->name, "console"),
				 "--memory", memory, "--accel", "kvm" };
	/* clang-format on */
	enum kvm_verdict kvm;
	int fds[4] = { -1, -1, -1, l->invm }, log = -1, n = 15;
	struct child child;
	bool ok = false;

	if (!find_in_path("qemu-system-x86_64", qemu, sizeof(qemu))) {
		complain("no QEMU here; install qemu-system-x86, or use --isolation process");
		return false;
	}
	if (!find_guest("start", start, sizeof(start))) {
		complain(
			"the program that starts guests is not there; install TransP4 anew, or use "
			"--isolation process");
		return false;
	}
	if (l->image)
		argv[2] = l->image;
	else
		find_image(image, sizeof(image));
	snprintf(memory, sizeof(memory), "%u", l->memory);
	snprintf(view, sizeof(view), "/dev/transp4/%s.view", l->name);
	snprintf(verdict, sizeof(verdict), "/dev/transp4/%s.verdict", l->name);
	if (l->spin_us != LAUNCH_SPIN_UNSET) {
		snprintf(spin, sizeof(spin), "%u", l->spin_us);
		argv[n++] = "--spin-us";
		argv[n++] = spin;
	}
	if (l->invm >= 0) {
		snprintf(invm, sizeof(invm), "%d", l->invm);
		argv[n++] = "--invm-fd";
		argv[n++] = invm;
	}
	kvm = kvm_probe();
	if (kvm != KVM_USABLE) {
		notice("P4 VM %s is emulated, and slow: %s", l->name, kvm_verdict_text(kvm));
		argv[14] = "tcg";
	}
	/* QEMU opens the devices by name; here only to know that they are there. */
	if ((fds[0] = device_open(l->name, "view", O_RDONLY)) < 0 ||
	    (fds[1] = device_open(l->name, "verdict", O_RDWR)) < 0 ||
	    (fds[2] = control_listen(l->name)) < 0 || (log = log_open(l->name)) < 0 ||
	    (!l->image && !image_make(l->name, image, log)))
		goto out;
	snprintf(control, sizeof(control), "%d", fds[2]);
	ok = child_start(&child, argv, l->cgroup, log, fds + 2, l->invm >= 0 ? 2 : 1, false);
	fds_close(fds, 3); /* and so a call to a QEMU that has ended fails */
	if (!ok)
		goto out;
	ok = process_note(s, child.pid) &&
	     guest_program(l, kvm == KVM_USABLE ? KVM_WAIT : TCG_WAIT);
	if (ok)
		close(child.out);
	else
		child_kill(&child);
out:
	fds_close(fds, 3);
	if (log >= 0)
		close(log);
	return ok;
}
