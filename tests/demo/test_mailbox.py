import os
import threading

import pytest
from django.core.mail import EmailMessage, get_connection

from laurels.demo.mailbox import keep, newest_letters


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "laurels.demo.mailbox.Mailbox"
    settings.EMAIL_FILE_PATH = tmp_path


def send(_folder, *texts):
    messages = [
        EmailMessage(f"Code {n}", text, "award@award.example", [f"voter{n}@demo.example"])
        for n, text in enumerate(texts)
    ]
    assert get_connection().send_messages(messages) == len(texts)


def test_a_letter_shows_its_code(tmp_path):
    send(tmp_path, "Your code is\n\n  123 456\n\nIt is good for 15 minutes.")

    [letter] = newest_letters(tmp_path)

    assert (letter.to, letter.subject, letter.code) == ("voter0@demo.example", "Code 0", "123456")
    assert "good for 15 minutes" in letter.text
    assert letter.sent_at is not None


def test_the_newest_comes_first_and_the_list_ends(tmp_path):
    for number, code in enumerate(["333333", "444444", "555555"]):
        before = set(tmp_path.iterdir())
        send(tmp_path, code)
        [file] = set(tmp_path.iterdir()) - before
        os.utime(file, (1_000 + number, 1_000 + number))

    assert [each.code for each in newest_letters(tmp_path, limit=2)] == ["555555", "444444"]


def letter(number="1", to="ana@example.org", text="Hello"):
    return f"Message-ID: <{number}@x>\nTo: {to}\nSubject: s\n\n{text}\n".encode()


def test_second_copy_of_one_letter_is_dropped(tmp_path):
    kept = [keep(tmp_path, raw) for raw in (letter(), letter(text="Hello again"), letter("2"))]

    assert kept == [True, False, True]
    assert sorted(each.text for each in newest_letters(tmp_path)) == ["Hello", "Hello"]


def test_one_letter_to_two_people_is_two(tmp_path):
    assert [keep(tmp_path, letter(to=to)) for to in ("ana@x.org", "bo@x.org")] == [True, True]


def test_of_copies_that_come_at_once_one_is_kept(tmp_path):
    threads = [threading.Thread(target=keep, args=[tmp_path, letter()]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(list(tmp_path.iterdir())) == 1


def test_letter_that_was_cut_off_is_not_read(tmp_path):
    (tmp_path / "unread-x").write_bytes(letter())

    assert newest_letters(tmp_path) == []
    assert keep(tmp_path, letter())


def test_text_beyond_ascii_is_read(tmp_path):
    send(tmp_path, "رمزك هو 654321 — 投票")

    [letter] = newest_letters(tmp_path)

    assert (letter.text, letter.code) == ("رمزك هو 654321 — 投票", "654321")


def test_links_and_folders_are_passed_over(tmp_path):
    secret = tmp_path.with_name("secret.eml")
    secret.write_text("Subject: a secret\n\n999999")
    (tmp_path / "link.eml").symlink_to(secret)
    (tmp_path / "folder.eml").mkdir()

    assert newest_letters(tmp_path) == []


def test_no_folder_is_no_letter(tmp_path):
    assert newest_letters(tmp_path / "none") == []


def test_a_letter_without_a_date_or_a_text_is_shown_as_it_is(tmp_path):
    (tmp_path / "x.eml").write_bytes(b"Subject: bare\nDate: never\n\n")

    [letter] = newest_letters(tmp_path)

    assert (letter.subject, letter.sent_at, letter.text, letter.code) == ("bare", None, "", "")
