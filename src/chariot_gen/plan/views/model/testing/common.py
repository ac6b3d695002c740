"""What the parts of an emitted model test share: the scope, the sample, assignments."""

from __future__ import annotations

import msgspec

from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType
from chariot_gen.plan import samples
from chariot_gen.plan.samples import EntitySample, Sample
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["Row", "TestScope", "assigned", "is_derived", "literal", "spelled", "typed", "zero"]

_ZEROS = {Scalar.STRING: '""', Scalar.BOOL: "false", Scalar.TIME: "time.Time{}"}
_NARROW = frozenset({Scalar.INT32, Scalar.INT64, Scalar.FLOAT32})
_NILS = frozenset({Scalar.BYTES, Scalar.JSON, Scalar.ANY})


class TestScope(msgspec.Struct, frozen=True):
    """
    The scope of a test file with the entity's samples.

    ``is_testable`` says that the hooks certainly accept the sample.
    """

    __test__ = False

    scope: Scope
    sample: EntitySample
    is_testable: bool


class Row(msgspec.Struct, frozen=True):
    """One row of a table: what is done to the sample, and the field or value expected of it."""

    name: str
    change: str
    got: str = ""
    want: str = ""

    @property
    def parameter(self) -> str:
        """The parameter of the change, blank where it changes nothing."""
        return "m" if self.change else "_"

    @property
    def body(self) -> str:
        """The body of the change."""
        return f"{{ {self.change} }}" if self.change else "{}"


def assigned(scope: Scope, field: Field, value: object) -> str:
    """Return the assignment of a value to a field of the test's variable."""
    return f"{scope.path(field)} = {spelled(scope, field, value).go}"


def spelled(scope: Scope, field: Field, value: object) -> Sample:
    """Spell a value, and import what that needs."""
    sample = samples.sample_of(scope.backend, field, value, package=scope.package)
    scope.imports.update(sample.imports)
    return sample


def zero(scope: Scope, field: Field) -> str:
    """Return the zero value of a field's type."""
    match field.type:
        case _ if field.optional:
            return "nil"
        case ListType() | MapType():
            return "nil"
        case ScalarType(scalar) if scalar in _NILS:
            return "nil"
        case ScalarType(scalar):
            scope.type_of(field)
            return _ZEROS.get(scalar, "0")
        case NamedType(_, NamedKind.ENUM):
            return '""'
        case _:
            return f"{scope.type_of(field)}{{}}"


def literal(scope: Scope, values: dict[str, object]) -> str:
    """Return the entity as a composite literal with these values, by spec name."""
    fields = (field for field in scope.entity.fields if field.name in values)
    entries = ", ".join(f"{field.go}: {spelled(scope, field, values[field.name]).go}" for field in fields)
    return f"{scope.package}.{scope.entity.names.go}{{{entries}}}"


def is_derived(scope: Scope, field: Field) -> bool:
    """Report whether a hook sets the field, so that a test's value would not stay."""
    return any(derive.field == field.name for derive in scope.entity.behaviour.derive)


def typed(scope: Scope, field: Field, value: object) -> str:
    """Return the value of a field, not a pointer to it, in an expression that has the field's type."""
    literal_text = spelled(scope, field, value).plain
    if isinstance(field.type, ScalarType) and field.type.scalar in _NARROW:
        return f"{field.type.scalar.value}({literal_text})"
    return literal_text
