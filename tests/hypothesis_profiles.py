"""Hypothesis profiles: no time limits, the same examples on every run of CI, and a long soak on demand."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "keyview",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    settings.get_profile("keyview"),
    derandomize=False,
    max_examples=5000,
    stateful_step_count=100,
)
settings.load_profile("soak" if "KEYVIEW_SOAK" in os.environ else "keyview")
