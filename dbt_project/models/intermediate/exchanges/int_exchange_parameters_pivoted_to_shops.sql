{%- set whole_numbers = {
    'safety_stock': 'safety_stock_count',
    'answer_days': 'answer_days',
    'refund_fee': 'refund_fee_amount',
    'subsidy': 'subsidy_amount'
} -%}
{%- set others = {
    'prior_offers': 'prior_offers',
    'prior_units': 'prior_units',
    'refund_minutes': 'refund_minutes'
} -%}
with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

defaults as (
    select
        exchange_parameters.parameter_name,
        exchange_parameters.parameter_value,
        row_number() over (
            partition by exchange_parameters.parameter_name
            order by exchange_parameters.valid_from_date desc
        ) as version_number
    from {{ ref('exchange_parameters') }} as exchange_parameters
    cross join shop
    where coalesce(exchange_parameters.valid_from_date <= shop.as_of_date, true)
),

own as (
    select
        setting_name,
        cast(setting_text as double) as parameter_value
    from {{ ref('stg_kaeru__settings') }}
    where substr(setting_name, 1, 9) = 'exchange_'
),

-- What the shop says itself wins over the default.
chosen as (
    select
        defaults.parameter_name,
        coalesce(own.parameter_value, defaults.parameter_value) as parameter_value
    from defaults
    left join own on 'exchange_' || defaults.parameter_name = own.setting_name
    where defaults.version_number = 1
),

final as (
    select
        {% for name, column in whole_numbers.items() -%}
            cast(
                round(max(case when parameter_name = '{{ name }}' then parameter_value end))
                as bigint
            ) as {{ column }},
        {% endfor -%}
        {% for name, column in others.items() -%}
            max(case when parameter_name = '{{ name }}' then parameter_value end) as {{ column }}
            {%- if not loop.last %},
            {% endif %}
        {%- endfor %}
    from chosen
)

select * from final
