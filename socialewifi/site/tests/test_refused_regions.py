"""Whatever is wrong in a region's files: file, line and reason, never a traceback and never half a region."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from ruamel.yaml import YAML

from socialewifi.core.regionfiles import MOST_BYTES, RefusedRegion
from socialewifi.governance.models import Agreement
from socialewifi.places.models import Municipality, Region
from socialewifi.site.region import load_region
from socialewifi.site.tests.test_load_region import LATER, MINI, NOON, change

FILES = ["agreements.yaml", "organisations.yaml", "places.yaml", "region.yaml", "weighing.yaml", "words.yaml"]
NONSENSE = {"too long": "x" * 5000, "a list": [[["x"]]], "a number": 10**30, "not a number": float("nan")}


@pytest.fixture
def folder(tmp_path):
    """A copy of the invented region, to change."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def fields_of(value, path=()):
    """Return the place of each value in a file, of each list only the first."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from fields_of(one, (*path, name))
    elif isinstance(value, list):
        yield path
        if value:
            yield from fields_of(value[0], (*path, 0))
    else:
        yield path


def of_file(name):
    return YAML(typ="safe").load((MINI / name).read_text())


PLACES = [(name, path) for name in FILES for path in fields_of(of_file(name))]


def put(file, path, value):
    yaml = YAML()
    content = yaml.load(file.read_text())
    place = content
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    yaml.dump(content, file)


def problems_of(folder):
    """Return why this region is refused; nothing when it is loaded."""
    try:
        load_region(folder=folder, at=NOON)
    except RefusedRegion as refused:
        return refused.problems
    return ()


@pytest.mark.django_db
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_any_field_is_refused_by_file_and_line_or_loads_whole(folder, nonsense):
    loaded = []
    for name, path in PLACES:
        put(folder / name, path, NONSENSE[nonsense])
        problems = problems_of(folder)
        shutil.copy(MINI / name, folder / name)

        if not problems:
            loaded.append((name, path))
        assert {problem.file for problem in problems} <= {folder / one for one in FILES}
        assert all(problem.line > 0 and problem.reason for problem in problems)

    # Only what has no column of its own takes any words.
    assert {path[-1] for _name, path in loaded} <= {"explanation", "source"}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"code: eilandrijk\nname: \xff\xfe\n", 2, "geen UTF-8"),
        (b"code: eilandrijk\nname: a\x00b\n", 2, "teken dat niet kan"),
        (b"x" * (MOST_BYTES + 1), 1, "groter dan 1 MB"),
        (b"a: " + b"[" * 5000, 1, "te diep"),
        (b"a:\n" + b"".join(b" " * n + b"b:\n" for n in range(1, 1000)), 62, "te diep"),
        (b"[\n" * 5000, 1, "er niet"),
        (b"code: x\nday: 2026-02-30\n", 2, "er niet"),
        (b"- x\n", 1, "namen met waarden"),
        (b"a: *b\n", 1, "geen goede YAML"),
        (b"a: 1\na: 2\n", 2, "geen goede YAML"),
        (b"", 1, "namen met waarden"),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else None,
)
def test_a_file_that_is_none_is_refused_at_its_line(folder, content, line, reason):
    (folder / "region.yaml").write_bytes(content)

    with pytest.raises(RefusedRegion) as refused:
        load_region(folder=folder, at=NOON)

    problem = refused.value.problems[0]
    assert (problem.file.name, problem.line) == ("region.yaml", line)
    assert reason in problem.reason


@pytest.mark.parametrize("name", [*FILES, "texts/nl/check-in.md"])
def test_a_folder_in_the_place_of_a_file_is_refused(folder, name):
    (folder / name).unlink()
    (folder / name).mkdir()

    with pytest.raises(RefusedRegion, match=name):
        load_region(folder=folder, at=NOON)


@pytest.mark.django_db
def test_the_command_says_it_in_lines_and_loads_nothing(folder):
    change(folder / "agreements.yaml", "decide_by: 2027-01-31", "decide_by: 2026-02-30")

    with pytest.raises(CommandError, match=r"Er is niets geladen\.\n.*agreements\.yaml:\d+: dit is er niet"):
        call_command("load_region", folder, stdout=StringIO())

    assert not Region.objects.exists()


def test_two_municipalities_take_over_each_others_name(transactional_db, folder):
    load_region(folder=MINI, at=NOON)
    change(folder / "places.yaml", "name: Meeuwenhoek", "name: Anders")
    change(folder / "places.yaml", "name: Zeekraal aan Zee", "name: Meeuwenhoek")
    change(folder / "places.yaml", "name: Anders", "name: Zeekraal aan Zee")

    load_region(folder=folder, at=LATER)

    assert dict(Municipality.objects.values_list("code", "slug")) == {
        "XX0001": "zeekraal-aan-zee",
        "XX0002": "meeuwenhoek",
    }


@pytest.mark.django_db
def test_the_name_of_a_municipality_that_is_kept_is_nobody_elses(folder):
    load_region(folder=MINI, at=NOON)
    change(folder / "places.yaml", "code: XX0001", "code: XX0009")
    change(folder / "organisations.yaml", "XX0001", "XX0009")

    with pytest.raises(RefusedRegion, match=r"places\.yaml:\d+: ‘Meeuwenhoek’ heet XX0001 ook"):
        load_region(folder=folder, at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("words.yaml", "code: website", "code: site", "de ingang ‘website’ ontbreekt"),
        ("texts/nl/check-in.md", "{{ page }}", "", "moet minstens één van deze in staan"),
        ("texts/nl/check-in.md", "subject: '", 'subject: "Twee\\nregels" # \'', "Een onderwerp is één regel"),
        ("places.yaml", "name: Meeuwenhoek", "name: '!!!'", "geen adres van een pagina te maken"),
    ],
)
def test_what_would_break_later_is_refused_with_why(folder, file, old, new, reason):
    change(folder / file, old, new)

    with pytest.raises(RefusedRegion) as refused:
        load_region(folder=folder, at=NOON)

    assert any(problem.file == folder / file and reason in problem.reason for problem in refused.value.problems)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "value"), [("panel-quorum", 0), ("panel-quorum", 100_000), ("check-in-interval", 100_000)]
)
def test_a_number_with_which_nothing_works_is_refused(folder, code, value):
    content = of_file("agreements.yaml")["agreements"]
    position = next(place for place, one in enumerate(content) if one["code"] == code)
    put(folder / "agreements.yaml", ("agreements", position, "value"), value)

    with pytest.raises(RefusedRegion, match=f"‘{code}’ is minstens"):
        load_region(folder=folder, at=NOON)

    assert not Agreement.objects.exists()


def test_a_folder_that_is_not_there_is_one_line(tmp_path, db):
    with pytest.raises(CommandError) as refused:
        call_command("load_region", tmp_path / "nergens")

    assert str(refused.value).splitlines()[1:] == [f"{tmp_path / 'nergens'} is geen map."]
