with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        month_count,
        is_whole,
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

landed as (
    select
        max(case when entity_name = 'return_requests' then row_count else 0 end) as request_count,
        max(case when entity_name = 'refunds' then row_count else 0 end) as refund_count
    from {{ ref('rpt_entities') }}
),

lost as (
    select
        count(*) as return_line_count,
        count(case when losses.outcome_code = 'exchanged' then 1 end) as exchanged_line_count,
        coalesce(sum(losses.loss_amount), 0) as loss_amount,
        coalesce(sum(losses.uncosted_count), 0) as uncosted_count,
        coalesce(
            sum(
                case
                    when losses.outcome_code = 'exchanged' then losses.replacement_freight_amount
                end
            ), 0
        ) as replacement_freight_amount,
        coalesce(sum(losses.bonus_amount), 0) as bonus_amount
    from {{ ref('int_return_lines_charged_to_losses') }} as losses
    inner join months on losses.event_date between months.first_date and months.last_date
),

followed as (
    select
        requests.is_begun,
        requests.net_saving_amount,
        requests.event_date between months.first_date and months.last_date as is_of_months
    from {{ ref('int_return_requests_followed_to_exchanges') }} as requests
    cross join months
    where not requests.is_denied
),

-- What one exchange saved is told of all that are settled, as rpt_exchange_break_even does.
asked as (
    select
        count(case when is_of_months then 1 end) as request_line_count,
        count(case when is_of_months and is_begun then 1 end) as exchange_line_count,
        count(net_saving_amount) as saving_line_count,
        cast(sum(net_saving_amount) as double) as saved,
        cast(sum(net_saving_amount * net_saving_amount) as double) as squares
    from followed
),

-- Squares less their mean: of exchanges that all saved the same, nothing.
scattered as (
    select
        *,
        squares - saved * saved / nullif(saving_line_count, 0) as scatter
    from asked
),

saved as (
    select
        *,
        saved / nullif(saving_line_count, 0) as saving_each,
        -- The error of the mean; of one exchange nobody knows it.
        case
            when saving_line_count > 1
                then
                    1.959963984540054e0
                    * sqrt(
                        case when scatter > 0 then scatter else 0 end
                        / (saving_line_count - 1)
                        / saving_line_count
                    )
        end as saving_spread
    from scattered
),

-- A window speaks where every rule that approves on the customer's side has one.
windows as (
    select
        case when count(rules.max_days) = count(*) then min(rules.max_days) end
            as shortest_window_days,
        case when count(rules.max_days) = count(*) then max(rules.max_days) end
            as longest_window_days
    from {{ ref('stg_kaeru__policy_rules') }} as rules
    cross join shop
    where
        rules.effect_code = 'approve'
        and coalesce(rules.reason_side_code, 'customer') = 'customer'
        and rules.valid_from_date <= shop.as_of_date
        and coalesce(rules.valid_to_date >= shop.as_of_date, true)
),

rails as (
    select
        coalesce(sum(refund_count + failed_count), 0) as refund_count,
        coalesce(sum(entered_count), 0) as hand_refund_count,
        case
            when count(case when entered_count > 0 and fee_amount is null then 1 end) = 0
                then
                    coalesce(
                        sum(
                            case
                                when entered_count > 0
                                    then fee_amount + entry_labour_amount + second_check_amount
                            end
                        ), 0
                    )
        end as hand_cost_amount
    from {{ ref('rpt_refund_rails') }}
    where span_code = 'period'
),

fees as (
    select max(parameter_value) as digital_fee
    from {{ ref('int_cost_parameters_chosen_to_shops') }}
    where parameter_name = 'digital_payout_fee'
),

sold as (
    select
        case
            when coalesce(sum(contributions.uncosted_count), 0) = 0
                then coalesce(sum(contributions.contribution_amount), 0)
        end as contribution_amount
    from {{ ref('fct_contributions') }} as contributions
    inner join months
        on contributions.cohort_date between months.first_date and months.last_date
),

joined as (
    select
        case
            when months.month_count is null then 'orders'
            when landed.request_count = 0 then 'return_requests'
            when landed.refund_count = 0 then 'refunds'
            when lost.uncosted_count > 0 then 'products.unit_cost'
        end as missing_name,
        months.month_count,
        months.is_whole,
        months.first_date,
        months.last_date,
        lost.return_line_count,
        lost.exchanged_line_count,
        lost.loss_amount,
        lost.replacement_freight_amount,
        lost.bonus_amount,
        saved.request_line_count,
        saved.exchange_line_count,
        saved.saving_line_count,
        saved.saving_each,
        saved.saving_spread,
        windows.shortest_window_days,
        windows.longest_window_days,
        rails.refund_count,
        rails.hand_refund_count,
        rails.hand_cost_amount,
        fees.digital_fee,
        sold.contribution_amount
    from months
    cross join landed
    cross join lost
    cross join saved
    cross join windows
    cross join rails
    cross join fees
    cross join sold
),

final as (
    select
        missing_name,
        cast(month_count as bigint) as month_count,
        return_line_count,
        cast(case when missing_name is null then loss_amount end as bigint) as loss_amount,
        request_line_count,
        exchange_line_count,
        cast(exchange_line_count as double) / nullif(request_line_count, 0) as exchange_share,
        {{ bound_of_share('exchange_line_count', 'request_line_count', '-') }}
            as low_exchange_share,
        {{ bound_of_share('exchange_line_count', 'request_line_count', '+') }}
            as high_exchange_share,
        saving_line_count,
        cast(round(saving_each) as bigint) as saving_each_amount,
        cast(round(saving_each - saving_spread) as bigint) as low_saving_each_amount,
        cast(round(saving_each + saving_spread) as bigint) as high_saving_each_amount,
        exchanged_line_count,
        cast(replacement_freight_amount as bigint) as replacement_freight_amount,
        cast(bonus_amount as bigint) as bonus_amount,
        cast(shortest_window_days as bigint) as shortest_window_days,
        cast(longest_window_days as bigint) as longest_window_days,
        cast(refund_count as bigint) as refund_count,
        cast(hand_refund_count as bigint) as hand_refund_count,
        {{ bound_of_share('hand_refund_count', 'refund_count', '-') }} as low_hand_share,
        {{ bound_of_share('hand_refund_count', 'refund_count', '+') }} as high_hand_share,
        cast(hand_cost_amount as bigint) as hand_cost_amount,
        cast(round(digital_fee) as bigint) as digital_fee_amount,
        cast(contribution_amount as bigint) as contribution_amount,
        is_whole as is_whole_months,
        first_date,
        last_date
    from joined
)

select * from final
