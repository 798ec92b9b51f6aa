with

customers as (
    select
        outcome_code,
        speed_code,
        window_days,
        channel_name,
        member_tier_name,
        lag_days,
        contribution_amount,
        uncosted_line_count,
        is_again,
        first_order_month_date
    from {{ ref('int_customers_observed_to_windows') }}
),

matches as (
    select
        window_days,
        channel_name,
        member_tier_name,
        lag_days,
        customer_count,
        again_count,
        contribution_amount,
        uncosted_line_count,
        first_order_month_date
    from {{ ref('int_customers_matched_to_lags') }}
),

-- A customer's counterpart is the mean of all matches: each weighs 1 / their number.
joined as (
    select
        customers.outcome_code,
        customers.speed_code,
        customers.window_days,
        customers.contribution_amount,
        customers.uncosted_line_count,
        customers.is_again,
        matches.customer_count is not null as is_matched,
        {{ to_millionths('1.0 * matches.again_count / matches.customer_count') }}
            as matched_again_millionths,
        {{ share_of_amount('matches.contribution_amount', '1', 'matches.customer_count') }}
            as matched_contribution_amount,
        matches.uncosted_line_count as matched_uncosted_line_count
    from customers
    left join matches
        on
            customers.window_days = matches.window_days
            and customers.channel_name = matches.channel_name
            and customers.member_tier_name = matches.member_tier_name
            and customers.lag_days = matches.lag_days
            and customers.first_order_month_date = matches.first_order_month_date
),

summed as (
    select
        outcome_code,
        speed_code,
        window_days,
        count(*) as customer_count,
        count(case when is_again then 1 end) as again_count,
        sum(contribution_amount) as value_amount,
        sum(uncosted_line_count) as uncosted_line_count,
        count(case when is_matched then 1 end) as matched_count,
        count(case when is_matched and is_again then 1 end) as matched_customer_again_count,
        coalesce(sum(matched_again_millionths), 0) as matched_again_millionths,
        sum(case when is_matched then contribution_amount end) as matched_customer_value_amount,
        sum(case when is_matched then uncosted_line_count end)
            as matched_customer_uncosted_line_count,
        sum(matched_contribution_amount) as matched_value_amount,
        sum(matched_uncosted_line_count) as matched_uncosted_line_count
    from joined
    group by outcome_code, speed_code, window_days
),

-- One line without a cost makes a sum of contributions not measurable.
final as (
    select
        outcome_code,
        speed_code,
        window_days,
        customer_count,
        again_count,
        cast(case when uncosted_line_count = 0 then value_amount end as bigint) as value_amount,
        matched_count,
        matched_customer_again_count,
        case when matched_count > 0 then matched_again_millionths / 1000000.0 end as matched_again,
        cast(
            case
                when matched_customer_uncosted_line_count = 0 then matched_customer_value_amount
            end as bigint
        ) as matched_customer_value_amount,
        cast(
            case when matched_uncosted_line_count = 0 then matched_value_amount end as bigint
        ) as matched_value_amount
    from summed
    order by outcome_code, speed_code, window_days
)

select * from final
