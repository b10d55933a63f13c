from __future__ import annotations

import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ballotlog import checkpoints
from laurels.ballotbox.log_key import LogKeyIsMissing, make_log_key, read_log_key
from tests.factories.ballotbox import key_pair


def test_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    folder = tmp_path / "2023"

    first, second = make_log_key(folder), make_log_key(folder)

    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert read_log_key(folder).private_bytes_raw() == first.private_bytes_raw()
    assert [file.name for file in folder.iterdir()] == ["log.pem"]
    assert stat.S_IMODE((folder / "log.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_missing_or_broken_key_is_said_with_its_place(tmp_path):
    with pytest.raises(LogKeyIsMissing, match=r"no readable key at .*log\.pem: put the PEM file"):
        read_log_key(tmp_path)

    (tmp_path / "log.pem").write_text("no key")
    with pytest.raises(LogKeyIsMissing, match="no readable key"):
        read_log_key(tmp_path)


def test_key_of_another_type_or_another_log_is_refused(tmp_path):
    key = make_log_key(tmp_path)
    vkey = checkpoints.vkey("log.example/a", key.public_key())
    other = checkpoints.vkey("log.example/a", Ed25519PrivateKey.generate().public_key())

    assert read_log_key(tmp_path, vkey).private_bytes_raw() == key.private_bytes_raw()
    with pytest.raises(LogKeyIsMissing, match="not the one in the manifest"):
        read_log_key(tmp_path, other)

    (tmp_path / "log.pem").write_bytes(
        key_pair().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.raises(LogKeyIsMissing, match="not Ed25519"):
        read_log_key(tmp_path)
