with

returns as (
    select
        sku,
        channel_name,
        returned_count,
        cohort_date,
        returned_date
    from {{ ref('fct_return_lines') }}
    where
        is_counted_in_cohort
        and returned_count > 0
        and cohort_date is not null
        and returned_date is not null
),

products as (
    select
        sku,
        category_name
    from {{ ref('dim_products') }}
),

lagged as (
    select
        coalesce(products.category_name, 'unknown') as category_name,
        returns.channel_name,
        returns.returned_count,
        -- What arrives before its delivery was reported is seen on the first day.
        greatest({{ days_between('returns.cohort_date', 'returns.returned_date') }}, 0)
            as lag_days,
        returns.cohort_date
    from returns
    inner join products on returns.sku = products.sku
),

final as (
    select
        category_name,
        channel_name,
        cast(lag_days as bigint) as lag_days,
        cast(sum(returned_count) as bigint) as returned_count,
        cohort_date
    from lagged
    group by category_name, channel_name, lag_days, cohort_date
)

select * from final
