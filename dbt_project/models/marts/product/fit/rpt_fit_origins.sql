with

verdicts as (
    select
        style_id,
        coalesce(category_name, '') as category_name,
        verdict_code,
        verdict_code <> 'not_enough_evidence' as is_judged,
        verdict_code in ('runs_small', 'runs_large', 'label_swap') as is_misfit
    from {{ ref('rpt_fit_verdicts') }}
),

categories as (
    select
        category_name,
        count(case when is_judged then 1 end) as judged_count,
        count(case when is_misfit then 1 end) as misfit_count
    from verdicts
    group by category_name
),

shop as (
    select
        sum(judged_count) as judged_count,
        sum(misfit_count) as misfit_count
    from categories
),

-- What is expected of a style: how many of the other styles of its category do not fit, drawn to
-- those of the shop by five styles.
expected as (
    select
        verdicts.style_id,
        verdicts.verdict_code,
        verdicts.is_judged,
        case
            when verdicts.is_judged
                then {{ to_millionths(
                    "("
                    ~ "categories.misfit_count - case when verdicts.is_misfit then 1 else 0 end"
                    ~ " + 5.0 * (shop.misfit_count - case when verdicts.is_misfit then 1 else 0 end)"
                    ~ " / greatest(shop.judged_count - 1, 1)"
                    ~ ") / (categories.judged_count - 1 + 5.0)"
                ) }}
            else 0
        end as expected_millionths
    from verdicts
    inner join categories on verdicts.category_name = categories.category_name
    cross join shop
),

origins as (
    select
        style_id,
        origin_code,
        origin_name
    from {{ ref('int_products_narrowed_to_style_origins') }}
),

counted as (
    select
        origins.origin_code,
        origins.origin_name,
        count(*) as style_count,
        count(case when expected.is_judged then 1 end) as judged_style_count,
        count(case when expected.verdict_code = 'runs_small' then 1 end) as small_style_count,
        count(case when expected.verdict_code = 'runs_large' then 1 end) as large_style_count,
        count(case when expected.verdict_code = 'label_swap' then 1 end) as swapped_style_count,
        sum(expected.expected_millionths) as expected_millionths,
        sum(expected.expected_millionths * (1000000 - expected.expected_millionths))
            as expected_variance
    from expected
    inner join origins on expected.style_id = origins.style_id
    group by origins.origin_code, origins.origin_name
),

-- Beyond three standard deviations: of ten names without a difference one in forty shops has one.
final as (
    select
        origin_code,
        origin_name,
        style_count,
        judged_style_count,
        small_style_count,
        large_style_count,
        swapped_style_count,
        {{ from_millionths('expected_millionths') }} as expected_misfit_units,
        judged_style_count >= 10
        and abs(
            {{ from_millionths('expected_millionths') }}
            - (small_style_count + large_style_count + swapped_style_count)
        )
        > 3 * sqrt(cast(expected_variance as double)) / 1000000 as is_standing_out
    from counted
    order by origin_code, origin_name
)

select * from final
