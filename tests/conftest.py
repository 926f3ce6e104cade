"""What holds for every test: interrupts reach the tests and what they start, and shared tests say what differs."""

import signal

import pytest

pytest.register_assert_rewrite("tests.judgement")

# A shell that runs a job in the background starts it with interrupts ignored, and every child takes that over:
# the tests that interrupt a run would then wait for something that never comes.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
