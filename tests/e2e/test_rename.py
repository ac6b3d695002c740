"""Something is renamed: every line that a person wrote follows, and what is not meant stays."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from commandline import chariot_gen
from tools import go, run
from trees import REPOSITORY, append, edit, tree

SPEC = REPOSITORY / "examples" / "specs" / "new_entity.yaml"
MODEL = "pkg/model/model/new_entity.go"
MODEL_TEST = "pkg/model/model/new_entity_test.go"
COMPANION = "pkg/model/model/new_entity_custom.go"
HANDLER = "pkg/handler/handlers/new_entity_handler.go"
HANDLER_TEST = "pkg/handler/handlers/new_entity_handler_test.go"
CLIENT = "pkg/service/external_service_client.go"
STACK = "cf-templates/new_entity_resources.yaml"
FOREIGN = "pkg/handler/handlers/weigh.go"
COMMAND_NOTES = "cmd/newentity/NOTES.md"
CACHE = (".chariot/cache",)

ADDED_TO_MODEL = """
// IsHeavy reports whether the entity weighs more than most.
func (n *NewEntity) IsHeavy() bool {
	other := struct{ Field1, Field2 int }{Field2: 500}
	return n.Field2 > other.Field2 && n.Field1 != ""
}
"""
ADDED_TO_TEST = """
func TestByHand(t *testing.T) {
	t.Parallel()
	newEntity := &model.NewEntity{Field1: "by hand"}
	if got := newEntity.Field1; got != "by hand" {
		t.Errorf("got %q from /api/newentity", got)
	}
}
"""
COMPANION_TEXT = """\
package model

// check is called by the hooks.
func (n *NewEntity) check() error {
	n.Field1 += "!"
	return nil
}
"""
FOREIGN_TEXT = """\
package handlers

import alias "example.com/backend/pkg/model/model"

type mine struct{ Field1 string }

// Weigh is written by hand; what it says of NewEntity stays.
func Weigh(items []*alias.NewEntity, request NewEntityRequest) (NewEntity mine, sum int) {
	for _, item := range items {
		sum += item.Field2
		NewEntity = mine{Field1: item.Field1 + request.Field1}
	}
	return NewEntity, sum
}
"""
ADDED_TO_CLIENT = """
// Ask is written by hand.
func Ask(c *ExternalServiceClient) *ExternalServiceClient {
	return c
}
"""
OWN_URL = "BASE_URL: !Sub '${ExternalServiceBaseUrl}/v2' # mine"
RESOURCE = """\
  Extra:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: !Sub ${NewEntityFunction.Arn}/NewEntityFunction

