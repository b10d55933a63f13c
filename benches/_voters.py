"""Sealed ballots with real tickets, as whole HTTP requests; made on all cores before a load."""

import json
import multiprocessing
import os
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from ballotlog import hpke, manifest, p256, sealing, texts

# What a browser sends beside the body; a box that only meets bare requests is measured too fast.
HEADERS = (
    "Host: localhost:{port}\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: */*\r\nAccept-Language: en-GB,en;q=0.7,fr;q=0.3\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nContent-Type: text/plain;charset=UTF-8\r\n"
    "Origin: {site}\r\nReferer: {site}/\r\nConnection: keep-alive\r\nSec-Fetch-Dest: empty\r\n"
    "Sec-Fetch-Mode: cors\r\nSec-Fetch-Site: cross-site\r\nPriority: u=0\r\n"
)
CHUNK = 2_000


@dataclass(frozen=True)
class Voters:
    """What is needed to vote in one election, its registrar's key included."""

    manifest_leaf: bytes
    registrar: int
    slug: str
    port: int
    site: str

    def request(self, path: str, body: bytes) -> bytes:
        headers = HEADERS.format(port=self.port, site=self.site)
        return (
            f"POST {path} HTTP/1.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
        )

    def casts(self, count: int) -> list[bytes]:
        """So many requests, each of another voter with random picks."""
        chunks = [min(CHUNK, count - done) for done in range(0, count, CHUNK)]
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), spawn) as executor:
            made = executor.map(self._make, chunks)
            return [request for chunk in made for request in chunk]

    def _make(self, count: int) -> list[bytes]:
        fixed, key = manifest.parse(self.manifest_leaf), p256.private_key(self.registrar)
        seal = hpke.Sealer(fixed.key)
        numbers = [candidate.n for candidate in fixed.candidates]
        requests = []
        for _ in range(count):
            tag, evc, grade = os.urandom(16).hex(), os.urandom(32).hex(), fixed.grades[0]
            picks = [numbers[os.urandom(1)[0] % len(numbers)]]
            info = texts.ballot_info(fixed.election, fixed.hash, tag, 1)
            c = seal(sealing.encode_picks(picks, fixed.plaintext_size), info)
            ticket = texts.ticket(fixed.election, tag, 1, grade, evc, sha256(c).hexdigest())
            ballot = {
                "tag": tag,
                "serial": 1,
                "grade": grade,
                "evc": evc,
                "c": b64encode(c).decode(),
                "sig": b64encode(texts.sign(key, ticket)).decode(),
            }
            body = json.dumps(ballot, separators=(",", ":")).encode()
            requests.append(self.request(f"/elections/{self.slug}/ballots", body))
        return requests
