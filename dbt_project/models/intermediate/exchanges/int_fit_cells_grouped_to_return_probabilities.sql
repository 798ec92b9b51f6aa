with

parameters as (
    select {{ to_millionths('prior_units') }} as prior_millionths
    from {{ ref('int_exchange_parameters_pivoted_to_shops') }}
),

cells as (
    select
        style_id,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths
    from {{ ref('int_order_lines_grouped_to_fit_cells') }}
    group by style_id
),

shop as (
    select
        cast(sum(returned_count) as double) * 1000000
        / nullif(sum(developed_millionths), 0) as return_share
    from cells
),

styles as (
    select style_id
    from {{ ref('dim_products') }}
    group by style_id
),

-- A replacement comes back as often as its style does; a style of which little is known, as often
-- as the shop's goods.
shared as (
    select
        styles.style_id,
        (
            coalesce(cast(cells.returned_count as double), 0.0) * 1000000
            + shop.return_share * parameters.prior_millionths
        )
        / (coalesce(cells.developed_millionths, 0) + parameters.prior_millionths) as return_share
    from styles
    cross join shop
    cross join parameters
    left join cells on styles.style_id = cells.style_id
),

final as (
    select
        style_id,
        case
            when return_share is not null then least({{ to_millionths('return_share') }}, 1000000)
        end as return_millionths
    from shared
)

select * from final
