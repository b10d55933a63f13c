import os

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from laurels.demo.mailbox import newest_letters


def send(folder, *texts):
    messages = [
        EmailMessage(f"Code {n}", text, "award@award.example", [f"voter{n}@demo.example"])
        for n, text in enumerate(texts)
    ]
    EmailBackend(file_path=str(folder)).send_messages(messages)


def test_a_letter_shows_its_code(tmp_path):
    send(tmp_path, "Your code is\n\n  123 456\n\nIt is good for 15 minutes.")

    [letter] = newest_letters(tmp_path)

    assert (letter.to, letter.subject, letter.code) == ("voter0@demo.example", "Code 0", "123456")
    assert "good for 15 minutes" in letter.text
    assert letter.sent_at is not None


def test_several_letters_in_one_file_are_parted_and_the_last_comes_first(tmp_path):
    send(tmp_path, "Older: 111111", "Newer: 222222")

    assert [letter.code for letter in newest_letters(tmp_path)] == ["222222", "111111"]


def test_the_newest_file_comes_first_and_the_list_ends(tmp_path):
    for number, code in enumerate(["333333", "444444", "555555"]):
        folder = tmp_path / str(number)
        send(folder, code)
        [file] = folder.iterdir()
        os.utime(file, (1_000 + number, 1_000 + number))
        file.rename(tmp_path / f"{number}.log")
        folder.rmdir()

    assert [each.code for each in newest_letters(tmp_path, limit=2)] == ["555555", "444444"]


def test_text_beyond_ascii_is_read(tmp_path):
    send(tmp_path, "رمزك هو 654321 — 投票")

    [letter] = newest_letters(tmp_path)

    assert (letter.text, letter.code) == ("رمزك هو 654321 — 投票", "654321")


def test_links_and_folders_are_passed_over(tmp_path):
    secret = tmp_path.with_name("secret.log")
    secret.write_text("Subject: a secret\n\n999999")
    (tmp_path / "link.log").symlink_to(secret)
    (tmp_path / "folder.d").mkdir()

    assert newest_letters(tmp_path) == []


def test_no_folder_is_no_letter(tmp_path):
    assert newest_letters(tmp_path / "none") == []


def test_a_letter_without_a_date_or_a_text_is_shown_as_it_is(tmp_path):
    (tmp_path / "x.log").write_bytes(b"Subject: bare\nDate: never\n\n")

    [letter] = newest_letters(tmp_path)

    assert (letter.subject, letter.sent_at, letter.text, letter.code) == ("bare", None, "", "")
