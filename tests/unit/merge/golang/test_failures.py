"""What other generators were seen to do to hand edits, each by its name."""

from __future__ import annotations

import pytest

from chariot_gen.merge.golang import merge_go


def validators(*names: str, limit: int = 10) -> str:
    return "package p\n" + "".join(
        f"\n// Validate{name} checks {name}.\nfunc Validate{name}(value string) error {{\n"
        f"\tif len(value) > {limit} {{\n\t\treturn errTooLong\n\t}}\n\treturn nil\n}}\n"
        for name in names
    )


def test_an_edit_in_one_of_many_functions_alike_stays_in_it() -> None:
    base = validators("Alpha", "Beta", "Gamma")
    head, body = base.split("func ValidateGamma")
    ours = f"{head}func ValidateGamma{body.replace('> 10', '> 99')}"
    theirs = validators("First", "Alpha", "Beta", "Gamma")
    head, body = theirs.split("func ValidateGamma")
    assert merge_go(base, ours, theirs).text == f"{head}func ValidateGamma{body.replace('> 10', '> 99')}"


def test_an_edit_in_one_of_many_blocks_alike_of_a_function_that_grows_stays_in_it() -> None:
    def body(*names: str) -> str:
        checks = (f"\tif v.{name} > 10 {{\n\t\treturn errTooLong\n\t}}\n" for name in names)
        return "package p\n\nfunc validate(v T) error {\n" + "".join(checks) + "\treturn nil\n}\n"

    base, theirs = body("alpha", "beta", "gamma"), body("first", "alpha", "beta", "gamma")
    ours = base.replace("v.gamma > 10", "v.gamma > 99")
    assert merge_go(base, ours, theirs).text == theirs.replace("v.gamma > 10", "v.gamma > 99")


def test_a_formatted_file_and_a_longer_name_of_a_field_do_not_clash() -> None:
    base = 'package p\n\ntype T struct {\n\tID   string `json:"id"`\n\tName string `json:"name"`\n}\n'
    ours = 'package p\n\ntype T struct {\n\tID   int64  `json:"id"`\n\tName string `json:"name"`\n}\n'
    theirs = (
        'package p\n\ntype T struct {\n\tID           string `json:"id"`\n'
        '\tName         string `json:"name"`\n'
        '\tOrganization string `json:"organization"`\n}\n'
    )
    merged = merge_go(base, ours, theirs)
    assert merged.conflicts == ()
    assert [line.split() for line in merged.text.splitlines()[3:6]] == [
        ["ID", "int64", '`json:"id"`'],
        ["Name", "string", '`json:"name"`'],
        ["Organization", "string", '`json:"organization"`'],
    ]


def test_both_append_a_field() -> None:
    base = "package p\n\ntype T struct {\n\t// A is a.\n\tA string\n}\n"
    ours = base.replace("\tA string\n", "\tA string\n\n\t// Mine is mine.\n\tMine int\n")
    theirs = base.replace("\tA string\n", "\tA string\n\n\t// B is b.\n\tB string\n")
    assert merge_go(base, ours, theirs).text == theirs.replace(
        "\tB string\n", "\tB string\n\n\t// Mine is mine.\n\tMine int\n"
    )


def test_both_add_an_import_in_the_same_gap() -> None:
    base = 'package p\n\nimport (\n\t"a"\n\t"z"\n)\n\nvar x = a.X + z.X\n'
    ours = base.replace('"a"\n', '"a"\n\t"m"\n') + "\nvar y = m.Y\n"
    theirs = base.replace('"a"\n', '"a"\n\t"n"\n') + "\nvar w = n.W\n"
    merged = merge_go(base, ours, theirs)
    assert merged.conflicts == ()
    assert 'import (\n\t"a"\n\t"m"\n\t"n"\n\t"z"\n)\n' in merged.text


def test_a_retagged_field_and_a_new_one_beside_it_do_not_clash() -> None:
    base = 'package p\n\ntype T struct {\n\tA string `json:"a"`\n\tB string `json:"b"`\n}\n'
    ours = base.replace('json:"b"', 'json:"b,omitempty"')
    theirs = base.replace('\tB string `json:"b"`\n', '\tB string `json:"b"`\n\tC string `json:"c"`\n')
    assert merge_go(base, ours, theirs).text == theirs.replace('json:"b"', 'json:"b,omitempty"')


def test_a_file_in_which_everything_was_deleted_is_not_filled_again() -> None:
    base = validators("Alpha", "Beta")
    merged = merge_go(base, "package p\n", validators("Alpha", "Beta", "Gamma"))
    assert merged.conflicts == ()
    assert "Gamma" in merged.text
    assert "Alpha" not in merged.text


def test_comments_and_imports_are_not_lost_with_a_changed_body() -> None:
    base = 'package p\n\nimport "fmt"\n\nfunc f() {\n\tfmt.Print(1)\n}\n'
    ours = (
        'package p\n\nimport (\n\t"fmt"\n\t"os" // kept\n)\n\n// f is documented by hand.\nfunc f() {\n'
        "\t// Why: because.\n\tfmt.Print(1)\n\tos.Exit(1)\n}\n"
    )
    theirs = base.replace("fmt.Print(1)", "fmt.Print(2)")
    assert merge_go(base, ours, theirs).text == ours.replace("fmt.Print(1)", "fmt.Print(2)")


@pytest.mark.parametrize(
    "imports",
    [
        'import (\n\t"fmt"\n) // why this one',
        'import ("fmt"; _ "time/tzdata") // both',
        'import ( // std\n\t"fmt"\n)',
    ],
)
def test_imports_that_are_not_one_a_line_keep_what_stands_beside_them(imports: str) -> None:
    base = 'package p\n\nimport (\n\t"fmt"\n)\n\nvar x = fmt.X\n\n// y.\nvar y = 1\n'
    ours = base.replace('import (\n\t"fmt"\n)', imports)
    theirs = base.replace("var y = 1", "var y = 2")
    merged = merge_go(base, ours, theirs)
    assert (merged.text, merged.conflicts) == (ours.replace("var y = 1", "var y = 2"), ())
    assert merged.notes
