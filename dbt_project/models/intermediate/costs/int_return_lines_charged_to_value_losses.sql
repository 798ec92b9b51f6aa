with

parameters as (
    select
        value_loss_a_share,
        value_loss_b_share,
        value_loss_c_share,
        value_loss_x_share,
        value_loss_ungraded_share
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

grades as (
    select
        return_line_id,
        grade_code
    from {{ ref('int_return_receipts_narrowed_to_grades') }}
),

products as (
    select
        sku,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

graded as (
    select
        outcomes.return_line_id,
        outcomes.order_line_id,
        outcomes.sent_back_count,
        grades.grade_code,
        products.unit_cost_amount,
        case grades.grade_code
            when 'A' then parameters.value_loss_a_share
            when 'B' then parameters.value_loss_b_share
            when 'C' then parameters.value_loss_c_share
            when 'X' then parameters.value_loss_x_share
            else parameters.value_loss_ungraded_share
        end as value_loss_share
    from {{ ref('fct_return_outcomes') }} as outcomes
    cross join parameters
    left join products on outcomes.sku = products.sku
    left join grades on outcomes.return_line_id = grades.return_line_id
    where outcomes.is_matched and outcomes.is_customer_return
),

final as (
    select
        return_line_id,
        order_line_id,
        grade_code,
        sent_back_count,
        cast(
            round(sent_back_count * coalesce(unit_cost_amount, 0) * value_loss_share) as bigint
        ) as value_loss_amount,
        case
            when unit_cost_amount is null and value_loss_share > 0 then sent_back_count
            else 0
        end as uncosted_count
    from graded
)

select * from final
