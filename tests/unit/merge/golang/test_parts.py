"""Inside of a declaration: fields, tags, methods, elements of tables, hooks, cases."""

from __future__ import annotations

import pytest

from chariot_gen.merge.golang import merge_go

STRUCT = """\
package p

// T is a thing.
type T struct {
	Base

	// A is a.
	A string `json:"a" desc:"A."`

	// B is b.
	B int `json:"b" desc:"B."`
}
"""


def merged(base: str, ours: str, theirs: str) -> str:
    result = merge_go(base, ours, theirs)
    assert (result.conflicts, result.notes) == ((), ())
    return result.text


def test_fields_are_merged_each_for_itself() -> None:
    ours = STRUCT.replace("B int", "B int64").replace("\tBase\n", "\tBase\n\t*Other\n")
    theirs = STRUCT.replace("A string", "A []string").replace(
        "\t// B is b.", '\t// C is c.\n\tC bool `json:"c"`\n\n\t// B is b.'
    )
    assert merged(STRUCT, ours, theirs) == theirs.replace("B int", "B int64").replace(
        "\tBase\n", "\tBase\n\t*Other\n"
    )


def test_type_tag_and_comment_of_a_field_are_merged_apart() -> None:
    ours = STRUCT.replace("B int", "B int64").replace('json:"b" desc', 'json:"b,omitempty" hand:"x" desc')
    theirs = STRUCT.replace("B is b", "B stands for b").replace('desc:"B."', 'desc:"Bee." example:"1"')
    tag = '`json:"b,omitempty" hand:"x" desc:"Bee." example:"1"`'
    assert f"\t// B stands for b.\n\tB int64 {tag}\n" in merged(STRUCT, ours, theirs)


def test_a_tag_that_both_change_is_a_conflict_of_that_row() -> None:
    ours, theirs = STRUCT.replace('json:"b"', 'json:"x"'), STRUCT.replace('json:"b"', 'json:"y"')
    (conflict,) = merge_go(STRUCT, ours, theirs).conflicts
    assert (conflict.where, conflict.ours) == ("field B of T", '\tB int `json:"x" desc:"B."`\n')


def test_a_field_changed_by_one_and_dropped_by_the_other_is_a_conflict() -> None:
    field = '\n\t// B is b.\n\tB int `json:"b" desc:"B."`\n'
    ours = STRUCT.replace('json:"b"', 'json:"x"')
    (conflict,) = merge_go(STRUCT, ours, STRUCT.replace(field, "")).conflicts
    assert (conflict.where, conflict.theirs) == ("field B of T", None)


def test_fields_of_one_paragraph_are_merged_as_if_nothing_were_aligned() -> None:
    base = "package p\n\ntype T struct {\n\ta int    // one\n\tbb string // two\n}\n"
    theirs = base.replace("a int ", "a          int ").replace("bb ", "bb         ")
    theirs = theirs.replace("two\n", "two\n\tmuchLonger bool\n")
    ours = "package p\n\ntype T struct {\n\ta  int64  // one\n\tbb string // two\n}\n"
    assert merged(base, ours, theirs) == ours.replace("two\n", "two\n\tmuchLonger bool\n")


def test_interfaces_are_merged_by_method() -> None:
    base = "package p\n\ntype I interface {\n\t// A does.\n\tA() error\n\n\t// B does.\n\tB() error\n}\n"
    ours = base.replace("B() error", "B(x int) error")
    theirs = base.replace("\t// A does.\n\tA() error\n\n", "").replace("B() error\n", "B() error\n\n\tC()\n")
    assert merged(base, ours, theirs) == theirs.replace("B() error", "B(x int) error")


TABLE = """\
package p

func TestIt(t *testing.T) {
	tests := []struct {
		name string
		want int
	}{
		{
			name: "first",
			want: 1,
		},
		{
			name: "second",
			want: 2,
		},
	}
	for _, test := range tests {
		check(t, test)
	}
}
"""


def test_cases_of_a_table_are_merged_by_name() -> None:
    mine = '\t\t{\n\t\t\tname: "mine",\n\t\t\twant: 9,\n\t\t},\n'
    theirs_new = '\t\t{\n\t\t\tname: "third",\n\t\t\twant: 3,\n\t\t},\n'
    ours = TABLE.replace("want: 1", "want: 10").replace("\t}\n\tfor", mine + "\t}\n\tfor")
    theirs = TABLE.replace("want: 2", "want: 20").replace("\t}\n\tfor", theirs_new + "\t}\n\tfor")
    assert merged(TABLE, ours, theirs) == theirs.replace("want: 1", "want: 10").replace(
        "\t}\n\tfor", mine + "\t}\n\tfor"
    )


