{%- set amounts = ['outbound_freight', 'inbound_freight', 'repack', 'hourly_wage'] -%}
{%- set minutes = ['inspection_minutes', 'service_minutes', 'settle_minutes', 'shelf_minutes'] -%}
{%- set shares = [
    'value_loss_a', 'value_loss_b', 'value_loss_c', 'value_loss_x', 'value_loss_ungraded',
    'price_decay', 'outlet_price', 'sale_chance'
] -%}
with

chosen as (
    select
        parameter_name,
        parameter_value
    from {{ ref('int_cost_parameters_chosen_to_shops') }}
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
