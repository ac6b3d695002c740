"""One table for every derived name, from words to plurals."""

from __future__ import annotations

import pytest

from chariot_gen import names

TABLE = """
name         words        pascal      camel       snake        flat        human
NewEntity    new·entity   NewEntity   newEntity   new_entity   newentity   new·entity
HTTPServer   http·server  HTTPServer  httpServer  http_server  httpserver  HTTP·server
ServeHTTP    serve·http   ServeHTTP   serveHTTP   serve_http   servehttp   serve·HTTP
url          url          URL         url         url          url         URL
user_id      user·id      UserID      userID      user_id      userid      user·ID
userID       user·id      UserID      userID      user_id      userid      user·ID
URLPath      url·path     URLPath     urlPath     url_path     urlpath     URL·path
IPv4         ipv4         IPv4        ipv4        ipv4         ipv4        IPv4
IPv4Range    ipv4·range   IPv4Range   ipv4Range   ipv4_range   ipv4range   IPv4·range
HostIPv6     host·ipv6    HostIPv6    hostIPv6    host_ipv6    hostipv6    host·IPv6
OAuth2       oauth2       OAuth2      oauth2      oauth2       oauth2      OAuth2
OAuthApp     oauth·app    OAuthApp    oauthApp    oauth_app    oauthapp    OAuth·app
ADObject     ad·object    ADObject    adObject    ad_object    adobject    AD·object
GraphQL      graphql      GraphQL     graphql     graphql      graphql     GraphQL
iOS          ios          IOS         ios         ios          ios         iOS
ios_version  ios·version  IOSVersion  iosVersion  ios_version  iosversion  iOS·version
CVEs         cves         CVEs        cves        cves         cves        CVEs
host_ips     host·ips     HostIPs     hostIPs     host_ips     hostips     host·IPs
asn2names    asn2·names   ASN2Names   asn2Names   asn2_names   asn2names   ASN2·names
S3Bucket     s3·bucket    S3Bucket    s3Bucket    s3_bucket    s3bucket    S3·bucket
X509Cert     x509·cert    X509Cert    x509Cert    x509_cert    x509cert    x509·cert
field1       field1       Field1      field1      field1       field1      field1
aegis-mgmt   aegis·mgmt   AegisMgmt   aegisMgmt   aegis_mgmt   aegismgmt   aegis·mgmt
A            a            A           a           a            a           a
file_sha256  file·sha256  FileSHA256  fileSHA256  file_sha256  filesha256  file·SHA256
"""
ROWS = [tuple(cell.replace("·", " ") for cell in line.split()) for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_names(row: tuple[str, ...]) -> None:
    name, words, pascal, camel, snake, flat, human = row
    assert names.words(name) == words.split()
    assert names.pascal(name) == pascal
    assert names.camel(name) == camel
    assert names.snake(name) == snake
    assert names.flat(name) == flat
    assert names.human(name) == human


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("entity", "entities"), ("new entity", "new entities"), ("new_entity", "new_entities"),
        ("key", "keys"),
        ("address", "addresses"), ("IP address", "IP addresses"), ("box", "boxes"), ("branch", "branches"),
        ("person", "people"), ("index", "indices"), ("metadata", "metadata"), ("DNS", "DNS"), ("CPE", "CPEs"),
        ("OS", "OSes"), ("host", "hosts"), ("query", "queries"), ("day", "days"),
    ],
)  # fmt: skip
def test_plural(singular: str, plural: str) -> None:
    assert names.plural(singular) == plural


@pytest.mark.parametrize(
    ("noun", "article"),
    [("host", "a"), ("entity", "an"), ("API", "an"), ("URL", "a"), ("HTTP server", "an"), ("user", "a")],
)
def test_article(noun: str, article: str) -> None:
    assert names.article(noun) == article


@pytest.mark.parametrize(("name", "letter"), [("NewEntity", "n"), ("HTTPServer", "h"), ("", "x")])
def test_receiver(name: str, letter: str) -> None:
    assert names.receiver(name) == letter


def test_a_name_without_words_is_empty() -> None:
    assert names.words("-_") == []
    assert names.pascal("") == names.camel("") == names.snake("") == names.human("") == ""


@pytest.mark.parametrize("name", sorted(names.INITIALISMS))
def test_an_initialism_keeps_its_case_wherever_it_stands(name: str) -> None:
    assert names.pascal(name) == name.upper()
    assert names.pascal(f"the_{name}") == f"The{name.upper()}"
    assert names.snake(f"The{name.upper()}") == f"the_{name}"
