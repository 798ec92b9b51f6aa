with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

waiting as (
    select *
    from {{ ref('int_return_lines_matched_to_dispositions') }}
    where waiting_code is not null
),

rates as (
    select
        sku,
        chance_source_code,
        unit_idle_cost,
        outlet_price_share
    from {{ ref('int_products_priced_to_idle_rates') }}
),

products as (
    select
        sku,
        style_name,
        size_label,
        colour_name
    from {{ ref('dim_products') }}
),

-- What a unit is worth on its way: its grade says, before it the grades that the shop gave so far.
mix as (
    select
        count(*) as graded_count,
        count(case when grade_code = 'A' then 1 end) as a_count,
        count(case when grade_code = 'B' then 1 end) as b_count
    from {{ ref('int_return_receipts_narrowed_to_grades') }}
),

priced as (
    select
        waiting.return_line_id,
        waiting.style_id,
        waiting.sku,
        products.style_name,
        products.size_label,
        products.colour_name,
        waiting.channel_name,
        waiting.return_type_code,
        waiting.resolution_code,
        waiting.reason_side_code,
        waiting.grade_code,
        waiting.waiting_code,
        waiting.stock_action_code,
        waiting.next_action_code as ruled_action_code,
        waiting.refund_ratio,
        waiting.message_ja,
        waiting.message_en,
        rates.chance_source_code,
        waiting.received_count,
        {{ divide_down(
            minutes_between('waiting.received_at', 'shop.known_before_at'), '60'
        ) }} as waited_hours,
        waiting.received_count * rates.unit_idle_cost as idle_cost,
        case
            when waiting.is_shelved then 0.0
            when waiting.stock_action_code = 'restock' then 1.0
            when waiting.stock_action_code = 'outlet' then rates.outlet_price_share
            when waiting.stock_action_code is not null then 0.0
        end as known_value_share,
        case
            when mix.graded_count = 0 then 1.0
            else (mix.a_count + mix.b_count * rates.outlet_price_share) / mix.graded_count
        end as usual_value_share,
        waiting.is_product_return,
        waiting.is_shelved,
        waiting.is_settlement_open
        and (waiting.grade_code is null or waiting.refund_ratio > 0) as is_money_due,
        waiting.waiting_code <> 'restock'
        and coalesce(
            {{ add_hours('waiting.received_at', 24) }} <= shop.known_before_at, false
        ) as is_past_24h,
        coalesce(waiting.graded_at < waiting.received_at, false) as is_graded_before_received,
        waiting.received_date,
        waiting.received_at,
        waiting.graded_at
    from waiting
    cross join shop
    cross join mix
    left join rates on waiting.sku = rates.sku
    left join products on waiting.sku = products.sku
),

valued as (
    select
        *,
        cast(round(idle_cost * known_value_share) as bigint) as idle_cost_amount,
        idle_cost * coalesce(known_value_share, usual_value_share) as expected_idle_cost
    from priced
),

-- Opened first: what loses most a day, as far as anybody can know; then what came first. Of what
-- stands on the shelf the rule's words say too much: there only the customer's part is left.
final as (
    select
        return_line_id,
        style_id,
        sku,
        style_name,
        size_label,
        colour_name,
        channel_name,
        return_type_code,
        resolution_code,
        reason_side_code,
        grade_code,
        waiting_code,
        stock_action_code,
        case
            when grade_code is null then 'grade'
            when waiting_code = 'restock' then 'restock'
            else ruled_action_code
        end as next_action_code,
        case
            when grade_code is null then '開けて検品する。'
            when waiting_code = 'restock' then '棚へ戻す。'
            when is_shelved and waiting_code = 'refund' then '返金する。'
            when is_shelved and waiting_code = 'ship_exchange' then '交換品を出荷する。'
            when is_shelved and waiting_code = 'credit' then 'クレジットを渡す。'
            else message_ja
        end as message_ja,
        case
            when grade_code is null then 'Open and grade it.'
            when waiting_code = 'restock' then 'Put it back on the shelf.'
            when is_shelved and waiting_code = 'refund' then 'Refund.'
            when is_shelved and waiting_code = 'ship_exchange' then 'Ship the exchange.'
            when is_shelved and waiting_code = 'credit' then 'Give the credit.'
            else message_en
        end as message_en,
        chance_source_code,
        received_count,
        waited_hours,
        refund_ratio,
        idle_cost_amount,
        cast(round(expected_idle_cost) as bigint) as expected_idle_cost_amount,
        row_number() over (
            order by
                round(expected_idle_cost, 6) desc nulls last,
                received_at asc nulls last,
                return_line_id asc
        ) as open_first_number,
        is_product_return,
        is_shelved,
        is_money_due,
        is_past_24h,
        is_graded_before_received,
        received_date,
        received_at,
        graded_at
    from valued
    order by received_at asc nulls last, return_line_id asc
)

select * from final
