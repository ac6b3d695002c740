from __future__ import annotations

from pathlib import Path

from chariot_gen.diagnostics import Diagnostic, Location, Severity
from chariot_gen.errors import CheckError
from chariot_gen.files import Action, Change
from chariot_gen.hooks.timing import Timing
from chariot_gen.pipeline.request import Report
from chariot_gen.report import diagnostic_text, error_text, report_text

FINDING = Diagnostic(
    Location("pkg/x.go", 7, 3),
    "undefined: y",
    severity=Severity.ERROR,
    frame="\t\tx := y",
    length=2,
    rule="vet",
    origin=Location("specs/x.yaml", 4, 5),
)


def test_a_finding_shows_its_line_its_column_and_its_spec_line() -> None:
    assert diagnostic_text(FINDING) == (
        "pkg/x.go:7:3: error: undefined: y [vet]\n"
        "  7 | \t\tx := y\n"
        "    | \t\t^^\n"
        "  caused by specs/x.yaml:4:5"
    )


def test_of_a_very_long_line_the_part_around_the_place_is_shown() -> None:
    line = "a" * 500 + "here" + "b" * 500
    shown = diagnostic_text(Diagnostic(Location("x.yaml", 1, 501), "no", frame=line, length=4))
    _, frame, carets = shown.splitlines()
    assert len(frame) < 180
    assert frame[carets.index("^") :].startswith("here")
    assert carets.count("^") == 4
    whole = diagnostic_text(Diagnostic(Location("x.yaml", 1, 1), "no", frame=line, length=len(line)))
    assert max(map(len, whole.splitlines())) < 180


def test_an_error_counts_its_findings() -> None:
    assert error_text(CheckError([FINDING, FINDING])).splitlines()[-1] == "2 findings; nothing was written"


def test_many_changes_are_counted_by_folder_unless_all_are_asked_for() -> None:
    changes = tuple(Change(f"pkg/a/{number}.go", Action.CREATE, "") for number in range(30))
    report = Report(
        Path("b"), (*changes, Change("go.mod", Action.CREATE, "")), timings=(Timing("vet", 1.25),)
    )
    assert report_text(report).splitlines() == [
        "  create  go.mod (1 file)",
        "  create  pkg/a/ (30 files)",
        "31 files created",
    ]
    verbose = report_text(report, verbose=True).splitlines()
    assert (len(verbose), verbose[-1]) == (33, "hooks took vet 1.25 s")


def test_a_dry_run_speaks_of_what_would_be() -> None:
    changes = (Change("a", Action.CREATE, ""), Change("b", Action.UPDATE, ""), Change("c", Action.DELETE))
    assert report_text(Report(Path("b"), changes, dry_run=True)).splitlines()[-1] == (
        "1 file would be created, 1 file would be updated, 1 file would be deleted"
    )


def test_notices_come_first_and_kept_files_with_their_reason() -> None:
    report = Report(Path("b"), (Change("a", Action.KEEP, reason="edited by hand"),), notices=("repaired",))
    assert report_text(report).splitlines() == [
        "note: repaired",
        "  kept    a: edited by hand",
        "everything is up to date",
    ]
