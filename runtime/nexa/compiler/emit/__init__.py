"""From an analysed program to Python: `compiled.compiled` for a run, `printed.printed` for a file to keep.

Imports nothing by itself: rules and graphs share parts of the emitter, and a check emits nothing.
"""
