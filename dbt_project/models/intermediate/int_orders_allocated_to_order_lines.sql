with

orders as (
    select
        order_id,
        coalesce(discount_amount, 0) as discount_amount,
        coalesce(points_amount, 0) as points_amount
    from {{ ref('stg_shop__orders') }}
    where discount_amount > 0 or points_amount > 0
),

replacements as (
    select order_line_id
    from {{ ref('int_exchanges_grouped_to_replacements') }}
),

lines as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        orders.discount_amount,
        orders.points_amount,
        coalesce(order_lines.discount_allocated_amount, 0) as own_discount_amount,
        order_lines.unit_price_amount * order_lines.ordered_count as gross_amount,
        -- A replacement was not part of the sale that the discount was given for.
        case
            when replacements.order_line_id is null
                then order_lines.unit_price_amount * order_lines.ordered_count
            else 0
        end as sold_amount
    from {{ ref('stg_shop__order_lines') }} as order_lines
    inner join orders on order_lines.order_id = orders.order_id
    left join replacements on order_lines.order_line_id = replacements.order_line_id
),

totals as (
    select
        order_id,
        cast(sum(own_discount_amount) as bigint) as own_discount_amount,
        cast(sum(gross_amount) as bigint) as gross_amount,
        cast(sum(sold_amount) as bigint) as sold_amount,
        count(*) as line_count
    from lines
    group by order_id
),

weighted as (
    select
        lines.order_line_id,
        lines.order_id,
        totals.line_count,
        -- The source allocated this much itself; the rest is ours to allocate.
        greatest(lines.discount_amount - totals.own_discount_amount, 0) as discount_amount,
        lines.points_amount,
        case
            when totals.sold_amount > 0 then lines.sold_amount
            when totals.gross_amount > 0 then lines.gross_amount
            else 1
        end as weight,
        case
            when totals.sold_amount > 0 then totals.sold_amount
            when totals.gross_amount > 0 then totals.gross_amount
            else totals.line_count
        end as total_weight
    from lines
    inner join totals on lines.order_id = totals.order_id
),

shared as (
    select
        order_line_id,
        order_id,
        discount_amount,
        points_amount,
        {{ divide_down('(discount_amount * weight)', 'total_weight') }} as discount_share,
        {{ divide_down('(points_amount * weight)', 'total_weight') }} as points_share,
        (discount_amount * weight) % total_weight as discount_remainder,
        (points_amount * weight) % total_weight as points_remainder
    from weighted
    where line_count > 1
),

-- Largest remainder: the yen that rounding down left over go to the largest remainders, one each.
ranked as (
    select
        order_line_id,
        order_id,
        discount_share,
        points_share,
        discount_amount - sum(discount_share) over (partition by order_id) as discount_left,
        points_amount - sum(points_share) over (partition by order_id) as points_left,
        row_number() over (
            partition by order_id
            order by discount_remainder desc, order_line_id asc
        ) as discount_rank,
        row_number() over (
            partition by order_id
            order by points_remainder desc, order_line_id asc
        ) as points_rank
    from shared
),

final as (
    select
        order_line_id,
        order_id,
        discount_share + case when discount_rank <= discount_left then 1 else 0 end
            as discount_amount,
        points_share + case when points_rank <= points_left then 1 else 0 end
            as points_amount
    from ranked

    union all

    -- The only line of an order takes all.
    select
        order_line_id,
        order_id,
        discount_amount,
        points_amount
    from weighted
    where line_count = 1
)

select * from final
