{%- set parts = [
    'net_sales', 'goods_cost', 'outbound_freight', 'exchange_freight', 'inbound_freight',
    'inspection', 'repack', 'service', 'refund_fee', 'value_loss', 'bonus', 'return_cost',
    'contribution'
] -%}
{%- set costed = ['goods_cost', 'value_loss', 'return_cost', 'contribution'] -%}
with

contributions as (
    select
        sku,
        style_id,
        channel_name,
        delivered_count,
        {% for part in parts -%}
            {{ part }}_amount,
        {% endfor -%}
        uncosted_count,
        is_freight_assumed,
        cast(date_trunc('month', cohort_date) as date) as cohort_month_date
    from {{ ref('fct_contributions') }}
),

summed as (
    select
        sku,
        style_id,
        channel_name,
        cohort_month_date,
        count(*) as episode_count,
        sum(delivered_count) as delivered_count,
        {% for part in parts -%}
            sum({{ part }}_amount) as {{ part }}_amount,
        {% endfor -%}
        sum(uncosted_count) as uncosted_count,
        count(case when is_freight_assumed then 1 end) as assumed_freight_episode_count
    from contributions
    group by sku, style_id, channel_name, cohort_month_date
),

today as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

curves as (
    select
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        {{ to_millionths('developed_share') }} as developed_millionths
    from {{ ref('int_return_lags_estimated_to_curves') }}
    where is_current
),

rates as (
    select
        sku,
        channel_name,
        category_name,
        base_rate
    from {{ ref('rpt_sku_development') }}
),

cohort_days as (
    select
        sku_days.sku,
        sku_days.channel_name,
        rates.category_name,
        rates.base_rate,
        sku_days.delivered_count,
        coalesce(sku_days.calendar_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        least({{ days_between('sku_days.calendar_date', 'today.as_of_date') }}, 120) as age_days,
        cast(date_trunc('month', sku_days.calendar_date) as date) as cohort_month_date
    from {{ ref('rpt_sku_return_days') }} as sku_days
    inner join rates
        on
            sku_days.sku = rates.sku
            and sku_days.channel_name = rates.channel_name
    cross join today
    cross join policies
    where sku_days.date_basis_code = 'cohort' and sku_days.calendar_date <= today.as_of_date
),

-- What of the cohort has not had its time to come back, in millionths of a unit.
undeveloped as (
    select
        cohort_days.sku,
        cohort_days.channel_name,
        cohort_days.cohort_month_date,
        min(cohort_days.base_rate) as base_rate,
        sum(cohort_days.delivered_count * (1000000 - curves.developed_millionths))
            as undeveloped_millionths
    from cohort_days
    inner join curves
        on
            cohort_days.category_name = curves.category_name
            and cohort_days.channel_name = curves.channel_name
            and cohort_days.is_after_policy_change = curves.is_after_policy_change
            and cohort_days.age_days = curves.age_days
    group by cohort_days.sku, cohort_days.channel_name, cohort_days.cohort_month_date
),

expected as (
    select
        sku,
        channel_name,
        cohort_month_date,
        undeveloped_millionths / 1000000.0 * base_rate as further_returns
    from undeveloped
),

parameters as (
    select
        inbound_freight_amount
        + repack_amount
        + (inspection_minutes + service_minutes) * hourly_wage_amount / 60.0 as handling_cost
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

-- A part of the units without a cost makes the whole not measurable.
final as (
    select
        summed.sku,
        summed.style_id,
        summed.channel_name,
        summed.episode_count,
        cast(summed.delivered_count as bigint) as delivered_count,
        {% for part in parts -%}
            {% if part in costed -%}
                cast(
                    case when summed.uncosted_count = 0 then summed.{{ part }}_amount end as bigint
                ) as {{ part }}_amount,
            {% else -%}
                cast(summed.{{ part }}_amount as bigint) as {{ part }}_amount,
            {% endif -%}
        {% endfor -%}
        cast(summed.uncosted_count as bigint) as uncosted_count,
        summed.assumed_freight_episode_count,
        expected.further_returns as expected_further_returns,
        cast(round(expected.further_returns * parameters.handling_cost) as bigint)
            as expected_further_cost_amount,
        summed.cohort_month_date
    from summed
    cross join parameters
    left join expected
        on
            summed.sku = expected.sku
            and summed.channel_name = expected.channel_name
            and summed.cohort_month_date = expected.cohort_month_date
    order by summed.sku, summed.channel_name, summed.cohort_month_date nulls last
)

select * from final
