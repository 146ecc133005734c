"""Special data: what may not simply be kept, recognised in columns and in texts.

Plain functions on Polars columns; nothing here knows what is done with what is found.
"""
