"""Independent SCIM servers as processes on loopback; every base path is a store of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.wire.servers import unused_port

from entrasim_kit.scim_server.tokens import mint_token

SCIMMY = Path(__file__).parent / "scimmy"


@dataclass(frozen=True)
class IndependentServer:
    """A server that runs: `{base}` in the URL is any word, and a store of its own."""

    name: str
    url: str
    token: str

    def base(self, word: str) -> str:
        """The tenant URL of one store."""
        return self.url.format(base=word)


@contextmanager
def scim2_server() -> Iterator[IndependentServer]:
    """scim2-server from PyPI, https://github.com/python-scim/scim2-server."""
    port, token = unused_port(), mint_token()
    options = ["--port", str(port), "--bearer-token", token, "--dynamic-tenants"]
    command = [sys.executable, "-m", "scim2_server.testserver.cli", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Serving")
            url = f"http://127.0.0.1:{port}/{{base}}/v2"
            yield IndependentServer("scim2-server", url, token)
        finally:
            process.terminate()


@contextmanager
def scimmy() -> Iterator[IndependentServer]:
    """SCIMMY and scimmy-routers from npm, https://github.com/scimmyjs; the store is ours."""
    install_scimmy()
    token = mint_token()
    process = subprocess.Popen(
        ["node", "server.mjs"],
        cwd=SCIMMY,
        env=os.environ | {"SCIM_TOKEN": token},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield IndependentServer("scimmy", f"http://127.0.0.1:{port}/{{base}}/scim/v2", token)
        assert process.stdin is not None
        process.stdin.close()


def install_scimmy() -> None:
    """Install what the lock file says, unless it is there already."""
    installed = SCIMMY / "node_modules" / ".package-lock.json"
    lock = SCIMMY / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    subprocess.run(["npm", "ci"], cwd=SCIMMY, check=True, capture_output=True)
    installed.touch()
