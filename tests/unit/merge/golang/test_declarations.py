"""What is merged is what has an identity: edits of different declarations never meet."""

from __future__ import annotations

import pytest

from chariot_gen.merge.golang import merge_go
from chariot_gen.merge.labels import Labels
from chariot_gen.merge.result import Conflict

BASE = """\
// Package zoo keeps animals.
package zoo

import "fmt"

// Legs is how many legs an animal has.
const Legs = 4

// Zoo holds animals.
type Zoo struct {
	// Name of the zoo.
	Name string
}

var _ fmt.Stringer = (*Zoo)(nil)

// String names the zoo.
func (z *Zoo) String() string {
	return z.Name
}

// Open opens the zoo.
func (z *Zoo) Open() error {
	return fmt.Errorf("closed")
}

func init() {
	register("zoo")
}
"""


def edited(text: str, *edits: tuple[str, str]) -> str:
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def test_edits_of_neighbours_are_both_made() -> None:
    ours = edited(BASE, ("return z.Name", 'return "the " + z.Name'))
    theirs = edited(BASE, ("// Open opens", "// Open unlocks"), ("const Legs = 4", "const Legs = 6"))
    merged = merge_go(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert merged.text == edited(theirs, ("return z.Name", 'return "the " + z.Name'))


def test_what_both_add_at_one_place_stands_one_below_the_other_theirs_first() -> None:
    ours = BASE + "\nfunc mine() {}\n"
    theirs = BASE + "\nfunc theirs() {}\n"
    assert merge_go(BASE, ours, theirs).text == BASE + "\nfunc theirs() {}\n\nfunc mine() {}\n"


def test_what_is_new_comes_after_the_neighbour_that_it_follows_in_the_new_version() -> None:
    string = BASE[BASE.index("// String names") : BASE.index("// Open opens")]
    ours = edited(BASE, (string, "")) + "\n" + string.rstrip("\n") + "\n"
    theirs = edited(
        BASE, ("// Open opens", "// Close closes the zoo.\nfunc (z *Zoo) Close() {}\n\n// Open opens")
    )
    merged = merge_go(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert merged.text == ours + "\n// Close closes the zoo.\nfunc (z *Zoo) Close() {}\n"


def test_the_order_of_ours_is_kept() -> None:
    opened = BASE[BASE.index("// Open opens") : BASE.index("func init")]
    ours = edited(BASE, ("z.Name\n}", "z.Name // as it is\n}"))
    theirs = edited(edited(BASE, (opened, "")), ("// String names", opened + "// String names"))
    assert merge_go(BASE, ours, theirs).text == ours


def test_a_deleted_declaration_stays_deleted() -> None:
    opened = BASE[BASE.index("// Open opens") : BASE.index("func init")]
    ours = edited(BASE, (opened, ""))
    theirs = edited(BASE, ("Legs = 4", "Legs = 6"))
    merged = merge_go(BASE, ours, theirs)
    assert (merged.conflicts, merged.text) == ((), edited(theirs, (opened, "")))


def test_what_is_no_longer_generated_goes_if_nobody_edited_it() -> None:
    opened = BASE[BASE.index("// Open opens") : BASE.index("func init")]
    ours = edited(BASE, ("Legs = 4", "Legs = 6"))
    assert merge_go(BASE, ours, edited(BASE, (opened, ""))).text == edited(ours, (opened, ""))


@pytest.mark.parametrize("deleted_by_ours", [True, False])
def test_deleted_by_one_and_changed_by_the_other_is_a_conflict(deleted_by_ours: bool) -> None:  # noqa: FBT001
    opened = BASE[BASE.index("// Open opens") : BASE.index("func init")].rstrip("\n") + "\n"
    gone, changed = edited(BASE, (opened + "\n", "")), edited(BASE, ('"closed"', '"for ever"'))
    again = opened.replace("closed", "for ever")
    ours, theirs = (gone, changed) if deleted_by_ours else (changed, gone)
    (conflict,) = merge_go(BASE, ours, theirs).conflicts
    sides = (None, again) if deleted_by_ours else (again, None)
    assert conflict == Conflict("func (z *Zoo) Open", opened, *sides)


def test_a_rename_by_hand_of_what_is_generated_anew_is_a_conflict_and_not_a_second_copy() -> None:
    ours = edited(BASE, ("// Open opens", "// Unlock opens"), (") Open()", ") Unlock()"))
    theirs = edited(BASE, ('"closed"', '"for ever"'))
    merged = merge_go(BASE, ours, theirs)
    assert [conflict.where for conflict in merged.conflicts] == ["func (z *Zoo) Open"]
    assert ") Unlock()" in merged.text


def test_a_rename_by_hand_of_what_is_generated_as_before_holds() -> None:
    ours = edited(BASE, ("// Open opens", "// Unlock opens"), (") Open()", ") Unlock()"))
    theirs = edited(BASE, ("Legs = 4", "Legs = 6"))
    merged = merge_go(BASE, ours, theirs)
    assert (merged.conflicts, merged.text) == ((), edited(ours, ("Legs = 4", "Legs = 6")))


def test_the_same_change_of_both_is_made_once() -> None:
    ours = edited(BASE, ("Legs = 4", "Legs = 6"), ("z.Name\n", "z.Name + z.Name\n"))
    theirs = edited(BASE, ("Legs = 4", "Legs = 6"), ("closed", "shut"))
    assert merge_go(BASE, ours, theirs).text == edited(ours, ("closed", "shut"))


def test_both_add_one_name_with_other_texts() -> None:
    merged = merge_go(BASE, BASE + "\nfunc f() int { return 1 }\n", BASE + "\nfunc f() int { return 2 }\n")
    assert merged.conflicts == (
        Conflict("func f", None, "func f() int { return 1 }\n", "func f() int { return 2 }\n"),
    )


def test_markers_stand_around_the_rows_that_clash_and_carry_the_labels() -> None:
    ours, theirs = edited(BASE, ("return z.Name", "return 1")), edited(BASE, ("return z.Name", "return 2"))
    marked = "<<<<<<< mine\n\treturn 1\n||||||| old\n\treturn z.Name\n=======\n\treturn 2\n>>>>>>> new\n"
    merged = merge_go(BASE, ours, theirs, Labels("mine", "old", "new"))
    assert merged.text == edited(BASE, ("\treturn z.Name\n", marked))
    assert merged.conflicts == (
        Conflict("func (z *Zoo) String", "\treturn z.Name\n", "\treturn 1\n", "\treturn 2\n"),
    )


def test_rows_that_only_lie_side_by_side_do_not_clash() -> None:
    base = "package p\n\nfunc f() {\n\ta()\n\tb()\n}\n"
    merged = merge_go(base, base.replace("a()", "a(1)"), base.replace("b()", "b(2)"))
    assert (merged.conflicts, merged.text) == ((), "package p\n\nfunc f() {\n\ta(1)\n\tb(2)\n}\n")


@pytest.mark.parametrize(
    ("mine", "new"),
    [("b()", "c()"), ("n.A = 1", "n.B = 2"), ("// Mine.", "check(n.A)"), ("n.A = 1", 'log("n.A")')],
)
def test_additions_at_one_place_that_cannot_see_each_other_are_both_made(mine: str, new: str) -> None:
    base = "package p\n\nfunc f() {\n\ta()\n}\n"
    sides = [base.replace("\ta()\n", f"\ta()\n\t{row}\n") for row in (mine, new)]
    merged = merge_go(base, *sides)
    assert (merged.conflicts, merged.text) == ((), base.replace("\ta()\n", f"\ta()\n\t{new}\n\t{mine}\n"))


@pytest.mark.parametrize(
    ("mine", "new"),
    [
        ("n.A = 1", "n.A = 2"),
        ("n.A = 1", "check(n.A)"),
        ("check(n)", "n.A = 1"),
        ("n = other()", "check(n.A)"),
        ("n.A[0]++", "check(n.A)"),
        ("return 1", "c()"),
        ("x := 1", "c()"),
    ],
)
def test_additions_at_one_place_that_may_see_each_other_clash(mine: str, new: str) -> None:
    base = "package p\n\nfunc f() {\n\ta()\n}\n"
    sides = [base.replace("\ta()\n", f"\ta()\n\t{row}\n") for row in (mine, new)]
    assert merge_go(base, *sides).conflicts == (Conflict("func f", None, f"\t{mine}\n", f"\t{new}\n"),)


def test_rows_at_one_place_that_are_no_statements_clash() -> None:
    base = "package p\n\nvar x = f(\n\ta,\n)\n"
    sides = [base.replace("\ta,\n", f"\ta,\n\t{name},\n") for name in ("b", "c")]
    assert merge_go(base, *sides).conflicts == (Conflict("var x", None, "\tb,\n", "\tc,\n"),)


def test_several_init_functions_are_told_apart_by_what_they_do() -> None:
    first, second = 'func init() {\n\tregister("a")\n}\n', 'func init() {\n\tlisten("b")\n\tserve("b")\n}\n'
    base = f"package p\n\n{first}\n{second}"
    ours = base.replace('serve("b")', 'serve("b", 2)')
    theirs = base.replace('register("a")', 'register("a", 1)')
    merged = merge_go(base, ours, theirs)
    assert (merged.conflicts, merged.text) == ((), ours.replace('register("a")', 'register("a", 1)'))


def test_a_contract_is_known_by_its_text() -> None:
    ours = edited(BASE, ("var _ fmt", "var _ Opener = (*Zoo)(nil)\n\nvar _ fmt"))
    theirs = edited(BASE, ("var _ fmt.Stringer = (*Zoo)(nil)\n\n", "var _ Stringer = (*Zoo)(nil)\n\n"))
    merged = merge_go(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert "var _ Stringer = (*Zoo)(nil)\n\nvar _ Opener = (*Zoo)(nil)\n" in merged.text
    assert "fmt.Stringer" not in merged.text


def test_specifications_of_a_group_are_merged_by_name() -> None:
    base = "package p\n\nconst (\n\t// A is a.\n\tA = 1\n\n\t// B is b.\n\tB = 2\n)\n"
    ours = base.replace("A = 1", "A = 10").replace("\tB = 2\n", "\tB = 2\n\n\t// Mine is mine.\n\tMine = 3\n")
    theirs = base.replace("\tB = 2\n", "\tB = 2\n\n\t// C is c.\n\tC = 3\n").replace(
        "B is b", "B stands for b"
    )
    merged = merge_go(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.text == (
        "package p\n\nconst (\n\t// A is a.\n\tA = 10\n\n\t// B stands for b.\n\tB = 2\n\n"
        "\t// C is c.\n\tC = 3\n\n\t// Mine is mine.\n\tMine = 3\n)\n"
    )


def test_a_comment_of_its_own_stays_between_its_neighbours() -> None:
    ours = edited(BASE, ("// Open opens", "// From here on: doors.\n\n// Open opens"))
    theirs = edited(BASE, ("z.Name\n}\n", "z.Name\n}\n\nfunc (z *Zoo) Size() int {\n\treturn 1\n}\n"))
    merged = merge_go(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert "\treturn 1\n}\n\n// From here on: doors.\n\n// Open opens" in merged.text


def test_the_package_comment_travels_with_the_clause() -> None:
    ours = edited(BASE, ("keeps animals", "keeps wild animals"))
    theirs = "//go:build linux\n\n" + edited(BASE, ("Legs = 4", "Legs = 6"))
    assert merge_go(BASE, ours, theirs).text == "//go:build linux\n\n" + edited(
        ours, ("Legs = 4", "Legs = 6")
    )


def test_the_head_of_a_block_and_its_first_row_are_one_place() -> None:
    base = "package p\n\nfunc f() {\n\tif some {\n\t\ta()\n\t}\n\tb()\n}\n"
    merged = merge_go(base, edited(base, ("if some", "if other")), edited(base, ("a()", "edited()")))
    assert [conflict.where for conflict in merged.conflicts] == ["func f"]


def test_rows_at_one_level_that_meet_are_not() -> None:
    base = "package p\n\nfunc f() {\n\tif some {\n\t\ta()\n\t}\n\tb()\n}\n"
    merged = merge_go(
        base, edited(base, ("\t\ta()\n", "\t\ta()\n\t\tmine()\n")), edited(base, ("a()", "a(1)"))
    )
    assert (merged.conflicts, merged.text) == ((), edited(base, ("\t\ta()\n", "\t\ta(1)\n\t\tmine()\n")))


def test_the_last_row_of_a_block_and_its_end_are_one_place() -> None:
    base = "package p\n\nfunc f() {\n\tgo func() {\n\t\ta()\n\t}()\n}\n"
    merged = merge_go(base, edited(base, ("a()", "a(1)")), edited(base, ("}()", "}(2)")))
    assert [conflict.where for conflict in merged.conflicts] == ["func f"]


def test_edits_that_are_good_only_each_by_itself_are_a_conflict_of_the_whole_declaration() -> None:
    base = "package p\n\nfunc f() {\n\ta(1)\n\tb()\n\tc(1)\n}\n"
    ours = edited(base, ("a(1)", "a(`x"), ("c(1)", "y`)"))
    (conflict,) = merge_go(base, ours, edited(base, ("b()", "b(`z`)"))).conflicts
    assert (conflict.where, conflict.ours) == ("func f", ours.partition("\n\n")[2])
