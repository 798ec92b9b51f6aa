with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

-- What it cost to send the exchange parcels of an order; not known if one parcel's cost is not.
parcels as (
    select
        shipments.order_id,
        case when count(*) = count(shipments.freight_amount) then sum(shipments.freight_amount) end
            as freight_amount
    from {{ ref('stg_shop__shipments') }} as shipments
    cross join shop
    where
        shipments.shipment_kind_code = 'exchange'
        and (shipments.shipped_at < shop.known_before_at or shipments.is_shipped_day_unknown)
    group by shipments.order_id
),

replacements as (
    select
        order_lines.order_line_id,
        order_lines.order_id
    from {{ ref('stg_shop__order_lines') }} as order_lines
    inner join {{ ref('int_exchanges_grouped_to_replacements') }} as replacements
        on order_lines.order_line_id = replacements.order_line_id
),

numbered as (
    select
        replacements.order_line_id,
        parcels.freight_amount,
        row_number() over (
            partition by replacements.order_id order by replacements.order_line_id
        ) as line_number,
        count(*) over (partition by replacements.order_id) as line_count
    from replacements
    inner join parcels on replacements.order_id = parcels.order_id
    where parcels.freight_amount is not null
),

-- The replacements of an order share its parcels equally; the parts sum to the whole.
final as (
    select
        order_line_id,
        cast(
            {{ share_of_amount('freight_amount', 'line_number', 'line_count') }}
            - {{ share_of_amount('freight_amount', '(line_number - 1)', 'line_count') }}
            as bigint
        ) as freight_amount
    from numbered
)

select * from final
