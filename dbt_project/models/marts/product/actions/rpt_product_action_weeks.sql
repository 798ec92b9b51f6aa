with

weeks as (
    select
        action_id,
        week_number,
        developed_rate,
        low_rate,
        high_rate,
        control_rate
    from {{ ref('stg_scores__action_weeks') }}
),

actions as (
    select
        action_id,
        style_id,
        effective_date
    from {{ ref('rpt_product_actions') }}
),

evidence as (
    select
        action_id,
        week_number,
        delivered_count,
        returned_count,
        developed_exposure
    from {{ ref('rpt_product_action_evidence') }}
    where is_acted
),

final as (
    select
        weeks.action_id,
        actions.style_id,
        weeks.week_number,
        coalesce(evidence.delivered_count, 0) as delivered_count,
        coalesce(evidence.returned_count, 0) as returned_count,
        coalesce(evidence.developed_exposure, 0.0) as developed_exposure,
        weeks.developed_rate,
        weeks.low_rate,
        weeks.high_rate,
        weeks.control_rate,
        {{ add_days('actions.effective_date', '7 * weeks.week_number') }} as week_start_date
    from weeks
    inner join actions on weeks.action_id = actions.action_id
    left join evidence
        on weeks.action_id = evidence.action_id and weeks.week_number = evidence.week_number
    order by weeks.action_id, weeks.week_number
)

select * from final
