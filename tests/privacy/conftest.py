"""The engines, for the tests of the room `privacy`."""

from tests.engines import both_engines, engine  # noqa: F401
