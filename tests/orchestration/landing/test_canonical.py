"""The canonical model says what a shop can land."""

from __future__ import annotations

import re

import pytest

from orchestration.landing.canonical import (
    COLUMN_TYPES,
    CanonicalModelError,
    load_model,
    parse_model,
)

MODEL = load_model()


def test_every_entity_has_a_key_and_names_are_snake() -> None:
    for name, entity in MODEL.entities.items():
        assert name == entity.name
        assert entity.key
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in (name, *entity.columns))
        assert not set(entity.columns) & {"source_updated_at", "extra", "load_id", "file_line"}


def test_key_columns_are_required_unless_any_of_names_them() -> None:
    for entity in MODEL.entities.values():
        for column in entity.columns.values():
            assert not column.is_key or column.is_required or column.name in entity.any_of
    checks = MODEL.entities["address_checks"]
    assert checks.key == ("shipment_id", "order_id", "checked_at")
    assert not checks.columns["order_id"].is_required


def test_every_entity_takes_a_date_of_its_last_change() -> None:
    for entity in MODEL.entities.values():
        assert entity.mappable_columns["source_updated_at"].type == "timestamp"
        assert list(entity.mappable_columns)[:-1] == list(entity.columns)


def test_every_type_is_in_use_and_known() -> None:
    used = {c.type for entity in MODEL.entities.values() for c in entity.columns.values()}
    assert used == set(COLUMN_TYPES)


def test_personal_columns_are_known_by_type() -> None:
    personal = {
        f"{entity.name}.{column.name}"
        for entity in MODEL.entities.values()
        for column in entity.columns.values()
        if column.is_personal
    }
    assert {
        "orders.customer_id",
        "shipments.postal_code",
        "return_requests.reason_text",
    } <= personal
    assert "orders.order_id" not in personal


@pytest.mark.parametrize(
    "text",
    [
        "orders: {order_id: {type: identifier, key: true}}",
        "orders: {order_id: {type: id, key: true, values: {a: [b]}}}",
        "orders: {state: {type: code, key: true}}",
        "orders: {any_of: [sku], order_id: {type: id, key: true}}",
    ],
)
def test_a_model_that_contradicts_itself_is_refused(text: str) -> None:
    with pytest.raises(CanonicalModelError):
        parse_model(text)
