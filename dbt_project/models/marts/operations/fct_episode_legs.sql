{%- set last_leg = 5 -%}
with

order_lines as (
    select
        order_line_id,
        delivery_state_code in ('delivered', 'delivered_unknown_day') as is_delivered,
        ordered_count,
        delivered_count,
        in_transit_count,
        is_exchange_leg,
        delivered_date
    from {{ ref('fct_order_lines') }}
),

exchanges as (
    select
        exchange_id,
        return_line_id,
        replacement_order_line_id,
        coalesce(price_difference_amount, 0) as price_difference_amount,
        is_shipped
    from {{ ref('fct_exchanges') }}
),

chains as (
    select
        order_line_id,
        exchange_id,
        return_line_id,
        episode_id,
        {% for step in range(1, last_leg) -%}
            way_{{ step }}_id,
        {% endfor -%}
        leg_number
    from {{ ref('int_exchanges_chained_to_episodes') }}
),

outcomes as (
    select
        return_line_id,
        order_line_id,
        sent_back_count,
        case when outcome_code <> 'none' then coalesce(returned_net_amount, 0) else 0 end
            as resolved_net_amount,
        coalesce(retained_gross_amount, 0) as retained_gross_amount,
        refunded_amount,
        credited_amount,
        bonus_amount,
        subsidy_amount,
        shipped_exchange_count,
        size_exchange_count,
        colour_exchange_count,
        other_exchange_count,
        unknown_subsidy_count,
        is_customer_return,
        is_arrival_awaited,
        is_settlement_awaited
    from {{ ref('fct_return_outcomes') }}
    where is_matched
),

-- An episode starts with a sold line that arrived.
starts as (
    select
        order_line_id,
        delivered_count,
        in_transit_count,
        delivered_date
    from order_lines
    where not is_exchange_leg and is_delivered
),

replacements as (
    select
        chains.order_line_id,
        chains.exchange_id,
        chains.return_line_id,
        chains.episode_id,
        {% for step in range(1, last_leg) -%}
            chains.way_{{ step }}_id,
        {% endfor -%}
        chains.leg_number,
        order_lines.ordered_count,
        order_lines.delivered_count,
        order_lines.in_transit_count,
        order_lines.delivered_date
    from chains
    inner join starts on chains.episode_id = starts.order_line_id
    inner join order_lines on chains.order_line_id = order_lines.order_line_id
),

legs as (
    select
        order_line_id,
        order_line_id as episode_id,
        cast(null as string) as exchange_id,
        cast(0 as bigint) as leg_number,
        delivered_count,
        in_transit_count,
        delivered_date
    from starts

    union all

    select
        order_line_id,
        episode_id,
        exchange_id,
        leg_number,
        delivered_count,
        in_transit_count,
        delivered_date
    from replacements
),

followed as (
    select
        return_line_id,
        sum(ordered_count) as replaced_count
    from replacements
    group by return_line_id
),

-- Replacements that left without an order line of their own, or beyond the last leg.
unfollowed as (
    select
        exchanges.return_line_id,
        sum(exchanges.price_difference_amount) as price_difference_amount
    from exchanges
    left join replacements
        on exchanges.replacement_order_line_id = replacements.order_line_id
    where exchanges.is_shipped and replacements.order_line_id is null
    group by exchanges.return_line_id
),

-- Each stands for the units sent back that no followed replacement stands for.
replaced_outcomes as (
    select
        outcomes.*,
        case
            when unfollowed.return_line_id is not null and outcomes.is_customer_return
                then greatest(
                    outcomes.sent_back_count - coalesce(followed.replaced_count, 0), 0
                )
            else 0
        end as unfollowed_count,
        coalesce(unfollowed.price_difference_amount, 0) as unfollowed_price_difference_amount
    from outcomes
    left join followed on outcomes.return_line_id = followed.return_line_id
    left join unfollowed on outcomes.return_line_id = unfollowed.return_line_id
),

sent_back as (
    select
        order_line_id,
        sum(case when is_customer_return then sent_back_count else 0 end) as sent_back_count,
        sum(unfollowed_count) as unfollowed_count,
        sum(case when unfollowed_count > 0 then unfollowed_price_difference_amount else 0 end)
            as unfollowed_price_difference_amount,
        sum(resolved_net_amount) as resolved_net_amount,
        sum(retained_gross_amount) as retained_gross_amount,
        sum(refunded_amount) as refunded_amount,
        sum(credited_amount) as credited_amount,
        sum(bonus_amount) as bonus_amount,
        sum(subsidy_amount) as subsidy_amount,
        sum(shipped_exchange_count) as exchange_count,
        sum(size_exchange_count) as size_exchange_count,
        sum(colour_exchange_count) as colour_exchange_count,
        sum(other_exchange_count) as other_exchange_count,
        sum(unknown_subsidy_count) as unknown_subsidy_count,
        count(case when is_arrival_awaited then 1 end) as awaited_arrival_count,
        count(case when is_settlement_awaited then 1 end) as awaited_settlement_count
    from replaced_outcomes
    group by order_line_id
),

