"""From an analysed program to Python: `compiled` for a run, `printed` for a file to keep."""

from nexa.compiler.emit.compiled import Compiled, compiled
from nexa.compiler.emit.printed import TooDeepForTextError, printed

__all__ = ["Compiled", "TooDeepForTextError", "compiled", "printed"]
