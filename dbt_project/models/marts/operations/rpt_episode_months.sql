with

episodes as (
    select
        coalesce(category_name, 'unknown') as category_name,
        channel_name,
        delivered_count,
        delivered_net_amount,
        kept_count,
        retained_durable_amount,
        kept_net_amount,
        bonus_amount,
        subsidy_amount,
        resolved_net_amount,
        retained_gross_amount,
        refunded_amount,
        credited_amount,
        exchange_count,
        size_exchange_count,
        colour_exchange_count,
        other_exchange_count,
        unknown_subsidy_count,
        is_returned,
        is_open,
        is_developed,
        is_more_held_than_sold,
        is_chain_cut,
        cast(date_trunc('month', cohort_date) as date) as cohort_month_date
    from {{ ref('fct_episodes') }}
),

summed as (
    select
        category_name,
        channel_name,
        is_returned,
        cohort_month_date,
        count(*) as episode_count,
        count(case when kept_count = delivered_count then 1 end) as fully_kept_episode_count,
        count(case when kept_count > 0 and kept_count < delivered_count then 1 end)
            as partly_kept_episode_count,
        sum(delivered_count) as delivered_count,
        sum(kept_count) as kept_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(kept_net_amount) as kept_net_amount,
        sum(retained_durable_amount) as retained_durable_amount,
        sum(bonus_amount) as bonus_amount,
        sum(subsidy_amount) as subsidy_amount,
        sum(resolved_net_amount) as resolved_net_amount,
        sum(retained_gross_amount) as retained_gross_amount,
        sum(refunded_amount) as refunded_amount,
        sum(credited_amount) as credited_amount,
        sum(exchange_count) as exchange_count,
        sum(size_exchange_count) as size_exchange_count,
        sum(colour_exchange_count) as colour_exchange_count,
        sum(other_exchange_count) as other_exchange_count,
        sum(unknown_subsidy_count) as unknown_subsidy_count,
        count(case when is_open then 1 end) as open_episode_count,
        count(case when is_more_held_than_sold then 1 end) as more_held_episode_count,
        count(case when is_chain_cut then 1 end) as cut_chain_episode_count,
        -- Null where the shop has no return window to wait for.
        sum(case when is_developed then 1 when not is_developed then 0 end)
            as developed_episode_count,
        sum(case when is_developed then delivered_count when not is_developed then 0 end)
            as developed_delivered_count,
        sum(case when is_developed then kept_count when not is_developed then 0 end)
            as developed_kept_count,
        sum(case when is_developed then delivered_net_amount when not is_developed then 0 end)
            as developed_delivered_net_amount,
        sum(case when is_developed then retained_durable_amount when not is_developed then 0 end)
            as developed_retained_durable_amount
    from episodes
    group by category_name, channel_name, is_returned, cohort_month_date
),

final as (
    select
        category_name,
        channel_name,
        episode_count,
        fully_kept_episode_count,
        partly_kept_episode_count,
        cast(delivered_count as bigint) as delivered_count,
        cast(kept_count as bigint) as kept_count,
        cast(delivered_net_amount as bigint) as delivered_net_amount,
        cast(kept_net_amount as bigint) as kept_net_amount,
        cast(retained_durable_amount as bigint) as retained_durable_amount,
        cast(bonus_amount as bigint) as bonus_amount,
        cast(subsidy_amount as bigint) as subsidy_amount,
        cast(resolved_net_amount as bigint) as resolved_net_amount,
        cast(retained_gross_amount as bigint) as retained_gross_amount,
        cast(refunded_amount as bigint) as refunded_amount,
        cast(credited_amount as bigint) as credited_amount,
        cast(exchange_count as bigint) as exchange_count,
        cast(size_exchange_count as bigint) as size_exchange_count,
        cast(colour_exchange_count as bigint) as colour_exchange_count,
        cast(other_exchange_count as bigint) as other_exchange_count,
        cast(unknown_subsidy_count as bigint) as unknown_subsidy_count,
        open_episode_count,
        more_held_episode_count,
        cut_chain_episode_count,
        cast(developed_episode_count as bigint) as developed_episode_count,
        cast(developed_delivered_count as bigint) as developed_delivered_count,
        cast(developed_kept_count as bigint) as developed_kept_count,
        cast(developed_delivered_net_amount as bigint) as developed_delivered_net_amount,
        cast(developed_retained_durable_amount as bigint) as developed_retained_durable_amount,
        is_returned,
        cohort_month_date
    from summed
    order by cohort_month_date nulls last, channel_name, category_name, is_returned
)

select * from final
