with

products as (
    select
        sku,
        style_id,
        coalesce(size_label, 'unknown') as size_label
    from {{ ref('dim_products') }}
),

-- Of an order with several sizes what was kept fits, and what came back was never to stay.
sold as (
    select
        products.style_id,
        products.size_label,
        sum(development.unbracketed_delivered_count) as moving_count,
        sum(
            greatest(
                development.delivered_count
                - development.unbracketed_delivered_count
                - (development.returned_count - development.unbracketed_returned_count),
                0
            )
        ) as staying_count
    from {{ ref('rpt_sku_development') }} as development
    inner join products on development.sku = products.sku
    group by products.style_id, products.size_label
),

sizes as (
    select
        style_id,
        size_label,
        category_name,
        rank_number
    from {{ ref('rpt_fit_sizes') }}
),

outcomes as (
    select
        style_id,
        size_label,
        basis_code,
        small_rate,
        large_rate
    from {{ ref('rpt_fit_outcomes') }}
),

placed as (
    select
        sizes.style_id,
        sizes.size_label,
        sizes.category_name,
        sizes.rank_number,
        case
            when outcomes.basis_code = 'not_measurable' then 'not_measurable'
            when sizes.rank_number is null then 'no_order'
            else 'measured'
        end as basis_code,
        sold.moving_count,
        sold.moving_count + sold.staying_count as sold_count,
        outcomes.small_rate,
        outcomes.large_rate,
        max(sizes.rank_number) over (partition by sizes.style_id) as last_rank_number,
        -- Two spellings of a size share a place; what moves there goes to the first.
        row_number() over (
            partition by sizes.style_id, sizes.rank_number order by sizes.size_label
        ) as spelling_number
    from sizes
    inner join sold on sizes.style_id = sold.style_id and sizes.size_label = sold.size_label
    inner join outcomes
        on sizes.style_id = outcomes.style_id and sizes.size_label = outcomes.size_label
),

-- In whole millionths of a unit, so that what leaves a size is what arrives at the next.
moved as (
    select
        *,
        case
            when basis_code != 'measured' or rank_number = last_rank_number then 0
            else {{ to_millionths('moving_count * small_rate') }}
        end as up_millionths,
        case
            when basis_code != 'measured' or rank_number = 0 then 0
            else {{ to_millionths('moving_count * large_rate') }}
        end as down_millionths
    from placed
),

ranks as (
    select
        style_id,
        rank_number,
        sum(up_millionths) as up_millionths,
        sum(down_millionths) as down_millionths
    from moved
    where rank_number is not null
    group by style_id, rank_number
),

arrived as (
    select
        moved.*,
        case when moved.spelling_number = 1 then coalesce(smaller.up_millionths, 0) else 0 end
            as from_smaller_millionths,
        case when moved.spelling_number = 1 then coalesce(larger.down_millionths, 0) else 0 end
            as from_larger_millionths
    from moved
    left join ranks as smaller
        on moved.style_id = smaller.style_id and moved.rank_number = smaller.rank_number + 1
    left join ranks as larger
        on moved.style_id = larger.style_id and moved.rank_number = larger.rank_number - 1
),

summed as (
    select
        *,
        sold_count * 1000000
        - up_millionths
        - down_millionths
        + from_smaller_millionths
        + from_larger_millionths as net_millionths,
        sum(sold_count) over (partition by style_id) as style_count
    from arrived
),

final as (
    select
        style_id,
        size_label,
        category_name,
        basis_code,
        rank_number,
        cast(sold_count as bigint) as sold_count,
        case when basis_code = 'measured' then {{ from_millionths('net_millionths') }} end
            as net_units,
        case when style_count > 0 then sold_count * 1.0 / style_count end as sold_share,
        case
            when basis_code = 'measured' and style_count > 0
                then {{ from_millionths('net_millionths') }} / style_count
        end as net_share
    from summed
    order by style_id, rank_number nulls last, size_label
)

select * from final
