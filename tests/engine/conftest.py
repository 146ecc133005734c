"""The engines, for the tests of the room `engine`."""

from tests.engines import both_engines, engine  # noqa: F401
