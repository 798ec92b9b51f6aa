with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

asked as (
    select distinct
        window_days,
        channel_name,
        member_tier_name,
        lag_days,
        first_order_month_date
    from {{ ref('int_customers_observed_to_windows') }}
    where lag_days >= 0
),

windows as (
    select distinct window_days
    from asked
),

-- A non-returner has no day of settlement: the customer's lag is counted from the first order.
others as (
    select
        mixes.customer_id,
        windows.window_days,
        mixes.channel_name,
        mixes.member_tier_name,
        {{ days_between('mixes.first_order_date', 'shop.as_of_date') }} - windows.window_days
            as last_lag_days,
        mixes.first_order_date,
        mixes.first_order_month_date
    from {{ ref('int_customers_grouped_to_mixes') }} as mixes
    cross join windows
    cross join shop
    where
        not mixes.is_returner
        and {{ days_between('mixes.first_order_date', 'shop.as_of_date') }} >= windows.window_days
),

sale_days as (
    select
        customer_id,
        sum(contribution_amount) as contribution_amount,
        sum(uncosted_line_count) as uncosted_line_count,
        ordered_date
    from {{ ref('int_orders_narrowed_to_sales') }}
    where customer_id is not null and ordered_date is not null
    group by customer_id, ordered_date
),

sold as (
    select
        others.window_days,
        others.channel_name,
        others.member_tier_name,
        others.last_lag_days,
        sale_days.contribution_amount,
        sale_days.uncosted_line_count,
        {{ days_between('others.first_order_date', 'sale_days.ordered_date') }} as sold_days,
        lag({{ days_between('others.first_order_date', 'sale_days.ordered_date') }}) over (
            partition by others.customer_id, others.window_days
            order by sale_days.ordered_date
        ) as sold_before_days,
        others.first_order_month_date
    from others
    inner join sale_days on others.customer_id = sale_days.customer_id
),

-- For which lags a sale lies in the window after it, and for which it is the first that does.
spans as (
    select
        *,
        greatest(sold_days - window_days, 0) as from_lag_days,
        greatest(sold_days - window_days, coalesce(sold_before_days, 0), 0)
            as first_from_lag_days,
        least(sold_days - 1, last_lag_days) as to_lag_days
    from sold
),

-- What begins and ends at each lag; summed up to a lag it says who stands there.
steps as (
    select
        window_days,
        channel_name,
        member_tier_name,
        0 as lag_days,
        1 as customer_step,
        0 as again_step,
        0 as contribution_step,
        0 as uncosted_step,
        first_order_month_date
    from others

    union all

    select
        window_days,
        channel_name,
        member_tier_name,
        last_lag_days + 1 as lag_days,
        -1 as customer_step,
        0 as again_step,
        0 as contribution_step,
        0 as uncosted_step,
        first_order_month_date
    from others
    {% for sign, end in [('', false), ('-', true)] %}
        union all

        select
            window_days,
            channel_name,
            member_tier_name,
            {{ 'to_lag_days + 1' if end else 'first_from_lag_days' }} as lag_days,
            0 as customer_step,
            {{ sign }}1 as again_step,
            0 as contribution_step,
            0 as uncosted_step,
            first_order_month_date
        from spans
        where first_from_lag_days <= to_lag_days

        union all

        select
            window_days,
            channel_name,
            member_tier_name,
            {{ 'to_lag_days + 1' if end else 'from_lag_days' }} as lag_days,
            0 as customer_step,
            0 as again_step,
            {{ sign }}contribution_amount as contribution_step,
            {{ sign }}uncosted_line_count as uncosted_step,
            first_order_month_date
        from spans
        where from_lag_days <= to_lag_days
    {% endfor %}
    union all

    select
        window_days,
        channel_name,
        member_tier_name,
        lag_days,
        0 as customer_step,
        0 as again_step,
        0 as contribution_step,
        0 as uncosted_step,
        first_order_month_date
    from asked
),

stepped as (
    select
        window_days,
        channel_name,
        member_tier_name,
        lag_days,
        sum(customer_step) as customer_step,
        sum(again_step) as again_step,
        sum(contribution_step) as contribution_step,
        sum(uncosted_step) as uncosted_step,
        first_order_month_date
    from steps
    group by window_days, channel_name, member_tier_name, lag_days, first_order_month_date
),

standing as (
    select
        window_days,
        channel_name,
        member_tier_name,
        lag_days,
        {% for step, standing in [
            ('customer_step', 'customer_count'), ('again_step', 'again_count'),
            ('contribution_step', 'contribution_amount'), ('uncosted_step', 'uncosted_line_count')
        ] -%}
            sum({{ step }}) over (
                partition by
                    window_days, channel_name, member_tier_name, first_order_month_date
                order by lag_days
                rows between unbounded preceding and current row
            ) as {{ standing }},
        {% endfor -%}
        first_order_month_date
    from stepped
),

final as (
    select
        asked.window_days,
        asked.channel_name,
        asked.member_tier_name,
        asked.lag_days,
        cast(standing.customer_count as bigint) as customer_count,
        cast(standing.again_count as bigint) as again_count,
        cast(standing.contribution_amount as bigint) as contribution_amount,
        cast(standing.uncosted_line_count as bigint) as uncosted_line_count,
        asked.first_order_month_date
    from asked
    inner join standing
        on
            asked.window_days = standing.window_days
            and asked.channel_name = standing.channel_name
            and asked.member_tier_name = standing.member_tier_name
            and asked.lag_days = standing.lag_days
            and asked.first_order_month_date = standing.first_order_month_date
    where standing.customer_count > 0
)

select * from final
