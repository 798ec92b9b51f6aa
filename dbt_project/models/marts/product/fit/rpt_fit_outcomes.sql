with

scores as (
    select
        style_id,
        size_label,
        basis_code,
        model_version,
        small_probability,
        fit_probability,
        large_probability,
        small_buyer_factor,
        large_buyer_factor,
        scored_count,
        learned_count,
        missing_small_count,
        missing_large_count
    from {{ ref('stg_scores__fit_outcomes') }}
),

evidence as (
    select
        style_id,
        size_label,
        category_name,
        small_units,
        large_units,
        developed_exposure
    from {{ ref('rpt_fit_evidence') }}
),

-- The model stands for so many units; what was seen overrules it the more the more there is.
weighed as (
    select
        evidence.*,
        scores.basis_code,
        scores.model_version,
        scores.small_probability,
        scores.fit_probability,
        scores.large_probability,
        scores.small_buyer_factor,
        scores.large_buyer_factor,
        scores.scored_count,
        scores.learned_count,
        scores.missing_small_count,
        scores.missing_large_count,
        (evidence.small_units + {{ outcome_prior_units() }} * scores.small_probability)
        / (evidence.developed_exposure + {{ outcome_prior_units() }}) as small_share,
        (evidence.large_units + {{ outcome_prior_units() }} * scores.large_probability)
        / (evidence.developed_exposure + {{ outcome_prior_units() }}) as large_share
    from evidence
    inner join scores
        on evidence.style_id = scores.style_id and evidence.size_label = scores.size_label
),

-- More may come back than is developed by now: together they are never more than all.
final as (
    select
        style_id,
        size_label,
        category_name,
        basis_code,
        small_probability,
        fit_probability,
        large_probability,
        small_buyer_factor,
        large_buyer_factor,
        small_share / greatest(small_share + large_share, 1.0) as small_rate,
        large_share / greatest(small_share + large_share, 1.0) as large_rate,
        scored_count,
        learned_count,
        missing_small_count,
        missing_large_count,
        developed_exposure,
        model_version
    from weighed
    order by style_id, size_label
)

select * from final
