"""Values that stand for real ones in emitted tests: deterministic and, where said, shown to be valid.

``valid`` and ``invalid`` give one field's sample as a Go expression and as JSON;
``entity_sample`` gives a whole entity's samples, and ``key_of`` the key they build.
"""

from chariot_gen.plan.samples.constraints import Constraints, constraints_of
from chariot_gen.plan.samples.entities import EntitySample, entity_sample, key_of
from chariot_gen.plan.samples.fields import Sample, invalid, sample_of, valid
from chariot_gen.plan.samples.literals import enum_named, go_literal, json_text, literal_imports, struct_named

__all__ = [
    "Constraints",
    "EntitySample",
    "Sample",
    "constraints_of",
    "entity_sample",
    "enum_named",
    "go_literal",
    "invalid",
    "json_text",
    "key_of",
    "literal_imports",
    "sample_of",
    "struct_named",
    "valid",
]
