with

ranked as (
    {{ rank_offers(
        ref('int_return_requests_narrowed_to_open_requests'),
        ref('fct_offer_variants'),
        ref('fct_offer_kinds')
    ) }}
),

final as (
    select
        return_line_id,
        offer_rank,
        offer_kind_code,
        offered_sku,
        style_id,
        cast(available_count as bigint) as available_count,
        cast(accept_probability as double) as accept_probability,
        cast(profit_amount as bigint) as profit_amount,
        expected_profit_amount,
        offer_reason_code
    from ranked
    order by return_line_id, offer_rank
)

select * from final