def test_a_dropped_case_goes_though_the_table_was_edited() -> None:
    second = '\t\t{\n\t\t\tname: "second",\n\t\t\twant: 2,\n\t\t},\n'
    ours = TABLE.replace("want: 1", "want: 10")
    assert merged(TABLE, ours, TABLE.replace(second, "")) == ours.replace(second, "")


def test_a_dropped_case_that_was_edited_is_a_conflict() -> None:
    second = '\t\t{\n\t\t\tname: "second",\n\t\t\twant: 2,\n\t\t},\n'
    ours = TABLE.replace("want: 2", "want: 20")
    (conflict,) = merge_go(TABLE, ours, TABLE.replace(second, "")).conflicts
    assert conflict.where == 'element "second" of func TestIt'


def test_a_table_on_one_row_a_case_is_merged_by_key() -> None:
    rows = '\t{name: "get", path: "/a", item: true},\n\t{name: "list", path: "/b"},\n'
    base = f"package p\n\nvar calls = []call{{\n{rows}}}\n"
    ours = base.replace("item: true", "item: false, slow: true")
    theirs = base.replace('"/a"', '"/v2/a"')
    assert merged(base, ours, theirs) == theirs.replace("item: true", "item: false, slow: true")


HOOKS = """\
package p

func (t *T) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				t.A = trim(t.A)
				return nil
			},
			Description: "normalise a",
		},
		{
			Call: func() error {
				t.Key = t.A
				return nil
			},
			Description: "build key",
		},
	}
}
"""


def test_hooks_are_merged_by_what_they_do() -> None:
    ours = HOOKS.replace("t.A = trim(t.A)", "t.A = lower(trim(t.A))")
    theirs = HOOKS.replace("t.Key = t.A", "t.Key = t.A + t.B")
    assert merged(HOOKS, ours, theirs) == ours.replace("t.Key = t.A", "t.Key = t.A + t.B")


def test_the_order_of_hooks_is_theirs_unless_a_person_gave_them_another_one() -> None:
    first = HOOKS[HOOKS.index("\t\t{\n") : HOOKS.index("\t\t{\n\t\t\tCall: func() error {\n\t\t\t\tt.Key")]
    turned = HOOKS.replace(first, "").replace('"build key",\n\t\t},\n', '"build key",\n\t\t},\n' + first)
    ours = HOOKS.replace("t.Key = t.A", "t.Key = mine(t.A)")
    assert merged(HOOKS, ours, turned) == turned.replace("t.Key = t.A", "t.Key = mine(t.A)")
    theirs = HOOKS.replace("trim(t.A)", "lower(t.A)")
    assert merged(HOOKS, turned, theirs) == turned.replace("trim(t.A)", "lower(t.A)")


def test_an_edit_around_a_table_and_one_in_it_are_both_made() -> None:
    ours = TABLE.replace("check(t, test)", "check(t, test, 1)").replace(
        "\ttests :=", "\tprepare(t)\n\ttests :="
    )
    theirs = TABLE.replace("want: 2", "want: 20")
    assert merged(TABLE, ours, theirs) == ours.replace("want: 2", "want: 20")


def test_a_table_that_a_person_took_out_takes_no_change_with_it_in_silence() -> None:
    start, end = TABLE.index("\ttests :="), TABLE.index("\tfor")
    ours = TABLE[:start] + "\ttests := mine()\n" + TABLE[end:]
    theirs = TABLE.replace("want: 2", "want: 20")
    assert [conflict.where for conflict in merge_go(TABLE, ours, theirs).conflicts] == ["func TestIt"]


SWITCH = """\
package p

func f(x int) {
	switch x {
	case 1:
		a()
	// Two is special.
	case 2:
		b()
	default:
		c()
	}
}
"""


def test_cases_of_a_switch_are_merged_by_what_they_are_cases_of() -> None:
    ours = SWITCH.replace("a()", "a(1)").replace("\tdefault:", "\tcase 9:\n\t\tmine()\n\tdefault:")
    theirs = SWITCH.replace("Two is", "Two remains").replace("\tdefault:", "\tcase 3:\n\t\td()\n\tdefault:")
    assert merged(SWITCH, ours, theirs) == SWITCH.replace("a()", "a(1)").replace(
        "Two is", "Two remains"
    ).replace("\tdefault:", "\tcase 3:\n\t\td()\n\tcase 9:\n\t\tmine()\n\tdefault:")


def test_a_second_switch_added_above_does_not_draw_the_edits_to_itself() -> None:
    added = "\tswitch x {\n\tcase 1:\n\t\tz()\n\tcase 2:\n\t\tz()\n\t}\n"
    ours = SWITCH.replace("\tswitch x {", added + "\tswitch x {", 1)
    theirs = SWITCH.replace("a()", "a(1)")
    assert merged(SWITCH, ours, theirs) == ours.replace("\ta()", "\ta(1)")


