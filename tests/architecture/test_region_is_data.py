"""The region is data: nothing of it stands in the code."""

import re

from django.conf import settings
from ruamel.yaml import YAML

REGION = settings.BASE_DIR / "regions" / "zuid-limburg"


def test_no_name_of_a_place_or_partner_of_the_region_stands_in_code_or_templates():
    names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _names()))
    found = [
        f"{file.relative_to(settings.BASE_DIR)}: {match[0]}"
        for pattern in ("*.py", "*.html", "*.txt", "*.js")
        for file in (settings.BASE_DIR / "socialewifi").rglob(pattern)
        if not {"tests", "demo", "gallery", "static"} & set(file.parts) and not file.stem.startswith("gallery")
        for match in [names.search(_without_comments(file.read_text(encoding="utf-8")))]
        if match
    ]

    assert found == []


def _names() -> list[str]:
    yaml = YAML(typ="safe")
    region = yaml.load(REGION / "region.yaml")
    places = yaml.load(REGION / "places.yaml")
    organisations = yaml.load(REGION / "organisations.yaml")["organisations"]
    names = [
        region["name"],
        region["desk_name"],
        region["desk_phone"],
        *(place["name"] for place in places["subregions"]),
    ]
    names += [place["name"] for place in places["municipalities"]]
    names += [partner["name"] for partner in organisations]
    return names


def _without_comments(words: str) -> str:
    """Leave out comments and docstrings: they may tell where a rule comes from."""
    return re.sub(r'"""(?s:.*?)"""|#[^\n]*|\{#.*?#\}', "", words)
