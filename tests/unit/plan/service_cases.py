"""Backends with services, built by hand so that only the plan is under test."""

from __future__ import annotations

from msgspec.structs import replace

from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend, Settings
from chariot_gen.model.behaviour import Behaviour
from chariot_gen.model.entity import Entity, Enum, Field, Kind, Names, Struct, Tag
from chariot_gen.model.infrastructure import Infrastructure
from chariot_gen.model.service import (
    Auth,
    AuthKind,
    Call,
    Mapping,
    Param,
    Place,
    RateLimit,
    Response,
    ResponseField,
    Retry,
    Service,
)
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type

MODULE = "example.com/backend"
PLACE = Location("specs/case.yaml", 7, 3)
STRING = ScalarType(Scalar.STRING)
BOOL = ScalarType(Scalar.BOOL)
INT = ScalarType(Scalar.INT)
INT32 = ScalarType(Scalar.INT32)
INT64 = ScalarType(Scalar.INT64)
FLOAT64 = ScalarType(Scalar.FLOAT64)
TIME = ScalarType(Scalar.TIME)
JSON = ScalarType(Scalar.JSON)
TEXTS = ListType(STRING)


def field(name: str, go: str, kind: Type = STRING, *, optional: bool = False) -> Field:
    return Field(
        name=name,
        go=go,
        type=kind,
        json=Tag(name),
        store=Tag(name),
        description=f"The {name}.",
        example="",
        optional=optional,
        required=False,
        read_only=False,
        transient=False,
        sensitive=False,
        enum=(),
        max_length=1000,
        extra_tags=(),
        location=PLACE,
    )


def entity(go: str, snake: str, fields: tuple[Field, ...], services: tuple[Service, ...]) -> Entity:
    flat, human = snake.replace("_", ""), snake.replace("_", " ")
    names = Names(
        go=go,
        snake=snake,
        flat=flat,
        registry=flat,
        camel=go[:1].lower() + go[1:],
        plural=f"{flat}s",
        human=human,
        human_plural=f"{human}s",
        receiver=flat[0],
        logical_id=go,
    )
    return Entity(
        names=names,
        kind=Kind.TABLE,
        description=f"A {human}.",
        fields=fields,
        location=PLACE,
        spec_path=f"specs/{snake}.yaml",
        behaviour=Behaviour(),
        infrastructure=Infrastructure(),
        services=services,
    )


def backend(*entities: Entity) -> Backend:
    return Backend(Settings(MODULE, "backend", "A backend.", "eu-west-1"), entities)


def param(
    name: str, go: str, place: Place, kind: Type = STRING, *, optional: bool = False, bound: str = ""
) -> Param:
    return Param(name, go, kind, place, optional, f"The {name} to use.", bound, PLACE)


def answer(name: str, go: str, kind: Type = STRING, *, optional: bool = False) -> ResponseField:
    return ResponseField(name, go, kind, optional, f"The {name} that is known.", PLACE)


def call(
    name: str, go: str, method: str, path: str, params: tuple[Param, ...], response: Response, **other: object
) -> Call:
    base = Call(
        name=name,
        go=go,
        method=method,
        path=path,
        description=f"{go[:1]}{name[1:].replace('_', ' ')}.",
        params=params,
        response=response,
        mappings=(),
        idempotent=method in {"GET", "PUT", "DELETE"},
        location=PLACE,
    )
    return replace(base, **other)  # type: ignore[arg-type]


def service(name: str, go: str, auth: Auth, calls: tuple[Call, ...], **other: object) -> Service:
    base = Service(
        name=name,
        go=go,
        snake=name,
        env=name.upper(),
        receiver=name[0],
        description=f"The {name.replace('_', ' ')}.",
        base_url="https://api.example.com",
        auth=auth,
        calls=calls,
        timeout_ms=5000,
        retry=Retry(3, 200, 2000),
        rate_limit=None,
        location=PLACE,
    )
    return replace(base, **other)  # type: ignore[arg-type]


def new_entity() -> Backend:
    """The seed's entity with the seed's service."""
    fetch = call(
        "fetch_data",
        "FetchData",
        "GET",
        "/v1/data/{name}",
        (
            param("name", "Name", Place.PATH, bound="field1"),
            param("limit", "Limit", Place.QUERY, INT, optional=True),
        ),
        Response("FetchDataResponse", (answer("name", "Name"), answer("summary", "Summary"))),
        mappings=(Mapping("summary", "summary", PLACE),),
        description="Fetch what is known under a name.",
    )
    submit = call(
        "submit_data",
        "SubmitData",
        "POST",
        "/v1/data",
        (param("name", "Name", Place.BODY), param("weight", "Weight", Place.BODY, INT, optional=True)),
        Response("SubmitDataResponse", (answer("id", "ID"), answer("accepted", "Accepted", BOOL))),
        description="Submit a name for review.",
    )
    outside = service(
        "external_service",
        "ExternalService",
        Auth(AuthKind.BEARER, secret="external-service-token"),
        (fetch, submit),
        description="The outside source of summaries.",
    )
    fields = (
        field("field1", "Field1"),
        field("field2", "Field2", INT),
        field("summary", "Summary", optional=True),
    )
    return backend(entity("NewEntity", "new_entity", fields, (outside,)))