@pytest.mark.parametrize(
    "call",
    [
        "new(12)",
        'new("text")',
        "new(T)",
        "new([]T)",
        "new([]int{1})",
        "new(func())",
        "new(func() int { return 1 }())",
    ],
)
def test_new_of_an_expression_is_read(call: str) -> None:
    base = f"package p\n\nvar x = {call}\n\nvar y = 1\n"
    assert merged(base, base.replace("y = 1", "y = 2"), base + "\nvar z = 3\n").endswith(
        "y = 2\n\nvar z = 3\n"
    )


UNNAMED = "package p\n\nvar rows = []int{\n\tone,\n\ttwo,\n\tthree,\n}\n"


def test_elements_without_names_are_known_by_their_text() -> None:
    ours, theirs = UNNAMED.replace("\tone,\n", "\tzero,\n\tone,\n"), UNNAMED.replace("\tthree,\n", "")
    assert merged(UNNAMED, ours, theirs) == ours.replace("\tthree,\n", "")


def test_an_element_without_a_name_that_both_change_is_a_conflict() -> None:
    (conflict,) = merge_go(
        UNNAMED, UNNAMED.replace("two", "mine"), UNNAMED.replace("two", "theirs")
    ).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("\ttwo,\n", "\tmine,\n", "\ttheirs,\n")


def test_of_two_literals_alike_none_takes_what_was_meant_for_the_other() -> None:
    first, second = (
        "\tcall(T{\n\t\tA: 1,\n\t\tB: 2,\n\t})\n",
        "\tcall(T{\n\t\tA: 3,\n\t\tB: 4,\n\t\tC: 5,\n\t})\n",
    )
    base = f"package p\n\nfunc f() {{\n{first}\twait()\n{second}}}\n"
    ours = (
        f"package p\n\nfunc f() {{\n\twait()\n{second.replace('3', '30')}\tcall(T{{\n\t\tA: 9,\n\t}})\n}}\n"
    )
    theirs = base.replace("\t\tB: 2,\n", "\t\tB: 2,\n\t\tD: 7,\n")
    result = merge_go(base, ours, theirs)
    assert result.conflicts != ()
    assert "A: 30,\n\t\tB: 4,\n\t\tC: 5,\n\t})" in result.text


def test_a_comment_below_the_statements_of_a_case_stays_in_it() -> None:
    base = SWITCH.replace("\t\ta()\n", "\t\ta()\n\t\t// That is all.\n")
    ours = base.replace("c()", "c(1)")
    theirs = base.replace("\t// Two is", "\tcase 9:\n\t\td()\n\t// Two is")
    assert merged(base, ours, theirs) == theirs.replace("c()", "c(1)")


def test_a_comment_of_its_own_does_not_become_that_of_a_new_field() -> None:
    base = "package p\n\ntype T struct {\n\tA int\n\tB int\n\tC int\n}\n"
    ours = base.replace("\tA int\n", "\t// Numbers.\n\n\tA int\n")
    theirs = base.replace("\tA int\n", "\tN int\n\tA int\n")
    assert merged(base, ours, theirs) == ours.replace("\tA int\n", "\tN int\n\n\tA int\n")


def test_a_tag_that_is_not_of_keys_and_texts_is_not_taken_apart() -> None:
    base = "package p\n\ntype T struct {\n\tA int `any text`\n}\n"
    result = merge_go(base, base.replace("int", "int8"), base.replace("any text", "other"))
    assert [conflict.where for conflict in result.conflicts] == ["field A of T"]


def test_a_comment_in_a_case_is_dropped_with_it() -> None:
    base = SWITCH.replace("\t\ta()\n", "\t\ta()\n\t\t// That is all.\n")
    ours = base.replace("\tcase 1:\n\t\ta()\n\t\t// That is all.\n", "")
    (conflict,) = merge_go(base, ours, base.replace("That is all", "No more")).conflicts
    assert (conflict.where, conflict.ours) == ("case 1 of func f", None)


def test_cases_that_share_a_name_are_not_taken_for_one_another() -> None:
    first, second = (f'\t\t{{\n\t\t\tname: "same",\n\t\t\twant: {want},\n\t\t}},\n' for want in (1, 2))
    base = TABLE[: TABLE.index("\t\t{\n")] + first + second + TABLE[TABLE.index("\t}\n\tfor") :]
    ours = base.replace(first, "").replace("want: 2", "want: 20")
    theirs = base.replace("want: 1,\n", "want: 1,\n\t\t\tslow: true,\n")
    result = merge_go(base, ours, theirs)
    assert result.conflicts != ()
    assert "want: 20,\n\t\t\tslow" not in result.text
