"""What the view of a model decides: tags, checks, hooks, policies, constructors."""

from __future__ import annotations

import pytest

from chariot_gen.model.backend import Backend
from chariot_gen.plan.views.model import ModelView, mixins_used, model_test_view, model_view
from stacks import SETTINGS, backend, example

HEAD = """
entity: Widget
kind: {kind}
description: A widget.
{key}
fields:
  name: {{ desc: Name., required: true, example: lamp }}
"""


def spec(more: str = "", *, fields: str = "", kind: str = "table", key: str = 'key: "#widget#{name}"') -> str:
    lines = "".join(f"  {line.strip()}\n" for line in fields.strip().splitlines())
    return HEAD.format(kind=kind, key=key) + lines + more


def view(text: str, *others: str, settings: str = SETTINGS) -> ModelView:
    described = backend(text, *others, settings=settings)
    return model_view(described, next(e for e in described.entities if e.names.go == "Widget"))


def checks(found: ModelView, guard: str = "") -> list[str]:
    return [call for check in found.checks if check.guard == guard for call in check.calls]


def method(found: ModelView, name: str) -> list[str]:
    steps = next(method for method in found.methods if method.name == name).steps
    return [f"{step.guard}: {'; '.join(step.lines)}".removeprefix(": ") for step in steps]


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        (
            "table",
            '`dynamodbav:"colour,omitempty" json:"colour" desc:"Colour." example:"red" capmodel:"Widget"`',
        ),
        ("graph", '`neo4j:"colour,omitempty" json:"colour" desc:"Colour." example:"red" capmodel:"Widget"`'),
        ("plain", '`json:"colour" desc:"Colour." example:"red" capmodel:"Widget"`'),
    ],
)
def test_tags_come_in_the_order_of_their_kind(kind: str, tag: str) -> None:
    field = "colour: { desc: Colour., example: red, omitempty: store, tags: { capmodel: Widget } }"
    text = spec(fields=field, kind=kind, key="" if kind == "plain" else 'key: "#widget#{name}"')
    assert view(text).fields[1].tag == tag


def test_a_transient_field_is_not_stored() -> None:
    found = view(spec(fields="secret: { desc: Secret., transient: true, sensitive: true }"))
    assert found.fields[1].tag == '`dynamodbav:"-" json:"secret" desc:"Secret."`'


def test_text_that_a_raw_literal_cannot_hold_is_quoted() -> None:
    found = view(spec(fields="odd: { desc: 'A `b` and \"c\".' }"))
    assert found.fields[1].tag.startswith('"dynamodbav:\\"odd\\"')


@pytest.mark.parametrize(
    ("registry", "imported"),
    [
        ("", "example.com/chariot/pkg/registry"),
        (
            "tabularium: { module: github.com/acme/tabularium, version: v1.0.1 }\n",
            "github.com/acme/tabularium/pkg/registry",
        ),
    ],
)
def test_the_registry_is_the_one_of_the_settings(registry: str, imported: str) -> None:
    assert f'"{imported}"' in view(spec(), settings=SETTINGS + registry).imports


def test_imports_are_exact() -> None:
    found = view(spec(kind="plain", key="").replace(", required: true", ""))
    assert found.imports == 'import "example.com/chariot/pkg/registry"'
    assert not found.checks
    assert not found.has_key


def test_other_names_are_registered_as_aliases() -> None:
    text = spec("aliases: [gadget]\nnames: { registry: widget-2 }\n")
    assert view(text).registration == '&Widget{}, "widget-2", "gadget"'


def test_every_part_of_the_key_is_demanded_but_optional_fields_and_lists() -> None:
    fields = "note: { desc: Note., optional: true }\nparts: { type: '[]string', desc: Parts. }"
    fields += "\nn: { type: int, desc: N. }"
    found = view(spec(fields=fields, key='key: "#widget#{name}#{n}#{note}#{parts}"'))
    key = found.hooks[-1].key
    assert key is not None
    assert key.checks == ('checker.NotEmpty("name", w.Name)',)
    (step,) = key.steps
    arguments = 'w.Name, w.N, optional.Value(w.Note), strings.Join(w.Parts, ",")'
    assert step.lines == (f'w.Key = fmt.Sprintf("#widget#%s#%d#%s#%s", {arguments})',)


def test_a_separator_inside_an_early_part_is_refused() -> None:
    found = view(spec(fields="last: { desc: Last., required: true }", key='key: "#widget#{name}#{last}"'))
    assert 'checker.Excludes("name", w.Name, "#")' in checks(found)
    assert 'checker.Excludes("last", w.Last, "#")' not in checks(found)


def test_a_part_in_kebab_case_may_hold_the_separator() -> None:
    found = view(spec(fields="last: { desc: Last. }", key='key: "#widget#{kebab:name}#{last}"'))
    assert not [call for call in checks(found) if "Excludes" in call]


