-- Whatever divides the customers of a style, all of them together are the style.
with

segments as (
    select
        style_id,
        dimension_code,
        sum(delivered_count) as delivered_count,
        sum({{ to_millionths('developed_exposure') }}) as developed_millionths,
        sum({{ to_millionths('size_units') }}) as size_millionths
    from {{ ref('rpt_fit_segment_evidence') }}
    group by style_id, dimension_code
),

styles as (
    select
        style_id,
        sum(delivered_count) as delivered_count,
        sum({{ to_millionths('developed_exposure') }}) as developed_millionths,
        sum({{ to_millionths('size_units') }}) as size_millionths
    from {{ ref('rpt_fit_evidence') }}
    group by style_id
)

select
    segments.style_id,
    segments.dimension_code
from segments
inner join styles on segments.style_id = styles.style_id
where
    segments.delivered_count <> styles.delivered_count
    or segments.developed_millionths <> styles.developed_millionths
    or segments.size_millionths <> styles.size_millionths
