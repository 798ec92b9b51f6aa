{#- Which column says on what day a row of the entity happened; none for what has no day. -#}
{%- set days_of_entities = {
    'orders': "ordered_at",
    'order_lines': none,
    'products': none,
    'inventory_snapshots': "snapshot_date",
    'shipments': "shipped_at",
    'shipment_lines': none,
    'delivery_events': "event_at",
    'return_requests': "requested_at",
    'return_receipts': "received_at",
    'refunds': "coalesce(paid_at, initiated_at)",
    'exchanges': "shipped_at",
    'customers': none,
    'address_checks': "checked_at",
    'product_actions': "opened_date",
    'worklist_notes': "noted_at",
    'contacts': "contacted_at",
    'ad_costs': "cost_date",
    'fit_feedback': "given_at",
    'targets': none,
    'bank_payouts': "paid_date",
    'purchase_plan': "received_date",
    'size_charts': none
} -%}

with

shop as (
    select time_zone_name
    from {{ ref('int_settings_pivoted_to_shops') }}
),

counted as (
    {{ counts_of(days_of_entities) }}
),

final as (
    select
        counted.entity_name,
        counted.row_count,
        counted.undecided_key_count,
        coalesce(
            counted.last_date,
            {{ to_shop_date('counted.last_event_at', 'shop.time_zone_name') }}
        ) as last_event_date
    from counted
    cross join shop
)

select * from final
