"""Stands in for `nexa run … --events jsonl`; the text of the program file says how it behaves."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

path = sys.argv[1]
behaviour = Path(path).read_text()
sequence = 0


def say(event, **fields):
    global sequence
    print(
        json.dumps({"event": event, "run": "r", "seq": sequence, "time": "2031-01-01T00:00:00Z", **fields}), flush=True
    )
    sequence += 1


def end(status="ok", **fields):
    usage = {"input_tokens": 800, "output_tokens": 12, **({"cost": 0.0123} if "cost" in behaviour else {})}
    say("run.finished", status=status, seconds=1.25, usage=usage, **fields)


say("run.started", path=path, flow="main", args=sys.argv[2:])
if "pid" in behaviour:
    Path(path).with_name("pid").write_text(str(os.getpid()))
if "garbage" in behaviour:
    sys.stdout.buffer.write(
        b'stray print\n\xff\xfe\x00\n{"no": "event"}\n[1]\n' + b"[" * 5000 + b"\n" + b"x" * 20_000_000 + b"\n"
    )
if "talk" in behaviour:
    say("node.started", node="main#0", callee="Writer")
    say("print", text="hello")
if "language" in behaviour:
    say("print", text=os.environ.get("NEXA_LANG", ""))
if "flood" in behaviour:
    for number in range(20_000):
        say("token", node="main#0", text=f"{number}")
if "crash" in behaviour:
    sys.stderr.write("Traceback …\nValueError: the child broke\n")
    sys.exit(101)
if "mistakes" in behaviour:
    sys.stderr.write(
        "a.nx:1:5: error[NX201] `x` is not defined\na.nx:2:1: error[NX201] `y`\nFound 2 errors in 1 file.\n"
    )
    sys.exit(1)
if "fail" in behaviour:
    end("failed", error={"kind": "ModelError", "message": "no such model", "span": None})
    sys.exit(1)
if "grandchild" in behaviour:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(path).with_name("grandchild").write_text(str(child.pid))
if "polite" in behaviour:

    def stop(*_):
        end("cancelled")
        sys.exit(130)

    signal.signal(signal.SIGTERM, stop)
if "stubborn" in behaviour:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "wait" in behaviour:
    say("node.started", node="main#0", callee="Waiting")
    time.sleep(600)
if "ask" in behaviour:
    say("input.requested", prompt="name? ")
    say("print", text=repr(sys.stdin.readline()))
if "input" in behaviour:
    say("print", text=repr(sys.stdin.read()))
end()
