"""How good and how fast the identity core is, beside its peers: see `python -m benchmarks.identity`."""

from .figures import households
from .sets import SETS

__all__ = ["SETS", "households"]
