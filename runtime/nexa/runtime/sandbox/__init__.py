"""Tools with `sandbox: true`: each call is a process of its own that cannot reach more than it was given.

`calls` starts it from the process of the program, `worker` is what runs in it, `confine` takes away what it may not do,
`copies` makes the copy of the working directory that it works on. `docs/running.md` says what is guaranteed where.
"""
