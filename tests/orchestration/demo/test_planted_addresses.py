"""Address faults that the synthetic shop plants are found, and nothing else is."""

from __future__ import annotations

import numpy as np

from models_ml.addresses import codes as said
from models_ml.addresses.checking import AddressCheck, check_address
from orchestration.address_checking import join_address
from orchestration.demo.people import Addresses, draw_addresses
from orchestration.postal_data import open_postal_index

CUSTOMERS = 6_000


def check_all(addresses: Addresses) -> list[AddressCheck]:
    columns = {
        name: values.to_pylist() for name, values in addresses.write(np.arange(CUSTOMERS)).items()
    }
    index = open_postal_index()
    parts = ("prefecture", "city", "address_line_1", "address_line_2")
    return [
        check_address(
            index,
            join_address(*(columns[part][one] for part in parts)),
            postal=columns["postal_code"][one],
        )
        for one in range(CUSTOMERS)
    ]


def test_planted_faults_are_found_and_sound_addresses_ship() -> None:
    addresses = draw_addresses(CUSTOMERS, seed=7)
    checks = check_all(addresses)
    no_lot = np.asarray(addresses.lot.is_null())
    is_wrong_code = addresses.place != addresses.code_place
    assert no_lot.sum() > 20
    assert is_wrong_code.sum() > 10
    for one, check in enumerate(checks):
        assert (said.BANCHI_MISSING in check.codes) == no_lot[one]
        is_found = bool({said.POSTAL_MISMATCH, said.CITY_MISMATCH}.intersection(check.codes))
        assert is_found == is_wrong_code[one]
        expected = said.ASK if no_lot[one] else None if is_wrong_code[one] else said.SHIP
        assert expected is None or check.lane == expected


def test_a_planted_code_is_corrected_to_its_own_place() -> None:
    addresses = draw_addresses(CUSTOMERS, seed=7)
    sound = (
        Addresses(addresses.place, addresses.place, addresses.lot, addresses.building)
        .write(np.arange(CUSTOMERS))["postal_code"]
        .to_pylist()
    )
    corrected = [
        (check.corrected_postal, right)
        for check, right in zip(check_all(addresses), sound, strict=True)
        if check.lane == said.CORRECT
    ]
    assert len(corrected) > 10
    assert all(found == right for found, right in corrected)
