{#
    What is offered instead of money on open requests: one row per request and offer, ranked.

    orchestration.offer_sql renders this file without dbt: what stands here calls no macro of
    another file and no function of one engine alone.
#}

{#
    What an offer changes; both relations by their names, of one style and of two SKUs. Sizes are
    the same where label and place agree; where a place is not known, nobody knows the step.
#}
{% macro name_offer_kind(own, offered) -%}
    case
        when {{ is_same_size(own, offered) }} and {{ is_same_colour(own, offered) }}
            then 'other_variant'
        when {{ is_same_size(own, offered) }} then 'other_colour'
        when {{ is_same_colour(own, offered) }}
            and abs({{ offered }}.size_order - {{ own }}.size_order) = 1
            then 'next_size'
        when {{ is_same_colour(own, offered) }}
            and abs({{ offered }}.size_order - {{ own }}.size_order) = 2
            then 'second_size'
        else 'other_variant'
    end
{%- endmacro %}

{% macro is_same_size(own, offered) -%}
    (
        coalesce({{ own }}.size_label, '') = coalesce({{ offered }}.size_label, '')
        and coalesce({{ own }}.size_order = {{ offered }}.size_order, true)
    )
{%- endmacro %}

{% macro is_same_colour(own, offered) -%}
    (coalesce({{ own }}.colour_name, '') = coalesce({{ offered }}.colour_name, ''))
{%- endmacro %}

{# What a reason asks of an exchange: another size, another colour, or nothing of either. #}
{% macro name_reason_focus(is_size_reason, reason_code) -%}
    case
        when {{ is_size_reason }} then 'size'
        when {{ reason_code }} = 'LOOK.COLOR' then 'colour'
        else 'other'
    end
{%- endmacro %}

{#
    Open requests, ranked offers.

    requests: return_line_id, sku, reason_focus_code (size, colour, other), size_direction_code
    (small, large, or null), requested_count, requested_net_amount, is_exchange_allowed,
    is_credit_allowed. variants: the columns of fct_offer_variants. kinds: those of fct_offer_kinds.

    A variant of the style is offered when it is there for all units asked back, answers the reason
    and does not come back more often for it: too small wants a larger size, too large a smaller
    one, a size that does not fit another size, a colour another colour; anything else takes any.
    Where the place of a size is not known, nobody knows its direction: it is not offered for one.

    The best is what is expected to keep most: the chance that it is taken times what it then keeps.
    Where the shop never made an offer, or a cost is not known, there is no such sum: then the order
    of the kinds decides. Credit comes last.
#}
{% macro rank_offers(requests, variants, kinds) -%}
    with requests as (
        select * from {{ requests }}
    ),

    variants as (
        select * from {{ variants }}
    ),

    kinds as (
        select * from {{ kinds }}
    ),

    known as (
        select count(available_count) > 0 as is_stock_known
        from variants
    ),

    paired as (
        select
            requests.return_line_id,
            requests.reason_focus_code,
            requests.size_direction_code,
            requests.requested_count,
            requests.requested_net_amount,
            offered.sku as offered_sku,
            offered.style_id,
            offered.available_count,
            offered.unit_cost_amount,
            offered.return_probability,
            {{ name_offer_kind('own', 'offered') }} as offer_kind_code,
            {{ is_same_size('own', 'offered') }} as is_same_size,
            {{ is_same_colour('own', 'offered') }} as is_same_colour,
            offered.size_order - own.size_order as step_count,
            coalesce(offered.small_thousandths > own.small_thousandths, false)
                as is_small_more_often,
            coalesce(offered.large_thousandths > own.large_thousandths, false)
                as is_large_more_often
        from requests
        inner join variants as own on requests.sku = own.sku
        inner join variants as offered on own.style_id = offered.style_id and own.sku <> offered.sku
        where
            requests.is_exchange_allowed
            and requests.requested_count > 0
            and own.is_in_catalogue
            and offered.is_in_catalogue
            and offered.available_count >= requests.requested_count
    ),

    answering as (
        select
            return_line_id,
            offer_kind_code,
            offered_sku,
            style_id,
            available_count,
            step_count,
            requested_count,
            requested_net_amount,
            unit_cost_amount,
            return_probability,
            case
                when offer_kind_code = 'next_size' and step_count > 0 then 'one_size_larger'
                when offer_kind_code = 'next_size' then 'one_size_smaller'
                when offer_kind_code = 'second_size' and step_count > 0 then 'two_sizes_larger'
                when offer_kind_code = 'second_size' then 'two_sizes_smaller'
                when offer_kind_code = 'other_colour' then 'same_size_other_colour'
                when reason_focus_code = 'size' and step_count > 0 then 'larger_variant'
                when reason_focus_code = 'size' and step_count < 0 then 'smaller_variant'
                else 'same_style'
            end as offer_reason_code,
            case
                when reason_focus_code = 'size' and offer_kind_code = 'next_size' then 1
                when reason_focus_code = 'size' and offer_kind_code = 'second_size' then 2
                when offer_kind_code = 'other_colour' then 1
                when offer_kind_code = 'next_size' then 2
                when offer_kind_code = 'second_size' then 3
                else 4
            end as order_number
        from paired
        where
            case
                when reason_focus_code = 'size' and size_direction_code = 'small'
                    then not is_same_size and step_count > 0 and not is_small_more_often
                when reason_focus_code = 'size' and size_direction_code = 'large'
                    then not is_same_size and step_count < 0 and not is_large_more_often
                when reason_focus_code = 'size'
                    then not is_same_size and not is_small_more_often and not is_large_more_often
                when reason_focus_code = 'colour' then not is_same_colour
                else true
            end
    ),

    -- What is kept when the offer is taken: the money, less goods, their way out, and what it costs
    -- when they come back too; a refund that is not made costs nothing.
    priced as (
        select
            answering.return_line_id,
            answering.offer_kind_code,
            answering.offered_sku,
            answering.style_id,
            answering.available_count,
            answering.step_count,
            answering.offer_reason_code,
            answering.order_number,
            kinds.accept_probability,
            answering.requested_net_amount
            - answering.unit_cost_amount * answering.requested_count
            - kinds.freight_amount
            - cast(
                round(
                    answering.return_probability
                    * (
                        kinds.second_return_line_amount
                        + kinds.second_return_unit_amount * answering.requested_count
                    )
                ) as bigint
            )
            + kinds.saved_refund_amount as profit_amount
        from answering
        inner join kinds on answering.offer_kind_code = kinds.offer_kind_code

        union all

        select
            requests.return_line_id,
            'credit' as offer_kind_code,
            null as offered_sku,
            own.style_id,
            null as available_count,
            null as step_count,
            case
                when not requests.is_exchange_allowed then 'only_credit_allowed'
                when not known.is_stock_known then 'stock_unknown'
                when own.sku is null or not own.is_in_catalogue then 'goods_unknown'
                when answered.return_line_id is null then 'nothing_suitable'
                else 'after_exchanges'
            end as offer_reason_code,
            9 as order_number,
            null as accept_probability,
            null as profit_amount
        from requests
        cross join known
        left join variants as own on requests.sku = own.sku
        left join (select return_line_id from answering group by return_line_id) as answered
            on requests.return_line_id = answered.return_line_id
        where requests.is_credit_allowed
    ),

    expected as (
        select
            *,
            cast(round(accept_probability * profit_amount) as bigint) as expected_profit_amount
        from priced
    )

    select
        return_line_id,
        row_number() over (
            partition by return_line_id
            order by
                case when offer_kind_code = 'credit' then 1 else 0 end,
                expected_profit_amount desc nulls last,
                order_number,
                abs(step_count) nulls last,
                available_count desc,
                offered_sku
        ) as offer_rank,
        offer_kind_code,
        offered_sku,
        style_id,
        available_count,
        accept_probability,
        profit_amount,
        expected_profit_amount,
        offer_reason_code
    from expected
{%- endmacro %}