Outputs:
"""


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend of one entity with hand edits in every kind of file; nobody changes it."""
    folder = tmp_path_factory.mktemp("edited")
    spec = SPEC.read_text(encoding="utf-8").replace("api:\n", "custom: [check]\napi:\n", 1)
    (folder / "new_entity.yaml").write_text(spec, encoding="utf-8")
    backend = folder / "backend"
    done = chariot_gen("entity", folder / "new_entity.yaml", f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.err
    append(backend / MODEL, ADDED_TO_MODEL)
    edit(backend / MODEL, "\t// Lifecycle status.\n", "\t// Lifecycle status: A, or D once deleted.\n")
    edit(backend / MODEL, "// NewNewEntity returns a new entity", "// NewNewEntity makes an entity")
    append(backend / HANDLER_TEST, ADDED_TO_TEST)
    edit(
        backend / HANDLER,
        "\n\tnewEntity.Username = tenant\n",
        "\n\tnewEntity.Username = tenant\n"
        '\tif newEntity.IsHeavy() {\n\t\tnewEntity.Field1 += " heavy"\n\t}\n',
    )
    edit(backend / STACK, "      MemorySize: 256\n", "      MemorySize: 512\n")
    edit(backend / STACK, "Outputs:\n", RESOURCE)
    append(backend / CLIENT, ADDED_TO_CLIENT)
    (backend / COMPANION).write_text(COMPANION_TEXT, encoding="utf-8")
    (backend / FOREIGN).write_text(FOREIGN_TEXT, encoding="utf-8")
    (backend / COMMAND_NOTES).write_text("How to run newentity.\n", encoding="utf-8")
    return backend


@pytest.fixture
def backend(edited: Path, tmp_path: Path) -> Path:
    """A copy of the edited backend."""
    return Path(shutil.copytree(edited, tmp_path / "backend"))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _renamed(text: str, **names: str) -> str:
    """Return a text with whole words replaced: what a careful person would do by hand."""
    for old, new in names.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def _rename(backend: Path, *words: str) -> str:
    done = chariot_gen("rename", *words, f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.out + done.err
    return done.out


def test_an_entity_is_renamed_with_everything_written_by_hand(backend: Path) -> None:
    done = chariot_gen("rename", "entity", "NewEntity", "Widget", f"--dest={backend}")
    assert done.code == 0, done.out + done.err
    model = _text(backend / MODEL.replace("new_entity", "widget"))
    assert _renamed(ADDED_TO_MODEL, NewEntity="Widget", n="w") in model
    assert "// NewWidget makes an entity" in model
    assert "// Lifecycle status: A, or D once deleted." in model
    test = _text(backend / HANDLER_TEST.replace("new_entity", "widget"))
    assert _renamed(ADDED_TO_TEST, NewEntity="Widget") in test
    handler = _text(backend / HANDLER.replace("new_entity", "widget"))
    assert '\tif widget.IsHeavy() {\n\t\twidget.Field1 += " heavy"\n\t}\n' in handler
    stack = _text(backend / STACK.replace("new_entity", "widget"))
    assert "      MemorySize: 512\n" in stack
    assert "${WidgetFunction.Arn}/NewEntityFunction" in stack
    companion = _text(backend / COMPANION.replace("new_entity", "widget"))
    assert companion == _renamed(COMPANION_TEXT, NewEntity="Widget", n="w")
    assert _text(backend / "cmd/widget/NOTES.md") == "How to run newentity.\n"
    assert not list(backend.rglob("*new_entity*"))
    assert not (backend / "cmd/newentity").exists()
    assert ADDED_TO_CLIENT in _text(backend / CLIENT)
    assert chariot_gen("check", f"--dest={backend}").code == 0
    run([go(), "vet", "./..."], backend)


def test_go_files_of_people_follow_where_a_name_is_ours(backend: Path) -> None:
    said = _rename(backend, "entity", "NewEntity", "Widget")
    expected = FOREIGN_TEXT.replace("alias.NewEntity", "alias.Widget").replace(
        "request NewEntityRequest", "request WidgetRequest"
    )
    assert _text(backend / FOREIGN) == expected
    assert f"  update  {FOREIGN} (yours; 2 names followed)\n" in said
    said = _rename(backend, "field", "Widget.field1", "title")
    followed = expected.replace("item.Field1", "item.Title").replace("request.Field1", "request.Title")
    assert _text(backend / FOREIGN) == followed


def test_a_field_is_renamed_with_everything_written_by_hand(backend: Path) -> None:
    said = _rename(backend, "field", "NewEntity.field1", "title")
    model = _text(backend / MODEL)
    assert ADDED_TO_MODEL.replace("n.Field1", "n.Title") in model
    assert 'Title string `dynamodbav:"title" json:"title"' in model
    assert 'newEntity.Title += " heavy"' in _text(backend / HANDLER)
    test = ADDED_TO_TEST.replace("{Field1:", "{Title:").replace("newEntity.Field1", "newEntity.Title")
    assert test in _text(backend / HANDLER_TEST)
    assert _text(backend / COMPANION) == COMPANION_TEXT.replace("Field1", "Title")
    assert "keep the old name with store: field1" in said
    run([go(), "vet", "./..."], backend)


def test_a_service_is_renamed_with_everything_written_by_hand(backend: Path) -> None:
    said = _rename(backend, "service", "NewEntity.external_service", "summaries")
    client = _text(backend / "pkg/service/summaries_client.go")
    assert _renamed(ADDED_TO_CLIENT, ExternalServiceClient="SummariesClient") in client
    assert not (backend / CLIENT).exists()
    assert "SUMMARIES_* instead of EXTERNAL_SERVICE_*" in said
    run([go(), "vet", "./..."], backend)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        (("entity", "NewEntity", "Widget"), ("entity", "Widget", "NewEntity")),
        (("field", "NewEntity.field1", "title"), ("field", "NewEntity.title", "field1")),
        (("service", "NewEntity.external_service", "x"), ("service", "NewEntity.x", "external_service")),
    ],
    ids=["entity", "field", "service"],
)
def test_there_and_back_gives_the_same_bytes(
    backend: Path, there: tuple[str, ...], back: tuple[str, ...]
) -> None:
    before = tree(backend, without=CACHE)
    _rename(backend, *there)
    assert tree(backend, without=CACHE) != before
    _rename(backend, *back)
    assert tree(backend, without=CACHE) == before


