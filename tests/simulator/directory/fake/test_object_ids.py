from entrasim.directory.fake.object_ids import ObjectIds
from entrasim.directory.identifiers import object_id, tenant_id


def test_ids_are_those_of_the_directory():
    tenant = tenant_id("contoso.example")
    made = ObjectIds(tenant, "user", "fake/7/person")

    for number in (0, 1, 12_345):
        assert made(number) == object_id(tenant, "user", f"fake/7/person/{number}")
