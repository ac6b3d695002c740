"""Imports are merged as sets, in the layout of ours, and follow the code that needs them."""

from __future__ import annotations

from chariot_gen.merge.golang import merge_go


def file(imports: str, *uses: str) -> str:
    code = "".join(f"\nvar v{index} = {use}.X\n" for index, use in enumerate(uses))
    return f"package p\n\n{imports}{code}"


def block(*rows: str) -> str:
    return "import (\n" + "".join(f"\t{row}\n" if row else "\n" for row in rows) + ")\n"


def merged_imports(base: str, ours: str, theirs: str) -> str:
    merged = merge_go(base, ours, theirs)
    assert (merged.conflicts, merged.notes) == ((), ())
    return merged.text.partition("package p\n\n")[2].partition("\nvar")[0]


def test_both_add_an_import_in_the_same_gap() -> None:
    base = file(block('"context"', '"net/http"'), "context", "http")
    ours = file(block('"context"', '"errors"', '"net/http"'), "context", "http", "errors")
    theirs = file(block('"context"', '"fmt"', '"net/http"'), "context", "http", "fmt")
    ours = ours.replace("v2 =", "mine =")
    assert merged_imports(base, ours, theirs) == block('"context"', '"errors"', '"fmt"', '"net/http"')


def test_a_new_import_joins_the_group_that_it_belongs_to() -> None:
    base = file(block('"fmt"', "", '"m.org/b/pkg/auth"'), "fmt", "auth")
    ours = base.replace('\t"fmt"\n', '\t"fmt"\n\tmine "os" // for paths\n') + "\nvar mine0 = mine.X\n"
    theirs = file(
        block('"fmt"', "", '"github.com/a/b"', "", '"m.org/b/pkg/auth"', '"m.org/b/pkg/store"'),
        "fmt", "auth", "b", "store",
    )  # fmt: skip
    assert merged_imports(base, ours, theirs) == block(
        '"fmt"',
        'mine "os" // for paths',
        "",
        '"github.com/a/b"',
        "",
        '"m.org/b/pkg/auth"',
        '"m.org/b/pkg/store"',
    )


def test_aliases_blank_dot_and_comments_are_kept() -> None:
    rows = ("// Registers the driver.", '_ "driver"', '. "dsl"', 'v2 "fmt"')
    base = file('import "fmt"\n', "fmt")
    ours = file(block(*rows), "v2")
    theirs = file(block('"fmt"', '"os"'), "fmt", "os").replace("v1", "theirs")
    merged = merge_go(base, ours, theirs)
    assert all(row in merged.text for row in rows)
    assert '\t"os"\n' in merged.text


def test_an_import_that_is_generated_no_longer_stays_as_long_as_a_person_uses_it() -> None:
    base = file(block('"fmt"', '"strings"'), "fmt", "strings")
    ours = base + "\nvar mine = strings.Fields\n"
    theirs = file('import "fmt"\n', "fmt")
    assert merged_imports(base, ours, theirs) == block('"fmt"', '"strings"')
    assert merged_imports(base, base + "\nvar mine = 1\n", theirs) == block('"fmt"')


def test_an_import_that_a_person_dropped_comes_back_with_generated_code_that_needs_it() -> None:
    base = file(block('"fmt"', '"strings"'), "fmt", "strings")
    ours = file('import "fmt"\n', "fmt")
    theirs = base + "\nvar theirs = strings.Fields\n"
    assert merged_imports(base, ours, theirs) == block('"fmt"', '"strings"')


def test_an_import_that_each_side_dropped_half_of_the_code_for_goes() -> None:
    base = file(block('"fmt"', '"strings"'), "fmt", "strings", "strings")
    ours = base.replace("\nvar v1 = strings.X\n", "")
    theirs = base.replace("\nvar v2 = strings.X\n", "")
    merged = merge_go(base, ours, theirs)
    assert (merged.conflicts, "strings" in merged.text) == ((), False)


def test_the_first_import_and_the_last_one() -> None:
    none, one = "package p\n", file('import "fmt"\n', "fmt")
    assert merge_go(none, none + "\nfunc f() {}\n", one).text == one + "\nfunc f() {}\n"
    assert merge_go(one, one + "\nfunc f() {}\n", none).text == "package p\n\nfunc f() {}\n"


def test_several_declarations_and_cgo_keep_their_layout() -> None:
    rows = '// #include <stdio.h>\nimport "C"\n\nimport "fmt"\nimport "os"\n'
    base = file(rows, "fmt", "os", "C")
    theirs = base.replace('import "os"\n', 'import "os"\nimport "time"\n') + "\nvar theirs = time.X\n"
    text = merge_go(base, base.replace("v0", "mine"), theirs).text
    assert '// #include <stdio.h>\nimport "C"\n' in text
    assert '"time"' in text


def test_the_name_of_a_package_is_not_always_the_end_of_its_path() -> None:
    base = file(
        block('"fmt"', '"github.com/golang-jwt/jwt/v5"', '"gopkg.in/go-yaml.v3"'), "fmt", "jwt", "yaml"
    )
    ours = base + "\nvar mine = jwt.Parse\n\nvar other = yaml.Load\n"
    assert merged_imports(base, ours, file('import "fmt"\n', "fmt")) == block(
        '"fmt"', '"github.com/golang-jwt/jwt/v5"', '"gopkg.in/go-yaml.v3"'
    )


def test_of_two_packages_with_one_name_only_one_is_imported() -> None:
    base = file('import "text/template"\n', "template")
    ours = base + "\nvar mine = template.New\n"
    theirs = file('import "html/template"\n', "template")
    assert merged_imports(base, ours, theirs) == 'import "html/template"\n'


def test_a_comment_on_an_import_that_only_theirs_changed_is_theirs() -> None:
    base = file(block('"fmt"', '"os" // for paths'), "fmt", "os")
    ours = base + "\nvar mine = 1\n"
    theirs = file(block('"fmt"', '"os" // for arguments'), "fmt", "os")
    assert merged_imports(base, ours, theirs) == block('"fmt"', '"os" // for arguments')