def test_renamed_from_does_what_the_command_does(backend: Path, tmp_path: Path) -> None:
    twin = Path(shutil.copytree(backend, tmp_path / "twin"))
    _rename(twin, "entity", "NewEntity", "Widget")
    _rename(twin, "field", "Widget.field1", "title")
    spec = _text(backend / "specs" / "new_entity.yaml")
    spec = _renamed(spec, NewEntity="Widget\nrenamed_from: NewEntity", field1="title")
    spec = spec.replace("  title: { ", "  title: { renamed_from: field1, ")
    (backend / "specs" / "new_entity.yaml").unlink()
    (backend / "specs" / "widget.yaml").write_text(spec, encoding="utf-8")
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.out + done.err
    apart = ("specs", ".chariot/entities", *CACHE)
    assert tree(backend, without=apart) == tree(twin, without=apart)
    settled = tree(backend, without=CACHE)
    shutil.rmtree(backend / ".chariot" / "cache")
    again = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert (again.code, again.out.splitlines()[-1]) == (0, "everything is up to date")
    assert tree(backend, without=CACHE) == settled


@pytest.mark.parametrize("below", ["", "services/inner"])
def test_git_knows_which_files_moved_and_nothing_else_is_staged(
    edited: Path, tmp_path: Path, below: str
) -> None:
    backend = Path(shutil.copytree(edited, tmp_path / below / "backend"))
    (backend / ".gitignore").write_text(".chariot/cache\n", encoding="utf-8")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "--all", "--force")
    _git(tmp_path, "rm", "-q", "--cached", f"{backend}/{COMMAND_NOTES}")
    _git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "Begin")
    _rename(backend, "entity", "NewEntity", "Parcel")
    staged = _git(backend, "diff", "--cached", "--name-status", "-M100%", "--relative").splitlines()
    assert {line.split("\t")[0] for line in staged} == {"R100"}
    moved = {old: new for _, old, new in (line.split("\t") for line in staged)}
    assert moved[MODEL] == "pkg/model/model/parcel.go"
    assert moved[f".chariot/base/{MODEL}"] == ".chariot/base/pkg/model/model/parcel.go"
    assert moved["specs/new_entity.yaml"] == "specs/parcel.yaml"
    assert moved[COMPANION] == "pkg/model/model/parcel_custom.go"
    assert COMMAND_NOTES not in moved
    assert (backend / "cmd" / "parcel" / "NOTES.md").exists()
    _git(tmp_path, "add", "--all")
    assert f"D  {MODEL}" not in _git(backend, "status", "--porcelain", "--", ".")


def _git(folder: Path, *arguments: str) -> str:
    return run(["git", *arguments], folder)


def test_a_dry_run_names_every_file_and_writes_nothing(backend: Path) -> None:
    before = tree(backend)
    done = chariot_gen(
        "rename", "entity", "NewEntity", "Widget", f"--dest={backend}", "--no-hooks", "--dry-run"
    )
    assert done.code == 0, done.err
    assert tree(backend) == before
    shown = done.out
    _rename(backend, "entity", "NewEntity", "Widget")
    for path in tree(backend, without=(".chariot",)).keys() - before.keys():
        assert f" {path} (was " in shown
    assert f" {FOREIGN} (yours; 2 names followed)" in shown


def test_a_file_that_was_removed_by_hand_stays_removed(backend: Path) -> None:
    (backend / MODEL_TEST).unlink()
    _rename(backend, "entity", "NewEntity", "Widget")
    assert not (backend / "pkg/model/model/widget_test.go").exists()
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks", "--restore")
    assert done.code == 0, done.err
    assert "TestWidget" in _text(backend / "pkg/model/model/widget_test.go")


def test_a_renaming_and_other_changes_of_the_spec_happen_at_once(backend: Path) -> None:
    spec = backend / "specs" / "new_entity.yaml"
    edit(spec, "entity: NewEntity\n", "entity: Widget\nrenamed_from: NewEntity\n")
    edit(spec, "defaults:\n", "  colour: { desc: Colour of it., example: red }\ndefaults:\n")
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.err
    model = _text(backend / "pkg/model/model/widget.go")
    assert "Colour string" in model
    assert _renamed(ADDED_TO_MODEL, NewEntity="Widget", n="w") in model
    assert "widget.Colour = r.Colour" in _text(backend / "pkg/handler/handlers/widget_handler.go")
    run([go(), "vet", "./..."], backend)


@pytest.mark.parametrize("path", ["pkg/model/model/widget.go", "cmd/widget/NOTES.md", "specs/widget.yaml"])
def test_a_file_in_the_way_stops_the_run(backend: Path, path: str) -> None:
    (backend / path).parent.mkdir(exist_ok=True)
    (backend / path).write_text("mine", encoding="utf-8")
    before = tree(backend, without=CACHE)
    done = chariot_gen("rename", "entity", "NewEntity", "Widget", f"--dest={backend}", "--no-hooks")
    assert done.code == 3, done.out
    assert done.err.startswith(f"{path}: exists")
    assert tree(backend, without=CACHE) == before


