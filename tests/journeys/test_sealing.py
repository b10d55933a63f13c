"""The browser's half of the cryptography, in a real browser, against public vectors and Python."""

import base64
import hashlib
import json
import random
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import laurels.design
from ballotlog import checkpoints, receipts, sealing, texts

SCRIPTS = Path(laurels.design.__path__[0]) / "static" / "js"
VECTOR = json.loads((Path(__file__).parent / "data" / "rfc9180_a3.json").read_text())
CASES = Path(__file__).parents[2] / "packages" / "ballotlog" / "tests" / "cases"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing: the test reads no access log."""


@pytest.fixture(scope="module")
def scripts():
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SCRIPTS))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser_page(page, scripts):
    """A page of the scripts' own origin, whose console imports them as the ballot page does."""
    page.goto(f"{scripts}/vote/seal.js")
    return page


def entries(case: str) -> list[bytes]:
    """The leaves of a reference case, from its last bundle."""
    bundle = max((CASES / case / "archive/tile/entries/000.p").iterdir(), key=lambda f: int(f.name))
    packed, leaves = bundle.read_bytes(), []
    while packed:
        length = int.from_bytes(packed[:2])
        leaves.append(packed[2 : 2 + length])
        packed = packed[2 + length :]
    return leaves


def test_seal_gives_the_answer_of_rfc_9180(browser_page):
    sealed = browser_page.evaluate(
        """async (vector) => {
            const { seal } = await import("/vote/seal.js");
            const { fromHex, hex } = await import("/vote/bytes.js");
            const curve = { name: "ECDH", namedCurve: "P-256" };
            const url = (bytes) => btoa(String.fromCharCode(...bytes))
                .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
            const point = fromHex(vector.pkEm);
            const jwk = { kty: "EC", crv: "P-256", d: url(fromHex(vector.skEm)),
                x: url(point.slice(1, 33)), y: url(point.slice(33)) };
            const ephemeral = {
                privateKey: await crypto.subtle.importKey("jwk", jwk, curve, false, ["deriveBits"]),
                publicKey: await crypto.subtle.importKey("raw", point, curve, true, []),
            };
            const options = { ephemeral, aad: fromHex(vector.aad) };
            return hex(await seal(fromHex(vector.pkRm), fromHex(vector.info),
                fromHex(vector.pt), options));
        }""",
        VECTOR,
    )

    assert sealed == VECTOR["enc"] + VECTOR["ct"]


def test_seal_gives_the_answer_of_the_worked_example_of_the_specification(browser_page):
    manifest_leaf, ballot_leaf, *_rest = entries("ok-full")
    manifest, ballot = json.loads(manifest_leaf), json.loads(ballot_leaf)
    scalar = 0x2F06B914C23A051AF5A86743CB7D182804D85921F269972293DCC98A22712BF7
    private = ec.derive_private_key(scalar, ec.SECP256R1()).private_numbers()
    numbers = {
        name: base64.urlsafe_b64encode(value.to_bytes(32)).decode().rstrip("=")
        for name, value in [
            ("d", private.private_value),
            ("x", private.public_numbers.x),
            ("y", private.public_numbers.y),
        ]
    }

    sealed = browser_page.evaluate(
        """async ({ key, election, manifestHash, tag, serial, size, numbers }) => {
            const { seal, encodePicks, ballotInfo } = await import("/vote/seal.js");
            const { base64, fromBase64 } = await import("/vote/bytes.js");
            const curve = { name: "ECDH", namedCurve: "P-256" };
            const { x, y } = numbers;
            const load = (jwk, uses) => crypto.subtle.importKey(
                "jwk", { kty: "EC", crv: "P-256", ...jwk }, curve, true, uses);
            const ephemeral = { privateKey: await load(numbers, ["deriveBits"]),
                publicKey: await load({ x, y }, []) };
            const info = ballotInfo(election, manifestHash, tag, serial);
            const plaintext = encodePicks([13, 7], size);
            return base64(await seal(fromBase64(key), info, plaintext, { ephemeral }));
        }""",
        {
            "key": manifest["key"],
            "election": manifest["election"],
            "manifestHash": hashlib.sha256(manifest_leaf).hexdigest(),
            "tag": ballot["tag"],
            "serial": ballot["serial"],
            "size": manifest["plaintext_size"],
            "numbers": numbers,
        },
    )

    assert sealed == ballot["c"]


