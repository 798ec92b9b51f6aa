with

pivoted as (
    select max(case when setting_name = 'asleep_days' then setting_text end) as asleep_days
    from {{ ref('stg_kaeru__settings') }}
),

-- Until a shop says its own: two weeks are enough to grade and shelve what arrived.
final as (
    select coalesce(cast(asleep_days as bigint), 14) as asleep_days
    from pivoted
)

select * from final