def test_a_name_that_a_person_has_taken_stops_the_run(backend: Path) -> None:
    append(backend / FOREIGN, "\ntype WidgetRequest struct{}\n")
    before = tree(backend, without=CACHE)
    done = chariot_gen("rename", "entity", "NewEntity", "Widget", f"--dest={backend}", "--no-hooks")
    assert done.code == 3, done.out
    line = _text(backend / FOREIGN).count("\n")
    assert f"{FOREIGN}:{line}: declares WidgetRequest, which the renaming needs" in done.err
    assert tree(backend, without=CACHE) == before


def test_texts_that_were_edited_in_part_follow(backend: Path) -> None:
    edit(backend / MODEL, 'desc:"Name of the entity within its account."', 'desc:"My words."')
    edit(
        backend / HANDLER,
        'Field1 string `json:"field1"`',
        'Field1 string `json:"field1,omitempty" x:"field1"`',
    )
    edit(backend / HANDLER_TEST, '"field1": "example_value"', '"field1": "my value"')
    edit(
        backend / STACK,
        "EXTERNAL_SERVICE_BASE_URL: !Ref ExternalServiceBaseUrl",
        f"EXTERNAL_SERVICE_{OWN_URL}",
    )
    before = tree(backend, without=CACHE)
    _rename(backend, "field", "NewEntity.field1", "title")
    assert 'dynamodbav:"title" json:"title" desc:"My words."' in _text(backend / MODEL)
    assert 'Title string `json:"title,omitempty" x:"field1"`' in _text(backend / HANDLER)
    assert '"title": "my value"' in _text(backend / HANDLER_TEST)
    _rename(backend, "service", "NewEntity.external_service", "summaries")
    stack = _text(backend / STACK)
    assert f"          SUMMARIES_{_renamed(OWN_URL, ExternalServiceBaseUrl='SummariesBaseUrl')}\n" in stack
    assert "EXTERNAL_SERVICE" not in stack
    _rename(backend, "service", "NewEntity.summaries", "external_service")
    _rename(backend, "field", "NewEntity.title", "field1")
    assert tree(backend, without=CACHE) == before


def test_an_old_name_that_may_or_may_not_be_meant_stops_the_run(backend: Path) -> None:
    edit(backend / HANDLER_TEST, '\t"field1": "example_value",\n', '\t"mine": {"field1": "example_value"},\n')
    edit(
        backend / STACK,
        "          STAGE: !Ref Stage\n",
        "          STAGE: !Ref Stage\n          X_BASE_URL: x\n",
    )
    for words, path, told in (
        (("field", "NewEntity.field1", "title"), HANDLER_TEST, "says field1, which becomes title"),
        (
            ("service", "NewEntity.external_service", "x"),
            STACK,
            "says EXTERNAL_SERVICE_BASE_URL, which becomes X_BASE_URL",
        ),
    ):
        before = tree(backend, without=CACHE)
        done = chariot_gen("rename", *words, f"--dest={backend}", "--no-hooks")
        assert done.code == 3, done.out
        place, _, rest = done.err.partition(": ")
        assert place.rpartition(":")[0] == path
        assert rest.startswith(told)
        assert f".chariot/base/{path}" in rest
        assert tree(backend, without=CACHE) == before


def test_what_looks_like_a_renaming_stops_the_run(backend: Path) -> None:
    spec = backend / "specs" / "new_entity.yaml"
    text = _text(spec).replace("entity: NewEntity", "entity: Widget").replace("external_service:", "other:")
    spec.unlink()
    (backend / "specs" / "widget.yaml").write_text(text.replace("#newentity#", "#widget#"), encoding="utf-8")
    before = tree(backend, without=CACHE)
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 3, done.out
    assert "Widget looks like NewEntity under a new name" in done.err
    assert tree(backend, without=CACHE) == before
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks", "--removed=NewEntity")
    assert done.code == 0, done.err
    assert f"  kept    {MODEL}: no longer generated, but edited by hand" in done.out
    assert ADDED_TO_MODEL in _text(backend / MODEL)
    assert not (backend / MODEL_TEST).exists()
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.err


def test_a_field_that_looks_renamed_stops_the_run_only_where_a_person_uses_it(backend: Path) -> None:
    spec = backend / "specs" / "new_entity.yaml"
    spec.write_text(_renamed(_text(spec), field1="title", status="state"), encoding="utf-8")
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 3, done.out
    assert "state or title looks like field1 under a new name" in done.err
    assert "looks like status" not in done.err
