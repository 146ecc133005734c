"""The engines, for the tests of the room `segments`."""

from tests.engines import both_engines, engine  # noqa: F401
