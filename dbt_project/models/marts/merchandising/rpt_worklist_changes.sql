with

shop as (
    select
        as_of_date,
        {{ add_days('as_of_date', -7) }} as week_ago_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

listed as (
    select
        kept.style_id,
        kept.sku,
        kept.level_code,
        kept.excess_count,
        kept.excess_amount,
        kept.is_alarm,
        kept.as_of_date
    from {{ ref('stg_kaeru__worklist_days') }} as kept
    cross join shop
    where kept.as_of_date <= shop.week_ago_date
),

-- The newest list that is a week old or older.
last_days as (
    select max(as_of_date) as as_of_date
    from listed
),

then_listed as (
    select listed.*
    from listed
    inner join last_days on listed.as_of_date = last_days.as_of_date
),

now_listed as (
    select
        style_id,
        sku,
        level_code,
        owner,
        state,
        excess_count,
        excess_amount,
        is_alarm
    from {{ ref('rpt_worklist') }}
),

final as (
    select
        then_listed.style_id,
        then_listed.sku,
        then_listed.level_code,
        case
            when now_listed.style_id is null then 'gone'
            when then_listed.is_alarm and now_listed.is_alarm then 'still_alarm'
            when then_listed.is_alarm then 'alarm_over'
            when now_listed.is_alarm then 'became_alarm'
            when now_listed.excess_amount <= 0 then 'as_expected'
            else 'still_above'
        end as outcome_code,
        now_listed.owner,
        now_listed.state,
        then_listed.excess_count as then_excess_count,
        then_listed.excess_amount as then_excess_amount,
        coalesce(now_listed.excess_count, 0) as now_excess_count,
        coalesce(now_listed.excess_amount, 0) as now_excess_amount,
        then_listed.is_alarm as was_alarm,
        coalesce(now_listed.is_alarm, false) as is_alarm,
        then_listed.as_of_date as then_as_of_date
    from then_listed
    left join now_listed
        on
            then_listed.level_code = now_listed.level_code
            and then_listed.style_id = now_listed.style_id
            and then_listed.sku is not distinct from now_listed.sku
    order by then_listed.level_code desc, then_excess_amount desc, then_listed.style_id asc
)

select * from final
