"""A real box for tests: Granian in a process of its own, and a client that speaks plain HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.factories.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SITE = "http://127.0.0.1:8000"
START_SECONDS = 30.0


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


class BoxProcess:
    """One Granian worker with the box in it."""

    def __init__(self, database_url: str, data: Path, log: Path, **environment: str) -> None:
        self.port = free_port()
        self._log = log
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "LAURELS_DATA": str(data),
            "LAURELS_SITE_URL": SITE,
            "LAURELS_DEMO": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = f"-m laurels.config.serve box 127.0.0.1 {self.port}"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command.split()],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                if self.request("POST", "/empty", b"x").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        message = f"the box did not start: {self.log_text()[-2000:]}"
        raise RuntimeError(message)

    def kill(self) -> None:
        """Kill -9 of master and worker, at whatever they are doing."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(15)

    def log_text(self) -> str:
        return self._log.read_text(errors="replace")

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            given = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, given, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.request("GET", path, headers=headers)

    def cast(self, slug: str, ballot: Any, content_type: str = "text/plain;charset=UTF-8") -> Reply:
        """POST a ballot; bytes go as they are, anything else as JSON."""
        body = ballot if isinstance(ballot, bytes) else json.dumps(ballot).encode()
        headers = {"Content-Type": content_type, "Origin": SITE}
        return self.request("POST", f"/elections/{slug}/ballots", body, headers)
