with

actions as (
    select
        action_id,
        style_id,
        style_name,
        category_name,
        finding_text,
        action_text,
        status_name,
        effective_basis_code,
        obstacle_code,
        is_overlapping,
        is_policy_changed,
        opened_date,
        effective_date,
        known_date,
        as_of_date
    from {{ ref('int_product_actions_dated_to_styles') }}
),

products as (
    select
        style_id,
        min(brand_name) as brand_name,
        min(season_name) as season_name
    from {{ ref('dim_products') }}
    group by style_id
),

verdicts as (
    select *
    from {{ ref('stg_scores__action_verdicts') }}
),

counted as (
    select
        action_id,
        min(control_basis_code) as control_basis_code,
        sum(case when week_number < 0 then delivered_count else 0 end) as before_count,
        sum(case when week_number >= 0 then delivered_count else 0 end) as after_count,
        sum(
            case
                when week_number >= 0 then {{ to_millionths('developed_exposure') }} else 0
            end
        ) as after_millionths
    from {{ ref('rpt_product_action_evidence') }}
    where is_acted
    group by action_id
),

-- A year of the style as it sells now, at its average net price.
years as (
    select
        actions.action_id,
        sum(order_lines.delivered_count) as year_count,
        sum(order_lines.delivered_net_amount) as year_net_amount
    from actions
    inner join verdicts on actions.action_id = verdicts.action_id
    inner join {{ ref('fct_order_lines') }} as order_lines
        on
            actions.style_id = order_lines.style_id
            and {{ add_days('actions.as_of_date', -365) }} < order_lines.delivered_date
            and actions.as_of_date >= order_lines.delivered_date
    where
        verdicts.verdict_code = 'worked'
        and not order_lines.is_exchange_leg
        and not order_lines.is_size_bracketed
        and order_lines.delivered_count > 0
    group by actions.action_id
),

-- A style that was never delivered around the action has no verdict of the statistics.
judged as (
    select
        actions.*,
        products.brand_name,
        products.season_name,
        verdicts.before_rate,
        verdicts.after_rate,
        verdicts.unmoved_rate,
        verdicts.control_before_rate,
        verdicts.control_after_rate,
        verdicts.difference_rate,
        verdicts.low_rate,
        verdicts.high_rate,
        verdicts.detectable_rate,
        verdicts.trend_rate,
        verdicts.trend_low_rate,
        verdicts.trend_high_rate,
        verdicts.week_variation,
        verdicts.placebo_factor,
        verdicts.is_trend_parallel,
        coalesce(verdicts.control_count, 0) as control_count,
        coalesce(verdicts.placebo_count, 0) as placebo_count,
        coalesce(verdicts.verdict_code, 'not_measurable') as verdict_code,
        coalesce(actions.obstacle_code, verdicts.cause_code, 'not_sold_before') as cause_code,
        counted.control_basis_code,
        coalesce(counted.before_count, 0) as before_count,
        coalesce(counted.after_count, 0) as after_count,
        coalesce(counted.after_millionths, 0) as after_millionths,
        years.year_count,
        years.year_net_amount
    from actions
    left join products on actions.style_id = products.style_id
    left join verdicts on actions.action_id = verdicts.action_id
    left join counted on actions.action_id = counted.action_id
    left join years on actions.action_id = years.action_id
),

final as (
    select
        action_id,
        style_id,
        style_name,
        nullif(category_name, 'unknown') as category_name,
        brand_name,
        season_name,
        finding_text,
        action_text,
        status_name,
        effective_basis_code,
        verdict_code,
        cause_code,
        control_basis_code,
        cast(before_count as bigint) as before_count,
        cast(after_count as bigint) as after_count,
        {{ from_millionths('after_millionths') }} as after_developed_exposure,
        before_rate,
        after_rate,
        unmoved_rate,
        control_before_rate,
        control_after_rate,
        cast(control_count as bigint) as control_count,
        difference_rate,
        low_rate,
        high_rate,
        detectable_rate,
        trend_rate,
        trend_low_rate,
        trend_high_rate,
        week_variation,
        placebo_factor,
        cast(placebo_count as bigint) as placebo_count,
        cast(year_count as bigint) as year_delivered_count,
        cast(round(-difference_rate * year_net_amount) as bigint) as saved_amount,
        cast(round(-high_rate * year_net_amount) as bigint) as saved_low_amount,
        cast(round(-low_rate * year_net_amount) as bigint) as saved_high_amount,
        is_trend_parallel,
        is_overlapping,
        is_policy_changed,
        opened_date,
        effective_date,
        known_date,
        as_of_date
    from judged
    order by effective_date desc nulls last, action_id asc
)

select * from final
