with

settings as (
    select
        setting_name,
        setting_text
    from {{ ref('stg_kaeru__settings') }}
),

pivoted as (
    select
        max(case when setting_name = 'run_id' then setting_text end) as run_id,
        max(case when setting_name = 'name' then setting_text end) as shop_name,
        max(case when setting_name = 'time_zone' then setting_text end) as time_zone_name,
        max(case when setting_name = 'currency' then setting_text end) as currency_code,
        max(case when setting_name = 'language' then setting_text end) as language_code,
        max(case when setting_name = 'tax' then setting_text end) as tax_code,
        max(case when setting_name = 'tax_shown' then setting_text end) as tax_shown_code,
        max(case when setting_name = 'return_window_days' then setting_text end)
            as return_window_days,
        max(case when setting_name = 'lead_time_days' then setting_text end) as lead_time_days,
        max(case when setting_name = 'is_synthetic' then setting_text end) as is_synthetic,
        max(case when setting_name = 'alarm_ratio' then setting_text end) as alarm_ratio,
        max(case when setting_name = 'alarm_false_share' then setting_text end)
            as alarm_false_share,
        max(case when setting_name = 'as_of' then setting_text end) as as_of_date,
        max(case when setting_name = 'newest_load_at' then setting_text end) as newest_load_at
    from settings
),

typed as (
    select
        run_id,
        coalesce(shop_name, 'shop') as shop_name,
        coalesce(time_zone_name, 'Asia/Tokyo') as time_zone_name,
        currency_code,
        language_code,
        -- What the figures say, and what the files' amounts are turned to, if anything.
        coalesce(tax_shown_code, tax_code) as tax_code,
        case when tax_shown_code <> tax_code then tax_shown_code end as tax_turned_to_code,
        cast(return_window_days as bigint) as return_window_days,
        coalesce(cast(lead_time_days as bigint), 2) as lead_time_days,
        coalesce(cast(alarm_ratio as double), 1.5) as alarm_ratio,
        coalesce(cast(alarm_false_share as double), 0.1) as alarm_false_share,
        coalesce(cast(is_synthetic as boolean), false) as is_synthetic,
        cast(as_of_date as date) as as_of_date,
        cast(newest_load_at as timestamp) as newest_load_at
    from pivoted
),

bounded as (
    select
        *,
        -- Without an as-of day nothing is too late to be used.
        coalesce(
            {{ start_of_shop_day(add_days('as_of_date', 1), 'time_zone_name') }},
            cast('9999-12-31 00:00:00' as timestamp)
        ) as known_before_at
    from typed
)

select * from bounded
