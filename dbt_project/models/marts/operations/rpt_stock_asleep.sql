with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

stock_settings as (
    select asleep_days
    from {{ ref('int_settings_defaulted_to_stocks') }}
),

products as (
    select
        sku,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

receipts as (
    select
        sku,
        style_id,
        grade_code,
        arrived_count,
        is_restocked,
        is_written_off,
        received_date
    from {{ ref('int_return_receipts_settled_to_stocks') }}
),

-- A shop that never says what was restocked does not say what sleeps.
restocking as (
    select count(case when is_restocked then 1 end) > 0 as has_restocking
    from receipts
),

aged as (
    select
        receipts.sku,
        receipts.style_id,
        receipts.grade_code,
        receipts.arrived_count,
        not receipts.is_restocked and not receipts.is_written_off as is_asleep,
        {{ days_between('receipts.received_date', 'shop.as_of_date') }} as age_days
    from receipts
    cross join shop
    cross join restocking
    where restocking.has_restocking
),

classed as (
    select
        aged.style_id,
        aged.grade_code,
        case
            when aged.age_days < 30 then 'days_0_29'
            when aged.age_days < 60 then 'days_30_59'
            when aged.age_days < 90 then 'days_60_89'
            when aged.age_days < 180 then 'days_90_179'
            else 'days_180_up'
        end as age_code,
        aged.arrived_count,
        case when aged.is_asleep then aged.arrived_count else 0 end as asleep_count,
        products.unit_cost_amount
    from aged
    cross join stock_settings
    left join products on aged.sku = products.sku
    where aged.age_days >= stock_settings.asleep_days
),

summed as (
    select
        style_id,
        grade_code,
        age_code,
        sum(arrived_count) as arrived_count,
        sum(asleep_count) as asleep_count,
        sum(case when unit_cost_amount is null then asleep_count else 0 end)
            as uncosted_count,
        sum(asleep_count * coalesce(unit_cost_amount, 0)) as asleep_cost_amount
    from classed
    group by style_id, grade_code, age_code
),

final as (
    select
        style_id,
        grade_code,
        age_code,
        cast(arrived_count as bigint) as arrived_count,
        cast(asleep_count as bigint) as asleep_count,
        cast(uncosted_count as bigint) as uncosted_count,
        cast(case when uncosted_count = 0 then asleep_cost_amount end as bigint)
            as asleep_cost_amount
    from summed
    order by style_id nulls last, grade_code, age_code
)

select * from final
