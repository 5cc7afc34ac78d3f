# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What tests of compiled programs share: the sanitizers; playing a random program, going through the seeds."""
import os
import pathlib
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(__file__).resolve().parent.parent / "build"
COMMAND = BUILD / "transp4"
# What has no value begins with other bits than elsewhere, where it is often zero by chance.
SANITIZED = "-O0 -fsanitize=address,undefined -fno-sanitize-recover=undefined -ftrivial-auto-var-init=pattern"
# Sanitizers of two C compilers do not go together.
os.environ.setdefault("TP4_CC", os.environ.get("CC", ""))


def command(flags):
    """A program under the sanitizers needs a command that is, too."""
    return BUILD / "san/transp4" if "sanitize=address" in flags else COMMAND


def play(kind, seed, flags, program, stf):
    """None, or what is wrong; then program and packet test stay in the temporary folder."""
    with tempfile.TemporaryDirectory() as d:
        p4, test = pathlib.Path(d) / "a.p4", pathlib.Path(d) / "a.stf"
        p4.write_text(program)
        test.write_text("\n".join(stf) + "\n")
        got = subprocess.run([command(flags), "test", p4, test, "--no-warnings", "--cc-flags", flags],
                             capture_output=True, text=True, timeout=300)
        if not got.returncode:
            return None
        keep = pathlib.Path(tempfile.gettempdir()) / f"{kind}-{seed}"
        p4.replace(keep.with_suffix(".p4"))
        test.replace(keep.with_suffix(".stf"))
        return f"exit {got.returncode}, see {keep}.p4: " + (got.stdout + got.stderr)[:800].replace("\n", "\n# ")


def main(one, checked=20, fast=4):
    """one(seed, flags), for the seeds of the command line or, without, for the first ones"""
    if len(sys.argv) > 2:
        jobs = [(int(sys.argv[1]) + i, sys.argv[3] if len(sys.argv) > 3 else "-O1")
                for i in range(int(sys.argv[2]))]
    else:
        jobs = [(seed, SANITIZED if seed <= checked else "-O2") for seed in range(1, checked + fast + 1)]
    failed = 0
    for number, (seed, flags) in enumerate(jobs, 1):
        why = one(seed, flags)
        failed += why is not None
        print(f"{'ok' if not why else 'not ok'} {number} - seed {seed} {flags}" + (f"\n# {why}" if why else ""))
    print(f"1..{len(jobs)}")
    sys.exit(1 if failed else 0)
