with

evidence as (
    select
        style_id,
        lot_id,
        category_name,
        delivered_count,
        returned_count,
        developed_exposure,
        small_units,
        large_units,
        size_units
    from {{ ref('rpt_fit_lot_evidence') }}
),

scores as (
    select
        style_id,
        lot_id,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability,
        finding_code
    from {{ ref('stg_scores__fit_lots') }}
),

final as (
    select
        evidence.style_id,
        evidence.lot_id,
        evidence.category_name,
        scores.finding_code,
        evidence.delivered_count,
        evidence.returned_count,
        evidence.developed_exposure,
        evidence.small_units,
        evidence.large_units,
        evidence.size_units,
        scores.size_rate,
        scores.low_rate,
        scores.high_rate,
        scores.small_probability,
        scores.large_probability
    from evidence
    inner join scores
        on evidence.style_id = scores.style_id and evidence.lot_id = scores.lot_id
    order by evidence.style_id, evidence.lot_id
)

select * from final