@pytest.mark.parametrize(
    ("field", "rule", "guard", "call"),
    [
        ("x: { desc: X. }", "{ field: x, rule: nonempty }", "", 'checker.NotEmpty("x", w.X)'),
        (
            "x: { desc: X., optional: true }",
            "{ field: x, rule: present }",
            "",
            'checker.Check(w.X != nil, "x", "must be present")',
        ),
        ("x: { desc: X. }", "{ field: x, prefix: '#' }", 'if w.X != ""', 'checker.HasPrefix("x", w.X, "#")'),
        (
            "x: { desc: X., required: true }",
            "{ field: x, prefix: '#' }",
            "",
            'checker.HasPrefix("x", w.X, "#")',
        ),
        (
            "x: { desc: X. }",
            "{ field: x, regexp: '^a$' }",
            'if w.X != ""',
            'checker.Matches("x", w.X, widgetXPattern)',
        ),
        (
            "x: { type: int, desc: X. }",
            "{ field: x, min: 1, max: 9 }",
            "",
            'validation.Range(&checker, "x", w.X, 1, 9)',
        ),
        ("x: { type: int, desc: X. }", "{ field: x, min: 1 }", "", 'validation.Min(&checker, "x", w.X, 1)'),
        (
            "x: { type: int, desc: X., optional: true }",
            "{ field: x, max: 9 }",
            "if w.X != nil",
            'validation.Max(&checker, "x", *w.X, 9)',
        ),
        (
            "x: { type: '[]string', desc: X. }",
            "{ field: x, rule: each_nonempty }",
            "for _, item := range w.X",
            'checker.NotEmpty("x", item)',
        ),
        (
            "x: { desc: X. }",
            "{ any_of: [x, name] }",
            "",
            'checker.Check(w.X != "" || w.Name != "", "x", "must not be empty unless name is set")',
        ),
    ],
)
def test_a_rule_is_one_check(field: str, rule: str, guard: str, call: str) -> None:
    found = view(spec(f"valid:\n  - {rule}\n", fields=field))
    assert call in checks(found, guard)


def test_a_rule_that_refuses_the_empty_text_says_it_alone() -> None:
    found = view(spec(fields="x: { desc: X., required: true, enum: [a, b], example: a }"))
    assert [call for call in checks(found) if '"x"' in call] == ['checker.OneOf("x", w.X, "a", "b")']


def test_bounds_alone_decide_on_zero() -> None:
    found = view(spec("valid: [{ field: x, min: 0 }]\n", fields="x: { type: int, desc: X., required: true }"))
    assert [call for call in checks(found) if '"x"' in call] == ['validation.Min(&checker, "x", w.X, 0)']


def test_a_required_bool_may_be_false() -> None:
    found = view(spec(fields="x: { type: bool, desc: X., required: true }"))
    assert not [call for call in checks(found) if '"x"' in call]


@pytest.mark.parametrize(
    ("field", "policy", "lines"),
    [
        ("x: { desc: X. }", "always", ["w.X = other.X"]),
        ("x: { desc: X. }", "if_set", ['if other.X != "": w.X = other.X']),
        ("x: { desc: X., optional: true }", "if_set", ["if other.X != nil: w.X = other.X"]),
        ("x: { type: time, desc: X. }", "if_set", ["if !other.X.IsZero(): w.X = other.X"]),
        ("x: { desc: X. }", "if_self_empty", ['if w.X == "": w.X = other.X']),
        ("x: { type: int64, desc: X. }", "{ if_self_set: true }", ["if w.X != 0: w.X = other.X"]),
        ("x: { desc: X. }", "{ unless: P }", ['if w.X != "P": w.X = other.X']),
        (
            "x: { desc: X., optional: true }",
            "{ unless: P }",
            ['if optional.Value(w.X) != "P": w.X = other.X'],
        ),
        ("x: { type: bool, desc: X. }", "sticky", ["w.X = w.X || other.X"]),
        (
            "x: { type: bool, desc: X., optional: true }",
            "sticky",
            ["if optional.Value(other.X): w.X = other.X"],
        ),
        (
            "x: { type: 'map[string]int', desc: X. }",
            "copy_map",
            ["if w.X == nil && len(other.X) > 0: w.X = map[string]int{}", "maps.Copy(w.X, other.X)"],
        ),
    ],
)
def test_a_policy_is_one_step(field: str, policy: str, lines: list[str]) -> None:
    assert method(view(spec(f"visit: {{ x: {policy} }}\n", fields=field)), "Visit") == lines


def test_a_union_appends_what_is_new() -> None:
    found = view(spec("merge: { x: union }\n", fields="x: { type: '[]int', desc: X., optional: true }"))
    first, second = found.methods[0].steps
    assert first.guard == "if w.X == nil && other.X != nil"
    assert (second.source, second.contains, second.target) == (
        "optional.Value(other.X)", "slices.Contains(*w.X, item)", "*w.X",
    )  # fmt: skip