-- A leg whose replacement would be the sixth: the chain is not followed further.
cut_legs as (
    select replacements.order_line_id
    from replacements
    inner join {{ ref('int_exchanges_linked_to_order_lines') }} as links
        on replacements.order_line_id = links.sent_back_order_line_id
    where replacements.leg_number = {{ last_leg }}
    group by replacements.order_line_id
),

counted as (
    select
        legs.order_line_id,
        legs.episode_id,
        legs.exchange_id,
        legs.leg_number,
        legs.delivered_count,
        legs.in_transit_count,
        coalesce(sent_back.sent_back_count, 0) as sent_back_count,
        coalesce(sent_back.unfollowed_count, 0) as unfollowed_count,
        greatest(
            legs.delivered_count
            + coalesce(sent_back.unfollowed_count, 0)
            - coalesce(sent_back.sent_back_count, 0),
            0
        ) as kept_count,
        coalesce(sent_back.unfollowed_price_difference_amount, 0)
            as unfollowed_price_difference_amount,
        coalesce(sent_back.resolved_net_amount, 0) as resolved_net_amount,
        coalesce(sent_back.retained_gross_amount, 0) as retained_gross_amount,
        coalesce(sent_back.refunded_amount, 0) as refunded_amount,
        coalesce(sent_back.credited_amount, 0) as credited_amount,
        coalesce(sent_back.bonus_amount, 0) as bonus_amount,
        coalesce(sent_back.subsidy_amount, 0) as subsidy_amount,
        coalesce(sent_back.exchange_count, 0) as exchange_count,
        coalesce(sent_back.size_exchange_count, 0) as size_exchange_count,
        coalesce(sent_back.colour_exchange_count, 0) as colour_exchange_count,
        coalesce(sent_back.other_exchange_count, 0) as other_exchange_count,
        coalesce(sent_back.unknown_subsidy_count, 0) as unknown_subsidy_count,
        coalesce(sent_back.awaited_arrival_count, 0) as awaited_arrival_count,
        coalesce(sent_back.awaited_settlement_count, 0) as awaited_settlement_count,
        cut_legs.order_line_id is not null as is_chain_cut,
        legs.delivered_date
    from legs
    left join sent_back on legs.order_line_id = sent_back.order_line_id
    left join cut_legs on legs.order_line_id = cut_legs.order_line_id
),

-- What was paid on top on the way to a leg: the leg's own exchange and those before it.
ways as (
    select
        order_line_id,
        order_line_id as way_order_line_id
    from replacements
    {% for step in range(1, last_leg) %}
        union all

        select
            order_line_id,
            way_{{ step }}_id as way_order_line_id
        from replacements
        where way_{{ step }}_id is not null
    {% endfor -%}
),

-- Of the units that a price difference was paid for, the leg's kept units keep their share.
way_shares as (
    select
        ways.order_line_id,
        {{ share_of_amount(
            'exchanges.price_difference_amount',
            'least(counted.kept_count, order_lines.delivered_count)',
            'order_lines.delivered_count'
        ) }} as price_difference_amount
    from ways
    inner join counted on ways.order_line_id = counted.order_line_id
    inner join replacements on ways.way_order_line_id = replacements.order_line_id
    inner join exchanges on replacements.exchange_id = exchanges.exchange_id
    inner join order_lines on ways.way_order_line_id = order_lines.order_line_id
    where exchanges.is_shipped and order_lines.delivered_count > 0
),

way_sums as (
    select
        order_line_id,
        sum(price_difference_amount) as price_difference_amount
    from way_shares
    group by order_line_id
),

final as (
    select
        counted.order_line_id,
        counted.episode_id,
        counted.exchange_id,
        counted.leg_number,
        counted.delivered_count,
        counted.in_transit_count,
        cast(counted.sent_back_count as bigint) as sent_back_count,
        cast(counted.unfollowed_count as bigint) as unfollowed_count,
        cast(counted.kept_count as bigint) as kept_count,
        cast(
            coalesce(way_sums.price_difference_amount, 0)
            + case
                when counted.unfollowed_count > 0
                    then {{ share_of_amount(
                        'counted.unfollowed_price_difference_amount',
                        'least(counted.kept_count, counted.unfollowed_count)',
                        'counted.unfollowed_count'
                    ) }}
                else 0
            end as bigint
        ) as price_difference_amount,
        cast(counted.resolved_net_amount as bigint) as resolved_net_amount,
        cast(counted.retained_gross_amount as bigint) as retained_gross_amount,
        cast(counted.refunded_amount as bigint) as refunded_amount,
        cast(counted.credited_amount as bigint) as credited_amount,
        cast(counted.bonus_amount as bigint) as bonus_amount,
        cast(counted.subsidy_amount as bigint) as subsidy_amount,
        cast(counted.exchange_count as bigint) as exchange_count,
        cast(counted.size_exchange_count as bigint) as size_exchange_count,
        cast(counted.colour_exchange_count as bigint) as colour_exchange_count,
        cast(counted.other_exchange_count as bigint) as other_exchange_count,
        cast(counted.unknown_subsidy_count as bigint) as unknown_subsidy_count,
        counted.awaited_arrival_count,
        counted.awaited_settlement_count,
        counted.is_chain_cut,
        counted.delivered_date
    from counted
    left join way_sums on counted.order_line_id = way_sums.order_line_id
)

select * from final
