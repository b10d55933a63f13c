"""What the command says to people, and how it ends."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import ballotlog
from ballotlog.__main__ import main
from ballotlog.archive import Memory
from ballotlog.errors import LogError
from ballotlog.sentences import FAILURES, WARNINGS
from ballotlog.verify import verify
from ballotlog.wording import explain_failure, explain_success

CASES = Path(__file__).with_name("cases")
UNREADABLE = (
    b'{"error":{"code":"unreadable","index":null},"format":"laurels/verify/v1","ok":false}\n'
)


def run(capfdbinary, *arguments):
    """(exit code, standard output, standard error)."""
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = ended.code
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_recount_prints_a_table_of_totals(capfdbinary):
    archive = str(CASES / "ok-full/archive")

    code, out, err = run(capfdbinary, "recount", archive, "--processes", "3")

    assert (code, err) == (0, "")
    assert out.startswith(
        "VERIFIED. Laurels: city award 2026 (example.org/ok-full)\n33 entries, 21"
    )
    assert "         3          4      13  eThekwini\n" in out
    assert "Winners    Lyon\n" in out
    assert "Equal votes are in the order of a lot" in out
    assert "If the void ballots counted: eThekwini\n" in out
    assert "Give --manifest-hash" in out


def test_verify_says_what_was_checked(capfdbinary):
    case = CASES / "ok-receipts"
    receipt = ["--receipt", str(case / "r0.tlog-proof")]

    code, out, _ = run(capfdbinary, "verify", str(case / "archive"), *receipt)

    assert code == 0
    assert "Witnesses  3 of 3 have signed it\n" in out
    assert "         2  superseded  replaced by a later ballot of the same voter\n" in out
    assert "Receipt    entry 5 was opened and counted\n" in out


def test_a_sealed_election_has_no_totals(capfdbinary):
    _, out, _ = run(capfdbinary, "verify", str(CASES / "ok-frozen/archive"))

    assert "The ballots are frozen and sealed." in out
    assert "counted" not in out
    assert "Winners" not in out


def test_an_anchored_recount_without_ties_has_no_warning(capfdbinary):
    hashed = "7cf0fc0e45a207a43d77993be44b34f08bcb59a5f465fdfeb3e940c6cdf5b145"
    archive = str(CASES / "ok-full/archive")

    _, out, _ = run(capfdbinary, "verify", archive, "--manifest-hash", hashed)

    assert "it is the hash you gave" in out
    assert "Warning" not in out


def test_shared_places_are_not_drawn(capfdbinary):
    _, shared, _ = run(capfdbinary, "recount", str(CASES / "ok-tie-shared/archive"))

    assert "Equal votes" not in shared


def test_a_failure_is_a_sentence(capfdbinary):
    code, out, err = run(capfdbinary, "verify", str(CASES / "log-leaf-flipped/archive"))

    assert (code, err) == (1, "")
    assert out == (
        "NOT VERIFIED. An entry was changed after it was hashed. (leaf-hash-mismatch, at 6)\n"
    )
    assert explain_failure(LogError("receipt-format")).endswith("(receipt-format)\n")


def test_what_cannot_be_read_is_told_on_standard_error(capfdbinary, tmp_path):
    missing = str(tmp_path / "missing")

    code, out, err = run(capfdbinary, "verify", missing)

    assert (code, out) == (2, "")
    assert err.startswith("ballotlog: ")
    code, out, _ = run(
        capfdbinary, "verify", str(CASES / "ok-full/archive"), "--receipt", missing, "--json"
    )
    assert (code, out.encode()) == (2, UNREADABLE)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["verify"],
        ["count", "x"],
        ["verify", "x", "--unknown"],
        ["verify", "x", "--processes", "0"],
        ["verify", "x", "--check", "y"],
    ],
)
def test_usage(capfdbinary, arguments):
    code, out, err = run(capfdbinary, *arguments)
    assert (code, out) == (2, "")
    assert "usage: ballotlog" in err

    code, out, _ = run(capfdbinary, *arguments, "--json")
    assert (code, out.encode()) == (2, UNREADABLE)


def test_what_a_terminal_would_obey_is_not_printed(finished, capfdbinary, tmp_path):
    manifest = replace(finished.manifest, title="A \x9b31m\u202etitle")

    words = explain_success(verify(Memory(finished.files)), manifest, totals_only=True)

    assert words.startswith("VERIFIED. A ?31m?title (")


def test_every_code_has_a_sentence():
    folder = Path(ballotlog.__file__).parent
    sources = "".join(path.read_text() for path in folder.glob("*.py") if path.stem != "sentences")
    spec = (folder.parents[1] / "SPEC.md").read_text()

    assert all(f'"{code}"' in sources or code.startswith(("void-", "extend-")) for code in FAILURES)
    assert all(f"`{code}`" in spec or code in spec for code in (*FAILURES, *WARNINGS))
    told = set(re.findall(r'(?:LogError\(|else |return )"([a-z0-9]+(?:-[a-z0-9]+)+)"', sources))
    assert told <= set(FAILURES) | set(WARNINGS) | {"not-a-ballot"}
