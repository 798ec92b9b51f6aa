with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

products as (
    select
        style_id,
        min(style_name) as style_name,
        min(coalesce(category_name, 'unknown')) as category_name
    from {{ ref('dim_products') }}
    group by style_id
),

-- What a shop did after the as-of day is not known yet.
known_actions as (
    select
        actions.action_id,
        actions.style_id,
        actions.finding_text,
        actions.action_text,
        actions.status_name,
        case
            when actions.effective_from_date is not null then 'effective_from'
            when actions.closed_date is not null then 'closed_on'
        end as effective_basis_code,
        actions.opened_date,
        coalesce(actions.effective_from_date, actions.closed_date) as effective_date
    from {{ ref('stg_shop__product_actions') }} as actions
    cross join shop
    where actions.opened_date is null or actions.opened_date <= shop.as_of_date
),

-- Something else was done about the style while this one is watched.
overlapping as (
    select distinct actions.action_id
    from known_actions as actions
    inner join known_actions as nearby
        on
            actions.style_id = nearby.style_id
            and actions.action_id <> nearby.action_id
            and nearby.effective_date >= {{ add_days('actions.effective_date', -56) }}
            and nearby.effective_date < {{ add_days('actions.effective_date', 56) }}
),

sides as (
    select
        category_name,
        max(case when is_after_policy_change then 1 else 0 end) as newest_side_number
    from {{ ref('int_order_lines_grouped_to_cohorts') }}
    group by category_name
),

weights as (
    select
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change,
        sum(cohorts.delivered_count) as delivered_count
    from {{ ref('int_order_lines_grouped_to_cohorts') }} as cohorts
    inner join sides
        on
            cohorts.category_name = sides.category_name
            and cohorts.is_after_policy_change = (sides.newest_side_number = 1)
    group by cohorts.category_name, cohorts.channel_name, cohorts.is_after_policy_change
),

-- How much of a category's returns has come by an age, over its channels.
developed as (
    select
        weights.category_name,
        curves.age_days,
        sum(weights.delivered_count * {{ to_millionths('curves.developed_share') }})
            as developed_millionths,
        sum(weights.delivered_count) as delivered_count
    from weights
    inner join {{ ref('int_return_lags_estimated_to_curves') }} as curves
        on
            weights.category_name = curves.category_name
            and weights.channel_name = curves.channel_name
            and weights.is_after_policy_change = curves.is_after_policy_change
    where curves.is_current
    group by weights.category_name, curves.age_days
),

-- From this age on four fifths of them have come.
ages as (
    select
        category_name,
        min(age_days) as ripe_days
    from developed
    where developed_millionths * 5 >= delivered_count * 4000000
    group by category_name
),

final as (
    select
        actions.action_id,
        actions.style_id,
        products.style_name,
        products.category_name,
        actions.finding_text,
        actions.action_text,
        actions.status_name,
        actions.effective_basis_code,
        case
            when products.style_id is null then 'unknown_style'
            when actions.effective_date is null then 'no_date'
        end as obstacle_code,
        overlapping.action_id is not null as is_overlapping,
        coalesce(
            policies.policy_changed_date >= {{ add_days('actions.effective_date', -56) }}
            and policies.policy_changed_date < {{ add_days('actions.effective_date', 56) }},
            false
        ) as is_policy_changed,
        actions.opened_date,
        actions.effective_date,
        -- The last day of the eight weeks, and what has to come back of it.
        {{ add_days('actions.effective_date', '55 + coalesce(ages.ripe_days, 120)') }}
            as known_date,
        shop.as_of_date
    from known_actions as actions
    cross join shop
    cross join policies
    left join products on actions.style_id = products.style_id
    left join ages on products.category_name = ages.category_name
    left join overlapping on actions.action_id = overlapping.action_id
)

select * from final
