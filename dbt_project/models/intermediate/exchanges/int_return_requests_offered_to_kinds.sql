{%- set kinds = ['next_size', 'second_size', 'other_colour', 'other_variant', 'credit'] -%}
with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

parameters as (
    select
        answer_days,
        {{ to_millionths('prior_offers') }} as prior_millionths
    from {{ ref('int_exchange_parameters_pivoted_to_shops') }}
),

products as (
    select
        sku,
        style_id,
        size_label,
        colour_name,
        size_order
    from {{ ref('dim_products') }}
),

-- A young offer has not been answered yet: it says nothing.
offers as (
    select
        requests.sku,
        requests.offered_sku,
        requests.is_begun
    from {{ ref('int_return_requests_followed_to_exchanges') }} as requests
    cross join shop
    cross join parameters
    where
        requests.is_offered
        and {{ days_between('requests.offered_date', 'shop.as_of_date') }}
        >= parameters.answer_days
),

kinded as (
    select
        case
            when own.style_id = offered.style_id and own.sku <> offered.sku
                then {{ name_offer_kind('own', 'offered') }}
            else 'unknown'
        end as offer_kind_code,
        offers.is_begun
    from offers
    left join products as own on offers.sku = own.sku
    left join products as offered on offers.offered_sku = offered.sku
),

counted as (
    select
        offer_kind_code,
        count(*) as answered_count,
        count(case when is_begun then 1 end) as accepted_count
    from kinded
    group by offer_kind_code
),

pooled as (
    select
        sum(answered_count) as answered_count,
        sum(accepted_count) as accepted_count
    from counted
),

listed as (
    {% for kind in kinds %}
        {%- if not loop.first %}union all
        {% endif -%}
        select '{{ kind }}' as offer_kind_code
    {% endfor %}
),

final as (
    select
        listed.offer_kind_code,
        coalesce(counted.answered_count, 0) as answered_count,
        coalesce(counted.accepted_count, 0) as accepted_count,
        case
            when listed.offer_kind_code <> 'credit' and pooled.answered_count > 0
                then
                    (
                        coalesce(counted.accepted_count, 0)
                        + parameters.prior_millionths / 1000000.0
                        * pooled.accepted_count / pooled.answered_count
                    )
                    / (
                        coalesce(counted.answered_count, 0)
                        + parameters.prior_millionths / 1000000.0
                    )
        end as accept_share
    from listed
    cross join pooled
    cross join parameters
    left join counted on listed.offer_kind_code = counted.offer_kind_code
)

select
    offer_kind_code,
    answered_count,
    accepted_count,
    {{ to_millionths('accept_share') }} as accept_millionths
from final
