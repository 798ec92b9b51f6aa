with

requests as (
    select
        band_from_amount,
        is_holdout,
        is_begun,
        net_saving_amount
    from {{ ref('int_return_requests_followed_to_exchanges') }}
    where not is_denied
),

shop as (
    select subsidy_amount
    from {{ ref('int_cost_parameters_summed_to_offers') }}
),

scoped as (
    select
        'all' as scope_code,
        cast(null as bigint) as band_from_amount,
        is_holdout,
        is_begun,
        net_saving_amount
    from requests

    union all

    select
        'band' as scope_code,
        band_from_amount,
        is_holdout,
        is_begun,
        net_saving_amount
    from requests
    where band_from_amount is not null
),

summed as (
    select
        scope_code,
        band_from_amount,
        count(case when not is_holdout then 1 end) as request_line_count,
        count(case when not is_holdout and is_begun then 1 end) as exchange_line_count,
        count(case when is_holdout then 1 end) as holdout_line_count,
        count(case when is_holdout and is_begun then 1 end) as holdout_exchange_line_count,
        count(net_saving_amount) as saving_line_count,
        coalesce(sum(net_saving_amount), 0) as net_saving_amount
    from scoped
    group by scope_code, band_from_amount
),

shared as (
    select
        *,
        cast(exchange_line_count as double) / nullif(request_line_count, 0) as exchange_share,
        cast(holdout_exchange_line_count as double) / nullif(holdout_line_count, 0)
            as holdout_exchange_share,
        cast(round(cast(net_saving_amount as double) / nullif(saving_line_count, 0)) as bigint)
            as saving_each_amount,
        {{ bound_of_share('exchange_line_count', 'request_line_count', '-') }} as low_share,
        {{ bound_of_share('exchange_line_count', 'request_line_count', '+') }} as high_share,
        {{ bound_of_share('holdout_exchange_line_count', 'holdout_line_count', '-') }}
            as holdout_low_share,
        {{ bound_of_share('holdout_exchange_line_count', 'holdout_line_count', '+') }}
            as holdout_high_share
    from summed
),

-- The interval of the difference is Newcombe's, of two intervals of Wilson.
lifted as (
    select
        *,
        exchange_share - holdout_exchange_share as lift_share,
        exchange_share - holdout_exchange_share
        - sqrt(
            (exchange_share - low_share) * (exchange_share - low_share)
            + (holdout_high_share - holdout_exchange_share)
            * (holdout_high_share - holdout_exchange_share)
        ) as low_lift_share,
        exchange_share - holdout_exchange_share
        + sqrt(
            (high_share - exchange_share) * (high_share - exchange_share)
            + (holdout_exchange_share - holdout_low_share)
            * (holdout_exchange_share - holdout_low_share)
        ) as high_lift_share
    from shared
),

final as (
    select
        lifted.scope_code,
        lifted.band_from_amount,
        lifted.request_line_count,
        lifted.exchange_line_count,
        lifted.exchange_share,
        lifted.saving_line_count,
        cast(lifted.net_saving_amount as bigint) as net_saving_amount,
        lifted.saving_each_amount,
        shop.subsidy_amount,
        case
            when lifted.saving_each_amount > 0
                then
                    lifted.exchange_share
                    * shop.subsidy_amount
                    / cast(lifted.saving_each_amount as double)
        end as break_even_share,
        case
            when lifted.saving_line_count = 0 then 'no_exchange'
            when lifted.saving_each_amount > 0 then 'measured'
            else 'never'
        end as break_even_state_code,
        lifted.holdout_line_count,
        lifted.holdout_exchange_line_count,
        lifted.holdout_exchange_share,
        lifted.lift_share,
        lifted.low_lift_share,
        lifted.high_lift_share,
        case
            when lifted.holdout_line_count = 0 then 'no_holdout'
            when lifted.request_line_count = 0 then 'no_offer_group'
            else 'measured'
        end as lift_state_code
    from lifted
    cross join shop
    order by lifted.scope_code, lifted.band_from_amount
)

select * from final
