"""Filters, as a table: expression, resource, whether it fits."""

import pytest

from entrasim_kit.scim_server.errors import InvalidFilter
from entrasim_kit.scim_server.filters.evaluate import resource_predicate
from entrasim_kit.scim_server.filters.filter import read_filter
from entrasim_kit.scim_server.filters.parser import MAX_DEPTH, parse_filter
from entrasim_kit.scim_server.schemas.resource_type import GROUP, USER

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"

ANA = {
    "id": "A1",
    "externalId": "Ana.Silva",
    "userName": "Ana@contoso.example",
    "displayName": 'Ana "The Fox" Silva',
    "active": True,
    "name": {"givenName": "Ana", "familyName": "Silva"},
    "emails": [
        {"type": "work", "value": "ana@contoso.example", "primary": True},
        {"type": "home", "value": "ana@home.example"},
    ],
    "roles": [{"value": "Admin", "primary": True}, {"value": "Member"}],
    ENTERPRISE: {"department": "Legal", "manager": {"value": "B2"}},
    CONTOSO: {"Badge": "X-1", "floor": 3, "ratio": 1.5, "remote": True, "keys": ["k1", "k2"]},
    "meta": {"created": "2026-01-05T09:00:00.000Z", "resourceType": "User"},
}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ('userName eq "Ana@contoso.example"', True),
        ('userName eq "ANA@CONTOSO.EXAMPLE"', True),
        ('USERNAME EQ "ana@contoso.example"', True),
        ('userName eq "ana"', False),
        ('userName ne "ana"', True),
        ('userName ne "ana@CONTOSO.example"', False),
        ('title ne "Analyst"', True),
        ('userName co "CONTOSO"', True),
        ('userName sw "ana@"', True),
        ('userName sw "contoso"', False),
        ('userName ew ".EXAMPLE"', True),
        ('userName ew ".test"', False),
        ('userName gt "ana"', True),
        ('userName ge "ana@contoso.example"', True),
        ('userName lt "b"', True),
        ('userName le "a"', False),
        ("userName pr", True),
        ("title pr", False),
        ("name pr", True),
        ('title eq "x"', False),
        # caseExact
        ('id eq "A1"', True),
        ('id eq "a1"', False),
        ('externalId eq "Ana.Silva"', True),
        ('externalId eq "ana.silva"', False),
        # quotes, escapes and spaces in values
        (r'displayName eq "Ana \"The Fox\" Silva"', True),
        (r'displayName co "\u0041na"', True),
        (r'displayName eq "Ana \\ Silva"', False),
        ('displayName co " and "', False),
        # Booleans, also as Entra's mappings write them
        ("active eq true", True),
        ("active eq True", True),
        ('active eq "True"', True),
        ('active eq "false"', False),
        ("active ne false", True),
        # null
        ("title eq null", True),
        ("title ne null", False),
        ("userName ne null", True),
        # sub-attributes, multi-valued attributes
        ('name.givenName eq "ana"', True),
        ('NAME.GIVENNAME eq "ana"', True),
        ('emails.value eq "ana@home.example"', True),
        ('emails.type ne "work"', True),
        ('emails eq "ana@home.example"', True),
        ('emails co "@home"', True),
        ("emails.primary eq true", True),
        ('roles.value eq "member"', True),
        # and, or, not, brackets
        ('userName pr and title eq "x"', False),
        ('userName pr or title eq "x"', True),
        ('title eq "x" or userName pr and active eq true', True),
        ('(title eq "x" or userName pr) and active eq false', False),
        ('not (title eq "x")', True),
        ("NOT (userName pr) OR active eq true AND (name pr)", True),
        ("not(userName pr)", False),
        # value paths
        ('emails[type eq "work"]', True),
        ('emails[type eq "other"]', False),
        ('emails[type eq "work" and value co "@contoso"]', True),
        ('emails[type eq "home" and value co "@contoso"]', False),
        ('emails[type eq "work" or type eq "x"] and active eq true', True),
        ('emails[not (type eq "home") and primary eq true]', True),
        ('roles[primary eq "True"]', True),
        # what Entra sends: https://github.com/pond/scimitar/issues/115
        ('emails[type eq "work"].value eq "ANA@contoso.example"', True),
        ('emails[type eq "home"].value eq "ana@contoso.example"', False),
        ('emails[type eq "work"].value pr', True),
        ('roles[primary eq "True"].value eq "Admin"', True),
        ('roles[primary eq "True"].value eq "Member"', False),
        # extensions
        (f'{ENTERPRISE}:department eq "legal"', True),
        (f'{ENTERPRISE.upper()}:DEPARTMENT eq "legal"', True),
        (f'{ENTERPRISE}:manager.value eq "B2"', True),
        (f'{ENTERPRISE}:manager eq "B2"', True),
        (f'{ENTERPRISE}:manager[value eq "B2"]', True),
        ('id eq "A1" and manager eq "B2"', True),
        ('manager eq "b2"', False),
        (f'{CONTOSO}:badge eq "x-1"', True),
        (f"{CONTOSO}:floor gt 2", True),
        (f"{CONTOSO}:floor eq 3.0", True),
        (f"{CONTOSO}:ratio le 1.5", True),
        (f'{CONTOSO}:floor eq "3"', False),
        (f"{CONTOSO}:remote eq true", True),
        (f'{CONTOSO}:keys eq "K2"', True),
        (f"{CONTOSO}:nothing pr", False),
        ('urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ana"', True),
        # instants
        ('meta.created eq "2026-01-05T10:00:00+01:00"', True),
        ('meta.created gt "2026-01-05T08:59:59Z"', True),
        ('meta.created lt "2026-01-05T08:59:59Z"', False),
        ('meta.resourceType eq "User"', True),
    ],
)
def test_a_filter_fits_or_not(*, text: str, fits: bool):
    assert resource_predicate(parse_filter(text), USER)(ANA) is fits


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "character 1: expected the name of an attribute, found the end"),
        (
            "userName",
            "character 9: expected eq, ne, co, sw, ew, gt, ge, lt, le or pr, found the end",
        ),
        (
            'userName is "x"',
            "character 10: expected eq, ne, co, sw, ew, gt, ge, lt, le or pr, found is",
        ),
        (
            "userName eq ",
            'character 13: expected a value such as "text", 1, true or null, found the end',
        ),
        (
            "userName eq ana",
            'character 13: expected a value such as "text", 1, true or null, found ana',
        ),
        ('userName eq "ana', 'character 13: cannot read "ana'),
        ("userName eq 'ana'", "character 13: cannot read 'ana'"),
        (
            'userName eq "a" userName',
            "character 17: expected and, or or the end of the filter, found userName",
        ),
        (
            'userName eq "a" and',
            "character 20: expected the name of an attribute, found the end",
        ),
        ('(userName eq "a"', "character 17: expected ), found the end"),
        ('emails[type eq "work"', "character 22: expected ], found the end"),
        (
            'emails[type eq "work"].value',
            "character 29: expected eq, ne, co, sw, ew, gt, ge, lt, le or pr, found the end",
        ),
        ("userName. pr", "character 1: expected the name of an attribute, found userName."),
        (r'userName eq "\ud800"', r'character 13: "\ud800" is not a JSON value'),
        ('nick eq "a"', "character 1: a User has no attribute nick"),
        ('userName pr and name.nick eq "a"', "character 17: a User has no attribute name.nick"),
        ('emails[kind eq "work"]', "character 8: emails has no part kind"),
        ('userName[value eq "work"]', "character 1: userName has no parts to select by"),
        ('name eq "Ana"', "character 1: compare a part of name"),
        ("userName eq 5", 'character 1: userName is text: write "..."'),
        ("userName gt null", "character 1: null can only be compared by eq and ne"),
        ("active gt true", "character 1: true and false are compared by eq and ne"),
        ('active eq "yes"', "character 1: active is true or false"),
        (
            'meta.created gt "yesterday"',
            'character 1: meta.created is an instant: write "2026-01-05T09:00:00Z"',
        ),
        ('meta.created co "2026"', "character 1: an instant has no parts to search for"),
        (
            'x509Certificates.value sw "MII"',
            "character 1: binary values are compared by eq and ne",
        ),
        (f"{CONTOSO}:floor co 3", "character 1: only text has parts to search for"),
        (ENTERPRISE + " pr", f"character 1: a User has no attribute {ENTERPRISE}"),
        (
            "(" * 200_000,
            f"character {MAX_DEPTH + 2}: more than {MAX_DEPTH} brackets within each other",
        ),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused_with_the_place(text: str, message: str):
    with pytest.raises(InvalidFilter) as caught:
        read_filter(text, USER)
    assert caught.value.detail == f"the filter cannot be used: {message}"


