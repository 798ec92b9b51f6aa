with

scores as (
    select
        style_id,
        zone_code,
        small_rate,
        small_low_rate,
        small_high_rate,
        large_rate,
        large_low_rate,
        large_high_rate,
        category_small_rate,
        category_large_rate
    from {{ ref('stg_scores__fit_zones') }}
),

zones as (
    select
        style_id,
        zone_code,
        small_units,
        large_units
    from {{ ref('rpt_fit_zones') }}
),

final as (
    select
        scores.style_id,
        scores.zone_code,
        coalesce(zones.small_units, 0.0) as small_units,
        coalesce(zones.large_units, 0.0) as large_units,
        scores.small_rate,
        scores.small_low_rate,
        scores.small_high_rate,
        scores.large_rate,
        scores.large_low_rate,
        scores.large_high_rate,
        scores.category_small_rate,
        scores.category_large_rate
    from scores
    left join zones
        on scores.style_id = zones.style_id and scores.zone_code = zones.zone_code
    order by scores.style_id, scores.zone_code
)

select * from final
