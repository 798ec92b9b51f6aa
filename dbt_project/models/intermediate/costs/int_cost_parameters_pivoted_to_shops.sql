{%- set amounts = ['outbound_freight', 'inbound_freight', 'repack', 'hourly_wage'] -%}
{%- set minutes = ['inspection_minutes', 'service_minutes', 'settle_minutes', 'shelf_minutes'] -%}
{%- set shares = [
    'value_loss_a', 'value_loss_b', 'value_loss_c', 'value_loss_x', 'value_loss_ungraded',
    'price_decay', 'outlet_price', 'sale_chance'
] -%}
with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

defaults as (
    select
        cost_parameters.parameter_name,
        cost_parameters.parameter_value,
        row_number() over (
            partition by cost_parameters.parameter_name
            order by cost_parameters.valid_from_date desc
        ) as version_number
    from {{ ref('cost_parameters') }} as cost_parameters
    cross join shop
    where coalesce(cost_parameters.valid_from_date <= shop.as_of_date, true)
),

own as (
    select
        setting_name,
        cast(setting_text as double) as parameter_value
    from {{ ref('stg_kaeru__settings') }}
    where substr(setting_name, 1, 5) = 'cost_'
),

-- What the shop says itself wins over the default.
chosen as (
    select
        defaults.parameter_name,
        coalesce(own.parameter_value, defaults.parameter_value) as parameter_value
    from defaults
    left join own on 'cost_' || defaults.parameter_name = own.setting_name
    where defaults.version_number = 1
),

final as (
    select
        {% for name in amounts -%}
            cast(
                round(max(case when parameter_name = '{{ name }}' then parameter_value end))
                as bigint
            ) as {{ name }}_amount,
        {% endfor -%}
        {% for name in minutes + shares -%}
            max(case when parameter_name = '{{ name }}' then parameter_value end)
                as {{ name }}{{ '_share' if name in shares }}
            {%- if not loop.last %},
            {% endif %}
        {%- endfor %}
    from chosen
)

select * from final
