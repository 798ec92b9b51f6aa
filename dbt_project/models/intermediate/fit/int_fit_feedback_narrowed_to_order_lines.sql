with

feedback as (
    select
        feedback.order_line_id,
        feedback.fit_code,
        feedback.zone_name,
        row_number() over (
            partition by feedback.order_line_id order by feedback.given_at desc nulls last
        ) as place_number
    from {{ ref('stg_shop__fit_feedback') }} as feedback
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where feedback.given_at is null or feedback.given_at < shop.known_before_at
),

order_lines as (
    select
        order_line_id,
        sku,
        style_id
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg and delivered_count > 0
),

final as (
    select
        feedback.order_line_id,
        order_lines.sku,
        order_lines.style_id,
        feedback.fit_code,
        feedback.zone_name
    from feedback
    inner join order_lines on feedback.order_line_id = order_lines.order_line_id
    where feedback.place_number = 1 and feedback.fit_code in ('small', 'fit', 'large')
)

select * from final
