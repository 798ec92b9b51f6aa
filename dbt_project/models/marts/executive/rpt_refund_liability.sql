with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

deliveries as (
    select
        as_of_date,
        channel_name,
        category_name,
        not_closed_count,
        delivered_count,
        costed_count,
        remaining_returned_units,
        expected_refund_amount,
        mean_unit_cost,
        refunded_rate,
        arrived_refunded_rate,
        back_test_developed_share
    from {{ ref('int_cohorts_estimated_to_liabilities') }}
),

debts as (
    select
        as_of_date,
        channel_name,
        category_name,
        sum(outstanding_amount) as accepted_unpaid_amount
    from {{ ref('int_debts_listed_to_as_of_days') }}
    group by as_of_date, channel_name, category_name
),

-- What was asked for is worth what comes of such returns after as many days on their way.
open_returns as (
    select
        open_returns.as_of_date,
        open_returns.channel_name,
        open_returns.category_name,
        sum(case when open_returns.has_arrived then open_returns.open_net_amount else 0 end)
            as arrived_net_amount,
        sum(
            case
                when not open_returns.has_arrived
                    then cast(
                        round(arrival_rates.refunded_rate * open_returns.open_net_amount) as bigint
                    )
                else 0
            end
        ) as on_way_refund_amount,
        sum(
            case
                when not open_returns.has_arrived
                    then {{ to_millionths(
                        'coalesce(arrival_rates.arrived_rate, 1.0) * open_returns.announced_count'
                    ) }}
                else 0
            end
        ) / 1000000.0 as on_way_returned_units
    from {{ ref('int_returns_listed_to_open_returns') }} as open_returns
    left join {{ ref('int_returns_watched_to_arrival_rates') }} as arrival_rates
        on
            open_returns.as_of_date = arrival_rates.as_of_date
            and open_returns.is_exchange_wanted = arrival_rates.is_exchange_wanted
            and open_returns.waited_days = arrival_rates.waited_days
    group by
        open_returns.as_of_date, open_returns.channel_name, open_returns.category_name
),

rates as (
    select
        as_of_date,
        max(refunded_rate) as refunded_rate,
        max(arrived_refunded_rate) as arrived_refunded_rate
    from deliveries
    group by as_of_date
),

promised as (
    select
        as_of_date,
        channel_name,
        category_name
    from debts

    union distinct

    select
        as_of_date,
        channel_name,
        category_name
    from open_returns
),

-- What was delivered more than a year ago may be owed or under way still: nothing more is to come.
estimates as (
    select *
    from deliveries

    union all

    select
        promised.as_of_date,
        promised.channel_name,
        promised.category_name,
        0 as not_closed_count,
        0 as delivered_count,
        0 as costed_count,
        0.0 as remaining_returned_units,
        cast(0 * rates.refunded_rate as bigint) as expected_refund_amount,
        null as mean_unit_cost,
        rates.refunded_rate,
        rates.arrived_refunded_rate,
        1.0 as back_test_developed_share
    from promised
    inner join rates on promised.as_of_date = rates.as_of_date
    left join deliveries
        on
            promised.as_of_date = deliveries.as_of_date
            and promised.channel_name = deliveries.channel_name
            and promised.category_name = deliveries.category_name
    where deliveries.as_of_date is null and promised.category_name is not null
),

refunds as (
    select
        order_lines.channel_name,
        order_lines.category_name,
        order_lines.delivered_date,
        refunds.paid_date,
        refunds.refund_amount
    from {{ ref('fct_refunds') }} as refunds
    inner join {{ ref('fct_return_lines') }} as return_lines
        on refunds.return_line_id = return_lines.return_line_id
    inner join {{ ref('int_order_lines_priced_to_order_lines') }} as order_lines
        on return_lines.order_line_id = order_lines.order_line_id
    where refunds.is_paid and refunds.paid_date is not null
),

later_refunds as (
    select
        as_of_days.as_of_date,
        refunds.channel_name,
        refunds.category_name,
        sum(refunds.refund_amount) as later_refund_amount
    from refunds
    inner join as_of_days
        on
            refunds.delivered_date <= as_of_days.as_of_date
            and refunds.paid_date > as_of_days.as_of_date
    group by as_of_days.as_of_date, refunds.channel_name, refunds.category_name
),