def host() -> Backend:
    """Shodan: a key in the query, a rate limit, optional answers and lists."""
    answers = (
        answer("ip_str", "IPStr"),
        answer("org", "Org", optional=True),
        answer("ports", "Ports", ListType(INT)),
        answer("vulns", "Vulns", TEXTS, optional=True),
        answer("last_update", "LastUpdate", optional=True),
    )
    get_host = call(
        "get_host",
        "GetHost",
        "GET",
        "/shodan/host/{ip}",
        (
            param("ip", "IP", Place.PATH, bound="ip"),
            param("minify", "Minify", Place.QUERY, BOOL, optional=True),
        ),
        Response("GetHostResponse", answers),
        mappings=tuple(
            Mapping(target, source, PLACE)
            for target, source in (("organization", "org"), ("ports", "ports"), ("vulns", "vulns"))
        ),
        description="Look a host up by its address.",
    )
    shodan = service(
        "shodan",
        "Shodan",
        Auth(AuthKind.API_KEY, Place.QUERY, "key", "shodan-api-key"),
        (get_host,),
        timeout_ms=10_000,
        retry=Retry(3, 500, 5000),
        rate_limit=RateLimit(1, 1000, 1),
        description="The Shodan search engine's REST API.",
    )
    fields = (
        field("ip", "IP"),
        field("organization", "Organization"),
        field("ports", "Ports", ListType(INT)),
        field("vulns", "Vulns", TEXTS, optional=True),
    )
    return backend(entity("Host", "host", fields, (shodan,)))


def hazard() -> Backend:
    """Everything that could go wrong at once, on an entity whose receiver is the client's."""
    level = NamedType("CaseLevel", NamedKind.ENUM)
    part = NamedType("CasePart", NamedKind.STRUCT)
    struct = Struct(
        "CasePart",
        "A part.",
        (field("name", "Name"), field("size", "Size", INT64), field("note", "Note", optional=True)),
        PLACE,
    )
    enum = Enum("CaseLevel", "A level.", (("CaseLevelLow", "low"), ("CaseLevelHigh", "high")), PLACE)
    lookup = call(
        "type",
        "Type",
        "GET",
        "/{type}/of/{func}.json",
        (
            param("type", "Type", Place.PATH, level, bound="level"),
            param("func", "Func", Place.PATH, INT, bound="size"),
            param("$filter", "Filter", Place.QUERY, TEXTS, optional=True, bound="tags"),
            param("range", "Range", Place.QUERY, FLOAT64, optional=True, bound="score"),
            param("select", "Select", Place.QUERY, BOOL, bound="open"),
            param("since", "Since", Place.QUERY, TIME, optional=True),
            param("X-Trace", "XTrace", Place.HEADER, optional=True, bound="name"),
            param("X-Level", "XLevel", Place.HEADER, level, bound="level"),
        ),
        Response(
            "TypeResponse",
            (
                answer("map", "Map", MapType(STRING)),
                answer("level", "Level", optional=True),
                answer("count", "Count", INT32, optional=True),
                answer("size", "Size", INT),
                answer("seen", "Seen", TIME, optional=True),
                answer("parts", "Parts", ListType(part)),
                answer("raw", "Raw", JSON, optional=True),
            ),
        ),
    )
    targets = {"level": "level", "total": "count", "size": "size", "seen": "seen", "parts": "parts"}
    lookup = replace(lookup, mappings=tuple(Mapping(field, name, PLACE) for field, name in targets.items()))
    enrich = call(
        "enrich",
        "Enrich",
        "POST",
        "/v2/enrich",
        (
            param("part", "Part", Place.BODY, part, bound="part"),
            param("all", "All", Place.BODY, MapType(ListType(INT)), optional=True),
            param("at", "At", Place.BODY, TIME, optional=True),
            param("Idempotency-Key", "IdempotencyKey", Place.HEADER, bound="note"),
        ),
        Response("EnrichResponse", (answer("note", "Note"), answer("raw", "Raw", JSON))),
        mappings=(Mapping("note", "note", PLACE),),
        idempotent=True,
    )
    listing = call(
        "list_parts",
        "ListParts",
        "GET",
        "/v2/parts",
        (),
        Response("ListPartsItem", (answer("id", "ID", INT64), answer("level", "Level", level)), is_list=True),
    )
    remove = call(
        "remove",
        "Remove",
        "DELETE",
        "/v2/parts/{id}/{day}",
        (param("id", "ID", Place.PATH, INT64), param("day", "Day", Place.PATH, TIME)),
        Response("RemoveResponse", ()),
    )
    basic = service(
        "url_scan",
        "URLScan",
        Auth(AuthKind.BASIC, secret="url-scan"),
        (lookup, enrich, listing, remove),
        timeout_ms=1500,
        retry=Retry(1, 0, 0),
        rate_limit=RateLimit(90, 60_000, 5),
        description='Scans of "URLs".',
    )
    ping = call("ping", "Ping", "HEAD", "/ping", (), Response("PingResponse", ()))
    open_service = service("open", "Open", Auth(AuthKind.NONE), (ping,), description="The open one.")
    header = service(
        "keyed",
        "Keyed",
        Auth(AuthKind.API_KEY, Place.HEADER, "X-Api-Key", "keyed"),
        (call("ping", "Ping", "GET", "/ping", (), Response("PingResponse", (answer("ok", "OK", BOOL),))),),
    )
    fields = (
        field("name", "Name"),
        field("size", "Size", INT64),
        field("level", "Level", level),
        field("tags", "Tags", TEXTS, optional=True),
        field("score", "Score", FLOAT64, optional=True),
        field("open", "Open", BOOL),
        field("total", "Total", INT64, optional=True),
        field("seen", "Seen", TIME),
        field("parts", "Parts", ListType(part)),
        field("part", "Part", part, optional=True),
        field("note", "Note", optional=True),
    )
    case = replace(
        entity("Case", "case", fields, (basic, open_service, header)), structs=(struct,), enums=(enum,)
    )
    return backend(case)
