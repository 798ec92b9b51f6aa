with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

windows as (
    {% for days in [90, 180, 365] -%}
        select cast({{ days }} as bigint) as window_days
        {% if not loop.last %}
            union all

        {% endif %}
    {%- endfor %}
),

first_outcomes as (
    select
        customer_id,
        outcome_code,
        speed_code,
        resolved_date
    from {{ ref('int_return_lines_narrowed_to_first_outcomes') }}
    where resolved_date is not null
),

mixes as (
    select
        customer_id,
        channel_name,
        member_tier_name,
        first_order_date,
        first_order_month_date
    from {{ ref('int_customers_grouped_to_mixes') }}
),

-- Only windows that are over: who was settled yesterday has had no time to come back.
observed as (
    select
        first_outcomes.customer_id,
        first_outcomes.outcome_code,
        first_outcomes.speed_code,
        windows.window_days,
        mixes.channel_name,
        mixes.member_tier_name,
        {{ days_between('mixes.first_order_date', 'first_outcomes.resolved_date') }} as lag_days,
        mixes.first_order_month_date,
        first_outcomes.resolved_date
    from first_outcomes
    cross join windows
    cross join shop
    left join mixes on first_outcomes.customer_id = mixes.customer_id
    where
        {{ days_between('first_outcomes.resolved_date', 'shop.as_of_date') }}
        >= windows.window_days
),

sales as (
    select
        customer_id,
        contribution_amount,
        uncosted_line_count,
        ordered_date
    from {{ ref('int_orders_narrowed_to_sales') }}
    where customer_id is not null and ordered_date is not null
),

later as (
    select
        observed.customer_id,
        observed.window_days,
        sum(sales.contribution_amount) as contribution_amount,
        sum(sales.uncosted_line_count) as uncosted_line_count
    from observed
    inner join sales
        on
            observed.customer_id = sales.customer_id
            and observed.resolved_date < sales.ordered_date
            and {{ add_days('observed.resolved_date', 'observed.window_days') }}
            >= sales.ordered_date
    group by observed.customer_id, observed.window_days
),

final as (
    select
        observed.customer_id,
        observed.outcome_code,
        observed.speed_code,
        observed.window_days,
        observed.channel_name,
        observed.member_tier_name,
        observed.lag_days,
        cast(coalesce(later.contribution_amount, 0) as bigint) as contribution_amount,
        cast(coalesce(later.uncosted_line_count, 0) as bigint) as uncosted_line_count,
        later.customer_id is not null as is_again,
        observed.first_order_month_date
    from observed
    left join later
        on
            observed.customer_id = later.customer_id
            and observed.window_days = later.window_days
)

select * from final
