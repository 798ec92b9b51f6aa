with

-- Who looked first saw the unit as it came: second looks are told apart.
looks as (
    select
        return_line_id,
        grader_number,
        grade_code
    from {{ ref('int_return_gradings_numbered_to_looks') }}
    where look_number = 1
),

return_lines as (
    select
        return_line_id,
        sku
    from {{ ref('fct_return_lines') }}
),

products as (
    select
        sku,
        category_name
    from {{ ref('dim_products') }}
),

goods as (
    select
        looks.grader_number,
        looks.grade_code,
        coalesce(products.category_name, '') as category_name
    from looks
    left join return_lines on looks.return_line_id = return_lines.return_line_id
    left join products on return_lines.sku = products.sku
),

-- In billionths: sums of them are exact, whatever their order.
pools as (
    select
        category_name,
        cast(
            round(
                1000000000.0 * count(case when grade_code = 'A' then 1 end) / count(*)
            ) as bigint
        ) as pool_a_billionths
    from goods
    group by category_name
),

-- What the pool gives A of the goods that came to each grader.
expected as (
    select
        goods.grader_number,
        count(*) as graded_count,
        count(case when goods.grade_code = 'A' then 1 end) as grade_a_count,
        count(case when goods.grade_code = 'B' then 1 end) as grade_b_count,
        count(case when goods.grade_code = 'C' then 1 end) as grade_c_count,
        count(case when goods.grade_code = 'X' then 1 end) as grade_x_count,
        cast(sum(pools.pool_a_billionths) as double) / 1000000000 as expected_a_units,
        cast(sum(pools.pool_a_billionths * (1000000000 - pools.pool_a_billionths)) as double)
        / 1000000000 / 1000000000 as chance_variance
    from goods
    inner join pools on goods.category_name = pools.category_name
    group by goods.grader_number
),

whole as (
    select cast(sum(grade_a_count) as double) / sum(graded_count) as pool_a_share
    from expected
),

compared as (
    select
        expected.*,
        whole.pool_a_share,
        (expected.grade_a_count - expected.expected_a_units) / expected.graded_count as difference,
        case
            when expected.chance_variance > 0
                then
                    expected.chance_variance
                    / (cast(expected.graded_count as double) * expected.graded_count)
        end as variance
    from expected
    cross join whole
),

heaviest as (
    select max(1 / variance) as weight
    from compared
),

-- How much graders differ beyond chance (DerSimonian and Laird), over all of them together; weights
-- as shares of the heaviest.
spread as (
    select
        max(heaviest.weight) as weight,
        count(compared.variance) as grader_count,
        {{ from_millionths("sum(" ~ to_millionths(
            "least(compared.difference * compared.difference / compared.variance, 1000000000.0)"
        ) ~ ")") }} as heterogeneity,
        {{ from_millionths("sum(" ~ to_millionths(
            "1 / compared.variance / heaviest.weight"
        ) ~ ")") }} as weight_sum,
        {{ from_millionths("sum(" ~ to_millionths(
            "1 / (compared.variance * compared.variance) / (heaviest.weight * heaviest.weight)"
        ) ~ ")") }} as squared_weight_sum
    from compared
    cross join heaviest
    where compared.variance is not null
),

between_graders as (
    select
        case
            when grader_count > 1 and weight_sum - squared_weight_sum / weight_sum > 0
                then greatest(
                    (heterogeneity - (grader_count - 1))
                    / (weight * (weight_sum - squared_weight_sum / weight_sum)),
                    0.0
                )
            else 0.0
        end as between_variance
    from spread
),

-- Each grader's difference is drawn towards the pool as far as chance explains it: with many
-- graders, and none who differs, none stands out.
drawn as (
    select
        compared.*,
        between_graders.between_variance / (between_graders.between_variance + compared.variance)
            as kept_share
    from compared
    cross join between_graders
),

bounded as (
    select
        *,
        kept_share * difference - 1.959964 * sqrt(kept_share * variance) as low_difference,
        kept_share * difference + 1.959964 * sqrt(kept_share * variance) as high_difference
    from drawn
),

final as (
    select
        grader_number,
        graded_count,
        grade_a_count,
        grade_b_count,
        grade_c_count,
        grade_x_count,
        expected_a_units,
        pool_a_share,
        pool_a_share + difference as adjusted_a_share,
        case
            when variance is not null
                then least(
                    greatest(pool_a_share + difference - 1.959964 * sqrt(variance), 0.0), 1.0
                )
        end as low_a_share,
        case
            when variance is not null
                then least(
                    greatest(pool_a_share + difference + 1.959964 * sqrt(variance), 0.0), 1.0
                )
        end as high_a_share,
        pool_a_share + kept_share * difference as likely_a_share,
        pool_a_share + low_difference as likely_low_a_share,
        pool_a_share + high_difference as likely_high_a_share,
        coalesce(
            graded_count >= 30 and (low_difference > 0.000001 or high_difference < -0.000001),
            false
        ) as is_standing_out
    from bounded
    order by grader_number
)

select * from final
