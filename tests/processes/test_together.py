"""The parts that `make run` keeps running: what ends by itself begins again, and what cannot begin ends the whole."""

import sys

import pytest

from socialewifi.config import serve
from socialewifi.config.serve import CannotServe
from tests.processes.conftest import until


@pytest.fixture
def quickly(monkeypatch):
    """Without the pauses in between."""
    monkeypatch.setattr(serve, "PAUSES", (0, 0, 0))
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)


@pytest.mark.parametrize("code", [0, 3])
def test_a_part_that_ends_each_time_it_begins_ends_the_whole(quickly, capsys, code):
    lasting = [sys.executable, "-c", "import signal; signal.pause()"]

    with pytest.raises(CannotServe, match=rf"The web process ends each time it begins \(code {code}\)"):
        serve.run_together({"worker": lasting, "web": [sys.executable, "-c", f"raise SystemExit({code})"]})

    assert "Stopped." in capsys.readouterr().err


def test_a_part_that_ends_by_itself_begins_again(quickly, capsys, tmp_path):
    begun = tmp_path / "begun"
    ending_twice = (
        f"import signal; begun = open({str(begun)!r}, 'a+'); begun.write('x'); begun.flush(); begun.seek(0);"
        "len(begun.read()) > 2 and signal.pause()"
    )
    part = serve.Part("worker", [sys.executable, "-c", ending_twice])
    part.start()

    until(lambda: part.keep_running() or (begun.exists() and begun.read_text() == "xxx"))
    part.stop()

    assert capsys.readouterr().err.count("The worker process ended by itself (code 0) and begins again") == 2
