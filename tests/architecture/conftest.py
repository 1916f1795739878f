import tomllib

import pytest

from tests.architecture.test_house import PROJECT


@pytest.fixture(scope="session")
def order():
    """By the name of a room, how far it stands from the ground."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {room: number for number, layer in enumerate(reversed(layers)) for room in layer.split(" | ")}