def info_of(ballot: dict) -> bytes:
    return texts.ballot_info(
        "example.org/2023", ballot["manifestHash"], ballot["tag"], ballot["serial"]
    )


def test_python_opens_two_hundred_random_ballots(browser_page):
    chance = random.Random(20231105)  # noqa: S311 -- picks of a test
    key = ec.generate_private_key(ec.SECP256R1())
    scalar = key.private_numbers().private_value
    point = sealing.point_of(scalar)
    ballots = [
        {
            "picks": chance.sample(range(1, 16), chance.randint(1, 3)),
            "tag": chance.randbytes(16).hex(),
            "serial": chance.randint(1, 65_535),
            "manifestHash": chance.randbytes(32).hex(),
        }
        for _ in range(200)
    ]

    sealed = browser_page.evaluate(
        """async ({ key, ballots }) => {
            const { seal, encodePicks, ballotInfo } = await import("/vote/seal.js");
            const { base64, fromBase64 } = await import("/vote/bytes.js");
            const sealed = [];
            for (const { picks, tag, serial, manifestHash } of ballots) {
                const info = ballotInfo("example.org/2023", manifestHash, tag, serial);
                sealed.push(base64(await seal(fromBase64(key), info, encodePicks(picks, 64))));
            }
            return sealed;
        }""",
        {"key": base64.b64encode(point).decode(), "ballots": ballots},
    )

    opened = [
        sealing.open_sealed(
            scalar,
            info_of(each),
            base64.b64decode(c),
        )
        for each, c in zip(ballots, sealed, strict=True)
    ]
    assert opened == [sealing.encode_picks(each["picks"], 64) for each in ballots]
    assert len({c[:60] for c in sealed}) == 200


def test_encode_picks_refuses_more_than_the_plaintext_holds(browser_page):
    refused = browser_page.evaluate(
        """async () => {
            const { encodePicks } = await import("/vote/seal.js");
            try { encodePicks([100, 101, 102, 103], 16); } catch (error) { return error.name; }
        }"""
    )

    assert refused == "RangeError"


CHECK_PROOF = """async ({ text, expected, manifest }) => {
    const { checkProof } = await import("/vote/proofs.js");
    try {
        const { index, size, signature } = await checkProof(text, expected, manifest);
        return { index, size, signature };
    } catch (error) { return error.message; }
}"""


def receipt_case(case: str, name: str) -> dict:
    text = (CASES / case / name).read_text()
    leaf = base64.b64decode(text.split("\n")[1].removeprefix("extra "))
    return {
        "text": text,
        "expected": hashlib.sha256(b"\0" + leaf).hexdigest(),
        "manifest": json.loads(entries(case)[0]),
    }


def test_check_proof_accepts_the_receipts_of_the_reference_case(browser_page):
    first = browser_page.evaluate(CHECK_PROOF, receipt_case("ok-receipts", "r0.tlog-proof"))
    second = browser_page.evaluate(CHECK_PROOF, receipt_case("ok-receipts", "r1.tlog-proof"))

    assert first == {"index": 5, "size": 33, "signature": "verified"}
    assert second == {"index": 3, "size": 33, "signature": "verified"}


