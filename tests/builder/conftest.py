"""Hypothesis on a busy machine: no clock, and nothing written beside the tests."""

from hypothesis import HealthCheck, settings

settings.register_profile("acto", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("acto")
