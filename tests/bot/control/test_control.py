"""The control socket: what a command asks of a running process, and who is not heard there."""

import asyncio
import os
import socket
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.control import client as client_module
from bot.control import listener as control_module
from bot.control.client import Gone, ask, ask_each, running, wake
from bot.control.listener import Control, is_heard
from bot.control.wire import LARGEST_BYTES, Refused, Values, short_way
from bot.host.refusals import InstallationError

Serve = Callable[..., Awaitable[Control]]


async def greet(request: Values) -> Values:
    return {"greeting": f"hello {request['name']}"}


async def refuse(_: Values) -> Values:
    raise Refused("not today; come back tomorrow")


async def fail(_: Values) -> Values:
    raise RuntimeError("what nobody expected")


@pytest.fixture
async def serve(data_dir: Path) -> AsyncIterator[Serve]:
    """Starts a process's side of the socket; several make several processes of one data folder."""
    started: list[Control] = []

    async def start(**handlers: control_module.Handle) -> Control:
        control = Control(data_dir, handlers, read_seconds=0.2)
        await control.start()
        started.append(control)
        return control

    yield start
    for control in started:
        await control.stop()


async def only_socket(data_dir: Path) -> Path:
    [path] = running(data_dir)
    return path


async def raw(path: Path, content: bytes, *, ends: bool = True) -> bytes:
    """Write bytes of any kind to a socket, and return what comes back."""
    with short_way(path) as way:
        reader, writer = await asyncio.open_unix_connection(way)
    try:
        writer.write(content)
        if ends:
            writer.write_eof()
        return await asyncio.wait_for(reader.read(), timeout=5)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_a_request_is_answered(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)

    assert await ask(await only_socket(data_dir), "greet", name="Bob") == {"greeting": "hello Bob"}


async def test_a_refusal_brings_its_line(serve: Serve, data_dir: Path) -> None:
    await serve(refuse=refuse)

    with pytest.raises(Refused, match="come back tomorrow"):
        await ask(await only_socket(data_dir), "refuse")


async def test_a_request_that_nobody_knows_is_refused(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)

    with pytest.raises(Refused, match="another release"):
        await ask(await only_socket(data_dir), "frobnicate")


async def test_a_request_that_fails_harms_no_other(serve: Serve, data_dir: Path) -> None:
    await serve(fail=fail, greet=greet)
    path = await only_socket(data_dir)

    with pytest.raises(Refused, match="its log says why"):
        await ask(path, "fail")

    assert await ask(path, "greet", name="Bob") == {"greeting": "hello Bob"}


async def test_every_process_of_the_folder_is_asked(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)
    await serve(greet=refuse)

    answers = await ask_each(data_dir, "greet", name="all")

    assert sorted(map(str, answers)) == ["not today; come back tomorrow", "{'greeting': 'hello all'}"]


async def test_requests_are_served_one_at_a_time(serve: Serve, data_dir: Path) -> None:
    inside = most = 0

    async def work(_: Values) -> Values:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        return {}

    await serve(work=work)
    path = await only_socket(data_dir)

    await asyncio.gather(*(ask(path, "work") for _ in range(5)))

    assert most == 1


async def test_only_its_owner_reaches_the_socket(serve: Serve, data_dir: Path) -> None:
    umask = os.umask(0)
    try:
        await serve()
    finally:
        os.umask(umask)

    path = await only_socket(data_dir)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path)]
    assert modes == [0o700, 0o600]


@pytest.mark.parametrize(("uid", "heard"), [(0, True), (os.geteuid(), True), (os.geteuid() + 1, False)])
def test_a_process_hears_its_own_user_and_root(uid: int, heard: bool) -> None:
    assert is_heard(uid) is heard