-- What is owed still on the run's own day for what had been delivered by then.
later_debts as (
    select
        as_of_days.as_of_date,
        debts.channel_name,
        debts.category_name,
        sum(debts.outstanding_amount) as outstanding_amount
    from {{ ref('int_debts_listed_to_as_of_days') }} as debts
    inner join {{ ref('int_order_lines_priced_to_order_lines') }} as order_lines
        on debts.order_line_id = order_lines.order_line_id
    inner join as_of_days on order_lines.delivered_date <= as_of_days.as_of_date
    where debts.is_current
    group by as_of_days.as_of_date, debts.channel_name, debts.category_name
),

joined as (
    select
        estimates.channel_name,
        estimates.category_name,
        estimates.not_closed_count,
        estimates.remaining_returned_units + coalesce(open_returns.on_way_returned_units, 0.0)
            as remaining_returned_units,
        estimates.mean_unit_cost,
        estimates.refunded_rate,
        estimates.expected_refund_amount,
        cast(
            coalesce(open_returns.on_way_refund_amount, 0) + 0 * estimates.refunded_rate as bigint
        ) as on_way_refund_amount,
        cast(
            case
                when open_returns.arrived_net_amount > 0
                    then round(estimates.arrived_refunded_rate * open_returns.arrived_net_amount)
                else 0 * estimates.refunded_rate
            end as bigint
        ) as arrived_refund_amount,
        cast(coalesce(debts.accepted_unpaid_amount, 0) as bigint) as accepted_unpaid_amount,
        cost_settings.recoverable_share,
        cost_settings.recovery_cost_amount,
        cast(estimates.costed_count as double) / nullif(estimates.delivered_count, 0)
            as costed_share,
        case
            when not as_of_days.is_current
                then cast(coalesce(later_refunds.later_refund_amount, 0) as bigint)
        end as later_refund_amount,
        case
            when not as_of_days.is_current
                then cast(coalesce(later_debts.outstanding_amount, 0) as bigint)
        end as still_owed_amount,
        case when not as_of_days.is_current then estimates.back_test_developed_share end
            as back_test_developed_share,
        as_of_days.is_current,
        -- Until the first cohorts since a change are 120 days old.
        coalesce(
            estimates.as_of_date >= policies.policy_changed_date
            and {{ add_days('policies.policy_changed_date', 120) }} > estimates.as_of_date,
            false
        ) as is_policy_change_affected,
        estimates.as_of_date
    from estimates
    inner join as_of_days on estimates.as_of_date = as_of_days.as_of_date
    cross join {{ ref('int_settings_defaulted_to_costs') }} as cost_settings
    cross join {{ ref('int_policies_dated_to_shops') }} as policies
    left join debts
        on
            estimates.as_of_date = debts.as_of_date
            and estimates.channel_name = debts.channel_name
            and estimates.category_name = debts.category_name
    left join open_returns
        on
            estimates.as_of_date = open_returns.as_of_date
            and estimates.channel_name = open_returns.channel_name
            and estimates.category_name = open_returns.category_name
    left join later_refunds
        on
            estimates.as_of_date = later_refunds.as_of_date
            and estimates.channel_name = later_refunds.channel_name
            and estimates.category_name = later_refunds.category_name
    left join later_debts
        on
            estimates.as_of_date = later_debts.as_of_date
            and estimates.channel_name = later_debts.channel_name
            and estimates.category_name = later_debts.category_name
),

final as (
    select
        channel_name,
        category_name,
        not_closed_count,
        remaining_returned_units,
        refunded_rate,
        expected_refund_amount,
        on_way_refund_amount,
        arrived_refund_amount,
        accepted_unpaid_amount,
        expected_refund_amount + on_way_refund_amount + arrived_refund_amount
        + accepted_unpaid_amount as refund_liability_amount,
        case
            when mean_unit_cost is not null
                then cast(
                    round(
                        remaining_returned_units
                        * greatest(mean_unit_cost * recoverable_share - recovery_cost_amount, 0)
                    ) as bigint
                )
            -- Where nothing is to come the goods are worth nothing, whatever they cost.
            when costed_share is null and remaining_returned_units = 0 then 0
        end as return_asset_amount,
        later_refund_amount,
        still_owed_amount,
        costed_share,
        back_test_developed_share,
        is_policy_change_affected,
        is_current,
        as_of_date
    from joined
    order by as_of_date, channel_name, category_name
)

select * from final
