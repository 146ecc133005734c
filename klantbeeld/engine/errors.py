"""What can go wrong with the columnar copy or an engine, and what to do about it."""


class EngineError(Exception):
    """Base of everything the engine raises on purpose."""


class RebuildNeeded(EngineError):
    """The copy of a table cannot be used; nothing is lost, the database still holds all of it.

    `table` names the copy, `reason` says what was found. The cure is always the same: refresh
    the table with every one of its partitions.
    """

    def __init__(self, table: str, reason: str) -> None:
        super().__init__(
            f"The copy of table '{table}' must be rebuilt: {reason}. "
            "Refresh all its partitions from the database."
        )
        self.table = table
        self.reason = reason


class NoCopy(RebuildNeeded):
    """The table was never copied, or its copy was dropped."""

    def __init__(self, table: str) -> None:
        super().__init__(table, "there is no copy of it")


class StoreBusy(EngineError):
    """Another process is refreshing the same table at this moment; try again later."""

    def __init__(self, table: str) -> None:
        super().__init__(f"Another process is refreshing the copy of table '{table}'; try again.")


class SchemaError(EngineError, ValueError):
    """A schema or a frame that the two engines would not read the same way."""


class SparkMissing(EngineError):
    """PySpark or Java is absent or too old; the text says which, and what to install."""
