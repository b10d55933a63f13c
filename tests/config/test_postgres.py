"""The embedded PostgreSQL against kill -9 at any moment."""

import os
import signal
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from laurels.config.cluster import Cluster
from laurels.config.keeper import processes_in
from laurels.config.postgres import Server

linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="Only Linux signals a process when its parent dies."
)


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "data", durable=False)
    server.start()
    yield server
    server.release(wait=20)


def postmaster(server):
    return int((server.cluster.folder / "postmaster.pid").read_text().split()[0])


def keeper(server):
    return psutil.Process(postmaster(server)).ppid()


def answer(server, question="select 1"):
    """Ask until the server answers, for at most 30 s."""
    end = time.monotonic() + 30
    while True:
        try:
            with psycopg.connect(server.url()) as connection:
                return connection.execute(question).fetchone()[0]
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_letters_beyond_ascii_are_lowered(server):
    assert answer(server, "select lower('ЖЕНЕВА GENÈVE')") == "женева genève"


def test_it_listens_on_no_network(server):
    assert answer(server, "show listen_addresses") == ""


def test_it_stops_with_its_last_user(tmp_path):
    first, second = Server(tmp_path, durable=False), Server(tmp_path, durable=False)
    first.start()
    second.start()
    folder = first.cluster.folder

    first.release(wait=1)
    assert answer(second) == 1
    second.release(wait=20)

    assert processes_in(folder) == []
    assert not first.cluster.socket_folder.exists()


def test_a_killed_server_comes_back(server):
    killed = postmaster(server)
    os.kill(killed, signal.SIGKILL)

    assert wait_until(lambda: not psutil.pid_exists(killed) or postmaster(server) != killed)
    assert answer(server) == 1


def test_what_was_committed_survives_the_kill(tmp_path):
    server = Server(tmp_path)
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create table kept as select 42 as number")

    os.kill(postmaster(server), signal.SIGKILL)

    assert answer(server, "select number from kept") == 42
    server.release(wait=20)


@linux_only
def test_a_killed_keeper_leaves_no_server_behind(server):
    folder = server.cluster.folder
    os.kill(keeper(server), signal.SIGKILL)

    assert wait_until(lambda: processes_in(folder) == [])
    server.start()
    assert answer(server) == 1


def test_server_and_keeper_killed_together_start_again(server):
    both = keeper(server), postmaster(server)
    for process in both:
        os.kill(process, signal.SIGKILL)

    server.start()

    assert answer(server) == 1


def test_a_user_that_is_killed_lets_go(tmp_path):
    script = (
        "import sys, time\nfrom pathlib import Path\n"
        "from laurels.config.postgres import Server\n"
        "server = Server(Path(sys.argv[1]), durable=False)\nserver.start()\n"
        "print('up', flush=True)\ntime.sleep(600)\n"
    )
    user = subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE)
    with user:
        assert user.stdout.readline() == b"up\n"
        user.kill()

    folder = Cluster(tmp_path).folder
    assert wait_until(lambda: processes_in(folder) == [])


def test_two_that_start_at_once_share_one_server(tmp_path):
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from laurels.config.postgres import Server\n"
        "server = Server(Path(sys.argv[1]), durable=False)\nserver.start()\n"
        "print((server.cluster.folder / 'postmaster.pid').read_text().split()[0], flush=True)\n"
        "sys.stdin.readline()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as one, subprocess.Popen(command, **pipes) as other:
        found = {one.stdout.readline(), other.stdout.readline()}
        one.stdin.close()
        other.stdin.close()

    assert len(found) == 1
    assert found != {""}
    wait_until(lambda: processes_in(Cluster(tmp_path).folder) == [])


def test_a_stale_process_id_of_a_stranger_is_no_obstacle(server):
    folder = server.cluster.folder
    for process in (keeper(server), postmaster(server)):
        os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: processes_in(folder) == [])
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")

    server.start()

    assert postmaster(server) != os.getpid()
    assert answer(server) == 1


def test_a_cluster_cut_short_is_made_again(tmp_path):
    server = Server(tmp_path, durable=False)
    cluster = server.cluster
    unfinished = cluster.folder.with_name(cluster.folder.name + ".new")
    unfinished.mkdir(parents=True)
    (unfinished / "half").write_text("written")

    server.start()

    assert answer(server) == 1
    server.release(wait=20)


@pytest.mark.skipif(os.geteuid() != 0, reason="A normal user keeps everything in its own folders.")
def test_where_its_user_may_not_go_the_files_live_elsewhere_and_that_is_said(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "data", durable=False)

    server.start()

    assert answer(server) == 1
    assert str(server.cluster.folder) in server.cluster.moved
    assert closed not in server.cluster.folder.parents
    server.release(wait=20)
