with

pivoted as (
    select
        max(case when setting_name = 'fit_chart_tolerance_cm' then setting_text end)
            as garment_tolerance_cm,
        max(case when setting_name = 'fit_shoe_tolerance_cm' then setting_text end)
            as shoe_tolerance_cm
    from {{ ref('stg_kaeru__settings') }}
),

-- Until a shop says its own: sewing and measuring by hand differ by a centimetre; half of a half
-- size of a shoe, from which on it is nearer to the neighbouring size.
final as (
    select
        cast(
            round(coalesce(cast(garment_tolerance_cm as double), 1.0) * 100) as bigint
        ) as garment_tolerance_hundredths,
        cast(
            round(coalesce(cast(shoe_tolerance_cm as double), 0.25) * 100) as bigint
        ) as shoe_tolerance_hundredths
    from pivoted
)

select * from final