def test_the_history_guards_the_status_and_takes_the_comment() -> None:
    fields = (
        "status: { desc: Status. }\nusername: { desc: Owner. }\ncomment: { desc: Comment., optional: true }"
    )
    found = view(spec("mixins: [history]\nmerge: { history: history }\n", fields=fields))
    values = "w.Status, other.Status, other.Username, optional.Value(other.Comment), other.History"
    assert method(found, "Merge") == [f"if w.History.Update({values}): w.Status = other.Status"]


def test_mixins_follow_their_own_method_unless_told_otherwise() -> None:
    found = view(
        spec("mixins: [tags, ml]\nvisit: { ml: if_self_empty, name: always }\nmerge: { tags: always }\n")
    )
    assert method(found, "Visit") == [
        "w.Tags.Visit(other.Tags)",
        "if reflect.ValueOf(w.MLProperties).IsZero(): w.MLProperties = other.MLProperties",
        "w.Name = other.Name",
    ]
    assert method(found, "Merge") == ["w.MLProperties.Merge(other.MLProperties)", "w.Tags = other.Tags"]


def test_params_never_hide_what_the_body_needs() -> None:
    fields = "type: { desc: T. }\nw: { desc: W. }\nlen: { type: int, desc: L. }\n"
    fields += "registry: { desc: R. }\nerr: { desc: E. }"
    found = view(spec("constructor: [type, w, len, registry, err, name]\n", fields=fields))
    assert found.constructors[0].params == (
        "typeValue, wValue string, lenValue int, registryValue, errValue, name string"
    )


def test_a_constructor_copies_what_the_source_has_too() -> None:
    source = 'entity: Source\nkind: table\ndescription: S.\nkey: "#source#{id}"\nfields:\n'
    source += "  id: { desc: I. }\n  name: { desc: N. }\n"
    source += "  note: { desc: O., optional: true }\n  size: { type: int, desc: S. }\n"
    fields = "note: { desc: Note. }\nsize: { type: int64, desc: Size. }\nrest: { desc: Rest. }"
    made = "constructors: { NewWidgetFromSource: { from: Source, params: [rest] } }\n"
    constructor = view(spec(made, fields=fields), source).constructors[0]
    assert constructor.params == "source *Source, rest string"
    assert [line for step in constructor.steps for line in step.lines] == [
        "w.Name = source.Name",
        "w.Note = optional.Value(source.Note)",
        "w.Rest = rest",
    ]


def test_an_embedded_entity_keeps_its_hooks_defaults_and_rules() -> None:
    part = "entity: Part\nkind: plain\ndescription: P.\n"
    part += "fields:\n  size: { desc: S., enum: [s, m], example: s }\n"
    part += "defaults: { size: s }\nnormalise: { size: [lower] }\n"
    found = view(spec("mixins: [{ go: Part }]\n"), part)
    assert found.embeds == "registry.BaseModel\n\tPart"
    assert found.defaults == ("w.Part.Defaulted()",)
    assert found.inner_hooks == "w.Part.GetHooks()"
    assert found.verdict == "errors.Join(checker.Err(), w.Part.Validate())"


def test_markers_are_methods() -> None:
    fields = "username: { desc: Owner. }\nagent: { desc: Agent. }"
    markers = view(spec("markers: [standalone, partition, agent]\n", fields=fields)).markers
    assert markers.is_standalone
    assert (markers.partition, markers.agent, markers.username) == (
        "w.Key",
        "w.Agent",
        "w.Username = username",
    )


def test_only_mixins_in_use_are_emitted() -> None:
    described: Backend = backend(example("port"), example("person"))
    assert mixins_used(described) == {"tags", "history"}


def test_the_test_claims_validity_only_where_it_can_be_shown() -> None:
    pattern = "valid: [{ field: key, regexp: '^#widget#[[:digit:]]+$' }]\n"
    shown, doubtful = backend(spec()), backend(spec(pattern))
    assert model_test_view(shown, shown.entities[0]).is_valid
    assert not model_test_view(doubtful, doubtful.entities[0]).is_valid


def test_a_constant_key_needs_no_parts_and_never_fails() -> None:
    found = view(spec("valid: [{ constant: false }]\n", key='key: "#widget"'))
    key = found.hooks[-1].key
    assert key is not None
    assert key.checks == ()
    assert 'checker.Check(false, "key", "stands for nothing that is stored")' in checks(found)


def test_a_comment_that_is_no_text_is_none_of_the_history() -> None:
    fields = "status: { desc: Status. }\ncomment: { type: int, desc: Count. }"
    text = spec("mixins: [history]\nmerge: { history: history }\n", fields=fields, kind="graph")
    described = backend(text, settings=SETTINGS)
    assert "Seen again." not in repr(model_test_view(described, described.entities[0]))
