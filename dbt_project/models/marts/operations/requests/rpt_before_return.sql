{%- set others = {
    'sent': 'not_sent',
    'not_sent': 'sent',
    'followed': 'not_followed',
    'not_followed': 'followed',
    'none': 'followed'
} -%}
with

strata as (
    select
        kind_code,
        group_code,
        case group_code
            {% for group, other in others.items() -%}
                when '{{ group }}' then '{{ other }}'
            {% endfor -%}
        end as other_group_code,
        outcome_code,
        category_name,
        channel_name,
        unit_count,
        exposure_millionths,
        outcome_millionths,
        week_start_date
    from {{ ref('int_outcomes_counted_to_strata') }}
),

-- What the other group would show with this group's mix of category, channel and week.
joined as (
    select
        strata.*,
        compared.group_code is not null as is_matched,
        {{ to_millionths(
            from_millionths('strata.exposure_millionths')
            ~ ' * compared.outcome_millionths / compared.exposure_millionths'
        ) }} as other_outcome_millionths,
        {{ to_millionths(
            from_millionths('strata.exposure_millionths')
            ~ ' * strata.exposure_millionths / compared.exposure_millionths'
        ) }} as other_weight_millionths
    from strata
    left join strata as compared
        on
            strata.kind_code = compared.kind_code
            and strata.other_group_code = compared.group_code
            and strata.outcome_code = compared.outcome_code
            and strata.category_name = compared.category_name
            and strata.channel_name = compared.channel_name
            and strata.week_start_date = compared.week_start_date
            and strata.exposure_millionths > 0
            and compared.exposure_millionths > 0
),

summed as (
    select
        kind_code,
        group_code,
        other_group_code,
        outcome_code,
        sum(unit_count) as unit_count,
        sum(exposure_millionths) as exposure_millionths,
        sum(outcome_millionths) as outcome_millionths,
        sum(case when is_matched then unit_count else 0 end) as matched_count,
        sum(case when is_matched then exposure_millionths else 0 end)
            as matched_exposure_millionths,
        sum(case when is_matched then outcome_millionths else 0 end) as matched_outcome_millionths,
        sum(other_outcome_millionths) as other_outcome_millionths,
        sum(other_weight_millionths) as other_weight_millionths
    from joined
    group by kind_code, group_code, other_group_code, outcome_code
),

shared as (
    select
        kind_code,
        group_code,
        other_group_code,
        outcome_code,
        unit_count,
        matched_count,
        {{ from_millionths('exposure_millionths') }} as developed_exposure,
        {{ from_millionths('outcome_millionths') }} as outcome_units,
        cast(outcome_millionths as double) / nullif(exposure_millionths, 0) as outcome_share,
        cast(matched_outcome_millionths as double) / nullif(matched_exposure_millionths, 0)
            as matched_share,
        cast(other_outcome_millionths as double) / nullif(matched_exposure_millionths, 0)
            as other_share,
        {{ from_millionths('matched_exposure_millionths') }} as matched_exposure,
        -- Few others that stand for many weigh as the few that they are.
        {{ from_millionths('matched_exposure_millionths') }}
        * matched_exposure_millionths
        / nullif(other_weight_millionths, 0) as other_exposure
    from summed
),

-- Of a cohort that is still developing more may have come back than its exposure holds.
clamped as (
    select
        *,
        case when matched_share > 1 then 1 else matched_share end * matched_exposure
            as matched_cases,
        case when other_share > 1 then 1 else other_share end * other_exposure as other_cases
    from shared
),

bounded as (
    select
        *,
        {{ bound_of_share('matched_cases', 'matched_exposure', '-') }} as low_share,
        {{ bound_of_share('matched_cases', 'matched_exposure', '+') }} as high_share,
        {{ bound_of_share('other_cases', 'other_exposure', '-') }} as other_low_share,
        {{ bound_of_share('other_cases', 'other_exposure', '+') }} as other_high_share
    from clamped
),

-- The interval of the difference is Newcombe's, of two intervals of Wilson.
final as (
    select
        kind_code,
        group_code,
        other_group_code,
        outcome_code,
        cast(unit_count as bigint) as unit_count,
        developed_exposure,
        outcome_units,
        outcome_share,
        cast(matched_count as bigint) as matched_count,
        matched_share,
        other_share,
        matched_share - other_share as difference_share,
        matched_share - other_share
        - sqrt(
            (matched_share - low_share) * (matched_share - low_share)
            + (other_high_share - other_share) * (other_high_share - other_share)
        ) as low_difference_share,
        matched_share - other_share
        + sqrt(
            (high_share - matched_share) * (high_share - matched_share)
            + (other_share - other_low_share) * (other_share - other_low_share)
        ) as high_difference_share
    from bounded
    order by kind_code, outcome_code, group_code
)

select * from final
