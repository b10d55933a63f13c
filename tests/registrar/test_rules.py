import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from laurels.foundation.addresses import LOCAL_PART
from laurels.registrar import rules
from laurels.registrar.refusals import AddressInvalid, AddressUnreachable

RTL_MARK, ZERO_WIDTH_SPACE, SOFT_HYPHEN = "\u200f", "\u200b", "\u00ad"


@pytest.mark.parametrize(
    ("typed", "delivery", "canonical"),
    [
        ("ana@example.org", "ana@example.org", "ana@example.org"),
        ("  ana@example.org  ", "ana@example.org", "ana@example.org"),
        ("Ana.Ruiz+award@Example.ORG", "Ana.Ruiz+award@example.org", "ana.ruiz+award@example.org"),
        ("ana\uff20example.org", "ana@example.org", "ana@example.org"),
        ("ana@例子.中国", "ana@xn--fsqu00a.xn--fiqs8s", "ana@xn--fsqu00a.xn--fiqs8s"),
        ("ana@straße.de", "ana@xn--strae-oqa.de", "ana@xn--strae-oqa.de"),
        ("ana@xn--strae-oqa.de", "ana@xn--strae-oqa.de", "ana@xn--strae-oqa.de"),
        ("ana@пример.рф", "ana@xn--e1afmkfd.xn--p1ai", "ana@xn--e1afmkfd.xn--p1ai"),
        (
            "ana@\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45.org",
            "ana@example.org",
            "ana@example.org",
        ),
        ("o'neil@example.org", "o'neil@example.org", "o'neil@example.org"),
        ("12345@qq.com", "12345@qq.com", "12345@qq.com"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_address_is_read(typed, delivery, canonical):
    read = rules.read_address(typed)

    assert (read.delivery, read.canonical) == (delivery, canonical)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "ana",
        "@example.org",
        "ana@",
        "ana@@example.org",
        "ana@example",
        "ana@example..org",
        ".ana@example.org",
        "ana.@example.org",
        "a..b@example.org",
        "ana@-example.org",
        "ana@example.org.",
        "ana@example.org\n",
        "ana@example.org\r\nBcc: everybody@example.org",
        "ana\nBcc:x@example.org",
        "ana\x00@example.org",
        "ana@exam\x00ple.org",
        "ana\t@example.org",
        "ana%0a@example.org",
        "ana%0d%0aBcc:x@example.org",
        "ana%other@example.org",
        "other!ana@example.org",
        "|sh@example.org",
        "`id`@example.org",
        '"ana ruiz"@example.org',
        '"ana\\"@example.org',
        "<ana@example.org>",
        "Ana <ana@example.org>",
        "ana@example.org, bob@example.org",
        "ana@example.org;bob@example.org",
        "ana@example.org bob@example.org",
        "ana(comment)@example.org",
        "ana@[192.0.2.1]",
        "ana@[IPv6:2001:db8::1]",
        "ana@192.0.2.1",
        f"ana{RTL_MARK}@example.org",
        f"ana@example{RTL_MARK}.org",
        f"ana{ZERO_WIDTH_SPACE}@example.org",
        f"ana@exa{SOFT_HYPHEN}mple.org",
        "ana@example.org\u2028",
        "\u202egro.elpmaxe@ana",
        "ana@\ud800.org",
        "a" * 65 + "@example.org",
        "ana@" + "a" * 64 + ".org",
        "ana@" + ".".join(["a" * 60] * 5) + ".org",
        "mailto:ana@example.org",
    ],
)
def test_address_that_is_none_is_refused(typed):
    with pytest.raises(AddressInvalid):
        rules.read_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "ana@award.test",
        "ana@award.invalid",
        "ana@printer.local",
        "ana@service.onion",
        "ana@x.localhost",
        "用户@example.org",
        "áñá@example.org",
    ],
)
def test_address_out_of_reach_is_refused_as_such(typed):
    with pytest.raises(AddressUnreachable):
        rules.read_address(typed)


@given(st.text(max_size=80) | st.emails() | st.from_regex(r"[^\n]{1,20}@[^\n]{1,20}\.[a-z]{2}"))
@example("ana@example.org")
@example("ana@例子。中国")
def test_address_is_refused_or_safe_in_a_header(typed):
    try:
        read = rules.read_address(typed)
    except (AddressInvalid, AddressUnreachable):
        return

    local, _at, domain = read.delivery.rpartition("@")
    assert LOCAL_PART.fullmatch(local)
    assert domain == read.domain == read.domain.lower()
    assert domain.isascii()
    assert not any(unicodedata.category(character)[0] in "CZ" for character in read.delivery)
    assert len(read.delivery) <= 254
    assert read.canonical == read.delivery.lower()


@given(st.emails())
def test_address_read_twice_is_the_same_mailbox(typed):
    try:
        read = rules.read_address(typed)
    except (AddressInvalid, AddressUnreachable):
        return

    assert rules.read_address(read.delivery) == read
    assert rules.read_address(read.canonical.upper()).canonical == read.canonical


def test_digests_of_mailboxes_and_networks_do_not_meet():
    key = bytes(32)
    address = rules.read_address("ana@example.org")

    assert rules.mailbox_digest(key, address) != rules.mailbox_digest(b"1" * 32, address)
    assert rules.mailbox_digest(key, address).hex()[:16] != rules.network_digest(
        key, address.canonical
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("012345", "012345"),
        (" 012 345 ", "012345"),
        ("٠١٢٣٤٥", "012345"),
        ("\uff10\uff11\uff12\uff13\uff14\uff15", "012345"),
        ("12345", None),
        ("1234567", None),
        ("²23456", None),
        ("12345a", None),
        ("", None),
    ],
)
def test_read_code(typed, code):
    assert rules.read_code(typed) == code


def test_domain_class_names_no_domain():
    assert {rules.domain_class("qq.com"), rules.domain_class("small-town.example")} == {
        "large-provider",
        "other",
    }