async def test_mallory_of_another_user_gets_nothing(
    serve: Serve, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await serve(greet=greet)
    monkeypatch.setattr(control_module, "peer_uid", lambda _: os.geteuid() + 1)

    assert await raw(await only_socket(data_dir), b'{"request": "greet", "name": "Mallory"}\n') == b""


async def test_a_secret_is_not_told_to_mallory_who_listens_there(
    serve: Serve, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Values] = []

    async def listen(request: Values) -> Values:
        heard.append(request)
        return {}

    await serve(unseal=listen)
    monkeypatch.setattr(client_module, "peer_uid", lambda _: os.geteuid() + 1)

    with pytest.raises(Refused, match="does not answer"):
        await ask(await only_socket(data_dir), "unseal", secret="00")

    assert heard == []


async def test_a_secret_is_not_told_behind_a_link(serve: Serve, data_dir: Path, tmp_path: Path) -> None:
    heard: list[Values] = []

    async def listen(request: Values) -> Values:
        heard.append(request)
        return {}

    await serve(unseal=listen)
    link = tmp_path / "data2" / "control" / "1.sock"
    link.parent.mkdir(mode=0o700, parents=True)
    link.symlink_to(await only_socket(data_dir))

    with pytest.raises(Refused, match="does not answer"):
        await ask(link, "unseal", secret="00")

    assert heard == []


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n", id="an empty line"),
        pytest.param(b"\x00\xff\xfe\n", id="no text"),
        pytest.param(b'{"request": "greet"', id="cut short"),
        pytest.param(b"[]\n", id="no object"),
        pytest.param(b'{"request": "greet", "name": ["Mallory"]}\n', id="a list inside"),
        pytest.param(b'{"request": "greet", "name": "' + b"x" * LARGEST_BYTES + b'"}\n', id="too long"),
        pytest.param(b"[" * 4000 + b"\n", id="deep"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", id="another protocol"),
    ],
)
async def test_what_is_no_request_is_dropped_and_harms_nobody(
    serve: Serve, data_dir: Path, frame: bytes
) -> None:
    await serve(greet=greet)
    path = await only_socket(data_dir)

    assert await raw(path, frame) == b""

    assert await ask(path, "greet", name="Bob") == {"greeting": "hello Bob"}


async def test_a_process_that_starts_beside_another_is_no_request(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)

    with capture_logs() as logged:
        # It looks who listens there still.
        await serve(greet=greet)
        for path in running(data_dir):
            assert await ask(path, "greet", name="Bob") == {"greeting": "hello Bob"}

    assert logged == []


async def test_who_says_nothing_is_dropped_in_time(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)

    assert await raw(await only_socket(data_dir), b'{"request"', ends=False) == b""


async def test_who_keeps_many_lines_open_leaves_room_in_the_end(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)
    path = await only_socket(data_dir)

    held = [raw(path, b"{", ends=False) for _ in range(control_module.MOST_OPEN + 4)]

    assert set(await asyncio.gather(*held)) == {b""}
    assert await ask(path, "greet", name="Bob") == {"greeting": "hello Bob"}


async def test_a_folder_with_a_long_name_works(tmp_path: Path) -> None:
    data_dir = tmp_path / ("long" * 50) / "data"
    data_dir.mkdir(parents=True)
    control = Control(data_dir, {"greet": greet})
    await control.start()

    answer = await ask(await only_socket(data_dir), "greet", name="Bob")
    await control.stop()

    assert answer == {"greeting": "hello Bob"}


async def test_what_a_dead_process_left_is_cleared_away(serve: Serve, data_dir: Path) -> None:
    (data_dir / "control").mkdir()
    dead = data_dir / "control" / "1.sock"
    with socket.socket(socket.AF_UNIX) as once, short_way(dead) as way:
        once.bind(way)

    await serve()

    assert dead not in running(data_dir)


async def test_a_process_that_ended_is_not_asked(serve: Serve, data_dir: Path) -> None:
    control = await serve(greet=greet)
    path = await only_socket(data_dir)
    await control.stop()

    with pytest.raises(Gone):
        await ask(path, "greet", name="Bob")

    assert await ask_each(data_dir, "greet", name="Bob") == []


async def test_stopping_lets_a_request_come_to_its_end(serve: Serve, data_dir: Path) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(_: Values) -> Values:
        begun.set()
        await go_on.wait()
        return {"worked": True}

    control = await serve(work=work)
    asking = asyncio.ensure_future(ask(await only_socket(data_dir), "work"))
    await begun.wait()
    stopping = asyncio.ensure_future(control.stop())
    go_on.set()

    assert await asking == {"worked": True}
    await stopping


async def test_a_folder_that_leads_elsewhere_is_refused(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (data_dir / "control").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InstallationError, match="not a folder of this user"):
        await Control(data_dir, {}).start()

    assert list((tmp_path / "elsewhere").iterdir()) == []


async def test_a_folder_that_others_may_write_is_not_trusted(serve: Serve, data_dir: Path) -> None:
    await serve(greet=greet)
    (data_dir / "control").chmod(0o777)

    with pytest.raises(Refused, match="written by others"):
        await ask_each(data_dir, "greet", name="Bob")


async def test_waking_where_nobody_runs_is_no_mistake(data_dir: Path) -> None:
    await wake(data_dir)

    assert running(data_dir) == []
