with

evidence as (
    select
        style_id,
        dimension_code,
        segment_kind_code,
        segment_label,
        category_name,
        delivered_count,
        returned_count,
        developed_exposure,
        small_units,
        large_units,
        size_units
    from {{ ref('rpt_fit_segment_evidence') }}
),

scores as (
    select
        style_id,
        dimension_code,
        segment_kind_code,
        segment_label,
        rank_number,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability,
        finding_code
    from {{ ref('stg_scores__fit_segments') }}
),

final as (
    select
        evidence.style_id,
        evidence.dimension_code,
        evidence.segment_kind_code,
        evidence.segment_label,
        evidence.category_name,
        scores.rank_number,
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
        on
            evidence.style_id = scores.style_id
            and evidence.dimension_code = scores.dimension_code
            and evidence.segment_kind_code = scores.segment_kind_code
            and evidence.segment_label = scores.segment_label
    order by
        evidence.style_id,
        evidence.dimension_code,
        scores.rank_number nulls last,
        evidence.segment_kind_code,
        evidence.segment_label
)

select * from final
