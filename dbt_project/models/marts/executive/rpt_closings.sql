with

final as (
    select
        month_text as month,  -- noqa: RF04
        metric_name as metric,
        closing_amount as amount,
        closed_at
    from {{ ref('stg_kaeru__closings') }}
    order by month_text, metric_name
)

select * from final
