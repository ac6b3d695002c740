from __future__ import annotations

import pytest

from chariot_gen.merge.gomod import (
    anchored,
    loosened,
    module_of,
    requirements,
    unite_mod,
    unite_sum,
    version_key,
)

THEIRS = """\
module example.com/backend

go 1.26.0

require (
	example.com/a v1.2.0
	example.com/b v1.0.0
)

require example.com/c v1.0.0 // indirect
"""


def test_what_is_missing_is_added_in_blocks_of_its_own() -> None:
    ours = "module mine\n\ngo 1.26.0\n\nrequire example.com/a v1.2.0\n"
    assert unite_mod(ours, THEIRS) == (
        ours + "\nrequire (\n\texample.com/b v1.0.0\n)\n\nrequire (\n\texample.com/c v1.0.0 // indirect\n)\n"
    )


@pytest.mark.parametrize(
    ("have", "result"),
    [("v1.1.9", "v1.2.0"), ("v1.2.0", "v1.2.0"), ("v1.10.0", "v1.10.0"), ("v2.0.0", "v2.0.0")],
)
def test_a_version_is_raised_and_never_lowered(have: str, result: str) -> None:
    ours = f"module mine\n\ngo 1.26.0\n\nrequire (\n\texample.com/a {have} // pinned by us\n)\n"
    assert f"\texample.com/a {result} // pinned by us\n" in unite_mod(ours, THEIRS)


def test_what_only_others_needed_is_direct_once_we_import_it() -> None:
    ours = "module mine\n\ngo 1.26.0\n\nrequire example.com/a v1.9.0 // indirect\n"
    assert "require example.com/a v1.9.0\n" in unite_mod(ours, THEIRS)


@pytest.mark.parametrize(("have", "result"), [("1.21", "1.26.0"), ("1.26.0", "1.26.0"), ("1.30", "1.30")])
def test_the_go_version_is_raised_and_never_lowered(have: str, result: str) -> None:
    assert f"\ngo {result}\n" in unite_mod(f"module mine\n\ngo {have}\n", THEIRS)


def test_a_module_without_a_go_version_gets_one() -> None:
    assert unite_mod("module mine\n", "module x\n\ngo 1.26.0\n") == "module mine\n\ngo 1.26.0\n"


def test_everything_else_of_a_person_stays() -> None:
    ours = (
        "// Ours.\nmodule mine // the name\n\ngo 1.26.0\n\ntoolchain go1.26.8\n\n"
        "replace example.com/a => ../a\n\n"
        "exclude example.com/b v0.9.0\n\nretract v0.1.0\n"
    )
    assert unite_mod(ours, THEIRS).startswith(ours)


def test_uniting_twice_changes_nothing() -> None:
    once = unite_mod("module mine\n", THEIRS)
    assert unite_mod(once, THEIRS) == once


def test_requirements_are_read_in_every_form() -> None:
    found = [(item.path, item.version, item.indirect) for item in requirements(THEIRS)]
    assert found == [
        ("example.com/a", "v1.2.0", False),
        ("example.com/b", "v1.0.0", False),
        ("example.com/c", "v1.0.0", True),
    ]


@pytest.mark.parametrize(
    "line", ["module mine", 'module "mine"', "module mine // comment", "// x\nmodule mine"]
)
def test_the_module_path_is_read(line: str) -> None:
    assert module_of(f"{line}\n\ngo 1.26\n") == "mine"


def test_versions_are_ordered_as_go_orders_them() -> None:
    ascending = [
        "v0.0.0-20200101000000-abcdefabcdef", "v0.9.9", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta",
        "v1.0.0-rc.2", "v1.0.0-rc.10", "v1.0.0", "v1.0.1-0.20200101000000-abcdefabcdef", "v1.2.0", "v1.10.0",
    ]  # fmt: skip
    assert [*sorted({*ascending}, key=version_key)] == ascending


def test_sums_are_united_each_once_in_order() -> None:
    ours = "example.com/b v1.0.0 h1:b\nexample.com/a v1.10.0 h1:a\n"
    theirs = "example.com/a v1.9.0 h1:old\nexample.com/a v1.9.0/go.mod h1:m\nexample.com/b v1.0.0 h1:b\n"
    assert unite_sum(ours, theirs).splitlines() == [
        "example.com/a v1.9.0 h1:old",
        "example.com/a v1.9.0/go.mod h1:m",
        "example.com/a v1.10.0 h1:a",
        "example.com/b v1.0.0 h1:b",
    ]


def test_relative_replacements_survive_a_move() -> None:
    text = (
        "module m\n\nreplace (\n\ta => ../a\n\tb v1.0.0 => ../../b/c // near\n"
        "\tc => ./inside\n\td => e v1.0.0\n)\n"
    )
    moved = anchored(text, "/home/ada/backend")
    assert "\ta => /home/ada/a\n" in moved
    assert "=> /home/b/c // near\n" in moved
    assert "\tc => ./inside\n\td => e v1.0.0\n" in moved
    assert loosened(moved, text, "/home/ada/backend") == text
