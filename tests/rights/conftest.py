"""The company of the journeys, and somebody of every role in it."""

from tests.journeys.conftest import company, loaded_once, log_in

__all__ = ["company", "loaded_once", "log_in"]
