with

return_lines as (
    select
        style_id,
        coalesce(reason_code, 'not_given') as reason_code,
        coalesce(reason_system, 'not_given') as reason_system,
        requested_count,
        returned_count,
        coalesce(returned_net_amount, 0) as returned_net_amount,
        case when is_matched then 0 else returned_count end as unvalued_returned_count,
        case when is_size_bracketed then returned_count else 0 end
            as size_bracketed_returned_count
    from {{ ref('fct_return_lines') }}
    where is_product_return and style_id is not null
),

final as (
    select
        style_id,
        reason_code,
        reason_system,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(unvalued_returned_count) as bigint) as unvalued_returned_count,
        cast(sum(size_bracketed_returned_count) as bigint) as size_bracketed_returned_count
    from return_lines
    group by style_id, reason_code, reason_system
    order by style_id, reason_system, reason_code
)

select * from final
