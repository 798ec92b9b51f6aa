with

exchanges as (
    select
        exchange_id,
        return_line_id,
        from_sku,
        replacement_sku,
        replacement_order_line_id,
        source_system,
        exchange_kind_code,
        size_step_count,
        price_difference_amount,
        bonus_credit_amount,
        is_shipped,
        shipped_date,
        shipped_at
    from {{ ref('int_exchanges_joined_to_products') }}
),

replacement_lines as (
    select
        order_line_id,
        shipped_date,
        shipped_at,
        is_exchange_leg
    from {{ ref('fct_order_lines') }}
    where is_exchange_leg
),

-- The replacement left when the exchange says so, else when its order line says so.
final as (
    select
        exchanges.exchange_id,
        exchanges.return_line_id,
        exchanges.from_sku,
        exchanges.replacement_sku,
        exchanges.replacement_order_line_id,
        exchanges.source_system,
        exchanges.exchange_kind_code,
        exchanges.size_step_count,
        exchanges.price_difference_amount,
        exchanges.bonus_credit_amount,
        exchanges.is_shipped or replacement_lines.shipped_at is not null as is_shipped,
        coalesce(exchanges.shipped_date, replacement_lines.shipped_date) as shipped_date,
        coalesce(exchanges.shipped_at, replacement_lines.shipped_at) as shipped_at
    from exchanges
    left join replacement_lines
        on exchanges.replacement_order_line_id = replacement_lines.order_line_id
)

select * from final
