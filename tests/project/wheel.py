"""Builds the wheel and tries it in an empty environment: `make wheel`.

The wheel has to work without the checkout: the commands start, a file is checked, a program runs, the server answers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = 'agent Ann { prompt: "Answer." }\nflow main {\n    print("answer: #{Ann.run("hello")}")\n}\n'
FAULTY = "flow main {\n    print(undefined_name)\n}\n"


def run(*command: str | Path, cwd: Path, expect: int = 0, stdin: bytes = b"") -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, input=stdin, capture_output=True, timeout=300)
    if done.returncode != expect:
        sys.exit(f"{command} exited with {done.returncode}\n{done.stdout.decode()}\n{done.stderr.decode()}")
    return done.stdout.decode()


def message(body: dict[str, object]) -> bytes:
    text = json.dumps({"jsonrpc": "2.0", **body}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(text), text)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        run(sys.executable, "-m", "build", "--outdir", here, ROOT, cwd=here)
        wheel = next(here.glob("*.whl"))
        assert "cp311-abi3" in wheel.name, wheel.name
        venv.create(here / "env", with_pip=True)
        scripts = here / "env" / ("Scripts" if os.name == "nt" else "bin")
        run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=here)
        (here / "program.nx").write_text(PROGRAM, encoding="utf-8")
        (here / "faulty.nx").write_text(FAULTY, encoding="utf-8")
        run(scripts / "nexa-lsp", "--check", "program.nx", cwd=here)
        assert "NX201" in run(scripts / "nexa-lsp", "--check", "faulty.nx", cwd=here, expect=1)
        assert "answer: " in run(scripts / "nexa", "run", "program.nx", "--mock", cwd=here)
        run(scripts / "nexa", "build", "program.nx", "-o", "program.py", cwd=here)
        assert "answer: " in run(scripts / "python", "program.py", "--mock", cwd=here)
        session = [
            message(
                {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
            ),
            message({"method": "initialized", "params": {}}),
            message({"id": 2, "method": "shutdown"}),
            message({"method": "exit"}),
        ]
        answer = run(scripts / "nexa-lsp", "--stdio", cwd=here, stdin=b"".join(session))
        assert '"capabilities"' in answer, answer
        asked = {"name": "reference", "arguments": {"section": "2.3"}}
        call = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": asked}).encode() + b"\n"
        assert "agent_decl" in run(scripts / "nexa", "mcp", cwd=here, stdin=call)
        print(f"{wheel.name}: installs, checks, runs, builds and serves")


if __name__ == "__main__":
    main()
