with

evidence as (
    select
        style_id,
        zones_text,
        {{ to_millionths('small_units') }} as small_millionths,
        {{ to_millionths('large_units') }} as large_millionths
    from {{ ref('fct_fit_evidence') }}
    where zones_text is not null
),

zones as (
    select zone_code
    from {{ ref('fit_zones') }}
),

-- A note that names two parts speaks of both.
final as (
    select
        evidence.style_id,
        zones.zone_code,
        {{ from_millionths('sum(evidence.small_millionths)') }} as small_units,
        {{ from_millionths('sum(evidence.large_millionths)') }} as large_units
    from evidence
    inner join zones
        on concat(',', evidence.zones_text, ',') like concat('%,', zones.zone_code, ',%')
    group by evidence.style_id, zones.zone_code
    having sum(evidence.small_millionths + evidence.large_millionths) > 0
    order by evidence.style_id, zones.zone_code
)

select * from final
