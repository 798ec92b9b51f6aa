with

shop as (
    select
        as_of_date,
        alarm_false_share as false_share
    from {{ ref('int_settings_pivoted_to_shops') }}
),

verdicts as (
    select
        style_id,
        verdict_code,
        small_probability,
        large_probability,
        swap_probability,
        delivered_count,
        developed_exposure,
        small_units,
        large_units
    from {{ ref('rpt_fit_verdicts') }}
),

kept as (
    select
        verdict_days.style_id,
        verdict_days.verdict_code,
        verdict_days.small_probability,
        verdict_days.large_probability,
        verdict_days.swap_probability,
        verdict_days.delivered_count,
        verdict_days.developed_exposure,
        verdict_days.small_units,
        verdict_days.large_units,
        verdict_days.false_share,
        verdict_days.as_of_date
    from {{ ref('stg_kaeru__fit_verdict_days') }} as verdict_days
    cross join shop
    where verdict_days.as_of_date < shop.as_of_date
),

-- The last day that said otherwise; the last day of all where none did.
chosen as (
    select
        kept.style_id,
        coalesce(
            max(case when kept.verdict_code <> verdicts.verdict_code then kept.as_of_date end),
            max(kept.as_of_date)
        ) as previous_date
    from kept
    inner join verdicts on kept.style_id = verdicts.style_id
    group by kept.style_id
),

-- Since when the verdict stands as it does.
standing as (
    select
        kept.style_id,
        min(kept.as_of_date) as since_date
    from kept
    inner join chosen on kept.style_id = chosen.style_id
    where kept.as_of_date > chosen.previous_date
    group by kept.style_id
),

compared as (
    select
        verdicts.style_id,
        verdicts.verdict_code,
        kept.verdict_code as previous_verdict_code,
        case
            when verdicts.verdict_code = 'runs_small' then 'small'
            when verdicts.verdict_code = 'runs_large' then 'large'
            when verdicts.verdict_code = 'label_swap' then 'size'
            when kept.verdict_code = 'runs_small' then 'small'
            when kept.verdict_code = 'runs_large' then 'large'
            else 'size'
        end as side_code,
        verdicts.verdict_code in ('runs_small', 'runs_large', 'label_swap') as is_misfit,
        kept.verdict_code = 'true_to_size' and verdicts.verdict_code = 'not_enough_evidence'
            as is_reopened,
        kept.delivered_count as previous_delivered_count,
        verdicts.delivered_count,
        kept.developed_exposure as previous_developed_exposure,
        verdicts.developed_exposure,
        kept.small_units as previous_small_units,
        verdicts.small_units,
        kept.large_units as previous_large_units,
        verdicts.large_units,
        kept.small_probability + kept.large_probability + kept.swap_probability
            as previous_probability,
        verdicts.small_probability + verdicts.large_probability + verdicts.swap_probability
            as present_probability,
        kept.false_share <> shop.false_share as is_share_changed,
        chosen.previous_date,
        coalesce(standing.since_date, shop.as_of_date) as since_date
    from verdicts
    inner join chosen on verdicts.style_id = chosen.style_id
    inner join kept
        on chosen.style_id = kept.style_id and chosen.previous_date = kept.as_of_date
    left join standing on verdicts.style_id = standing.style_id
    cross join shop
),

sided as (
    select
        *,
        case
            when side_code = 'small' then previous_small_units
            when side_code = 'large' then previous_large_units
            else previous_small_units + previous_large_units
        end as previous_side_units,
        case
            when side_code = 'small' then small_units
            when side_code = 'large' then large_units
            else small_units + large_units
        end as side_units
    from compared
),

rated as (
    select
        *,
        coalesce(previous_side_units / nullif(previous_developed_exposure, 0), 0) as previous_rate,
        coalesce(side_units / nullif(developed_exposure, 0), 0) as side_rate
    from sided
),

-- What moved most between the two days. A quarter more or a fifth less is a change of the rate; a
-- twentieth more developed units is more deliveries; else the style hardly moved.
final as (
    select
        style_id,
        verdict_code,
        previous_verdict_code,
        case
            when verdict_code = previous_verdict_code then 'same'
            when is_share_changed and abs(present_probability - previous_probability) < 0.05
                then 'threshold'
            when developed_exposure < previous_developed_exposure - 0.5 then 'corrected'
            when
                (is_misfit or is_reopened)
                and side_units > previous_side_units
                and side_rate >= 1.25 * previous_rate
                then concat('more_', side_code)
            when not is_misfit and not is_reopened and side_rate <= 0.8 * previous_rate
                then concat('less_', side_code)
            when developed_exposure >= 1.05 * previous_developed_exposure then 'deliveries'
            else 'usual'
        end as why_code,
        side_code,
        previous_developed_exposure,
        developed_exposure,
        previous_side_units,
        side_units,
        previous_delivered_count,
        delivered_count,
        verdict_code <> previous_verdict_code as is_changed,
        previous_date,
        since_date
    from rated
    order by style_id
)

select * from final