def test_check_proof_says_not_checked_where_the_browser_has_no_ed25519(browser_page):
    browser_page.evaluate(
        """() => {
            const real = crypto.subtle.importKey.bind(crypto.subtle);
            crypto.subtle.importKey = (format, bytes, algorithm, ...rest) => {
                if (algorithm !== "Ed25519") return real(format, bytes, algorithm, ...rest);
                throw new DOMException("no such algorithm", "NotSupportedError");
            };
        }"""
    )

    checked = browser_page.evaluate(CHECK_PROOF, receipt_case("ok-receipts", "r0.tlog-proof"))

    assert checked == {"index": 5, "size": 33, "signature": "not-checked"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("index 3\n", "index 4\n"), "the ballot is not in this log"),
        (lambda text: text.replace("index 3\n", "index 33\n"), "the index is beyond the tree"),
        (lambda text: text.replace("KHBjgXMuak", "KHBjgXMuaL"), "the ballot is not in this log"),
        (lambda text: text.replace("\n33\n", "\n34\n"), "the log did not sign this checkpoint"),
        (lambda text: text.replace("extra ", "note "), "not a receipt file"),
    ],
)
def test_check_proof_refuses_a_changed_receipt(browser_page, change, reason):
    receipt = receipt_case("ok-receipts", "r1.tlog-proof")
    receipt["text"] = change(receipt["text"])

    assert browser_page.evaluate(CHECK_PROOF, receipt) == reason


def test_receipt_number_is_the_one_that_python_prints(browser_page):
    hashes = [hashlib.sha256(bytes([n])).hexdigest() for n in range(100)] + ["00" * 32, "ff" * 32]

    numbers = browser_page.evaluate(
        """async (hashes) => {
            const { receiptNumber } = await import("/vote/receipt_number.js");
            return hashes.map(receiptNumber);
        }""",
        hashes,
    )

    assert numbers == [receipts.receipt_number(bytes.fromhex(each)) for each in hashes]


CHECK_PROMISE = """async ({ leaf, promise, ballot, manifest }) => {
    const { checkPromise } = await import("/vote/promises.js");
    try {
        return await checkPromise({ leaf, promise }, ballot, manifest);
    } catch (error) { return `${error.constructor.name}: ${error.message}`; }
}"""
ORIGIN = "log.example.org/2023"


@pytest.fixture
def answer():
    """A box's good answer, and what the page holds it against."""
    key = Ed25519PrivateKey.generate()
    ballot = json.loads(entries("ok-full")[1])
    leaf = entries("ok-full")[1]
    return {
        "key": key,
        "leaf": leaf.decode(),
        "promise": receipts.sign_promise(ORIGIN, leaf, 1_700_000_000, key),
        "ballot": {name: ballot[name] for name in ("tag", "serial", "c")},
        "manifest": {"origin": ORIGIN, "log": checkpoints.vkey(ORIGIN, key.public_key())},
    }


def checked(page, answer: dict, **changed) -> object:
    given = {name: value for name, value in answer.items() if name != "key"} | changed
    return page.evaluate(CHECK_PROMISE, given)


def test_check_promise_accepts_what_the_log_signed(browser_page, answer):
    assert checked(browser_page, answer) == {
        "leafHash": hashlib.sha256(b"\0" + answer["leaf"].encode()).hexdigest(),
        "at": json.loads(answer["leaf"])["at"],
        "deadline": 1_700_000_000,
        "signature": "verified",
    }


@pytest.mark.parametrize("member", ["tag", "serial", "c"])
def test_check_promise_refuses_a_leaf_with_another_ballot(browser_page, answer, member):
    ballot = answer["ballot"] | {member: "another"}

    said = checked(browser_page, answer, ballot=ballot)

    assert said == f"PromiseError: the leaf does not hold the ballot's {member}"


def test_check_promise_refuses_what_another_log_or_key_signed(browser_page, answer):
    other = Ed25519PrivateKey.generate()
    leaf = answer["leaf"].encode()
    for promise, reason in [
        (receipts.sign_promise("other.example", leaf, 1, answer["key"]), "of another log"),
        (receipts.sign_promise(ORIGIN, leaf, 1, other), "not signed by the log"),
        (receipts.sign_promise(ORIGIN, leaf + b" ", 1, answer["key"]), "for another ballot"),
        (answer["promise"].replace("1700000000", "1700000001"), "not signed by the log"),
        (answer["promise"].replace("\n\n", "\nmore\n\n"), "not a promise"),
        ("no note", "cannot be read"),
    ]:
        assert reason in checked(browser_page, answer, promise=promise)
    assert "not JSON" in checked(browser_page, answer, leaf="{")
