"""Archives as directories, zips and URLs."""

import struct
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ballotlog.archive import Directory, read_file
from ballotlog.errors import Unreadable
from ballotlog.remote import Url, open_archive
from ballotlog.verify import verify
from ballotlog.zipped import Zip


@pytest.fixture
def folder(finished, tmp_path):
    """The finished election on disk."""
    root = tmp_path / "archive"
    write(root, finished.files)
    return root


def zipped(tmp_path, files, method=zipfile.ZIP_DEFLATED):
    path = tmp_path / f"archive-{method}.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


class Handler(SimpleHTTPRequestHandler):
    broken = 0
    asked: list[str] = []

    def do_GET(self):
        type(self).asked.append(self.path)
        if self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "9")
            self.end_headers()
            self.wfile.write(b"half")
        elif type(self).broken:
            type(self).broken -= 1
            self.send_error(503)
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def server(folder):
    """The finished election behind a URL; counts what is asked, answers 503 `broken` times."""
    handler = type("Own", (Handler,), {"asked": []})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}/", handler
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_the_same_archive_gives_the_same_report(finished, folder, server, tmp_path):
    url, _ = server
    archives = [
        Directory(folder),
        Zip(zipped(tmp_path, finished.files)),
        Zip(zipped(tmp_path, finished.files, zipfile.ZIP_STORED)),
        Url(url, tmp_path),
    ]

    reports = [verify(archive) for archive in archives]

    assert reports[0]["ok"]
    assert reports == [reports[0]] * 4


def test_archives_are_opened_by_name(folder, tmp_path, finished):
    assert isinstance(open_archive(str(folder), tmp_path), Directory)
    assert isinstance(open_archive(str(zipped(tmp_path, finished.files)), tmp_path), Zip)
    assert isinstance(open_archive("https://example.org/log", tmp_path), Url)


def test_a_folder_in_the_place_of_a_file_is_a_missing_file(tmp_path):
    (tmp_path / "checkpoint").mkdir()
    (tmp_path / "file").write_bytes(b"")

    assert Directory(tmp_path).read("checkpoint") is None
    assert Directory(tmp_path).read("file/below") is None
    assert Directory(tmp_path).read("missing") is None
    assert Directory(tmp_path / "file").kept_sizes([]) == []
    assert Directory(tmp_path / "missing").kept_sizes([]) == []


def write(root, files):
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def test_a_log_that_goes_on_while_it_is_read_is_not_called_truncated(ceremony, tmp_path):
    ceremony.cast([1], tag="a" * 32)
    ceremony.publish()
    write(tmp_path, ceremony.files)
    ceremony.close()
    ceremony.publish()

    class Live(Directory):
        def read(self, path):
            data = super().read(path)
            if path == "checkpoint":
                write(tmp_path, ceremony.files)
            return data

    report = verify(Live(tmp_path))

    assert report["ok"], report
    assert verify(Directory(tmp_path))["ok"]


def test_what_a_disk_refuses_is_unreadable(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "checkpoints").symlink_to(tmp_path / "checkpoints")

    with pytest.raises(Unreadable):
        Directory(tmp_path).read("loop")
    with pytest.raises(Unreadable):
        Directory(tmp_path).kept_sizes([])
    with pytest.raises(Unreadable):
        read_file(str(tmp_path / "missing"))


# ---- zip ----


def central(path, offset, data):
    """Overwrite bytes of the first record of the central directory."""
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02") + offset
    raw[at : at + len(data)] = data
    path.write_bytes(raw)
    return path


FILES = {"checkpoint": b"some bytes " * 50}


def test_a_zip_is_read_by_its_central_directory(tmp_path):
    path = zipped(tmp_path, FILES)
    raw = bytearray(path.read_bytes())
    raw[30:40] = b"CHECKPOINT"
    path.write_bytes(raw)

    assert Zip(path).read("checkpoint") == FILES["checkpoint"]
    assert Zip(path).read("CHECKPOINT") is None


@pytest.mark.parametrize(
    ("offset", "data"),
    [
        (8, struct.pack("<H", 1)),  # encrypted
        (10, struct.pack("<H", zipfile.ZIP_BZIP2)),
        (16, bytes(4)),  # CRC
        (24, struct.pack("<I", 549)),  # size
        (24, struct.pack("<I", 551)),
        (24, struct.pack("<I", 2**31)),
        (10, struct.pack("<H", zipfile.ZIP_STORED)),
        (20, struct.pack("<I", 5)),  # packed size
    ],
)
def test_a_member_that_is_not_what_the_directory_says_is_unreadable(tmp_path, offset, data):
    archive = Zip(central(zipped(tmp_path, FILES), offset, data))

    with pytest.raises(Unreadable, match="damaged"):
        archive.read("checkpoint")


def test_a_damaged_member_is_unreadable(tmp_path):
    path = zipped(tmp_path, FILES)
    raw = bytearray(path.read_bytes())
    raw[40:50] = b"\xff" * 10
    path.write_bytes(raw)

    with pytest.raises(Unreadable, match="damaged"):
        Zip(path).read("checkpoint")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_unreadable(tmp_path):
    path = zipped(tmp_path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("checkpoint", b"another")

    with pytest.raises(Unreadable, match="two members"):
        Zip(path)


def test_a_zip_of_the_future_is_unreadable(tmp_path):
    with pytest.raises(Unreadable):
        Zip(central(zipped(tmp_path, FILES), 6, struct.pack("<H", 99)))


def test_what_is_no_zip_or_goes_away_is_unreadable(tmp_path):
    path = zipped(tmp_path, FILES)
    archive = Zip(path)
    path.unlink()

    with pytest.raises(Unreadable):
        archive.read("checkpoint")
    with pytest.raises(Unreadable):
        Zip(path)
    path.write_bytes(b"no zip")
    with pytest.raises(Unreadable):
        Zip(path)


# ---- URL ----


def test_each_file_is_fetched_once_and_only_stage_checkpoints_are(server, tmp_path, finished):
    url, handler = server

    assert verify(Url(url, tmp_path))["ok"]

    size = finished.checker.size
    assert sorted(handler.asked) == sorted(
        [
            "/checkpoint",
            "/checkpoints/10",
            "/checkpoints/12",
            f"/checkpoints/{size}",
            f"/tile/entries/000.p/{size}",
            f"/tile/0/000.p/{size}",
        ]
    )


def test_only_404_means_missing(server, tmp_path):
    url, handler = server

    assert Url(url, tmp_path).read("nowhere") is None
    handler.broken = 2
    assert Url(url, tmp_path).read("checkpoint")
    handler.broken = 3
    with pytest.raises(Unreadable, match="503"):
        Url(url, tmp_path).read("checkpoints/10")


def test_an_answer_cut_off_is_unreadable(server, tmp_path):
    url, _ = server

    with pytest.raises(Unreadable, match="cut off"):
        Url(url, tmp_path).read("cut")


def test_nobody_there_is_unreadable(tmp_path):
    with pytest.raises(Unreadable, match="refused"):
        Url("http://127.0.0.1:1/", tmp_path).read("checkpoint")
