with

episodes as (
    select
        order_id,
        channel_name,
        delivered_count,
        kept_count,
        is_developed,
        cohort_date
    from {{ ref('fct_episodes') }}
),

-- An order belongs to the day on which its first line arrived.
orders as (
    select
        order_id,
        channel_name,
        sum(delivered_count) as delivered_count,
        sum(kept_count) as kept_count,
        bool_and(is_developed) as is_developed,
        min(cohort_date) as cohort_date
    from episodes
    group by order_id, channel_name
),

months as (
    select
        *,
        cast(date_trunc('month', cohort_date) as date) as cohort_month_date
    from orders
),

summed as (
    select
        channel_name,
        cohort_month_date,
        count(*) as order_count,
        count(case when kept_count = delivered_count then 1 end) as fully_kept_order_count,
        count(case when kept_count > 0 and kept_count < delivered_count then 1 end)
            as partly_kept_order_count,
        sum(case when is_developed then 1 when not is_developed then 0 end)
            as developed_order_count,
        sum(
            case
                when is_developed and kept_count = delivered_count then 1
                when is_developed is not null then 0
            end
        ) as developed_fully_kept_order_count
    from months
    group by channel_name, cohort_month_date
),

final as (
    select
        channel_name,
        order_count,
        fully_kept_order_count,
        partly_kept_order_count,
        cast(developed_order_count as bigint) as developed_order_count,
        cast(developed_fully_kept_order_count as bigint) as developed_fully_kept_order_count,
        cohort_month_date
    from summed
    order by cohort_month_date nulls last, channel_name
)

select * from final
