with

graded as (
    select
        return_lines.style_id,
        return_lines.channel_name,
        losses.grade_code,
        return_lines.returned_count,
        return_lines.returned_net_amount,
        losses.value_loss_amount,
        losses.uncosted_count,
        return_lines.received_date
    from {{ ref('int_return_lines_charged_to_value_losses') }} as losses
    inner join {{ ref('fct_return_lines') }} as return_lines
        on losses.return_line_id = return_lines.return_line_id
    where
        losses.grade_code is not null
        and return_lines.is_product_return
        and return_lines.returned_count > 0
),

summed as (
    select
        style_id,
        channel_name,
        grade_code,
        sum(returned_count) as graded_count,
        sum(returned_net_amount) as original_net_amount,
        sum(value_loss_amount) as value_loss_amount,
        sum(uncosted_count) as uncosted_count,
        received_date
    from graded
    group by style_id, channel_name, grade_code, received_date
),

-- One unit that lost value without a cost makes what was recovered not measurable.
final as (
    select
        style_id,
        channel_name,
        grade_code,
        cast(graded_count as bigint) as graded_count,
        cast(original_net_amount as bigint) as original_net_amount,
        cast(case when uncosted_count = 0 then value_loss_amount end as bigint)
            as value_loss_amount,
        cast(
            case when uncosted_count = 0 then original_net_amount - value_loss_amount end as bigint
        ) as recovered_amount,
        cast(uncosted_count as bigint) as uncosted_count,
        received_date
    from summed
    order by received_date, style_id, channel_name, grade_code
)

select * from final
