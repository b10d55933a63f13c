import re

from laurels.foundation import ids


def test_secrets_are_long_and_never_twice():
    secrets = {ids.new_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in secrets)


def test_fingerprint_is_sha256():
    assert ids.fingerprint("abc").hex() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
