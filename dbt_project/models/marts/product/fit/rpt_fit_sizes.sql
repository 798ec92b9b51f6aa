with

evidence as (
    select
        style_id,
        size_label,
        category_name,
        delivered_count,
        returned_count,
        developed_exposure,
        small_units,
        large_units,
        size_units
    from {{ ref('rpt_fit_evidence') }}
),

scores as (
    select
        style_id,
        size_label,
        rank_number,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from {{ ref('stg_scores__fit_sizes') }}
),

final as (
    select
        evidence.style_id,
        evidence.size_label,
        evidence.category_name,
        scores.rank_number,
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
        on evidence.style_id = scores.style_id and evidence.size_label = scores.size_label
    order by evidence.style_id, scores.rank_number nulls last, evidence.size_label
)

select * from final
