{# A table of one column, number: every whole number between two literals, both included. #}
{% macro each_number(first_number, last_number) -%}
    {{ adapter.dispatch('each_number', 'kaeru')(first_number, last_number) }}
{%- endmacro %}

{% macro duckdb__each_number(first_number, last_number) -%}
    select cast(unnest(generate_series({{ first_number }}, {{ last_number }})) as bigint) as number
{%- endmacro %}

{# A share in whole millionths: sums of them are exact, whatever their order. #}
{% macro to_millionths(share) -%}
    {#- To thousandths first: what lies at a half by chance of the order of sums is rounded up. -#}
    cast(round(round({{ share }} * 1000000, 3)) as bigint)
{%- endmacro %}

{# Whole millionths as the number that they are. #}
{% macro from_millionths(millionths) -%}
    (cast({{ millionths }} as double) / 1000000)
{%- endmacro %}

{# So many standard deviations from an amount, not below 0, in whole minor units. #}
{% macro bound_of_amount(amount, variance, deviations) -%}
    cast(
        round(
            greatest(
                {{ amount }} + ({{ deviations }}) * sqrt(greatest({{ variance }}, 0.0)), 0.0
            )
        ) as bigint
    )
{%- endmacro %}

{# What a forecast may miss, squared: chance, and 6 % of itself. #}
{% macro variance_of_forecast(forecast, chance_variance) -%}
    {{ variance_of_squares('cast(' ~ forecast ~ ' as double) * ' ~ forecast, chance_variance) }}
{%- endmacro %}

{% macro variance_of_squares(squared_forecast, chance_variance) -%}
    ({{ chance_variance }} + 0.0036 * {{ squared_forecast }})
{%- endmacro %}
