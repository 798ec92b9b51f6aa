{%- set steps = {
    'requested': 'true',
    'stock_unknown': 'not is_stock_known',
    'eligible': 'is_eligible',
    'offered': 'is_offered',
    'offered_eligible': 'is_offered and is_eligible',
    'accepted': 'is_offered and is_begun',
    'begun': 'is_begun',
    'shipped': 'state_code is not null',
    'kept': "state_code = 'kept'",
    'sent_back': "state_code = 'sent_back'",
    'young': "state_code = 'young'",
    'unfollowed': "state_code = 'unfollowed'"
} -%}
{%- set offer_steps = ['offered', 'offered_eligible', 'accepted'] -%}
with

requests as (
    select
        return_line_id,
        requested_net_amount,
        band_from_amount,
        reason_group_code,
        is_stock_known,
        is_eligible,
        is_offered,
        is_begun,
        state_code,
        net_saving_amount,
        offered_date,
        cast(date_trunc('month', event_date) as date) as month_date
    from {{ ref('int_return_requests_followed_to_exchanges') }}
),

-- A shop that never says what it offered has no offers to count, which is not the same as none.
offers as (
    select count(offered_date) > 0 as has_offers
    from requests
),

summed as (
    select
        band_from_amount,
        reason_group_code,
        {% for step, condition in steps.items() -%}
            count(case when {{ condition }} then 1 end) as {{ step }}_line_count,
            coalesce(sum(case when {{ condition }} then requested_net_amount end), 0)
                as {{ step }}_net_amount,
        {% endfor -%}
        count(net_saving_amount) as saving_line_count,
        coalesce(sum(net_saving_amount), 0) as net_saving_amount,
        month_date
    from requests
    group by band_from_amount, reason_group_code, month_date
),

final as (
    select
        summed.band_from_amount,
        summed.reason_group_code,
        {% for step in steps -%}
            {%- if step in offer_steps -%}
                cast(case when offers.has_offers then summed.{{ step }}_line_count end as bigint)
                    as {{ step }}_line_count,
                cast(case when offers.has_offers then summed.{{ step }}_net_amount end as bigint)
                    as {{ step }}_net_amount,
            {% else -%}
                summed.{{ step }}_line_count,
                cast(summed.{{ step }}_net_amount as bigint) as {{ step }}_net_amount,
            {% endif -%}
        {% endfor -%}
        summed.saving_line_count,
        cast(summed.net_saving_amount as bigint) as net_saving_amount,
        summed.month_date
    from summed
    cross join offers
    order by summed.month_date, summed.band_from_amount, summed.reason_group_code
)

select * from final
