with

pivoted as (
    select
        max(case when setting_name = 'cost_recoverable_share' then setting_text end)
            as recoverable_share,
        max(case when setting_name = 'cost_recovery_cost' then setting_text end) as recovery_cost
    from {{ ref('stg_kaeru__settings') }}
),

-- Until a shop says its own: four fifths of the cost come back, for 500 minor units a piece.
final as (
    select
        coalesce(cast(recoverable_share as double), 0.8) as recoverable_share,
        coalesce(cast(round(cast(recovery_cost as double)) as bigint), 500) as recovery_cost_amount
    from pivoted
)

select * from final