@pytest.mark.parametrize(
    ("text", "key", "complete"),
    [
        ('userName eq "a"', ("userName", "a"), True),
        ('USERNAME eq "a"', ("userName", "a"), True),
        ('id eq "a"', ("id", "a"), True),
        ('externalId eq "a"', ("externalId", "a"), True),
        ('id eq "a" and manager eq "b"', ("id", "a"), False),
        ('active eq true and userName eq "a"', ("userName", "a"), False),
        ('userName eq "a" or active eq true', None, False),
        ('not (userName eq "a")', None, False),
        ('userName sw "a"', None, False),
        ('displayName eq "a"', None, False),
        (f'{CONTOSO}:userName eq "a"', None, False),
        (f'{CONTOSO}:id.userName eq "a"', None, False),
    ],
)
def test_an_index_serves_equality(*, text: str, key: tuple[str, str] | None, complete: bool):
    read = read_filter(text, USER)
    assert read.key == key
    assert (read.predicate is None) is complete


def test_groups_are_found_by_display_name_through_an_index():
    assert read_filter('displayName eq "Legal"', GROUP).key == ("displayName", "Legal")


def test_true_and_one_are_not_mixed_up():
    assert read_filter("active eq true", USER).predicate
    with pytest.raises(InvalidFilter):
        read_filter("active eq 1", USER)
