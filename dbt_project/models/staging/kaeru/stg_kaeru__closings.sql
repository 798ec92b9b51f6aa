with

source as (
    select
        month,
        metric,
        amount,
        closed_at
    from {{ source('landing', 'closings') }}
),

renamed as (
    select
        month as month_text,
        metric as metric_name,
        amount as closing_amount,
        closed_at
    from source
)

select * from renamed
