with

list_prices as (
    select
        order_line_id,
        list_price_amount
    from {{ ref('stg_shop__order_lines') }}
),

products as (
    select
        sku,
        list_price_amount
    from {{ ref('dim_products') }}
),

sold_lines as (
    select
        order_lines.sku,
        order_lines.delivered_count - order_lines.returned_count as kept_count,
        order_lines.unit_price_amount,
        order_lines.discount_amount,
        coalesce(list_prices.list_price_amount, products.list_price_amount) as list_price_amount
    from {{ ref('fct_order_lines') }} as order_lines
    inner join list_prices on order_lines.order_line_id = list_prices.order_line_id
    inner join products on order_lines.sku = products.sku
    where
        not order_lines.is_exchange_leg
        and order_lines.delivery_state_code in ('delivered', 'delivered_unknown_day')
),

-- A coupon is a discount; points are a means of payment.
judged as (
    select
        *,
        discount_amount = 0 and unit_price_amount >= list_price_amount as is_full_price
    from sold_lines
),

final as (
    select
        sku,
        cast(sum(kept_count) as bigint) as sold_count,
        cast(sum(case when is_full_price then kept_count else 0 end) as bigint)
            as full_price_count,
        cast(sum(case when is_full_price then kept_count * unit_price_amount else 0 end) as bigint)
            as full_price_amount,
        cast(sum(case when is_full_price is null then kept_count else 0 end) as bigint)
            as unpriced_count
    from judged
    group by sku
)

select * from final
